import json
import tomllib
from datetime import UTC, datetime

import pytest

from briefing.model.entry import Fetched
from briefing.model.source import FieldMap, Source, SourceKind
from briefing.read.discovery import lines_for
from briefing.read.document import read_document
from briefing.read.mapping import embedded_lines, records_lines

NOW = datetime(2024, 6, 25, tzinfo=UTC)
CAIXIN = {"code": 0, "data": {"page": 1, "articleList": [
    {"title": "数据资产入表", "summary": "两家公司", "url": "https://a.example/1", "time": 1719277200, "contentId": n}
    for n in range(3)], "ads": [{"name": "an advertisement"}, {"name": "another"}]}}  # fmt: skip
YICAI = [{"NewsTitle": "Audit finds a gap", "CreateDate": "2024-06-25T09:00:00", "NewsID": n} for n in range(2)]


def read(value):
    address = "https://api.example/list"
    return Fetched(address, address, value if isinstance(value, bytes) else json.dumps(value).encode())


def source_in(lines):
    (found,) = tomllib.loads("\n".join(lines))["source"]
    return found


def test_the_richest_list_of_a_chinese_answer_is_mapped():
    lines = lines_for(read(CAIXIN), NOW)
    assert lines[:3] == ("# 3 records, for example", "#   数据资产入表", "#   数据资产入表")
    assert source_in(lines)["fields"] == {
        "items": "data.articleList[]",
        "title": "title",
        "link": "url",
        "date": "time",
        "summary": "summary",
        "guid": "contentId",
    }


def test_a_bare_english_list_without_addresses_asks_for_a_template():
    lines = records_lines(read(YICAI), "yicai")
    assert "link_template" in lines[3]
    assert source_in(lines)["fields"] == {"items": "[]", "title": "NewsTitle", "date": "CreateDate", "guid": "NewsID"}


@pytest.mark.parametrize(
    "value",
    [b"<html>", b"{", 3, {}, [], [1, 2], [{"title": "one"}], [{"x": 1}, {"x": 2}], [{"title": ""}, {"title": None}],
     {"a b": [{"title": "x"}, {"title": "y"}]}],
)  # fmt: skip
def test_what_is_no_list_of_records_has_no_map(value):
    assert records_lines(read(value), "x") == ()


@pytest.mark.parametrize(
    ("script", "selector"),
    [
        ("id='__NEXT_DATA__'>window.x = {};", "script#__NEXT_DATA__"),
        ("type='application/json'>{}", 'script[type="application/json"]'),
    ],
)
def test_a_list_in_a_script_of_a_page_is_mapped_and_the_lines_read_it(script, selector):
    news = {"props": {"hotNews": [{"name": f"第{n}条新闻", "contId": str(n)} for n in range(3)], "tags": ["a"]}}
    text = script.replace("{}", json.dumps(news))
    page = read(f"<html><script>let a = 1</script><script {text}</script><body><p>…</p></body></html>".encode())
    found = source_in(lines_for(page, NOW))
    assert found["fields"] == {
        "items": "props.hotNews[]",
        "title": "name",
        "guid": "contId",
        "embedded": selector,
    }
    fields = FieldMap(**found["fields"], link_template="https://a.example/{guid}")
    parsed = read_document(Source("x", found["address"], SourceKind.RECORDS, fields=fields), page, NOW)
    assert [entry.link for entry in parsed.entries] == [f"https://a.example/{n}" for n in range(3)]


@pytest.mark.parametrize("body", [b"", b"<html><script id='x'>let y = 3</script>", b"<html><script>[1]</script>"])
def test_a_page_without_a_list_in_its_scripts_has_no_map(body):
    assert embedded_lines(read(body), "x") == ()


def test_a_hundred_levels_are_not_looked_through():
    value = [{"title": "x"}, {"title": "y"}]
    for _ in range(100):
        value = {"a": value}
    assert records_lines(read(value), "x") == ()


def test_the_lines_of_a_chinese_page_name_its_language_and_zone():
    rows = "".join(f"<li><a href='/c/{n}.html'>审计署公布第{n}号公告</a><span>06-2{n}</span></li>" for n in range(5))
    found = source_in(lines_for(read(f"<html><body><ul>{rows}</ul></body></html>".encode()), NOW))
    assert (found["language"], found["zone"]) == ("zh-Hans", "Asia/Shanghai")
