"""What a figure measures, of whom and when: from its clause, list structure, head noun, cue words and the topic's names.

A measure of the glossary gives `cues`: words whose presence near a figure points to it, lower case or not, in either
language ('refund*' leaves the end open); the nearer and the longer a cue, the more it weighs. `units` says what it can be
counted in, `not_with` what rules it out in the same clause, `needs` what must be said nearby at all: 'units' are units that
charged only where charging is the matter. Unsure is unbound: an unbound figure is shown, never an alarm.
"""

# ruff: noqa: E501 - patterns and word lists stay whole

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefing.figures import hearsay, phrasing, speakers
from briefing.figures.lexicon import Hit, Lexicon
from briefing.figures.pattern import Pattern
from briefing.model.article import Sentence
from briefing.model.figure import Figure, Kind
from briefing.model.topic import Entity, EntityKind

SURE = 2.5  # a cue in the figure's own stretch of its clause
LIKELY = 2.0  # below, a list that goes on is the better guess
ENOUGH = 1.15  # a cue in the same sentence; one in the sentence before needs a list that goes on
_CLAUSE = Pattern(r"[;:；：。!?()（）]|[,，](?!\d)|\.\s| (?:while|whereas|but|although) |—|、")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence made ready: comparable text, clause ends, cues and names."""

    sentence: Sentence
    text: str
    breaks: tuple[int, ...]
    cues: tuple[Hit, ...]
    against: tuple[Hit, ...]
    names: tuple[Hit, ...]
    unsaid: frozenset[int] = frozenset()  # measures whose needed words are not near

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause that holds a span."""
        i = bisect_right(self.breaks, start)
        j = bisect_right(self.breaks, max(start, end - 1))
        return (self.breaks[i - 1] if i else 0), (self.breaks[j] if j < len(self.breaks) else len(self.text))


def line(sentence: Sentence, text: str, lexicon: Lexicon, unsaid: frozenset[int] = frozenset()) -> Line:
    breaks = tuple(m.end() for m in _CLAUSE.finditer(text))
    names = _outermost(lexicon.names.hits(text))
    against = tuple(lexicon.against.hits(text))
    return Line(sentence, text, breaks, tuple(lexicon.cues.hits(text)), against, names, unsaid)


