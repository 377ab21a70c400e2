"""The sample issue as Chromium draws it, beside the approved pictures.

`pytest tests/compose/test_pictures.py --snapshot-update` draws them anew, those of docs/pictures too. Look at each one
before it is committed.
"""

import importlib.util
import re
from pathlib import Path

import pytest

from briefing.compose import render
from briefing.compose.links import Links, personal

ROOT = Path(__file__).resolve().parents[2]
APPROVED = Path(__file__).with_name("pictures")
SCALE = 0.5  # half size shows what moved and keeps the repository small
LEVELS = 48  # of 255: edges of letters are smoothed differently from one version to the next
TOLERANCE = 0.02  # of all pixels
FORMS = [
    (number, language, width, dark)
    for number in (1, 2)
    for language in ("en", "zh")
    for width in (320, 375, 600)
    for dark in (False, True)
    if number == 2 or (width, dark) == (600, False)
]
SHOWN = [("issue-en", 2, "en", False), ("issue-zh-dark", 2, "zh", True), ("first-issue-en", 1, "en", False)]
UNSUBSCRIBE, PREFERENCES = personal("https://desk.example.org")
LINKS = Links(
    web="https://desk.example.org/2/",
    other="https://desk.example.org/2/zh",
    archive="https://desk.example.org/",
    feed="https://desk.example.org/feed.atom",
    on_demand="https://desk.example.org/briefing",
    unsubscribe=UNSUBSCRIBE,
    preferences=PREFERENCES,
    issues="https://desk.example.org/{issue}/",
    sender="Briefing, 1 Example Street, Example City",
)


def _browser():
    spec = importlib.util.spec_from_file_location("browser", ROOT / "benchmarks" / "browser.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


browser = _browser()
needs_chromium = pytest.mark.skipif(not browser.chromium(), reason="Chromium is not installed")


@pytest.mark.system
@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize(("number", "language", "width", "dark"), FORMS)
def test_a_mail_looks_as_it_was_approved(number, language, width, dark, *, first, second, tmp_path, request):
    mail = render.html(first if number == 1 else second, language, LINKS)
    name = f"{number}-{language}-{width}-{'dark' if dark else 'light'}.png"
    drawn = tmp_path / name
    browser.shot(mail, drawn, width, dark=dark, scale=SCALE)
    if request.config.getoption("--snapshot-update"):
        (APPROVED / name).write_bytes(drawn.read_bytes())
    count, of = browser.differing(drawn, APPROVED / name, levels=LEVELS)
    assert count / of <= TOLERANCE, f"{count} of {of} pixels differ; look at {drawn} beside {APPROVED / name}"


@pytest.mark.system
@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize(("name", "number", "language", "dark"), SHOWN)
def test_the_pictures_of_the_docs_show_the_present_look(name, number, language, dark, *, first, second, request):
    place = ROOT / "docs" / "pictures" / f"{name}.png"
    if not request.config.getoption("--snapshot-update"):
        assert place.is_file()
        return
    mail = render.html(first if number == 1 else second, language, LINKS)
    browser.shot(mail, place, 600, dark=dark, scale=0.75)


@pytest.mark.system
@pytest.mark.slow
@needs_chromium
def test_the_picture_of_the_readme_shows_two_languages_and_both_modes(first, second, request):
    place = ROOT / "docs" / "pictures" / "issue.png"
    if request.config.getoption("--snapshot-update"):
        english, chinese = render.html(first, "en", LINKS), render.html(second, "zh", LINKS)
        browser.side_by_side([(english, 600, False), (chinese, 375, True)], place, 1240)
    assert place.is_file()


@pytest.mark.system
@pytest.mark.slow
@needs_chromium
def test_a_mail_without_styles_and_classes_holds(second, tmp_path):
    """The width of the whole is that of the frame: nothing sticks out, and no column collapses."""
    bare = re.sub(
        r' class="[^"]*"', "", re.sub(r"<style.*?</style>", "", render.html(second, "en", LINKS), flags=re.DOTALL)
    )
    probe = "<script>onload=()=>{document.title=document.documentElement.scrollWidth+' in '+innerWidth}</script>"
    shown = browser.dom(bare.replace("</body>", probe + "</body>"), width=500)
    wide, room = map(int, re.search(r"<title>(\d+) in (\d+)</title>", shown).groups())
    assert wide <= room
