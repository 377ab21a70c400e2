"""What the figures of one article say about each other: SUM, SLIP, FX, SHARE, YOY, COUNT.

And which checks could not run.
"""

from datetime import date
from decimal import Decimal

from briefing.figures import ratios, sums, telling
from briefing.figures.intervals import Interval, narrow
from briefing.figures.money import ECB, Rates
from briefing.figures.pattern import Pattern
from briefing.figures.stated import Stated, key_of, of_article, of_witnesses
from briefing.model.article import Article
from briefing.model.fact import Finding, Outcome, Rule, Witness
from briefing.model.figure import Figure, Kind, Quantity
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
    found += ratios.growths(stated) + ratios.shares(stated)
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
