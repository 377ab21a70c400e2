"""OPML: lists of feeds, in and out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from briefing.model.source import Source, SourceKind
from briefing.model.text import Language
from briefing.read.decode import decoded
from briefing.read.links import canonical, host_of, short_name
from briefing.read.markup import line

MAX_OUTLINES = 10_000
LANGUAGES = {"en": Language.EN, "zh": Language.HANS, "zh-cn": Language.HANS, "zh-hans": Language.HANS}
LANGUAGES |= {"zh-tw": Language.HANT, "zh-hk": Language.HANT, "zh-hant": Language.HANT}


def sources_in(body: bytes) -> tuple[Source, ...]:
    """The feeds that a list names, each address once. Damaged lists give what can be read; anything else nothing."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(decoded(body).text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    found: dict[str, Source] = {}
    for outline in _outlines(root):
        source = _source(outline)
        if source:
            found.setdefault(canonical(source.address), source)
    return tuple(_with_keys(found.values()))


def opml_of(sources: Iterable[Source], title: str = "Sources") -> bytes:
    """A list that any reader can take in; pages and records are named as what they are."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _fit(title)
    body = etree.SubElement(root, "body")
    for source in sources:
        name = _fit(source.name or source.key)
        outline = etree.SubElement(body, "outline", text=name, title=name)
        outline.set("type", "rss" if source.kind in {SourceKind.FEED, SourceKind.SEARCH} else source.kind.value)
        outline.set("xmlUrl", _fit(source.address))
        if source.language is not Language.OTHER:
            outline.set("language", source.language.value)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _outlines(root: etree._Element | None) -> Iterator[dict[str, str]]:
    """The attributes of every outline, names in lower case: lists spell xmlUrl in four ways."""
    if root is None:
        return
    for number, element in enumerate(root.iter("{*}outline", "outline")):
        if number >= MAX_OUTLINES:
            return
        yield {str(name).lower(): str(worth) for name, worth in element.attrib.items()}


def _with_keys(sources: Iterable[Source]) -> Iterator[Source]:
    """Each with a short name of its own, out of its host and numbered where that is taken."""
    taken: dict[str, int] = {}
    for source in sources:
        number = taken[source.key] = taken.get(source.key, 0) + 1
        yield source if number == 1 else replace(source, key=f"{source.key}-{number}")


def _source(outline: dict[str, str]) -> Source | None:
    address = (outline.get("xmlurl") or outline.get("url") or "").strip()
    if not address.lower().startswith(("http://", "https://")):
        return None
    kind = outline.get("type", "").lower()
    if kind in {"link", "include", "text"}:
        return None
    name = line(outline.get("title") or outline.get("text") or "") or host_of(address)
    return Source(
        key=short_name(address),
        address=address,
        kind=SourceKind(kind) if kind in {"page", "records", "sitemap"} else SourceKind.FEED,
        name=name,
        outlet=name,
        language=LANGUAGES.get(outline.get("language", "").lower(), Language.OTHER),
    )


def _fit(text: str) -> str:
    """Without what XML cannot carry."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
