"""What each figure of an issue is to the ledger."""

# ruff: noqa: E501 - sample texts stay whole

from dataclasses import replace
from datetime import date

import pytest

from briefing.figures import checks, extract, ledger
from briefing.model.fact import Fact, Outcome, Rule, Status, Witness
from briefing.model.figure import Kind
from briefing.model.source import Tier
from briefing.model.text import Bilingual, Language
from briefing.model.topic import Baseline, BaselineArticle

FIRST = "By Aug. 20, 2024 the transport ministry returned 96.3 million yuan, officials said."


@pytest.fixture
def desk(write, glossary):
    class Desk:
        facts: tuple[Fact, ...] = ()

        def read(self, text, outlet="Harbour Ledger", copies=None, **more):
            article = write(
                text,
                outlet=outlet,
                when=more.pop("when", "2024-08-26T08:00:00+00:00"),
                name=f"{outlet}{len(self.facts)}",
                **more,
            )
            figures = extract.figures_in(article, glossary)
            sheet = ledger.Sheet(article, figures, checks.findings_in(article, figures))
            update = ledger.enter(self.facts, (sheet,), {article.id: copies} if copies else {}, "issue-1", glossary)
            by_key = {f.key: f for f in self.facts} | {f.key: f for f in update.facts}
            self.facts = tuple(by_key.values())
            self.findings = update.findings
            return {figures[s.figure].surface: s.status for s in update.sightings}

        def fact(self, amount):
            return next(f for f in self.facts if f.quantity.amount == amount)

    return Desk()


def test_a_first_figure_is_new_and_its_line_is_named_in_both_languages(desk):
    assert desk.read(FIRST) == {"96.3 million yuan": Status.NEW}
    fact = desk.fact(96_300_000)
    assert fact.key == "fees-returned|Ministry of Transport|2024-08-20"
    assert fact.label == Bilingual("fees returned, Ministry of Transport", "交通运输部已退还的收费")


def test_another_outlet_confirms_in_the_other_language(desk):
    desk.read(FIRST)
    assert desk.read("截至8月20日，交通运输部已退还9630万元。", "海屿社", language=Language.HANS) == {
        "9630万元": Status.CONFIRMED
    }
    assert desk.fact(96_300_000).status is Status.CONFIRMED
    assert [w.independent for w in desk.fact(96_300_000).witnesses] == [True, True]


def test_the_same_outlet_or_a_copy_only_repeats(desk):
    desk.read(FIRST)
    assert desk.read(FIRST) == {"96.3 million yuan": Status.AGAIN}
    assert desk.read(FIRST, "Northfield Post", copies="Harbour Ledger0") == {"96.3 million yuan": Status.AGAIN}
    assert desk.fact(96_300_000).status is Status.NEW
    assert [w.independent for w in desk.fact(96_300_000).witnesses] == [True, False, False]


def test_an_outlet_of_unknown_tier_never_enters(desk):
    desk.read(FIRST, tier=Tier.UNKNOWN)
    assert desk.facts == ()


def test_a_later_state_is_changed(desk):
    desk.read(FIRST)
    assert (
        desk.read("By Aug. 31, 2024 the transport ministry returned 171.5 million yuan.", "B")["171.5 million yuan"]
        is Status.CHANGED
    )
    fact = desk.fact(171_500_000)
    assert fact.key.startswith("fees-returned|Ministry of Transport|")
    assert fact.status is Status.CHANGED
    assert (
        desk.read("By Aug. 31, 2024 the transport ministry returned 171.5 million yuan.", "C")["171.5 million yuan"]
        is Status.CONFIRMED
    )


def test_the_same_day_with_another_amount_is_contradicted_and_stays_so_when_repeated(desk):
    desk.read(FIRST)
    other = "By Aug. 20, 2024 the transport ministry returned 81.2 million yuan."
    assert desk.read(other, "B")["81.2 million yuan"] is Status.CONTRADICTED
    assert desk.read(other, "C")["81.2 million yuan"] is Status.CONTRADICTED
    (fact,) = desk.facts
    assert fact.status is Status.CONTRADICTED
    assert any(f.outcome is Outcome.FAILS and "cannot both be right" in f.statement.en for f in fact.findings)
    assert desk.read(FIRST, "D") == {"96.3 million yuan": Status.CONFIRMED}
    assert desk.facts[0].status is Status.CONTRADICTED


def test_a_revision_that_somebody_owns_up_to_is_changed(desk):
    desk.read(FIRST)
    text = "The transport ministry corrected the sum: it returned 91.4 million yuan, not 96.3 million yuan."
    statuses = desk.read(text, "B")
    assert statuses["91.4 million yuan"] is Status.CHANGED
    assert statuses["96.3 million yuan"] is Status.CONFIRMED
    assert desk.fact(91_400_000).status is Status.CHANGED


