"""Text for comparing and for quoting: one folded form, sentences with exact spans, language by script.

The only door to opencc, which is loaded when the first Chinese text is folded.
"""

import re
import unicodedata
from functools import cache
from typing import Protocol

from briefing.model.article import Part, Sentence
from briefing.model.text import Language
from briefing.read.breaks import spans


class Converter(Protocol):
    def convert(self, text: str) -> str: ...


HAN = re.compile("[㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003ffff々〇]")
KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")
LETTER = re.compile(r"[^\W\d_]")
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
PRINT = str.maketrans({
    **dict.fromkeys("‘’‛′`´＇", "'"),
    **dict.fromkeys("“”„‟″「」『』«»〝〞＂", '"'),
    **dict.fromkeys("‐‑‒–—―−－", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f", None),
    "…": "...", "·": "・", "•": "・", "‧": "・",
})  # fmt: skip
SPACES = re.compile(r"\s+")
_ENGLISH = (
    "the of and to in a is that for on with as was at by it from be are has have an this not said its were will which"
)
ENGLISH = frozenset(_ENGLISH.split())
_FOREIGN = (
    "der die das und ist nicht von mit den für auf ein eine le la les des et est une dans pour que qui sur el los "
    "las por con una del para il di che non per sono della em não uma dos das os het een van niet och att som på"
)
FOREIGN = frozenset(_FOREIGN.split())


@cache
def _converter(kind: str) -> Converter:
    import opencc  # noqa: PLC0415 - loaded when the first Chinese text is met

    converter: Converter = opencc.OpenCC(kind)
    return converter


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, lower case, simplified script, print's quotes and dashes made one."""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text.translate(PRINT)).translate(PRINT)
    folded = SPACES.sub(" ", folded).strip().lower()
    return _converter("t2s").convert(folded) if HAN.search(folded) else folded


def sentences(text: str, part: Part, first: int = 0, paragraph: int = 0) -> tuple[Sentence, ...]:
    """The sentences of one part; numbers and paragraphs count on from those given. Spans are exact."""
    found = []
    for number, (block, start, end) in enumerate(spans(text), start=first):
        words = text[start:end]
        found.append(Sentence(part, number, paragraph + block, start, end, words, fold(words)))
    return tuple(found)


def language_of(text: str, hint: Language = Language.OTHER) -> Language:
    """The language by script; the hint decides where a Chinese text is the same in both scripts."""
    sample = text[:4_000]
    han, kana, hangul = (len(script.findall(sample)) for script in (HAN, KANA, HANGUL))
    latin, letters = len(LATIN.findall(sample)), len(LETTER.findall(sample))
    if han + kana + hangul and (kana * 12 > han or hangul * 4 > han) and kana + hangul > 1:
        return Language.OTHER
    if han and han * 4 >= latin:  # a Chinese character says what four Latin letters say
        return _script(sample, hint)
    if not letters or latin * 2 < letters:
        return Language.OTHER
    return _latin(sample)


def _script(text: str, hint: Language) -> Language:
    """Traditional where more characters would change on the way to simplified than the other way."""
    chinese = "\n".join(HAN.findall(text))  # each character by itself: in words, more than the script is changed
    to_simplified, to_traditional = _converter("t2s").convert(chinese), _converter("s2t").convert(chinese)
    traditional = sum(a != b for a, b in zip(chinese, to_simplified, strict=False))
    simplified = sum(a != b for a, b in zip(chinese, to_traditional, strict=False))
    if traditional == simplified and hint.is_chinese:
        return hint
    return Language.HANT if traditional > simplified else Language.HANS


def _latin(text: str) -> Language:
    """English unless another language's small words outnumber its own; a headline without either is English."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    english, foreign = sum(w in ENGLISH for w in words), sum(w in FOREIGN for w in words)
    accents = sum(not w.isascii() for w in words)
    return Language.OTHER if foreign > english or accents * 5 > len(words) > 4 else Language.EN  # noqa: PLR2004 - a few words
