from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from invented import GLOSSARY, NOON, TOPIC, article_of, figure_of

from briefing.match.anchors import anchors, common_names
from briefing.match.clusters import VETO, calibrated, joined, merges, silhouette
from briefing.match.glossary import Lexis
from briefing.match.profiles import profiles, text_likeness
from briefing.match.stories import TOLD_APART, assign, event_likeness, evidence, keep_apart, nearness, story_id
from briefing.match.vectors import Rarity, bm25, commoner, cosine, products, rarity, strength, vector
from briefing.model.figure import Kind
from briefing.model.judgement import Copy, Known, Memory
from briefing.model.story import Disposition, Story
from briefing.model.text import Bilingual, Language
from briefing.model.topic import Relevance, Term, Topic

SALE = "Quay City sold the right to use its parking data to one bidder for 86.4 million yuan, a notice says."
SALE_AGAIN = (
    "One bidder paid 86.4 million yuan for the right to use parking data of Quay City, according to the exchange."
)
SALE_ZH = "码头市以8640万元把停车数据使用权卖给唯一的竞买人，交易所公告说。"
CHOIR = (
    "A choir sang in the customs house on Sunday while the tide came in, and the baker sold all of his rolls by noon."
)


def sale(name, text=SALE, language=Language.EN, **more):
    return article_of(name, text.split("，")[0][:60], text, language=language, **more)


FIGURES = {name: (figure_of("86400000", half="50000", surface="86.4 million yuan"),) for name in ("a", "b", "z", "old")}


def grouped(*articles, copies=(), memory=Memory(), figures=FIGURES, topic=TOPIC):  # noqa: B008 -- frozen
    found = assign(articles, figures, copies, memory, topic)
    return sorted(sorted(story.articles) for story in found.stories), found


def test_two_outlets_and_two_languages_tell_one_story():
    groups, found = grouped(
        sale("a"),
        sale("b", SALE_AGAIN, minutes=5),
        sale("z", SALE_ZH, Language.HANS, minutes=9),
        article_of("c", "Choir", CHOIR),
    )
    assert groups == [["a", "b", "z"], ["c"]]
    link = next(link for link in found.links if {link.article, link.other} == {"a", "z"})
    assert link.sure
    assert "86.4 million yuan" in link.reason.en
    assert 0 < link.score <= 1


def test_other_places_are_other_stories_however_alike():
    hill = SALE.replace("Quay", "Hill").replace("86.4", "31.7")
    groups, _ = grouped(sale("a"), sale("h", hill, minutes=5))
    assert groups == [["a"], ["h"]]


def test_a_story_told_before_is_continued_under_its_id():
    old = sale("old", seen=NOON - timedelta(days=7))
    story = Story("s1", "Sale", Language.EN, ("old", "older"), NOON - timedelta(days=9), NOON - timedelta(days=7))
    memory = Memory(known=(Known(old, FIGURES["old"], Disposition.DEVELOPMENT, "s1", issue="i1"),), stories=(story,))
    _, found = grouped(sale("b", SALE_AGAIN), memory=memory)
    assert [s.id for s in found.stories] == ["s1"]
    assert found.stories[0].articles == ("old", "older", "b")
    assert found.stories[0].title == "Sale"
    assert found.stories[0].last_seen == NOON


def test_a_merge_leaves_a_redirect_to_the_older_story():
    one = sale("a", seen=NOON - timedelta(days=3))
    two = sale("b", SALE_AGAIN, seen=NOON - timedelta(days=2))
    memory = Memory(
        known=(
            Known(one, FIGURES["a"], Disposition.DEVELOPMENT, "s1"),
            Known(two, FIGURES["b"], Disposition.DEVELOPMENT, "s2"),
            Known(article_of("n", "Choir", CHOIR), (), Disposition.REPEAT, ""),
        ),
        stories=(Story("s2", "t", Language.EN, ("b",), NOON, NOON, ("s0",)),),
    )
    _, found = grouped(sale("z", SALE_ZH, Language.HANS), memory=memory)
    assert [(s.id, s.redirects) for s in found.stories] == [("s1", ("s0", "s2"))]


