"""The only door to MJML: an issue as HTML mail, plain text, archive page and list of issues."""

import re
from pathlib import Path

from mjml import mjml2html

from briefing.compose.budget import PAGE, Room, fit
from briefing.compose.context import Context, context
from briefing.compose.escaping import sturdy
from briefing.compose.links import Links
from briefing.compose.templates import fill
from briefing.compose.wrap import wrapped
from briefing.errors import TemplateError
from briefing.model.issue import Correction, Issue

LEFT_OVER = re.compile(r"\{(?:[{%]|(?<=\\u\{))")  # begins with one character: a search that skips
MANY_TAGS, DEEPEST = 9_000, 200  # the engine dies of ten thousand nested tags; ours nest some thirty deep
Folders = tuple[Path, ...]


def subject(issue: Issue, language: str, folders: Folders = ()) -> str:
    """The finding, in one line."""
    return _line("issue-subject.txt", context(issue, language, Links(), Room(), folders), folders)


def preheader(issue: Issue, language: str, folders: Folders = ()) -> str:
    """The line that mail programs show after the subject: the counts and a second fact."""
    return _line("issue-preheader.txt", context(issue, language, Links(), Room(), folders), folders)


def _line(name: str, values: Context, folders: Folders) -> str:
    return " ".join(fill(name, values, folders, is_markup=False).split())


def _headed(values: Context, folders: Folders) -> Context:
    """The same with subject and preheader, which stand in the head of mail and page."""
    lines = {name: _line(f"issue-{name}.txt", values, folders) for name in ("subject", "preheader")}
    return {**values, **lines}


def text(issue: Issue, language: str, links: Links = Links(), folders: Folders = ()) -> str:  # noqa: B008 -- frozen
    """The plain text: its own template, wrapped by display width."""
    filled = fill("issue-body.txt", context(issue, language, links, Room(), folders), folders, is_markup=False)
    return wrapped(filled)


def mjml(
    issue: Issue,
    language: str,
    links: Links = Links(),  # noqa: B008 -- frozen
    folders: Folders = (),
    room: Room = Room(),  # noqa: B008 -- frozen
) -> str:
    """The MJML source of the mail."""
    return sturdy(fill("issue.mjml", _headed(context(issue, language, links, room, folders), folders), folders))


def html(issue: Issue, language: str, links: Links = Links(), folders: Folders = ()) -> str:  # noqa: B008 -- frozen
    """The HTML mail, within its budget of bytes."""
    return fit(lambda room: engine(mjml(issue, language, links, folders, room)))


def page(
    issue: Issue,
    language: str,
    links: Links = Links(),  # noqa: B008 -- frozen
    folders: Folders = (),
    marks: tuple[Correction, ...] = (),
) -> str:
    """The archive page: everything, with permalinks; `marks` are what later issues said of this one's figures."""
    values = _headed(context(issue, language, links, PAGE, folders), folders)
    return fill("page.html", {**values, "marks": {mark.key: mark for mark in marks}}, folders)


def index(issues: tuple[Issue, ...], language: str, links: Links = Links(), folders: Folders = ()) -> str:  # noqa: B008 -- frozen
    """The list of all issues of a topic, as given."""
    lines = tuple((issue, subject(issue, language, folders), preheader(issue, language, folders)) for issue in issues)
    values = {**context(issues[0], language, links, Room(), folders), "issues": lines} if issues else {}
    return fill("index.html", values, folders) if issues else ""


def engine(source: str) -> str:
    """MJML to HTML. Raises TemplateError for whatever the engine cannot take, its panics too."""
    if source.count("<") > MANY_TAGS and _depth(source) > DEEPEST:
        raise TemplateError(f"issue.mjml: tags are nested more than {DEEPEST} deep")
    try:
        made = str(mjml2html(source, fonts={}))  # no fonts: else it links a font server abroad
    except (ValueError, UnicodeError, TypeError) as fault:
        raise TemplateError(f"issue.mjml: {fault}") from fault
    except BaseException as fault:
        # The engine's panics are no Exception; anything else that is none (an interrupt) goes on its way.
        if type(fault).__name__ != "PanicException":
            raise
        raise TemplateError(f"issue.mjml: the MJML engine gave up ({fault})") from fault
    left = LEFT_OVER.search(made)
    if left:
        around = made[max(0, left.start() - 40) : left.end() + 40]
        raise TemplateError(f"issue.mjml: {left[0]!r} is left in the output: ...{around}...")
    return made


def _depth(source: str) -> int:
    deepest = depth = 0
    for tag in re.finditer(r"<(/?)[a-z][^>]*?(/?)>", source):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        deepest = max(deepest, depth)
    return deepest
