"""What the files share: names, zones, lists, texts in both languages."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from briefing.model.text import Bilingual
from briefing.settings.faults import Page, Strict, nearest

Fold = Callable[[str], str]


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """All zones; walking the zone folder takes as long as reading a topic file."""
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError(f"'{name}' is no time zone{nearest(name, _zones())}")
    return name


def _name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", text):
        raise ValueError("should hold small letters, digits, dots and hyphens only")
    return text


Zone = Annotated[str, AfterValidator(_zone)]
Name = Annotated[str, AfterValidator(_name)]
Filled = Annotated[str, Field(min_length=1)]
Words = Annotated[tuple[Filled, ...], Field(strict=False)]
SomeWords = Annotated[tuple[Filled, ...], Field(strict=False, min_length=1)]
Count = Annotated[int, Field(ge=1)]


class Both(Strict):
    """A text in both languages."""

    en: Filled
    zh: Filled

    def bilingual(self) -> Bilingual:
        return Bilingual(self.en, self.zh)


def folded(words: tuple[str, ...], fold: Fold) -> tuple[str, ...]:
    """The words in their comparison form, each once, in their order. '@key' and a last '*' are not text and stay."""
    return tuple(dict.fromkeys(_folded(word, fold) for word in words))


def _folded(word: str, fold: Fold) -> str:
    if word.startswith("@"):
        return word
    bare = word.rstrip("*")
    return fold(bare) + word[len(bare) :]


def unique(page: Page, table: tuple[str, ...], names: list[str]) -> None:
    """Notes a fault for every name that stands twice in a list of tables."""
    seen: dict[str, int] = {}
    for number, name in enumerate(names):
        if name in seen:
            page.fault((*table, number, "key"), f"'{name}' stands twice; first as number {seen[name] + 1}")
        seen.setdefault(name, number)
