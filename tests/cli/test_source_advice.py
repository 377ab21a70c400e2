"""What `briefing sources test` advises where no entries come, in the words of somebody who has never seen it."""

import json

import pytest
from command import run

from briefing.cli.sources import remedy
from briefing.model.entry import Failed, FailureReason

LIST = json.dumps(
    [{"id": n, "title": f"湾区审计局公布第{n}号审计结果公告", "url": f"https://a.example/{n}"} for n in range(9)]
)
HOME = "<html><head><link rel='alternate' type='application/rss+xml' title='News' href='https://a.example/feed'></head>"
EMPTY = "<rss version='2.0'><channel><title>Harbour</title></channel></rss>"


@pytest.mark.parametrize(
    ("failed", "words"),
    [
        (Failed("http://a.example", FailureReason.REFUSED_ADDRESS), "private_hosts"),
        (Failed("http://a.example", FailureReason.STATUS, retry_after_s=7200, status=429), "in 120 minutes"),
        (Failed("http://a.example", FailureReason.STATUS, status=404), "sources add SITE"),
        (Failed("http://a.example", FailureReason.GONE, status=410), "sources add SITE"),
        (Failed("http://a.example", FailureReason.TIMEOUT), "nothing was stored"),
    ],
)
def test_each_failure_says_what_to_do(failed, words):
    assert words in remedy(failed)


@pytest.mark.parametrize(
    ("body", "said", "unsaid"),
    [
        (LIST, "paste these lines into the desk's feeds/china-data-finance/sources.toml", "nothing here"),
        (HOME, "`briefing sources add https://a.example/feed` takes it in", "paste"),
        (EMPTY, "it holds no entries", "nothing here"),
        ("<html><p>words</p></html>", "nothing here looks like a list", "paste"),
    ],
)
def test_what_came_is_followed_by_the_next_step(body, said, unsaid, tmp_path, capsys):
    run("init", str(tmp_path / "mine"))
    page = tmp_path / "page.html"
    page.write_text(body, encoding="utf-8")
    output = run("sources", "test", page.as_uri(), folder=tmp_path / "mine") + capsys.readouterr().err
    assert said in output
    assert unsaid not in output
