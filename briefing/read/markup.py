"""Markup to plain text: what a reader would see, with paragraphs parted by an empty line."""

import html
import re

from lxml import etree
from lxml import html as lxml_html

from briefing.read.bounds import slim

_BLOCKS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCKS.split())
_UNSEEN = "head iframe math noscript object script select style svg template textarea"
UNSEEN = frozenset(_UNSEEN.split())
MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z][^<>]{0,5000}>|<!--|<!\[CDATA\[")
TAG = re.compile(r"<[^<>]*+>")
ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
NAMED_BARE = re.compile(r"&(amp|lt|gt|quot|nbsp|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip)(?![a-zA-Z0-9;=])")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u2028\u2029]+")
MAX_TITLE = 1_000  # a longer title is a text in the wrong place
MAX_TEXT = 400_000  # longer than any report; the rest is not read
MAX_TAGS = 60_000  # of one text; beyond that the tags are only taken out


def plain(text: str) -> str:
    """Plain text of a fragment that may hold markup, entities or neither."""
    text = CONTROLS.sub("", text[: MAX_TEXT * 4])
    if not MARKUP.search(text):
        return _paragraphs(_unescaped(text))[:MAX_TEXT]
    if text.count("<") > MAX_TAGS:
        return crude(text)
    root = fragment(text)
    return "" if root is None else text_of(root)


def crude(text: str) -> str:
    """The words of a markup too rich to be read as a tree: its tags are taken out, and nothing else is understood."""
    return _paragraphs(_unescaped(TAG.sub("\n\n", text[: MAX_TEXT * 4])))[:MAX_TEXT]


def fragment(text: str) -> lxml_html.HtmlElement | None:
    """The tree of a page or a piece of one; None where nothing can be made of it."""
    parser = lxml_html.HTMLParser(encoding="utf-8", recover=True, no_network=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(slim(text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return root if isinstance(root, lxml_html.HtmlElement) else None


def text_of(root: lxml_html.HtmlElement) -> str:
    """What is seen of an element and all within it."""
    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in UNSEEN
            if tag == "br":
                parts.append("\n")
            elif tag in BLOCKS:
                parts.append("\n\n")
            if not hidden and element.text:
                parts.append(SPACES.sub(" ", element.text))
            continue
        if event == "end":
            hidden -= tag in UNSEEN
            if tag in BLOCKS:
                parts.append("\n\n")
        if not hidden and element.tail and element is not root:
            parts.append(SPACES.sub(" ", element.tail))
    return _tidied("".join(parts))[:MAX_TEXT]


def line(text: str) -> str:
    """One line: a title or a name, with markup, double escapes, line ends and doubled spaces taken out."""
    text = CONTROLS.sub("", text[: MAX_TITLE * 20])
    for _ in range(3):  # '&amp;amp;lt;' is rare, deeper never seen
        if ENTITY.search(text) or NAMED_BARE.search(text):
            text = _unescaped(text)
        else:
            break
    if MARKUP.search(text) and (root := fragment(f"<div>{text}</div>")) is not None:
        text = text_of(root) or text
    return SPACES.sub(" ", text).strip()[:MAX_TITLE]


def _unescaped(text: str) -> str:
    return CONTROLS.sub("", html.unescape(ENTITY.sub(lambda found: found[0], NAMED_BARE.sub(r"&\1;", text))))


def _paragraphs(text: str) -> str:
    """Plain text as it came: an empty line parts paragraphs, a single line end does too where lines are whole."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _tidied("\n\n".join("\n".join(SPACES.sub(" ", row) for row in part.split("\n")) for part in parts))


def _tidied(text: str) -> str:
    rows = [row.strip() for row in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()
