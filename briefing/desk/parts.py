"""The real parts of a desk, built once by `wiring` and handed to every stage."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from briefing.collect.guard import Policy
from briefing.collect.pace import Pace
from briefing.deliver.channels import Place
from briefing.desk.rendering import Renderer
from briefing.errors import UsageError
from briefing.model.topic import Edition, Topic
from briefing.settings import Settings
from briefing.store.connection import Database


def unwatched(_step: str) -> None:
    """Steps that nobody counts."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """How this desk asks: who it says it is, and within which bounds."""

    policy: Policy
    user_agent: str
    deadline_s: float = 30.0
    max_bytes: int = 10_000_000
    at_once: int = 20
    per_host: int = 1
    pause_s: float = 2.0
    processes: int = 2  # that read untrusted bytes; 0 reads them here
    pace: Pace = field(default_factory=Pace, compare=False)  # keeps the pauses from one round to the next


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything outside that the stages need. `interrupted` names each step of a run, for tests that kill it there."""

    name: str
    folder: Path
    archive: Path
    base_address: str
    database: Database
    topics: tuple[Topic, ...]
    fetching: Fetching
    renderer: Renderer
    settings: Settings
    sample: bool = False
    places: tuple[Place, ...] = ()  # other channels in which issues are announced
    step: Callable[[str], None] = unwatched

    def topic(self, key: str) -> Topic:
        """The topic of that name; with one topic only, '' means that one. Raises UsageError that lists them."""
        names = ", ".join(topic.key for topic in self.topics)
        if not self.topics:
            raise UsageError("no topic was found", hint="a topic is a folder feeds/<name>/ with a topic.toml")
        if not key:
            return self.topics[0]
        found = [topic for topic in self.topics if topic.key == key]
        if not found:
            raise UsageError(f"there is no topic {key!r}", hint=f"the topics are: {names}")
        return found[0]


def edition_of(topic: Topic, name: str) -> Edition:
    """The edition of that name; '' means the first. Raises UsageError that lists them."""
    found = [edition for edition in topic.editions if name in {"", edition.name}]
    if not found:
        names = ", ".join(edition.name for edition in topic.editions) or "none"
        raise UsageError(f"topic {topic.key} has no edition {name!r}", hint=f"its editions are: {names}")
    return found[0]
