from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.compose import render
from briefing.compose.corrections import corrections
from briefing.compose.draft import Reading
from briefing.compose.extracts import LONGEST, extracts
from briefing.compose.headlines import headlines
from briefing.compose.issue import compose
from briefing.compose.keyfigures import agree, key_figures
from briefing.compose.lookup import lookup
from briefing.compose.standing import objections, standing
from briefing.compose.stories import development
from briefing.compose.timeline import timeline
from briefing.compose.view import copied, day_said
from briefing.compose.wording import words
from briefing.model.article import Part
from briefing.model.fact import Evidence, Finding, Outcome, Rule, Status, Witness
from briefing.model.figure import Approximation, Change, Figure, Kind, Quantity
from briefing.model.issue import DevelopmentStatus, EventStatus, Role, Sign
from briefing.model.judgement import Judgement, LedgerUpdate, Relevant, Sighting
from briefing.model.source import Tier
from briefing.model.story import Disposition, NewKind, Novelty, Verdict
from briefing.model.text import Bilingual, Language
from briefing.model.topic import BaselineFact, Entity, EntityKind, Glossary, Measure


def by_story(issue, name):
    return next(d for d in (*issue.developments, *issue.brief) if d.story == name)


def test_composing_twice_gives_the_same_issue(sample):
    assert compose(sample.second_draft()) == compose(sample.second_draft())


def test_every_extract_is_an_exact_span_of_what_was_published(sample, second):
    articles = {r.article.id: r.article for r in sample.second_draft().readings}
    quotes = [e for d in second.developments for e in d.extracts]
    assert quotes
    for quote in quotes:
        assert quote.text == articles[quote.article].part(quote.part)[quote.start : quote.end]


def test_a_story_quotes_the_article_of_each_language(second):
    refunds = by_story(second, "s-refunds")
    assert {e.language for e in refunds.extracts} == {Language.EN, Language.HANS}
    assert all(
        len([e for e in refunds.extracts if e.language is language]) <= 3 for language in (Language.EN, Language.HANS)
    )


def test_what_is_new_is_quoted_before_what_was_known(second):
    linlan = by_story(second, "s-linlan")
    assert linlan.extracts[0].text == "临岚省审计厅通报，两家平台公司未经授权出售社保查询数据，收入1640万元。"


def test_headings_are_published_titles_or_composed_and_fall_back_to_the_original(sample, second):
    assert by_story(second, "s-refunds").gloss == Bilingual(
        "Chinese agencies hand back 96.3 million yuan of improper data fees",
        "四部门清退违规数据收费9630万元，余款年底前结清",
    )
    assert by_story(second, "s-linlan").gloss.en == "Linlan platforms: social-security data sold: 16.4 million yuan"
    bare = compose(sample.second_draft(topic=replace(sample.TOPIC, glossary=Glossary())))
    assert by_story(bare, "s-linlan").gloss.en == "Linlan platforms: social-security data sold: 16.4 million yuan"


def test_a_copy_is_folded_under_its_original_and_counts_as_no_outlet(second):
    refunds = by_story(second, "s-refunds")
    assert [(c.outlet, c.role) for c in refunds.coverage] == [
        ("Meridian Wire", Role.LEAD),
        ("江岸财经", Role.INDEPENDENT),
        ("Northfield Post", Role.COPY),
    ]
    assert refunds.outlets == 2


def test_every_article_that_was_read_is_kept_folded_or_left_out_with_a_reason(second):
    assert (second.counts.read, second.counts.kept, second.counts.folded, second.counts.left_out) == (10, 6, 1, 3)
    assert {item.article for item in second.left_out} == {"northfield", "pinecrest", "nanling", "quayside"}
    assert all(item.reason.en and item.reason.zh for item in second.left_out)


def test_why_it_matters_names_what_the_figure_was_and_who_said_so(second):
    assert by_story(second, "s-hengyang").why[0] == Bilingual(
        "Hengyang data franchise, reserve price: 920 million yuan, was 1.802 billion yuan (issue 1).",
        "衡阳数据特许经营权底价：9.2亿元，原为18.02亿元（第1期）。",
    )
    assert len(by_story(second, "s-refunds").why) == 2


def test_a_figure_off_by_ten_outranks_a_new_one_until_an_issue_has_told_it(sample, second):
    untold = compose(sample.second_draft(told=()))
    assert [f.status for f in untold.figures][:2] == [Status.SCALE_SLIP, Status.CHANGED]
    told = [f.status for f in second.figures]
    assert told.index(Status.CHANGED) < told.index(Status.NEW) < told.index(Status.SCALE_SLIP)
    total = untold.figures[0]
    assert total.quantity.amount == Decimal(248000000)
    assert [w.outlet for w in total.against] == ["Red Censor", "Strait Clarion"]


def test_a_first_issue_leads_with_the_contradiction_of_its_baseline(first):
    assert first.headlines[0].sign is Sign.CONFLICT
    assert first.headlines[0].lead.zh == "未经批准利用政务数据收费：是2.48亿元，还是其10倍？"
    assert "The 4 parts add up to 248.3725 million yuan." in first.headlines[0].rest.en
    assert len(first.start) == 6
    assert [c.outlet for c in first.baseline] == ["Red Censor", "Caixin Global"]
    assert first.counts.figures_conflicting == 1


def test_an_old_error_said_again_is_neither_the_headline_nor_a_correction(second):
    assert second.headlines[0].sign is Sign.NEW
    assert [c.key for c in second.corrections] == ["reserve|hengyang|"]


