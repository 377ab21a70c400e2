import itertools
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import html as lxml_html

from briefing.compose import render
from briefing.compose.budget import LEAST, LIMIT, STYLE_LIMIT, Room, fit, smaller
from briefing.compose.chart import chart
from briefing.compose.context import anchor
from briefing.compose.links import Links
from briefing.compose.specimen import beginning, quiet, specimen
from briefing.compose.sums import sum_boxes
from briefing.compose.trial import LINKS
from briefing.compose.view import SIGNS, TONES, health_lines, told, view
from briefing.compose.wording import words
from briefing.model.fact import Outcome, Rule
from briefing.model.figure import Kind
from briefing.model.issue import Correction, HealthState
from briefing.model.text import Bilingual, Language

LANGUAGES = ("en", "zh")


def mail(issue, language="en"):
    return render.html(issue, language, LINKS)


def tree(issue, language="en"):
    return lxml_html.fromstring(mail(issue, language))


@pytest.mark.parametrize("stories", [5, 15, 50, 200])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_of_any_size_stays_under_the_clip(stories, language):
    assert len(mail(specimen(stories), language).encode()) <= LIMIT


def test_what_is_cut_is_counted_and_is_on_the_web():
    issue = specimen(200)
    made = tree(issue)
    shown = len(made.xpath("//h3")) + len(made.xpath("//h2[.='In brief']/ancestor::div[2]//table//tr"))
    assert f"{200 - shown} more stories on the web" in made.text_content()
    assert "more stories on the web" not in render.page(issue, "en")
    assert render.page(issue, "en").count('<h3 class="i" dir') == 200


def test_trimming_goes_from_the_bottom_and_ends_at_the_least():
    room = Room()
    assert (smaller(room, 1).start, smaller(room, 1).timeline) == (room.start - 1, room.timeline)
    assert smaller(room, 1).stories == room.stories
    assert smaller(room, 10**9) == LEAST
    drawn = []
    assert fit(lambda r: drawn.append(r) or "x" * 200_000) == "x" * 200_000
    assert drawn[-1] == LEAST
    assert len(fit(lambda r: "x" * 20_000 * r.timeline, limit=100_000)) <= 100_000


def test_styles_stay_small_enough_for_gmail():
    styles = re.findall(r"<style[^>]*>(.*?)</style>", mail(specimen(5)), re.DOTALL)
    assert 0 < sum(map(len, styles)) <= STYLE_LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
def test_outlooks_conditional_tables_are_balanced(language):
    made = mail(specimen(5), language)
    assert made.count("<!--[if") == made.count("<![endif]")
    inside = "".join(re.findall(r"<!--\[if mso[^\]]*\]>(.*?)<!\[endif\]-->", made, re.DOTALL))
    for tag in ("table", "tr", "td"):
        assert len(re.findall(rf"<{tag}[ >]", inside)) == inside.count(f"</{tag}>")


