"""The commands as a person and a program use them."""

import json
import re
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from command import run

from briefing.cli import COMMANDS
from briefing.errors import UsageError


def test_the_demo_tells_what_was_found_and_what_was_left_out(demo):
    folder, output = demo

    assert output.count("── 2024-") == 3
    assert "or 10 times that?" in output
    assert "left out, " in output
    assert "nothing new: no letter is sent" in output
    assert (folder / "archive" / "china-data-finance" / "index.html").exists()


def test_the_demo_never_writes_over_something_else(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")

    with pytest.raises(UsageError, match="holds something else"):
        run("demo", "--folder", str(tmp_path))
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_every_command_has_a_help_page():
    for name in COMMANDS:
        assert "Usage:" in run(name, "--help")


def test_a_published_issue_is_listed_shown_and_rendered(desk, tmp_path):
    listed = json.loads(run("archive", "list", "--json", folder=desk))
    assert [row["number"] for row in listed] == [3, 2, 1]

    first = listed[-1]["issue"]
    assert "Issue 1" in run("archive", "show", first, folder=desk)
    assert json.loads(run("archive", "show", first, "--json", folder=desk))["id"] == first
    for form, begin in (
        ("html", b"<!doctype html>"),
        ("mjml", b"<mjml"),
        ("eml", b"To:"),
        ("json", b"{"),
        ("page", b"<!"),
    ):
        out = tmp_path / form
        run("render", first, "--format", form, "--language", "zh", "--out", str(out), folder=desk)
        assert out.read_bytes()[: len(begin)].lower() == begin.lower()


def test_an_issue_that_does_not_exist_is_answered_with_those_that_do(desk):
    with pytest.raises(UsageError) as fault:
        run("archive", "show", "2031-01-01", folder=desk)

    assert "2024-08-30-weekly" in fault.value.hint


def test_search_finds_a_chinese_word_and_says_when_nothing_is_found(desk):
    assert "[衡阳]" in run("archive", "search", "衡阳", folder=desk)
    assert "nothing found" in run("archive", "search", "zebra", folder=desk)


def test_the_archive_is_rebuilt_by_one_command(desk):
    page = desk / "archive" / "china-data-finance" / "2024-08-30-weekly" / "index.html"
    kept = page.read_bytes()
    page.unlink()

    assert "rendered 3 issues" in run("archive", "rebuild", folder=desk)
    assert page.exists()
    assert page.read_bytes()[:200] == kept[:200]


def test_explain_gives_a_reason_for_every_article(desk):
    document = json.loads(run("archive", "show", "2024-08-30-weekly", "--json", folder=desk))
    addresses = [item["address"] for item in document["left_out"]]
    addresses += [c["address"] for d in document["developments"] for c in d["coverage"]]

    for address in addresses:
        told = json.loads(run("explain", address, "--json", folder=desk))
        assert told
        assert all(verdict["reason"]["en"] and verdict["reason"]["zh"] for verdict in told)


def test_a_copy_is_explained_with_each_quotation_once(desk):
    document = json.loads(run("archive", "show", "2024-08-30-weekly", "--json", folder=desk))
    copy = next(item["address"] for item in document["left_out"] if item["disposition"] == "copy")
    quoted = [line for line in run("explain", copy, folder=desk).splitlines() if "“" in line]

    assert quoted
    assert len(quoted) == len(set(quoted))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "against “Chinese agencies hand back 96.3 million"),
        ("zh", "对照 “Chinese agencies hand back 96.3 million"),
    ],
)
def test_a_copy_is_explained_by_the_title_and_outlet_of_the_other(desk, language, line):
    document = json.loads(run("archive", "show", "2024-08-30-weekly", "--json", folder=desk))
    copy = next(item["address"] for item in document["left_out"] if item["disposition"] == "copy")
    told = run("explain", copy, "--language", language, folder=desk)

    assert line in told
    assert "(Meridian Wire)" in told


def test_an_explanation_in_chinese_has_no_english_of_the_desk_itself(desk):
    document = json.loads(run("archive", "show", "2024-08-30-weekly", "--json", folder=desk))
    addresses = [item["address"] for item in document["left_out"]]
    addresses += [c["address"] for d in document["developments"] for c in d["coverage"]]
    told = "\n".join(run("explain", address, "--language", "zh", folder=desk) for address in addresses)
    bare = re.sub("“[^”]*”", "", told)

    ours = r"\b(terms|against|told by|told in|was|story|dated|first seen|later changes|off_topic|copy|exact|assumed)\b"
    assert re.findall(ours, re.sub(r"^\S.*$|词语 .*$|事件 .*$|对照 .*$", "", bare, flags=re.MULTILINE)) == []
    assert {"不属主题", "转载", "对照 起始文章", "已见于"} <= {
        word for word in ("不属主题", "转载", "对照 起始文章", "已见于") if word in told
    }


