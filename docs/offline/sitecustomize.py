"""Loaded before the examples of the docs run: a program that asks for any address but loopback ends at once."""

import os
import sys

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104 - compared with, never bound


def only_loopback(event: str, args: tuple[object, ...]) -> None:
    """An audit hook; it sees every name that is looked up and every address that is dialled."""
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event == "socket.connect" and isinstance(args[1], tuple):
        host = args[1][0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else str(host or LOOPBACK[0])
    if not name.startswith(LOOPBACK):
        sys.stderr.write(f"an example asked for {name}: examples talk to loopback only\n")
        sys.stderr.flush()
        os._exit(97)


sys.addaudithook(only_loopback)
