"""Tries a desk's own templates on hard cases, and says what breaks, with file and line."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from briefing.compose import render
from briefing.compose.budget import LIMIT, STYLE_LIMIT
from briefing.compose.links import Links, personal
from briefing.compose.places import packaged_templates
from briefing.compose.specimen import beginning, quiet, specimen
from briefing.compose.templates import faults_of_syntax
from briefing.compose.wording import words
from briefing.errors import TemplateError
from briefing.model.issue import PERSONAL, Issue

UNSUBSCRIBE, PREFERENCES = personal("https://desk.example")
LINKS = Links(
    "https://desk.example/i/", "https://desk.example/i/zh", "https://desk.example/", "https://desk.example/feed.atom",
    "https://desk.example/ask", UNSUBSCRIBE, PREFERENCES, "https://desk.example/{issue}/", "1 Quay, Harbour",
)  # fmt: skip
HARD = (  # each of these has broken a mail somewhere
    "年>2019年", "<script>alert(1)</script>", "a & b < c > d \" e ' f \\ g", "{{ 7*7 }} {% raw %}", "\\u{3000}",
    "全角　空格", "zero\u200bwidth\u200djoiner\ufe0f", "\u202e842\u202c right to left",
    "عنوان طويل عن الرسوم 248 مليون",
    "ภาษาไทยกับสระ", "हिन्दी में शीर्षक", "각주ㅤ한글", "e\u0301\u0327 combining", "tab\tand\nnewline\r\nand\u2028line",
    "null\x00bell\x07escape\x1b", "\ufffe\uffff\ufdd0", "𠮷野家😀👨‍👩‍👧", "W" * 400, "长" * 400, "x" * 3000 + " end",
    "]]> --> <!-- <![CDATA[", "&amp; &#39; &nbsp; &zwnj;", "%s %(x)d {0} {name}", "https://example.com/?a=1&b=2#c",
    "javascript:alert(1)", "</mj-text></td></table>", "= =3D =0A soft=", ".", "…", " ",
)  # fmt: skip


def cases() -> Iterator[tuple[str, Issue]]:
    """What a template must stand, by name."""
    yield "an ordinary issue", specimen(5)
    yield "a first issue", beginning()
    yield "a quiet day", quiet()
    yield "200 stories", specimen(200)
    for number, text in enumerate(HARD):
        yield f"hard text {number} ({text[:24]!a})", specimen(3, text)


def faults(folder: Path) -> tuple[str, ...]:
    """What is wrong with the templates of one folder, each fault once; empty when they hold.

    Stops at the first case that breaks: what fails an ordinary issue would fail all the others too.
    """
    found = dict.fromkeys((*_unknown(folder), *faults_of_syntax(folder), *_wordings(folder)))
    for name, issue in cases():
        if found:
            break
        for language in ("en", "zh"):
            found.update(dict.fromkeys(_broken(issue, language, name, (folder,))))
    return tuple(found)


def _unknown(folder: Path) -> Iterator[str]:
    """Files that nothing asks for: most often a misspelt name."""
    if not folder.is_dir():
        yield f"{folder}: there is no such folder; make it, and copy into it the packaged templates that are to change"
        return
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".mjml", ".html", ".txt", ".toml", ".css"}):
        name = path.relative_to(folder)
        if not (packaged_templates() / name).is_file() and not _is_used(folder, name.as_posix()):
            yield f"{path}: no template uses this file"


def _is_used(folder: Path, name: str) -> bool:
    texts = (p.read_text("utf-8", "replace") for p in folder.rglob("*") if p.suffix in {".mjml", ".html", ".txt"})
    return any(f'"{name}"' in text or f"'{name}'" in text for text in texts)


def _wordings(folder: Path) -> Iterator[str]:
    for language in ("en", "zh"):
        try:
            own, packaged = words(language, (folder,)), words(language)
        except TemplateError as fault:
            yield str(fault)
            continue
        for key in own.entries.keys() - packaged.entries.keys():
            yield f"{folder / 'words' / language}.toml: nothing asks for {key!r}"


def _broken(issue: Issue, language: str, name: str, folders: tuple[Path, ...]) -> Iterator[str]:
    forms: tuple[tuple[str, Callable[[], str]], ...] = (
        ("subject", lambda: render.subject(issue, language, folders)),
        ("text", lambda: render.text(issue, language, LINKS, folders)),
        ("mail", lambda: render.html(issue, language, LINKS, folders)),
        ("page", lambda: render.page(issue, language, LINKS, folders)),
        ("list of issues", lambda: render.index((issue,), language, LINKS, folders)),
    )
    for form, draw in forms:
        try:
            made = draw()
        except TemplateError as fault:
            yield str(fault)
            continue
        yield from (f"{form}, {name}, {language}: {fault}" for fault in _faults_of(form, made))


def _faults_of(form: str, made: str) -> Iterator[str]:
    if not made.strip():
        yield "nothing is written"
    if form == "mail":
        if len(made.encode()) > LIMIT:
            yield f"{len(made.encode()):,} bytes; Gmail cuts what is over {LIMIT:,}"
        style = sum(len(block) for block in re.findall(r"<style[^>]*>(.*?)</style>", made, re.DOTALL))
        if style > STYLE_LIMIT:
            yield f"{style:,} characters of style; Gmail drops all of it past 16,384, ours ends at {STYLE_LIMIT:,}"
        if made.count("<!--[if") != made.count("<![endif]"):
            yield "conditional comments for Outlook are not closed"
    if form in {"mail", "text"} and PERSONAL not in made:
        yield "no link to unsubscribe"
