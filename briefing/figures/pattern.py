"""Regular expressions that are compiled when they are first used, so that importing the room stays quick."""

import re
from collections.abc import Iterator

Found = re.Match[str]
TO_THE_END = 2**31


class Pattern:
    """As `re.compile`, at the first use; each is compiled once."""

    __slots__ = ("_compiled", "_flags", "_source")

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source, self._flags = source, flags
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._source, self._flags)
        return self._compiled

    def match(self, text: str, start: int = 0, end: int = TO_THE_END) -> Found | None:
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: str) -> Found | None:
        return self.compiled.fullmatch(text)

    def search(self, text: str, start: int = 0, end: int = TO_THE_END) -> Found | None:
        return self.compiled.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = TO_THE_END) -> Iterator[Found]:
        return self.compiled.finditer(text, start, end)

    def findall(self, text: str) -> list[str]:
        return self.compiled.findall(text)

    def split(self, text: str) -> list[str]:
        return self.compiled.split(text)

    def sub(self, with_: str, text: str) -> str:
        return self.compiled.sub(with_, text)
