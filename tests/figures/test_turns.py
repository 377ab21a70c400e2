"""Changed where somebody owns up to it, contradicted where the words say that two counts differ; else new."""

import pytest

from briefing.figures import checks, extract, ledger
from briefing.model.fact import Status
from briefing.model.text import Language

# ruff: noqa: E501 - sample texts stay whole


@pytest.fixture
def read(write, glossary):
    facts = {}

    def reading(text, outlet="A", when="2024-12-06T08:00:00+00:00", issue="issue", **more):
        language = Language.EN if text.isascii() else Language.HANS
        article = write(text, outlet=outlet, name=f"{outlet}{len(facts)}", language=language, when=when, **more)
        figures = extract.figures_in(article, glossary)
        sheet = ledger.Sheet(article, figures, checks.findings_in(article, figures))
        update = ledger.enter(tuple(facts.values()), (sheet,), {}, issue, glossary)
        facts.update({f.key: f for f in update.facts})
        return {figures[s.figure].surface: s.status for s in update.sightings}

    return reading


def test_a_corrected_count_is_changed_where_the_sentence_after_recalls_the_old_one(read):
    read("The port put 640 data sets online, and 3.7 million yuan of fees went.")
    told = read("The port put 604 data sets online. An earlier version of this article said that there were 640.", "B")
    assert told["604 data sets"] is Status.CHANGED


def test_later_counts_are_changed_where_the_earlier_ones_are_recalled(read):
    read("截至9月底，全国开放数据集38.6万个，平台243个。")
    told = read("截至11月底，全国开放数据集41.2万个，平台251个。此前公布的9月底数据分别是38.6万个和243个。", "B")
    assert told["41.2万个"] is told["251个"] is Status.CHANGED
    assert told["38.6万个"] is told["243个"] is Status.CONFIRMED


def test_of_a_total_and_its_parts_only_the_total_carries_an_older_one_on(read):
    read("截至5月31日，各地取消收费318项，涉及7.36亿元。")
    told = read("截至6月30日，各地取消收费471项，涉及11.52亿元，其中地方8.65亿元。上次通报的数字为7.36亿元。", "B")
    assert told["11.52亿元"] is Status.CHANGED
    assert told["8.65亿元"] is Status.NEW


def test_an_amount_is_changed_where_the_figure_stood_lower(read):
    read("Towns in the valley had lent 96.3 million yuan.")
    told = read(
        "Lending in the valley rose to 171.5 million yuan. The figure stood at 96.3 million yuan in August.", "B"
    )
    assert told["171.5 million yuan"] is Status.CHANGED


def test_a_revised_part_is_changed_where_the_article_retells_and_owns_up(read):
    read("湖南出售数据，2021年卖得1240万元，2023年卖得2140万元，合计5270万元，46家买过。")
    told = read("湖南把5270万元调整为5510万元，2021年的1240万元不变。调整以后，2023年卖得2380万元。", "B")
    assert told["2380万元"] is Status.CHANGED


def test_another_partys_own_count_contradicts(read):
    read("云泽向11家企业收取640万元，其中一家被要求交128万元。")
    told = read(
        "The bureau asked one firm for RMB1.28m. The lawyer said that his own count came to nine companies, which had paid RMB5.2m.",
        "B",
    )
    assert told["nine companies"] is told["RMB5.2m"] is Status.CONTRADICTED


@pytest.mark.parametrize(
    "text",
    [
        "The bureau asked one firm for RMB1.28m. The lawyer said that his own count came to RMB5.2m.",
        "该局向一家企业要128万元。律师自行统计的总数是520万元。",
    ],
)
def test_what_everybody_quotes_is_not_what_another_party_disputes(read, text):
    read("云泽向11家企业收取640万元，其中一家被要求交128万元。", issue=ledger.BASELINE)
    assert Status.CONTRADICTED not in read(text, "B").values()


def test_a_disputed_amount_is_set_against_the_one_beside_it(read):
    read("截至8月底，山谷各镇借出1.715亿元，另有9630万元未还。")
    told = read("山谷各镇借出1.502亿元，与此前说的并不一致。这比外电说的1.715亿元少了两千多万元。", "B")
    assert told["1.502亿元"] is Status.CONTRADICTED


@pytest.mark.parametrize(
    "text",
    [
        "The valley says that the real figure is 154 million yuan, not the 171.5 million yuan that its towns lent.",
        "Valley books show 154 million yuan of loans. The towns had put them at 171.5 million yuan. Neither side explains.",
        "镇里说借出1.715亿元，年报里得出的却是1.54亿元。",
        "各镇借出1.54亿元。上月说的是1.715亿元，两个数对不上。",
    ],
)
def test_what_two_parties_say_beside_each_other_is_contradicted(read, text):
    read("截至8月底，山谷各镇借出1.715亿元，另有9630万元未还。")
    assert Status.CONTRADICTED in read(text, "B").values()


def test_two_totals_that_one_party_mends_are_no_dispute(read):
    read("湖南出售数据，2021年卖得1240万元，2023年卖得2140万元，合计5270万元，46家买过。")
    told = read("湖南更正：合计应为5510万元，原来误写为5270万元。有人早就发现两个数对不上。", "B")
    assert Status.CONTRADICTED not in told.values()


def test_without_such_words_another_amount_is_new(read):
    read("云泽向11家企业收取640万元，其中一家被要求交128万元。")
    told = read("The bureau asked one firm for RMB1.28m. It also sold maps to nine companies for RMB5.2m.", "B")
    assert told["nine companies"] is told["RMB5.2m"] is Status.NEW


def test_a_dispute_over_something_else_contradicts_nothing(read):
    read("截至8月底，山谷各镇借出1.715亿元。")
    told = read("The lawyer said that his own count came to nine boats, which had cost RMB164.2m.", "B")
    assert told["RMB164.2m"] is Status.NEW


def test_an_open_count_is_no_side_of_a_dispute(read):
    read("云泽向11家企业收取640万元，其中一家被要求交128万元。")
    told = read("The bureau asked one firm for RMB1.28m. By his own count about RMB5.2m was paid.", "B")
    assert told["RMB5.2m"] is Status.NEW


def test_a_small_count_of_a_town_confirms_none_of_another(read):
    read("The three units in Hunan charged fees.")
    assert read("Three units charged fees in a town of 4 roads.", "B")["Three units"] is Status.NEW
    assert read("Three units in Hunan charged fees.", "C")["Three units"] is Status.CONFIRMED
