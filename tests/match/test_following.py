"""What goes on with a story of the topic belongs to it; what merely resembles one does not."""

import pytest
from invented import GLOSSARY, TOPIC, article_of, figure_of

from briefing.match.following import followed, leaning
from briefing.match.stories import assign
from briefing.match.topic import relevance
from briefing.model.judgement import Grouping, Known, Link, Memory, Relevant
from briefing.model.story import Disposition
from briefing.model.text import Bilingual, Language
from briefing.model.topic import Relevance, Term

BOTH = Bilingual("Both name 86.4 million yuan.", "两文都提到8640万元。")


def told(article, score, on_topic=False):
    return Relevant(article, on_topic, not on_topic, score, Bilingual("Its words.", "其用词。"))


def linked(article, other, score=0.9, sure=True):
    return Grouping((), (Link(article, other, score, sure, BOTH),))


def on_topic(found):
    return [one.article for one in found if one.on_topic]


@pytest.mark.parametrize("ends", [("later", "first"), ("first", "later")])
def test_an_article_that_goes_on_with_one_of_the_topic_belongs_to_it_and_says_why(ends):
    found = followed((told("first", 0.8, on_topic=True), told("later", 0.3)), linked(*ends))
    assert on_topic(found) == ["first", "later"]
    assert found[1].reason.en == "It goes on with a story of the topic. Both name 86.4 million yuan. Its words."
    assert found[1].reason.zh == "它是本专题一则报道的后续。两文都提到8640万元。其用词。"
    assert not found[1].adjacent


def test_a_story_of_an_earlier_issue_counts_too():
    assert on_topic(followed((told("later", 0.3),), linked("later", "told before"))) == ["later"]


@pytest.mark.parametrize(
    ("score", "link"),
    [
        (0.1, linked("later", "first")),  # none of its own words speaks for the topic
        (0.3, linked("later", "first", sure=False)),  # only suggested
        (0.2, linked("later", "first", 0.6)),  # few words and no strong likeness
        (0.3, linked("later", "beside")),  # goes on with one that is not on the topic itself
    ],
)
def test_what_merely_resembles_a_story_stays_out(score, link):
    judged = (told("first", 0.8, on_topic=True), told("beside", 0.4), told("later", score))
    assert on_topic(followed(judged, link)) == ["first"]


def test_the_more_its_own_words_say_the_less_likeness_it_needs():
    judged = (told("first", 0.8, on_topic=True), told("many", 0.45), told("few", 0.2))
    links = linked("many", "first", 0.55).links + linked("few", "first", 0.55).links
    assert on_topic(followed(judged, Grouping((), links))) == ["first", "many"]


def test_of_two_links_the_stronger_is_the_reason():
    other = Link("later", "second", 0.95, sure=True, reason=Bilingual("Both name Quay City.", "两文都提到码头市。"))
    found = followed((told("later", 0.3),), Grouping((), (*linked("later", "first").links, other)))
    assert "Quay City" in found[0].reason.en


@pytest.mark.parametrize(
    ("language", "first", "later"),
    [
        (
            Language.EN,
            "Quay City sold the right to use its parking data to Heron Mobility for 86.4 million yuan, a notice says.",
            "Heron Mobility has paid Quay City the first half of the 86.4 million yuan for the parking right, it says.",
        ),
        (
            Language.HANS,
            "码头市把停车数据使用权以8640万元卖给苍鹭出行公司，交易公告说。",
            "码头市停车使用权以8640万元卖给苍鹭出行公司后，该公司说已支付首笔款项。",
        ),
    ],
)
def test_the_next_part_of_a_story_needs_no_stock_phrase_of_the_topic(language, first, later):
    rules = Relevance(
        terms=(Term(("parking data", "数据使用权"), 1.0), Term(("parking", "停车"), 0.5)), threshold=1.0, adjacent=0.4
    )
    old, new = (article_of(name, text[:30], text, language=language) for name, text in (("o", first), ("n", later)))
    mine = relevance(new, rules, GLOSSARY)
    assert leaning((mine,)) == {"n": mine.score}
    paid = (figure_of("86400000", half="50000", surface="86.4 million yuan"),)
    memory = Memory(known=(Known(old, paid, Disposition.DEVELOPMENT, "s1"),))
    grouping = assign((new,), {"n": paid}, (), memory, TOPIC)
    assert on_topic(followed((mine,), grouping)) == ["n"]
