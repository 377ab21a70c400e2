"""Sources whose hub tells what is new: asking the hub, its two ways of calling back, and what that means for asking."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from briefing.codec import decoded
from briefing.collect.http import Client
from briefing.collect.politeness import Polling
from briefing.collect.websub import path_for, request_for, secret_for
from briefing.desk.parts import Desk
from briefing.model.topic import Topic
from briefing.store import entries, pushes
from briefing.store.pushes import Push

ASKED_AT_ONCE = 50  # hubs in one run; the rest wait for the next
AGAIN = timedelta(days=1)  # before a hub that did not confirm is asked again
AHEAD = timedelta(days=1)  # a lease is renewed this long before it ends
LONGEST_LEASE = timedelta(days=30)
MOST_LEASE_DIGITS = 9
CALLBACK = "/push/"


async def subscribe(desk: Desk, topic: Topic, key: bytes, now: datetime) -> int:
    """Asks the hubs of sources that name one and are not told of, or not for long. Gives how many took it."""
    wanted = _wanted(desk, topic, key, now)[:ASKED_AT_ONCE]
    agreed = 0
    async with Client(desk.fetching.policy, user_agent=desk.fetching.user_agent) as client:
        for push in wanted:
            pushes.ask(desk.database, topic.key, push)
            callback = f"{desk.base_address}{CALLBACK}{push.path}"
            form = request_for(push.address, callback, secret_for(key, push.path))
            agreed += await client.post(push.hub, form)
    return agreed


def _wanted(desk: Desk, topic: Topic, key: bytes, now: datetime) -> list[Push]:
    records = {name: decoded(Polling, poll.record) for name, poll in entries.polls(desk.database, topic.key).items()}
    known = pushes.every(desk.database, topic.key)
    found = []
    for source in topic.sources:
        record = records.get(source.key, Polling()).at(source.address)
        hub = record.manner.hub
        if not source.enabled or record.ended or not hub:
            continue
        address = record.manner.own_address or record.address or source.address
        push = Push(path_for(key, topic.key, source.key, f"{hub} {address}"), source.key, hub, address, now)
        if _is_owed(known.get(source.key), push, now):
            found.append(push)
    return found


def _is_owed(known: Push | None, push: Push, now: datetime) -> bool:
    if known is None or known.path != push.path:
        return True
    ends_soon = known.until is None or known.until - AHEAD <= now
    return ends_soon and known.asked_at + (AGAIN if known.until is None else AHEAD / 8) <= now


def confirmed(desk: Desk, path: str, asked: Mapping[str, str], now: datetime) -> str:
    """What is answered to a hub that wants to know whether we asked; empty where we did not."""
    push = pushes.at(desk.database, path)
    if push is None or asked.get("hub.topic") != push.address:
        return ""
    if asked.get("hub.mode") == "denied":
        pushes.lease(desk.database, path, None)
        return "noted"
    lease = asked.get("hub.lease_seconds", "")
    if asked.get("hub.mode") != "subscribe" or not lease.isascii() or not lease.isdigit():
        return ""
    seconds = int(lease[:MOST_LEASE_DIGITS])
    pushes.lease(desk.database, path, now + min(timedelta(seconds=seconds), LONGEST_LEASE))
    return asked.get("hub.challenge", "")