def test_an_amount_that_was_reached_is_changed_even_without_a_date(desk):
    desk.read(FIRST)
    text = "Refunds grow: the money that the transport ministry returned rose to 121.5 million yuan."
    assert desk.read(text, "B")["121.5 million yuan"] is Status.CHANGED


def test_a_part_or_an_old_event_is_new(desk):
    desk.read(FIRST)
    assert (
        desk.read("By Aug. 20, 2024 the transport ministry returned 2.6 million yuan.", "B")["2.6 million yuan"]
        is Status.NEW
    )
    assert (
        desk.read("By May 20, 2025 the transport ministry returned 62.6 million yuan.", "C")["62.6 million yuan"]
        is Status.NEW
    )
    assert (
        desk.read("By Aug. 20, 2024 the education ministry returned 62.9 million yuan.", "D")["62.9 million yuan"]
        is Status.NEW
    )


def test_a_power_of_ten_is_a_scale_slip_with_the_supported_side(desk):
    desk.read(
        "Units of the transport ministry charged 145 million yuan ($20 million).", when="2024-07-16T08:00:00+00:00"
    )
    statuses = desk.read(
        "Units of the transport ministry charged 1.45 billion yuan.", "B", when="2024-07-18T08:00:00+00:00"
    )
    assert statuses == {"1.45 billion yuan": Status.SCALE_SLIP}
    (slip,) = [f for f in desk.findings if f.rule is Rule.SLIP]
    assert slip.statement.en == (
        "1.45 billion yuan (B) is ten times 145 million yuan (Harbour Ledger); 亿 may have been read as billion. "
        "145 million yuan is supported by its conversion"
    )
    assert desk.fact(145_000_000).status is Status.SCALE_SLIP
    assert (
        desk.read("Units of the transport ministry charged 1.45 billion yuan.", "C")["1.45 billion yuan"]
        is Status.SCALE_SLIP
    )


def test_an_article_that_tells_both_readings_slips_nothing_new(desk):
    desk.read("Units of the transport ministry charged 145 million yuan.")
    text = "Some say that units of the transport ministry charged 1.45 billion yuan; the audit says they charged 145 million yuan."
    assert desk.read(text, "B")["1.45 billion yuan"] is not Status.SCALE_SLIP


def test_a_deposit_of_a_tenth_is_no_slip_of_the_price(desk):
    desk.read("衡阳的底价为12.6亿元。", language=Language.HANS)
    assert desk.read("衡阳要求的竞买保证金为1.26亿元。", "B", language=Language.HANS)["1.26亿元"] is Status.NEW


def test_rounding_confirms_and_is_said(desk):
    desk.read("Units of the education ministry charged 58.657 million yuan.")
    assert (
        desk.read("Units of the education ministry charged 58.66 million yuan.", "B")["58.66 million yuan"]
        is Status.CONFIRMED
    )
    assert [f.rule for f in desk.findings] == [Rule.ROUNDED]
    assert desk.fact(58_657_000)


def test_a_figure_tied_to_nothing_is_unbound(desk):
    text = 'A widely shared post claimed that "9 billion yuan" was at stake, without saying of what.'
    assert desk.read(text) == {"9 billion yuan": Status.UNBOUND}
    assert desk.facts == ()


def test_a_conversion_takes_the_standing_of_what_it_converts(desk):
    text = "Units of the transport ministry charged 145 million yuan ($20 million)."
    assert set(desk.read(text).values()) == {Status.NEW}
    assert set(desk.read(text, "B").values()) == {Status.CONFIRMED}


def test_the_title_takes_the_date_that_the_text_gives(desk):
    desk.read(FIRST)
    text = "By Aug. 31, 2024 the transport ministry returned 171.5 million yuan."
    statuses = desk.read(text, "B", title="Ministry of Transport returned 171.5 million yuan")
    assert statuses == {"171.5 million yuan": Status.CHANGED}


def test_nearly_two_thousand_and_1930_in_one_article_are_one_line(desk):
    text = (
        "The transport ministry returned nearly 97 million yuan. The ministry said that it returned 96.3 million yuan."
    )
    desk.read(text)
    assert len([f for f in desk.facts if f.quantity.kind is Kind.MONEY]) == 1