def test_a_changed_figure_corrects_the_issue_that_told_it(second):
    correction = second.corrections[0]
    assert correction.issue == "2024-08-23"
    assert correction.text.en == (
        "Hengyang data franchise, reserve price: we gave 1.802 billion yuan. 海屿通讯社 now gives 920 million yuan."
    )
    assert "本刊曾写作18.02亿元" in correction.text.zh


def test_an_older_reading_said_once_more_corrects_no_figure_that_changed(sample):
    draft = sample.second_draft()
    fact = draft.update.facts[3]
    told = replace(draft.told[1], figure=replace(draft.told[1].figure, quantity=fact.quantity))
    old = replace(fact.witnesses[0], article="late", outlet="Late Ledger")
    again = replace(fact, witnesses=(*fact.witnesses[:1], old))
    changed = replace(draft, told=(told,), update=LedgerUpdate((again,), (), ()))
    assert corrections(lookup(changed)) == ()


def test_a_story_that_goes_on_is_an_update_at_the_top_too(sample):
    draft = sample.second_draft()
    verdicts = tuple(
        replace(v, disposition=Disposition.UPDATE) if v.article == "meridian" else v for v in draft.judgement.verdicts
    )
    issue = compose(replace(draft, judgement=replace(draft.judgement, verdicts=verdicts)))
    line = next(h for h in issue.headlines if h.story == "s-refunds")
    assert line.sign is Sign.UPDATE


def test_a_text_whose_figure_does_not_hold_neither_leads_nor_heads_a_story(sample):
    draft = sample.second_draft()
    wrong = Sighting("meridian", 0, sample.TOTAL.key, Status.SCALE_SLIP, sample.TOTAL.witnesses[1], 1)
    sightings = (*draft.update.sightings, wrong, replace(wrong, key="unknown"))
    northfield = tuple(
        replace(v, disposition=Disposition.DEVELOPMENT) if v.article == "northfield" else v
        for v in draft.judgement.verdicts
    )
    judgement = replace(draft.judgement, verdicts=northfield, copies=())
    issue = compose(replace(draft, judgement=judgement, update=replace(draft.update, sightings=sightings)))
    story = by_story(issue, "s-refunds")
    assert story.coverage[0].article != "meridian"
    assert story.gloss.en == next(c.title for c in story.coverage if c.article == "northfield")


def test_a_story_that_only_brings_back_a_wrong_figure_is_no_event(second):
    assert by_story(second, "s-clarion").status is DevelopmentStatus.CORRECTION
    assert "s-clarion" not in {event.story for event in second.timeline}


def test_a_slip_that_is_drawn_is_counted_though_no_line_of_the_ledger_knows_it(sample):
    draft = sample.second_draft()
    slip = replace(sample.SLIP_2, key="sales||#9")
    more = replace(draft.update, findings=(*draft.update.findings, slip))
    assert compose(replace(draft, update=more)).counts.figures_conflicting == 1 + (
        compose(draft).counts.figures_conflicting
    )


def test_a_confirmed_figure_corrects_nothing(sample):
    draft = sample.second_draft()
    fact = replace(draft.update.facts[3], status=Status.CONFIRMED)
    changed = replace(draft, update=LedgerUpdate((fact,), (), ()))
    assert corrections(lookup(changed)) == ()


def test_what_is_ahead_ends_the_timeline(second, sample):
    assert second.timeline[-1].status is EventStatus.AHEAD
    late = compose(sample.second_draft(made_at=sample.NOW.replace(month=10)))
    assert EventStatus.AHEAD not in {event.status for event in late.timeline}


def with_days(sample, *days):
    """The second draft, in which an article names these days in one of its sentences."""
    draft = sample.second_draft()
    readings = []
    for reading in draft.readings:
        named = tuple(
            Figure(day_of(when), "day", Part.TEXT, 0, 3, number, period=when)
            for article, when, number in days
            if article == reading.article.id
        )
        readings.append(replace(reading, figures=(*reading.figures, *named)))
    return replace(draft, readings=tuple(readings))


def day_of(when):
    return Quantity(Decimal(0), Decimal(0), Decimal(0), when, Kind.DATE)


def test_a_coming_day_that_a_story_names_stands_in_the_timeline_in_the_words_of_each_language(sample):
    issue = compose(with_days(sample, ("meridian", "2024-12-31", 3), ("jiangan", "2024-12-31", 2)))
    (event,) = [e for e in issue.timeline if e.when == "2024-12-31"]
    articles = {r.article.id: r.article for r in sample.second_draft().readings}

    assert event.status is EventStatus.AHEAD
    assert event.story == "s-refunds"
    assert articles["meridian"].sentences[3].text.startswith(event.text.en)
    assert articles["jiangan"].sentences[2].text.startswith(event.text.zh)


def test_a_day_that_only_one_language_names_is_told_with_what_is_known_of_the_sentence(sample):
    issue = compose(with_days(sample, ("yuntai", "2024-11", 1), ("yuntai", "2024-12", 2)))
    november, december = (e for e in issue.timeline if e.when in {"2024-11", "2024-12"})

    assert november.text.zh.startswith("临岚省审计厅通报")
    assert november.text.en == "Linlan · provincial audit office · platform companies · 16.4 million yuan"
    assert december.text.zh == december.said[0].text == "审计厅要求9月底前停止全部收费接口。"
    assert december.text.en == f"A day named in “{by_story(issue, 's-linlan').gloss.en}”"  # too little of it is known


