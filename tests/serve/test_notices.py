"""The editor hears of a source once when it goes, and once when it is back: in two logs and by letter."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from press import desk_of, open_press, watched

from briefing.cli import serve
from briefing.collect.politeness import Polling
from briefing.desk.notices import noticed
from briefing.model.issue import HealthState, SourceHealth
from briefing.model.source import Source, SourceKind
from briefing.model.text import Bilingual
from briefing.serve import LOG
from briefing.store import sessions

NOW = datetime(2024, 6, 25, 3, tzinfo=UTC)
DAY = timedelta(days=1)
OK, UNCHANGED, SILENT, EMPTY, FAILED = (HealthState(n) for n in ("ok", "unchanged", "silent", "empty", "failed"))


def told(states, kind=SourceKind.FEED):
    """Which of these states, one after the other, the editor hears of."""
    source, record, heard = Source("nao", "http://a.test/", kind), Polling(), []
    for state in states:
        record = replace(record, errors=record.errors + 1 if state is FAILED else 0)
        health = SourceHealth("nao", "NAO", state, Bilingual(f"{state}", f"{state}"))
        record, notice = noticed(source, record, record.told, health)
        heard.append("" if notice is None else "back" if notice.is_back else "gone")
    return heard


@pytest.mark.parametrize(
    ("states", "heard"),
    [
        ([OK, SILENT, SILENT, OK, UNCHANGED], ["", "gone", "", "back", ""]),
        ([FAILED, FAILED, OK], ["", "", ""]),
        ([FAILED, FAILED, FAILED, FAILED, UNCHANGED], ["", "", "gone", "", "back"]),
        ([SILENT, FAILED, SILENT, FAILED, FAILED, FAILED, OK], ["gone", "", "", "", "", "", "back"]),
        ([EMPTY, FAILED, OK, SILENT], ["gone", "", "back", "gone"]),
    ],
)
def test_the_editor_hears_once_when_a_source_goes_and_once_when_it_is_back(states, heard):
    assert told(states) == heard


def test_a_search_that_finds_nothing_is_no_trouble():
    assert told([EMPTY, EMPTY], SourceKind.SEARCH) == ["", ""]


@pytest.fixture
def lines():
    kept = []
    handler = logging.Handler()
    handler.emit = lambda record: kept.append((record.getMessage(), record.fields))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    yield kept
    LOG.removeHandler(handler)


@pytest.mark.parametrize("mail_works", [True, False])
def test_a_source_that_goes_and_comes_back_is_told_in_log_pages_and_letters(tmp_path, box, lines, mail_works):
    (tmp_path / "desk.toml").write_text(
        "[mail]\nsender = 'Desk <desk@example.org>'\neditor = 'Editor <editor@example.org>'\n", "utf-8"
    )
    with open_press() as press, desk_of(press, tmp_path, watched(press, "/nao", "/nda")) as made:
        port = box.port if mail_works else 1  # where nobody listens
        secrets = made.settings.secrets.model_copy(update={"smtp_url": f"smtp://127.0.0.1:{port}?security=none"})
        desk = replace(made, settings=made.settings.model_copy(update={"secrets": secrets}))

        def items(newest, marks):
            return [
                (f"{n}{marks}", f"审计公告{n}{marks}", press.at(f"/{n}{marks}"), newest - n * DAY) for n in range(5)
            ]

        press.feed("/nao", items(NOW, "a"))
        press.feed("/nda", items(NOW, "b"))
        with serve.working(desk) as work:
            act = serve._collecting(work, desk.topics[0])
            for day in (0, 1, 10, 11, 12, 13):
                now = NOW + day * DAY
                press.feed("/nda", items(now, f"b{day}"))
                if day == 12:
                    press.feed("/nao", items(now, "c"))
                asyncio.run(act(SimpleNamespace(now=now, stop=asyncio.Event())))
            log = [f"{deed.who} {deed.action} {deed.subject}" for deed in reversed(sessions.log(desk.database))]
    topic = desk.topics[0].key
    assert log == [
        f"the desk found a source in trouble: {topic}/nao",
        f"the desk found a source back: {topic}/nao",
    ]
    said = [fields["source"] for event, fields in lines if event == "source"]
    assert said == ["nao", "nao"]
    if mail_works:
        assert [to for to, _ in box.letters] == ["editor@example.org"] * 2
        bodies = [letter.get_body(("plain",)).get_content() for _, letter in box.letters]
        assert "- Nao: it answers, but its newest entry is of 2024-06-25" in bodies[0]
        assert "可以访问，但最新条目停在2024-06-25" in bodies[0]
        assert "+ Nao: it is back" in bodies[1]
        assert "已恢复" in bodies[1]
        assert "1 sources" not in str(box.letters[0][1]["subject"])
    else:
        assert [fields["duty"] for event, fields in lines if event == "fault"] == ["notices"] * 2
