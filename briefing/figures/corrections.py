"""An outlet that mends its own page: the sentence that it told before, with another figure in the same place."""

import re

from briefing.figures.book import Line, Reading, Shelf
from briefing.figures.intervals import agree
from briefing.model.fact import Witness

NUMBER = re.compile(r"[\d.,]+")  # a correction seldom comes alone: other numbers of the sentence may have moved too


def corrected(reading: Reading, position: int, known: Shelf) -> tuple[Line, Witness] | None:
    """The fact whose reading this article gave here before and gives no more, and that reading."""
    figure = reading.figures[position]
    place = _place(reading.sentences.get(figure.sentence, ""), figure.surface)
    for line in reversed(known.of_articles((reading.article.id,))):
        for witness in reversed(line.fact.witnesses):
            if witness.article != reading.article.id or _place(witness.quote, witness.figure.surface) != place:
                continue
            if not any(agree(other.quantity, witness.figure.quantity) for other in reading.figures):
                return line, witness
    return None


def _place(sentence: str, surface: str) -> tuple[str, str]:
    """What stands before and after a figure, whatever the numbers there."""
    before, _, after = sentence.partition(surface)
    return NUMBER.sub("0", before), NUMBER.sub("0", after)