def test_a_line_keeps_the_first_and_the_newest_witnesses(desk):
    for number in range(ledger.MOST_WITNESSES + 3):
        desk.read(FIRST, f"Outlet {number}")
    witnesses = desk.fact(96_300_000).witnesses
    assert len(witnesses) == ledger.MOST_WITNESSES
    assert (witnesses[0].outlet, witnesses[-1].outlet) == ("Outlet 0", f"Outlet {ledger.MOST_WITNESSES + 2}")


def test_a_mention_without_words_takes_the_measure_of_the_one_with(desk):
    desk.read("The transport ministry returned 61.2 million yuan.", title="A sum of 61.2 million yuan")
    assert [f.key for f in desk.facts] == ["fees-returned|Ministry of Transport|"]


def test_a_later_amount_of_nobody_in_particular_is_new(desk):
    desk.read(FIRST)
    assert desk.read("By Aug. 31, 2024 they returned 121.5 million yuan.", "B")["121.5 million yuan"] is Status.NEW


def test_the_same_digits_of_another_body_are_no_slip(desk):
    desk.read("Units of the transport ministry charged 145 million yuan.")
    assert (
        desk.read("Units of the education ministry charged 1.45 billion yuan.", "B")["1.45 billion yuan"] is Status.NEW
    )


def test_a_town_is_within_its_province(desk):
    desk.read("衡阳的底价为12.6亿元。", language=Language.HANS)
    assert desk.read("湖南的底价为12.6亿元。", "B", language=Language.HANS)["12.6亿元"] is Status.CONFIRMED


def test_a_slip_without_support_only_names_both(desk):
    desk.read("Units of the transport ministry charged 145 million yuan.")
    desk.read("Units of the transport ministry charged 14.5 million yuan.", "B")
    (slip,) = [f for f in desk.findings if f.rule is Rule.SLIP]
    assert "supported" not in slip.statement.en
    assert "a tenth of" in slip.statement.en


def test_a_check_that_could_not_run_is_listed_but_not_held_against_the_line(desk):
    desk.read("Units of the transport ministry charged 145 million yuan (NT$640 million).")
    assert [f.outcome for f in desk.findings] == [Outcome.NOT_RUN]
    assert desk.fact(145_000_000).findings == ()


def test_words_settle_what_digits_alone_cannot(desk):
    desk.read("Units of the transport ministry charged 145 million yuan.")
    found = desk.read("A sum of 145 million yuan went to the transport ministry.", "B")
    assert found["145 million yuan"] is Status.CONFIRMED
    found = desk.read("The transport ministry returned 145 million yuan.", "C")
    assert found["145 million yuan"] is Status.NEW
    found = desk.read("A sum of 145 million yuan went to the education ministry.", "D")
    assert found["145 million yuan"] is Status.NEW


def test_a_share_or_a_count_needs_its_subject(desk):
    desk.read("The transport ministry gave 12 per cent of it and 34 boxes.")
    found = desk.read("Of the transport ministry it is 12 per cent, with 34 crates.", "B")
    assert found["12 per cent"] is Status.CONFIRMED
    found = desk.read("Of the education ministry it is 12 per cent.", "C")
    assert found["12 per cent"] is Status.NEW


def test_of_two_slips_the_one_of_the_same_measure_counts(desk):
    desk.read("Units of the transport ministry charged 145 million yuan.")
    desk.read("The transport ministry returned 145 million yuan.", "B")
    desk.read("The transport ministry returned 1.45 billion yuan.", "C")
    (slip,) = [f for f in desk.findings if f.rule is Rule.SLIP]
    assert slip.key.startswith("fees-returned")


def test_a_count_that_differs_on_the_same_day_is_no_contradiction(desk):
    desk.read("By Aug. 20, 2024 seven units of the transport ministry charged.")
    assert desk.read("By Aug. 20, 2024 five units of the transport ministry charged.", "B")["five units"] is Status.NEW


def record(write, glossary, text, *given):
    key, outlet, when = given
    article = write(text, outlet=outlet, when=when, name=key)
    figures = extract.figures_in(article, glossary)
    witnesses = tuple(
        Witness(key, outlet, Tier.NEWSROOM, "https://sample.example/", article.dates.published, f, f.surface)
        for f in figures
    )
    keys = tuple(
        "total|all|2024"
        if f.quantity.kind is Kind.MONEY and f.measure == "fees-charged" and not f.subject
        else f"{f.measure}|{f.subject}|"
        for f in figures
    )
    return BaselineArticle(
        key,
        "A title",
        outlet,
        "https://sample.example/",
        date.fromisoformat(when[:10]),
        Language.EN,
        (),
        0,
        witnesses,
        keys,
    )


