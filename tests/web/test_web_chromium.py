"""The pages in a real browser: forms pass, nothing runs over the edge, and no page tries to run a script."""

import asyncio
import json
import re
import shutil
import subprocess
import time
from contextlib import asynccontextmanager

import aiohttp
import pytest

from .conftest import PASSWORD, TOPIC

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
    figure = site.ask(f"/{TOPIC}/index.html").link("/figures/")
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
