"""One round of asking, as all of its steps need it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from briefing.collect.gather import gather
from briefing.collect.http import Client, Request
from briefing.collect.pace import host_of
from briefing.collect.politeness import quiet_until
from briefing.collect.workers import Workers
from briefing.desk.notices import Notice
from briefing.desk.parts import Desk
from briefing.model.entry import Outcome
from briefing.model.topic import Topic
from briefing.store import quiet
from briefing.store.pushes import Push

READ_AT_ONCE = 8  # bodies waiting for, or in, the processes that read them


@dataclass(slots=True)
class Collected:
    """What one round brought."""

    asked: int = 0
    new: int = 0
    changed: int = 0
    pages: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def failed(self) -> tuple[tuple[str, str], ...]:
        """(source, why) of every source that failed, in the order of their names."""
        return tuple(sorted(self.failures))


@dataclass(frozen=True, slots=True)
class Round:
    """One round of asking: what every step of it needs."""

    desk: Desk
    topic: Topic
    client: Client
    workers: Workers
    now: datetime
    done: Collected
    told: Mapping[str, Push]  # the sources of which a hub tells

    def answers(self, asked: list[tuple[str, Request]]) -> AsyncIterator[tuple[str, Outcome]]:
        how = self.desk.fetching
        return gather(
            asked, self.client, per_host=how.per_host, at_once=how.at_once, pause_s=how.pause_s, pace=how.pace
        )

    def note_tired(self, outcome: Outcome) -> None:
        """A host that was asked too often is left alone, whatever is asked of it next."""
        until = quiet_until(outcome, self.now)
        if until is not None:
            host = host_of(outcome.address)
            self.desk.fetching.pace.leave_alone(host, until)
            quiet.add(self.desk.database, host, until)
