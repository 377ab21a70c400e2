"""What a mail uses that a client does not support, by the data of the npm package caniemail."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

CLIENTS = ("gmail", "outlook", "apple-mail")
# Why each is used all the same. A client that drops it shows the same mail a little plainer.
EXPLAINED = {
    "css-at-media": "phones only: without it the mail keeps its desktop padding",
    "css-at-media-prefers-color-scheme": "where it is not known the client inverts the light colours itself",
    "css-border-radius": "square chips in Outlook for Windows",
    "css-border": "Outlook for Windows draws it on cells, where our rules are, and not on inline text",
    "css-display": "inline-block of chips; without it they stay inline",
    "css-display-none": "the preheader; mso-hide:all says the same to Outlook",
    "css-max-width": "MJML's ghost tables give Outlook its width",
    "css-margin": "white space only",
    "css-padding": "white space of chips only; cells keep theirs",
    "css-text-underline-offset": "the underline sits closer",
    "css-text-decoration-thickness": "the underline is thicker",
    "css-overflow-wrap": "word-break on the cell does the same",
    "css-word-break": "without it a very long word widens its column",
    "css-word-spacing": "set to normal by MJML",
    "css-white-space": "a number may wrap",
    "css-overflow": "the hidden preheader only",
    "css-max-height": "the hidden preheader only",
    "css-opacity": "the hidden preheader only",
    "css-table-layout": "bars start at slightly different places",
    "css-important": "dark mode and phones only",
    "css-direction": "written left to right is the default",
    "css-height": "of bars: the height attribute says the same",
    "css-width": "the width attribute says the same",
    "css-line-height": "Outlook for Windows lacks unitless values; ours are pixels",
    "css-background": "the colour is given as background-color too",
    "css-selector-class": "dark mode and phones only",
    "css-selector-child": "dark mode only",
    "css-selector-descendant": "dark mode only",
    "css-selector-attribute": "made for Outlook's apps, others skip it",
    "css-selector-id": "written by MJML for Outlook",
    "css-selector-grouping": "dark mode only",
    "css-text-decoration": "links keep their own underline",
    "css-cursor": "written by MJML on the button; only the pointer's shape",
    "css-font-size": "Outlook for Windows lacks units that we do not use; ours are pixels",
    "css-font-weight": "Outlook for Windows knows normal and bold, and we use no other",
    "css-outline": "written by MJML in its reset of images, of which there are none",
    "css-text-align": "start and end are lacking; we use left and right, and align says the same",
    "css-text-transform": "written by MJML on the button as none",
    "html-target": "clients open links in a window of their own anyway",
    "html-width": "Outlook for Windows ignores it on div; ours stands on tables and cells",
    "html-style": "every rule of it is an addition: the mail stands without",
    "html-aria-label": "the title is in the heading too",
    "html-role": "for screen readers where it is known",
    "html-dir": "the letters of a script carry their direction",
    "html-meta-color-scheme": "where it is not known the client decides",
    "html-doctype": "set by the client itself",
    "html-body": "its ground is repeated on a div",
    "html-strike": "the word 'was' stands before the struck figure",
    "html-lists": "bullets only",
    "html-align": "the style says the same",
    "html-height": "the style says the same",
}
TAGS = {"b": "html-strong", "strong": "html-strong", "s": "html-strike", "ul": "html-lists", "li": "html-lists"}
HEADINGS = re.compile(r"h[1-6]")


def unsupported(mail: str, data: Path) -> dict[str, list[str]]:
    """Feature and the clients that lack it, of what the mail uses."""
    features = {row["slug"]: row for row in json.loads(data.read_text("utf-8"))["data"]}
    found: dict[str, list[str]] = {}
    for slug in sorted(set(used(mail)) & features.keys()):
        lacking = [f"{client} {place}" for client, place in _lacking(features[slug]["stats"])]
        if lacking:
            found[slug] = lacking
    return found


def _lacking(stats: dict[str, dict[str, dict[str, str]]]) -> Iterator[tuple[str, str]]:
    for client in CLIENTS:
        for place, versions in stats.get(client, {}).items():
            latest = list(versions.values())[-1] if versions else "u"
            if latest.startswith(("n", "a")):
                yield client, place


def used(mail: str) -> Iterator[str]:
    """The slugs of every property, selector, element and attribute in the mail."""
    shown = re.sub(r"<!--.*?-->", "", mail, flags=re.DOTALL)
    if shown != mail:
        yield "html-comments"
    styles = " ".join(re.findall(r"<style[^>]*>(.*?)</style>", shown, re.DOTALL))
    inline = ";".join(re.findall(r'style="([^"]*)"', shown))
    yield from _properties(inline)
    yield from _properties(";".join(re.findall(r"\{([^{}]*)\}", styles)))
    yield from _selectors(styles)
    yield from _elements(shown)


def _properties(css: str) -> Iterator[str]:
    for declaration in css.split(";"):
        name, _, value = declaration.strip().partition(":")
        if not name or name.startswith(("-", "mso-")):
            continue
        yield f"css-{name}"
        yield f"css-{re.sub(r'-(top|right|bottom|left)$', '', name)}"
        if name == "display":
            yield f"css-display-{value.strip().split('!')[0]}"
        for unit, slug in (("%", "percent"), ("px", "px"), ("em", "em")):
            if re.search(rf"\d{unit}(?![a-z])", value):
                yield f"css-unit-{slug}"
        if "!important" in value:
            yield "css-important"


def _selectors(styles: str) -> Iterator[str]:
    if "@media" in styles:
        yield "css-at-media"
    if "prefers-color-scheme" in styles:
        yield "css-at-media-prefers-color-scheme"
    for selector in re.findall(r"([^{}@]+)\{", styles):
        for sign, slug in ((".", "class"), ("#", "id"), (">", "child"), (",", "grouping"), ("[", "attribute")):
            if sign in selector:
                yield f"css-selector-{slug}"
        if re.search(r"[\w\])] +[\w.#\[]", selector):
            yield "css-selector-descendant"


def _elements(mail: str) -> Iterator[str]:
    if mail.lower().startswith("<!doctype"):
        yield "html-doctype"
    for tag, attributes in re.findall(r"<([a-z][a-z0-9]*)([^>]*)>", mail):
        yield "html-h1-h6" if HEADINGS.fullmatch(tag) else TAGS.get(tag, f"html-{tag}")
        yield from (f"html-{name}" for name in re.findall(r"\s([a-z-]+)=", attributes))
        if 'href="mailto:' in attributes:
            yield "html-mailto-links"
        if 'href="#' in attributes:
            yield "html-anchor-links"
        if 'name="color-scheme"' in attributes:
            yield "html-meta-color-scheme"
