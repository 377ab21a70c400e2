"""The pages in a real browser: forms pass, nothing runs over the edge, and no page tries to run a script."""

import asyncio
import json
import re
import shutil
import socket
import subprocess
import time
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import aiohttp
import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner

from briefing.cli import command_line
from briefing.desk.posting import answered
from briefing.settings import load_desk
from briefing.wiring import built, post, topics_of

from .conftest import KEY, PASSWORD, TOPIC, serving

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--remote-debugging-port=0",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip


class Tab:
    """One page of the browser, over its debugging protocol."""

    def __init__(self, line):
        self.line = line
        self.number = 0
        self.complaints = []

    async def do(self, method, **values):
        self.number += 1
        await self.line.send_json({"id": self.number, "method": method, "params": values})
        while True:
            said = await asyncio.wait_for(self.line.receive_json(), 20)
            if said.get("method") == "Log.entryAdded":
                self.complaints.append(said["params"]["entry"]["text"])
            if said.get("id") == self.number:
                return said.get("result", {})

    async def run(self, script):
        got = await self.do("Runtime.evaluate", expression=script, awaitPromise=True)
        return got["result"].get("value")

    async def go(self, address):
        await self.do("Page.navigate", url=address)
        await self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    async def until(self, script):
        end = time.monotonic() + 15
        while not await self.run(script):
            assert time.monotonic() < end, await self.run("document.body && document.body.innerText")
            await asyncio.sleep(0.05)

    async def press(self, script, expected):
        """Presses what the script finds, and waits for the page that says what is expected."""
        await self.run(f"{script}.click()")
        await self.until(f"document.body && document.body.innerText.includes({json.dumps(expected)})")


