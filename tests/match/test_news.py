from dataclasses import replace

import pytest
from invented import GLOSSARY, NOON, article_of, figure_of

from briefing.match.concordance import Sentences
from briefing.match.earlier import Earlier
from briefing.match.glossary import Lexis
from briefing.match.news import (
    amount_of_news,
    is_news,
    reason_of_news,
    reason_of_repeat,
    weight_of_day,
    weight_of_figure,
)
from briefing.match.novelty import Compared, compared, lookup_terms
from briefing.match.verdicts import verdicts
from briefing.model.fact import Status
from briefing.model.figure import Kind
from briefing.model.judgement import Copy, Grouping, Known, Memory, Relevant, Sighting, Told
from briefing.model.source import Tier
from briefing.model.story import Disposition, NewKind, Novelty, Story
from briefing.model.text import Bilingual, Language

TOLD = "Quay City must refund the fees by 31 December."
MEMORY = Memory(
    told=(
        Told(TOLD, TOLD.lower(), "baseline", article="f1", language="en", when="2024-06-25"),
        Told(
            "码头市须在12月31日前退还收费。",
            "码头市须在12月31日前退还收费。",
            "baseline",
            article="f1",
            language="zh",
            when="2024-06-25",
        ),
    )
)
YES = Bilingual("yes", "是")


def found(*articles, figures=None, sightings=(), copies=(), memory=MEMORY):
    return compared(articles, figures or {}, sightings, copies, memory, glossary=GLOSSARY).novelties


def kinds(items):
    return [(item.kind, item.text) for item in items]


def test_a_sentence_that_was_told_is_no_news_in_either_language():
    assert kinds(found(article_of("a", "t", "Quay City must refund the fees by 31 December."))) == []
    chinese = article_of("b", "题", "码头市须在12月31日以前退还收费。", language=Language.HANS)
    assert kinds(found(chinese)) == []
    across = article_of("c", "题", "码头市须在12月31日以前退还收费。", language=Language.HANS)
    only_english = Memory(told=MEMORY.told[:1])
    assert all(kind is not NewKind.DATE for kind, _ in kinds(found(across, memory=only_english)))


def test_what_is_new_is_named_with_the_nearest_sentence_and_its_issue():
    text = "Hill City sells its parking records to a single bidder on 3 October 2025."
    items = found(article_of("a", "t", text))
    assert kinds(items) == [
        (NewKind.ENTITY, "Hill City"),
        (NewKind.DATE, "10-03"),
        (NewKind.DATE, "2025"),
        (NewKind.DATE, "2025-10"),
        (NewKind.SENTENCE, text),
    ]
    assert items[-1].closest == TOLD
    assert items[-1].closest_issue == "baseline"
    assert 0 < items[-1].overlap < 0.42


def test_a_new_figure_overrides_wording_that_was_told():
    article = article_of("a", "t", TOLD)
    figures = {"a": (figure_of("5000000", sentence=1, surface="5 million"), figure_of("6", sentence=1))}
    seen = (Sighting("a", 0, "k", Status.NEW), Sighting("a", 1, "", Status.UNBOUND))
    items = found(article, figures=figures, sightings=seen)
    assert kinds(items) == [(NewKind.FIGURE, "5 million")]
    assert items[0].overlap > 0.9
    assert items[0].weight == 1.0


def test_a_figure_of_the_title_counts_though_the_title_is_no_statement():
    article = article_of("a", "Five million back", TOLD)
    items = found(
        article, figures={"a": (figure_of("5000000", sentence=0),)}, sightings=(Sighting("a", 0, "k", Status.CHANGED),)
    )
    assert kinds(items) == [(NewKind.FIGURE, "5000000")]


def test_a_later_article_of_one_issue_repeats_an_earlier_one():
    text = "Hill City sells its parking records to a single bidder."
    items = found(article_of("b", "t", text, minutes=9), article_of("a", "t", text))
    assert {item.article for item in items} == {"a"}


