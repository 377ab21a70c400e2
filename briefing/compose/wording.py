"""The desk's own words in both languages, from `words/*.toml`; the only door to Babel."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

from briefing.compose.amounts import code, shown
from briefing.compose.places import packaged_templates
from briefing.errors import TemplateError
from briefing.model.figure import Quantity
from briefing.model.text import Bilingual
from briefing.model.wording import grouped

LOCALES = {"en": Locale("en"), "zh": Locale("zh", script="Hans")}
PATTERNS = {  # by the parts that an ISO date has; "long" is for the masthead
    "en": {"long": "EEEE d MMMM y", "day": "d MMM y", "month": "MMM y", "year": "y"},
    "zh": {"long": "y年M月d日 EEEE", "day": "y年M月d日", "month": "y年M月", "year": "y年"},
}

Value = str | int | date | datetime | Bilingual | Quantity


@lru_cache(maxsize=4096)
def day(when: date | str, language: str, shape: str = "") -> str:
    """A date for readers: '16 Jul 2024', '2024年7月16日'. A month or year stays one, other words stay as they are."""
    if isinstance(when, str):
        found = _iso(when)
        if found is None:
            return when
        when, shape = found[0], shape or found[1]
    lang = code(language)
    return str(format_date(when, PATTERNS[lang][shape or "day"], locale=LOCALES[lang]))


def _iso(text: str) -> tuple[date, str] | None:
    parts = text[:10].split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[0]) != len("2024"):
        return None
    numbers = [int(part) for part in parts]
    try:
        return date(*[*numbers, 1, 1][:3]), ("year", "month", "day")[len(parts) - 1]
    except (ValueError, IndexError):
        return None


def local(when: datetime, zone: str) -> date:
    """The day in the issue's zone."""
    return when.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True)
class Words:
    """All wordings of one language, by dotted key."""

    language: str
    entries: Mapping[str, str | Mapping[str, str]]

    def say(self, key: str, **values: Value) -> str:
        """The wording with its values filled in; `n` chooses between singular and plural."""
        entry = self.entries.get(key)
        if entry is None:
            raise TemplateError(f"words/{self.language}.toml has no wording {key!r}")
        if not isinstance(entry, str):
            count = values.get("n", 0)
            form = LOCALES[self.language].plural_form(count if isinstance(count, int) else 0)
            entry = entry.get(form) or entry["other"]
        try:
            return entry.format(**{name: self.put(value) for name, value in values.items()})
        except (KeyError, IndexError, ValueError) as fault:
            raise TemplateError(
                f"words/{self.language}.toml: {key!r} asks for what it is not given: {fault}"
            ) from fault

    def put(self, value: Value) -> str:
        """One value as this language writes it."""
        if isinstance(value, Bilingual):
            return value.written(self.language)
        if isinstance(value, Quantity):
            return shown(value, self.language)
        if isinstance(value, datetime):
            return day(value.date(), self.language)
        if isinstance(value, date):
            return day(value, self.language)
        return grouped(Decimal(value)) if isinstance(value, int) else value


@lru_cache(maxsize=32)
def words(language: str, folders: tuple[Path, ...] = ()) -> Words:
    """The packaged wordings, with those of a desk's own templates folders over them (first folder wins)."""
    lang = code(language)
    entries: dict[str, str | Mapping[str, str]] = {}
    for folder in (packaged_templates(), *reversed(folders)):
        entries.update(_entries(folder / "words" / f"{lang}.toml"))
    return Words(lang, entries)


def _entries(path: Path) -> dict[str, str | Mapping[str, str]]:
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise TemplateError(f"{path}: {fault}") from fault
    found: dict[str, str | Mapping[str, str]] = {}
    for section, table in tables.items():
        if not isinstance(table, dict):
            raise TemplateError(f"{path}: {section!r} stands outside a section")
        found.update({f"{section}.{name}": entry for name, entry in table.items()})
    return found


def both(key: str, **values: Value) -> Bilingual:
    """One statement in both languages, from the packaged wordings: what `issue.json` keeps."""
    return Bilingual(words("en").say(key, **values), words("zh").say(key, **values))


__all__ = ["Value", "Words", "both", "code", "day", "local", "words"]
