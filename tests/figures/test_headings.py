"""A title or summary that is a power of ten from its own text is a slip, and the text stays right."""

from briefing.figures import checks, extract, ledger
from briefing.model.fact import Rule, Status
from briefing.model.text import Language

# ruff: noqa: E501 - sample texts stay whole
TEXT = "The transport ministry returned 194 million yuan to buyers. Insurers get 121 million yuan and airports 73 million yuan."
ZH = "交通运输部退还1.94亿元。保险公司得1.21亿元，机场得7300万元。"


def told(write, glossary, text, facts=(), outlet="A", **more):
    language = Language.EN if text.isascii() else Language.HANS
    article = write(text, outlet=outlet, language=language, **more)
    figures = extract.figures_in(article, glossary)
    sheet = ledger.Sheet(article, figures, checks.findings_in(article, figures))
    update = ledger.enter(facts, (sheet,), {}, "issue", glossary)
    return {figures[s.figure].surface: s.status for s in update.sightings}, update


def test_a_title_ten_times_its_text_is_a_slip_and_the_text_stands(write, glossary):
    statuses, update = told(write, glossary, TEXT, title="Transport ministry to give back 1.94 billion yuan")
    assert statuses["1.94 billion yuan"] is Status.SCALE_SLIP
    assert statuses["194 million yuan"] is Status.NEW
    (fact,) = [f for f in update.facts if f.quantity.amount == 194_000_000]
    assert fact.status is Status.SCALE_SLIP
    assert "ten times 194 million" in next(f for f in update.findings if f.rule is Rule.SLIP).statement.en


def test_the_same_in_chinese(write, glossary):
    statuses, _ = told(write, glossary, ZH, title="交通运输部要退19.4亿元")
    assert statuses["19.4亿元"] is Status.SCALE_SLIP
    assert statuses["1.94亿元"] is Status.NEW


def test_a_slip_of_a_title_confirms_no_later_slip(write, glossary):
    _, first = told(write, glossary, TEXT, title="Transport ministry to give back 1.94 billion yuan")
    statuses, _ = told(write, glossary, "交通运输部已退还19.4亿元。", first.facts, "B")
    assert statuses["19.4亿元"] is Status.SCALE_SLIP


def test_a_title_that_rounds_or_converts_or_says_more_is_no_slip(write, glossary):
    for title in (
        "Transport ministry to give back 190 million yuan",
        "Ministry returns 194 million yuan of 1.94 billion yuan",
        "Ministry to give back at least 1.94 billion yuan",
        "Refunds rise by 1.94 billion yuan",
        "Refunds of 1.94 billion dollars",
    ):
        text = f"{TEXT} All in all 1.94 billion yuan was charged." if "of 1.94" in title else TEXT
        statuses, _ = told(write, glossary, text, title=title)
        assert Status.SCALE_SLIP not in statuses.values(), title


def test_a_deposit_of_a_tenth_is_no_slip_of_the_price(write, glossary):
    text = "Hengyang wants a deposit of 32 million yuan by Friday."
    statuses, _ = told(write, glossary, text, title="Hengyang puts its data up at a reserve of 320 million yuan")
    assert Status.SCALE_SLIP not in statuses.values()


def test_two_digits_are_enough_where_measure_and_written_number_are_the_same(write, glossary):
    text = "Hengyang lowered the reserve to 3.2 million yuan."
    statuses, _ = told(write, glossary, text, title="Hengyang's reserve: 3.2 billion yuan")
    assert statuses["3.2 billion yuan"] is Status.SCALE_SLIP


def test_where_the_parts_refute_the_text_the_title_stands(write, glossary):
    text = (
        "State auditors said that units took 2.48 billion yuan in total: the transport ministry 145 million yuan, the education"
        " ministry 58.7 million yuan, the industry ministry 24.5 million yuan, the market regulator 20.2 million yuan."
    )
    statuses, _ = told(write, glossary, text, title="State auditors: units took 248 million yuan")
    assert statuses["2.48 billion yuan"] is Status.SCALE_SLIP
    assert statuses["248 million yuan"] is Status.NEW