def test_a_month_is_not_told_beside_its_own_day(sample):
    days = (("meridian", "2024-12", 3), ("meridian", "2024-12-31", 3), ("harbour", "2024-12", 1))
    coming = [e for e in compose(with_days(sample, *days)).timeline if e.when.startswith("2024-12")]

    assert [(e.when, e.story) for e in coming] == [("2024-12", "s-hengyang"), ("2024-12-31", "s-refunds")]


def test_past_days_bare_years_and_unclear_ones_announce_nothing(sample):
    days = (("meridian", "2024-08-01", 2), ("meridian", "2025", 2), ("meridian", "2025-H1", 2), ("meridian", "", 2))

    assert compose(with_days(sample, *days)).timeline == compose(sample.second_draft()).timeline


def test_a_long_report_is_quoted_where_it_speaks_of_the_topic(sample):
    draft = sample.second_draft()
    reading = next(r for r in draft.readings if r.article.id == "meridian")
    said = reading.article.sentences[-1]
    proof = Evidence("meridian", "Meridian Wire", reading.article.address, said.text, said.start, said.end)
    relevant = Relevant(
        "meridian", on_topic=True, adjacent=False, score=0.9, reason=Bilingual("", ""), evidence=(proof,)
    )
    quoted = by_story(compose(replace(draft, relevant=(relevant,))), "s-refunds").extracts

    assert any(said.text.startswith(extract.text) for extract in quoted)


def test_half_a_quotation_is_quoted_only_where_there_is_nothing_better(sample):
    torn = sample.article("torn", "Torn", "A town", '"It is late," she said. "We pay 5 million. Nobody asked us."')
    draft = replace(
        sample.second_draft(),
        readings=(Reading(torn),),
        judgement=Judgement(
            (Verdict("torn", Disposition.DEVELOPMENT, Bilingual("", ""), story="s"),),
            (),
            (sample.novelty(torn, '"It is', weight=0.2), sample.novelty(torn, '"We pay')),
            (),
        ),
    )

    assert [e.text for e in extracts(torn, lookup(draft), 1)] == ['"It is late," she said.']


def test_nothing_kept_is_a_silent_issue(sample):
    draft = sample.second_draft()
    verdicts = tuple(replace(v, disposition=Disposition.REPEAT) for v in draft.judgement.verdicts)
    issue = compose(
        replace(draft, judgement=replace(draft.judgement, verdicts=verdicts), update=LedgerUpdate((), (), ()))
    )
    assert issue.is_silent
    assert issue.counts.left_out == 10


def test_a_story_of_mere_confirmations_is_told_in_brief(sample):
    draft = sample.second_draft()
    verdicts = tuple(
        replace(v, disposition=Disposition.CONFIRMATION) if v.article == "yuntai" else v
        for v in draft.judgement.verdicts
    )
    issue = compose(replace(draft, judgement=replace(draft.judgement, verdicts=verdicts)))
    assert [d.story for d in issue.brief] == ["s-linlan"]


def test_small_news_is_told_in_brief_once_there_are_three_stories(sample):
    draft = sample.second_draft()
    tale = sample.article("kiosk", "Kiosk", "A kiosk opens", "A kiosk opens at the gate.", tier=Tier.UNKNOWN)
    story = replace(draft.judgement.stories[0], id="s-kiosk", articles=("kiosk",))
    verdict = Verdict("kiosk", Disposition.UPDATE, Bilingual("x", "x"), story="s-kiosk")
    issue = compose(
        replace(
            draft,
            judgement=replace(
                draft.judgement,
                stories=(*draft.judgement.stories, story),
                verdicts=(*draft.judgement.verdicts, verdict),
            ),
            readings=(*draft.readings, type(draft.readings[0])(tale)),
        )
    )
    assert [d.story for d in issue.brief] == ["s-kiosk"]
    assert issue.brief[0].status is DevelopmentStatus.UPDATE
    assert issue.brief[0].kicker == Bilingual("", "")


def test_a_revision_with_a_guard_says_so(sample):
    draft = sample.second_draft()
    copy = replace(draft.judgement.copies[0], new_figures=(0,))
    issue = compose(replace(draft, judgement=replace(draft.judgement, copies=(copy,))))
    assert (
        Bilingual(
            "The copy at Northfield Post carries a figure that Meridian Wire does not have.",
            "Northfield Post的转载带有Meridian Wire所没有的数字。",
        )
        in by_story(issue, "s-refunds").caveats
    )


def test_a_revision_is_told_apart_from_a_copy(sample):
    draft = sample.second_draft()
    verdicts = tuple(
        replace(v, disposition=Disposition.REVISION) if v.article == "northfield" else v
        for v in draft.judgement.verdicts
    )
    issue = compose(replace(draft, judgement=replace(draft.judgement, verdicts=verdicts)))
    story = by_story(issue, "s-refunds")
    assert story.coverage[-1].role is Role.REVISION
    assert copied(story, words("en")) == "1 revision of an own report"
    assert copied(story, words("zh")) == "1篇自行修改稿"


def test_the_original_of_copies_is_the_wire_where_another_leads(sample):
    draft = sample.second_draft()
    copies = (replace(draft.judgement.copies[0], original="jiangan"),)
    issue = compose(replace(draft, judgement=replace(draft.judgement, copies=copies)))
    assert by_story(issue, "s-refunds").coverage[1].role is Role.WIRE


