"""The sample's articles and outlets as they stand at a moment."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.model.source import Selectors, Source, SourceKind, Tier
from briefing.model.text import Language
from briefing.settings import packaged

MARKER = ".demo"  # the file by which a folder of the demonstration is known
LIST_ROWS = Selectors(item="ul.news > li", link="a", date="span.date", summary="p")
TEXT_OF_PAGE = "div.text"


@dataclass(frozen=True, slots=True)
class Outlet:
    """How an invented outlet publishes."""

    key: str
    name: str
    host: str
    language: Language
    zone: str
    tier: Tier
    form: str  # rss, atom or list
    dates: str  # rfc822, iso, or a strftime pattern in the outlet's zone
    carries: str  # 'text'; or 'summary' or 'title', with a page of its own
    encoding: str = "utf-8"
    declared: str = "utf-8"
    broken: bool = False

    @property
    def has_pages(self) -> bool:
        return self.carries != "text"

    @property
    def path(self) -> str:
        return f"/{self.key}/{'list.html' if self.form == 'list' else 'feed.xml'}"


@dataclass(frozen=True, slots=True)
class Later:
    """A change that an outlet makes to an article after it came out."""

    at: datetime
    field: str  # 'title' or 'published'
    value: str


@dataclass(frozen=True, slots=True)
class Item:
    """One invented article."""

    id: str
    outlet: str
    path: str
    seen: datetime  # when it comes out
    published: datetime  # the date in the feed or list
    page_published: datetime  # the date on its page
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    guid: str
    later: tuple[Later, ...] = ()

    def at(self, now: datetime) -> "Item":
        """The article with the changes made up to now."""
        item = self
        for change in self.later:
            if change.at <= now and change.field == "title":
                item = replace(item, title=change.value)
            elif change.at <= now and change.field == "published":
                item = replace(item, published=datetime.fromisoformat(change.value))
        return item

    def changed(self, now: datetime) -> datetime:
        """When it was last changed before now."""
        return max([self.seen, *(change.at for change in self.later if change.at <= now)])


@dataclass(frozen=True, slots=True)
class Sample:
    """The whole demonstration."""

    days: tuple[datetime, ...]  # the moments of its issues, oldest first
    outlets: tuple[Outlet, ...]
    items: tuple[Item, ...]

    def items_of(self, outlet: Outlet, now: datetime) -> tuple[Item, ...]:
        """What an outlet shows, newest first."""
        shown = [item for item in self.items if item.outlet == outlet.key and item.seen <= now]
        return tuple(item.at(now) for item in sorted(shown, key=lambda item: item.seen, reverse=True))

    def resting(self) -> tuple[Source, ...]:
        """The same once the demonstration is over: what they told can be read, and nobody is asked any more."""
        return tuple(replace(source, enabled=False) for source in self.sources("http://127.0.0.1"))

    def sources(self, origin: str) -> tuple[Source, ...]:
        """The outlets as sources of a desk, at the origin where they are served: 'http://127.0.0.1:8080'."""
        return tuple(_source(outlet, origin) for outlet in self.outlets)


def load_sample(folder: Path | None = None) -> Sample:
    """The sample that the program carries, or that of a folder."""
    folder = folder or packaged("feeds") / "sample"
    plan = tomllib.loads((folder / "sample.toml").read_text(encoding="utf-8"))
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return Sample(
        days=tuple(plan["days"]),
        outlets=tuple(_outlet(table) for table in plan["outlet"]),
        items=tuple(_item(json.loads(line)) for line in lines),
    )


def _outlet(table: dict[str, str]) -> Outlet:
    tags = {"language": Language(table["language"]), "tier": Tier(table["tier"])}
    return Outlet(**{**table, **tags})  # type: ignore[arg-type] # a TOML table of texts and one truth value


def _item(row: dict[str, str]) -> Item:
    later: Sequence[dict[str, str]] = row.get("later", ())  # type: ignore[assignment] # the one list of a row
    return Item(
        id=row["id"],
        outlet=row["outlet"],
        path=row["path"],
        seen=datetime.fromisoformat(row["seen"]),
        published=datetime.fromisoformat(row["published"]),
        page_published=datetime.fromisoformat(row.get("page_published", row["published"])),
        title=row["title"],
        summary=row.get("summary", ""),
        paragraphs=tuple(row["paragraphs"]),
        guid=row.get("guid", ""),
        later=tuple(Later(datetime.fromisoformat(c["at"]), c["field"], c["value"]) for c in later),
    )


def _source(outlet: Outlet, origin: str) -> Source:
    is_list = outlet.form == "list"
    return Source(
        key=f"sample-{outlet.key}",
        address=origin + outlet.path,
        kind=SourceKind.PAGE if is_list else SourceKind.FEED,
        name=outlet.name,
        outlet=outlet.name,
        language=outlet.language,
        zone=outlet.zone,
        tier=outlet.tier,
        selectors=LIST_ROWS if is_list else None,
        body=TEXT_OF_PAGE if outlet.has_pages else "",
        full_text=outlet.has_pages,
        note="Sample: invented for demonstration",
    )
