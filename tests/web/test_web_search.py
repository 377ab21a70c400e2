import json
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from briefing.compose.escaping import HIT, clean, marked_lines
from briefing.compose.escaping import marked as escaped
from briefing.model.issue import PERSONAL
from briefing.web.marks import excerpt, marked, plain, runs


@pytest.mark.parametrize(
    ("words", "hit"), [("衡阳", "衡阳"), ("数", "数"), ("Hengyang", "Hengyang"), ("hunan", "Hunan")]
)
def test_words_of_any_length_are_found_and_marked(site, words, hit):
    page = site.ask(f"/search?q={words}&ui=en")

    assert f"<mark>{hit}</mark>" in page.text


def test_a_hit_leads_to_its_own_page_and_its_issue(site):
    tree = html.fromstring(site.ask("/search?q=衡阳&kind=figure&ui=zh").body)
    own, issue = tree.xpath("//article//h3/a/@href")[0], tree.xpath("//article/p/a/@href")[0]
    page, _, place = issue.partition("#")

    assert site.ask(own).status == 200
    assert f'id="{place}"' in site.ask(page).text


@pytest.mark.parametrize(
    "narrowed",
    ["kind=figure", "kind=left-out", "language=zh-Hans", "status=off_topic", "since=2024-09-01", "until=2024-09-01"],
)
def test_filters_only_ever_take_away(site, narrowed):
    def hits(more=""):
        return set(html.fromstring(site.ask(f"/search?q=data&ui=en{more}").body).xpath("//article//h3/a/@href"))

    every = set().union(*(hits(f"&page={page}") for page in range(1, 6)))
    assert hits(f"&{narrowed}") <= every or narrowed.startswith(("kind", "language", "status"))


def test_an_outlet_narrows_the_search(site):
    tree = html.fromstring(site.ask("/search?q=数据&outlet=数政观察&ui=zh").body)
    heads = tree.xpath("//article/p[1]")

    assert heads
    assert all("数政观察" in head.text_content() for head in heads)


@pytest.mark.parametrize(
    "wrong", ["since=2024", "since=2024-02-31", "kind=all", "page=0", "page=x", "topic=none", "status=<b>"]
)
def test_a_filter_that_cannot_be_is_a_plain_answer(site, wrong):
    assert site.ask(f"/search?q=data&{wrong}").status == 400


def test_a_search_without_words_is_only_the_form(site):
    for words in ("", "%20", "%E3%80%82", "%22*"):
        page = site.ask(f"/search?q={words}&ui=en")
        assert page.status == 200
        assert "<article" not in page.text


def test_every_search_has_a_feed(site):
    feed = etree.fromstring(site.ask(site.ask("/search?q=衡阳&ui=zh").link(r"^/search\.atom")).body)

    assert len(feed.findall("{*}entry")) >= 2
    ids = [e.text for e in feed.findall("{*}entry/{*}id")]
    assert len(ids) == len(set(ids))


def test_a_feed_of_a_search_is_the_same_as_json(site):
    tree = etree.fromstring(site.ask("/search.atom?q=衡阳&ui=zh").body)
    feed = json.loads(site.ask("/search.feed.json?q=衡阳&ui=zh").body)

    assert [item["id"] for item in feed["items"]] == [e.text for e in tree.findall("{*}entry/{*}id")]
    assert feed["version"].endswith("/1.1")
    assert feed["home_page_url"] == f"{site.origin}/search?q=%E8%A1%A1%E9%98%B3&ui=zh"


def marks(text, words):
    """The hits that were marked."""
    return re.findall("⟦(.*?)⟧", marked(text, runs(words)))


