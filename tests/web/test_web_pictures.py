"""The pages as Chromium draws them, beside the approved pictures.

`pytest tests/web/test_web_pictures.py --snapshot-update` draws them anew. Look at each one before it is committed.
"""

import asyncio
import base64
import importlib.util
import json
import shutil
from pathlib import Path

import pytest

from .conftest import PASSWORD, TOPIC, serving
from .test_web_chromium import CHROMIUM, browser
from .test_web_editor import EDITION

ROOT = Path(__file__).resolve().parents[2]
APPROVED = Path(__file__).with_name("pictures")
SCALE = 0.5  # half size shows what moved and keeps the repository small
TALLEST = 1600  # of the page; what stands below repeats what stands above
LEVELS = 48  # of 255: edges of letters are smoothed differently from one version to the next
TOLERANCE = 0.02  # of all pixels
FIGURE = "figure"
COMPARED = "from=2024-08-30-weekly&to=2024-09-20-weekly"
# A story page is left out: lines of one article may stand in either order, as the ports of the sample's sources fall.
PAGES = [  # name, address, width, light: each page, width, light and language, and not all of their pairs
    ("topic-en", f"/{TOPIC}/index.html", 1280, "light"),
    ("topic-zh", f"/{TOPIC}/index.zh.html", 375, "dark"),
    ("year-zh", f"/{TOPIC}/archive/2024.zh.html", 600, "light"),
    ("figure-en", FIGURE, 600, "dark"),
    ("changes-en", f"/{TOPIC}/changes.html?{COMPARED}", 1280, "dark"),
    ("search-zh", "/search?q=衡阳&ui=zh", 1280, "dark"),
    ("search-en", "/search?q=data&kind=story&ui=en", 375, "light"),
    ("briefing-zh", "/briefing?ui=zh", 375, "dark"),
    ("subscribe-en", "/subscribe?ui=en", 600, "light"),
    ("fault-en", "/nothing", 375, "dark"),
    ("editor-en", "/editor?ui=en", 1280, "light"),
    ("editor-zh", "/editor?ui=zh", 375, "dark"),
    ("next-en", f"{EDITION}?ui=en", 1280, "dark"),
    ("next-zh", f"{EDITION}?ui=zh", 375, "light"),
    ("sources-en", "/editor/sources?ui=en", 600, "dark"),
]
pytestmark = [
    pytest.mark.system,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


def _comparison():
    spec = importlib.util.spec_from_file_location("browser", ROOT / "benchmarks" / "browser.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.differing


async def _pictures(site, addresses, folder):
    async with browser(folder / "profile") as tab:
        await tab.go(f"{site.origin}/editor?ui=en")
        await tab.run(f"document.querySelector('[name=password]').value = {json.dumps(PASSWORD)}")
        await tab.press("document.querySelector('main button')", "Stop all letters")
        for name, path, width, light in PAGES:
            size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
            await tab.do("Emulation.setDeviceMetricsOverride", **size)
            await tab.do("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": light}])
            await tab.go(site.origin + addresses.get(path, path))
            high = await tab.run("document.documentElement.scrollHeight")
            clip = {"x": 0, "y": 0, "width": width, "height": min(high, TALLEST), "scale": SCALE}
            shot = await tab.do("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
            (folder / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


@pytest.fixture(scope="module")
def drawn(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    with serving(shutil.copytree(sample, folder / "desk")) as site:
        addresses = {
            FIGURE: site.ask(f"/{TOPIC}/changes.html?from=2024-08-30-weekly&to=2024-09-20-weekly").link("/figures/"),
        }
        asyncio.run(_pictures(site, addresses, folder))
    return folder


@pytest.mark.parametrize("name", [name for name, *_ in PAGES])
def test_a_page_looks_as_it_was_approved(name, drawn, request):
    file, approved = drawn / f"{name}.png", APPROVED / f"{name}.png"
    if request.config.getoption("--snapshot-update"):
        approved.write_bytes(file.read_bytes())
    count, of = _comparison()(file, approved, levels=LEVELS)
    assert count / of <= TOLERANCE, f"{count} of {of} pixels differ; look at {file} beside {approved}"


def test_every_approved_picture_is_of_a_page(request):
    if request.config.getoption("--snapshot-update"):
        return  # drawn in any order
    assert sorted(path.stem for path in APPROVED.glob("*.png")) == sorted(name for name, *_ in PAGES)
