"""Where sentences end, in English and Chinese."""

import re
from collections.abc import Iterator

PARAGRAPH = re.compile(r"\n[ \t]*\n\s*|\n")
CLOSING = "\"'”’」』）)]】》〉»"
ENDING = re.compile(rf"(?:[。！？；!?]+|…{{2,}}(?=[”」』])|\.(?!\d))[{re.escape(CLOSING)}]*")
WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z.]*$")
WIDE = re.compile("[\u3000-\u303f㐀-鿿＀-￯“‘]")

_TITLES = (
    "mr mrs ms dr brig cmdr cpl pte insp amb prof gen gov sen rep col lt sgt capt adm maj rev hon st mt ft pres supt"
)
TITLES = frozenset(_TITLES.split())
_BEFORE_NUMBER = (
    "no nos art arts sec p pp vol fig figs ch para approx est ca jan feb mar apr jun jul aug sep sept oct nov dec"
)
BEFORE_NUMBER = frozenset(_BEFORE_NUMBER.split())
_SHORT = (
    "vs etc inc ltd co corp bros dept univ assn jr sr al eg ie cf a.m p.m e.g i.e u.s u.k u.n e.u d.c ph.d m.d b.c "
    "a.d cn usd rmb"
)
SHORT = frozenset(_SHORT.split())
_STARTERS = (
    "the a an in it he she they this that these those but and on at for with by as after before when while if we "
    "you i its his her their there however under since from some all such one both each according officials critics"
)
STARTERS = frozenset(_STARTERS.split())
NEXT_WORD = re.compile(r"[\s\"'“‘(\[]*([A-Za-z]+|\d)?")


def spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Paragraph number, start and end of each sentence; white space belongs to none."""
    number, block_start = 0, 0
    seen = False
    for gap in [*PARAGRAPH.finditer(text), None]:
        block_end = gap.start() if gap else len(text)
        for start, end in _sentences(text, block_start, block_end):
            seen = True
            yield number, start, end
        if gap and "\n" in gap[0][1:] and seen:
            number, seen = number + 1, False
        block_start = gap.end() if gap else block_end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in ENDING.finditer(text, start, end):
        if mark.end() < end and not _ends(text, mark, begin):
            continue
        yield from _trimmed(text, begin, mark.end())
        begin = mark.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends(text: str, mark: re.Match[str], begin: int) -> bool:
    """Whether a sentence ends at this mark, which is not the last of its paragraph."""
    first, after = mark[0][0], text[mark.end()]
    if first in "。！？；…":
        return after not in "，、,"
    if first in "!?":
        return (after.isspace() and not _goes_on(text, mark.end())) or bool(WIDE.match(after))
    if not after.isspace():
        return bool(WIDE.match(after)) and len(mark[0]) > 1
    return _ends_at_stop(text, mark, begin)


def _ends_at_stop(text: str, mark: re.Match[str], begin: int) -> bool:
    """A full stop followed by a space: an abbreviation, an initial, a list's number, or the end."""
    if _goes_on(text, mark.end()) or text[begin : mark.start()].strip().isdigit():
        return False
    if len(mark[0]) > 1:  # a quotation or a bracket ends with it
        return True
    found = WORD_BEFORE.search(text, max(begin, mark.start() - 12), mark.start())
    return found is None or _may_end(text, found, NEXT_WORD.match(text, mark.end()))


def _may_end(text: str, word: re.Match[str], following: re.Match[str] | None) -> bool:
    """Whether a sentence may end with this word and its full stop, before what follows."""
    before, after = word[0].lower(), (following and following[1]) or ""
    if before in TITLES:
        return False
    if before in BEFORE_NUMBER:
        return after.lower() in STARTERS
    if before in SHORT or re.fullmatch(r"(?:[a-z]\.)+[a-z]", before):
        return after.lower() in STARTERS and after[:1].isupper()
    alone = not text[: word.start()][-1:].strip()
    return not (alone and len(before) == 1 and word[0].isupper() and before != "i")  # 'J. Smith'


def _goes_on(text: str, place: int) -> bool:
    following = NEXT_WORD.match(text, place)
    word = (following and following[1]) or ""
    return word[:1].islower()
