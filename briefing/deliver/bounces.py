"""Reads what comes back: delivery reports (RFC 3464), complaints (RFC 5965), and plain refusals.

Only the return address says whose letter it was, and only this desk can make one: a forged report touches nobody.
"""

import email.policy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.parser import BytesParser
from enum import StrEnum

from briefing.deliver import tokens
from briefing.deliver.answers import Meaning, status_meaning

LARGEST = 2_000_000
MOST_PARTS = 50
RETURN = re.compile(r"\+([a-z0-9]{16}(?:-[a-z0-9]+)*-[a-z2-7]{16})@", re.IGNORECASE)
MESSAGE_ID = re.compile(r"<[0-9a-f]{32}@[^\s<>@]+>")
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
PLAIN_CODE = re.compile(r"\b([45])\d\d[ -]")
# Who a report was sent to; what a report quotes is written by whoever refused, and is no evidence of it.
ADDRESSED = ("X-Original-To", "Delivered-To", "X-Envelope-To", "To", "Cc")


LEAVING = re.compile(r"\s*unsubscribe\s+([a-z0-9-]{30,120})\s*", re.IGNORECASE)


class Kind(StrEnum):
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    DELAY = "delay"  # a server still tries; nothing follows
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Report:
    """One message that came back, understood. `report` is stable, so that reading it twice counts once."""

    subscriber: str
    kind: Kind
    meaning: Meaning
    detail: str
    message_id: str = ""
    report: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A message that says nothing about a reader, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Farewell:
    """A reader's own letter, sent by the mail program's button, that asks for no more."""

    token: str


def farewell(data: bytes, key: bytes, now: datetime) -> Farewell | None:
    """Whether a message is the answer to List-Unsubscribe's mail address: its subject has a genuine reader's token."""
    if len(data) > LARGEST:
        return None
    subject = str(BytesParser(policy=email.policy.compat32).parsebytes(data, headersonly=True).get("Subject", ""))
    found = LEAVING.fullmatch(subject)
    genuine = found and tokens.opened(key, tokens.Purpose.READER, found[1], now)
    return Farewell(found[1]) if found and genuine else None


def report(data: bytes, key: bytes, now: datetime) -> Report | Unread:
    """What a message in the bounce mailbox says. Never raises, whatever the bytes are."""
    if len(data) > LARGEST:
        return Unread("too large")
    message = BytesParser(policy=email.policy.compat32).parsebytes(data)
    subscriber = _addressee(message, key, now)
    if not subscriber:
        return Unread("not addressed to one of our letters")
    identity = hashlib.sha256(data).hexdigest()[:32]
    parts = list(_parts(message))
    found = _complaint(parts) or _status(parts) or _plain(message, parts)
    if found is None:
        return Unread("no delivery report")
    kind, meaning, detail = found
    sent = MESSAGE_ID.findall(_text(parts))
    return Report(subscriber, kind, meaning, detail[:400], sent[-1] if sent else "", sent[-1] if sent else identity)


def _addressee(message: Message, key: bytes, now: datetime) -> str:
    for name in ADDRESSED:
        for value in message.get_all(name, []):
            for token in RETURN.findall(str(value)):
                opened = tokens.opened(key, tokens.Purpose.BOUNCE, token, now)
                if opened:
                    return opened.subscriber
    return ""


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number == MOST_PARTS:
            return
        yield part


def _complaint(parts: list[Message]) -> tuple[Kind, Meaning, str] | None:
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            fields = " ".join(_lines(part))
            kind = re.search(r"Feedback-Type:\s*([\w-]+)", fields, re.IGNORECASE)
            name = kind.group(1).lower() if kind else "abuse"
            if name == "not-spam":
                return Kind.DELIVERED, Meaning.ACCEPTED, name
            return Kind.COMPLAINT, Meaning.REFUSED, name
    return None


def _status(parts: list[Message]) -> tuple[Kind, Meaning, str] | None:
    """The recipient's fields of a delivery report. A report of ours has one recipient, as its letter had."""
    for part in parts:
        if part.get_content_type() not in {"message/delivery-status", "message/global-delivery-status"}:
            continue
        fields = _fields(_lines(part))
        action = fields.get("action", "").lower()
        status = STATUS.search(fields.get("status", ""))
        said = fields.get("diagnostic-code", "").partition(";")[2].strip() or fields.get("diagnostic-code", "")
        if action in {"delivered", "relayed", "expanded"}:
            return Kind.DELIVERED, Meaning.ACCEPTED, said
        code = status.group(1) if status else _code_in(said)
        if action == "delayed":
            return Kind.DELAY, Meaning.LATER, f"{code} {said}"
        if not code:
            return None
        return Kind.BOUNCE, status_meaning(code, said), f"{code} {said}".strip()
    return None


def _plain(message: Message, parts: list[Message]) -> tuple[Kind, Meaning, str] | None:
    """A refusal in words alone, as QQ, NetEase and old servers send it."""
    sender = str(message.get("From", "")).lower()
    automatic = str(message.get("Auto-Submitted", "")).lower() == "auto-replied"
    robot = re.search(r"mailer-daemon|postmaster|mail delivery|系统退信|bounce", sender)
    if not robot or (automatic and "report" not in str(message.get("Content-Type", ""))):
        return None
    text = _text(parts[:3])
    code = _code_in(text)
    if not code and not re.search(r"退信|undeliver|return(ed|ing) mail|delivery (status|fail)", text, re.IGNORECASE):
        return None
    words = " ".join(text.split())
    return Kind.BOUNCE, status_meaning(code or "5.0.0", words), words[:300]


def _code_in(text: str) -> str:
    found = STATUS.search(text)
    if found:
        return found.group(1)
    plain = PLAIN_CODE.search(text)
    return f"{plain.group(1)}.0.0" if plain else ""


def _lines(part: Message) -> list[str]:
    """The text of a report part; the standard library makes messages of its blocks."""
    payload = part.get_payload()
    blocks = payload if isinstance(payload, list) else [payload]
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Message):
            found += [f"{name}: {' '.join(_raw(str(value)).split())}" for name, value in block.raw_items()]
            inner = block.get_payload()
            found += str(inner).splitlines() if isinstance(inner, str) else []
        else:
            found += str(block).splitlines()
    return found


def _raw(text: str) -> str:
    """A server's own words as it sent them: UTF-8, else the encoding of Chinese servers."""
    data = text.encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _fields(lines: list[str]) -> dict[str, str]:
    """Fields by lower-case name; the last block, the recipient's, wins over the message's."""
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and " " not in name.strip():
            fields[name.strip().lower()] = value.strip()
    return fields


def _text(parts: list[Message]) -> str:
    found: list[str] = []
    for part in parts:
        found += [f"{name}: {value}" for name, value in part.items() if name.lower() == "message-id"]
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            data = payload if isinstance(payload, bytes) else b""
            found.append(data[:100_000].decode(_charset(part), "replace"))
    return "\n".join(found)


def _charset(part: Message) -> str:
    name = str(part.get_content_charset() or "utf-8")
    try:
        "".encode(name)
    except (LookupError, ValueError):
        return "utf-8"
    return name