def _outermost(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Names that stand in no longer name: 'Hunan audit department' and not 'Hunan' too."""
    found: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not found or hit.start >= found[-1].end:
            found.append(hit)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Place:
    """One figure in its line: where it stands, and where the figures before and after it of its kind end and begin."""

    figure: Figure
    start: int
    end: int
    floor: int  # the end of the figure before it
    ceiling: int  # the start of the figure after it


def places(line: Line, figures: list[Figure]) -> list[Place]:
    offset = line.sentence.start
    found, floor = [], 0
    for i, figure in enumerate(figures):
        start, end = figure.start - offset, figure.end - offset
        ceiling = figures[i + 1].start - offset if i + 1 < len(figures) else len(line.text)
        found.append(Place(figure, start, end, floor, ceiling))
        if figure.quantity.kind not in {Kind.DATE, Kind.PERIOD}:
            floor = end
    return found


# ---- measure ---------------------------------------------------------------------------------------------------------
def measure_of(line: Line, place: Place, lexicon: Lexicon) -> tuple[str, float]:
    """The best measure of the glossary for a figure and its score; ('', 0) when nothing points to one."""
    low, high = line.clause(place.start, place.end)
    ruled_out = line.unsaid | {
        h.what for h in line.against if max(low, place.floor) <= h.start < min(high, place.ceiling)
    }
    scores: dict[int, float] = {}
    last = place.end if _is_whole(line.text, place) else high + len(line.text)
    for hit in line.cues:
        if hit.what in ruled_out or hit.start >= last or not lexicon.accepts(hit.what, place.figure.quantity):
            continue
        score = _weight(line, place, hit, (low, high))
        best = scores.get(hit.what, 0.0)
        scores[hit.what] = max(best, score) + (0.15 if best else 0.0)
    if not scores:
        return "", 0.0
    winner = max(scores, key=lambda m: (scores[m], -m))
    return lexicon.measures[winner].key, scores[winner]


_PART_OF = Pattern(r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|some|most)) of the $")
_AMONG = Pattern(r"(?:当中|之中|中)[，,]?(?:已?有)?\s?[\d一二两三四五六七八九十]")


def _is_whole(text: str, place: Place) -> bool:
    """'Six of the seven units have finished': what is said after it is said of the six."""
    return bool(_PART_OF.search(text[: place.start]) or _AMONG.match(text[place.end : place.end + 12]))


def _weight(line: Line, place: Place, hit: Hit, clause: tuple[int, int]) -> float:
    """Nearer and longer cues weigh more; those on the far side of another figure belong to that one."""
    gap = place.start - hit.end if hit.end <= place.start else max(0, hit.start - place.end)
    inside = clause[0] <= hit.start < clause[1]
    own = place.floor <= hit.start < place.ceiling
    base = 3.0 if inside and own else 2.0 if inside else 1.7 if own else 1.3
    if hit.start >= place.end:
        base -= 0.35
    is_han = line.text[hit.start] >= "\u3400"
    length = (hit.end - hit.start) / (6 if is_han else 16)
    return base + min(length, 1.0) - min(gap / (60 if is_han else 160), 0.8)


# ---- subject ---------------------------------------------------------------------------------------------------------
_RANK = {EntityKind.INSTITUTION: 0.3, EntityKind.COMPANY: 0.3, EntityKind.PLACE: 0.0, EntityKind.LAW: 0.2}


def subject_of(line: Line, place: Place, lexicon: Lexicon) -> str:
    """The name that the figure belongs to: in its clause or list item first; who only speaks does not count."""
    low, high = line.clause(place.start, place.end)
    best, found = 0.0, None
    for hit in line.names:
        entity = lexicon.entities[hit.what]
        if entity.judges or speakers.is_speaker(line.text, hit, entity):
            continue
        own = place.floor <= hit.start < place.start
        inside = low <= hit.start < high
        score = (2.5 if own and inside else 1.8 if own else 1.5 if inside else 1.0) + _RANK.get(entity.kind, 0.0)
        score -= min(abs(place.start - hit.start) / 300, 0.6) + (0.5 if hit.start >= place.end else 0.0)
        if score > best:
            best, found = score, entity
    return _narrowest(line, (low, high), found, lexicon) if found else ""


def _narrowest(line: Line, clause: tuple[int, int], entity: Entity, lexicon: Lexicon) -> str:
    """'Hengyang in Hunan province' is Hengyang, 'Ali Health, Alibaba's unit' Ali Health."""
    hits = (h for h in line.names if clause[0] - 40 <= h.start < clause[1])
    near = ((h, lexicon.entities[h.what]) for h in hits)
    owners = (e for h, e in near if not e.judges and not speakers.is_speaker(line.text, h, e))
    return next((e.name.en for e in owners if e.within == entity.key), entity.name.en)


def speaker_in(line: Line, lexicon: Lexicon) -> str:
    """Who is said to have stated the figures of a sentence."""
    for hit in line.names:
        if speakers.speaks(line.text, hit):
            return lexicon.entities[hit.what].name.en
    return ""


# ---- the whole ---------------------------------------------------------------------------------------------------------
@dataclass(slots=True)
class _Carried:
    """What earlier sentences leave to a list that goes on."""

    measure: str = ""
    currency: str = ""
    sentence: int = -9

    words: str = ""  # of the figure before, of whatever kind
    words_sentence: int = -9

    def take(self, measure: str, currency: str, sentence: int) -> None:
        self.measure, self.currency, self.sentence = measure, currency, sentence

    def beside(self, sentence: int) -> str:
        """What the figure before it in the sentence measures: 'from 18 to 64', '30 million and 8.5 million'."""
        return self.words if self.words_sentence == sentence else ""


def bound(lines: list[tuple[Line, list[Figure]]], lexicon: Lexicon, topic_subject: str) -> list[Figure]:
    """The figures of an article with measure and subject, in the order given."""
    carried = _Carried()
    found: list[Figure] = []
    for line, figures in lines:
        found += _bound_line(line, figures, lexicon, (carried, topic_subject))
    return found


def _bound_line(line: Line, figures: list[Figure], lexicon: Lexicon, context: tuple[_Carried, str]) -> list[Figure]:
    carried, topic_subject = context
    speaker = speaker_in(line, lexicon)
    found: list[Figure] = []
    for place in places(line, figures):
        figure = place.figure
        if figure.quantity.kind not in {Kind.DATE, Kind.PERIOD}:
            stranger = speakers.is_of_a_stranger(line.sentence.text, line.names, place.start)
            subject = "" if stranger else subject_of(line, place, lexicon)
            measure, sure = _measured(line, place, lexicon, (carried, subject))
            if figure.quantity.kind is Kind.MONEY and measure:
                carried.take(measure, figure.quantity.currency, line.sentence.number)
            words = measure or (figure.quantity.unit if figure.quantity.kind is Kind.COUNT else "")
            if words:
                carried.words, carried.words_sentence = words, line.sentence.number
            subject = (subject or ("" if stranger else topic_subject)) if measure else ""
            figure = replace(figure, measure=measure, subject=subject, attribution=speaker, sure=sure)
        found.append(figure)
    return found


def _measured(line: Line, place: Place, lexicon: Lexicon, context: tuple[_Carried, str]) -> tuple[str, bool]:
    """The measure, and whether the figure's own clause names it; else what a list carries on.

    Else the clause's words.
    """
    carried, subject = context
    measure, score = measure_of(line, place, lexicon)
    is_bound = hearsay.is_condition(line.text, place.start, place.end)
    if hearsay.is_talk(line.text, place.start):
        return "", False
    if score >= SURE and not is_bound:
        return measure, True
    if hearsay.is_unsaid(line.text, place.start, place.end):
        return "", False
    if score < LIKELY and _goes_on(line, place, carried, subject=subject):
        return carried.measure, False
    if score >= ENOUGH and not is_bound:
        return measure, False
    words = phrasing.measured(line.text, place.floor, place.start, place.end)
    beside = carried.beside(line.sentence.number)
    return words or (beside if lexicon.may_measure(beside, place.figure.quantity) else ""), False


def _goes_on(line: Line, place: Place, carried: _Carried, *, subject: str) -> bool:
    """A list item (a name and an amount) or 'the figure', right after an amount of the same measure."""
    if place.figure.quantity.kind is not Kind.MONEY or carried.currency != place.figure.quantity.currency:
        return False
    same = carried.sentence == line.sentence.number
    near = 0 <= line.sentence.number - carried.sentence <= 2  # noqa: PLR2004 - the list may follow in the next paragraph
    listed = bool(subject) and line.text.count("yuan") + line.text.count("元") > 1
    return (same and bool(subject)) or (near and (listed or bool(_THE_FIGURE.search(line.text[: place.start]))))


_THE_FIGURE = Pattern(
    r"\b(?:the|that|this) (?:figure|amount|sum|number|tally|total)\b|这一(?:金额|数字|数额)|该(?:金额|数字)"
)
