"""Which stories there are does not hang on the order in which one poll brought their articles."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from invented import TOPIC, article_of, figure_of

from briefing.match.duplicates import copies
from briefing.match.stories import assign
from briefing.model.judgement import Memory
from briefing.model.text import Language

SEEN = datetime(2024, 9, 4, 12, tzinfo=UTC)
TEXTS = (
    (
        "Parking data sold",
        "Quay City sold the right to use its parking data to one bidder for 86.4 million yuan.",
        Language.EN,
    ),
    ("Bidder pays", "One bidder paid 86.4 million yuan for the right to use parking data of Quay City.", Language.EN),
    ("停车数据", "码头市以8640万元把停车数据使用权卖给唯一的竞买人，交易所公告说。", Language.HANS),
    ("A choir", "A choir sang in the customs house on Sunday while the tide came in under the windows.", Language.EN),
    ("News in brief", "The baker next door sold all of his rolls by noon, and closed for the day.", Language.EN),
    ("News in brief", "Pilots asked for tide tables free of charge, and the harbour office refused them.", Language.EN),
)
FIGURES = {f"a{n}": (figure_of("86400000", half="50000"),) for n in range(3)}


def grouped(order):
    articles = tuple(article_of(f"a{n}", TEXTS[n][0], TEXTS[n][1], language=TEXTS[n][2], seen=SEEN) for n in order)
    found = copies(articles, FIGURES, Memory())
    stories = assign(articles, FIGURES, found, Memory(), TOPIC).stories
    return {frozenset(story.articles) for story in stories}, {copy.article for copy in found}


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(TEXTS))))
def test_stories_and_copies_are_the_same_in_any_order(order):
    assert grouped(order) == grouped(range(len(TEXTS)))


def test_one_title_over_two_items_makes_two_stories():
    stories, folded = grouped(range(len(TEXTS)))
    assert {frozenset({"a4"}), frozenset({"a5"})} <= stories
    assert not folded & {"a4", "a5"}


def test_one_chinese_title_over_two_items_makes_two_stories():
    texts = ("合唱团周日在海关大楼演唱，潮水涨到窗下。", "面包师中午前卖完全部面包后关门休息。")
    made = [article_of(f"z{n}", "国内联播快讯", t, language=Language.HANS, seen=SEEN) for n, t in enumerate(texts)]
    stories = assign(tuple(made), {}, (), Memory(), TOPIC).stories
    assert sorted(story.articles for story in stories) == [("z0",), ("z1",)]