def test_a_copy_brings_only_the_figures_that_its_original_lacks():
    text = "Hill City sells its parking records to a single bidder."
    article = article_of("a", "t", text)
    copy = Copy("a", "o", Disposition.COPY, 1.0, YES, new_figures=(1,))
    figures = {"a": (figure_of("5000000", sentence=1), figure_of("6000000", sentence=1))}
    seen = (Sighting("a", 0, "k", Status.NEW), Sighting("a", 1, "m", Status.NEW))
    assert kinds(found(article, figures=figures, sightings=seen, copies=(copy,))) == [(NewKind.FIGURE, "6000000")]


def test_known_articles_and_their_days_are_told():
    text = "Hill City sells its parking records to a single bidder."
    known = Known(article_of("k", "t", text), (), Disposition.DEVELOPMENT, "s1", issue="2024-08-30")
    again = article_of("a", "t", "On 4 September Hill City sells its parking records to a single bidder.")
    later = article_of("b", "t", again.text, seen=NOON.replace(month=10))
    assert kinds(found(again, memory=Memory(known=(known,)))) == []
    assert kinds(found(later, memory=Memory(known=(known,)))) == []


def test_a_heading_is_no_statement():
    assert kinds(found(article_of("a", "t", "Prices."))) == []
    assert kinds(found(article_of("a", "t", "Copyright 2031 by the post. Ships."), memory=Memory())) == []


def test_terms_for_a_store_are_words_and_pairs():
    english = article_of("a", "The fees of Quay City").sentences[0]
    assert lookup_terms(english) == ("fees", "quay", "city")
    chinese = article_of("b", "收费退还").sentences[0]
    assert lookup_terms(chinese) == ("收费", "费退", "退还")
    assert len(lookup_terms(article_of("c", " ".join(f"word{n}" for n in range(99))).sentences[0])) == 24


def test_cover_is_nothing_when_nothing_was_told():
    earlier = Earlier(Sentences(["fees are paid back", ""], Lexis()))
    assert earlier.cover("fees are paid back").nearest is None
    earlier.add(Told("x", "fees are paid back", "i1"))
    assert earlier.cover("fees are paid back").overlap == pytest.approx(1.0)
    assert earlier.cover("").overlap == 0.0


@pytest.mark.parametrize(
    ("figure", "weight"),
    [
        (figure_of("5"), 1.0),
        (figure_of("12", Kind.PERCENT), 0.8),
        (figure_of("2", Kind.COUNT), 0.15),
        (figure_of("1930", Kind.COUNT, surface="1,930 firms"), 1.0),
        (figure_of("2018", Kind.COUNT), 0.15),
        (figure_of("200", Kind.COUNT), 0.7),
        (figure_of("15", Kind.DURATION), 0.2),
        (figure_of("20240905", Kind.DATE), 0.0),
        (figure_of("20", Kind.COUNT), 0.45),
        (replace(figure_of("200", Kind.COUNT), quantity=replace(figure_of("200", Kind.COUNT).quantity, unit="")), 0.45),
    ],
)
def test_a_figure_weighs_what_it_says(figure, weight):
    assert weight_of_figure(figure) == weight


def test_a_day_says_more_than_a_month_and_a_month_more_than_a_year():
    assert weight_of_day("09-18") > weight_of_day("2025-10") > weight_of_day("2025")


def new(kind, text="x", weight=1.0, issue="", overlap=0.0):
    return Novelty(kind, text, "a", 0, closest_issue=issue, overlap=overlap, weight=weight)


def test_new_wording_alone_is_no_news_where_facts_could_be_checked():
    sentences = tuple(new(NewKind.SENTENCE, str(n), 0.08) for n in range(20))
    known = tuple(Sighting("a", n, "k", Status.CONFIRMED) for n in range(3))
    assert not is_news(sentences, known, is_told=True, is_copy=False)
    assert not is_news(sentences, known, is_told=False, is_copy=False)
    assert is_news(sentences, (), is_told=True, is_copy=False)
    assert is_news(sentences[:6], (), is_told=False, is_copy=False)


