"""What the figures of one article say about each other: SUM, SLIP, FX, SHARE, YOY, COUNT.

And which checks could not run.
"""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

from briefing.figures import sums, telling
from briefing.figures.intervals import Interval, as_percent, narrow
from briefing.figures.money import ECB, Rates
from briefing.figures.pattern import Pattern
from briefing.figures.stated import Stated, key_of, of_article, of_witnesses
from briefing.model.article import Article
from briefing.model.fact import Finding, Outcome, Rule, Witness
from briefing.model.figure import Change, Figure, Kind, Quantity
from briefing.model.text import Bilingual

FX_SLACK = Decimal("0.02")  # papers take the rate of the event, of the day before, or a round one
TEN = Decimal(10)


def findings_in(article: Article, figures: tuple[Figure, ...], rates: Rates = ECB) -> tuple[Finding, ...]:
    """Every check that the figures of an article allow, in the order of the text."""
    return _findings(of_article(article, figures), article.dates.published.date(), rates)


def findings_of(witnesses: tuple[Witness, ...], rates: Rates = ECB) -> tuple[Finding, ...]:
    """The same for the recorded figures of a baseline article, in reading order."""
    if not witnesses:
        return ()
    return _findings(of_witnesses(witnesses), witnesses[0].published.date(), rates)


def _findings(stated: list[Stated], day: date, rates: Rates) -> tuple[Finding, ...]:
    good, short = sums.money_sums(stated)
    found = [_sum(s) for s in good] + [_short(s) for s in short] + [_count(s) for s in sums.count_sums(stated)]
    found += _conversions(stated, day, rates)
    found += _growths(stated) + _shares(stated)
    return tuple(found)


# ---- SUM, SLIP, COUNT ----------------------------------------------------------------------------------------------
def _sum(found: sums.Sum) -> Finding:
    of_parts = sums.quantity_of(found)
    total = found.total.quantity
    if found.holds:
        statement = telling.adds_up(total, tuple(p.quantity for p in found.parts), of_parts)
        return _finding(Rule.SUM, Outcome.HOLDS, statement, found)
    return _finding(
        Rule.SLIP, Outcome.FAILS, telling.total_slips(total, of_parts, found.power), found, TEN**found.power
    )


def _short(found: sums.Sum) -> Finding:
    return _finding(
        Rule.SUM, Outcome.FAILS, telling.does_not_add_up(found.total.quantity, sums.quantity_of(found)), found
    )


def _count(found: sums.Sum) -> Finding:
    of_parts = sums.quantity_of(found)
    statement = telling.adds_up(found.total.quantity, tuple(p.quantity for p in found.parts), of_parts)
    return _finding(Rule.COUNT, Outcome.HOLDS, statement, found)


def _finding(
    rule: Rule, outcome: Outcome, statement: Bilingual, found: sums.Sum, factor: Decimal | None = None
) -> Finding:
    return Finding(
        rule,
        outcome,
        statement,
        (found.total.evidence, *(p.evidence for p in found.parts)),
        stated=found.total.quantity,
        expected=sums.quantity_of(found),
        parts=tuple((_label(p), p.quantity) for p in found.parts),
        factor=factor,
        key=key_of(found.total.figure),
    )


def _label(part: Stated) -> Bilingual:
    """What a part is called: its subject where it has one, else the name right before it, else its figure."""
    named = _ITEM.search(part.before)
    name = part.figure.subject or (named.group("name") if named else "") or part.figure.surface
    return Bilingual(name, name)


# '不动产信息查询1240万元': a list in Chinese names each item right before its amount
_ITEM = Pattern(
    r"(?:^|[^\u3400-\u9fff])(?:其中|分别[是为]|包括|以及|[和及与是有])*(?P<name>[\u3400-\u9fff]{2,14}?)"
    r"(?:分别|合计|共计|收取|收费|[为是达共计约收])*$"
)


# ---- FX ------------------------------------------------------------------------------------------------------------
def _conversions(stated: list[Stated], day: date, rates: Rates) -> list[Finding]:
    """Each amount beside its conversion, once."""
    found: dict[tuple[Quantity, Quantity], Finding] = {}
    for this in stated:
        if 0 <= this.figure.twin < len(stated):
            of = stated[this.figure.twin]
            if of.quantity.kind is this.quantity.kind is Kind.MONEY:
                found.setdefault((of.quantity, this.quantity), _conversion(of, this, day, rates))
    return list(found.values())


def _conversion(of: Stated, twin: Stated, day: date, rates: Rates) -> Finding:
    rate = rates.rate(of.quantity.currency, twin.quantity.currency, day)
    evidence, key = (of.evidence, twin.evidence), key_of(of.figure)
    if rate is None:
        return Finding(Rule.FX, Outcome.NOT_RUN, telling.no_rate(of.quantity, twin.quantity), evidence, key=key)
    expected = converted(of.quantity, rate, twin.quantity)
    if agree_at(of.quantity, twin.quantity, rate):
        statement = telling.converts(of.quantity, twin.quantity, 1 / rate)
        return Finding(Rule.FX, Outcome.HOLDS, statement, evidence, stated=of.quantity, expected=expected, key=key)
    power = conversion_power(of.quantity, twin.quantity, rate)
    statement = telling.does_not_convert(of.quantity, twin.quantity, expected, power)
    rule, factor = (Rule.SLIP, TEN**power) if power else (Rule.FX, None)
    return Finding(
        rule, Outcome.FAILS, statement, evidence, stated=twin.quantity, expected=expected, factor=factor, key=key
    )


