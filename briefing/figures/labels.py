"""How a line of the ledger is called, in both languages."""

from briefing.figures.pattern import Pattern
from briefing.model.figure import Change, Figure, Kind
from briefing.model.text import Bilingual
from briefing.model.topic import Glossary, Measure

CURRENCY = Pattern(r"[A-Z]{3}")


def label_of(figure: Figure, glossary: Glossary) -> Bilingual:
    """The measure's name and its subject; a measure that the glossary lacks is called as it was found."""
    measure = next((m for m in glossary.measures if m.key == figure.measure), None)
    name = _moved(figure, measure) if measure else Bilingual(figure.measure, figure.measure)
    if not figure.subject:
        return name
    subject = next(
        (e.name for e in glossary.entities if e.name.en == figure.subject), Bilingual(figure.subject, figure.subject)
    )
    return Bilingual(f"{name.en}, {subject.en}", f"{subject.zh}{name.zh}")


def _moved(figure: Figure, measure: Measure) -> Bilingual:
    """'Fall in land-sale revenue': a percentage of what is measured in money is no level of it."""
    name, quantity = measure.name, figure.quantity
    if quantity.kind is not Kind.PERCENT or not any(CURRENCY.fullmatch(unit) for unit in measure.units):
        return name
    if quantity.change is Change.DOWN_BY:
        return Bilingual(f"fall in {name.en}", f"{name.zh}降幅")
    return Bilingual(f"rise in {name.en}", f"{name.zh}增幅") if quantity.change is Change.UP_BY else name
