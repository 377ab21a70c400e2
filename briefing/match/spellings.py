"""Chinese names as English texts spell them: 'Linlan' and 林澜 are one name, though no dictionary has either."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, product

from briefing.match import words
from briefing.match.glossary import segmented, sounds

SHORTEST, LONGEST = 2, 3  # characters of a name; one alone sounds like too many words


def spelled(folded: str) -> Counter[str]:
    """Stems of all that neighbouring characters may spell where no dictionary word holds them."""
    return Counter(
        words.stemmed("".join(syllables))
        for run in words.runs(folded)
        if words.is_han(run)
        for name in _unknown(run)
        for syllables in product(*map(sounds, name))
    )


def _unknown(run: str) -> Iterator[str]:
    """Two or three neighbours in a run that stand alone when it is cut into dictionary words."""
    for is_alone, parts in groupby(segmented(run), key=lambda word: len(word) == 1):
        text = "".join(parts) if is_alone else ""
        for size in range(SHORTEST, LONGEST + 1):
            yield from (text[at : at + size] for at in range(len(text) - size + 1))
