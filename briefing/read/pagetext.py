"""The text of a page whose source has no rule for it. The only door to readability and to trafilatura, an extra.

Readability reads Chinese pages better, trafilatura all others. Both are loaded when they are needed.
"""

import logging
from collections.abc import Iterator
from copy import deepcopy
from importlib.util import find_spec

from lxml import etree
from lxml.html import HtmlElement

from briefing.read.markup import fragment, text_of
from briefing.read.text import language_of

# What both are known to let through on damaged pages.
GAVE_UP = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError, etree.LxmlError)


def missing() -> str:
    """Why pages that are not in Chinese are read by readability alone, or ''. Loads nothing."""
    return "" if find_spec("trafilatura") else "reading article pages with trafilatura needs the extra `extract`"


def readings(root: HtmlElement, html: str) -> Iterator[str]:
    """What the page says as each way reads it, the better way for its language first; each may give ''."""
    if not language_of(text_of(root)).is_chinese and not missing():
        yield _by_trafilatura(root)
    yield _by_readability(html)


def _by_readability(html: str) -> str:
    from readability import Document  # noqa: PLC0415 - a quarter of a second, only where a page is read

    try:
        return _plain(str(Document(html).summary(html_partial=True)))
    except GAVE_UP:
        return ""


def _by_trafilatura(root: HtmlElement) -> str:
    """Not `fast`: without its second opinion it loses texts that stand in no paragraphs."""
    from trafilatura import extract  # noqa: PLC0415 - half a second, and an extra

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # that a page has no text is no news
    try:
        return _plain(extract(deepcopy(root), output_format="html", include_comments=False) or "")
    except GAVE_UP:
        return ""


def _plain(html: str) -> str:
    root = fragment(html)
    return "" if root is None else text_of(root)
