import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from briefing.web.marks import excerpt, pieces


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

    every = hits()
    assert hits(f"&{narrowed}") <= every | hits("&page=2") or narrowed.startswith(("kind", "language", "status"))


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


@given(st.text(max_size=80), st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_marking_never_changes_the_text(text, words):
    assert "".join(piece.text for piece in pieces(text, words)) == text
    shown = "".join(piece.text for piece in excerpt(text, words)).removeprefix("…").removesuffix("…")
    assert shown in " ".join(text.split()) or "…" in text


def test_the_excerpt_stands_around_the_hit():
    text = "前" * 300 + "衡阳公共数据" + "后" * 300
    shown = excerpt(text, "衡阳")

    assert [piece.text for piece in shown if piece.is_hit] == ["衡阳"]
    assert shown[0].text == shown[-1].text == "…"
    assert sum(len(piece.text) for piece in shown) < 200


def test_a_word_with_signs_of_patterns_is_only_a_word():
    assert [p.text for p in pieces("a+b (aab)", "a+b") if p.is_hit] == ["a", "b", "a", "a", "b"]
    assert [p.text for p in pieces("costs 9.2 or 9x2", "9.2") if p.is_hit] == ["9.2"]
