"""What a subscriber who trusts every number must never be told."""

from dataclasses import replace
from decimal import Decimal

import pytest

from briefing.compose import render
from briefing.compose.corrections import corrections
from briefing.compose.headlines import headlines
from briefing.compose.issue import compose
from briefing.compose.keyfigures import agree, is_measured, key_figures
from briefing.compose.links import Links
from briefing.compose.lookup import lookup
from briefing.compose.standing import standing
from briefing.compose.stories import is_slip
from briefing.compose.sums import judged, sum_boxes
from briefing.compose.wording import words
from briefing.model.article import Part
from briefing.model.fact import Rule, Status
from briefing.model.figure import Change, Figure, Kind, Quantity
from briefing.model.issue import Sign
from briefing.model.judgement import LedgerUpdate, Sighting
from briefing.model.text import Bilingual, Language
from briefing.model.topic import Measure


def count(amount, unit="个"):
    return Quantity(Decimal(amount), Decimal(amount), Decimal(0), unit, Kind.COUNT)


def percent(amount, change=Change.NONE, kind=Kind.PERCENT):
    return Quantity(Decimal(amount), Decimal(amount), Decimal(0), "percent", kind, change=change)


def fact_of(sample, quantity, *outlets, sure=False, key="takings|Hunan|"):
    witness = sample.UPDATED[1].witnesses[0]
    figure = replace(witness.figure, quantity=quantity, sure=sure)
    witnesses = tuple(replace(witness, article=o, outlet=o, figure=figure, issue="") for o in outlets)
    return replace(
        sample.UPDATED[1], key=key, quantity=quantity, witnesses=witnesses, label=Bilingual("takings", "进账")
    )


def measured(sample, fact):
    measures = (Measure("takings", Bilingual("takings", "进账"), (), ("CNY", "percent")),)
    topic = replace(sample.TOPIC, glossary=replace(sample.TOPIC.glossary, measures=measures))
    return is_measured(fact, lookup(sample.second_draft(topic=topic)))


# ---- what is no line of the table ----------------------------------------------------------------------------------
def test_a_count_that_only_stands_near_the_words_is_no_line(sample):
    assert not measured(sample, fact_of(sample, count(3, "units"), "A", "B"))
    assert measured(sample, fact_of(sample, count(3, "units"), "A", sure=True))


def test_a_sum_that_two_outlets_were_read_alike_is_one(sample):
    million = sample.yuan("3000000")
    assert not measured(sample, fact_of(sample, million, "A"))
    assert measured(sample, fact_of(sample, million, "A", "B"))


def test_a_small_count_of_anything_needs_two_outlets(sample):
    """'四项' beside the word 产品 may be four of anything."""
    assert not measured(sample, fact_of(sample, count(4, "项"), "A", sure=True))
    assert measured(sample, fact_of(sample, count(4, "项"), "A", "B", sure=True))
    assert measured(sample, fact_of(sample, count(40, "项"), "A", sure=True))


def test_a_share_of_a_plan_is_no_sum_of_money(sample):
    assert not measured(sample, fact_of(sample, percent(31), "A", sure=True))
    assert measured(sample, fact_of(sample, percent(31, Change.DOWN_BY), "A", sure=True))


def test_what_only_a_copy_says_again_is_not_told_again(sample):
    draft = sample.second_draft()
    copied = Sighting("northfield", 0, sample.RETURNED, Status.AGAIN)
    update = LedgerUpdate((draft.update.facts[1],), (copied,), ())
    assert key_figures(lookup(replace(draft, update=update))) == ()
    kept = replace(copied, article="meridian")
    assert len(key_figures(lookup(replace(draft, update=replace(update, sightings=(kept,)))))) == 1


def test_what_was_known_from_the_start_is_not_called_new(sample):
    first = compose(sample.first_draft(facts=(replace(sample.PART_FACTS[0], status=Status.NEW),)))
    assert standing(first, first.figures[0]) == "known"


# ---- whose reading a line shows ------------------------------------------------------------------------------------
def test_who_quotes_another_reading_is_witness_of_its_own_alone(sample):
    draft = sample.second_draft()
    fact = draft.update.facts[1]
    theirs = fact.witnesses[1]
    odd = replace(
        theirs,
        status=Status.CONTRADICTED,
        figure=replace(theirs.figure, quantity=sample.yuan("81000000"), part=Part.TITLE),
    )
    update = LedgerUpdate((replace(fact, witnesses=(*fact.witnesses, odd), status=Status.CONTRADICTED),), (), ())
    line = key_figures(lookup(replace(draft, update=update)))[0]
    assert ([w.outlet for w in line.witnesses], [w.outlet for w in line.against]) == (["Meridian Wire"], [odd.outlet])


