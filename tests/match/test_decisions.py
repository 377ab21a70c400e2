"""An editor's merges and splits over stories as the desk found them."""

from datetime import UTC, datetime, timedelta

import pytest

from briefing.match.decisions import grouped, overruled, regrouped, remembered, split_id
from briefing.model.article import Article, Dates, Part
from briefing.model.decision import Act, Decision, standing
from briefing.model.entry import Entry, Stamp, Sureness
from briefing.model.judgement import Grouping, Known, Link, Memory, Relevant
from briefing.model.source import Tier
from briefing.model.story import Disposition, Story
from briefing.model.text import Bilingual, Language
from briefing.read.text import sentences

NOW = datetime(2026, 1, 2, tzinfo=UTC)
TITLES = {"tide": "Harbour sells tide tables", "chao": "码头出售潮汐表", "fire": "Fire in the mill", "huo": "磨坊失火"}


def article(name):
    title = TITLES[name]
    seen = NOW + timedelta(hours=list(TITLES).index(name))
    stamp = Stamp("", seen, Sureness.EXACT)
    address = f"https://gazette.example/{name}"
    language = Language.EN if title.isascii() else Language.HANS
    return Article(
        name, Entry("s", name, address, title, "", stamp, seen), "s", "gazette", Tier.NEWSROOM, language, title, "",
        title, sentences(title, Part.TEXT), Dates(Stamp(), stamp, seen), address, address,
    )  # fmt: skip


def story(name, *articles, redirects=()):
    return Story(name, TITLES[articles[0]], Language.EN, articles, NOW, NOW, redirects)


def decided(act, subject, *others, number=1):
    return Decision(NOW + timedelta(minutes=number), "ann", act, subject, others, id=number)


def shape(stories):
    return {s.id: (s.articles, s.redirects) for s in stories}


READ = {name: article(name) for name in TITLES}
TWO = (story("s1", "tide", "chao"), story("s2", "fire", "huo"))


def test_a_merged_story_lives_on_under_the_other_id():
    found = regrouped(TWO, [decided(Act.MERGE, "s1", "s2")], READ)

    assert shape(found) == {"s2": (("fire", "huo", "tide", "chao"), ("s1",))}
    assert shape(regrouped(found, [decided(Act.MERGE, "s1", "s2")], READ)) == shape(found)


def test_merges_follow_each_other():
    three = (*TWO[:1], story("s2", "fire"), story("s3", "huo"))
    found = regrouped(three, [decided(Act.MERGE, "s1", "s2"), decided(Act.MERGE, "s1", "s3", number=2)], READ)

    assert shape(found) == {"s3": (("huo", "fire", "tide", "chao"), ("s2", "s1"))}


@pytest.mark.parametrize("moved", ["tide", "chao"])
def test_a_split_gives_the_article_a_story_of_its_own(moved):
    (rest,) = {"tide", "chao"} - {moved}
    own = split_id(moved)
    found = regrouped(TWO, [decided(Act.SPLIT, "s1", moved)], READ)

    assert shape(found) == {"s1": ((rest,), ()), "s2": (("fire", "huo"), ()), own: ((moved,), ())}
    part = next(s for s in found if s.id == own)
    assert (part.title, part.language) == (TITLES[moved], READ[moved].language)
    assert part.first_seen == READ[moved].dates.first_seen
    assert shape(regrouped(found, [decided(Act.SPLIT, "s1", moved)], READ)) == shape(found)


def test_a_split_of_what_was_not_called_to_mind_keeps_the_storys_title():
    part = regrouped(TWO, [decided(Act.SPLIT, "s1", "chao")], {})[2]

    assert (part.title, part.first_seen) == (TITLES["tide"], NOW)


def test_a_story_is_never_split_into_nothing():
    assert regrouped(TWO, [decided(Act.SPLIT, "s1", "tide", "chao")], READ) == TWO


def test_what_was_split_off_can_be_joined_again_and_stays_so():
    own = split_id("chao")
    said = [decided(Act.SPLIT, "s1", "chao"), decided(Act.MERGE, own, "s1", number=2)]
    once = regrouped(TWO, said, READ)

    assert shape(once)["s1"] == (("tide", "chao"), (own,))
    assert shape(regrouped(once, said, READ)) == shape(once)


def test_a_part_that_the_desk_put_into_a_third_story_joins_the_rest_of_it():
    own = split_id("chao")
    moved = (story("s1", "tide"), story("s2", "fire", "huo"), story(own, "chao"))
    found = regrouped(moved, [decided(Act.SPLIT, "s1", "chao", "huo")], READ)

    assert shape(found) == {"s1": (("tide",), ()), "s2": (("fire",), ()), own: (("chao", "huo"), ())}


def known(name, home):
    return Known(READ[name], (), Disposition.DEVELOPMENT, home)


def test_an_article_is_remembered_in_the_story_that_its_own_went_into():
    """The row of an old article names the story of its day; a redirect leads to that of now."""
    one = story("s2", "fire", "huo", "tide", redirects=("s1",))
    memory = Memory(known=(known("tide", "s1"), known("fire", "s2"), known("chao", "gone")), stories=(one,))

    assert [k.story for k in remembered(memory, ()).known] == ["s2", "s2", "gone"]


def test_a_new_article_of_a_merged_story_comes_with_the_other():
    memory = Memory(known=(known("fire", "s2"),), stories=(story("s2", "fire"),))
    links = (
        Link("tide", "fire", 0.1, sure=False, reason=Bilingual("", "")),
        Link("tide", "x", 0.1, False, Bilingual("", "")),
    )
    found = Grouping((story("s1", "tide"),), links)
    got = grouped(found, memory, [READ["tide"]], [decided(Act.MERGE, "s1", "s2"), decided(Act.NOTE, "s1")])

    assert shape(got.stories) == {"s2": (("fire", "tide"), ("s1",))}
    assert [link.sure for link in got.links] == [True, False]
    assert grouped(found, memory, [READ["tide"]], [decided(Act.NOTE, "s1")]) is found


def test_the_editors_word_on_an_article_comes_before_the_terms():
    on = Relevant("tide", on_topic=True, adjacent=False, score=0.7, reason=Bilingual("Terms.", "用词。"))
    off = Relevant("fire", on_topic=False, adjacent=True, score=0.2, reason=Bilingual("None.", "无。"))

    assert overruled(on, None) is on
    assert overruled(on, keep=True) is on
    dropped, kept = overruled(on, keep=False), overruled(off, keep=True)
    assert (dropped.on_topic, dropped.reason.zh) == (False, "编辑删去。")
    assert (kept.on_topic, kept.adjacent, kept.score, kept.reason.en) == (True, False, 0.5, "The editor keeps it.")


def test_what_was_decided_for_one_issue_ends_with_it_and_what_was_undone_at_once():
    merge, note, order = (
        decided(act, "s1", "s2", number=n) for n, act in enumerate((Act.MERGE, Act.NOTE, Act.ORDER), 1)
    )
    undone = decided(Act.UNDO, "1", number=4)

    assert standing([merge, note, order]) == (merge, note, order)
    assert standing([merge, note, order], NOW + timedelta(minutes=2)) == (merge, order)
    assert standing([merge, note, order, undone]) == (note, order)