def test_a_short_report_of_a_story_never_told_is_news_if_all_of_it_is_new():
    both = tuple(replace(new(NewKind.SENTENCE, str(n), 0.08), sentence=n) for n in (1, 2))
    assert is_news(both, (), is_told=False, is_copy=False, statements=2)
    assert not is_news(both, (), is_told=False, is_copy=False, statements=3)
    assert not is_news(both, (), is_told=True, is_copy=False, statements=2)
    four = tuple(replace(new(NewKind.SENTENCE, str(n), 0.08), sentence=n) for n in range(4))
    assert is_news(four, (), is_told=True, is_copy=False, statements=4)
    assert not is_news(four, (), is_told=True, is_copy=False, statements=5)
    assert not is_news((), (), is_told=False, is_copy=False, statements=0)


def test_the_reason_of_news_passes_over_small_counts():
    small, large = new(NewKind.FIGURE, "two reasons", weight=0.15), new(NewKind.FIGURE, "86.4 million yuan")
    sentence = new(NewKind.SENTENCE, "s", weight=0.08)
    assert reason_of_news((small, large)).en == "New figures: 86.4 million yuan."
    assert reason_of_news((small, sentence)).zh == "有1处此前未报道的内容。"


def test_many_small_facts_make_no_news_and_one_large_one_does():
    small = tuple(new(NewKind.FIGURE, str(n), 0.15) for n in range(9))
    known = (Sighting("a", 0, "k", Status.CONFIRMED), Sighting("a", 1, "k", Status.AGAIN))
    assert amount_of_news(small) == pytest.approx(0.4)
    assert not is_news(small, known, is_told=True, is_copy=False)
    assert is_news((*small, new(NewKind.FIGURE, "y")), known, is_told=True, is_copy=False)


def test_a_copy_is_news_only_by_a_figure_of_weight():
    assert is_news((new(NewKind.FIGURE),), (), is_told=True, is_copy=True)
    assert not is_news((new(NewKind.FIGURE, weight=0.15), new(NewKind.SENTENCE)), (), is_told=False, is_copy=True)


def test_reasons_name_the_hardest_facts_first():
    assert reason_of_news((new(NewKind.SENTENCE), new(NewKind.FIGURE, "5 million"))).en == "New figures: 5 million."
    assert reason_of_news((new(NewKind.DATE, "09-18"),)).zh == "新日期：09-18。"
    assert reason_of_news((new(NewKind.ENTITY, "Quay"),)).en == "New names: Quay."
    assert reason_of_news((new(NewKind.SENTENCE),)).zh == "有1处此前未报道的内容。"


def test_a_repeat_says_what_it_confirms_and_who_told_it():
    seen = (Sighting("a", 0, "k", Status.CONFIRMED), Sighting("a", 1, "k", Status.SCALE_SLIP))
    text = reason_of_repeat(seen, "2024-08-30")
    assert (
        text.en == "All of it was told before, in issue 2024-08-30; 1 figure confirmed; 1 figure off by a power of ten."
    )
    assert reason_of_repeat((), "baseline").zh == "所载此前均已报道（见起始文章）。"
    assert reason_of_repeat((), "").en == "All of it was told before."


def test_a_repeat_in_new_words_is_not_said_to_have_been_told():
    one, two = reason_of_repeat((), "7", fresh=1), reason_of_repeat((), "baseline", fresh=2)
    assert one.en == "Little in it is new: 1 statement in other words, no new fact of weight; near issue 7."
    assert two.en == (
        "Little in it is new: 2 statements in other words, no new fact of weight; near the articles we start from."
    )
    assert one.zh == "新内容很少：1处新表述，没有重要的新事实（见第7期）。"


