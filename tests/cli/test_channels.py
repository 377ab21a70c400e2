"""An issue is announced once in each channel: a webhook on this machine that takes, refuses, hangs up or is away."""

import http.server
import json
import logging
import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from command import run

from briefing.cli.archive import issue_named
from briefing.deliver import channels
from briefing.desk.bringing import send_out
from briefing.errors import UsageError
from briefing.model.subscriber import DeliveryState
from briefing.store import outbox
from briefing.store.connection import as_text, opened
from briefing.wiring import desk_at

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of plugins that apprise loads
ISSUE = "2024-08-30-weekly"


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.server.answers.pop(0) if self.server.answers else 200
        if answer not in {200, "kept"}:
            self.server.refused.append(said)
        else:
            self.server.posts.append((self.path, said["title"], said["message"]))
        if isinstance(answer, str):
            self.close_connection = True
            return
        self.send_response(answer)
        self.end_headers()

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def hook():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        server.posts, server.refused, server.answers = [], [], []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def announcing(desk, hook, monkeypatch):
    """The demo desk with two channels and no mail server."""
    monkeypatch.delenv("BRIEFING_SMTP_URL", raising=False)
    port = hook.server_address[1]
    monkeypatch.setenv(
        "BRIEFING_CHANNELS", f"room=json://127.0.0.1:{port}/room-token bureau=json://127.0.0.1:{port}/bureau-token"
    )
    with (desk / "desk.toml").open("a", encoding="utf-8") as file:
        for name, language in (("room", "en"), ("bureau", "zh")):
            file.write(
                f'\n[[channel]]\nname = "{name}"\ntopic = "china-data-finance"\nedition = "weekly"\n'
                f'language = "{language}"\n'
            )
    return desk


def states(desk):
    store = opened(desk / "desk.db")
    rows = store.connection.execute(
        "SELECT subscriber, state FROM delivery WHERE channel = 'post' ORDER BY 1"
    ).fetchall()
    store.close()
    return dict(rows)


def later(desk, minutes=10):
    """As if time had passed: what was put off is owed now."""
    store = opened(desk / "desk.db")
    past = as_text(datetime.now(UTC) - timedelta(minutes=minutes))
    store.connection.execute("UPDATE delivery SET next_try = ? WHERE next_try IS NOT NULL", (past,))
    store.close()


def test_each_channel_hears_of_an_issue_once_in_its_own_language(announcing, hook):
    for _ in range(3):
        run("deliver", "--issue", ISSUE, folder=announcing)
    by_path = {path: (title, body) for path, title, body in hook.posts}
    assert sorted(path for path, *_ in hook.posts) == ["/bureau-token", "/room-token"]
    assert not re.search("[一-龥]", "".join(by_path["/room-token"]))
    assert re.search("[一-龥]", by_path["/bureau-token"][0])
    assert f"/china-data-finance/{ISSUE}/index.html" in by_path["/room-token"][1]
    assert f"/china-data-finance/{ISSUE}/index.zh.html" in by_path["/bureau-token"][1]
    assert states(announcing) == {"bureau": "accepted", "room": "accepted"}


def test_a_refusal_is_tried_again_and_a_lost_answer_is_not(announcing, hook):
    hook.answers = [500, "kept"]
    assert "1 put off, 0 failed, 1 uncertain" in run("deliver", "--issue", ISSUE, folder=announcing)
    later(announcing)
    run("deliver", folder=announcing)
    assert sorted(states(announcing).values()) == ["accepted", "uncertain"]
    assert len(hook.posts) == 2

    listed = run("deliver", "--uncertain", "list", folder=announcing)
    assert f"china-data-finance/{ISSUE} to" in listed
    assert "the service did not answer" in listed
    assert "token" not in listed
    assert "1 letter noted as arrived" in run("deliver", "--uncertain", "arrived", folder=announcing)
    assert set(states(announcing).values()) == {"accepted"}


