"""What was published, at hand: files of the archive and decoded issues, kept in memory within bounds."""

import gzip
import html
import re
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from briefing.compose.links import figure_slug, with_pages
from briefing.model.issue import Issue
from briefing.store import archive, issues
from briefing.store.connection import Database

ISSUE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,99}")  # ids of issues; never '..' and never a path
FILES = {  # name in the address: kind
    "index.html": "text/html; charset=utf-8",
    "index.zh.html": "text/html; charset=utf-8",
    "issue.txt": "text/plain; charset=utf-8",
    "issue.zh.txt": "text/plain; charset=utf-8",
    "issue.json": "application/json; charset=utf-8",
}
WORTH_PACKING = 2_000  # bytes; smaller files fit into one packet anyway
HEAD = 4096  # bytes at the start of an issue's page that hold its title and description
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
SUMMARY = re.compile(r'<meta name="description" content="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it stands, with the tag by which a browser asks again."""

    kept: bytes  # compressed where that is worth it: nearly every browser takes it so, and five times as many fit
    etag: str
    is_packed: bool = False

    @property
    def body(self) -> bytes:
        """The file itself, for who takes it no other way."""
        return gzip.decompress(self.kept) if self.is_packed else self.kept


@dataclass(frozen=True, slots=True)
class Told:
    """What an issue found, in two lines."""

    title: str
    summary: str


class Files:
    """Reads files of one folder and keeps the latest read, up to `most` bytes. A changed file is read again."""

    def __init__(self, folder: Path, most: int = 16_000_000) -> None:
        self.folder = folder.resolve()
        self._most = most
        self._kept: OrderedDict[Path, tuple[tuple[int, int], Paper]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def paper(self, *parts: str) -> Paper | None:
        """The file at a place of the archive; None where there is none, or where the name leads out of it."""
        if any(not ISSUE.fullmatch(part) or ".." in part for part in parts):
            return None
        path = self.folder.joinpath(*parts)
        try:
            stat = path.stat()
        except OSError:
            return None
        state = (stat.st_mtime_ns, stat.st_size)
        with self._lock:
            known = self._kept.get(path)
            if known and known[0] == state:
                self._kept.move_to_end(path)
                return known[1]
        return self._read(path, state)

    def _read(self, path: Path, state: tuple[int, int]) -> Paper | None:
        if not path.resolve().is_relative_to(self.folder):  # a link that leads out of the archive
            return None
        try:
            body = path.read_bytes()
        except OSError:
            return None
        body = with_pages(body)
        is_packed = len(body) >= WORTH_PACKING
        kept = gzip.compress(body, 6, mtime=0) if is_packed else body
        paper = Paper(kept, f'"{sha256(body).hexdigest()[:20]}"', is_packed)
        with self._lock:
            before = self._kept.pop(path, None)
            self._size += len(paper.kept) - (len(before[1].kept) if before else 0)
            self._kept[path] = (state, paper)
            while self._size > self._most and len(self._kept) > 1:
                _, (_, gone) = self._kept.popitem(last=False)
                self._size -= len(gone.kept)
        return paper


class Documents:
    """Decoded issues, the latest used; and what each issue found, from the head of its page."""

    def __init__(self, folder: Path, most: int = 24) -> None:
        self._folder = folder
        self._most = most
        self._issues: OrderedDict[tuple[str, str], Issue] = OrderedDict()
        self._told: dict[tuple[str, str, str], Told] = {}
        self._slugs: dict[str, tuple[archive.State, dict[str, str]]] = {}
        self._lock = Lock()

    def issue(self, db: Database, topic: str, number: str) -> Issue | None:
        """An issue is immutable, so one that was read stays true."""
        with self._lock:
            if (topic, number) in self._issues:
                self._issues.move_to_end((topic, number))
                return self._issues[topic, number]
        found = issues.document(db, topic, number)
        if found:
            with self._lock:
                self._issues[topic, number] = found
                while len(self._issues) > self._most:
                    self._issues.popitem(last=False)
        return found

    def told(self, topic: str, number: str, tag: str) -> Told:
        """Title and summary of an issue's page."""
        key = (topic, number, tag)
        if key not in self._told:
            try:
                with (self._folder / topic / number / f"index{tag}.html").open("rb") as file:
                    head = file.read(HEAD).decode("utf-8", "ignore")
            except OSError:
                return Told(number, "")
            title, summary = TITLE.search(head), SUMMARY.search(head)
            subject = html.unescape(title[1]) if title else number
            finding = subject.rsplit(" · ", 1)[0]  # behind it stands the topic's name, which the page says already
            self._told[key] = Told(finding, html.unescape(summary[1]) if summary else "")
        return self._told[key]

    def figure_key(self, db: Database, topic: str, slug: str) -> str:
        """The key of the figure that an address names; '' where no issue has told of it."""
        state = archive.state(db)
        known = self._slugs.get(topic)
        if known is None or known[0] != state:
            known = (state, {figure_slug(key): key for key in archive.refs(db, topic, "figure")})
            self._slugs[topic] = known
        return known[1].get(slug, "")
