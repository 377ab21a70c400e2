"""The addresses that a rendered issue points to; an empty one leaves its line out."""

import re
from dataclasses import dataclass
from hashlib import sha256

from briefing.model.issue import PERSONAL

PAGE = re.compile(rb'(?: hidden)? data-page="([^"]*)"')  # a link that leads nowhere while a folder is read from a disk


@dataclass(frozen=True, slots=True)
class Links:
    """Where things are on the web. The personal ones hold PERSONAL where delivery sets the reader's token."""

    web: str = ""  # this issue in this language
    other: str = ""  # this issue in the other language
    archive: str = ""  # all issues of the topic
    feed: str = ""
    on_demand: str = ""
    unsubscribe: str = ""
    preferences: str = ""
    issues: str = ""  # an earlier issue: '{issue}' stands for its id
    sender: str = ""  # who sends it: a postal address, in one line

    def issue(self, identity: str) -> str:
        """The page of an earlier issue."""
        return self.issues.replace("{issue}", identity)


def personal(base: str) -> tuple[str, str]:
    """The unsubscribe and preferences addresses of a desk at `base`, before delivery personalises them."""
    base = base.rstrip("/")
    return f"{base}/unsubscribe/{PERSONAL}", f"{base}/preferences/{PERSONAL}"


def figure_slug(key: str) -> str:
    """An address for a figure: what can be read of its key, and a digest that makes it one of a kind."""
    readable = "-".join(re.findall(r"[a-z0-9]+", key.lower()))[:60].strip("-")
    return f"{readable}-{sha256(key.encode()).hexdigest()[:10]}".strip("-")


def with_pages(body: bytes, *, asking: bool = True) -> bytes:
    """An archive page with its links to the desk's own pages, where there are such; `asking` to those with a query."""
    return PAGE.sub(lambda link: link[0] if b"?" in link[1] and not asking else b' href="' + link[1] + b'"', body)