def decide(*, on_topic=True, copy=None, items=(), sightings=(), old=False, relevant=True):
    article = article_of("a", "t", "Quay City sells data.")
    story = Story("s1", "t", Language.EN, ("a",), NOON, NOON)
    judged = verdicts(
        (article,),
        (Relevant("a", on_topic, not on_topic, 0.7, YES),) if relevant else (),
        (copy,) if copy else (),
        Grouping((story,), ()),
        Compared(items),
        sightings=sightings,
        memory=Memory(stories=(story,)) if old else Memory(),
    )
    return judged.verdicts[0]


def test_each_disposition_has_its_case():
    figure = (new(NewKind.FIGURE),)
    copy = Copy("a", "o", Disposition.COPY, 1.0, YES)
    revision = Copy("a", "o", Disposition.REVISION, 1.0, YES)
    back = Copy("a", "", Disposition.RESURFACED, 0.0, YES)
    confirmed = (Sighting("a", 0, "k", Status.CONFIRMED), Sighting("a", 1, "k", Status.CONFIRMED))
    assert decide(items=figure).disposition is Disposition.DEVELOPMENT
    assert decide(items=figure, old=True).disposition is Disposition.UPDATE
    assert decide(copy=copy).disposition is Disposition.COPY
    assert decide(copy=copy).against == "o"
    assert decide(copy=revision).disposition is Disposition.REVISION
    assert decide(copy=revision, items=figure).disposition is Disposition.DEVELOPMENT
    assert decide(copy=back, items=figure).disposition is Disposition.RESURFACED
    assert decide(sightings=confirmed).disposition is Disposition.REPEAT
    assert decide().disposition is Disposition.REPEAT
    assert decide(on_topic=False).disposition is Disposition.OFF_TOPIC
    assert decide(on_topic=False).adjacent
    assert decide(relevant=False).reason.en == "It was not judged."


def test_a_verdict_names_the_issue_that_told_it_and_quotes_what_is_new():
    sentence = new(NewKind.SENTENCE, weight=0.08, issue="2024-08-30", overlap=0.3)
    told = decide(items=(sentence,), old=True)
    assert told.against == "2024-08-30"
    assert told.story == "s1"
    assert told.evidence[0].quote == "t"
    assert decide(items=(new(NewKind.FIGURE),)).evidence[0].address.startswith("https://")


def test_a_further_witness_is_kept_only_beside_news_of_its_story():
    lead, witness, quiet = article_of("a", "t"), article_of("b", "t"), article_of("c", "t")
    stories = (Story("s1", "t", Language.EN, ("a", "b"), NOON, NOON), Story("s2", "t", Language.EN, ("c",), NOON, NOON))
    judged = verdicts(
        (lead, witness, quiet),
        tuple(Relevant(n, True, False, 0.7, YES) for n in "abc"),
        (),
        Grouping(stories, ()),
        Compared((new(NewKind.FIGURE),)),
        sightings=tuple(Sighting(n, k, "k", Status.CONFIRMED) for n in "bc" for k in (0, 1)),
    )
    assert [v.disposition for v in judged.verdicts] == [
        Disposition.DEVELOPMENT,
        Disposition.CONFIRMATION,
        Disposition.REPEAT,
    ]


def at_host(link, *, tier=Tier.NEWSROOM, sightings=(), items=()):
    article = replace(article_of("a", "t", "Quay City sells data."), link=link, tier=tier)
    story = Story("s1", "t", Language.EN, ("a",), NOON, NOON)
    return verdicts(
        (article,),
        (Relevant("a", True, False, 0.7, YES),),
        (),
        Grouping((story,), ()),
        Compared(items),
        sightings=sightings,
        official=("https://www.nda.gov.cn/sjj/",),
    ).verdicts[0]


def test_a_host_that_imitates_an_official_one_is_marked_and_an_honest_one_is_not():
    told = at_host("https://www-nda-gov-cn.evil.example/a", items=(new(NewKind.FIGURE),))
    assert told.reason.en == "New figures: x. Its host imitates nda.gov.cn and counts as no witness."
    assert told.reason.zh == "新数字：x。其网址冒用nda.gov.cn的名称，不作旁证。"
    assert "imitates" not in at_host("https://www.nda.gov.cn/a", items=(new(NewKind.FIGURE),)).reason.en