def test_caveats_name_paywalls_machines_and_untrusted_sources(sample, second):
    assert by_story(second, "s-hengyang").caveats[0].zh == "付费内容：只读到Harbour Ledger公开的部分。"
    assert by_story(second, "s-clarion").caveats[0].en == "No official source or newsroom has told this yet."
    text = "The unit sold data for 3 million yuan. AI generated, for reference only."
    issue = compose(_alone(sample, sample.article("m", "M", "Unit sells data", text)))
    assert "machine" in issue.developments[0].caveats[0].en


def _alone(sample, article, novelties=(), disposition=Disposition.DEVELOPMENT, *, sightings=(), facts=()):
    draft = sample.second_draft()
    story = replace(draft.judgement.stories[0], id="s", articles=(article.id, "of-an-earlier-issue"))
    verdict = Verdict(article.id, disposition, Bilingual("x", "x"), story="s", score=0.5)
    figures = (sample.figure(article, "3 million", sample.yuan("3000000")),) if "3 million" in article.text else ()
    return replace(
        draft,
        judgement=Judgement((verdict,), (story,), novelties, ()),
        update=LedgerUpdate(facts, sightings, ()),
        readings=(type(draft.readings[0])(article, figures),),
    )


def test_a_long_sentence_is_cut_where_it_takes_a_breath(sample):
    for language, text in (
        (Language.EN, "The board says " + "that it counts every berth, " * 30),
        (Language.HANS, "港务局表示" + "每一个泊位都已清点，" * 30),
        (Language.EN, "x" * 900),
        (Language.EN, "no breath here " * 60),
    ):
        draft = _alone(sample, sample.article("long", "L", "T", text, language=language))
        quote = compose(draft).developments[0].extracts[0]
        assert len(quote.text) <= LONGEST[language.is_chinese]
        assert text.startswith(quote.text)


def test_an_article_is_never_quoted_whole(sample):
    text = " ".join(f"Sentence number {n} says something new about the fees." for n in range(4))
    tale = sample.article("short", "S", "T", text)
    novelties = tuple(Novelty(NewKind.SENTENCE, s.text, "short", s.number) for s in tale.sentences[1:])
    draft = _alone(sample, tale, novelties)
    quotes = compose(draft).developments[0].extracts
    assert 1 <= len(quotes) <= 3
    assert sum(len(q.text) for q in quotes) < len(text)


def test_a_title_alone_has_no_extract(sample):
    draft = _alone(sample, sample.article("bare", "B", "Only a title", ""))
    assert compose(draft).developments[0].extracts == ()
    empty = replace(draft.readings[0].article, sentences=())
    draft = replace(draft, readings=(replace(draft.readings[0], article=empty),))
    assert extracts(empty, lookup(draft)) == ()


def test_a_sighting_beyond_the_known_figures_chooses_no_sentence(sample):
    tale = sample.article("odd", "O", "T", "The unit took 3 million. It said more.")
    sightings = (Sighting("odd", 5, "", Status.NEW), Sighting("odd", 0, "", Status.NEW))
    quotes = compose(_alone(sample, tale, sightings=sightings)).developments[0].extracts
    assert [q.text for q in quotes] == ["The unit took 3 million."]


def _reasons(sample, status, against, **fact):
    tale = sample.article("r", "R", "T", "The unit took 3 million. It said more.")
    known = replace(sample.UPDATED[1], key="k", status=status, **fact)
    sightings = (Sighting("r", 0, "k", status, against), Sighting("r", 0, "k", status, against))
    draft = _alone(sample, tale, sightings=sightings, facts=(known,), disposition=Disposition.UPDATE)
    return by_story(compose(draft), "s")


def test_each_status_of_a_figure_gives_its_own_reason(sample):
    told = replace(sample.TOTAL.witnesses[1], issue="2024-08-23")
    plain = replace(told, issue="")
    cases = {
        Status.CONTRADICTED: "Fees handed back by 20 August: 96.3 million yuan, against 3 million yuan (R).",
        Status.SCALE_SLIP: (
            "Fees handed back by 20 August: 96.3 million yuan, a power of ten away from 3 million yuan (R)."
        ),
        Status.CHANGED: "Fees handed back by 20 August: 3 million yuan, was 248 million yuan (issue 1).",
    }
    moved = {"quantity": sample.yuan("3000000")}  # what changed is what the line shows now
    for status, expected in cases.items():
        assert _reasons(sample, status, told, **(moved if status is Status.CHANGED else {})).why[0].en == expected
    assert _reasons(sample, Status.CONFIRMED, told).why == ()  # nobody else gives 3 million
    assert "(Caixin Global)" in _reasons(sample, Status.CHANGED, plain, **moved).why[0].en
    assert _reasons(sample, Status.CHANGED, told).why == ()  # a later state is shown: this one was on the way
    assert _reasons(sample, Status.CHANGED, None).why == ()
    assert _reasons(sample, Status.CONTRADICTED, told).status is DevelopmentStatus.CORRECTION


def test_several_new_figures_make_one_reason_and_leave_room_for_a_second(second):
    refunds = by_story(second, "s-refunds")
    assert refunds.why[0] == Bilingual(
        "First figures on record: Fees handed back by 20 August (96.3 million yuan);"
        " Still to be settled by 31 December (151.7 million yuan).",
        "此前未见记录的数字：截至8月20日清退的费用（9630万元）；12月31日前尚须结清（1.517亿元）。",
    )


