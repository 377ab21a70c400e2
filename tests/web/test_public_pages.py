import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from urllib.parse import urljoin

import pytest
from lxml import etree, html

from briefing.codec import decoded
from briefing.compose.links import figure_slug, with_pages
from briefing.model.issue import Issue
from briefing.store.memory import Remembered

TOPIC = "china-data-finance"
PAGES = (
    f"/{TOPIC}/index.html",
    f"/{TOPIC}/index.zh.html",
    f"/{TOPIC}/archive/2024.html",
    f"/{TOPIC}/archive/2024.zh.html",
    f"/{TOPIC}/changes.html",
    f"/{TOPIC}/changes.zh.html?from=2024-08-30-weekly&to=2024-09-06-weekly",
    "/search?q=数据&ui=zh",
    "/search?q=data&ui=en",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_its_language_and_links_the_other(site, path):
    page = site.ask(path)
    tree = html.fromstring(page.body)
    chinese = ".zh." in path or "ui=zh" in path

    assert page.status == 200
    assert tree.get("lang") == ("zh-Hans" if chinese else "en")
    other = tree.xpath("//nav/a[@hreflang]")[0]
    assert other.get("hreflang") == ("en" if chinese else "zh-Hans")
    back = html.fromstring(site.ask(other.get("href")).body)
    assert back.get("lang") == other.get("hreflang")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_or_allows_script(site, path):
    page = site.ask(path)

    assert "<script" not in page.text
    assert not re.search(r"\son[a-z]+=|javascript:|style=", page.text)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_the_first_page_of_a_desk_with_one_topic_is_that_topic(site):
    assert site.ask("/").headers["location"] == f"/{TOPIC}/index.html"
    assert site.ask("/", Accept_Language="zh-CN,zh;q=0.9,en;q=0.8").headers["location"] == f"/{TOPIC}/index.zh.html"
    assert site.ask("/", Accept_Language="en-GB,zh;q=0.4").headers["location"] == f"/{TOPIC}/index.html"


def test_a_topic_page_offers_one_field_to_subscribe_and_the_latest_issue(site):
    page = site.ask(f"/{TOPIC}/index.html")
    tree = html.fromstring(page.body)
    form = tree.xpath("//form[@method='post']")[0]

    assert [i.get("name") for i in form.xpath(".//input[not(@type='hidden')]")] == ["website", "address"]
    assert tree.xpath("//h3/a/@href")[0] == f"/{TOPIC}/2024-09-20-weekly/index.html"


def test_a_figure_that_is_contradicted_never_stands_without_the_other_reading(site):
    story = site.ask(f"/{TOPIC}/2024-08-30-weekly/index.html").link(r"stories/[^#]*$").removeprefix("../")
    rows = html.fromstring(site.ask(f"/{TOPIC}/{story}").body).xpath("//li[contains(., 'Slip elsewhere')]")

    assert rows
    assert all(" says " in row.text_content() for row in rows)


def test_an_issue_page_is_the_file_of_the_archive(site, sample):
    for name in ("index.html", "index.zh.html", "issue.txt", "issue.zh.txt", "issue.json"):
        file = sample / "archive" / TOPIC / "2024-09-06-weekly" / name
        assert site.ask(f"/{TOPIC}/2024-09-06-weekly/{name}").body == with_pages(file.read_bytes())


def test_an_issue_page_is_sent_compressed_where_the_browser_takes_it(site):
    packed = site.ask(f"/{TOPIC}/2024-09-06-weekly/index.html", Accept_Encoding="gzip")
    whole = site.ask(f"/{TOPIC}/2024-09-06-weekly/index.html")

    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(whole.body) / 3
    assert packed.headers["vary"] == "Accept-Encoding"


def test_a_browser_that_has_the_page_gets_no_second_copy(site):
    for path in (f"/{TOPIC}/2024-09-06-weekly/index.html", f"/{TOPIC}/index.html", f"/{TOPIC}/feed.atom"):
        first = site.ask(path)
        assert first.headers["cache-control"].startswith("public, max-age=")
        again = site.ask(path, If_None_Match=f'"other", W/{first.headers["etag"]}')
        assert (again.status, again.body) == (304, b"")
        assert site.ask(path, If_None_Match='"other"').status == 200


def test_the_letter_of_an_issue_is_not_served(site):
    assert site.ask(f"/{TOPIC}/2024-09-06-weekly/issue.eml").status == 404


def test_the_archive_tells_what_each_issue_found(site):
    tree = html.fromstring(site.ask(f"/{TOPIC}/archive/2024.html").body)
    items = tree.xpath("//article")

    assert len(items) == 3
    assert all(item.xpath(".//h3/a/text()")[0] and item.xpath(".//p[last()]/text()")[0] for item in items)
    assert site.ask(f"/{TOPIC}/archive/1999.html").status == 404
    assert site.ask(f"/{TOPIC}/archive/²⁰²⁴.html").status == 404


def test_the_feed_lists_every_issue_newest_first(site):
    feed = etree.fromstring(site.ask(f"/{TOPIC}/feed.zh.atom").body)
    entries = feed.findall("{*}entry/{*}link")

    assert [e.get("href").removeprefix(site.origin) for e in entries] == [
        f"/{TOPIC}/{day}-weekly/index.zh.html" for day in ("2024-09-20", "2024-09-06", "2024-08-30")
    ]


def test_a_figure_page_shows_both_readings_with_their_words(site):
    told = site.ask(f"/{TOPIC}/2024-08-30-weekly/index.html").link("figures/fees-charged-units-of-four")
    page = site.ask(f"/{TOPIC}/{told.removeprefix('../')}")

    assert page.status == 200
    assert "248 million yuan" in page.text
    assert "2.48 billion yuan" in page.text
    assert "Scale slip" in page.text
    assert "<polyline" in page.text


def test_a_story_page_names_the_issues_and_who_copied_whom(site):
    issue = json.loads(site.ask(f"/{TOPIC}/2024-08-30-weekly/issue.json").body)
    copied = next(d for d in issue["developments"] + issue["brief"] if any(c["role"] == "copy" for c in d["coverage"]))
    page = site.ask(f"/{TOPIC}/stories/{copied['story']}.html")
    tree = html.fromstring(page.body)

    assert page.status == 200
    assert tree.xpath("//ul[@class='tree']/li/ul[@class='tree']/li")
    assert f"/{TOPIC}/2024-08-30-weekly/index.html#story-" in page.text


def test_a_story_that_was_merged_is_found_at_its_old_address(own_site):
    memory = Remembered(own_site.desk.database, TOPIC, "weekly")
    kept, gone, *_ = memory.stories_since(datetime(2024, 1, 1, tzinfo=UTC))
    with own_site.desk.database.transaction():
        memory.keep_story(replace(kept, redirects=(gone.id,)))

    page = own_site.ask(f"/{TOPIC}/stories/{gone.id}.zh.html")

    assert (page.status, page.headers["location"]) == (301, f"/{TOPIC}/stories/{kept.id}.zh.html")


def test_no_quotation_mixes_two_outlets(site):
    for hit in json.loads(site.ask("/api/search?q=data&kind=story").body)["hits"]:
        path = hit["address"].removeprefix(site.origin)
        path = site.ask(path).headers.get("location", path)  # one that was merged stands elsewhere
        shown = html.fromstring(site.ask(path).body).xpath("//blockquote")
        told = json.loads(site.ask(f"/api/topics/{TOPIC}/stories/{path.rpartition('/')[2].removesuffix('.html')}").body)
        extracts = [e for chapter in told["chapters"] for e in chapter["told"]["extracts"]]
        assert len(shown) == len(
            {(e["article"], n) for n, c in enumerate(told["chapters"]) for e in c["told"]["extracts"]}
        )
        for quote in shown:
            outlet = quote.xpath(".//span[@class='soft']")[0].text_content()
            assert all(e["outlet"] == outlet for e in extracts if e["text"] in quote.text_content())


def test_changes_between_two_issues_are_facts(site):
    page = site.ask(f"/{TOPIC}/changes.html?from=2024-08-30-weekly&to=2024-09-20-weekly")
    turned = site.ask(f"/{TOPIC}/changes.html?to=2024-08-30-weekly&from=2024-09-20-weekly")

    assert "After issue 1, up to and with issue 3." in page.text
    assert "in no issue yet" in page.text
    assert "After issue 1, up to and with issue 3." in turned.text
    assert site.ask(f"/{TOPIC}/changes.html?from=2024-08-30-weekly&to=2099-01-01").status == 404


def test_what_is_not_there_is_said_in_plain_words(site):
    for path in (
        "/nothing",
        f"/{TOPIC}/2024-01-01/index.html",
        f"/{TOPIC}/stories/none.html",
        f"/{TOPIC}/figures/x.html",
    ):
        page = site.ask(path)
        assert page.status == 404
        assert "There is nothing here" in page.text
    assert "这里没有内容" in site.ask("/nothing?ui=zh").text
    assert "这里没有内容" in site.ask("/nothing.zh.html").text
    assert site.ask(f"/{TOPIC}/index.html", "DELETE").status == 405


def test_the_style_sheet_may_be_kept_for_good(site):
    sheet = site.ask(site.ask(f"/{TOPIC}/index.html").link(r"^/look\."))

    assert sheet.headers["content-type"].startswith("text/css")
    assert sheet.headers["cache-control"] == "public, max-age=31536000"
    assert "@media print" in sheet.text
    assert "prefers-color-scheme:dark" in sheet.text


def test_every_link_of_every_page_leads_somewhere(site):
    wanted, seen = {"/china-data-finance/index.html", "/china-data-finance/index.zh.html", "/sitemap.xml"}, set()
    while wanted - seen:
        path = (wanted - seen).pop()
        seen.add(path)
        page = site.ask(path)
        assert page.status in {200, 302}, path
        kind = page.headers.get("content-type", "")
        if ("text/html" in kind or "/xml" in kind) and "/search" not in path:
            links = re.findall(r'(?:href|action)="([^"#]+)|<loc>([^<]*)', page.text.replace("&amp;", "&"))
            there = {urljoin(site.origin + path, link or loc) for link, loc in links}
            own = {address.removeprefix(site.origin) for address in there if address.startswith(site.origin)}
            wanted |= {link for link in own if link.startswith(("/china", "/search", "/look"))}
    assert len(seen) > 60


def test_an_issue_page_links_each_story_and_figure_to_its_own_page(site):
    issue = decoded(Issue, site.ask(f"/{TOPIC}/2024-09-06-weekly/issue.json").text)
    for tag in ("", ".zh"):
        links = set(html.fromstring(site.ask(f"/{TOPIC}/2024-09-06-weekly/index{tag}.html").body).xpath("//a/@href"))
        assert {f"../stories/{told.story}{tag}.html" for told in issue.developments} <= links
        assert {f"../figures/{figure_slug(line.key)}{tag}.html" for line in issue.figures} <= links
        assert f"../changes{tag}.html?from=2024-08-30-weekly&to=2024-09-06-weekly" in links


def test_an_archive_that_is_read_from_a_disk_has_no_link_to_pages_that_only_a_desk_has(sample):
    page = html.fromstring((sample / "archive" / TOPIC / "2024-09-06-weekly" / "index.html").read_bytes())

    assert not [link for link in page.xpath("//a/@href") if link.startswith(("../stories", "../figures", "../changes"))]
    assert "The story so far" in page.text_content()
    assert all(link.get("hidden") is not None or link.get("class") == "i" for link in page.xpath("//a[not(@href)]"))


def test_changes_begin_with_the_last_two_issues(site):
    bare, named = (
        site.ask(f"/{TOPIC}/changes.html{more}") for more in ("", "?from=2024-09-06-weekly&to=2024-09-20-weekly")
    )

    chosen = html.fromstring(bare.body).xpath("//option[@selected]/@value")
    assert chosen == ["2024-09-06-weekly", "2024-09-20-weekly"]
    assert html.fromstring(named.body).xpath("//main//section//text()") == html.fromstring(bare.body).xpath(
        "//main//section//text()"
    )


@pytest.mark.parametrize("path", [p for p in PAGES if "?" not in p] + [f"/{TOPIC}/2024-09-06-weekly/index.zh.html"])
def test_every_page_says_where_it_truly_stands_in_each_language(site, path):
    page = site.ask(path, Host="other.example")
    tree = html.fromstring(page.body)
    said = page.headers.get("link", "")
    own = tree.xpath("//link[@rel='canonical']/@href") or re.findall(r'<([^>]*)>; rel="canonical"', said)
    others = (
        tree.xpath("//link[@rel='alternate'][@hreflang]/@href")
        if not said
        else re.findall(r'<([^>]*)>; rel="alternate"', said)
    )

    assert own == [site.origin + path]
    assert all(other.startswith(site.origin) for other in others)
    assert {site.ask(other.removeprefix(site.origin)).status for other in others} == {200}
    assert tree.xpath("//meta[@property='og:title']/@content")[0]
    assert tree.xpath("//meta[@name='twitter:card']/@content") == ["summary"]


def test_the_sitemap_names_every_issue_story_and_figure_in_both_languages(site):
    index = etree.fromstring(site.ask("/sitemap.xml").body)
    named = etree.fromstring(site.ask(index.findtext("{*}sitemap/{*}loc").removeprefix(site.origin)).body)
    places = {url.findtext("{*}loc").removeprefix(site.origin) for url in named}

    for issue in ("2024-08-30-weekly", "2024-09-06-weekly", "2024-09-20-weekly"):
        assert {f"/{TOPIC}/{issue}/index.html", f"/{TOPIC}/{issue}/index.zh.html"} <= places
    assert sum("/stories/" in place for place in places) >= 6
    assert sum("/figures/" in place for place in places) >= 20
    assert f"Sitemap: {site.origin}/sitemap.xml" in site.ask("/robots.txt").text


@pytest.mark.parametrize("path", [*PAGES, f"/{TOPIC}/2024-09-06-weekly/index.html", "/briefing?ui=en", "/nothing"])
def test_headings_never_skip_a_level(site, path):
    levels = [int(tag.tag[1]) for tag in html.fromstring(site.ask(path).body).xpath("//h1|//h2|//h3|//h4")]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("ui", "told"), [("en", "There is nothing here"), ("zh", "这里没有内容")])
