"""What a page is told of a request, and what it gives back; nothing below this knows the web server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from briefing.deliver.addresses import Mailbox
from briefing.deliver.message import Letterhead
from briefing.desk.parts import Desk
from briefing.desk.readers import Register
from briefing.model.topic import Topic

HTML, JSON, TEXT, ATOM, FEED, XML = (
    "text/html; charset=utf-8",
    "application/json; charset=utf-8",
    "text/plain; charset=utf-8",
    "application/atom+xml; charset=utf-8",
    "application/feed+json; charset=utf-8",
    "application/xml; charset=utf-8",
)
MINUTE, HOUR, YEAR = 60, 3600, 31_536_000
KEPT_LONGEST = 300  # characters of a parameter; nobody searches for more


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter outside the outbox: a confirmation, or a briefing that was asked for."""

    to: Mailbox
    head: Letterhead
    text: str
    html: str
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class House:
    """What every page may know of the desk beside its archive."""

    key: bytes = field(default=b"", repr=False)  # signs readers' links; empty: no subscribers are taken
    password: str = field(default="", repr=False)  # the editor's; empty: nobody signs in by it
    editors: tuple[str, ...] = ()  # addresses that get a link to sign in by
    fresh_id: Callable[[], str] = lambda: ""
    fresh_token: Callable[[], str] = lambda: ""
    sends: bool = False  # whether letters can leave
    is_static: bool = False  # the pages become files: no form has anybody behind it

    @property
    def has_editor(self) -> bool:
        """Whether anybody can sign in."""
        return bool(self.password or (self.editors and self.sends))

    @property
    def subscribing(self) -> bool:
        """Whether subscribers are taken."""
        return bool(self.key) and self.sends


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, read and bounded."""

    desk: Desk
    house: House
    now: datetime
    language: str = "en"  # of the page: 'en' or 'zh'
    path: str = "/"
    places: Mapping[str, str] = field(default_factory=dict)  # what the address names
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    posted: bool = False
    client: str = ""
    cookies: Mapping[str, str] = field(default_factory=dict)
    who: str = ""  # the editor or program that asks, once that is known
    bearer: str = field(default="", repr=False)  # a program's key

    @property
    def base(self) -> str:
        return self.desk.base_address

    @property
    def register(self) -> Register:
        return Register(self.desk.database, self.house.key, self.house.fresh_id)

    @property
    def tag(self) -> str:
        """What stands before `.html` in this language."""
        return ".zh" if self.language == "zh" else ""

    def topic(self) -> Topic:
        """The topic that the address names. Raises NoPage."""
        for topic in self.desk.topics:
            if topic.key == self.places.get("topic"):
                return topic
        raise NoPage

    def sent(self, name: str) -> str:
        """One field of the form, bounded and without blanks around it."""
        return self.form.get(name, ("",))[0].strip()[:KEPT_LONGEST]

    def long(self, name: str, most: int) -> str:
        """A longer field of the form."""
        return self.form.get(name, ("",))[0].strip()[:most]

    def asked(self, name: str) -> str:
        """One parameter of the address, bounded."""
        return self.query.get(name, "").strip()[:KEPT_LONGEST]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back. `fresh_s` is how long anyone may keep it; 0 keeps it from every cache."""

    body: bytes
    media: str = HTML
    status: int = 200
    fresh_s: int = 0
    location: str = ""
    cookie: str = ""
    framed: bool = False  # shows a page of ours within, or is shown so
    inline_styles: bool = False  # an issue carries its look within
    name: str = ""  # of the file, where it is to be saved
    later: Callable[[Desk], tuple[Outgoing, ...]] | None = None  # done after the answer left, whose time tells nothing
    retry_s: int = 0


class NoPage(Exception):  # noqa: N818 - an answer, not an error of the desk
    """Nothing stands at this address."""


class BadRequest(Exception):  # noqa: N818 - the same
    """The request cannot be understood, or (409) not be granted; the key of a wording says why."""

    def __init__(self, key: str = "bad", status: int = 400) -> None:
        self.status = status
        super().__init__(key)


class Moved(Exception):  # noqa: N818 - the same
    """It stands elsewhere on this desk; a path, never another host."""

    def __init__(self, path: str, *, for_good: bool = False) -> None:
        self.path = path
        self.for_good = for_good
        super().__init__(path)


def see(path: str) -> Answer:
    """Sends the browser on after a form. Only within the desk."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise NoPage
    return Answer(b"", status=303, location=path)
