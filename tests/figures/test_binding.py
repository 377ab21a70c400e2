"""What a figure measures, of whom and when."""

# ruff: noqa: E501 - sample texts stay whole

from dataclasses import replace

import pytest

from briefing.figures.extract import figures_in
from briefing.figures.lexicon import phrases
from briefing.figures.phrasing import measured
from briefing.model.figure import Kind
from briefing.model.text import Bilingual, Language
from briefing.model.topic import Glossary, Measure


@pytest.fixture
def bound(write, glossary):
    def of(text, language=Language.EN, glossary=glossary, **more):
        figures = figures_in(write(text, language=language, **more), glossary)
        return {
            f.surface: (f.measure, f.subject, f.period)
            for f in figures
            if f.quantity.kind not in {Kind.DATE, Kind.PERIOD}
        }

    return of


def test_a_list_goes_on_with_the_measure_of_its_first_item(bound):
    text = "Units under the transport ministry returned 61.2 million yuan, those under the education ministry 18.4 million yuan."
    assert bound(text) == {
        "61.2 million yuan": ("fees-returned", "Ministry of Transport", ""),
        "18.4 million yuan": ("fees-returned", "Ministry of Education", ""),
    }


def test_a_chinese_list_takes_its_measure_from_the_paragraph_before(bound):
    text = "截至8月20日，四部门已清退9630万元。\n\n分部门看，交通运输部所属单位6120万元，教育部所属单位1840万元。"
    found = bound(text, Language.HANS)
    assert found["9630万元"] == ("fees-returned", "", "2024-08-20")
    assert found["6120万元"][:2] == ("fees-returned", "Ministry of Transport")
    assert found["1840万元"][:2] == ("fees-returned", "Ministry of Education")


def test_traditional_script_is_bound_by_the_same_glossary(bound):
    assert bound("教育部所屬單位收費5866萬元人民幣。", Language.HANT)["5866萬元人民幣"] == (
        "fees-charged",
        "Ministry of Education",
        "",
    )


def test_a_word_that_rules_a_measure_out_does_so_beside_the_figure_only(bound):
    text = "Of the fees the bidder lodged a deposit of 3 million yuan."
    assert bound(text)["3 million yuan"][0] == "deposit"


def test_the_figure_that_goes_on_is_of_the_last_measure(bound):
    text = "The transport ministry returned 61.2 million yuan. By Sept. 30 the figure had hit 70 million yuan."
    assert bound(text)["70 million yuan"] == ("fees-returned", "Ministry of Transport", "2024-09-30")


def test_who_speaks_and_a_dateline_are_no_subject(bound):
    text = "HUNAN, Aug 26 (Wire) - Market regulator said fees of 3 million yuan were charged."
    assert bound(text)["3 million yuan"][1] == ""


def test_the_narrowest_place_is_the_subject(bound):
    assert bound("Hengyang in Hunan set a reserve of 1.26 billion yuan.")["1.26 billion yuan"][1] == "Hengyang"


def test_the_titles_name_is_the_subject_where_a_sentence_has_none(bound):
    title = "Hubei tells of fees"
    assert bound("They collected 3 million yuan.", title=title)["3 million yuan"][1] == "Hubei"
    assert bound("收费300万元。", Language.HANS, title="湖南更正收费总额")["300万元"][1] == "Hunan"
    assert bound("They collected 3 million yuan.", title="State auditors said so")["3 million yuan"][1] == ""


def test_attribution_is_kept(write, glossary):
    figures = figures_in(write("The National Audit Office said units charged 3 million yuan."), glossary)
    assert figures[0].attribution == "National Audit Office"


def test_a_day_on_which_something_was_said_is_no_period(bound):
    assert bound("Auditors said in June that units charged 248 million yuan.")["248 million yuan"][2] == ""
    assert bound("审计署今年6月披露，单位收费2.48亿元。", Language.HANS)["2.48亿元"][2] == ""


def test_a_deadline_in_another_clause_is_no_period(bound):
    text = "Units charged 151.7 million yuan, which must be settled by Dec. 31, 2024."
    assert bound(text)["151.7 million yuan"][2] == ""
    assert bound("Units charged 151.7 million yuan in May 2024.")["151.7 million yuan"][2] == "2024-05"


def test_hearsay_in_quotation_marks_is_bound_to_nothing(bound):
    assert bound("“1.3万亿”之类的话在网上流传，说不清是哪一笔。", Language.HANS)["1.3万亿"][0] == ""


@pytest.mark.parametrize(
    ("text", "surface", "words"),
    [
        ("Land-sale revenue fell 14 percent to 1.281 trillion yuan", "14 percent", "revenue"),
        ("Land-sale revenue fell 14 percent to 1.281 trillion yuan", "1.281 trillion yuan", "revenue"),
        ("a 30-million-euro fund opened", "30-million-euro", "fund"),
        ("Around 10 billion yuan was pooled", "10 billion yuan", "pooled"),
        ("It paid 51 percent of the data centre", "51 percent", "centre"),
        ("the three grants of 120 million, 30 million and 8.5 million yuan", "30 million", "grant"),
    ],
)
def test_without_a_glossary_the_clause_says_what_is_measured(bound, text, surface, words):
    assert words in bound(text, glossary=Glossary())[surface][0]