@asynccontextmanager
async def browser(folder):
    process = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs in this loop meanwhile
        [CHROMIUM, *FLAGS, f"--user-data-dir={folder}", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        place = folder / "DevToolsActivePort"
        for _ in range(300):
            if place.exists() and place.read_text().strip():
                break
            await asyncio.sleep(0.05)
        port = place.read_text().split()[0]
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as answer:
                tabs = await answer.json()
            address = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
            async with session.ws_connect(address, max_msg_size=0) as line:
                tab = Tab(line)
                for domain in ("Page", "Runtime", "Log"):
                    await tab.do(f"{domain}.enable")
                yield tab
    finally:
        process.terminate()
        process.wait()


def test_a_reader_comes_and_leaves_and_an_editor_works_in_a_real_browser(own_site, tmp_path):
    async def played():
        async with browser(tmp_path / "profile") as tab:
            await tab.go(f"{own_site.origin}/{TOPIC}/index.html")
            await tab.run("document.querySelector('[name=address]').value = 'reader@example.org'")
            await tab.press("document.querySelector('form[method=post] button')", "look into your mailbox")
            link = re.search(r"http://\S+/confirm/\S+", (await asyncio.to_thread(own_site.letter)).text)[0]
            await tab.go(link)
            await tab.press("document.querySelector('main button')", "You are subscribed")
            await tab.press("document.querySelector('main a[href^=\"/preferences\"]')", "reader@example.org")
            await tab.press("document.querySelector('button[value=save]')", "Saved.")
            await tab.press("document.querySelector('main a[href^=\"/unsubscribe\"]')", "You get letters about")
            await tab.press("document.querySelector('main button')", "You are off the list")

            await tab.go(f"{own_site.origin}/editor?ui=en")
            await tab.run(f"document.querySelector('[name=password]').value = {json.dumps(PASSWORD)}")
            await tab.press("document.querySelector('main button')", "Stop all letters")
            await tab.press("document.querySelector('button[value=stop]')", "Letters are stopped")
            await tab.press("document.querySelector('main nav button')", "Get this by mail")
            return tab.complaints

    assert asyncio.run(played()) == []


WIDE = "document.documentElement.scrollWidth > window.innerWidth"


def test_no_page_runs_over_the_edge_in_any_width(site, tmp_path):
    figure = site.ask(f"/{TOPIC}/changes.html?from=2024-08-30-weekly&to=2024-09-20-weekly").link("/figures/")
    paths = [
        f"/{TOPIC}/index.html", f"/{TOPIC}/index.zh.html", f"/{TOPIC}/archive/2024.html", figure,
        figure.replace(".html", ".zh.html"), f"/{TOPIC}/changes.html?from=2024-08-30-weekly&to=2024-09-20-weekly",
        "/search?q=数据&ui=zh", "/search?q=data&kind=figure&ui=en", "/briefing?ui=zh", "/subscribe", "/editor",
        "/nothing",
    ]  # fmt: skip

    async def played():
        wide = []
        async with browser(tmp_path / "profile") as tab:
            for width in (320, 375, 600, 1280):
                size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
                await tab.do("Emulation.setDeviceMetricsOverride", **size)
                for path in paths:
                    await tab.go(site.origin + path)
                    if await tab.run(WIDE):
                        wide.append((width, path))
            return wide, [c for c in tab.complaints if "404" not in c]

    assert asyncio.run(played()) == ([], [])


def test_another_site_cannot_send_our_forms(own_site, tmp_path):
    page = tmp_path / "evil.html"
    page.write_text(
        f'<form method="post" action="{own_site.origin}/subscribe"><input name="address" value="v@example.org">'
        f'<input name="topic" value="{TOPIC}"><input name="edition" value="weekly"><button>x</button></form>'
    )

    async def played():
        async with browser(tmp_path / "profile") as tab:
            await tab.go(page.as_uri())
            await tab.press("document.querySelector('button')", "came from elsewhere")

    asyncio.run(played())
    assert own_site.letters == []


TYPED = {
    "returning": ["Of money returned"], "turned": [], '"yuan", 24.5': ["Of money returned"], "4": [],
    "24": ["Of money returned"],
    "数据费": ["退还"], "数据，退还": ["退还"], "s": [],
}  # fmt: skip


def test_the_exported_search_finds_what_the_served_one_finds(tmp_path):
    """Words by their beginnings and without English endings, numbers whole, Chinese words of any length."""
    rows = [
        ["story", "Of money returned", "Of money returned", "Some 24.5 million yuan.", "one", "2024-09-06"],
        ["story", "退还", "退还", "四部门数据费已退还。", "two", "2024-09-06"],
    ]
    script = (ROOT / "templates" / "web" / "search.js").read_text("utf-8")
    page = tmp_path / "search.html"
    page.write_text(
        '<!doctype html><meta charset="utf-8"><form><input id="q"></form><p id="said"></p><section id="hits"></section>'
        f"<script>var searchRows = {json.dumps(rows)}</script><script>{script}</script>",
        "utf-8",
    )

    async def played():
        async with browser(tmp_path / "profile") as tab:
            await tab.go(page.as_uri())
            found = {}
            for typed in TYPED:
                await tab.run(f"document.getElementById('q').value = {json.dumps(typed)}")
                await tab.run("document.getElementById('q').dispatchEvent(new Event('input'))")
                titles = "JSON.stringify(Array.from(document.querySelectorAll('h3'), one => one.innerText))"
                found[typed] = json.loads(await tab.run(titles))
            return found

    assert asyncio.run(played()) == TYPED


class Box:
    """A mailbox behind a real mail server."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - the server's own name for it
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"

    def letter(self):
        end = time.monotonic() + 20
        while not self.letters:
            assert time.monotonic() < end, "no letter came"
            time.sleep(0.05)
        return self.letters.pop(0)


@contextmanager
def mailed(folder):
    """A site whose letters leave through a real mail server, and the box that they come to."""
    box = Box()
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        port = plug.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=10)
    server.start()
    url = f"smtp://127.0.0.1:{port}?security=none"
    settings = load_desk(folder, {"BRIEFING_SMTP_URL": url})
    sending = built(settings, topics_of(settings))

    async def send(letter):
        how = post(sending, lambda: datetime.now(UTC), "tests")
        await answered(how, letter.head, (letter.text, letter.html), letter.to, letter.token)

    try:
        with serving(folder, send=send, clock=lambda: datetime.now(UTC)) as site:
            yield site, box, url
    finally:
        sending.database.close()
        server.stop()


def command(folder, *words):
    done = CliRunner().invoke(command_line, ["--desk", str(folder), *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output


SAID = {"en": ("look into your mailbox", "You are subscribed"), "zh": ("请查看您的邮箱", "订阅成功")}


@pytest.mark.slow
@pytest.mark.parametrize(
    "journey",
    [(1280, "light", "en", True), (600, "light", "zh", False), (375, "dark", "zh", True), (375, "dark", "en", False)],
    ids=["wide", "middling, without script", "narrow, dark", "narrow, dark, without script"],
)
def test_from_the_field_through_a_mail_server_to_the_issue_and_away_by_one_click(
    own_desk, tmp_path, monkeypatch, journey
):
    width, light, language, scripted = journey
    asked, done = SAID[language]
    tag = ".zh" if language == "zh" else ""

    async def played(site, box):
        async with browser(tmp_path / "profile") as tab:
            size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
            await tab.do("Emulation.setDeviceMetricsOverride", **size)
            await tab.do("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": light}])
            await tab.do("Emulation.setScriptExecutionDisabled", value=not scripted)
            await tab.go(f"{site.origin}/{TOPIC}/index{tag}.html")
            await tab.run("document.querySelector('[name=address]').value = 'reader@example.org'")
            await tab.press("document.querySelector('form[method=post] button')", asked)
            letter = await asyncio.to_thread(box.letter)
            text = letter.get_body(("plain",)).get_content()
            await tab.go(re.search(r"http://\S+/confirm/\S+", text)[0])
            await tab.press("document.querySelector('main button')", done)
            await asyncio.to_thread(command, own_desk, "deliver", "--issue", "2024-09-06-weekly")
            issue = await asyncio.to_thread(box.letter)
            web = re.search(r"<(.*?)>", issue["Archived-At"])[1]
            await tab.go(web)
            assert not await tab.run(WIDE)
            heading = await tab.run("document.querySelector('h1').innerText")
            await tab.run("document.querySelector('a[href^=\"../stories/\"]').click()")
            await tab.until("location.pathname.includes('/stories/')")
            assert not await tab.run(WIDE)
            await tab.go(f"{site.origin}/search?q=%E8%A1%A1%E9%98%B3&ui={language}")
            assert await tab.run("document.querySelectorAll('main article mark').length") > 0
            return issue, heading

    with mailed(own_desk) as (site, box, url):
        for name, value in (("SMTP_URL", url), ("DESK_BASE_ADDRESS", site.origin), ("SIGNING_KEY", KEY.decode())):
            monkeypatch.setenv(f"BRIEFING_{name}", value)
        issue, heading = asyncio.run(played(site, box))
        one_click = re.search(r"<(http.*?)>", issue["List-Unsubscribe"])[1]
        gone = site.ask(
            one_click.removeprefix(site.origin),
            "POST",
            "List-Unsubscribe=One-Click",
            Content_Type="application/x-www-form-urlencoded",
        )

        assert heading
        assert issue["To"] == "reader@example.org"
        assert issue["Content-Language"] == language
        assert gone.status == 200
        assert site.rows("SELECT DISTINCT state FROM subscriber") == [("left",)]
        assert box.letters == []


def test_on_paper_an_issue_shows_what_is_folded_and_leaves_out_what_leads_on(site, tmp_path):
    visible = "document.querySelector('{}').checkVisibility()"

    async def printed():
        async with browser(tmp_path / "profile") as tab:
            await tab.go(f"{site.origin}/{TOPIC}/2024-08-30-weekly/index.html")
            seen = []
            for media in ("", "print"):
                await tab.do("Emulation.setEmulatedMedia", media=media)
                seen.append([await tab.run(visible.format(part)) for part in ("header", "details table")])
            return seen

    assert asyncio.run(printed()) == [[True, False], [False, True]]
