"""What happened, in the words that were published: short, exact spans, the newest first chosen."""

import re
from collections.abc import Mapping

from briefing.compose.lookup import Lookup
from briefing.model.article import Article, Part, Sentence
from briefing.model.fact import Status
from briefing.model.issue import Extract
from briefing.model.story import NewKind

SENTENCES = 3
# About four lines on a phone; a story is told in one look, and never an article in whole.
ROOM = {True: 170, False: 420}  # characters in all, Chinese and others
LONGEST = {True: 110, False: 280}  # of one sentence; a longer one is cut where it takes a breath
SHARE = 0.5  # of a text: a notice of two sentences is not quoted whole
# How a wire or a paper begins a text: '(Recast) ', 'BEIJING, Sept 9 (Meridian) - ', '【本報專訊】'. It is no news.
FURNITURE = re.compile(
    r"(?:[(（\[【][^()（）\[\]【】]{2,40}[)）\]】]\s*(?=\S))?"
    r"(?:[A-Z][A-Z .]{2,30},? (?:[A-Z][a-z]{2,8}\.? \d{1,2} )?\([A-Z][^()]{1,30}\) ?[-–—:]+ )?"
)
BREATHS = "，；：,;:、—"
TELLING = frozenset({Status.NEW, Status.CHANGED, Status.CONTRADICTED, Status.SCALE_SLIP})
ON_TOPIC = 2.0  # a long report of a session is quoted where it speaks of the topic
BESIDE = 1.2  # what else such a report says must be more than one new sentence
KIND_WEIGHT: Mapping[NewKind, float] = {
    NewKind.FIGURE: 1.0,
    NewKind.SENTENCE: 1.0,
    NewKind.DATE: 0.5,
    NewKind.ENTITY: 0.3,
}


def extracts(article: Article, found: Lookup, most: int = SENTENCES) -> tuple[Extract, ...]:
    """At most `most` sentences of an article, those that are new first chosen, in reading order."""
    chosen: list[Extract] = []
    chinese = article.language.is_chinese
    room = min(ROOM[chinese], max(LONGEST[chinese], int(len(article.text or article.summary) * SHARE)))
    for sentence in _ranked(article, found):
        extract = cut(article, sentence)
        if len(chosen) < most and (not chosen or len(extract.text) <= room):
            chosen.append(extract)
            room -= len(extract.text)
    return tuple(sorted(chosen, key=lambda e: (e.part is Part.TEXT, e.start)))


def _ranked(article: Article, found: Lookup) -> list[Sentence]:
    """Sentences below the title, the most telling first; the opening one where nothing is marked as new."""
    weights: dict[int, float] = {}
    for novelty in found.novelties.get(article.id, ()):
        weight = KIND_WEIGHT[novelty.kind] * novelty.weight * (1 - novelty.overlap / 2)
        weights[novelty.sentence] = weights.get(novelty.sentence, 0.0) + weight
    figures = found.readings[article.id].figures
    for sighting in found.sightings.get(article.id, ()):
        if sighting.status in TELLING and sighting.figure < len(figures):
            at = figures[sighting.figure].sentence
            weights[at] = weights.get(at, 0.0) + 1.0
    telling = found.on_topic.get(article.id, frozenset())
    for sentence in article.sentences:
        if sentence.text in telling:
            weights[sentence.number] = weights.get(sentence.number, 0.0) + ON_TOPIC
    title = article.sentences[0].folded if article.sentences else ""
    body = [s for s in article.sentences if s.part is not Part.TITLE and s.folded != title]
    least = BESIDE if any(s.text in telling for s in body) else 0.0
    marked = [s for s in body if weights.get(s.number, 0.0) > least]
    whole = [s for s in marked if not _is_torn(s.text)] or marked
    return sorted(whole, key=lambda s: (-weights[s.number], s.number)) or body[:1]


def _is_torn(text: str) -> bool:
    """Whether a quotation begins or ends outside: such a sentence does not say whose words it holds."""
    return text.count("“") != text.count("”") or text.count('"') % 2 == 1 or text.count("「") != text.count("」")


def cut(article: Article, sentence: Sentence) -> Extract:
    """The sentence, or its beginning up to the last breath that fits, without a wire's dateline: an exact span."""
    text, longest = sentence.text, LONGEST[article.language.is_chinese]
    begins = FURNITURE.match(text)
    skipped = begins.end() if begins else 0
    text = text[skipped:]
    if len(text) > longest:
        breath = max(text.rfind(mark, longest // 3, longest) for mark in BREATHS)
        space = text.rfind(" ", longest // 3, longest)
        text = text[: next((at for at in (breath, space) if at > 0), longest)]
    text = text.rstrip(BREATHS + " ") or text  # what is cut off ends in a word: the mark is the template's
    return Extract(
        text,
        article.language,
        article.id,
        article.outlet,
        article.link,
        sentence.part,
        sentence.start + skipped,
        sentence.start + skipped + len(text),
    )
