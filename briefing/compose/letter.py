"""The stored message of an issue: what a reader gets, without anyone's name on it."""

import hashlib
from email.message import EmailMessage
from email.policy import SMTP

from briefing.model.issue import Issue


def letter(mailbox: str, subject: str, issue: Issue, text: str, html: str) -> bytes:
    """A message with both parts, quoted-printable, the same bytes each time."""
    message = EmailMessage(policy=SMTP)
    message["From"] = mailbox
    message["Subject"] = subject
    message["Date"] = issue.made_at
    message["MIME-Version"] = "1.0"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary("=_" + hashlib.sha256(f"{issue.topic}/{issue.id}".encode()).hexdigest()[:24])
    return message.as_bytes()