def test_a_figure_that_an_issue_has_told_is_not_the_first_on_record(sample):
    witnesses = (replace(sample.UPDATED[1].witnesses[0], issue="2024-08-23"),)
    assert _reasons(sample, Status.NEW, None, witnesses=witnesses).why == ()


def test_what_adds_to_an_earlier_issue_says_to_which(sample):
    tale = sample.article("add", "A", "T", "Something more is known.")
    for issue, expected in (
        ("2024-08-23", "Adds to what issue 1 told."),
        ("2024-01-01", "Adds to what issue 2024-01-01 told."),
        ("baseline", "Adds to what was known from the start."),
    ):
        novelty = sample.novelty(tale, "Something", closest_issue=issue)
        draft = _alone(sample, tale, (novelty,), Disposition.UPDATE)
        assert compose(draft).developments[0].why[0].en == expected


def test_parts_that_add_up_and_many_outlets_are_reasons(sample):
    draft = sample.second_draft()
    quiet = replace(draft.update, sightings=())
    issue = compose(replace(draft, update=quiet))
    assert "The 4 parts add up to the total." in [w.en for w in by_story(issue, "s-refunds").why]
    third = sample.article("third", "Third", "Fees are handed back", "The fees are handed back.")
    story = replace(draft.judgement.stories[0], articles=(*draft.judgement.stories[0].articles, "third"))
    verdict = Verdict("third", Disposition.CONFIRMATION, Bilingual("x", "x"), story="s-refunds")
    issue = compose(
        replace(
            draft,
            update=LedgerUpdate((), (), ()),
            judgement=replace(draft.judgement, stories=(story,), verdicts=(*draft.judgement.verdicts, verdict)),
            readings=(*draft.readings, type(draft.readings[0])(third)),
        )
    )
    assert by_story(issue, "s-refunds").why[0] == Bilingual("Told by 3 independent outlets.", "3家独立来源均有报道。")


def test_a_text_in_neither_language_keeps_its_title_everywhere(sample):
    tale = sample.article("fr", "Le Port", "Le port publie ses tarifs", "Le port publie tout.", language=Language.OTHER)
    told = compose(_alone(sample, tale)).developments[0]
    assert told.gloss == Bilingual("Le port publie ses tarifs", "Le port publie ses tarifs")


def test_readings_agree_within_what_was_written(sample):
    assert agree(sample.yuan("248000000", "500000"), sample.yuan("248372500", "500"))
    assert not agree(sample.yuan("248000000"), sample.yuan("2480000000"))
    assert not agree(sample.yuan("7"), sample.count("7", "units"))


def test_three_readings_are_a_history_and_two_are_not(sample):
    fact = sample.UPDATED[3]
    earlier = replace(fact.witnesses[0], article="x", published=sample.NOW.replace(year=2023))
    third = replace(earlier, figure=replace(earlier.figure, quantity=sample.yuan("1500000000")))
    draft = sample.second_draft(update=LedgerUpdate((replace(fact, witnesses=(third, *fact.witnesses)),), (), ()))
    assert [p.quantity.amount for p in key_figures(lookup(draft))[0].history] == [
        Decimal(1500000000),
        Decimal(1802000000),
        Decimal(920000000),
    ]
    assert key_figures(lookup(sample.second_draft()))[1].history == ()


def test_one_measure_over_three_years_is_a_history(sample):
    def of(year):
        figure = replace(sample.F1[0], period=year, quantity=sample.yuan(f"{year}0000"))
        witness = Witness("w", "Wire", Tier.NEWSROOM, "https://w.example/", sample.NOW, figure, "q")
        return replace(sample.UPDATED[1], key=f"m|s|{year}", quantity=figure.quantity, witnesses=(witness,))

    draft = sample.second_draft(update=LedgerUpdate(tuple(map(of, ("2023", "2021", "2022"))), (), ()))
    assert [p.when for p in key_figures(lookup(draft))[0].history] == ["2021", "2022", "2023"]


def test_a_fact_without_a_label_or_support_is_no_line_of_its_own(sample):
    fact = replace(sample.TOTAL, label=Bilingual("", ""))
    lone = replace(sample.TOTAL, key="other", witnesses=sample.TOTAL.witnesses[:1])
    draft = sample.second_draft(update=LedgerUpdate((fact, lone), (), ()), facts=())
    lines = key_figures(lookup(draft))
    assert [(line.key, line.surface) for line in lines] == [("other", "")]
    assert headlines(lines, (), (), ())[0].outlet == "Red Censor"


def test_a_change_outside_every_story_is_a_headline(sample):
    draft = sample.second_draft()
    lines = key_figures(lookup(draft))
    made = headlines(tuple(replace(line, story="") for line in lines), (), (), ())
    assert made[1].lead.en == "Hengyang data franchise, reserve price: now 920 million yuan, was 1.802 billion yuan."


def test_readings_that_differ_by_no_power_of_ten_are_set_against_each_other(sample):
    other = replace(sample.TOTAL.witnesses[0], figure=replace(sample.F1[0], quantity=sample.yuan("300000000")))
    fact = replace(sample.TOTAL, witnesses=(other, sample.TOTAL.witnesses[1]))
    lines = key_figures(lookup(sample.second_draft(update=LedgerUpdate((fact,), (), ()))))
    assert headlines(lines, (), (), ())[0].lead.en == (
        "Fees charged for government data without approval: 248 million yuan, against 300 million yuan."
    )