def test_a_copy_stands_with_its_original():
    copy = Copy("c", "a", Disposition.COPY, 1.0, Bilingual("", ""))
    lost = Copy("d", "gone", Disposition.COPY, 1.0, Bilingual("", ""))
    groups, _ = grouped(sale("a"), article_of("c", "Choir", CHOIR), article_of("d", "x", "y"), copies=(copy, lost))
    assert groups == [["a", "c"], ["d"]]


def test_nothing_new_gives_no_story():
    assert grouped()[0] == []


def test_ids_are_stable_and_apart():
    assert story_id("a") == story_id("a") != story_id("b")
    _, found = grouped(sale("a"))
    assert found.stories[0].id == story_id("a")


def test_likeness_falls_with_the_days_but_not_to_nothing():
    days = (0, 15, 90, 400)
    made = profiles([sale(f"a{n}", seen=NOON + timedelta(days=n)) for n in days], {}, Lexis())
    near = nearness(made, timedelta(days=4))
    assert [round(float(value), 2) for value in near[0]] == [1.0, 0.79, 0.6, 0.5]
    assert nearness(made, timedelta()).min() == 1.0


def test_a_link_without_anchors_is_by_its_wording():
    plain = Topic("t", Bilingual("", ""), Bilingual("", ""), TOPIC.relevance)
    text = (
        "The old ferry stops running because the pier is rotten, the town council said after a long and loud meeting."
    )
    _, found = grouped(
        article_of("p", "Ferry stops", text),
        article_of("q", "Ferry stops", text, minutes=3),
        article_of("c", "Choir", CHOIR),
        figures={},
        topic=plain,
    )
    assert found.links[0].reason.en == "Their wording is alike."
    assert found.links[0].reason.zh == "两文用词相近。"


def test_long_texts_are_compared_by_words_short_ones_by_grams_as_well():
    long = " ".join(f"{SALE} {CHOIR}".replace("the", f"the{n}") for n in range(6))
    made = profiles([article_of("l", "Long", long), sale("a"), sale("b", SALE_AGAIN)], {}, Lexis())
    assert [p.is_short for p in made] == [False, True, True]
    alike = text_likeness(made)
    assert alike[1, 2] == alike[2, 1] > alike[0, 1]
    assert event_likeness(made, timedelta()).shape == (3, 3)


def test_rarity_is_never_negative_and_highest_for_the_unseen():
    rare = rarity([["a", "b"], ["a"], ["a", "a"]])
    assert rare.of("z") > rare.of("b") > rare.of("a") >= 0.0
    assert commoner(rare, Rarity(6, {"b": 6.0})).of("b") == 0.0 or commoner(rare, Rarity(6, {"b": 6.0})).of(
        "b"
    ) < rare.of("b")


def test_vectors_have_length_one_and_products_are_cosines():
    rare = rarity([["a", "b"], ["b", "c"], ["d"], ["e"]])
    one, two = vector({"a": 1, "b": 2}, rare), vector({"b": 0.5, "c": 1}, rare)
    assert cosine(one, one) == pytest.approx(1.0)
    assert cosine(one, two) == cosine(two, one) == pytest.approx(float(products([one], [two])[0, 0]))
    assert vector({}, rare) == {}


def test_bm25_of_a_text_with_itself_is_one():
    counts = [{"a": 2, "b": 1}, {"b": 1, "c": 3}, {"d": 1}]
    scores = bm25(counts, rarity(counts))
    assert np.allclose(np.diag(scores), 1.0)
    assert scores[0, 1] == scores[1, 0] > scores[0, 2] == 0.0
    assert bm25([], rarity([])).shape == (0, 0)


def test_strength_runs_from_nothing_to_one():
    assert strength(0.0) == strength(-1.0) == 0.0
    assert strength(1.0) == pytest.approx(1.0)
    assert strength(0.1) > 0.3


LIKE = np.array([[1, 0.8, 0.1, 0.0], [0.8, 1, 0.3, 0.0], [0.1, 0.3, 1, 0.0], [0.0, 0.0, 0.0, 1]])


def test_groups_join_by_their_mean_likeness():
    alone = [[0], [1], [2], [3]]
    found = merges(LIKE, alone, 0.05)
    assert [round(m.likeness, 3) for m in found] == [0.8, 0.2]
    assert sorted(map(sorted, joined(alone, found, 0.5))) == [[0, 1], [2], [3]]
    assert sorted(map(sorted, joined(alone, found, 0.1))) == [[0, 1, 2], [3]]


