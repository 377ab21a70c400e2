"""Builds the real parts of a desk from its folder, once. The environment is read here and nowhere below."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from briefing.collect.guard import Policy
from briefing.desk.parts import Desk, Fetching
from briefing.desk.rendering import Renderer
from briefing.model.topic import Topic
from briefing.read.text import fold
from briefing.settings import Settings, editions_of, load_desk, load_topic, topics_in
from briefing.store.connection import opened

SAMPLE = "sample"  # the bundled demonstration is no topic of a real desk


@contextmanager
def desk_at(folder: str | Path, *, step: Callable[[str], None] = lambda _: None) -> Iterator[Desk]:
    """The desk in a folder, open; closed at the end whatever happens. Raises SettingsError with every fault."""
    settings = load_desk(Path(folder), os.environ)
    desk = built(settings, topics_of(settings), step=step)
    try:
        yield desk
    finally:
        desk.database.close()


def topics_of(settings: Settings) -> tuple[Topic, ...]:
    """The topics that a desk watches, with its own changes to their editions."""
    wanted = settings.desk.topics
    folders = [path for path in topics_in(settings.folder) if path.name != SAMPLE]
    found = [load_topic(path, fold) for path in folders if not wanted or path.name in wanted]
    return tuple(_with_editions(settings, topic) for topic in found)


def _with_editions(settings: Settings, topic: Topic) -> Topic:
    return replace(topic, editions=editions_of(settings, topic))


def built(
    settings: Settings,
    topics: tuple[Topic, ...],
    *,
    sample: bool = False,
    step: Callable[[str], None] = lambda _: None,
) -> Desk:
    """The parts of a desk, as its settings say."""
    fetch, mail = settings.fetch, settings.mail
    policy = Policy(private=fetch.private_hosts)
    return Desk(
        name=settings.desk.name,
        folder=settings.folder,
        archive=settings.paths.archive,
        base_address=settings.desk.base_address,
        database=opened(settings.paths.database),
        topics=topics,
        fetching=Fetching(
            policy=policy,
            user_agent=fetch.user_agent,
            deadline_s=fetch.timeout_s,
            max_bytes=fetch.max_bytes,
            at_once=fetch.at_once,
            per_host=fetch.per_host,
        ),
        renderer=Renderer(
            folders=(settings.paths.templates,),
            base_address=settings.desk.base_address,
            sender=mail.sender or f"{settings.desk.name} <briefing@desk.invalid>",
            postal_address=mail.postal_address,
            reply_to=mail.reply_to or "",
        ),
        sample=sample,
        step=step,
    )
