"""What a sentence says of two of its amounts: YOY, that one grew into the other, and SHARE, that one is part of the other.

Either fails only where the grammar leaves no doubt about which two amounts are meant, and no other pair would fit.
"""

# ruff: noqa: E501 - patterns stay whole

import re
from itertools import pairwise

from briefing.figures import telling
from briefing.figures.intervals import Interval, as_percent, narrow
from briefing.figures.pattern import Pattern
from briefing.figures.stated import Stated, key_of
from briefing.model.fact import Finding, Outcome, Rule
from briefing.model.figure import Change, Kind

BY = frozenset({Change.UP_BY, Change.DOWN_BY})
SLACK = 1  # percentage point: a share said to be wrong is wrong by more
_SHARE = Pattern(r"占|\b(?:account(?:s|ed|ing)? for|share of|of the total|, or)\b", re.IGNORECASE)
_THAN = Pattern(r"(?:元)?，?(?:这)?(?:比|较|相比于?)[^，。；：]{0,12}")
_GREW = Pattern(r"[^，。；：]{0,8}")
_UP = Pattern(
    r"[^,;.]{0,24}, (?:or )?(?:up|down|rising|falling|growing|an? (?:increase|rise|gain|drop|fall|decline|cut) of)"
    r"(?: by| about| around| some| nearly| almost| over| more than| roughly)* "
)
_OTHER = Pattern(r"\b(?:and|while|but|with|whereas|as)\b|；|而|其中|同时|并", re.IGNORECASE)
_DEFLATED = Pattern(
    r"实际增长|实际下降|可比|不变价|剔除|扣除|同口径|\b(?:real terms|constant|comparable|like-for-like|adjusted|organic|excluding|inflation)\b",
    re.IGNORECASE,
)
_MORE = Pattern(r" (?:of|more|less|higher|lower|above|below|over|in|for|among)\b|的[^，。；]{0,6}(?:增长|下降)")
_FROM = Pattern(r" from(?: about| around| some| nearly)? ")
_OF_THE = Pattern(r"(?: \([^)]*\)?|\))? ?(?:out )?of the(?: total(?: of)?)? ")
_OR = Pattern(r"[^.;:]{0,40}, or(?: about| around| roughly| nearly| almost| some| just (?:over|under))? ")
_MAKES = Pattern(r"[^，。；]{0,4}，(?:约|已)?占[^，。；]{0,12}")
_SHARE_OF = Pattern(r"的(?:约|近|逾|超过)?")


# ---- YOY -------------------------------------------------------------------------------------------------------------
def growths(stated: list[Stated]) -> list[Finding]:
    """'from 45 to 74, up 64 %', '37.8, up 76 % from 21.5', '3780万元，比去年的2150万元增长76%'; fractions too."""
    found = []
    for sentence in _by_sentence(stated):
        moves = [s for s in sentence if as_percent(s.quantity).kind is Kind.PERCENT and s.quantity.change in BY]
        if len(moves) != 1 or _DEFLATED.search(sentence[0].words):
            continue
        pairs = _moved(sentence, moves[0]) or _compared(sentence)
        if len(pairs) == 1:
            found.append(_growth(*pairs[0], moves[0]))
    return found


def _moved(sentence: list[Stated], move: Stated) -> list[tuple[Stated, Stated]]:
    """Before and after: 'from 45 to 74', 'to 74 from 45'."""
    found = []
    for pair in pairwise(sentence):
        ends = {s.quantity.change: s for s in pair}
        near = min(pair, key=lambda s: abs(sentence.index(s) - sentence.index(move)))
        first, second = sorted((near, move), key=sentence.index)
        if ends.keys() == {Change.FROM, Change.TO} and not _OTHER.search(_gap(sentence, first, second)):
            found.append((ends[Change.FROM], ends[Change.TO]))
    return [(a, b) for a, b in found if a.unit_class == b.unit_class and a.quantity.amount]


def _compared(sentence: list[Stated]) -> list[tuple[Stated, Stated]]:
    """Before and after around the one word of growth, with nothing but dates between."""
    found = []
    for one, two, three in zip(rest := _undated(sentence), rest[1:], rest[2:], strict=False):
        if two.quantity.change in BY:  # '37.8 million, up 76 percent from 21.5 million'
            after, before = one, three
            fits = bool(_FROM.fullmatch(_gap(sentence, two, three)) and _UP.fullmatch(_gap(sentence, one, two)))
        else:  # '3780万元，比2023年的2150万元增长75.8%'
            after, before = one, two
            fits = three.quantity.change in BY and bool(_GREW.fullmatch(_gap(sentence, two, three)))
            fits = fits and bool(_THAN.fullmatch(_gap(sentence, one, two)))
        if fits and after.unit_class == before.unit_class and before.quantity.amount and _is_level(after):
            found.append((before, after))
    return found