def test_a_channel_that_is_away_waits_and_is_given_up_after_a_day(announcing, hook, monkeypatch):
    port = hook.server_address[1]
    monkeypatch.setenv("BRIEFING_CHANNELS", f"room=json://127.0.0.1:1/x bureau=json://127.0.0.1:{port}/b")
    run("deliver", "--issue", ISSUE, folder=announcing)
    assert states(announcing) == {"bureau": "accepted", "room": "deferred"}
    store = opened(announcing / "desk.db")
    past = as_text(datetime.now(UTC) - timedelta(hours=25))
    store.connection.execute("UPDATE delivery SET due = ?, next_try = ? WHERE next_try IS NOT NULL", (past, past))
    store.close()
    run("deliver", folder=announcing)
    assert states(announcing)["room"] == "failed"


def test_a_death_between_the_note_and_the_answer_leaves_a_post_in_doubt(announcing, hook):
    with desk_at(announcing) as desk:
        now = datetime.now(UTC)
        send_out(desk, issue_named(desk, ISSUE), now)
        outbox.take(desk.database, "boot:dead", now, now)
        assert outbox.hand_over_post(desk.database, "boot:dead", now)
    run("deliver", folder=announcing)
    assert sorted(states(announcing).values()) == ["accepted", "uncertain"]
    assert len(hook.posts) == 1
    run("deliver", "--uncertain", "resend", folder=announcing)
    run("deliver", folder=announcing)
    assert len(hook.posts) == 2


def test_letters_and_posts_do_not_take_each_others_rows(announcing, hook):
    run("subscribers", "add", "en@reader.example", "--consent", "asked in person", folder=announcing)
    told = run("deliver", "--issue", ISSUE, folder=announcing, code=1)
    assert "no mail server is set, and letters wait" in told
    assert len(hook.posts) == 2
    assert "planned" in run("subscribers", "show", "en@reader.example", folder=announcing)


def test_a_channel_that_was_taken_out_hears_no_more(announcing, hook, monkeypatch):
    hook.answers = [500, 500]
    run("deliver", "--issue", ISSUE, folder=announcing)
    text = (announcing / "desk.toml").read_text("utf-8")
    (announcing / "desk.toml").write_text(text[: text.rindex("[[channel]]")], "utf-8")
    monkeypatch.setenv("BRIEFING_CHANNELS", f"room=json://127.0.0.1:{hook.server_address[1]}/room")
    later(announcing)
    run("deliver", folder=announcing)
    assert states(announcing) == {"bureau": "withdrawn", "room": "accepted"}


def test_a_stopped_outbox_announces_nothing(announcing, hook):
    run("deliver", "--stop", "wrong figure", folder=announcing)
    run("deliver", "--issue", ISSUE, folder=announcing, code=1)
    assert hook.posts == []


@pytest.mark.parametrize("addresses", ["room=json://127.0.0.1/x", "", "room=json://a bureau=json://b third=json://c"])
def test_a_channel_without_address_and_an_address_without_channel_are_faults(announcing, monkeypatch, addresses):
    monkeypatch.setenv("BRIEFING_CHANNELS", addresses)
    with pytest.raises(UsageError, match=r"the channel '(bureau|room|third)'"):
        run("doctor", folder=announcing)


def test_an_address_that_nobody_knows_is_found_by_the_doctor_and_stops_nobody_else(announcing, hook, monkeypatch):
    port = hook.server_address[1]
    monkeypatch.setenv("BRIEFING_CHANNELS", f"room=nonsense://secret bureau=json://127.0.0.1:{port}/b")
    told = run("doctor", folder=announcing, code=1)
    assert "the address of the channel room is none that apprise knows" in told
    assert "secret" not in told
    run("deliver", "--issue", ISSUE, folder=announcing)
    assert states(announcing) == {"bureau": "accepted", "room": "deferred"}


def test_what_apprise_says_with_tokens_in_it_reaches_no_log(caplog):
    with caplog.at_level(logging.DEBUG):
        place = channels.Place("room", "t", "e", "en", "json://127.0.0.1:1/my-token")
        assert channels.posted(place, "Title 题", "Body").state is DeliveryState.DEFERRED
    assert "my-token" not in caplog.text + repr(place)


def test_without_the_extra_the_reason_is_said(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "apprise", None)
    found = channels.posted(channels.Place("room", "t", "e", "en", "json://a"), "x", "y")
    assert (found.state, "briefing[channels]" in found.detail) == (DeliveryState.DEFERRED, True)
