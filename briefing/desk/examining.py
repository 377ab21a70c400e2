"""What is wrong with a desk, and what to do about it. Looks at everything, changes nothing."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

from briefing.compose import trial
from briefing.desk.collecting import states
from briefing.desk.parts import Desk
from briefing.desk.suggesting import lacking
from briefing.model.issue import HealthState
from briefing.model.remark import Level, Remark
from briefing.model.slot import SlotState
from briefing.model.topic import ReviewRule, Topic
from briefing.read import pagetext
from briefing.store import issues, slots

STUCK = timedelta(minutes=15)  # a maker that died is followed after three
LOW_DISK = 200_000_000  # bytes: an issue needs less than one, a busy store grows by tens a month
BAD = frozenset({HealthState.FAILED, HealthState.SILENT, HealthState.EMPTY})


def examined(desk: Desk, now: datetime) -> tuple[Remark, ...]:
    """Everything that can be looked at without asking anyone."""
    remarks = [_store(desk), _archive(desk), *_templates(desk), *_page_texts(desk), *meanings(desk)]
    for topic in desk.topics:
        remarks += [*_topic(desk, topic), *_slots(desk, topic, now), _last_issue(desk, topic, now)]
    if not desk.topics:
        remarks.append(
            Remark(Level.FAULT, "no topic is watched", "make feeds/<name>/topic.toml, or mend [desk] topics")
        )
    return tuple(remarks)


def _store(desk: Desk) -> Remark:
    answer = str(next(iter(desk.database.connection.execute("PRAGMA quick_check")))[0])
    if answer != "ok":
        return Remark(Level.FAULT, f"the store is damaged: {answer}", "stop the desk and restore desk.db from a backup")
    return Remark(Level.GOOD, f"the store {desk.database.path.name} is sound")


def _archive(desk: Desk) -> Remark:
    place = desk.archive if desk.archive.exists() else desk.folder
    if not os.access(place, os.W_OK):
        return Remark(Level.FAULT, f"{place} cannot be written", "give the desk's user the right to write there")
    free = shutil.disk_usage(place).free
    if free < LOW_DISK:
        return Remark(
            Level.WARNING, f"only {free / 1e6:.0f} MB are free", "a full disk stops the desk before it publishes"
        )
    return Remark(Level.GOOD, f"the archive can be written, {free / 1e9:.0f} GB are free")


def _templates(desk: Desk) -> Iterator[Remark]:
    own = desk.folder / "templates"
    if not own.is_dir() or not any(own.iterdir()):
        yield Remark(Level.GOOD, "the packaged templates are used")
        return
    for fault in trial.faults(own):
        yield Remark(Level.FAULT, fault, "mend the template, or remove it to use the packaged one")


def _page_texts(desk: Desk) -> Iterator[Remark]:
    """By what the article pages are read, where a source asks for them."""
    if any(source.full_text and source.enabled for topic in desk.topics for source in topic.sources):
        lacking = pagetext.missing()
        way = "readability alone" if lacking else "readability in Chinese, by trafilatura in other languages"
        advice = "pip install 'briefing[extract]' reads those that are not in Chinese better" if lacking else ""
        yield Remark(Level.GOOD, f"article pages are read by {way}", advice)


def meanings(desk: Desk) -> Iterator[Remark]:
    """Whether stories are compared by meaning, where the desk file asks for it."""
    if desk.settings.matching.semantic:
        why = lacking(desk)
        what = f"[matching] semantic = true, but {why}" if why else "the editor is shown stories alike in meaning"
        advice = "pip install 'briefing[semantic]'; until then only those suggestions are missing" if why else ""
        yield Remark(Level.WARNING if why else Level.GOOD, what, advice)


def _topic(desk: Desk, topic: Topic) -> Iterator[Remark]:
    found = states(desk, topic)
    watched = [(source, health) for source, health, _ in found if source.enabled]
    never = sum(health is None for _, health in watched)
    bad = [(source, health) for source, health in watched if health and health.state in BAD]
    level = Level.WARNING if never == len(watched) else Level.GOOD
    advice = "`briefing collect` asks them" if never else "" if watched else "all are off; `briefing sources wake KEY`"
    noun = "source" if len(watched) == 1 else "sources"
    yield Remark(level, f"{topic.key}: {len(watched)} {noun}, {len(bad)} in trouble, {never} never asked", advice)
    for source, health in bad:
        yield Remark(Level.WARNING, f"{source.key}: {health.message.en}", f"briefing sources test {source.key}")
    if not topic.editions:
        yield Remark(Level.FAULT, f"{topic.key} has no edition", "add [[edition]] to its topic.toml")


def _slots(desk: Desk, topic: Topic, now: datetime) -> Iterator[Remark]:
    """What became of the last slot of each edition; a missed one is told until the next is made."""
    for edition in topic.editions:
        last = slots.last(desk.database, topic.key, edition.name)
        if last is None:
            continue
        what = f"{topic.key}/{edition.name}: the issue of {last.slot.day}"
        if last.state is SlotState.MISSED:
            yield Remark(Level.FAULT, f"{what} was missed", "the next one has its news; see why the desk was off")
        elif last.state is SlotState.TAKEN and now - last.slot.due > STUCK:
            minutes = int((now - last.slot.due).total_seconds() // 60)
            yield Remark(Level.FAULT, f"{what} is not out, {minutes} minutes after its time", "the log says why")
        elif last.state is SlotState.HELD and last.until:
            then = "is skipped" if edition.review is ReviewRule.HOLD_THEN_SKIP else "goes out"
            yield Remark(Level.WARNING, f"{what} waits for the editor, and {then} at {last.until:%H:%M} UTC")


def _last_issue(desk: Desk, topic: Topic, now: datetime) -> Remark:
    marks = [issues.last(desk.database, topic.key, edition.name) for edition in topic.editions]
    made = [mark.made_at for mark in marks if mark]
    if not made:
        return Remark(Level.WARNING, f"{topic.key}: no issue yet", "`briefing run` makes the first")
    days = (now - max(made)).days
    return Remark(Level.GOOD, f"{topic.key}: last issue {days} {'day' if days == 1 else 'days'} ago")


__all__ = ["Level", "Remark", "examined", "meanings"]
