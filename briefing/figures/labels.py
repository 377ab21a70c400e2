"""How a line of the ledger is called, in both languages."""

from briefing.model.figure import Figure
from briefing.model.text import Bilingual
from briefing.model.topic import Glossary


def label_of(figure: Figure, glossary: Glossary) -> Bilingual:
    """The measure's name and its subject; a measure that the glossary lacks is called as it was found."""
    name = next(
        (m.name for m in glossary.measures if m.key == figure.measure), Bilingual(figure.measure, figure.measure)
    )
    if not figure.subject:
        return name
    subject = next(
        (e.name for e in glossary.entities if e.name.en == figure.subject), Bilingual(figure.subject, figure.subject)
    )
    return Bilingual(f"{name.en}, {subject.en}", f"{subject.zh}{name.zh}")