def test_a_host_that_nobody_vouches_for_confirms_nothing():
    news = (replace(new(NewKind.FIGURE), article="b"),)
    lead = replace(article_of("b", "t"), tier=Tier.NEWSROOM)
    seen = tuple(Sighting("a", k, "k", Status.CONFIRMED) for k in (0, 1))

    def kept(tier):
        judged = verdicts(
            (lead, replace(article_of("a", "t"), tier=tier)),
            tuple(Relevant(n, True, False, 0.7, YES) for n in "ab"),
            (),
            Grouping((Story("s1", "t", Language.EN, ("a", "b"), NOON, NOON),), ()),
            Compared(news),
            sightings=seen,
        )
        return judged.verdicts[1].disposition

    assert kept(Tier.NEWSROOM) is Disposition.CONFIRMATION
    assert kept(Tier.UNKNOWN) is Disposition.REPEAT


def test_an_amount_told_on_the_same_matter_is_hardly_new():
    text = "Hill City earned 36 million yuan from its parking records in the first year, its bureau said."
    told = Known(article_of("k", "t", text), (figure_of("36000000", half="500000"),), Disposition.DEVELOPMENT, "s1")
    figures = {"a": (figure_of("36000000", sentence=1),), "b": (figure_of("36000000", sentence=1),)}
    seen = (Sighting("a", 0, "x", Status.NEW), Sighting("b", 0, "y", Status.NEW))
    other = "A choir paid 36 million yuan for the customs house, the baker and the tide said on Sunday morning."
    items = found(
        article_of("a", "t", text.replace("earned", "made")),
        article_of("b", "t", other),
        figures=figures,
        sightings=seen,
        memory=Memory(known=(told,)),
    )
    assert {i.article: i.weight for i in items if i.kind is NewKind.FIGURE} == {"a": 0.15, "b": 1.0}


@pytest.mark.parametrize(
    ("sentence", "weight"),
    [
        ("Some say the fees will bring in 36 million yuan a year.", 0.15),
        ("The fees will bring in 36 million yuan a year, a figure that circulates online.", 0.15),
        ("The fees will bring in 36 million yuan a year, people familiar with the plan said.", 1.0),
        ("网上流传，这项收费一年能带来3600万元。", 0.15),
        ("圈里有3600万元之说，谁也讲不清是指什么。", 0.15),
        ("知情人士说，这项收费一年能带来3600万元。", 1.0),
        ("有人算得更大胆，说这项收费一年能带来3600万元。", 0.15),
        ("Someone has reckoned that the fees will bring in 36 million yuan a year.", 0.15),
    ],
)
def test_an_amount_that_nobody_stands_behind_is_hardly_new(sentence, weight):
    items = found(
        article_of("a", "t", sentence),
        figures={"a": (figure_of("36000000", sentence=1),)},
        sightings=(Sighting("a", 0, "k", Status.NEW),),
    )
    assert [item.weight for item in items if item.kind is NewKind.FIGURE] == [weight]


@pytest.mark.parametrize(
    ("sentence", "surface", "unit", "weight"),
    [
        ("Whoever was charged may call 12345 at any hour.", "12345", "", 0.15),
        ("遇到收费，市民可以拨打12345反映。", "12345", "", 0.15),
        ("码头海运（00241）收费多年。", "00241", "", 0.15),
        ("Of the requests, 12345 were turned down.", "12345", "", 1.0),
        ("The clerks took a call 12345 times.", "12345", "times", 1.0),
    ],
)
def test_a_number_to_be_dialled_or_looked_up_is_hardly_new(sentence, surface, unit, weight):
    article = article_of("a", "t", sentence)
    figure = figure_of("12345", Kind.COUNT, sentence=1, surface=surface)
    start = article.text.index(surface)
    placed = replace(figure, quantity=replace(figure.quantity, unit=unit), start=start, end=start + len(surface))
    items = found(article, figures={"a": (placed,)}, sightings=(Sighting("a", 0, "k", Status.NEW),))
    assert [item.weight for item in items if item.kind is NewKind.FIGURE] == [weight]


