"""A draft by its keys: which article, verdict, sightings and copies belong together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from briefing.compose.draft import Draft, Reading
from briefing.model.article import Article
from briefing.model.fact import Fact, Status, Witness
from briefing.model.judgement import Copy, Sighting
from briefing.model.story import Disposition, Novelty, Story, Verdict

KEPT = frozenset({Disposition.DEVELOPMENT, Disposition.UPDATE, Disposition.CONFIRMATION})
FOLDED = frozenset({Disposition.COPY, Disposition.REVISION})

BASELINE = "baseline"  # the issue of what was known from the start

Conflict = tuple[str, Decimal]  # fact key, and the amount that stands against it


@dataclass(frozen=True, slots=True)
class Lookup:
    """Read-only views of one draft."""

    draft: Draft
    readings: Mapping[str, Reading]
    verdicts: Mapping[str, Verdict]
    sightings: Mapping[str, tuple[Sighting, ...]]
    novelties: Mapping[str, tuple[Novelty, ...]]
    copies: Mapping[str, Copy]
    facts: Mapping[str, Fact]
    on_topic: Mapping[str, frozenset[str]]  # by article, the sentences whose words put it on topic
    with_subject: frozenset[str]  # measures of which the ledger has lines that name whose they are
    statuses: Mapping[str, frozenset[Status]]  # by fact, how this issue's articles stand to it
    shown: frozenset[str]  # facts of which an article that is kept gives a reading
    touched: Mapping[str, tuple[str, ...]]  # by measure, subject and period, the facts that this issue touched
    conflicts_told: frozenset[Conflict]

    def articles(self, story: Story) -> tuple[Article, ...]:
        """The story's articles of this issue; those of earlier issues are not told again."""
        return tuple(self.readings[a].article for a in story.articles if a in self.readings)

    def of(self, *dispositions: Disposition, among: Iterable[Article]) -> tuple[Article, ...]:
        """Those articles whose verdict is one of `dispositions`."""
        return tuple(a for a in among if a.id in self.verdicts and self.verdicts[a.id].disposition in dispositions)

    def is_ours(self, witness: Witness) -> bool:
        """Whether it is this issue that first tells of the witness."""
        return witness.issue in {"", self.draft.id}

    def issue_number(self, issue: str) -> str:
        """How an earlier issue is called: its number where it is known, else its id."""
        numbers = (*self.draft.numbers, *((told.issue, told.number) for told in self.draft.told))
        return next((str(number) for known, number in numbers if known == issue and number), issue)


def lookup(draft: Draft) -> Lookup:
    """Every key of a draft, once."""
    sightings: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in draft.update.sightings:
        sightings[sighting.article].append(sighting)
    novelties: dict[str, list[Novelty]] = defaultdict(list)
    for novelty in draft.judgement.novelties:
        novelties[novelty.article].append(novelty)
    facts = {fact.key: fact for fact in (*draft.facts, *draft.update.facts)}
    statuses: dict[str, set[Status]] = defaultdict(set)
    for sighting in draft.update.sightings:
        statuses[sighting.key].add(sighting.status)
    kept = {v.article for v in draft.judgement.verdicts if v.disposition in KEPT}
    touched: dict[str, list[str]] = defaultdict(list)
    for fact in draft.update.facts:
        touched[fact.key.partition("#")[0]].append(fact.key)
    return Lookup(
        draft,
        {reading.article.id: reading for reading in draft.readings},
        {verdict.article: verdict for verdict in draft.judgement.verdicts},
        {article: tuple(found) for article, found in sightings.items()},
        {article: tuple(found) for article, found in novelties.items()},
        {copy.article: copy for copy in draft.judgement.copies},
        facts,
        {found.article: frozenset(proof.quote for proof in found.evidence) for found in draft.relevant},
        frozenset(key.split("|")[0] for key in facts if "|" in key and key.split("|")[1]),
        {key: frozenset(found) for key, found in statuses.items()},
        frozenset(s.key for s in draft.update.sightings if s.article in kept),
        {place: tuple(keys) for place, keys in touched.items()},
        frozenset((told.figure.key, w.figure.quantity.amount) for told in draft.told for w in told.figure.against),
    )