def test_a_headline_on_what_is_ahead_gives_the_day_in_both_languages(first):
    assert first.headlines[-1].rest == Bilingual("1 Sep 2024", "2024年9月1日")


def test_a_story_none_of_whose_articles_is_kept_is_no_development(sample):
    draft = sample.second_draft()
    assert development(draft.judgement.stories[-1], lookup(draft)) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400), st.text(max_size=60), st.sampled_from(list(Language)))
def test_any_text_composes_and_is_quoted_exactly(sample, text, title, language):
    tale = sample.article("any", "Any", title, text, language=language)
    for quote in compose(_alone(sample, tale)).developments[0].extracts:
        assert quote.part is Part.TEXT
        assert quote.text == text[quote.start : quote.end]


def test_counts_in_two_languages_are_one_count(sample):
    assert agree(sample.count("7", "units"), sample.count("7", "家单位"))
    assert not agree(sample.count("7", "units"), sample.count("9", "家单位"))


def test_a_total_that_its_parts_do_not_bear_out_is_the_headline(sample):
    finding = replace(sample.SUM_2, outcome=Outcome.FAILS, expected=sample.yuan("94300000"))
    draft = sample.second_draft()
    issue = compose(replace(draft, update=replace(draft.update, findings=(finding, sample.SUM))))
    assert issue.headlines[0].sign is Sign.CONFLICT
    assert issue.headlines[0].lead == Bilingual(
        "Fees handed back by 20 August: 96.3 million yuan, but the parts come to 94.3 million yuan.",
        "截至8月20日清退的费用：所报为9630万元，分项相加却是9430万元。",
    )
    assert issue.counts.figures_conflicting == 2
    vague = replace(finding, expected=None)
    issue = compose(replace(draft, update=replace(draft.update, findings=(vague,))))
    assert issue.headlines[0].sign is Sign.NEW


def test_figures_that_the_topic_does_not_name_are_no_key_figures(sample):
    measure = Measure("returned", Bilingual("returned", "清退"), ())
    topic = replace(sample.TOPIC, glossary=replace(sample.TOPIC.glossary, measures=(measure,)))
    issue = compose(sample.second_draft(topic=topic))
    assert [figure.key for figure in issue.figures] == [sample.RETURNED]


def test_readings_under_one_label_make_one_line(sample):
    facts = tuple(replace(sample.UPDATED[1], key=key) for key in ("r|f|#2", "r|f|", "r|f|2024"))
    tested = replace(sample.SUM_2, key="r|f|2024")
    draft = sample.second_draft(update=LedgerUpdate(facts, (), (tested,)))
    assert [figure.key for figure in key_figures(lookup(draft))] == ["r|f|2024"]


def test_a_silent_issue_has_no_headline(sample):
    draft = sample.second_draft(judgement=Judgement((), (), (), ()), update=LedgerUpdate((), (), ()))
    assert compose(draft).headlines == ()


def _confirming(sample, quantity):
    """Why an article matters that confirms the reserve price of 920 million with this amount."""
    fact = sample.UPDATED[3]
    tale = sample.article("c", "C", "T", "It is 3 million now. It said more.")
    draft = _alone(
        sample, tale, sightings=(Sighting("c", 0, fact.key, Status.CONFIRMED, fact.witnesses[1]),), facts=(fact,)
    )
    reading = replace(draft.readings[0], figures=(sample.figure(tale, "3 million", quantity),))
    return compose(replace(draft, readings=(reading,))).developments[0].why[0].en


def test_only_outlets_that_give_the_same_figure_are_counted_as_confirming_it(sample):
    """Caixin told 1.802 billion: it does not bear out 920 million."""
    assert _confirming(sample, sample.yuan("920000000", "5000000")) == (
        "Hengyang data franchise, reserve price: 920 million yuan, now from 2 independent outlets."
    )


def test_what_an_article_rounds_is_told_with_the_finer_figure_that_is_kept(sample):
    assert "920 million yuan" in _confirming(sample, sample.yuan("900000000", "50000000"))


def test_of_several_times_the_newest_makes_the_line_and_the_reason(sample):
    """'from 45 articles to 74': what it was before is not the news."""
    old = replace(sample.UPDATED[1], key="r|f|2023")
    new = replace(old, key="r|f|2024")
    before = replace(old, key="r|f|2025", quantity=replace(old.quantity, change=Change.FROM))
    draft = sample.second_draft(update=LedgerUpdate((before, old, new), (), ()))
    assert [figure.key for figure in key_figures(lookup(draft))] == ["r|f|2024"]
    tale = sample.article("w", "W", "T", "It is 3 million now, and was 2 million then.")
    figures = (sample.figure(tale, "2 million", sample.yuan("2000000")),
               sample.figure(tale, "3 million", sample.yuan("3000000")))  # fmt: skip
    facts = tuple(
        replace(f, status=Status.NEW, witnesses=tuple(replace(w, issue="") for w in f.witnesses)) for f in (old, new)
    )
    sightings = tuple(Sighting("w", place, fact.key, Status.NEW) for place, fact in enumerate(facts))
    draft = _alone(sample, tale, sightings=sightings, facts=facts)
    draft = replace(draft, readings=(replace(draft.readings[0], figures=figures),))
    (why,) = compose(draft).developments[0].why
    assert "3 million yuan" in why.en