@pytest.mark.parametrize(
    ("title", "text", "weight"),
    [
        ("Letter: The quay", "The clerk asked 80 yuan for a search.", 0.15),
        ("The quay", "The clerk asked 80 yuan for a search.", 1.0),
        ("读者来信：码头", "窗口说查一次要80元。", 0.15),
    ],
)
def test_an_amount_that_a_comment_ties_to_no_known_measure_is_hardly_new(title, text, weight):
    figures = {"a": (replace(figure_of("80", sentence=1), measure="clerk asked"),)}
    items = found(article_of("a", title, text), figures=figures, sightings=(Sighting("a", 0, "k", Status.NEW),))
    assert [item.weight for item in items if item.kind is NewKind.FIGURE] == [weight]


@pytest.mark.parametrize(
    ("told", "said", "surface", "weight"),
    [
        ("The fees came to 221.9 million yuan by June.", "By June the fees came to {}.", "221.9 million", 0.15),
        ("退费到六月合计2.219亿元。", "退费到六月合计2.219亿。", "2.219亿", 0.15),
        ("The fees came to 231.9 million yuan by June.", "By June the fees came to {}.", "221.9 million", 1.0),
        ("The fees came to 22 million yuan by June.", "By June the fees came to {}.", "22 million", 1.0),
    ],
)
def test_rare_digits_that_the_nearest_told_sentence_states_are_hardly_new(told, said, surface, weight):
    value = "22000000" if surface == "22 million" else "221900000"
    figures = {"a": (figure_of(value, Kind.OTHER, sentence=1, surface=surface),)}
    memory = Memory(told=(Told(told, told.lower(), "i1", article="f1", language="en"),))
    seen = (Sighting("a", 0, "k", Status.NEW),)
    items = found(article_of("a", "t", said.format(surface)), figures=figures, sightings=seen, memory=memory)
    assert [item.weight for item in items if item.kind is NewKind.FIGURE] == [weight]


def test_a_day_that_the_nearest_told_sentence_names_is_told_in_any_company():
    rest = "A choir sang. Gulls circled the lighthouse. Bakers hid from the hail. Nobody painted the fence."
    days = [
        [item.text for item in found(article_of("a", "t", f"{first} {rest}")) if item.kind is NewKind.DATE]
        for first in ("The fees must be refunded by 31 December.", "The ferry sails on 30 December.")
    ]
    assert days == [[], ["12-30"]]


@pytest.mark.parametrize(("status", "days"), [(Status.SCALE_SLIP, []), (Status.CONFIRMED, ["03-03"])])
def test_the_day_of_a_slip_is_that_of_the_figure_which_it_misstates(status, days):
    figure = replace(figure_of("5", sentence=1), period="2024-03-03")
    article = article_of("a", "t", "By March 3 the harbour had paid 5 yuan.")
    items = found(article, figures={"a": (figure,)}, sightings=(Sighting("a", 0, "k", status),))
    assert [item.text for item in items if item.kind is NewKind.DATE] == days


@pytest.mark.parametrize("number", [3, 40])
def test_the_nearest_sentence_is_found_among_few_and_among_many(number):
    texts = [f"the records bureau of quay city sold tide table number{n}" for n in range(number)]
    earlier = Earlier(Sentences([*texts, "a choir sang of rivers"], Lexis()))
    for place, text in enumerate(texts):
        earlier.add(Told(text, text, str(place)))
        assert earlier.cover(text).nearest == Told(text, text, str(place))

    assert earlier.cover(texts[1]).overlap == pytest.approx(1.0)
    assert earlier.cover("a choir sang of rivers").overlap < 0.2
