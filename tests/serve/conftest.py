"""A mail server on loopback that keeps what it is given; `press` stands beside the desk's tests."""

import socket
import sys
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "desk")]


class Box:
    """Keeps letters; can be slow, so that a kill finds some on their way."""

    def __init__(self):
        self.letters = []
        self.wait_s = 0.0

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        import asyncio  # noqa: PLC0415

        self.letters.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content, policy=policy.default)))
        await asyncio.sleep(self.wait_s)
        return "250 2.0.0 kept"

    @property
    def to(self):
        return Counter(to for to, _ in self.letters)


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, hostname="sink")


@pytest.fixture
def box():
    kept = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        kept.port = probe.getsockname()[1]
    server = Server(kept, hostname="127.0.0.1", port=kept.port, ready_timeout=10)
    server.start()
    yield kept
    server.stop()
