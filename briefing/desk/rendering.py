"""Every rendered form of an issue: what `compose` draws, and the message that `deliver` assembles of it."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from briefing.compose import render
from briefing.compose.links import Links, personal
from briefing.deliver.addresses import Mailbox, mailbox
from briefing.deliver.message import Letterhead, Occasion, Personal, as_test, assembled, message_id
from briefing.model.issue import PERSONAL, Correction, Issue

NOBODY = "archive"  # the reader of the archived message


@dataclass(frozen=True, slots=True)
class Forms:
    page: str  # the archive page
    html: str  # the mail
    text: str
    message: bytes  # the whole message, as the archive keeps it


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders with the desk's own templates first, for the addresses of this desk."""

    folders: tuple[Path, ...]
    base_address: str
    sender: str = "Briefing <briefing@desk.invalid>"
    postal_address: str = ""
    reply_to: str = ""

    def links(self, issue: Issue, language: str) -> Links:
        """Where the lines of an issue point to."""
        base = f"{self.base_address}/{issue.topic}"
        tag, other = ("", ".zh") if language == "en" else (f".{language}", "")
        unsubscribe, preferences = personal(self.base_address)
        if not issue.edition:  # a briefing on demand stands in no archive, and nobody subscribed to it
            unsubscribe = preferences = ""
        return Links(
            web=f"{base}/{issue.id}/index{tag}.html" if issue.edition else "",
            other=f"{base}/{issue.id}/index{other}.html" if issue.edition else "",
            archive=f"{base}/index{tag}.html",
            feed=f"{base}/feed{tag}.atom",
            on_demand=f"{self.base_address}/briefing",
            unsubscribe=unsubscribe,
            preferences=preferences,
            issues=f"{base}/{{issue}}/index{tag}.html",
            sender=self.postal_address,
        )

    def page_links(self, language: str) -> Links:
        """The same for the archive page: relative, so that the folder can be opened from a disk or moved."""
        tag, other = ("", ".zh") if language == "en" else (f".{language}", "")
        return Links(
            web=f"index{tag}.html",
            other=f"index{other}.html",
            archive=f"../index{tag}.html",
            feed=f"../feed{tag}.atom",
            issues=f"../{{issue}}/index{tag}.html",
            sender=self.postal_address,
        )

    def forms(self, issue: Issue, language: str, marks: tuple[Correction, ...] = ()) -> Forms:
        """All forms; `marks` are what later issues said of this one's figures, for its archive page."""
        links = self.links(issue, language)
        html = render.html(issue, language, links, self.folders)
        text = render.text(issue, language, links, self.folders)
        page = render.page(issue, language, self.page_links(language), self.folders, marks)
        return Forms(page, html, text, self._message(issue, language, text, html))

    def mjml(self, issue: Issue, language: str) -> str:
        return render.mjml(issue, language, self.links(issue, language), self.folders)

    def subject(self, issue: Issue, language: str) -> str:
        return render.subject(issue, language, self.folders)

    def preheader(self, issue: Issue, language: str) -> str:
        return render.preheader(issue, language, self.folders)

    def index(self, found: tuple[Issue, ...], language: str) -> str:
        """The topic's page: every issue, newest first, with what it found."""
        tag, other = ("", ".zh") if language == "en" else (f".{language}", "")
        links = Links(
            web=f"index{tag}.html",
            other=f"index{other}.html",
            feed=f"feed{tag}.atom",
            issues=f"{{issue}}/index{tag}.html",
            sender=self.postal_address,
        )
        return render.index(found, language, links, self.folders)

    @property
    def domain(self) -> str:
        """Where the desk's letters come from."""
        return mailbox(self.sender).address.partition("@")[2]

    def letterhead(self, issue: Issue, language: str, *, occasion: Occasion = Occasion.ISSUE) -> Letterhead:
        """What every reader's copy of an issue carries alike."""
        links = self.links(issue, language)
        answers = mailbox(self.reply_to) if self.reply_to else None
        head = Letterhead(
            sender=mailbox(self.sender),
            subject=self.subject(issue, language),
            reply_to=answers,
            list_id=f"{issue.topic}.{self.domain}",
            list_name=issue.topic_name.written(language),
            unsubscribe=(links.unsubscribe, *_by_mail(answers)),
            help=f"{self.base_address}/subscribe",
            archive=links.archive,
            archived_at=links.web,
            feedback_id=f"{issue.id}:{issue.topic}:{issue.edition or 'answer'}:{_sender_mark(self.domain)}",
            language=language,
            occasion=occasion,
        )
        return as_test(head) if occasion is Occasion.TEST else head

    def _message(self, issue: Issue, language: str, text: str, html: str) -> bytes:
        """The message as the archive keeps it: addressed to nobody, dated when the issue was made."""
        head = self.letterhead(issue, language)
        reader = Personal(
            to=Mailbox(f"{NOBODY}@{self.domain}"),
            message_id=message_id(issue.id, NOBODY, language, self.domain),
            date=issue.made_at,
            token=NOBODY,
        )
        return assembled(head, reader, text, html)


def _by_mail(answers: Mailbox | None) -> tuple[str, ...]:
    """Leaving by mail, where somebody reads it: the reader's token stands in the subject."""
    if answers is None or answers.needs_utf8:
        return ()
    return (f"mailto:{quote(answers.address, safe='@')}?subject=unsubscribe%20{PERSONAL}",)


def _sender_mark(domain: str) -> str:
    """Who sends, for Gmail's Feedback-ID: 5 to 15 characters, the same in every letter."""
    return "".join(filter(str.isalnum, domain))[:15].ljust(5, "0")