def test_one_of_many_amounts_that_nobody_is_named_for_is_no_line(sample):
    measures = tuple(Measure(key, Bilingual(key, key), ()) for key in ("charged", "remaining"))
    topic = replace(sample.TOPIC, glossary=replace(sample.TOPIC.glossary, measures=measures))
    keys = ("charged|Hunan|", "charged||", "remaining||")
    facts = tuple(replace(sample.UPDATED[1], key=key, label=Bilingual(key, key)) for key in keys)
    draft = sample.second_draft(topic=topic, update=LedgerUpdate(facts, (), ()))
    assert {figure.key for figure in key_figures(lookup(draft))} == {"charged|Hunan|", "remaining||"}


def test_a_copy_is_no_second_witness_of_a_key_figure(sample):
    fact = sample.UPDATED[1]
    copy = replace(fact.witnesses[0], article="copy", outlet="Copyist", independent=False)
    for witnesses, outlets in (((*fact.witnesses, copy), [w.outlet for w in fact.witnesses]), ((copy,), ["Copyist"])):
        draft = sample.second_draft(update=LedgerUpdate((replace(fact, witnesses=witnesses),), (), ()))
        assert [w.outlet for w in key_figures(lookup(draft))[0].witnesses] == outlets


def test_a_check_that_a_copy_gives_once_more_is_told_once_and_parts_have_both_names(sample):
    education = Entity("moe", EntityKind.INSTITUTION, Bilingual("Ministry of Education", "教育部"))
    topic = replace(sample.TOPIC, glossary=replace(sample.TOPIC.glossary, entities=(education,)))
    name = Bilingual("Ministry of Education", "Ministry of Education")
    parts = ((name, sample.yuan("1")), (Bilingual("查询", "查询"), sample.yuan("2")))
    finding = replace(sample.SUM_2, parts=parts)
    draft = sample.second_draft(topic=topic)
    again = replace(finding, evidence=finding.evidence[:1])
    issue = compose(replace(draft, update=replace(draft.update, findings=(finding, again))))
    (told,) = [f for f in issue.findings if f.statement == finding.statement]
    assert [label.zh for label, _ in told.parts] == ["教育部", "查询"]


def test_a_day_that_two_stories_announce_in_the_same_words_is_told_once(sample):
    draft = with_days(sample, ("meridian", "2024-12-31", 3))
    (story,) = [d for d in compose(draft).developments if d.story == "s-refunds"]
    events = timeline(draft, (story, replace(story, story="s-again")))
    assert len([e for e in events if e.when == "2024-12-31"]) == 1


def test_a_reason_gives_the_reading_that_the_desk_shows_first(sample):
    """The story's odd outlet wrote 3 million; the desk shows 248 million."""
    told = replace(sample.TOTAL.witnesses[1], issue="2024-08-23")
    shown = sample.TOTAL.quantity
    for status, how in ((Status.SCALE_SLIP, ", a power of ten away from"), (Status.CONTRADICTED, ", against")):
        why = _reasons(sample, status, told, quantity=shown).why[0].en
        assert why == f"Fees handed back by 20 August: 248 million yuan{how} 3 million yuan (R)."


def test_two_stories_under_one_title_are_told_apart_by_their_figures(sample):
    draft = sample.second_draft()
    title = next(r.article.title for r in draft.readings if r.article.id == "yuntai")
    readings = tuple(
        replace(r, article=replace(r.article, title=title)) if r.article.id == "meridian" else r for r in draft.readings
    )
    issue = compose(replace(draft, readings=readings))
    assert by_story(issue, "s-linlan").gloss.zh == "临岚平台公司出售社保数据：1640万元"


def test_a_story_that_changes_a_sum_is_headed_by_both_amounts(sample):
    draft = sample.second_draft()
    sighting = next(s for s in draft.update.sightings if s.article == "yuntai" and s.key)
    old = next(f for f in sample.UPDATED if f.key == sample.RETURNED).witnesses[0]
    changed = replace(sighting, status=Status.CHANGED, against=old)
    others = tuple(changed if s is sighting else s for s in draft.update.sightings)
    issue = compose(replace(draft, update=replace(draft.update, sightings=others)))
    assert by_story(issue, "s-linlan").gloss.en.endswith("now 16.4 million yuan, was 96.3 million yuan")


def test_a_conflict_is_told_once_at_the_top(sample):
    draft = sample.second_draft()
    finding = replace(sample.SUM_2, outcome=Outcome.FAILS, expected=sample.yuan("15400000"), key="sales|linlan|")
    stated = replace(finding, stated=sample.yuan("16400000"))
    issue = compose(replace(draft, update=replace(draft.update, findings=(stated,))))
    assert issue.headlines[0].sign is Sign.CONFLICT
    assert "s-linlan" not in {line.story for line in issue.headlines[1:]}


def test_a_slip_of_another_outlet_is_never_said_of_the_amount_that_is_kept(sample):
    issue = compose(sample.second_draft())
    kept = next(line for line in issue.figures if line.status is Status.SCALE_SLIP and line.against)
    assert standing(issue, kept) == "slip-elsewhere"
    assert standing(issue, replace(kept, against=())) == "scale-slip"
    assert "[Slip elsewhere]" in " ".join(render.text(issue, "en").split())
    assert "Scale slip" not in render.html(issue, "en")
    assert "[他处数量级有误]" in "".join(render.text(issue, "zh").split())
    assert "数量级错误" not in render.html(issue, "zh")


