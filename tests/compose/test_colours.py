"""Contrast computed from what is really sent: every text colour on every ground that it stands on."""

import colorsys
import re

import pytest
from lxml import html as lxml_html

from briefing.compose import render
from briefing.compose.places import packaged_templates
from briefing.compose.specimen import beginning, specimen

ENOUGH = 4.5


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def negative(colour):
    """What a client shows that inverts a picture of the mail."""
    return f"#{0xFFFFFF - int(colour[1:], 16):06x}"


def inverted(colour):
    """What a client shows that turns light into dark and keeps the hue."""
    hue, light, strength = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, 1 - light, strength))


def style(node, name):
    found = re.findall(rf"(?:^|;)\s*{name}\s*:\s*(#[0-9a-fA-F]{{6}})", node.get("style") or "")
    return found[-1].lower() if found else None


def dark_rules():
    css = (packaged_templates() / "parts" / "style.css").read_text("utf-8")
    block = css[css.index("(prefers-color-scheme:dark){") + 28 :]
    inks, grounds = {}, {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", block[: block.index("[data-ogsc]")]):
        for selector in selectors.split(","):
            name = selector.strip().split(">")[0].lstrip(".")
            for prop, colour in re.findall(r"(?<![-\w])(color|background-color):(#[0-9a-f]{6})", body):
                (inks if prop == "color" else grounds)[name] = colour
    return inks, grounds


def pairs(issue, language):
    """(text, ink in light, ground in light, ink in dark, ground in dark) of every text node that is shown."""
    inks, grounds = dark_rules()
    tree = lxml_html.fromstring(render.html(issue, language))
    for node in tree.iter():
        if (
            not isinstance(node.tag, str)
            or node.tag in {"style", "title"}
            or not (node.text or "").strip("\xa0 \u034f\u200c\n")
        ):
            continue
        line = [node, *node.iterancestors()]
        if any("display:none" in (n.get("style") or "").replace(" ", "") for n in line):
            continue
        ink = next((style(n, "color") for n in line if style(n, "color")), "#000000")
        ground = next(
            (
                style(n, "background-color") or style(n, "background")
                for n in line
                if style(n, "background-color") or style(n, "background")
            ),
            "#ffffff",
        )
        classes = [c for n in line for c in (n.get("class") or "").split()] + ["bg"]
        inked = next((inks[c] for c in classes if c in inks), ink)
        grounded = next((grounds[c] for c in classes if c in grounds), ground)
        yield node.text.strip(), ink, ground, inked, grounded


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_text_is_readable_in_light_in_dark_and_where_colours_are_inverted(language, second):
    seen = set()
    for issue in (second, specimen(6), beginning()):
        for text, ink, ground, dark_ink, dark_ground in pairs(issue, language):
            assert contrast(ink, ground) >= ENOUGH, (text, ink, ground)
            if text not in {"Read this issue in the archive", "在存档中阅读本期"}:
                assert contrast(dark_ink, dark_ground) >= ENOUGH, (text, dark_ink, dark_ground)
            seen.add((ink, ground))
    assert len(seen) >= 8
    for ink, ground in seen:
        for forced in (negative, inverted):
            assert contrast(forced(ink), forced(ground)) >= ENOUGH, (forced, ink, ground)