def converted(quantity: Quantity, rate: Decimal, like: Quantity) -> Quantity:
    """An amount in the other currency, rounded to the places in which that one was written."""
    places = like.half_unit * 2 or Decimal(1)
    amount = (quantity.amount * rate / places).quantize(Decimal(1)) * places
    return Quantity(amount, amount, like.half_unit, like.unit, Kind.MONEY, like.currency)


def agree_at(of: Quantity, twin: Quantity, rate: Decimal) -> bool:
    """Whether the two amounts meet at this rate, two percent either way."""
    span = narrow(of)
    return Interval(span.low * rate * (1 - FX_SLACK), span.high * rate * (1 + FX_SLACK)).meets(narrow(twin))


def conversion_power(of: Quantity, twin: Quantity, rate: Decimal) -> int:
    """K when the conversion is 10^k times what it should be, within two percent; else 0."""
    worth = of.amount * rate
    if not worth or not twin.amount:
        return 0
    for k in (1, 2, 3, 4, -1, -2, -3, -4):
        if agree_at(of, _times(twin, TEN**-k), rate):
            return k
    return 0


def _times(quantity: Quantity, factor: Decimal) -> Quantity:
    amount = quantity.amount * factor
    return Quantity(
        amount,
        amount,
        quantity.half_unit * factor,
        quantity.unit,
        quantity.kind,
        quantity.currency,
        quantity.approximation,
    )


# ---- YOY and SHARE -------------------------------------------------------------------------------------------------
def _growths(stated: list[Stated]) -> list[Finding]:
    """'from 45 to 74, up 64 %' in one sentence; fractions count as percent."""
    found = []
    for sentence in _by_sentence(stated):
        moves = [
            s
            for s in sentence
            if as_percent(s.quantity).kind is Kind.PERCENT and s.quantity.change in {Change.UP_BY, Change.DOWN_BY}
        ]
        pairs = [
            (a, b)
            for a, b in pairwise(sentence)
            if a.quantity.change is Change.FROM
            and b.quantity.change is Change.TO
            and a.unit_class == b.unit_class
            and a.quantity.amount
        ]
        if len(moves) == 1 and len(pairs) == 1:
            found.append(_growth(*pairs[0], moves[0]))
    return found


def _growth(before: Stated, after: Stated, move: Stated) -> Finding:
    low, high = narrow(before.quantity), narrow(after.quantity)
    sign = 1 if move.quantity.change is Change.UP_BY else -1
    ends = [sign * (h / b - 1) * 100 for h in (high.low, high.high) for b in (low.low, low.high) if b]
    holds = Interval(min(ends), max(ends)).meets(narrow(as_percent(move.quantity)))
    statement = telling.grows(before.quantity, after.quantity, move.quantity, holds=holds)
    evidence = (before.evidence, after.evidence, move.evidence)
    return Finding(
        Rule.YOY,
        Outcome.HOLDS if holds else Outcome.FAILS,
        statement,
        evidence,
        stated=move.quantity,
        key=key_of(move.figure),
    )


_SHARE = Pattern(r"占|\b(?:account(?:s|ed|ing)? for|share of|of the total|, or)\b", re.IGNORECASE)


def _shares(stated: list[Stated]) -> list[Finding]:
    """'248 million, of which 145 million, or 58 percent': said when it holds.

    A share of something unsaid proves nothing.
    """
    found = []
    for sentence in _by_sentence(stated):
        percents = [s for s in sentence if s.quantity.kind is Kind.PERCENT and s.quantity.change is Change.NONE]
        amounts = [s for s in sentence if s.quantity.kind in {Kind.MONEY, Kind.COUNT} and s.is_level]
        if len(percents) != 1 or len(amounts) < 2 or not _SHARE.search(sentence[0].words):  # noqa: PLR2004 - a part and its whole
            continue
        found += [_share(a, b, percents[0]) for b in amounts for a in amounts if _is_share(a, b, percents[0])][:1]
    return found


def _is_share(part: Stated, whole: Stated, share: Stated) -> bool:
    if part is whole or part.unit_class != whole.unit_class or not 0 < part.quantity.amount < whole.quantity.amount:
        return False
    low, high = narrow(part.quantity), narrow(whole.quantity)
    return (
        Interval(low.low / high.high * 100, low.high / high.low * 100).meets(narrow(share.quantity))
        if high.low > 0
        else False
    )


def _share(part: Stated, whole: Stated, share: Stated) -> Finding:
    statement = telling.shares(part.quantity, whole.quantity, share.quantity, holds=True)
    return Finding(
        Rule.SHARE,
        Outcome.HOLDS,
        statement,
        (part.evidence, whole.evidence, share.evidence),
        stated=share.quantity,
        key=key_of(share.figure),
    )


def _by_sentence(stated: list[Stated]) -> list[list[Stated]]:
    found: dict[tuple[tuple[str, int], int], list[Stated]] = {}
    for this in stated:
        found.setdefault((this.paragraph, this.figure.sentence), []).append(this)
    return list(found.values())
