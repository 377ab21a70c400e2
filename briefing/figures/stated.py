"""A figure as a check sees it: what it is, where it is quoted from, and the words of its sentence."""

from dataclasses import dataclass

from briefing.figures.intervals import unit_class
from briefing.model.article import Article
from briefing.model.fact import Evidence, Witness
from briefing.model.figure import Change, Figure, Quantity

MOVES = frozenset({Change.FROM, Change.UP_BY, Change.DOWN_BY})


@dataclass(frozen=True, slots=True)
class Stated:
    figure: Figure
    evidence: Evidence
    words: str  # the sentence; empty for the baseline, whose texts are not kept
    paragraph: tuple[str, int]
    before: str = ""  # the words between the figure and the one before it in the sentence

    @property
    def quantity(self) -> Quantity:
        return self.figure.quantity

    @property
    def unit_class(self) -> str:
        return unit_class(self.figure.quantity)

    @property
    def is_level(self) -> bool:
        """An amount of its own: neither a conversion, nor a difference, nor what something was before."""
        return self.figure.twin < 0 and self.quantity.change not in MOVES and self.quantity.low == self.quantity.high


def key_of(figure: Figure) -> str:
    """'measure|subject|period', or '' for a figure that is tied to nothing."""
    return f"{figure.measure}|{figure.subject}|{figure.period}" if figure.measure else ""


def of_article(article: Article, figures: tuple[Figure, ...]) -> list[Stated]:
    by_number = {s.number: s for s in article.sentences}
    found: list[Stated] = []
    end = 0
    for figure in figures:
        sentence = by_number[figure.sentence]
        quote = Evidence(article.id, article.outlet, article.link, figure.surface, figure.start, figure.end)
        opening = max(0, end - sentence.start) if found and found[-1].figure.sentence == figure.sentence else 0
        before, end = sentence.text[opening : figure.start - sentence.start], figure.end
        found.append(Stated(figure, quote, sentence.text, (figure.part, sentence.paragraph), before))
    return found


def of_witnesses(witnesses: tuple[Witness, ...]) -> list[Stated]:
    """The figures of a baseline record, in reading order."""
    return [
        Stated(
            w.figure,
            Evidence(w.article, w.outlet, w.address, w.quote, w.figure.start, w.figure.end),
            "",
            (w.figure.part, w.figure.sentence),
        )
        for w in witnesses
    ]