def test_a_conflict_that_was_told_does_not_hide_a_later_state(sample):
    draft = sample.second_draft()
    fact = replace(draft.update.facts[0], status=Status.CONTRADICTED)
    moved = Sighting("meridian", 0, fact.key, Status.CHANGED, fact.witnesses[1])
    told = replace(draft.told[0], figure=replace(draft.told[0].figure, quantity=sample.yuan("240000000")))
    update = LedgerUpdate((fact,), (moved,), ())
    line = key_figures(lookup(replace(draft, update=update, told=(told,))))[0]
    assert (line.status, line.was) == (Status.CHANGED, sample.yuan("240000000"))


def test_a_tenth_and_ten_percent_are_one_share():
    tenth = replace(percent("0.1", kind=Kind.FRACTION), unit="")
    assert agree(tenth, percent(10))
    assert not agree(tenth, percent(11))


# ---- corrections ---------------------------------------------------------------------------------------------------
def told_and_now(sample, *statuses, shown="96300000"):
    """The line that an issue told with 96.3 million, and what its newcomers made of it."""
    draft = sample.second_draft()
    fact = draft.update.facts[1]
    told = replace(draft.told[1], figure=replace(draft.told[1].figure, key=fact.key, quantity=fact.quantity))
    amounts = {Status.CHANGED: "171500000", Status.CONTRADICTED: "150200000", Status.SCALE_SLIP: "963000000"}
    first = fact.witnesses[0]
    newcomers = tuple(
        replace(
            first,
            article=str(s),
            outlet=f"The {s}",
            status=s,
            figure=replace(first.figure, quantity=sample.yuan(amounts[s])),
        )
        for s in statuses
    )  # fmt: skip
    now = replace(fact, witnesses=(*fact.witnesses, *newcomers), status=statuses[-1], quantity=sample.yuan(shown))
    (line,) = corrections(lookup(replace(draft, told=(told,), update=LedgerUpdate((now,), (), ()))))
    return line.text


def test_a_later_state_is_no_contradiction_whatever_is_said_against_it(sample):
    line = told_and_now(sample, Status.CHANGED, Status.CONTRADICTED, shown="171500000")
    assert line.en.endswith("we gave 96.3 million yuan. The changed now gives 171.5 million yuan.")
    assert "现报1.715亿元" in line.zh


def test_what_we_still_give_is_said_to_stand(sample):
    assert "and still do" in told_and_now(sample, Status.CONTRADICTED).en
    slipped = told_and_now(sample, Status.SCALE_SLIP)
    assert slipped.en.endswith(
        "we gave 96.3 million yuan, and still do. The scale-slip gives 963 million yuan, a power of ten away."
    )
    assert slipped.zh.endswith("现仍采用；The scale-slip报9.63亿元，数量级不同。")


# ---- slips downwards, and where they are said ----------------------------------------------------------------------
def down(sample):
    """An issue of which one outlet gives a tenth of what the desk shows."""
    draft = sample.second_draft()
    odd = replace(sample.CLARION, figure=replace(sample.CLARION.figure, quantity=sample.yuan("24800000")))
    fact = replace(draft.update.facts[0], witnesses=(sample.TOTAL.witnesses[1], odd))
    slip = replace(sample.SLIP_2, stated=sample.yuan("24800000"), factor=Decimal("0.1"))
    return replace(draft, told=(), update=LedgerUpdate((fact,), draft.update.sightings, (slip,)))


def test_a_digit_too_few_is_told_as_a_tenth(sample):
    issue = compose(down(sample))
    assert issue.headlines[0].sign is Sign.CONFLICT
    assert issue.headlines[0].lead.en.endswith("248 million yuan, or one 10th of that?")
    assert issue.headlines[0].lead.zh.endswith("是2.48亿元，还是其10分之一？")
    (box,) = sum_boxes(issue, "en")
    assert [judged(box, bar, words("en")) for bar in box.told if not bar.holds] == ["1/10 of that"]


def test_a_box_says_what_it_is_about(sample):
    issue = compose(down(sample))
    (box,) = sum_boxes(issue, "zh")
    assert box.label == issue.figures[0].label
    nameless = replace(issue, findings=tuple(replace(f, key="") for f in issue.findings))
    (box,) = sum_boxes(nameless, "en")
    assert box.label == next(d.gloss for d in issue.developments if d.story == "s-clarion")
    assert box.label.en in render.text(nameless, "en", Links())
    (box,) = sum_boxes(replace(nameless, developments=(), brief=()), "en")
    assert box.label == Bilingual("", "")


