"""One script for comparing: traditional characters become simplified, one for one, so offsets stay."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from briefing.figures.numerals import folded

if TYPE_CHECKING:
    from opencc import OpenCC


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC  # noqa: PLC0415 - only texts in traditional script need it

    return OpenCC("t2s")


@lru_cache(maxsize=16384)
def _simplified(character: str) -> str:
    found = str(_converter().convert(character))
    return found if len(found) == 1 else character


def simplified(text: str) -> str:
    """Character by character: what a phrase table would change in length stays as it is."""
    return text.translate({ord(c): _simplified(c) for c in set(text) if c > "\u3400"})


def lowered(text: str) -> str:
    """Lower case, of the same length whatever the script."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def comparable(text: str, *, traditional: bool) -> str:
    """Folded, lower case, simplified; as long as `text`."""
    plain = lowered(folded(text))
    return simplified(plain) if traditional else plain