def test_a_period_without_articles_says_where_to_look(desk):
    assert "--since looks back" in run("topic", "test", "--since", "1h", folder=desk)


def test_an_address_that_was_never_seen_is_said_to_be_unknown(desk):
    with pytest.raises(UsageError, match="was never seen"):
        run("explain", "https://nowhere.example/1", folder=desk)
    with pytest.raises(UsageError, match="was never seen"):
        run("keep", "https://nowhere.example/1", folder=desk)


def test_the_ledger_shows_the_slip_with_both_witnesses(desk):
    lines = json.loads(run("figures", "--json", folder=desk))
    slip = next(line for line in lines if line["status"] == "scale-slip" and line["value"] == "248000000")

    assert {w["value"] for w in slip["witnesses"]} >= {"248000000", "2480000000"}
    shown = run("figures", "show", slip["key"], folder=desk)
    assert "ten times" in shown
    with pytest.raises(UsageError, match="has no figure"):
        run("figures", "show", "zebra", folder=desk)


def test_the_ledger_is_listed_by_measures_that_have_a_name_and_the_rest_on_demand(desk):
    english, chinese, every = (run("figures", *more, folder=desk) for more in ((), ("--language", "zh"), ("--all",)))

    assert "arrives" not in english
    assert "Information systems whose data was sold\t13\t" in english  # no noun picked from a sentence
    assert "数量级错误" in chinese
    assert "scale-slip" not in chinese
    assert chinese.startswith("键\t数字\t数值\t状态\t来源数\n")
    assert "`briefing figures --all`" in english
    assert "arrives" in every
    assert "--all" not in every


def test_one_line_of_the_ledger_is_given_as_json(desk):
    (line,) = json.loads(run("figures", "show", "asking-price|Hengyang|2023-11", "--json", folder=desk))
    assert (line["key"], line["status"]) == ("asking-price|Hengyang|2023-11", "confirmed")
    assert [line] == json.loads(run("figures", "--json", "show", "asking-price|Hengyang|2023-11", folder=desk))


def test_the_ledger_remembers_what_the_editor_settled(desk):
    lines = json.loads(run("figures", "--json", folder=desk))
    key = next(line["key"] for line in lines if line["status"] == "scale-slip" and line["value"] == "248000000")
    with pytest.raises(UsageError, match="say one of"):
        run("figures", "resolve", key, folder=desk)
    with pytest.raises(UsageError, match="no witness"):
        run("figures", "resolve", key, "--confirm", "3亿元", folder=desk)

    run("figures", "resolve", key, "--confirm", "2.48亿元", "--note", "the parts support it", folder=desk)
    after = {line["key"]: line for line in json.loads(run("figures", "--json", folder=desk))}
    assert after[key]["status"] == "confirmed"

    other = next(name for name in after if name != key)
    run("figures", "resolve", other, "--merge", key, folder=desk)
    merged = {line["key"]: line for line in json.loads(run("figures", "--json", folder=desk))}
    assert other not in merged
    assert len(merged[key]["witnesses"]) == len(after[key]["witnesses"]) + len(after[other]["witnesses"])

    outlet = merged[key]["witnesses"][0]["outlet"]
    run("figures", "resolve", key, "--split", outlet, "--name", "another sum", folder=desk)
    assert f"{key}#another sum" in run("figures", "--json", folder=desk)


def test_the_baseline_finds_its_own_contradiction_and_nothing_else(desk):
    shown = run("baseline", "show", folder=desk)

    fails = [line for line in shown.splitlines() if " fails:" in line]
    assert len(fails) == 2
    assert all("2.48 billion yuan" in line and "ten times" in line for line in fails)
    assert "SUM holds: 248 million yuan" in shown
    assert "FX holds: 248 million yuan and 34 million dollars" in shown


