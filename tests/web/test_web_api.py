import json
import re
from urllib.parse import quote

import pytest

from briefing.codec import decoded
from briefing.model.issue import Issue
from briefing.web.api import Fault
from briefing.web.openapi import PATHS, WRITES, document

from .conftest import TOPIC


def ask(site, path):
    got = site.ask(path)
    if got.status in {301, 308}:  # a story that was merged into another
        got = site.ask(got.headers["location"])
    assert got.headers["content-type"].startswith("application/json")
    return json.loads(got.body)


def test_the_document_describes_every_path_and_every_type(site):
    made = ask(site, "/api/openapi.json")

    assert made["openapi"] == "3.1.0"
    assert set(made["paths"]) == {path for path, *_ in (*PATHS, *WRITES)}
    text = json.dumps(made)
    for ref in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert ref in made["components"]["schemas"]


@pytest.mark.parametrize("number", range(len(PATHS)))
def test_what_is_sent_has_the_fields_that_the_document_names(site, number):
    path, _, shape, _ = PATHS[number]
    figures = ask(site, "/api/search?q=yuan&kind=figure")["hits"]
    stories = ask(site, "/api/search?q=data&kind=story")["hits"]
    places = {
        "topic": TOPIC,
        "issue": "2024-09-06-weekly",
        "story": stories[0]["address"].rpartition("/")[2].removesuffix(".html"),
        "figure": figures[0]["address"].rpartition("/")[2].removesuffix(".html"),
    }
    made = document(site.origin, site.desk.topics)
    got = ask(
        site, path.format(**places) + ("?q=data" if "search" in path else "?since=30d" if "briefing" in path else "")
    )

    assert set(got) == set(made["components"]["schemas"][shape.__name__]["properties"])


def test_an_issue_from_the_api_reads_back_as_the_issue(site):
    issue = decoded(Issue, site.ask(f"/api/topics/{TOPIC}/issues/2024-09-06-weekly").body)

    assert (issue.id, issue.number) == ("2024-09-06-weekly", 2)


def test_what_went_wrong_is_json_too(site):
    assert ask(site, "/api/topics/none/issues") == {"status": 404, "message": "There is nothing here"}
    assert ask(site, "/api/none")["status"] == 404
    assert ask(site, "/api/search?kind=x&ui=zh")["message"] == "无法理解这个请求"
    assert set(Fault.__slots__) == {"status", "message"}


def test_search_tells_where_more_is(site):
    first = ask(site, "/api/search?q=data")
    assert len(first["hits"]) <= 20
    if first["more"]:
        second = ask(site, "/api/search?q=data&page=2")
        assert not {json.dumps(hit) for hit in first["hits"]} & {json.dumps(hit) for hit in second["hits"]}


def fits(shape, value):
    if "anyOf" in shape:
        return any(fits(one, value) for one in shape["anyOf"])
    if shape.get("format") == "date":
        return value == "2024-09-06"
    return value in shape["enum"] if "enum" in shape else re.search(shape["pattern"], value) is not None


def test_a_filter_is_taken_exactly_where_the_document_allows_it(site):
    described = json.loads(site.ask("/api/openapi.json").body)["paths"]["/api/search"]["get"]["parameters"]
    shapes = {one["name"]: one["schema"] for one in described}
    closed = {"topic", "kind", "language", "status", "since", "until", "page", "ui"}
    tried = ["", "story", "Story", " story ", "en", "zh-Hans", "new", "2024-09-06", "2024-9-6", "٢٠٢٤-٠٩-٠٦", "1", "01",
             "50", "51", "0", "x", "2024-02-30", TOPIC, "zh"]  # fmt: skip

    for name in closed:
        for value in tried:
            expected = 200 if fits(shapes[name], value) else 400
            assert site.ask(f"/api/search?q=data&{name}={quote(value)}").status == expected, (name, value)
