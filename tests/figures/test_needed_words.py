"""A measure that needs a word nearby is bound only where that word is said: units are not always units that charged."""

import pytest

from briefing.figures.extract import figures_in
from briefing.model.text import Bilingual, Language
from briefing.model.topic import Glossary, Measure

UNITS = Measure(
    "units-charging",
    Bilingual("units that charged", "收费单位数"),
    ("units", "单位"),
    ("units", "单位", "家"),
    needs=("charg*", "收费"),
)
GLOSSARY = Glossary(measures=(UNITS,))


def measures(article):
    return {figure.surface: figure.measure for figure in figures_in(article, GLOSSARY)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The motions went to 208 units for an answer.", Language.EN),
        ("代表的建议统一交由208家单位办理。", Language.HANS),
    ],
)
def test_units_of_another_matter_are_not_units_that_charged(write, text, language):
    assert "units-charging" not in measures(write(text, language=language)).values()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In all 208 units charged for the data.", Language.EN),
        ("Someone charged for the data. It was 208 units.", Language.EN),
        ("通报称，208家单位违规收费。", Language.HANS),
    ],
)
def test_the_word_may_stand_in_the_sentence_or_the_one_before(write, text, language):
    assert "units-charging" in measures(write(text, language=language)).values()


def test_a_title_speaks_for_the_whole_article(write):
    text = "The finding is old. Nobody disputes it. In all it was 208 units."

    assert "units-charging" in measures(write(text, title="Charging for data")).values()
    assert "units-charging" not in measures(write(text, title="A report")).values()
