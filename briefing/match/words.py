"""The units that texts are compared by: words, character n-grams, shingles. All of them are made from folded text."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import add

HAN = "\u3400-\u9fff\uf900-\ufaff"
RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
HAN_RUN = re.compile(f"[{HAN}]+")
LATIN_RUN = re.compile(f"[^\\W_{HAN}]+")
HAN_CHARACTER = re.compile(f"[{HAN}]")
BLANK = re.escape(" ")  # in a phrase it stands for a hyphen too: 'parking data' is found in 'a parking-data deal'
LETTER = re.compile(r"[^\W\d_]")
Pattern = re.Pattern[str]
ASCII_EDGE = re.compile(r"[a-z0-9]", re.ASCII)

LATIN_TOKEN = re.compile(r"[A-Za-z][\w'-]*|\d[\d.,]*")
TITLE_CASE = 0.6  # share of capitalised words above which capitals say nothing

STOP_WORDS = (  # English words that every text has
    "a about above after again against all also although am among an and any are as at be because been before being "
    "below between both but by can could did do does doing down during each few for from further had has have having "
    "he her here hers him his how i if in into is it its itself just may me might more most must my no nor not now of "
    "off on once only or other our out over own s same she should since so some still such t than that the their them "
    "then there these they this those though through to too under until up upon us very was we were what when where "
    "whether which while who whom why will with would yet you your said says say according"
)
STOP = frozenset(STOP_WORDS.split())
STEM = 3  # letters that a stem keeps at least


@lru_cache(maxsize=4096)
def is_chinese(folded: str) -> bool:
    """Whether most letters are Han; a Chinese text with a few Latin names stays Chinese."""
    if folded.isascii():
        return False
    others = HAN_RUN.sub("", folded)
    return len(folded) - len(others) > len(LETTER.findall(others))


@lru_cache(maxsize=4096)
def runs(folded: str) -> tuple[str, ...]:
    """Runs of Chinese characters and the words between them, in order; one sentence is asked for them several times."""
    return tuple(RUN.findall(folded))


def is_han(run: str) -> bool:
    """Whether a run is one of Chinese characters: no run is half Chinese."""
    return "\u3400" <= run[0] <= "\u9fff" or "\uf900" <= run[0] <= "\ufaff"


def pairs(run: str) -> list[str]:
    """The pairs of neighbours in a Chinese run; a character alone stands for itself."""
    return list(map(add, run, run[1:])) or [run]


def latin_words(folded: str) -> list[str]:
    """The words outside Chinese runs, in order."""
    return LATIN_RUN.findall(folded)


def characters(folded: str) -> str:
    """The letters and digits alone: what is left of a Chinese text without spaces and marks."""
    return "".join(RUN.findall(folded))


def shingles(folded: str) -> Iterator[str]:
    """Word triples of a Latin text, character quadruples of a Chinese one; repeats are not removed."""
    if is_chinese(folded):
        text = characters(folded)
        for at in range(len(text) - 3):
            yield text[at : at + 4]
        return
    found = RUN.findall(folded)
    for at in range(len(found) - 2):
        yield " ".join(found[at : at + 3])


@lru_cache(maxsize=65536)
def stemmed(word: str) -> str:
    """A crude stem, the same for 'licence', 'licences' and 'licensed': enough to count words together."""
    if len(word) <= STEM or not word.isascii():
        return word
    for ending, rest in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and not (ending == "s" and word.endswith(("ss", "us", "is"))):
            stem = word[: -len(ending)] + rest
            return stem.rstrip("e") if len(stem) >= STEM else word
    return word.rstrip("e") if len(word) > STEM + 1 else word


def content_words(folded: str) -> list[str]:
    """Stems of the Latin words that carry meaning, numbers included."""
    return [stemmed(word) for word in latin_words(folded) if word not in STOP]


def raw_terms(folded: str) -> list[str]:
    """The words of Latin runs and the pairs of neighbours in Chinese runs, as they stand."""
    return _units(folded, str)


def terms(folded: str) -> list[str]:
    """What a text is about: stems of its Latin words, pairs of neighbours in its Chinese runs.

    Pairs do as well as a word segmenter's words, and cost nothing.
    """
    return _units(folded, stemmed)


def _units(folded: str, form: Callable[[str], str]) -> list[str]:
    if folded.isascii():
        return [form(run) for run in runs(folded) if run not in STOP]
    found: list[str] = []
    for run in runs(folded):
        if is_han(run):
            found += pairs(run)
        elif run not in STOP:
            found.append(form(run))
    return found


@lru_cache(maxsize=16384)
def term_list(folded: str) -> tuple[str, ...]:
    """`terms` of a sentence that is asked for them more than once."""
    return tuple(terms(folded))


def grams(folded: str) -> Iterator[str]:
    """Character n-grams: 1 to 3 in Chinese runs; 3 to 5 within words of other scripts, edges marked."""
    for run in RUN.findall(folded):
        if HAN_CHARACTER.match(run):
            for size in (1, 2, 3):
                yield from (run[at : at + size] for at in range(len(run) - size + 1))
        elif run not in STOP:
            marked = f"_{run}_"
            for size in (3, 4, 5):
                yield from ("~" + marked[at : at + size] for at in range(len(marked) - size + 1))


def features(folded: str) -> Iterator[str]:
    """What short texts are compared by: stems and character n-grams together."""
    yield from content_words(folded)
    yield from grams(folded)


def names(text: str) -> list[str]:
    """Stems of the capitalised words and numbers of a Latin text as published; none where most are capitalised."""
    found = LATIN_TOKEN.findall(text)
    telling = [word for word in found if word[0].isupper() or word[0].isdigit()]
    if len(telling) > TITLE_CASE * len(found):
        return []
    return [stemmed(word.lower()) for word in telling if word.lower() not in STOP]


def is_cut(folded: str, at: int) -> bool:
    """Whether a form that ends here ends inside an ASCII word or number."""
    return at < len(folded) and bool(ASCII_EDGE.match(folded[at])) and bool(ASCII_EDGE.match(folded[at - 1]))


def is_joined(folded: str, at: int) -> bool:
    """Whether a Latin form that begins here goes on a word that began before."""
    return at > 0 and bool(LATIN_RUN.match(folded[at - 1]))


@lru_cache(maxsize=8192)
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for any of the words: substrings in Chinese, whole words at ASCII edges; 'audit*' opens the end."""
    return re.compile("|".join(_edged(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)")


def _edged(word: str) -> str:
    bare = word.rstrip("*")
    first = re.escape(bare[:1])
    before = f"(?<![a-z0-9]{first})" if ASCII_EDGE.match(bare[:1]) else ""
    after = r"(?![a-z0-9])" if ASCII_EDGE.match(bare[-1:]) and not word.endswith("*") else ""
    return f"{first}{before}{re.escape(bare[1:]).replace(BLANK, '[ -]')}{after}"


def joined(parts: Iterable[str]) -> str:
    """Folded sentences as one text; a mark between them keeps shingles and words apart."""
    return "\n".join(parts)