def test_a_total_that_its_parts_refute_is_a_slip_at_once_and_measures_nobody(write, glossary):
    text = (
        "State auditors said that units took 2.48 billion yuan in total: the transport ministry 145 million yuan, the education"
        " ministry 58.7 million yuan, the industry ministry 24.5 million yuan, the market regulator 20.2 million yuan."
    )
    statuses, first = told(write, glossary, text)
    assert statuses["2.48 billion yuan"] is Status.SCALE_SLIP
    again, _ = told(write, glossary, "State auditors said that units took 2.48 billion yuan.", first.facts, "B")
    assert again["2.48 billion yuan"] is Status.SCALE_SLIP
    right, _ = told(write, glossary, "State auditors said that units took 248 million yuan.", first.facts, "C")
    assert right["248 million yuan"] is Status.NEW


def test_a_total_whose_parts_miss_it_is_told_as_new_but_its_line_as_contradicted(write, glossary):
    text = (
        "State auditors said that units took 230 million yuan in total, including 145 million yuan by the transport ministry,"
        " 58.7 million yuan by the education ministry and 24.5 million yuan by the industry ministry."
    )
    statuses, update = told(write, glossary, text)
    assert statuses["230 million yuan"] is Status.NEW
    assert next(f for f in update.facts if f.quantity.amount == 230_000_000).status is Status.CONTRADICTED


def test_a_title_known_from_elsewhere_is_left_alone(write, glossary):
    _, first = told(write, glossary, "The transport ministry returned 1.94 billion yuan.")
    statuses, _ = told(write, glossary, TEXT, first.facts, "B", title="Transport ministry returned 1.94 billion yuan")
    assert statuses["1.94 billion yuan"] is Status.CONFIRMED


def test_a_price_is_no_slip_of_a_rival_measure_of_the_same_digits(write, glossary):
    text = "The transport ministry returned 194 million yuan."
    statuses, _ = told(write, glossary, text, title="Transport ministry: fees charged, 1.94 billion yuan")
    assert statuses["1.94 billion yuan"] is Status.NEW


def test_a_rounded_title_repeats_the_text_and_is_no_figure_of_its_own(write, glossary):
    cases = (
        ("抽查的数据集三成多没有更新", "在抽查的数据集里，37%一年没有更新。", "三成多", "37%"),
        ("近两千家拿到钱", "截至目前，1930家拿到退款。", "两千家", "1930家"),
        ("Refunds pass $9 million", "The ministry returned $9.1 million.", "$9 million", "$9.1 million"),
    )
    for title, text, rounded, exact in cases:
        statuses, update = told(write, glossary, text, title=title)
        assert statuses[rounded] is Status.AGAIN, title
        assert [(f.status, len(f.witnesses)) for f in update.facts if f.quantity.amount > 30] == [(Status.NEW, 2)]
        assert statuses[exact] is Status.NEW, title


def test_a_rounded_title_that_fits_two_amounts_of_the_text_stays_new(write, glossary):
    statuses, _ = told(write, glossary, "北面37%没有更新，南面34%没有更新。", title="抽查的三成多没有更新")
    assert statuses["三成多"] is Status.NEW


def test_a_rounded_title_of_a_known_figure_is_known(write, glossary):
    _, first = told(write, glossary, "The transport ministry returned 9.1 million yuan.")
    text = "The transport ministry returned 9.1 million yuan."
    statuses, _ = told(write, glossary, text, first.facts, "B", title="Back come 9 million yuan")
    assert statuses["9 million yuan"] is statuses["9.1 million yuan"] is Status.CONFIRMED


def test_a_rounded_title_known_by_its_own_digits_stays_so(write, glossary):
    _, first = told(write, glossary, "The transport ministry returned 9 million yuan.")
    text = "The transport ministry returned 9.1 million yuan to buyers, 7.2 million yuan to airports."
    statuses, _ = told(write, glossary, text, first.facts, "B", title="The transport ministry returned 9 million yuan")
    assert statuses["9 million yuan"] is Status.CONFIRMED


def test_growth_that_its_own_amounts_refute_is_contradicted(write, glossary):
    text = "Fees charged in Hunan rose from 21.5 million yuan to 37.8 million yuan, an increase of 58%."
    assert told(write, glossary, text)[0]["58%"] is Status.CONTRADICTED
    right = "Fees charged in Hunan rose from 21.5 million yuan to 37.8 million yuan, an increase of 76%."
    assert told(write, glossary, right)[0]["76%"] is Status.NEW


def test_a_refuted_growth_that_others_state_is_left_to_the_finding(write, glossary):
    _, first = told(write, glossary, "Fees charged in Hunan grew by 58%.")
    text = "Fees charged in Hunan rose from 21.5 million yuan to 37.8 million yuan, an increase of 58%."
    assert told(write, glossary, text, first.facts, "B")[0]["58%"] is Status.CONFIRMED