def test_a_veto_anywhere_keeps_groups_apart():
    barred = LIKE.copy()
    barred[0, 2] = barred[2, 0] = VETO
    assert len(joined([[0], [1], [2], [3]], merges(barred, [[0], [1], [2], [3]], 0.05), 0.05)) == 3
    assert merges(barred, [[0, 1], [2], [3]], 0.05) == []


def test_a_story_as_it_stands_is_met_by_its_nearest_members():
    like = np.eye(5)
    like[4, :] = like[:, 4] = (0.0, 0.0, 0.5, 0.5, 1.0)
    found = merges(like, [[0, 1, 2, 3], [4]], 0.3)
    assert [m.likeness for m in found] == [0.5]
    assert merges(like, [[4], [0, 1, 2, 3]], 0.3)[0].likeness == 0.5
    assert merges(like, [], 0.3) == []


def test_the_threshold_is_raised_while_groups_get_clearer():
    size = 12
    tight = np.full((size, size), 0.01)
    for group in (range(4), range(4, 8), range(8, 12)):
        tight[np.ix_(list(group), list(group))] = 0.5
    np.fill_diagonal(tight, 1.0)
    assert calibrated(tight) == 0.25
    loose = tight.copy()
    loose[loose == 0.5] = 0.07
    assert calibrated(loose) < 0.08
    assert silhouette(tight, [[n] for n in range(size)]) == 0.0
    assert silhouette(tight, [list(range(size))]) == 0.0


def test_the_bodies_and_rules_that_make_a_topic_say_less_than_a_place():
    topic = replace(TOPIC, relevance=Relevance((Term(("@bureau", "@hill"), 1.0),)))
    stale = common_names(topic)
    assert stale == {"name bureau"}
    article = article_of("a", "t", "The Records Bureau went to Hill City.")
    assert (
        anchors(article, (), Lexis(GLOSSARY), stale)["name bureau"]
        < anchors(article, (), Lexis(GLOSSARY))["name bureau"]
    )


def test_stories_that_were_told_as_two_need_better_grounds_to_become_one():
    likeness = np.array([[1.0, 0.5, 0.5, VETO], [0.5, 1.0, 0.5, 0.5], [0.5, 0.5, 1.0, 0.5], [VETO, 0.5, 0.5, 1.0]])

    keep_apart(likeness, [[0, 1], [], [3]])

    assert likeness[0, 1] == 0.5  # one story
    assert likeness[1, 3] == likeness[3, 1] == 0.5 * TOLD_APART  # two that were told
    assert likeness[0, 3] == VETO
    assert likeness[1, 2] == 0.5  # the third is new


def test_a_year_alone_says_less_than_a_day():
    found = anchors(article_of("a", "Fees", "Set on 3 May, the fees were last changed in 2019."), (), Lexis())
    assert found["day 05-03"] > 4 * found["day 2019"]


def test_a_long_story_keeps_what_is_its_own():
    """An amount that all of its reports recall is as rare as in one report: follow-ups are tied by it."""
    made = profiles([sale(f"a{n}") for n in range(8)], {f"a{n}": FIGURES["a"] for n in range(8)}, Lexis())
    alone = evidence(made, [[n] for n in range(8)])
    told = evidence(made, [list(range(7)), [7]])
    assert told[0, 7] > alone[0, 7] > 0


def test_what_every_third_story_names_says_nothing():
    made = profiles([sale(f"a{n}") for n in range(30)], {f"a{n}": FIGURES["a"] for n in range(30)}, Lexis())
    assert evidence(made, [[n] for n in range(30)])[0, 1] == 0


def test_a_recalled_amount_ties_texts_that_share_few_words():
    """A count is shared by chance, an amount to the thousand is not."""
    texts = ("The ferry sank and the crew of 31 swam ashore.", "A harvest of pears; no crew was needed on the hill.")
    pair = [article_of(name, text.split()[1], text) for name, text in zip("ab", texts, strict=True)]
    by_kind = [
        event_likeness(profiles(pair, dict.fromkeys("ab", (figure_of(value, kind),)), Lexis()), timedelta())[0, 1]
        for value, kind in (("86420", Kind.MONEY), ("86420", Kind.COUNT))
    ]
    assert by_kind[0] > by_kind[1]
