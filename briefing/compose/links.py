"""The addresses that a rendered issue points to; an empty one leaves its line out."""

from dataclasses import dataclass

from briefing.model.issue import PERSONAL


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