def test_a_page_that_is_not_there_offers_a_search(site, ui, told):
    page = site.ask(f"/nothing?ui={ui}")

    assert page.status == 404
    assert told in page.text
    assert html.fromstring(page.body).xpath("//form[@action='/search']//input[@name='q']")


@pytest.mark.parametrize(("tag", "told"), [("", "until two issues are published"), (".zh", "出版两期之后")])
def test_a_desk_without_issues_says_so_and_offers_no_empty_choice(own_site, tag, told):
    own_site.desk.database.connection.execute("DELETE FROM issue")
    page = own_site.ask(f"/{TOPIC}/changes{tag}.html")

    assert told in page.text
    assert "<select" not in page.text
    assert own_site.ask(f"/{TOPIC}/index{tag}.html").status == 200


def test_a_figure_is_called_the_same_on_every_page_as_in_its_issue(site):
    told = html.fromstring(site.ask(f"/{TOPIC}/2024-09-06-weekly/index.html").body)
    (line,) = {
        a.get("href")
        for a in told.xpath("//a[contains(., 'Fees charged without approval, Hunan')]")
        if "/figures/" in a.get("href", "")
    }
    path = f"/{TOPIC}/{line.removeprefix('../')}"

    assert "In doubt" in told.text_content()
    for page in (path, f"/{TOPIC}/changes.html?from=2024-08-30-weekly&to=2024-09-06-weekly"):
        assert "In doubt" in site.ask(page).text
    assert "存疑" in site.ask(path.replace(".html", ".zh.html")).text
    for status, words in (("doubted", "Hunan"), ("slip-elsewhere", "248 million")):
        hits = json.loads(site.ask(f"/api/search?kind=figure&status={status}&q={words}").body)["hits"]
        assert {hit["status"] for hit in hits} == {status}
