"""OPML: lists of feeds, in and out."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from briefing.model.source import Source, SourceKind
from briefing.model.text import Language
from briefing.read.decode import decoded
from briefing.read.links import canonical, host_of
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
    taken: set[str] = set()
    for outline in _outlines(root):
        source = _source(outline, taken)
        if source and canonical(source.address) not in found:
            found[canonical(source.address)] = source
            taken.add(source.key)
    return tuple(found.values())


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


def _source(outline: dict[str, str], taken: set[str]) -> Source | None:
    address = (outline.get("xmlurl") or outline.get("url") or "").strip()
    if not address.lower().startswith(("http://", "https://")):
        return None
    kind = outline.get("type", "").lower()
    if kind in {"link", "include", "text"}:
        return None
    name = line(outline.get("title") or outline.get("text") or "") or host_of(address)
    return Source(
        key=_key(address, taken),
        address=address,
        kind=SourceKind(kind) if kind in {"page", "records", "sitemap"} else SourceKind.FEED,
        name=name,
        outlet=name,
        language=LANGUAGES.get(outline.get("language", "").lower(), Language.OTHER),
    )


def _key(address: str, taken: set[str]) -> str:
    """A short name out of the host, numbered where it is taken."""
    labels = [
        label for label in host_of(address).split(".") if label not in {"feeds", "feed", "rss", "blog", "com", "news"}
    ]
    stem = re.sub(r"[^a-z0-9-]", "-", labels[0] if labels else "source").strip("-") or "source"
    number = 1
    while (key := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return key


def _fit(text: str) -> str:
    """Without what XML cannot carry."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
