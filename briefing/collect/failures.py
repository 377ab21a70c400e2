"""Failures in plain words, as source health shows them."""

import os
import ssl

import aiohttp

from briefing.collect.guard import REFUSAL
from briefing.collect.unpacking import DamagedError, UnknownPackingError
from briefing.model.entry import Failed, FailureReason

STATUS_WORDS = {
    400: "the server does not understand the request",
    401: "the source wants a password",
    402: "the source wants to be paid",
    403: "the server refuses this program",
    404: "there is nothing at this address",
    405: "the server does not let this address be read",
    406: "the server offers no form that was asked for",
    408: "the server gave up waiting",
    410: "the source says it is gone for good",
    412: "the server demands something that only a browser does",
    418: "the server refuses this program",
    421: "the server does not serve this host",
    429: "the server was asked too often",
    451: "the server withholds this for legal reasons",
    500: "the server has a fault",
    502: "the server cannot reach the machine behind it",
    503: "the server is overloaded or under repair",
    504: "the machine behind the server does not answer",
    521: "the machine behind the server is down",
}

BROKEN_OFF = (aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError, ConnectionResetError, DamagedError)
NO_ADDRESS = (FailureReason.REFUSED_ADDRESS, "this is no web address")


def by_status(address: str, status: int, retry_after_s: int) -> Failed:
    """An answer that is no document."""
    reason = FailureReason.GONE if status == 410 else FailureReason.STATUS  # noqa: PLR2004 - it is a name: Gone
    words = STATUS_WORDS.get(status, "the server has a fault" if status >= 500 else "no document was sent")  # noqa: PLR2004 - RFC 9110's classes
    return Failed(address, reason, f"{status}: {words}", retry_after_s, status)


def by_error(address: str, error: Exception) -> Failed:
    """What aiohttp, the operating system or an address that is none raised."""
    reason, words = _sorted_out(error)
    return Failed(address, reason, words)


def _sorted_out(error: Exception) -> tuple[FailureReason, str]:
    text = str(error)
    if REFUSAL in text:
        return FailureReason.REFUSED_ADDRESS, text[text.index(REFUSAL) :].rstrip("]")
    if isinstance(error, UnknownPackingError):
        return FailureReason.UNREADABLE, f"the answer is packed as {text}, which was not asked for"
    if isinstance(error, aiohttp.ClientResponseError):
        return FailureReason.UNREADABLE, f"the answer is no proper HTTP: {_first_line(error.message)}"
    if isinstance(error, BROKEN_OFF):
        return FailureReason.CUT_OFF, "the answer broke off or is damaged"
    return _unreachable(error) if isinstance(error, OSError) else NO_ADDRESS


def _unreachable(error: OSError) -> tuple[FailureReason, str]:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FailureReason.UNREACHABLE, f"the name {error.host} is not known"
    if isinstance(error, aiohttp.ClientConnectorCertificateError | ssl.SSLCertVerificationError):
        return FailureReason.UNREACHABLE, "the server's certificate is not to be trusted"
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return FailureReason.UNREACHABLE, "no secure connection could be agreed on"
    words = os.strerror(error.errno).lower() if error.errno else "the server cannot be reached"
    return FailureReason.UNREACHABLE, words


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0][:120]