def test_chinese_clauses_say_it_too():
    assert measured("数据产品收入约600万元", 0, 7, 12) == "数据产品收入"
    assert measured("，600万元的罚款", 0, 1, 6) == "罚款"
    assert measured("，600万元。", 0, 1, 6) == ""


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("two classes", "class"),
        ("three men", "man"),
        ("28-article draft", "article"),
        ("four ties", "tie"),
        ("two sales contracts", "sales contract"),
        ("one wire copy desk", "wire copy desk"),
        ("30 old cold bold gold mould fold", ""),
        ("30 Monday papers", ""),
        ("one post claimed it", "post"),
        ("four public information systems", "information system"),
        ("seven units finished", "unit"),
        ("six oddly shaped boxes", ""),
        ("ten very long and winding roads", ""),
    ],
)
def test_a_count_has_the_noun_that_it_counts(text, unit):
    from briefing.figures.extract import quantities_in  # noqa: PLC0415 - only here

    found = quantities_in(text, Language.EN)
    assert [s.unit for s in found if s.unit] == ([unit] if unit else [])


def test_a_name_inside_a_longer_name_is_not_named_twice(bound):
    assert (
        bound("Units of the Ministry of Transport charged 3 million yuan.")["3 million yuan"][1]
        == "Ministry of Transport"
    )
    assert bound("The Hunan audit department charged 3 million yuan.")["3 million yuan"][1] == "Hunan audit department"


def test_a_country_is_too_wide_to_be_a_subject(bound):
    assert bound("China charged fees of 3 million yuan.")["3 million yuan"][1] == ""
    assert bound("They charged fees of 3 million yuan.", title="China tells of fees")["3 million yuan"][1] == ""


def test_only_sentences_that_were_kept_give_figures(write, glossary):
    article = write("Units charged 3 million yuan. Furniture says 5 million yuan.")
    kept = replace(article, sentences=article.sentences[:1])
    assert [f.surface for f in figures_in(kept, glossary)] == ["3 million yuan"]


def test_a_cue_that_begins_with_a_mark_is_left_out():
    assert [hit.what for hit in phrases([("'cue", 0), ("cue*", 1)]).hits("cued")] == [1]
    assert phrases([("'cue", 0)]).by_first == {}


# ---- whose a figure cannot be -----------------------------------------------------------------------------------------
def test_an_authority_that_judges_owns_no_figure(bound, glossary):
    """Fees that auditors find are not the auditors' fees."""
    judging = replace(
        glossary, entities=tuple(replace(e, judges=e.key in {"nao", "hunan-audit"}) for e in glossary.entities)
    )
    for text, language in (
        ("The National Audit Office counted fees of 38.6 million yuan.", Language.EN),
        ("审计署清点的收费为3860万元。", Language.HANS),
    ):
        assert {s for _, s, _ in bound(text, language).values()} == {"National Audit Office"}
        assert {s for _, s, _ in bound(text, language, judging).values()} == {""}


def test_who_heads_a_notice_only_speaks(bound):
    assert bound("交通运输部：去年收费3860万元", Language.HANS)["3860万元"][:2] == ("fees-charged", "")
    assert bound("Ministry of Transport: fees charged came to 3 million yuan")["3 million yuan"][:2] == (
        "fees-charged",
        "",
    )
    assert bound("交通运输部举行新闻发布会，介绍收费3860万元。", Language.HANS)["3860万元"][1] == ""
    assert (
        bound("The transport ministry has ordered harbours to return fees of 3 million yuan.")["3 million yuan"][1]
        == ""
    )


def test_the_place_of_a_dateline_is_no_owner(bound):
    text = "湖南省内衡阳11月1日电 湖南的单位收费3860万元。"
    assert bound(text, Language.HANS)["3860万元"][1] == "Hunan"


def test_a_company_that_the_glossary_lacks_is_nobody_else(bound):
    """The sales of a bidder are not the sales of the city that it bids in."""
    english = "Hengyang sells. Acme's fees collected came to 3 million yuan; Acme's sales took 4 million yuan."
    assert bound(english)["4 million yuan"][1] == ""
    assert bound("衡阳挂牌。\n\n远望数科去年收费3860万元。", Language.HANS)["3860万元"][:2] == ("fees-charged", "")
    assert bound("衡阳挂牌，去年收费3860万元。", Language.HANS)["3860万元"][:2] == ("fees-charged", "Hengyang")


def test_what_is_said_of_some_is_not_said_of_all(bound, glossary):
    done = Measure("done", Bilingual("units done", "完成的单位"), ("finished", "完成"), ("units", "单位"))
    words = replace(glossary, measures=(*glossary.measures[:4], done))
    english = bound("Six of the seven units have finished.", glossary=words)
    assert english["seven units"][0] != "done"
    chinese = bound("7家单位当中，6家单位已完成。", Language.HANS, words)
    assert (chinese["7家单位"][0] != "done", chinese["6家单位"][0]) == (True, "done")


def test_a_bound_that_a_rule_sets_is_nobodys_sum(bound):
    assert bound("Where fees collected reach 5 million yuan an audit is due.")["5 million yuan"][0] != "fees-charged"
    assert bound("年收费超过500万元的，须经审计。", Language.HANS)["500万元"][0] != "fees-charged"
    assert bound("年收费超过500万元。", Language.HANS)["500万元"][0] == "fees-charged"
