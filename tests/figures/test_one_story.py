"""Articles of one story are on the same events: what their figures are to each other."""

from datetime import UTC, datetime

import pytest

from briefing.figures import checks, extract, ledger
from briefing.model.fact import Status
from briefing.model.text import Language

NOW = datetime(2024, 12, 6, 8, tzinfo=UTC)


@pytest.fixture
def tell(write, glossary):
    """Reads articles as one story, or as none; gives surface and status of each figure of the last."""

    def telling(*texts, linked=True):
        facts, seen, told = {}, [], {}
        for number, given in enumerate(texts):
            title, text = given if isinstance(given, tuple) else ("", given)
            language = Language.EN if text.isascii() else Language.HANS
            article = write(
                text, title=title, outlet=f"O{number}", name=f"a{number}", language=language, when=NOW.isoformat()
            )
            figures = extract.figures_in(article, glossary)
            seen.append(article.id)
            sheet = ledger.Sheet(article, figures, checks.findings_in(article, figures))
            update = ledger.enter(
                tuple(facts.values()), (sheet,), {}, "issue", glossary, stories=(tuple(seen),) if linked else ()
            )
            facts |= {fact.key: fact for fact in update.facts}
            told = {figures[s.figure].surface: s.status for s in update.sightings}
        return told

    return telling


PARKING = "The port let its berth data for 2.6 million yuan over 12 years."


def test_short_amounts_are_confirmed_within_a_story_and_new_without(tell):
    again = "港口的泊位数据以260万元租出，为期12年。"
    assert tell(PARKING, again)["260万元"] is Status.CONFIRMED
    assert tell(PARKING, again, linked=False)["260万元"] is Status.NEW


def test_two_digits_with_another_scale_word_are_a_slip_within_a_story(tell):
    wrong = "The firm had agreed to pay 2.6 billion yuan for the berths."
    assert tell(PARKING, wrong)["2.6 billion yuan"] is Status.SCALE_SLIP
    assert tell(PARKING, wrong, linked=False)["2.6 billion yuan"] is Status.NEW


def test_a_tenth_is_a_slip_where_both_titles_give_the_amount(tell):
    sold = ("港口资料作价9.8亿元卖出", "镇里卖掉了港口的资料。")
    assert (
        tell(sold, ("Town sells port files for 98 million yuan", "One buyer came."))["98 million yuan"]
        is Status.SCALE_SLIP
    )
    assert tell(sold, ("Town sells port files", "One boat costs 98 million yuan."))["98 million yuan"] is Status.NEW


def test_what_came_from_a_known_state_is_changed(tell):
    assert tell("1,120 companies got money.", "领到钱的企业由1120家增加到2730家。")["2730家"] is Status.CHANGED
    later = tell("Boats had landed 1,120 boxes.", "Landings rose from 1,120 boxes to 2,730 boxes.")
    assert later["2,730 boxes"] is Status.CHANGED


def test_what_came_from_a_state_that_nobody_told_is_new(tell):
    assert tell("1,120 companies got money.", "领到钱的企业由1360家增加到2730家。")["2730家"] is Status.NEW


def test_a_later_count_of_the_same_thing_is_changed(tell):
    first = "截至9月30日，登记系统收录船只资料1860项。"
    assert tell(first, "截至11月20日，登记系统收录的船只资料增加到2940项。")["2940项"] is Status.CHANGED
    assert tell(first, "截至11月20日，抽查随机抽取信息300项。")["300项"] is Status.NEW
    assert tell(first, "截至11月20日，登记系统收录的船只资料增加到29400项。")["29400项"] is Status.NEW


def test_a_yearly_amount_is_no_later_state(tell):
    first = "In 2022 the port landed 1,120 boxes."
    assert tell(first, "In 2023 landings rose from 1,120 boxes to 2,730 boxes.")["2,730 boxes"] is not Status.CHANGED


def test_a_count_that_is_known_is_known_in_other_words_too(tell):
    first = "Seven boats landed cod."
    told = tell(first, "Seven boats landed cod. Painters are busy with seven boats.", linked=False)
    assert told["Seven boats"] is Status.CONFIRMED
    assert told["seven boats"] is Status.AGAIN