@given(st.text(max_size=80), st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_marking_never_changes_the_text(text, words):
    bare = text.replace("⟦", "[").replace("⟧", "]")

    assert plain(marked(text, runs(words))) == bare
    shown = plain(excerpt(text, runs(words))).removeprefix("…").removesuffix("…")
    assert shown in " ".join(bare.split()) or "…" in text


@given(
    st.lists(st.sampled_from(["数", "数据", "据", "Data", "dat", "İ", "9.2", " "]), max_size=12),
    st.sampled_from(["数据", "数 据", "data", "dat data", "9.2 数据", "i"]),
)
def test_what_is_marked_is_what_was_searched_for_in_pairs_that_never_overlap(parts, words):
    text = marked("".join(parts), runs(words))

    assert re.fullmatch("[^⟦⟧]*(?:⟦[^⟦⟧]+⟧[^⟦⟧]*)*", text)
    assert {hit.lower() for hit in re.findall("⟦(.*?)⟧", text)} <= set(words.lower().split())


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4), st.text(max_size=20))
@example(["⟦\n⟧", f"数据{PERSONAL}<b>", "\u2028", ""], f"{PERSONAL} b")
def test_texts_that_are_marked_and_escaped_as_one_are_what_each_is_alone(texts, words):
    wanted, lines = runs(words), [clean(text) for text in texts]

    assert marked_lines(marked("\n".join(lines), wanted)) == [escaped(marked(line, wanted)) for line in lines]


def test_the_excerpt_stands_around_the_hit():
    text = "前" * 300 + "衡阳公共数据" + "后" * 300
    shown = excerpt(text, runs("衡阳"))

    assert "".join((*HIT[0], "衡阳", *HIT[1])) in shown
    assert shown[0] == shown[-1] == "…"
    assert len(shown) < 200


def test_a_word_with_signs_of_patterns_is_only_a_word():
    assert marks("a+b (aab)", "a+b") == ["a", "b", "a", "a", "b"]
    assert marks("costs 9.2 or 9x2", "9.2") == ["9.2"]


@pytest.mark.parametrize("words", ["<b>数据</b>", "gap-4e7b0c-results- 数据", '"数据" onclick=', "⟦数据⟧"])
def test_words_of_a_search_stand_only_where_words_belong(site, words):
    page = site.ask(f"/search?q={quote(words)}&ui=en")
    tree = html.fromstring(page.body)

    assert page.status == 200
    assert tree.xpath("//input[@name='q']/@value") == [words.replace("⟦", "").replace("⟧", "")]
    assert len(tree.xpath("//main//article")) <= 10
    assert not tree.xpath("//main//b")
    other = tree.xpath("//nav//a[@hreflang]/@href")[0]
    assert parse_qs(urlsplit(other).query)["q"] == [words]


def test_a_filter_never_stands_for_a_part_of_the_page(site):
    assert site.ask("/search?q=data&outlet=gap-4e7b0c-results-").status == 400


def test_the_longer_way_through_a_search_shows_every_hit_once(site):
    seen, address = [], "/search?q=data&ui=en"
    while address:
        tree = html.fromstring(site.ask(address).body)
        seen += zip(tree.xpath("//article//h3/a/@href"), tree.xpath("//article/p[1]/a/@href"), strict=True)
        address = next(iter(tree.xpath("//section//a[.='More']/@href")), "")

    assert len(seen) > 10
    kinds = [own for own, _ in seen if "/stories/" in own or "/figures/" in own]
    assert len(kinds) == len({(own, issue) for own, issue in seen if own in kinds})


def test_why_an_item_was_left_out_is_told_in_the_language_of_the_page(site):
    for ui, told, other in (
        ("ui=en", "neighbouring subject", "相邻话题"),
        ("ui=zh", "相邻话题", "neighbouring subject"),
    ):
        for path in ("/search", "/api/search", "/search.atom"):
            found = site.ask(f"{path}?q=审计&kind=left-out&{ui}").text
            assert told in found, (path, ui)
            assert other not in found, (path, ui)


def test_a_desk_without_a_name_has_one_in_each_language(site):
    assert '<p class="brand">Briefing</p>' in site.ask("/search?ui=en").text
    assert '<p class="brand">简报</p>' in site.ask("/search?ui=zh").text