def test_a_figure_whose_parts_do_not_add_up_is_in_doubt_and_comes_first(sample):
    draft = sample.second_draft()
    finding = replace(
        sample.SUM_2,
        outcome=Outcome.FAILS,
        stated=sample.yuan("16400000"),
        expected=sample.yuan("15400000"),
        key="sales|linlan|",
    )
    issue = compose(replace(draft, update=replace(draft.update, findings=(finding,))))
    line = issue.figures[0]
    assert (line.key, line.status) == ("sales|linlan|", Status.NEW)
    assert standing(issue, line) == "doubted"
    assert objections(issue, line, words("en")) == ("its parts come to 15.4 million yuan",)
    assert objections(issue, line, words("zh")) == ("分项合计为1540万元",)
    shown = render.text(issue, "en"), render.html(issue, "zh"), render.page(issue, "en")
    assert "[In doubt]" in shown[0]
    assert "存疑" in shown[1]
    assert "its parts come to" in shown[2]
    assert standing(issue, replace(line, quantity=sample.yuan("15400000"))) == "new"


def test_a_slip_that_no_line_names_is_told_with_its_story(sample):
    draft = sample.second_draft()
    evidence = tuple(
        Evidence(name, outlet, f"https://{name}.example/", "x")
        for name, outlet in (("yuntai", "云台审计观察"), ("meridian", "Meridian Wire"))
    )
    slip = Finding(
        Rule.SLIP,
        Outcome.FAILS,
        Bilingual("x", "x"),
        evidence,
        stated=sample.yuan("164000000"),
        expected=sample.yuan("16400000"),
        key="sales||#9",
    )
    first = compose(replace(draft, update=replace(draft.update, findings=(slip,)))).headlines[0]
    assert first.sign is Sign.CONFLICT
    assert first.lead.en.startswith("16.4 million yuan, or 10 times that? ")
    assert first.lead.zh.startswith("是1640万元，还是其10倍？")
    assert first.rest.en == "Meridian Wire gives the first, 云台审计观察 the second."
    for odd in (
        replace(slip, evidence=evidence[:1]),
        replace(slip, expected=None),
        replace(slip, evidence=tuple(replace(e, article="nobody") for e in evidence)),
    ):
        assert compose(replace(draft, update=replace(draft.update, findings=(odd,)))).headlines[0].sign is Sign.NEW


def test_what_an_earlier_issue_changed_is_not_changed_once_more(sample):
    draft = sample.second_draft()
    fact = next(f for f in draft.update.facts if f.status is Status.CHANGED)
    seen = replace(next(s for s in draft.update.sightings if s.key == fact.key), status=Status.AGAIN)

    def line(*statuses):
        sightings = tuple(replace(seen, status=status) for status in statuses)
        update = replace(draft.update, sightings=sightings)
        return next(f for f in key_figures(lookup(replace(draft, update=update))) if f.key == fact.key)

    assert line(Status.AGAIN).status is Status.AGAIN
    assert line(Status.AGAIN, Status.CONFIRMED).status is Status.CONFIRMED
    assert line(Status.AGAIN).was is None
    assert line(Status.CHANGED, Status.CONFIRMED).status is Status.CHANGED


def test_of_rival_readings_only_the_one_that_stands_out_is_a_line(sample):
    fact = replace(sample.UPDATED[1], status=Status.NEW)
    mine = tuple(replace(w, issue="") for w in fact.witnesses)
    rivals = tuple(replace(fact, key=key, witnesses=mine[:1]) for key in ("p|f|", "p|f|#2"))
    draft = sample.second_draft(update=LedgerUpdate(rivals, (), ()))
    assert key_figures(lookup(draft)) == ()
    tested = replace(draft, update=replace(draft.update, findings=(replace(sample.SUM_2, key="p|f|#2"),)))
    assert [line.key for line in key_figures(lookup(tested))] == ["p|f|#2"]


def test_over_thirty_million_is_not_against_thirty_six(sample):
    exact = sample.yuan("36000000")
    over = replace(sample.yuan("30000000"), approximation=Approximation.OVER)
    nearly = replace(sample.yuan("40000000"), approximation=Approximation.NEARLY)
    assert agree(exact, over)
    assert agree(nearly, exact)
    assert not agree(sample.yuan("50000000"), over)
    none = replace(over, low=Decimal(0), high=Decimal(0))
    assert not agree(exact, none)


def test_a_coming_day_that_the_baseline_dates_is_told_once(sample):
    draft = sample.second_draft()
    fact = BaselineFact("d", Bilingual("Linlan reports", "临岚报告"), (), "2024-12-31")
    topic = replace(draft.topic, baseline=replace(draft.topic.baseline, facts=(*draft.topic.baseline.facts, fact)))
    issue = compose(replace(with_days(sample, ("yuntai", "2024-12-31", 1)), topic=topic))
    assert [e.text.en for e in issue.timeline if e.when == "2024-12-31"] == ["Linlan reports"]


def test_a_day_ahead_shows_the_words_of_another_language_beside_what_is_composed(sample):
    issue = compose(with_days(sample, ("yuntai", "2024-12", 2)))
    event = next(e for e in issue.timeline if e.when == "2024-12")
    assert day_said(event, "en") == day_said(event, "zh") == event.said[0]
    assert day_said(issue.timeline[0], "en") is None
    for made in (render.html(issue, "en"), render.text(issue, "en")):
        assert "审计厅要求9月底前停止全部收费接口。" in made
    assert render.text(issue, "zh").count("审计厅要求9月底前停止全部收费接口") == 1
