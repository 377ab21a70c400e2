"""Announces issues in other channels: one row of the outbox for each issue and place, noted before it leaves."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from briefing.deliver.channels import Place, Posted, posted
from briefing.deliver.message import message_id
from briefing.deliver.outbox import GIVE_UP, wait
from briefing.model.issue import Issue
from briefing.model.subscriber import Channel, Delivery, DeliveryState
from briefing.store import outbox
from briefing.store.connection import Database
from briefing.store.outbox import Planned, Settled

Notice = Callable[[str, str, str], tuple[str, str]]  # topic, issue, language -> title, body


@dataclass(frozen=True, slots=True)
class Board:
    """Where this desk announces its issues, and in which words."""

    places: tuple[Place, ...]
    notice: Notice


@dataclass(frozen=True, slots=True)
class Turn:
    """Who posts, and by which clock and chance."""

    holder: str
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    until: Callable[[datetime], datetime]  # the end of the lease, from now


def plan_posts(db: Database, issue: Issue, places: tuple[Place, ...], domain: str, now: datetime) -> None:
    """One post for each place of the issue's edition; what is planned already stays."""
    key = f"{issue.topic}/{issue.id}"
    rows = [
        Planned(place.name, "", now, message_id(key, place.name, Channel.POST, domain), Channel.POST)
        for place in places
        if (place.topic, place.edition) == (issue.topic, issue.edition)
    ]
    outbox.plan(db, issue.topic, issue.id, rows, now)


async def announce(db: Database, board: Board, turn: Turn, stop: asyncio.Event) -> tuple[DeliveryState, ...]:
    """Posts what is owed, one after the other; the caller holds the lease. Gives what became of each."""
    done: list[DeliveryState] = []
    while not stop.is_set() and (delivery := outbox.hand_over_post(db, turn.holder, turn.clock())):
        result = await _posted(board, delivery)
        now = turn.clock()
        settled = _settled(delivery, result, now, turn.chance())
        with db.transaction():
            going = outbox.record(db, turn.holder, [settled], [], (now, turn.until(now)))
        done.append(settled.state)
        if going is None:
            break
    return tuple(done)


async def _posted(board: Board, delivery: Delivery) -> Posted:
    place = next((one for one in board.places if one.name == delivery.subscriber), None)
    if place is None:
        return Posted(DeliveryState.WITHDRAWN, "the desk has no such channel any more")
    title, body = board.notice(delivery.topic, delivery.issue, place.language)
    return await asyncio.to_thread(posted, place, title, body)


def _settled(delivery: Delivery, result: Posted, now: datetime, chance: float) -> Settled:
    if result.state is not DeliveryState.DEFERRED:
        return Settled(delivery.id, result.state, result.detail)
    again = now + wait(delivery.attempts, chance)
    if again > delivery.due + GIVE_UP:
        return Settled(delivery.id, DeliveryState.FAILED, f"not taken within a day: {result.detail}")
    return Settled(delivery.id, DeliveryState.DEFERRED, result.detail, again)