def test_a_briefing_on_demand_publishes_nothing(desk):
    since = (datetime.now(UTC) - datetime(2024, 8, 1, tzinfo=UTC) + timedelta(days=1)).days
    output = run("run", "--query", "衡阳", "--since", f"{since}d", folder=desk)

    assert "衡阳" in output
    assert "1.26 billion yuan" in output  # what the demonstration had collected can be asked of
    assert "Sample: the articles in this issue are invented" in output
    chinese = run("run", "--query", "衡阳", "--since", f"{since}d", "--language", "zh", folder=desk)
    for told in (output, chinese):  # it is no letter, and in no archive
        assert "/unsubscribe/" not in told
        assert "/on-demand-" not in told
    assert len(json.loads(run("archive", "list", "--json", folder=desk))) == 3


def test_a_period_that_is_none_is_explained(desk):
    for text in ("soon", "0d", "3y", "d"):
        with pytest.raises(UsageError) as fault:
            run("run", "--since", text, folder=desk)
        assert fault.value.hint == "write 36h, 30d or 4w"


def test_a_preview_is_written_and_marks_nothing(desk):
    output = run("preview", "--no-open", folder=desk)

    assert (desk / "preview.en.html").exists()
    assert str(desk / "preview.en.html") in output
    assert len(json.loads(run("archive", "list", "--json", folder=desk))) == 3


def test_keeping_an_article_makes_its_terms_weigh_more(desk):
    document = json.loads(run("archive", "show", "2024-08-30-weekly", "--json", folder=desk))
    address = document["developments"][0]["coverage"][0]["address"]

    assert "noted: keep" in run("keep", address, folder=desk)
    assert "on topic" in run("topic", "test", "--since", "2000w", folder=desk)


def test_a_desk_that_is_not_there_is_said_to_be_missing_and_nothing_is_made(tmp_path):
    with pytest.raises(UsageError, match="there is no folder") as fault:
        run("doctor", folder=tmp_path / "nowhere")

    assert "briefing init" in fault.value.hint
    assert list(tmp_path.iterdir()) == []


def test_a_new_desk_needs_no_configuration(tmp_path):
    run("init", str(tmp_path / "mine"))

    assert "nao-news" in run("sources", "list", folder=tmp_path / "mine")
    assert "50 sources" in run("doctor", folder=tmp_path / "mine")
    assert "UTC\tlocal" in run("plan", folder=tmp_path / "mine")
    with pytest.raises(UsageError, match="is a desk already"):
        run("init", str(tmp_path / "mine"))


def test_doctor_says_by_what_article_pages_are_read(tmp_path, monkeypatch):
    run("init", str(tmp_path / "mine"))
    assert "by trafilatura in other languages" in run("doctor", folder=tmp_path / "mine")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    told = run("doctor", folder=tmp_path / "mine")
    assert "✓ article pages are read by readability alone" in told
    assert "pip install 'briefing[extract]'" in told


def test_sources_go_out_and_come_in_as_opml(tmp_path):
    run("init", str(tmp_path / "mine"))
    run("sources", "export", str(tmp_path / "all.opml"), folder=tmp_path / "mine")
    assert "added 0 sources" in run("sources", "import", str(tmp_path / "all.opml"), folder=tmp_path / "mine")

    opml = '<opml version="2.0"><body><outline type="rss" text="Test" xmlUrl="https://news.example/rss"/></body></opml>'
    (tmp_path / "one.opml").write_text(opml)
    assert "added 1 source" in run("sources", "import", str(tmp_path / "one.opml"), folder=tmp_path / "mine")
    assert "https://news.example/rss" in (tmp_path / "mine/feeds/china-data-finance/sources.toml").read_text("utf-8")


def test_a_source_that_is_a_file_is_tested_and_shows_what_would_come_in(tmp_path):
    run("init", str(tmp_path / "mine"))
    feed = tmp_path / "feed.xml"
    feed.write_text(
        "<rss version='2.0'><channel><title>样本</title><item><title>数据收费 2.48亿元</title>"
        "<link>https://news.example/1</link><pubDate>2024年6月25日</pubDate></item></channel></rss>",
        encoding="utf-8",
    )

    output = run("sources", "test", feed.as_uri(), folder=tmp_path / "mine")

    assert "数据收费 2.48亿元" in output
    assert "2024-06-2" in output