def test_one_outlet_that_says_both_is_named_once(sample):
    draft = down(sample)
    slip = draft.update.findings[0]
    both = replace(slip, key="", evidence=(slip.evidence[0], replace(slip.evidence[1], outlet="Strait Clarion")))
    (line, *_) = headlines((), (both,), compose(draft).developments, ())
    assert line.rest.en == "Strait Clarion gives both."
    assert line.rest.zh == "两者均出自Strait Clarion。"


# ---- headings ------------------------------------------------------------------------------------------------------
def titled(art, surface, quantity):
    start = art.title.index(surface)
    return Figure(quantity, surface, Part.TITLE, start, start + len(surface), 0, "fees")


@pytest.mark.parametrize("is_known", [True, False])
def test_a_heading_with_an_amount_that_we_do_not_keep_says_so(sample, is_known):
    draft = sample.second_draft()
    if not is_known:  # no line of the ledger knows it: the check alone does
        sightings = tuple(s for s in draft.update.sightings if s.article != "clarion")
        draft = replace(draft, update=replace(draft.update, sightings=sightings))
    figures = (*sample.F7, titled(sample.A7, "2.48 billion yuan", sample.F7[0].quantity))
    readings = tuple(replace(r, figures=figures) if r.article.id == "clarion" else r for r in draft.readings)
    issue = compose(replace(draft, readings=readings))
    story = next(d for d in (*issue.developments, *issue.brief) if d.story == "s-clarion")
    assert story.caveats[0] == Bilingual(
        "The heading of Strait Clarion says 2.48 billion yuan; the reading we keep is 248 million yuan.",
        "Strait Clarion的标题作24.8亿元；本刊采用2.48亿元。",
    )


def test_a_wrong_amount_heads_no_story_where_a_right_one_can(sample):
    """The lead is Chinese and right, the only English title is wrong: the line of the ledger heads it."""
    draft = sample.second_draft()
    wrong = sample.article(
        "wrong", "Wrong Post", "Platforms sold data for 164 million yuan", "Sold for 164 million yuan."
    )
    odd = sample.figure(wrong, "164 million yuan", sample.yuan("164000000"), "sales")
    story = next(s for s in draft.judgement.stories if s.id == "s-linlan")
    stories = tuple(replace(s, articles=("yuntai", "wrong")) if s is story else s for s in draft.judgement.stories)
    verdict = replace(next(v for v in draft.judgement.verdicts if v.article == "yuntai"), article="wrong")
    slip = Sighting("wrong", 0, sample.LINLAN, Status.SCALE_SLIP, None, 1)
    made = compose(
        replace(
            draft,
            judgement=replace(draft.judgement, stories=stories, verdicts=(*draft.judgement.verdicts, verdict)),
            update=replace(draft.update, sightings=(*draft.update.sightings, slip)),
            readings=(*draft.readings, type(draft.readings[0])(wrong, (odd,))),
        )
    )
    heading = next(d.gloss for d in (*made.developments, *made.brief) if d.story == "s-linlan")
    assert heading.en == "Linlan platforms: social-security data sold: 16.4 million yuan"
    assert heading.zh == sample.A6.title


def test_only_amounts_of_one_currency_can_be_a_slip(sample):
    assert is_slip(sample.yuan("248"), sample.yuan("2480"))
    assert not is_slip(sample.yuan("248"), sample.yuan("500"))
    assert not is_slip(sample.yuan("248"), replace(sample.yuan("2480"), unit="USD"))


def test_what_a_heading_says_is_not_the_reason_too(sample):
    """The English heading of a Chinese story is its sum: only Chinese readers are told it as a reason."""
    issue = compose(sample.second_draft())
    story = next(d for d in (*issue.developments, *issue.brief) if d.story == "s-linlan")
    assert "16.4 million yuan" in story.gloss.en
    assert not any("16.4 million" in why.en or "1640万" in why.zh for why in story.why)
    assert not any(f.rule is Rule.YOY for f in issue.findings)
    assert story.language is Language.HANS


def test_a_large_sum_weighs_more_than_a_small_one(sample):
    draft = sample.second_draft()

    def weight(amount):
        figures = (replace(sample.F1[0], quantity=sample.yuan(amount)), *sample.F1[1:])
        readings = tuple(replace(r, figures=figures) if r.article.id == "meridian" else r for r in draft.readings)
        issue = compose(replace(draft, readings=readings))
        return next(d.score for d in (*issue.developments, *issue.brief) if d.story == "s-refunds")

    assert weight("3000000000000") > weight("300000000")
    assert weight("3000000000") == weight("3000000000000")  # no sum outweighs everything else
