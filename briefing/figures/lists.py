"""What amounts lend each other: lists and ranges share a unit, and numbers without one find it nearby."""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from dataclasses import replace
from decimal import Decimal

from briefing.figures.nouns import counted, unit_of
from briefing.figures.pattern import Pattern
from briefing.figures.spotted import Spotted
from briefing.model.figure import Kind

_LIST_GAP = Pattern(r"-?\s?(?:[,、]|,? ?(?:and|or)|和|与|及|以及|或)\s?")
_RANGE_GAP = Pattern(r"\s?(?:-|–|—|~|～|至|到|to|－|——)\s?")
DASHES = ("-", "–", "—")  # '2-1' is a score
_BETWEEN = Pattern(r"(?:between|介于|在)\s?(?:about )?$", re.IGNORECASE)
_FROM = Pattern(r"(?:\bfrom|从|由|自)\s?(?:about |some |around |约)?$", re.IGNORECASE)
_MOVED = Pattern(  # 'rose 18 sen to 23.50 ringgit'
    r"\b(?:rose|fell|up|down|added|gained|climbed|dropped|lost|slid|jumped|slipped|grew|advanced|increased|decreased|declined)(?: by)?\s?$"
)
_RANGED = Pattern(r"(?:rang(?:e|es|ed|ing)|vary|varies|anywhere) from (?:about )?$", re.IGNORECASE)
_MOVES = Pattern(r"(?:增|降|升|减|调|涨|跌|提高|扩大|上调|下调|改|缩|变|延长|译)[为至到]?$")


def joined(folded: str, spotted: list[Spotted]) -> list[Spotted]:
    """Lists share the unit of their last member, and 'a to b' becomes one range."""
    shared = _shared(folded, spotted)
    found: list[Spotted] = []
    for this in shared:
        last = found[-1] if found else None
        if last and _is_score(folded, last, this):
            found.pop()
            continue
        if last and _is_range(folded, last, this):
            last = _rescaled(last, this)
            found[-1] = replace(
                this,
                start=last.start,
                low=min(last.low, this.low),
                high=max(last.high, this.high),
                approximation=last.approximation,
                number_start=last.number_start,
            )
        else:
            found.append(this)
    return found


def _shared(folded: str, spotted: list[Spotted]) -> list[Spotted]:
    """From right to left, so that a unit travels through the whole list."""
    found = list(spotted)
    linked = False  # whether the list goes on to the right: a comma alone makes no list
    for i in range(len(found) - 2, -1, -1):
        this, following = found[i], found[i + 1]
        gap = folded[this.end : following.start]
        fits = this.is_bare and not following.is_bare and following.kind not in {Kind.DATE, Kind.PERIOD, Kind.FRACTION}
        is_list = bool(_LIST_GAP.fullmatch(gap)) and (linked or gap.strip() not in {",", "-,"})
        if fits and (
            is_list or _RANGE_GAP.fullmatch(gap) or (following.kind is Kind.MONEY and _FROM_TO.fullmatch(gap))
        ):
            found[i] = _like(this, following, folded)
        linked = is_list
    return found


def _rescaled(left: Spotted, right: Spotted) -> Spotted:
    """'$89 to $93 billion': the multiplier belongs to both."""
    is_short = left.kind is Kind.MONEY and left.scale == 1 and right.scale > 1 and left.low * right.scale < right.low
    return left.scaled(right.scale) if is_short else left


_FROM_TO = Pattern(r" (?:in (?:19|20)\d\d )?to ")


def _like(this: Spotted, model: Spotted, folded: str) -> Spotted:
    """The bare number with the model's unit; its multiplier too, unless one was written or the digits are grouped."""
    same_scale = this.scale == 1 and "," not in folded[this.start : this.end] and this.low < Decimal(10) ** 5
    scaled = this.scaled(model.scale) if same_scale and model.scale != 1 else this
    return replace(scaled, kind=model.kind, unit=model.unit, currency=model.currency, change=this.change)


def _is_score(folded: str, left: Spotted, right: Spotted) -> bool:
    """'they won 2-1': two bare numbers, the second smaller."""
    return left.is_bare and folded[left.end : right.number_start] in DASHES and left.low > right.low


def _is_range(folded: str, left: Spotted, right: Spotted) -> bool:
    if left.kind is not right.kind or left.unit != right.unit or left.low != left.high or right.low != right.high:
        return False
    gap, before = folded[left.end : right.start], folded[max(0, left.start - 24) : left.start]
    if gap in {" and ", "和", "与"} and _BETWEEN.search(before):
        return left.low < right.low
    if not _RANGE_GAP.fullmatch(gap) or (gap.strip() in DASHES and left.low > right.low):
        return False
    return bool(_RANGED.search(before)) or not (_FROM.search(before) or _MOVED.search(before))


TWO = Decimal(2)
_ONE_OF = Pattern(r" of (?:the|my|your|his|her|our|their|its|these|those)\b")  # the plural after it is what is counted
_NUMBER_OF = Pattern(r"\b(?:number|tally|count|total) of ((?:[A-Za-z-]+ ){0,3}?[A-Za-z]+s|people)\b")
_OF_THE = Pattern(r" of (?:the |its |their |his |her |China's )?")