def test_there_is_no_image_script_form_or_outside_font():
    made = mail(specimen(15))
    for tag in ("<img", "<script", "<form", "<svg", "@import", "@font-face", "fonts.g", "url("):
        assert tag not in made


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_step_down_one_level_at_a_time(language, second):
    levels = [int(h.tag[1]) for h in tree(second, language).iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_data_tables_have_headers_and_layout_tables_say_so(second):
    for table in tree(second).iter("table"):
        if table.get("role") != "presentation":
            own = [th for th in table.iter("th") if next(th.iterancestors("table")) is table]
            assert own
            assert all(th.get("scope") in {"row", "col"} for th in own)


def test_foreign_runs_carry_their_language(second):
    english, chinese = tree(second, "en"), tree(second, "zh")
    assert english.get("lang") == "en"
    assert chinese.get("lang") == "zh-Hans"
    title = english.xpath("//p/span[contains(., '临岚省')]")[0]
    assert title.get("lang") == "zh-Hans"
    assert chinese.xpath("//a[.='Meridian Wire']/@lang")[0] == "en"
    for node in english.iter("h1", "h2", "h3", "p", "a", "b", "span"):
        own = (node.text or "").strip()
        if any("\u4e00" <= c <= "\u9fff" for c in own) and own[0] > "\u3000":
            tags = [a.get("lang") for a in (node, *node.iterancestors()) if a.get("lang")]
            assert tags[0].startswith("zh"), own


def test_every_status_is_a_word_beside_its_sign(second):
    text = tree(second).text_content()
    for pair in ("+\xa0New", "Δ\xa0Changed", "≠\xa0Slip elsewhere", "›\xa0Ahead"):
        assert pair in text
    assert SIGNS.keys() == TONES.keys()


def test_unsubscribe_comes_first_in_the_footer(second):
    links = [a.text for a in tree(second).iter("a")]
    assert links.index("Unsubscribe") < links.index("All issues")
    assert "Feed" in links


def test_without_addresses_no_link_is_empty(second):
    made = lxml_html.fromstring(render.html(second, "en", Links()))
    assert all(a.get("href") for a in made.iter("a"))
    assert "Unsubscribe" not in made.text_content()


def test_an_english_heading_over_chinese_news_keeps_the_original_beside_it(second):
    made = tree(second, "zh")
    heading = made.xpath("//h3[contains(., '四部门清退')]")[0]
    original = heading.getnext()
    assert original.text_content() == "Chinese agencies hand back 96.3 million yuan of improper data fees"
    assert original.find("span").get("lang") == "en"
    assert heading.xpath(".//a/@href") == ["https://jiangan.example/story"]


def test_a_quiet_day_is_one_line(sample):
    for language, expected in (
        ("en", "Nothing new since 22 Feb 2024: 12 articles"),
        ("zh", "2024年2月22日以来没有新内容：共读12篇"),
    ):
        assert expected in tree(quiet(), language).text_content()
        assert expected in render.text(quiet(), language).replace("\n", "")
    without = replace(quiet(), since=None)
    assert "Nothing new since the last issue" in render.text(without, "en")
    assert "Nothing new since the last issue" in tree(without).text_content()
    assert render.subject(quiet(), "en") == "Nothing new: Harbour records · Harbour records #7"
    assert render.subject(quiet(), "zh").startswith("没有新内容：")


def test_samples_late_issues_and_queries_say_so():
    issue = replace(specimen(2), late=True, query="berth", number=0, edition="", headlines=())
    for form in (tree(issue).text_content(), render.text(issue, "en"), render.page(issue, "en")):
        flat = " ".join(form.split())
        assert "invented" in flat
        assert "This issue is late" in flat
        assert "berth" in flat
        assert "On demand" in flat
    assert render.subject(issue, "en") == "Asked for: “berth” · 29 Feb 2024"
    assert "Preview" in render.text(replace(issue, edition="weekly"), "en")


def test_a_first_issue_says_where_it_starts(first):
    made = tree(first).text_content()
    assert "Known from the start" in made
    assert "Where we start" in made
    assert "2articles we start from" in re.sub(r"\s", " ", made).replace("  ", "")
    assert "Seven units of four central departments" in render.text(first, "en")
    assert tree(beginning()).xpath("//ul/li")


def test_a_corrected_issue_is_marked_in_the_archive(second):
    mark = Correction("2024-08-23", "reserve|hengyang|", Bilingual("We gave another figure.", "曾报另一数字。"))
    page = render.page(second, "en", marks=(mark,))
    assert page.count("Corrected after publication") == 2
    assert "We gave another figure." in page
    assert "Corrected after publication" not in render.page(second, "en")


def test_the_archive_page_shows_every_reason_check_and_permalink(second):
    page = lxml_html.fromstring(render.page(second, "zh", LINKS))
    text = page.text_content()
    for item in second.left_out:
        assert item.reason.zh in text
    for finding in second.findings:
        assert finding.statement.zh in text
        assert all(evidence.quote in text for evidence in finding.evidence)
    targets = {node.get("id") for node in page.xpath("//*[@id]")}
    for href in page.xpath("//a[starts-with(@href, '#')]/@href"):
        assert href[1:] in targets
    assert page.xpath("//link[@hreflang='en']/@href") == [LINKS.other]
    assert len(targets) == len(page.xpath("//*[@id]"))


def test_nothing_left_out_is_said_too(second):
    whole = replace(second, left_out=())
    assert "Nothing was left out." in render.page(whole, "en")
    assert "Nothing was left out." in tree(whole).text_content()
    assert "Nothing was left out." in render.text(whole, "en")


def test_a_figure_with_history_is_bars_in_mail_and_a_chart_on_the_web():
    issue = specimen(4)
    assert "2024" in tree(issue).xpath("//th[@width='88']/text()")
    page = render.page(issue, "en")
    assert page.count("<svg") == 1
    drawn = chart(issue.figures[1], "en")
    assert [spot.side for spot in drawn.spots] == ["start", "middle", "middle", "middle", "end"]
    assert drawn.spots[-1].y < drawn.spots[0].y
    lone = chart(replace(issue.figures[1], history=issue.figures[1].history[:1]), "zh")
    assert (lone.spots[0].value, lone.spots[0].when) == ("100万元", "2020年")
    assert chart(issue.figures[0], "en").path == ""


def test_the_parts_and_the_totals_are_drawn_to_scale(first):
    box = sum_boxes(first, "en")[0]
    assert [bar.width for bar in box.parts] == [100, 40, 16, 13]
    assert [(bar.outlets[0].name, bar.width, bar.factor) for bar in box.told] == [
        ("Caixin Global", 10, ""),
        ("Red Censor", 100, "10"),
    ]
    assert box.unit == "million yuan"
    assert (box.supported.amount, box.refuted.amount) == (Decimal(248000000), Decimal(2480000000))
    assert sum_boxes(first, "zh")[0].unit == "亿元"
    assert [bar.digits.strip("\u2007\u2008") for bar in sum_boxes(first, "zh")[0].parts] == [
        "1.45",
        "0.58657",
        "0.2447",
        "0.202455",
    ]


def test_a_total_that_is_no_clean_multiple_is_off_by_an_amount(first, sample):
    odd = replace(sample.SUM, stated=sample.yuan("300000000"), key="")
    box = sum_boxes(replace(first, findings=(odd,)), "en")[0]
    assert box.told[0].off == "51.6275 million yuan"
    assert "off by 51.6275 million yuan" in render.text(replace(first, findings=(odd,)), "en")
    assert box.supported is None


def test_a_finding_without_an_expectation_or_evidence_is_drawn_without_a_verdict(first, sample):
    bare = replace(sample.SUM, expected=None, evidence=(), key="", parts=(), rule=Rule.SLIP)
    box = sum_boxes(replace(first, findings=(bare,)), "en")[0]
    assert (box.total, box.told[0].outlets, box.told[0].holds) == (None, (), True)
    zero = replace(bare, expected=sample.yuan("0"), stated=sample.yuan("0"))
    assert sum_boxes(replace(first, findings=(zero,)), "en")[0].told[0].width == 1


def test_counts_are_drawn_with_their_noun_and_one_fact_has_one_box(first, sample):
    units = sample.count("7", "units")
    counts = replace(sample.SUM, stated=units, expected=units, parts=((Bilingual("a", "甲"), units),), key="units")
    boxes = sum_boxes(replace(first, findings=(counts, counts)), "en")
    assert [box.unit for box in boxes] == ["units"]
    other = replace(counts, stated=replace(units, kind=Kind.MONEY, currency="XXX", unit="XXX"), key="x")
    assert sum_boxes(replace(first, findings=(other,)), "zh")[0].unit == "XXX"


def test_witnesses_that_count_something_else_are_not_drawn(first, sample):
    mixed = replace(
        first.figures[0],
        against=(
            replace(first.figures[0].against[0], figure=replace(sample.F1[0], quantity=sample.count("7", "units"))),
        ),
    )
    box = sum_boxes(replace(first, figures=(mixed, *first.figures[1:])), "en")[0]
    assert [bar.outlets[0].name for bar in box.told] == ["Caixin Global", "Red Censor"]


def test_source_health_is_one_line(second):
    english, chinese = words("en"), words("zh")
    assert health_lines(second.source_health, english) == (
        "4 of 5 sources answered. Without an answer: Quayside Review.",
    )
    assert health_lines((), english) == ()
    well = tuple(replace(s, state=HealthState.OK) for s in second.source_health)
    assert health_lines(well, english) == ("All 5 sources answered.",)
    down = tuple(replace(s, state=HealthState.FAILED) for s in second.source_health)
    assert health_lines(down, chinese)[0].endswith("Harbour Ledger、Quayside Review等另外1个。")
    silent = tuple(replace(s, state=HealthState.SILENT) for s in second.source_health[:1])
    assert health_lines(silent, english)[1] == "Nothing new for longer than usual: Meridian Wire."


def test_a_story_without_words_in_the_issues_language_shows_the_leads(second):
    linlan = next(d for d in second.developments if d.story == "s-linlan")
    assert told(linlan, "en")[0].language is Language.HANS
    assert told(replace(linlan, coverage=()), "en") == linlan.extracts


def test_checks_that_could_not_run_are_counted(first):
    assert "1 check could not be run." in tree(first).text_content()
    only = replace(first, findings=tuple(f for f in first.findings if f.outcome is Outcome.NOT_RUN))
    assert "1 check could not be run." in render.text(only, "en")
    assert view(only, "en", Room()).sums == ()


def test_every_fact_of_the_mail_is_in_the_text(second):
    for language in LANGUAGES:
        text = re.sub(r"\s", "", render.text(second, language, LINKS))
        for line in second.figures:
            assert re.sub(r"\s", "", line.label.written(language)) in text
        for story in second.developments:
            assert re.sub(r"\s", "", story.gloss.written(language)) in text
            assert all(re.sub(r"\s", "", quote.text) in text for quote in told(story, language))
            assert all(re.sub(r"\s", "", why.written(language)) in text for why in story.why)
        assert all(re.sub(r"\s", "", event.text.written(language)) in text for event in second.timeline)


def test_the_list_of_issues_links_each_one(first, second):
    page = lxml_html.fromstring(render.index((second, first), "en", Links(issues="{issue}/index.html")))
    assert page.xpath("//h2/a/@href") == ["2024-08-30/index.html", "2024-08-23/index.html"]
    assert "2 issues, the newest first." in page.text_content()
    assert render.index((), "zh") == ""


def test_permalinks_are_stable_and_apart():
    assert anchor("fees|four departments|2024") == "fees-four-departments-2024"
    assert anchor("收费|四部门") != anchor("收费|三部门")
    assert anchor("收费") == anchor("收费")
    assert re.fullmatch(r"[a-z0-9-]+", anchor("收费 fees"))


def test_parts_that_share_a_name_are_numbered(first, sample):
    same = tuple((Bilingual("Hunan", "湖南"), quantity) for _, quantity in sample.SUM.parts)
    box = sum_boxes(replace(first, findings=(replace(sample.SUM, parts=same),)), "zh")[0]
    assert [bar.label for bar in box.parts] == ["第1项", "第2项", "第3项", "第4项"]


def test_a_power_of_ten_is_judged_by_the_reading_on_record(first, sample):
    slip = replace(
        sample.SUM, parts=(), rule=Rule.SLIP, stated=sample.yuan("248000000"), expected=sample.yuan("2480000000")
    )
    box = sum_boxes(replace(first, findings=(slip,)), "en")[0]
    assert [(bar.outlets[0].name, bar.holds) for bar in box.told] == [("Caixin Global", True), ("Red Censor", False)]


def test_a_slip_that_no_line_of_the_ledger_knows_is_drawn_beside_what_it_slipped_from(first, sample):
    slip = replace(sample.SUM, parts=(), rule=Rule.SLIP, expected=sample.yuan("24800000"), key="")
    box = sum_boxes(replace(first, findings=(slip,)), "en")[0]
    assert [(bar.outlets[0].name, bar.factor, bar.holds) for bar in box.told] == [
        ("Red Censor", "100", False),
        ("Caixin Global", "", True),
    ]


@pytest.mark.parametrize(
    ("language", "head", "statement"),
    [
        ("en", "Numbers that do not fit together", "35 million yuan is not 58% of 50 million yuan."),
        ("zh", "彼此对不上的数字", "3500万元不是5000万元的58%。"),
    ],
)
def test_a_share_that_its_own_amounts_deny_is_said_in_mail_text_and_page(language, head, statement):
    issue = specimen(2)
    told = Bilingual("35 million yuan is not 58% of 50 million yuan", "3500万元不是5000万元的58%")
    deny = replace(issue.findings[0], rule=Rule.SHARE, statement=told, parts=(), key="")
    issue = replace(issue, findings=(deny,))
    text = render.text(issue, language, LINKS)
    for shown in (tree(issue, language).text_content(), text, render.page(issue, language)):
        assert head in shown
        assert statement in shown
    assert deny.evidence[0].address in text
    held = replace(issue, findings=(replace(deny, outcome=Outcome.HOLDS),))
    assert head not in mail(held, language)