def test_the_baseline_gives_its_facts_their_findings_and_the_reading_that_is_supported(write, glossary):
    parts = (
        " The transport ministry charged 145 million yuan, the education ministry charged 58.66 million yuan, "
        "the industry ministry charged 24.47 million yuan and the market regulator charged 20.25 million yuan."
    )
    right = record(
        write,
        glossary,
        "Fees of 248 million yuan ($34 million) were charged." + parts,
        "right",
        "A",
        "2024-07-16T00:00:00+00:00",
    )
    wrong = record(
        write, glossary, "Fees of 2.48 billion yuan were charged.", "wrong", "B", "2024-08-01T00:00:00+00:00"
    )
    unnamed = replace(wrong, key="third", keys=("",) * len(wrong.keys))
    facts = {
        f.key: f
        for f in ledger.of_baseline(
            Baseline((wrong, right, unnamed), labels=(("total|all|2024", Bilingual("All fees", "全部收费")),))
        )
    }
    total = facts["total|all|2024"]
    assert total.label.en == "All fees"
    assert total.quantity.amount == 248_000_000
    assert total.status is Status.SCALE_SLIP
    assert [w.status for w in total.witnesses] == [Status.NEW, Status.SCALE_SLIP]
    assert {f.rule for f in total.findings} == {Rule.SUM, Rule.FX, Rule.SLIP}
    assert all(f.first_issue == "baseline" for f in facts.values())


def test_a_baseline_of_one_outlet_that_repeats_itself_confirms_nothing(write, glossary):
    text = "Fees of 248 million yuan were charged. Fees of 248 million yuan were charged."
    one = record(write, glossary, text, "one", "A", "2024-07-16T00:00:00+00:00")
    two = record(write, glossary, "Fees of 248 million yuan were charged.", "two", "A", "2024-07-17T00:00:00+00:00")
    (fact,) = ledger.of_baseline(Baseline((one, two)))
    assert fact.status is Status.NEW
    assert [w.article for w in fact.witnesses] == ["one", "two"]


def test_a_check_of_the_baseline_that_could_not_run_is_left_out(write, glossary):
    one = record(
        write,
        glossary,
        "Fees of 248 million yuan (NT$1.1 billion) were charged.",
        "one",
        "A",
        "2024-07-16T00:00:00+00:00",
    )
    (fact,) = ledger.of_baseline(Baseline((one,)))
    assert fact.findings == ()


def test_a_slip_names_only_those_who_gave_the_other_figure(desk):
    desk.read("Units of the transport ministry charged 145 million yuan.")
    desk.read("Units of the transport ministry charged 1.45 billion yuan.", "B")
    desk.read("Units of the transport ministry charged 1.45 billion yuan.", "C")
    slips = [f for fact in desk.facts for f in fact.findings if f.rule is Rule.SLIP]
    assert [f.statement.en.partition(";")[0] for f in slips] == [
        "1.45 billion yuan (B) is ten times 145 million yuan (Harbour Ledger)",
        "1.45 billion yuan (C) is ten times 145 million yuan (Harbour Ledger)",
    ]
    assert [e.outlet for e in slips[1].evidence] == ["C", "Harbour Ledger"]


def test_a_slip_says_which_side_a_later_article_proves(desk, write, glossary):
    texts = [
        "Units of the transport ministry charged 1.45 billion yuan.",
        "Units of the transport ministry charged 145 million yuan.",
        "Units of the transport ministry charged 145 million yuan ($20 million).",
    ]
    articles = [write(text, outlet=outlet, name=outlet) for text, outlet in zip(texts, "ABC", strict=True)]
    found = [(a, extract.figures_in(a, glossary)) for a in articles]
    sheets = tuple(ledger.Sheet(a, figures, checks.findings_in(a, figures)) for a, figures in found)
    update = ledger.enter((), sheets, {}, "issue-1", glossary)
    (fact,) = [f for f in update.facts if f.quantity.amount == 145_000_000]
    slips = [f for f in update.findings if f.rule is Rule.SLIP]
    assert slips == [f for f in fact.findings if f.rule is Rule.SLIP]
    assert all(f.statement.en.endswith("145 million yuan is supported by its conversion") for f in slips)


def test_a_rounding_names_only_those_who_wrote_that_form(desk):
    for outlet, amount in (("A", "58.657"), ("B", "58.66"), ("C", "58.657"), ("D", "58.66")):
        desk.read(f"Units of the education ministry charged {amount} million yuan.", outlet)
    (fact,) = desk.facts
    assert [f.statement.en.partition(" are ")[0] for f in fact.findings] == [
        "58.66 million yuan (B) and 58.657 million yuan (A)",
        "58.66 million yuan (D) and 58.657 million yuan (A, C)",
    ]