def elliptic(folded: str, spotted: list[Spotted]) -> list[Spotted]:
    """Numbers whose unit stands elsewhere: 'of which 24.98 trillion', 'Nine of the 11 districts'.

    'the number of firms rose from 18'.
    """
    found = [_completed(folded, spotted, i) if this.is_bare else this for i, this in enumerate(spotted)]
    # a small number in words that counts nothing ('the bottom three') is none
    return [this for this in found if not (this.is_bare and folded[this.number_start].isalpha() and this.low < LARGE)]


def _completed(folded: str, spotted: list[Spotted], i: int) -> Spotted:
    this = spotted[i]
    following = spotted[i + 1] if i + 1 < len(spotted) else None
    sentence = _sentence_start(folded, this.start)
    if (
        following
        and _OF_THE.fullmatch(folded[this.end : following.start])
        and not following.is_bare
        and following.kind in {Kind.COUNT, Kind.MONEY}
    ):
        return replace(this, kind=following.kind, unit=following.unit, currency=following.currency)
    one_of = _ONE_OF.match(folded, this.end) if this.low == this.high and this.low < LARGE else None
    if one_of:
        noun = counted(folded, replace(this, end=one_of.end(), low=TWO, high=TWO))
        if not noun.is_bare:
            return replace(noun, low=this.low, high=this.high)
    if this.scale >= Decimal(10) ** 6:
        model = _nearest_money(folded, spotted, i)
        if model is None and (count := _nearest_count(folded, spotted, i)):
            return replace(this, kind=Kind.COUNT, unit=count.unit)
        return replace(this, kind=Kind.MONEY, unit=model.currency, currency=model.currency) if model else this
    lender = _lender(folded, spotted, i)
    if lender:
        return replace(this, kind=Kind.COUNT, unit=lender.unit)
    number_of = _NUMBER_OF.search(folded, sentence, this.start)
    return (
        replace(this, kind=Kind.COUNT, unit=unit_of(number_of.group(1)))
        if number_of and _FROM_OR_TO.search(folded[max(0, this.start - 8) : this.start])
        else this
    )


def _nearest_money(folded: str, spotted: list[Spotted], i: int) -> Spotted | None:
    """The amount of money that lends its currency: before it in the paragraph, else after it in the sentence."""
    this = spotted[i]
    for earlier in reversed(spotted[max(0, i - 8) : i]):
        if (
            earlier.kind is Kind.MONEY
            and this.start - earlier.end < NEARBY
            and "\n" not in folded[earlier.end : this.start]
        ):
            return earlier
    following = spotted[i + 1 : i + 4]
    return next(
        (s for s in following if s.kind is Kind.MONEY and not _SENTENCE_END.search(folded, this.end, s.start)), None
    )


def _nearest_count(folded: str, spotted: list[Spotted], i: int) -> Spotted | None:
    """'3.9 million headsets, up from 2.4 million': the large count before it lends its noun."""
    this = spotted[i]
    large = (s for s in reversed(spotted[max(0, i - 4) : i]) if s.kind is Kind.COUNT and s.low >= LARGE)
    return next((s for s in large if not _SENTENCE_END.search(folded, s.end, this.start)), None)


def _lender(folded: str, spotted: list[Spotted], i: int) -> Spotted | None:
    """The larger count before a number that does something, or is 'of them': 'The list has 12 items. Seven cost nothing'."""
    this = spotted[i]
    begins = _BEGINS.search(folded, 0, this.start) and _DOES.match(folded, this.end)
    recalled = _RECALLS.search(folded, 0, this.start) and _ENDS.match(folded, this.end)
    if not (begins or recalled or _OF_THEM.match(folded, this.end)):
        return None
    near = (s for s in reversed(spotted[max(0, i - 4) : i]) if this.start - s.end < NEARBY and s.kind is Kind.COUNT)
    if recalled:
        return next((s for s in near if s.low < this.low * OF_A_SIZE and this.low < s.low * OF_A_SIZE), None)
    return next((s for s in near if s.low > this.low), None)


_BEGINS = Pattern(r"(?:[.;:!?]\s+[\"“]?|, (?:and |but |while )?| and )$|^$|\n$")
_DOES = Pattern(
    r" (?:have|has|had|are|is|were|was|cost|costs|charge[ds]?|carry|carries|remain|face|faces|stay|went|got|came)\b"
)
_OF_THEM = Pattern(r" of (?:them|these|those)\b(?! [a-z]+s\b)")
_RECALLS = Pattern(r"\b(?:there (?:were|are|had been)|instead of|rather than|not|up from|down from) $")
_ENDS = Pattern(r"[.,;)]")
OF_A_SIZE = 2  # a number recalled is of the size of the one that it was
LARGE = 1000
NEARBY = 300  # two sentences
LOOK_BACK = 400
_SENTENCE_END = Pattern(r"[.!?][\"”’]?\s+(?=[A-Z“\"])|\n")


def _sentence_start(folded: str, position: int) -> int:
    ends = [m.end() for m in _SENTENCE_END.finditer(folded, max(0, position - LOOK_BACK), position)]
    return ends[-1] if ends else max(0, position - LOOK_BACK)


_FROM_OR_TO = Pattern(r"(?:from|to|was|is|at|reached) $")
