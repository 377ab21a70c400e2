"""What a mail server's answer means. The words weigh more than the code: QQ says 550 for 'too fast'."""

import re
from dataclasses import dataclass
from enum import StrEnum

ENHANCED = re.compile(r"^([245]\.\d{1,3}\.\d{1,3})\b\s*")


class Stage(StrEnum):
    """Where in a conversation an answer was given; a refusal before the recipient is not the recipient's fault."""

    OPENING = "opening"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"


class Meaning(StrEnum):
    ACCEPTED = "accepted"
    LATER = "later"  # try again
    LIMITED = "limited"  # too fast for this domain: slow down, then try again; no fault of the reader
    GONE = "gone"  # the mailbox does not exist: never again
    REFUSED = "refused"  # this letter is not wanted; three such and the reader is paused
    DESK = "desk"  # the desk itself is refused: its address, its key or its log-in; an operator must look

    @property
    def is_retried(self) -> bool:
        return self in {Meaning.LATER, Meaning.LIMITED, Meaning.DESK}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a server, its lines joined."""

    code: int
    text: str
    stage: Stage = Stage.CONTENT

    @property
    def enhanced(self) -> str:
        """The code of RFC 3463 at its beginning, or ''."""
        found = ENHANCED.match(self.text)
        return found.group(1) if found else ""

    def __str__(self) -> str:
        return f"{self.code} {self.text}"[:400]


# Each line: the words, and what they mean whatever code they come with.
PHRASES = (
    (Meaning.LIMITED, r"(domain|sender|connection|ip|content)\s+frequency\s+limited"),  # QQ, with a 550
    (Meaning.LIMITED, r"\b(MI:DMC|HL:ICC|MI:CON|HL:REP|DT:SPM|RP:(TRC|CEL|DRC))\b"),  # NetEase: 163, 126, yeah
    (Meaning.LIMITED, r"too many (connections|messages|mails|recipients|concurrent)|rate.?limit|throttl|too fast"),
    (
        Meaning.LIMITED,
        r"unsolicited mail originating|unusual rate|try again later.*(limit|rate)|exceed.*(rate|quota of)",
    ),
    (Meaning.LIMITED, r"频率|发送过于频繁|连接过多|请稍后再?试"),
    (
        Meaning.GONE,
        r"mailbox (not found|unavailable or access denied)|no such (user|mailbox|recipient)|user (unknown|not found)",
    ),
    (
        Meaning.GONE,
        r"(unknown|invalid) (user|recipient|mailbox)|(recipient|account|address) (does not|doesn't|not) exist",
    ),
    (
        Meaning.GONE,
        r"does not exist|account (has been )?(disabled|deleted)|用户不存在|邮箱不存在|收件人不存在|无此用户|账号已注销",
    ),
    (Meaning.LATER, r"(mailbox|quota|storage).*(full|exceed)|over.?quota|邮箱已?满|超出.*容量"),
    (Meaning.LATER, r"grey.?list|灰名单"),
    (Meaning.DESK, r"\b(spf|dkim|dmarc|reverse dns|ptr record|not authenticated|authentication (required|failed))\b"),
    (Meaning.DESK, r"(relay|relaying) (access )?denied|sender address rejected|blacklist|block.?list|spamhaus"),
)
WORDS = tuple((meaning, re.compile(words, re.IGNORECASE)) for meaning, words in PHRASES)
NO_SUCH_MAILBOX = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")
FULL = ("5.2.2", "4.2.2")
TOO_LARGE = "5.3.4"  # every copy of the letter is: no fault of the reader


def meaning(answer: Answer) -> Meaning:
    """What to do about an answer. Anything that is not understood is tried again until its day is over."""
    if answer.code // 100 == 2:  # noqa: PLR2004 - RFC 5321: 2yz is done
        return Meaning.ACCEPTED
    for said, words in WORDS:
        if words.search(answer.text):
            return _tempered(said, answer)
    return _by_code(answer)


def _tempered(said: Meaning, answer: Answer) -> Meaning:
    """A temporary code never buries a mailbox, and a sender's own fault is never the recipient's."""
    if said is not Meaning.GONE:
        return said
    if answer.code // 100 == 4:  # noqa: PLR2004 - RFC 5321: 4yz may be tried again
        return Meaning.LATER
    return Meaning.DESK if answer.stage in {Stage.OPENING, Stage.SENDER} else Meaning.GONE


def _by_code(answer: Answer) -> Meaning:
    permanent = answer.code // 100 == 5  # noqa: PLR2004 - RFC 5321: 5yz is final
    if not permanent or answer.enhanced in FULL:
        return Meaning.LATER
    if answer.stage in {Stage.OPENING, Stage.SENDER} or answer.enhanced == TOO_LARGE:
        return Meaning.DESK
    if answer.enhanced.startswith("5.7."):
        return Meaning.DESK if answer.enhanced in {"5.7.515", "5.7.26", "5.7.25", "5.7.23"} else Meaning.REFUSED
    return Meaning.GONE if answer.enhanced in NO_SUCH_MAILBOX else Meaning.REFUSED


def status_meaning(status: str, text: str = "") -> Meaning:
    """The same for a delivery report: its RFC 3463 status, and the remote server's words where they are quoted."""
    code = {"2": 250, "4": 450}.get(status[:1], 550)
    return meaning(Answer(code, f"{status} {text}", Stage.RECIPIENT))
