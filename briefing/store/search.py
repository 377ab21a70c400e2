"""Search that finds Chinese words of any length: an index over lower-cased words and CJK bigrams.

A trigram index finds no two-character word and a word index finds one in five; bigrams find all of them.
"""

import re
from dataclasses import dataclass

from briefing.model.text import Bilingual
from briefing.store.connection import Database

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
RUN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+(?:[.,]\d+)*")
CHINESE = re.compile(rf"[{CJK}]")
MARK = ("[", "]")
ENDINGS = ("ing", "ies", "es", "ed", "s")  # of English words; what is left finds the others
LEAST = 4  # letters of what is left
AROUND = 60  # characters of an excerpt on each side of the first hit


@dataclass(frozen=True, slots=True)
class Document:
    """Something that search can find: an issue's story, figure or left-out item."""

    topic: str
    kind: str  # 'story', 'figure' or 'left out'
    ref: str  # story id, fact key or article id
    issue: str
    language: str
    day: str  # ISO day of the issue
    title: str
    text: str
    status: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    document: Document
    excerpt: str  # with the words found in square brackets


def words(text: str) -> str:
    """The index form: Latin words and numbers in lower case; Chinese runs as bigrams, then their last character."""
    parts: list[str] = []
    for run in RUN.findall(text.lower()):
        if CHINESE.match(run):
            parts += [run[i : i + 2] for i in range(len(run))]
        else:
            parts.append(run)
    return " ".join(parts)


def tokens(text: str) -> frozenset[str]:
    """The distinct words of a text as the index has them, single characters apart; '1.45' is two of them."""
    parts = re.split(r"[\s.,]+", words(text))
    return frozenset(part for part in parts if len(part) > 1)


def sought(text: str) -> tuple[str, ...]:
    """The words of a search in lower case, English ones without their ending: 'returning' also finds 'returned'."""
    return tuple(run if CHINESE.match(run) else _stem(run) for run in RUN.findall(text.lower()))


def _stem(word: str) -> str:
    if not (word.isascii() and word.isalpha()) or word.endswith("ss"):
        return word
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            return word.removesuffix(ending)
    return word


def query(text: str) -> str:
    """A search as typed, as an FTS expression: every word must occur, a Chinese run as a phrase. '' finds nothing."""
    wanted: list[str] = []
    for run in sought(text):
        if not CHINESE.match(run):
            wanted.append(f'"{run}"*' if run.isalpha() and len(run) >= BEGINS else f'"{run}"')
        elif len(run) == 1:
            wanted.append(f'"{run}"*')
        else:
            wanted.append('"' + " ".join(run[i : i + 2] for i in range(len(run) - 1)) + '"')
    return " AND ".join(wanted)


def excerpt(text: str, wanted: str) -> str:
    """The text around its first hit, hits in brackets."""
    runs = [re.escape(run) for run in sought(wanted)]
    found = re.search("|".join(runs), text, re.IGNORECASE) if runs else None
    start = max(0, found.start() - AROUND) if found else 0
    end = min(len(text), (found.end() if found else 0) + AROUND)
    shown = text[start:end]
    if runs:
        shown = re.sub("|".join(runs), lambda hit: f"{MARK[0]}{hit.group()}{MARK[1]}", shown, flags=re.IGNORECASE)
    return ("…" if start else "") + shown + ("…" if end < len(text) else "")


def add(db: Database, *documents: Document) -> None:
    """Indexes what an issue holds, in the transaction that publishes it; and merges the index as it grows."""
    for document in documents:
        row = {name: getattr(document, name) for name in Document.__slots__}
        number = db.number("add_document", **row)
        db.number("add_document_words", id=number, words=words(f"{document.title}\n{document.text}"))
    if documents:
        db.number("merge_document_words", pages=len(documents))


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search; an empty one narrows nothing."""

    topic: str = ""
    kind: str = ""
    language: str = ""
    since: str = ""
    until: str = "9999"
    status: str = ""
    outlet: str = ""


EVERYTHING = Filters()


def find(
    db: Database,
    text: str,
    *,
    topic: str = "",
    kind: str = "",
    language: str = "",
    since: str = "",
    until: str = "9999",
    most: int = 50,
) -> tuple[Hit, ...]:
    """The best documents first, with excerpts. An empty or wordless search finds nothing."""
    found = narrowed(db, text, Filters(topic, kind, language, since, until), most)
    return tuple(Hit(d, excerpt(d.text if query_hits(d.text, text) else d.title, text)) for d in found)


WINDOW = 30  # hits that are ranked together, three pages of them; each is a page of the store to read
BEGINS = 3  # letters of a word that finds longer ones; all words that begin with 'a' help nobody


def narrowed(db: Database, text: str, filters: Filters, most: int, skip: int = 0) -> tuple[Document, ...]:
    """The documents that meet a search: the newest thirty with the best of them first, then the next thirty.

    Best is what has the longest word in its title, and what an issue told; then the newest.
    """
    expression = query(text)
    if not expression:
        return ()
    window = max(WINDOW, most)
    before, skip = skip - skip % window, skip % window
    word = max(RUN.findall(text.lower()), key=len)
    found = _ranked(db, expression, filters, _Part(word, before, window, most, skip))
    if skip + most > window:
        found += _ranked(db, expression, filters, _Part(word, before + window, window, most - len(found), 0))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Part:
    """Which hits are ranked together, counted from the newest; and which of the ranked are wanted."""

    word: str
    before: int
    window: int
    most: int
    skip: int


def _ranked(db: Database, expression: str, filters: Filters, part: _Part) -> list[Document]:
    wanted = {
        "query": expression,
        "word": part.word,
        "before": part.before,
        "ranked": part.window,
        "most": part.most,
        "skip": part.skip,
    }
    if filters == EVERYTHING:
        rows = db.rows("newest_matching", **wanted)
    else:
        narrowing = {name: getattr(filters, name) for name in Filters.__slots__}
        rows = db.rows("documents_matching", **wanted, **narrowing)
    return [Document(*row) for row in rows]


def query_hits(body: str, wanted: str) -> bool:
    """Whether any word of the search stands in the body (else the title is quoted)."""
    return any(run in body.lower() for run in sought(wanted))


def both(text: Bilingual) -> str:
    """A bilingual text as one indexable text."""
    return text.en if text.en == text.zh else f"{text.en}\n{text.zh}"
