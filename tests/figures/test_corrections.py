"""An outlet that changes a figure on its own page: the line that told it is changed, and no second one begins."""

import pytest

from briefing.figures import checks, extract, ledger
from briefing.model.fact import Status
from briefing.model.text import Language

PAGE = "The transport ministry returned 96.3 million yuan in fees to 41 firms."
PAGE_ZH = "交通运输部已向41家企业退还收费9630万元。"
LIST = "The transport ministry returned 96.3 million yuan in 2023."


@pytest.fixture
def page(write, glossary):
    """Reads the states of one page, one after the other, as issues do; gives the last statuses and the ledger."""

    def states(*texts, language=Language.EN):
        facts, told = {}, []
        for text in texts:
            article = write(text, outlet="Harbour Ledger", name="page", language=language)
            figures = extract.figures_in(article, glossary)
            sheet = ledger.Sheet(article, figures, checks.findings_in(article, figures))
            update = ledger.enter(tuple(facts.values()), (sheet,), {}, "issue-1", glossary)
            facts |= {fact.key: fact for fact in update.facts}
            told = {figures[s.figure].surface: s.status for s in update.sightings}
        return told, {f"{fact.quantity.amount.normalize():f}": fact for fact in facts.values()}

    return states


def test_a_corrected_amount_changes_its_line(page):
    told, facts = page(PAGE, PAGE.replace("96.3", "69.3").replace("41", "43"))
    assert told == {"69.3 million yuan": Status.CHANGED, "43 firms": Status.CHANGED}
    assert set(facts) == {"69300000", "43"}
    assert [w.status for w in facts["69300000"].witnesses] == [Status.NEW, Status.CHANGED]


def test_a_corrected_chinese_amount_changes_its_line(page):
    told, facts = page(PAGE_ZH, PAGE_ZH.replace("9630万", "6930万"), language=Language.HANS)
    assert told["6930万元"] is Status.CHANGED
    assert set(facts) == {"69300000", "41"}


def test_a_scale_that_is_mended_is_a_change_and_no_slip(page):
    told, facts = page(PAGE.replace("96.3 million", "2.48 billion"), PAGE.replace("96.3 million", "248 million"))
    assert told["248 million yuan"] is Status.CHANGED
    assert "248000000" in facts


def test_a_line_that_is_added_beside_the_old_one_is_no_correction(page):
    told, facts = page(LIST, f"{LIST} {LIST.replace('96.3', '99.1').replace('2023', '2024')}")
    assert told["96.3 million yuan"] is not Status.CHANGED
    assert {"96300000", "99100000"} <= set(facts)


def test_a_sentence_that_is_written_anew_is_no_correction(page):
    told, _ = page(PAGE, "Later the education ministry returned 12.7 million yuan in levies to 9 schools.")
    assert Status.CHANGED not in told.values()