def test_a_plain_text_becomes_a_baseline_record_without_its_sentences(tmp_path):
    run("init", str(tmp_path / "mine"))
    text = tmp_path / "article.txt"
    sentence = "Linlan city took in 86.4 million yuan by licensing its parking data to three firms, officials said."
    text.write_text(f"{sentence}\n\nThe city had hoped for 120 million yuan when the sale was announced in May.")
    with pytest.raises(UsageError, match="is plain text"):
        run("baseline", "add", str(text), folder=tmp_path / "mine")

    run(
        *("baseline", "add", str(text), "--title", "Linlan sells parking data", "--outlet", "Sample"),
        *("--address", "https://sample.example/1", "--published", "2024-09-01"),
        folder=tmp_path / "mine",
    )
    written = (tmp_path / "mine/feeds/china-data-finance/baseline.toml").read_text("utf-8")

    assert '"86400000"' in written
    assert "parking data to three firms" not in written
    assert "Linlan sells parking data" in run("baseline", "show", folder=tmp_path / "mine")


class Sink:
    """A mail server on this machine that remembers what it took."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, bytes]] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.letters += [(to, envelope.content) for to in envelope.rcpt_tos]
        return "250 taken"


@pytest.fixture
def sink(monkeypatch):
    taken = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(taken, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("BRIEFING_SMTP_URL", f"smtp://127.0.0.1:{port}?security=none")
    yield taken
    controller.stop()


def test_each_subscriber_gets_an_issue_once_however_often_it_is_delivered(desk, sink):
    for address, language in (("en@reader.example", "en"), ("zh@reader.example", "zh")):
        run("subscribers", "add", address, "--language", language, "--consent", "asked in person", folder=desk)

    for _ in range(3):
        run("deliver", "--issue", "2024-08-30-weekly", folder=desk)

    assert sorted(to for to, _ in sink.letters) == ["en@reader.example", "zh@reader.example"]
    assert all(b"List-Unsubscribe:" in letter for _, letter in sink.letters)
    assert "accepted after 1 try" in run("subscribers", "show", "en@reader.example", folder=desk)
    assert "2 letters for this issue, with those sent before" in run(
        "deliver", "--issue", "2024-08-30-weekly", folder=desk
    )
    assert "nothing new: no letter" in run("deliver", "--issue", "latest", folder=desk)  # the day was quiet
    assert len(sink.letters) == 2


def test_an_issue_without_readers_says_how_to_get_some(desk, sink):
    told = run("deliver", "--issue", "2024-08-30-weekly", folder=desk)

    assert "`briefing subscribers add`" in told
    assert sink.letters == []


def test_a_stopped_outbox_sends_nothing(desk, sink):
    run("subscribers", "add", "en@reader.example", "--consent", "asked in person", folder=desk)
    run("deliver", "--stop", "wrong figure", folder=desk)

    assert "wrong figure" in run("deliver", "--issue", "2024-08-30-weekly", folder=desk, code=1)
    assert sink.letters == []
    run("deliver", "--resume", folder=desk)
    run("deliver", folder=desk)
    assert len(sink.letters) == 1


def test_a_dry_run_writes_letters_and_sends_none(desk, tmp_path, sink):
    run("deliver", "--dry-run", str(tmp_path / "letters"), folder=desk)

    assert len(list((tmp_path / "letters").glob("*.eml"))) == 2
    assert sink.letters == []


def test_an_erased_reader_is_gone_and_stays_gone(desk):
    run("subscribers", "add", "en@reader.example", "--consent", "asked in person", folder=desk)
    run("subscribers", "erase", "en@reader.example", folder=desk)

    assert "0 subscribers" in run("subscribers", "list", folder=desk)
    with pytest.raises(UsageError):
        run("subscribers", "show", "en@reader.example", folder=desk)


def test_what_is_no_address_is_refused_in_plain_words(desk):
    with pytest.raises(UsageError, match="no mail address"):
        run("subscribers", "add", "not an address", "--consent", "x", folder=desk)
    with pytest.raises(UsageError, match="no mail address") as fault:
        run("deliver", "--issue", "latest", "--to", "not an address", folder=desk)
    assert fault.value.hint == "write --to name@example.org"
    with pytest.raises(UsageError, match="no subscriber") as fault:
        run("subscribers", "erase", "nobody@reader.example", folder=desk)
    assert "subscribers list" in fault.value.hint
    with pytest.raises(UsageError) as fault:
        run("sources", "test", "zebra", folder=desk)
    assert str(fault.value).count("no such file") == 1


def test_the_package_itself_is_the_command(tmp_path):
    asked = [sys.executable, "-m", "briefing"]
    help_page = subprocess.run([*asked, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "briefing demo" in help_page
    failed = subprocess.run(
        [*asked, "--desk", "none", "run"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith("briefing: ")
