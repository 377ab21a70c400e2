"""What an edition remembers: judged articles, sketches, sentences told, stories, facts.

Whatever is looked up for a new article is bounded, so that it costs the same in the tenth year as in the first.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Context
from typing import TypeVar

from briefing.codec import decoded, encoded
from briefing.model.fact import Fact
from briefing.model.figure import Quantity
from briefing.model.judgement import Known, Sketch, Told
from briefing.model.story import Story
from briefing.store.connection import Database, as_text
from briefing.store.search import tokens, words

T = TypeVar("T", Sketch, Told)
SIGNED = 1 << 63  # SQLite integers are signed; hashes are unsigned 64-bit
NEAR_TOLD = 4  # sentences fetched for each sentence of an article: three are compared with it
FEWEST_TOLD, MOST_TOLD = 20, 120  # and for an article at all
NEAR_SKETCHES = 16
HOLDERS = 200  # sketches looked at for one hash, sentences for one word, newest first: more hold it if it says nothing
WIDE = 48  # bits that a number of a row may have
RAREST = 4  # words of a sentence by which like ones are found
ROWS = 1_500  # sentences that the words asked for may hold together
NEAR_FACTS = 60  # lines fetched for one measure and subject, or for one number
MERGED = 4  # pages of the index that are merged for each sentence told: one that is in pieces answers four times slower
FIRST = datetime(1900, 1, 1, tzinfo=UTC)
FEWEST = 100  # the smallest number of three digits
DIGITS = Context(prec=3)  # two outlets round one amount to three digits or more


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

    # ---- articles and stories ----
    def known_since(self, after: datetime) -> tuple[Known, ...]:
        """Judged on-topic articles first seen at or after a time, oldest first."""
        rows = self.db.rows("known_since", **self.line, after=as_text(after))
        return tuple(decoded(Known, record) for (record,) in rows)

    def holds_more(self, after: datetime, most: int) -> bool:
        """Whether more than so many articles were judged since."""
        return self.db.number("count_known_since", **self.line, after=as_text(after), most=most + 1) > most

    def known(self, article: str) -> Known | None:
        record = self.db.text("known_article", **self.line, article=article)
        return decoded(Known, record) if record else None

    def known_among(self, articles: Iterable[str], after: datetime = FIRST) -> tuple[Known, ...]:
        """The judged articles of these that were first seen at or after a time."""
        wanted = json.dumps(sorted(articles))
        rows = self.db.rows("known_articles", **self.line, articles=wanted, after=as_text(after))
        return tuple(decoded(Known, record) for (record,) in rows)

    def stories_since(self, after: datetime) -> tuple[Story, ...]:
        rows = self.db.rows("stories_since", **self.line, after=as_text(after))
        return tuple(dict.fromkeys(decoded(Story, record) for (record,) in rows))

    def story(self, name: str) -> Story | None:
        """The story of this id, or the one that it was merged into."""
        record = self.db.text("remembered_story", **self.line, id=name)
        return decoded(Story, record) if record else None

    # ---- copies ----
    def sketches_sharing(self, texts: Iterable[Iterable[int]]) -> list[tuple[Sketch, ...]]:
        """For each text, given by its hashes: sketches that share at least one, those that share most first."""
        asked = [[_signed(value) for value in hashes] for hashes in texts]
        every = sorted(set().union(*asked))
        listed = json.loads(self.db.text("holders_of", hashes=json.dumps(every), most=HOLDERS))
        holders: dict[int, list[int]] = dict(zip(every, listed, strict=True))
        shared = [Counter(number for value in hashes for number in holders[value]) for hashes in asked]
        return self._best("sketch_records", Sketch, shared, [NEAR_SKETCHES] * len(asked))

    def _best(
        self, statement: str, shape: type[T], scores: Sequence[Mapping[int, int]], most: Sequence[int]
    ) -> list[tuple[T, ...]]:
        """For each text the best records that belong to this edition; each is read once."""
        ranked = [_ranked(found) for found in scores]
        records: dict[int, T] = {}
        best: list[list[T]] = [[] for _ in ranked]
        for at in range(HOLDERS):
            parts = [
                numbers[at * few : (at + 1) * few] if len(have) < few else []
                for numbers, few, have in zip(ranked, most, best, strict=True)
            ]
            wanted = sorted(set().union(*parts) - records.keys())
            if not any(parts):
                break
            rows = self.db.rows(statement, **self.line, ids=json.dumps(wanted))
            records |= {number: decoded(shape, record) for number, record in rows}
            for have, part in zip(best, parts, strict=True):
                have += [records[number] for number in part if number in records]
        return [tuple(have[:few]) for have, few in zip(best, most, strict=True)]

    # ---- sentences told ----
    def told_near(self, texts: Iterable[Sequence[Iterable[str]]]) -> list[tuple[Told, ...]]:
        """For each text, given by the words of its sentences: sentences that share rare ones with it, best first."""
        asked = [[frozenset(terms) for terms in sentences] for sentences in texts]
        every = sorted(set().union(*(terms for sentences in asked for terms in sentences)))
        times: dict[str, int] = json.loads(self.db.text("times_told", terms=json.dumps(every, ensure_ascii=False)))
        searches = [_searches(sentences, times) for sentences in asked]
        queries = sorted({query for searched in searches for query in searched})
        listed = json.loads(self.db.text("told_holding", queries=json.dumps(queries, ensure_ascii=False), most=HOLDERS))
        holders: dict[str, list[int]] = dict(zip(queries, listed, strict=True))
        most = [min(MOST_TOLD, max(FEWEST_TOLD, NEAR_TOLD * len(sentences))) for sentences in asked]
        return self._best("told_records", Told, [_weighed(searched, holders) for searched in searches], most)

    # ---- the ledger ----
    def facts(self) -> tuple[Fact, ...]:
        """The whole ledger, by key."""
        rows = self.db.rows("all_facts", **self.line)
        return tuple(decoded(Fact, record) for (record,) in rows)

    def has_more_facts(self, most: int) -> bool:
        return self.db.number("count_facts", **self.line, most=most + 1) > most

    def facts_near(self, heads: Iterable[str], quantities: Iterable[Quantity]) -> tuple[Fact, ...]:
        """Lines whose key begins with 'measure|subject|', or of which a reading has the digits of a quantity."""
        found: dict[str, None] = {}
        for head in heads:
            rows = self.db.rows("facts_between", **self.line, low=head, high=head[:-1] + "}", most=NEAR_FACTS)
            found |= dict.fromkeys(record for (record,) in rows)
        for digits in sorted({near for quantity in quantities for near in _beside(digits_of(quantity))}):
            rows = self.db.rows("facts_of_digits", **self.line, digits=digits, most=NEAR_FACTS)
            found |= dict.fromkeys(record for (record,) in rows)
        return tuple(sorted((decoded(Fact, record) for record in found), key=lambda fact: fact.key))

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

    # ---- keeping ----
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
        before = self.db.text("sketch_of", **self.line, article=sketch.article)
        number = self.db.number("add_sketch", **self.line, article=sketch.article, record=encoded(sketch))
        old = decoded(Sketch, before).hashes if before else ()
        self.db.many("forget_hash", [{"hash": _signed(value), "sketch": number} for value in old])
        self.db.many("add_hash", [{"hash": _signed(value), "sketch": number} for value in sketch.hashes])

    def keep_told(self, *told: Told) -> None:
        times: Counter[str] = Counter()
        for item in told:
            number = self.db.number("add_told", **self.line, issue=item.issue, record=encoded(item))
            self.db.number("add_told_words", id=number, words=words(item.folded))
            times.update(tokens(item.folded))
        self.db.many("count_term", [{"term": term, "times": count} for term, count in times.items()])
        self.db.number("merge_told_words", pages=MERGED * len(told))

    def keep_story(self, story: Story) -> None:
        """Kept under its own id and under those of the stories that it took in."""
        for name in (story.id, *story.redirects):
            self.db.number(
                "save_story", **self.line, id=name, last_seen=as_text(story.last_seen), record=encoded(story)
            )

    def keep_fact(self, fact: Fact, issue: str) -> None:
        self.db.number("save_fact", **self.line, key=fact.key, issue=issue, record=encoded(fact))
        readings = {digits_of(quantity) for quantity in (fact.quantity, *(w.figure.quantity for w in fact.witnesses))}
        self.db.many("add_digits", [{**self.line, "digits": digits, "key": fact.key} for digits in sorted(readings)])


def _ranked(scores: Mapping[int, int]) -> list[int]:
    """The numbers of the highest scores; of equals the lower first."""
    ranked = sorted(((score << WIDE) - number for number, score in scores.items()), reverse=True)
    return [-mixed % (1 << WIDE) for mixed in ranked[:HOLDERS]]


def _weighed(searched: Mapping[str, int], holders: Mapping[str, Iterable[int]]) -> Mapping[int, int]:
    """What all hits together say of each sentence that was hit."""
    scores: dict[int, int] = {}
    for query, weight in searched.items():
        for number in holders[query]:
            scores[number] = scores.get(number, 0) + weight
    return scores


def _searches(asked: Iterable[frozenset[str]], times: dict[str, int]) -> dict[str, int]:
    """Searches, each with what a hit says: for the rarest words of each sentence.

    A text of common words alone is sought by its three rarest together.
    """
    ranked = [sorted((t for t in terms if t in times), key=lambda t: (times[t], t))[:RAREST] for terms in asked]
    listed = sorted({term for terms in ranked for term in terms}, key=lambda t: (times[t], t))
    rows, chosen = 0, []
    for term in listed:
        rows += times[term]
        if rows > ROWS:
            break
        chosen.append(term)
    if chosen or not listed:
        return {f'"{term}"': max(1, ROWS // times[term]) for term in chosen}
    return {" AND ".join(f'"{term}"' for term in listed[:3]): 1}


def digits_of(quantity: Quantity) -> str:
    """The first three digits of an amount, rounded: the same for every power of ten."""
    rounded = abs(DIGITS.create_decimal(quantity.amount))
    return "".join(map(str, rounded.normalize().as_tuple().digits)).ljust(3, "0")[:3]


def _beside(digits: str) -> frozenset[str]:
    """The digits, and those that rounding may have made of them: '999' stands beside '100'."""
    number = int(digits)
    if not number:
        return frozenset({digits})
    below = "999" if number == FEWEST else str(number - 1)
    return frozenset({below, digits, str(number + 1)[:3]})


def _signed(value: int) -> int:
    return value - (SIGNED << 1) if value >= SIGNED else value
