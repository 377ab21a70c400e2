"""One script for comparing: traditional characters become simplified, one for one, so offsets stay."""

from functools import cache

from briefing.figures.numerals import folded
from briefing.figures.variants import PAIRS


@cache
def _table() -> dict[int, str]:
    return {ord(PAIRS[i]): PAIRS[i + 1] for i in range(0, len(PAIRS), 2)}


def simplified(text: str) -> str:
    """Character by character; rare characters that the table lacks stay as they are."""
    return text if text.isascii() else text.translate(_table())


def lowered(text: str) -> str:
    """Lower case, of the same length whatever the script."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def comparable(text: str, *, traditional: bool) -> str:
    """Folded, lower case, simplified; as long as `text`."""
    plain = lowered(folded(text))
    return simplified(plain) if traditional else plain
