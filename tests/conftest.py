"""What every test has: no name is ever resolved, and no address but loopback is dialled."""

import socket

import pytest

LOOPBACK = ("127.", "::1", "localhost", "::ffff:127.")


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch):
    """A test that asks for another host fails at once, before anything leaves the machine."""
    real = socket.getaddrinfo

    def guarded(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else str(host or "127.0.0.1")
        if not name.startswith(LOOPBACK) and name not in {"::", "0.0.0.0"}:
            pytest.fail(f"a test asked for {name}: tests talk to loopback only")
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", guarded)