def _is_level(after: Stated) -> bool:
    return after.is_level and after.quantity.kind in {Kind.MONEY, Kind.COUNT}


def _undated(sentence: list[Stated]) -> list[Stated]:
    return [s for s in sentence if s.quantity.kind not in {Kind.DATE, Kind.PERIOD} and s.figure.twin < 0]


def _gap(sentence: list[Stated], one: Stated, other: Stated) -> str:
    """The words between two figures, dates and conversions included."""
    between = sentence[sentence.index(one) + 1 : sentence.index(other)]
    return "".join(s.before + s.evidence.quote for s in between) + other.before


def _growth(before: Stated, after: Stated, move: Stated) -> Finding:
    low, high = narrow(before.quantity), narrow(after.quantity)
    sign = 1 if move.quantity.change is Change.UP_BY else -1
    ends = [sign * (h / b - 1) * 100 for h in (high.low, high.high) for b in (low.low, low.high) if b]
    holds = Interval(min(ends), max(ends)).meets(narrow(as_percent(move.quantity)))
    statement = telling.grows(before.quantity, after.quantity, move.quantity, holds=holds)
    return Finding(
        Rule.YOY,
        Outcome.HOLDS if holds else Outcome.FAILS,
        statement,
        (before.evidence, after.evidence, move.evidence),
        stated=move.quantity,
        key=key_of(move.figure),
    )


# ---- SHARE -----------------------------------------------------------------------------------------------------------
def shares(stated: list[Stated]) -> list[Finding]:
    """'248 million, of which 145 million, or 58 percent': said when it holds, and when it cannot."""
    found = []
    for sentence in _by_sentence(stated):
        percents = [s for s in sentence if s.quantity.kind is Kind.PERCENT and s.quantity.change is Change.NONE]
        amounts = [s for s in sentence if s.quantity.kind in {Kind.MONEY, Kind.COUNT} and s.is_level]
        if len(percents) != 1 or len(amounts) < 2 or not _SHARE.search(sentence[0].words):  # noqa: PLR2004 - a part and its whole
            continue
        share = percents[0]
        fits = [_share(a, b, share, holds=True) for b in amounts for a in amounts if _is_share(a, b, share, 0)]
        found += fits[:1] or _missed(sentence, amounts, share)
    return found


def _missed(sentence: list[Stated], amounts: list[Stated], share: Stated) -> list[Finding]:
    """'231 million of the 248 million, or 85 percent', '31.4亿元，占56.2亿元的70%': the two amounts right before it."""
    before = [a for a in amounts if sentence.index(a) < sentence.index(share)][-2:]
    if len(before) < 2 or any(_is_share(a, b, share, SLACK) for a in amounts for b in amounts):  # noqa: PLR2004 - both
        return []
    part, whole = before
    link, tail = _gap(sentence, part, whole), _gap(sentence, whole, share)
    said = (_OF_THE.search(link) and _OR.fullmatch(tail)) or (_MAKES.fullmatch(link) and _SHARE_OF.fullmatch(tail))
    if _MORE.match(share.words.partition(share.evidence.quote)[2]):  # '85 percent of another thing'
        return []
    alike = part.unit_class == whole.unit_class and part.quantity.amount < whole.quantity.amount
    return [_share(part, whole, share, holds=False)] if said and alike else []


def _is_share(part: Stated, whole: Stated, share: Stated, slack: int) -> bool:
    if part is whole or part.unit_class != whole.unit_class or not 0 < part.quantity.amount < whole.quantity.amount:
        return False
    low, high, said = narrow(part.quantity), narrow(whole.quantity), narrow(share.quantity)
    meant = Interval(said.low - slack, said.high + slack)
    return Interval(low.low / high.high * 100, low.high / high.low * 100).meets(meant) if high.low > 0 else False


def _share(part: Stated, whole: Stated, share: Stated, *, holds: bool) -> Finding:
    return Finding(
        Rule.SHARE,
        Outcome.HOLDS if holds else Outcome.FAILS,
        telling.shares(part.quantity, whole.quantity, share.quantity, holds=holds),
        (part.evidence, whole.evidence, share.evidence),
        stated=share.quantity,
        key=key_of(share.figure),
    )


def _by_sentence(stated: list[Stated]) -> list[list[Stated]]:
    found: dict[tuple[tuple[str, int], int], list[Stated]] = {}
    for this in stated:
        found.setdefault((this.paragraph, this.figure.sentence), []).append(this)
    return list(found.values())
