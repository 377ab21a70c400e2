"""What an edition remembers: judged articles, sketches, sentences told, stories, facts."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from briefing.codec import decoded, encoded
from briefing.model.fact import Fact
from briefing.model.judgement import Known, Sketch, Told
from briefing.model.story import Story
from briefing.store.connection import Database, as_text
from briefing.store.search import any_of, words

SIGNED = 1 << 63  # SQLite integers are signed; hashes are unsigned 64-bit
NEAR_TOLD = 400  # sentences fetched for one issue's comparison
NEAR_SKETCHES = 200


@dataclass(frozen=True, slots=True)
class Resolution:
    """An editor's word on a line of the ledger."""

    at: datetime
    action: str  # 'confirm', 'merge' or 'split'
    key: str
    detail: str


class Remembered:
    """Reads and writes the memory of one edition of one topic."""

    def __init__(self, db: Database, topic: str, edition: str) -> None:
        self.db = db
        self.line = {"topic": topic, "edition": edition}

    def known_since(self, after: datetime) -> tuple[Known, ...]:
        """Judged on-topic articles first seen at or after a time, oldest first."""
        rows = self.db.rows("known_since", **self.line, after=as_text(after))
        return tuple(decoded(Known, record) for (record,) in rows)

    def known(self, article: str) -> Known | None:
        record = self.db.text("known_article", **self.line, article=article)
        return decoded(Known, record) if record else None

    def sketches_sharing(self, hashes: Iterable[int]) -> tuple[Sketch, ...]:
        """Sketches that share at least one hash, those that share most first."""
        wanted = json.dumps([_signed(value) for value in hashes])
        rows = self.db.rows("sketches_sharing", **self.line, hashes=wanted, most=NEAR_SKETCHES)
        return tuple(decoded(Sketch, record) for record, _ in rows)

    def told_near(self, terms: tuple[str, ...]) -> tuple[Told, ...]:
        """Sentences told before that hold any of the terms, best first."""
        expression = any_of(terms)
        if not expression:
            return ()
        rows = self.db.rows("told_near", **self.line, query=expression, most=NEAR_TOLD)
        return tuple(decoded(Told, record) for (record,) in rows)

    def stories_since(self, after: datetime) -> tuple[Story, ...]:
        rows = self.db.rows("stories_since", **self.line, after=as_text(after))
        return tuple(decoded(Story, record) for (record,) in rows)

    def facts(self) -> tuple[Fact, ...]:
        """The whole ledger, by key."""
        rows = self.db.rows("all_facts", **self.line)
        return tuple(decoded(Fact, record) for (record,) in rows)

    def forgotten(self) -> frozenset[str]:
        """Keys that an editor merged away; the baseline may not bring them back."""
        return frozenset(key for (key,) in self.db.rows("forgotten_facts", **self.line))

    def resolve(self, before: tuple[Fact, ...], after: tuple[Fact, ...], word: Resolution) -> None:
        """Keeps what an editor made of the ledger, and who said what, in one transaction."""
        kept = {fact.key: fact for fact in after}
        with self.db.transaction():
            for fact in after:
                if fact not in before:
                    self.keep_fact(fact, fact.first_issue)
            for gone in before:
                if gone.key not in kept:
                    self.db.number("save_fact", **self.line, key=gone.key, issue=gone.first_issue, record="")
            self.db.number(
                "add_resolution",
                topic=self.line["topic"],
                at=as_text(word.at),
                action=word.action,
                key=word.key,
                detail=word.detail,
            )

    def keep_known(self, known: Known) -> None:
        self.db.number(
            "save_known",
            **self.line,
            article=known.article.id,
            first_seen=as_text(known.article.dates.first_seen),
            issue=known.issue,
            story=known.story,
            record=encoded(known),
        )

    def keep_sketch(self, sketch: Sketch) -> None:
        number = self.db.number("add_sketch", **self.line, article=sketch.article, record=encoded(sketch))
        self.db.number("forget_hashes", sketch=number)
        self.db.many("add_hash", [{"hash": _signed(value), "sketch": number} for value in sketch.hashes])

    def keep_told(self, told: Told) -> None:
        number = self.db.number("add_told", **self.line, issue=told.issue, record=encoded(told))
        self.db.number("add_told_words", id=number, words=words(told.folded))

    def keep_story(self, story: Story) -> None:
        self.db.number(
            "save_story", **self.line, id=story.id, last_seen=as_text(story.last_seen), record=encoded(story)
        )

    def keep_fact(self, fact: Fact, issue: str) -> None:
        self.db.number("save_fact", **self.line, key=fact.key, issue=issue, record=encoded(fact))


def _signed(value: int) -> int:
    return value - (SIGNED << 1) if value >= SIGNED else value
