"""The benchmark of reading measures what it says, on a small folder of the same layout."""

import io
import json
import re
import subprocess
import sys
import tarfile
from pathlib import Path

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "feeds.py"
ITEM = "<item><title>港口公布数据清单第{n}号文件</title><link>https://nanwan.example/{n}</link></item>"
KEYS = {"documents", "crashed", "counts_wrong", "s_per_1000", "slowest_s"}
KEYS |= {"titles.right", "titles.all", "dates.right", "dates.all"}


DATED = b"""<rss><channel><link>https://www.economist.com/</link><item><title>A harbour counts</title>
<link>https://www.economist.com/1</link><pubDate>Tue, 25 Jun 2024 08:00:00 GMT</pubDate></item></channel></rss>"""
ANSWER = {"request": {"url": "https://a.example/"}, "response": {"body": '{"datas": [{"desc": "t"}]}'}}


def feed(*numbers, word="清单"):
    items = "".join(ITEM.format(n=n).replace("清单", word) for n in numbers)
    return f'<?xml version="1.0" encoding="utf-8"?><rss><channel>{items}</channel></rss>'.encode()


def test_every_measure_is_written(tmp_path):
    files = {
        "a/one.xml": feed(*range(1, 31)),
        "a/two.xml": feed(1, 2),
        "a/page.html": b"<html><p>words</p></html>",
        "a/known.xml": DATED,
        "a/list.opml": b'<opml><outline xmlUrl="https://a.example/f"/></opml>',
        "caixin-cassettes/cassettes/x.json": json.dumps({"interactions": [ANSWER]}).encode(),
    }
    for name, body in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(body)
    with tarfile.open(tmp_path / "a" / "polls.tar.xz", "w:xz") as archive:
        for name, body in (("1.xml", feed(1)), ("2.xml", feed(2, 1, word="名单"))):
            member = tarfile.TarInfo(name)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    rows = [{"file": name, "bytes": len(body), "kind": "capture"} for name, body in files.items()]
    rows[0]["expected_entries"], rows[1]["expected_entries"] = 30, 3
    rows.append({"file": "a/polls.tar.xz", "bytes": 1, "kind": "capture"})
    (tmp_path / "MANIFEST.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    report = tmp_path / "report.json"
    done = subprocess.run(
        [sys.executable, BENCHMARK, tmp_path, "--json", report], capture_output=True, text=True, check=True, timeout=120
    )
    measured = json.loads(report.read_text("utf-8"))
    assert set(measured) == KEYS
    assert (measured["documents"], measured["crashed"], measured["counts_wrong"]) == (8, 0, 1)
    told = dict(re.findall(r"^(series [\w ]+\w|presets \w+) +(-?\d+)$", done.stdout, re.MULTILINE))
    assert told == {
        "series items": "2",
        "series repeats": "0",
        "series revisions": "1",
        "series revisions lost": "0",
        "presets exercised": "1",
        "presets right": "1",
    }
    assert measured["dates.right"] == measured["dates.all"] > 60
    assert measured["titles.all"] == 18 * 17
    assert measured["titles.right"] >= 15 * 17
    assert "count wrong: a/two.xml 2 and 0 left out, stated 3" in done.stdout
