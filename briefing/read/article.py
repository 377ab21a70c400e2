"""From an entry to the article, or the articles of a bundle, that it holds."""

import hashlib
import re
from dataclasses import replace

from briefing.model.article import Article, Dates, Part, Sentence
from briefing.model.entry import Entry
from briefing.model.source import Source, SourceKind
from briefing.model.text import Language
from briefing.read.bundles import Piece, pieces
from briefing.read.furniture import is_furniture
from briefing.read.links import canonical, host_of, unwrapped
from briefing.read.markup import line, plain
from briefing.read.paywall import is_paywalled
from briefing.read.text import fold, language_of, sentences

SUFFIX = re.compile(r"^(?P<title>.{4,}?)\s*(?:\s[-–—|·]\s|[|｜_丨]|——)\s*(?P<outlet>[^-–—|｜_丨]{2,40})$", re.DOTALL)
WIRES = frozenset(
    (
        "reuters",
        "ap news",
        "the associated press",
        "bloomberg",
        "bbc news",
        "the new york times",
        "wsj",
        "the wall street journal",
    )
)
LONG_SUMMARY = 500  # characters; a summary that long is the text


def articles_of(entry: Entry, source: Source) -> tuple[Article, ...]:
    """The article of an entry; several where the entry is a bundle of short news."""
    whole = _article(entry, source)
    return tuple(_item(whole, piece, number) for number, piece in enumerate(pieces(whole.title, whole.text), 1)) or (
        whole,
    )


def _article(entry: Entry, source: Source) -> Article:
    title, outlet = _title(entry, source)
    summary, text = _texts(entry)
    link = unwrapped(entry.link) or source.address
    address = _address(entry, source)
    language = language_of(f"{title}\n{summary}\n{text}", source.language)
    return Article(
        id=article_id(address),
        entry=entry,
        source=source.key,
        outlet=outlet,
        tier=source.tier,
        language=source.language if language is Language.OTHER and not text else language,
        title=title,
        summary=summary,
        text=text,
        sentences=_sentences(title, summary, text),
        dates=Dates(entry.page_date, entry.published, entry.first_seen),
        address=address,
        link=link,
        paywalled=source.paywalled or is_paywalled(text or summary),
    )


def _address(entry: Entry, source: Source) -> str:
    """The canonical address; with its fragment where only that tells two items of one page apart."""
    if not entry.link:
        return f"{source.key}:{entry.key}"
    fragment = entry.link.partition("#")[2]
    return canonical(entry.link) + (
        f"#{fragment}" if fragment and entry.key.endswith(f" {canonical(entry.link)}#{fragment}") else ""
    )


def article_id(address: str) -> str:
    """Twelve hexadecimal digits that stand for a canonical address for good."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:12]


def _item(whole: Article, piece: Piece, number: int) -> Article:
    """One story of a bundle. Its text is a slice of the bundle's, so that spans can be found again."""
    raw = whole.text[piece.start : piece.end]
    text = raw.strip()
    return replace(
        whole,
        id=f"{whole.id}#{number}",
        title=piece.heading,
        summary="",
        text=text,
        language=language_of(f"{piece.heading}\n{text}", whole.language),
        sentences=_sentences(piece.heading, "", text),
        address=f"{whole.address}#{number}",
    )


def _title(entry: Entry, source: Source) -> tuple[str, str]:
    """The title without the outlet at its end, and the outlet; a search feed names the outlet only there."""
    title = line(entry.title)
    own = source.outlet or source.name or host_of(entry.link) or source.key
    found = SUFFIX.match(title)
    searched = source.kind is SourceKind.SEARCH
    if found and (searched or _names(found["outlet"], entry, source)):
        return found["title"].strip(), found["outlet"].strip() if searched else own
    return title, (host_of(entry.link) or own) if searched else own


def _names(ending: str, entry: Entry, source: Source) -> bool:
    """Whether the end of a title names its outlet: by name, by host, or as one of the wires."""
    words = fold(ending)
    host = host_of(entry.link).partition(".")[0].replace("-", "")
    close = re.sub(r"[\W_]+", "", words)
    if words in {fold(source.outlet), fold(source.name), host_of(entry.link)} or words in WIRES:
        return True
    return bool(close) and close == host


def _texts(entry: Entry) -> tuple[str, str]:
    """Summary and text, once more freed of markup that was escaped twice."""
    summary, content = _cleaned(entry.summary), _cleaned(entry.content)
    if not content and (len(summary) > LONG_SUMMARY or "\n\n" in summary):
        return "", summary
    return summary, content


def _cleaned(text: str) -> str:
    return plain(text) if re.search(r"&(?:#\d+|[a-z]{2,8});|</?[a-z][a-z0-9]*[ />]", text, re.IGNORECASE) else text


def _sentences(title: str, summary: str, text: str) -> tuple[Sentence, ...]:
    """Title, summary unless the text begins with it, text; without page furniture."""
    found = list(sentences(title, Part.TITLE)) if title else []
    for part, words in ((Part.SUMMARY, "" if _repeats(summary, text) else summary), (Part.TEXT, text)):
        paragraph = found[-1].paragraph + 1 if found else 0
        found += [each for each in sentences(words, part, paragraph=paragraph) if not is_furniture(each.text)]
    return tuple(replace(each, number=number) for number, each in enumerate(found))


def _repeats(summary: str, text: str) -> bool:
    """Whether the text begins as the summary does, which may have been cut."""
    start = fold(summary).rstrip(". …").strip()
    return bool(start) and fold(text[: len(summary) * 2 + 200]).startswith(start)
