"""What the digits of a figure leave open, and how two figures stand to each other.

Two readings: the narrow one confirms; the wide one (trailing zeros may be rounding) keeps two figures from being called
at odds.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from briefing.figures.nouns import singular
from briefing.figures.numerals import folded
from briefing.figures.script import simplified
from briefing.figures.units import words_of
from briefing.model.figure import Approximation, Kind, Quantity

ABOUT = Decimal("0.05")  # 'about' and 'nearly' leave five percent open
NEARLY = Decimal("0.1")  # 'nearly 2,000' was 1,930; one-sided, so it may be wider
MANTISSA = Decimal("0.005")  # a slip keeps its digits: 6.112 against 6.12, not 2.48 against 2.6
SCALES = frozenset((0, 3, 4, 6, 7, 8, 9, 12))  # powers of ten in which whole numbers are written
MOST = Decimal("1E30")
MOST_PLACES = 4  # 万 and 亿 are four apart
A_THOUSAND = 1000  # up to there people count one by one
DIGITS = 2  # one digit shares its rounding with a tenth of all numbers
TEN = Decimal(10)


class Relation(StrEnum):
    SAME = "same"
    SLIP = "slip"
    APART = "apart"
    OPEN = "open"  # the wide readings meet, the narrow ones do not
    OTHER = "other"  # different units


@dataclass(frozen=True, slots=True)
class Interval:
    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high


def narrow(quantity: Quantity) -> Interval:
    """The values that the digits stand for, read strictly; money may have been cut off instead of rounded."""
    half = Decimal(0) if _is_exact_count(quantity) else quantity.half_unit
    up = half * 2 * Decimal("0.9999") if quantity.kind is Kind.MONEY else half
    return _approximated(quantity, Interval(quantity.low - half, quantity.high + up))


def wide(quantity: Quantity) -> Interval:
    """The same, with trailing zeros of whole numbers read as rounding."""
    half = max(quantity.half_unit, _zeros(quantity) / 2)
    if _is_exact_count(quantity):
        half = Decimal(0)
    found = _approximated(quantity, Interval(quantity.low - half, quantity.high + half))
    return Interval(found.low, MOST) if quantity.approximation is Approximation.OVER else found


def _is_exact_count(quantity: Quantity) -> bool:
    return (
        quantity.kind in {Kind.COUNT, Kind.DURATION}
        and abs(quantity.low) < A_THOUSAND
        and quantity.half_unit <= Decimal("0.5")
    )


def _zeros(quantity: Quantity) -> Decimal:
    """The unit of the last digit that is not a zero, where the number was written whole: 1000万 -> 10,000,000."""
    unit = quantity.half_unit * 2
    if not unit or quantity.kind in {Kind.PERCENT, Kind.FRACTION} or unit.adjusted() not in SCALES:
        return unit
    exponent = int((quantity.amount / unit).normalize().as_tuple().exponent) if quantity.amount else 0
    return unit * TEN ** max(exponent, 0)


def step(quantity: Quantity) -> Decimal:
    """One unit of the leading digits' last non-zero place: 'over 20' reaches to 30, '逾1.7亿' to 1.8亿."""
    digits = quantity.amount.normalize().as_tuple()
    return TEN ** int(digits.exponent) if quantity.amount else Decimal(0)


def _approximated(quantity: Quantity, found: Interval) -> Interval:
    size = abs(quantity.amount)
    match quantity.approximation:
        case Approximation.ABOUT:
            return Interval(found.low - size * ABOUT, found.high + size * ABOUT)
        case Approximation.NEARLY:
            return Interval(found.low - size * NEARLY, quantity.high)
        case Approximation.OVER:
            return Interval(quantity.low, quantity.high + step(quantity))
        case Approximation.AT_LEAST:
            return Interval(quantity.low, MOST)
        case Approximation.AT_MOST:
            return Interval(-MOST, quantity.high)
        case _:
            return found


def unit_class(quantity: Quantity) -> str:
    """What may be compared: the currency, the unit, or the head of the counted noun in one spelling."""
    if quantity.kind is Kind.MONEY:
        return quantity.unit
    if quantity.kind in {Kind.FRACTION, Kind.PERCENT}:
        return "percent"
    if quantity.kind is Kind.COUNT:
        return noun_class(quantity.unit)
    return f"{quantity.kind}:{quantity.unit}"


@lru_cache(maxsize=4096)
def noun_class(noun: str) -> str:
    """'operational units', '运维单位' and 'entities' are one class; other nouns stand for themselves."""
    plain = simplified(folded(noun))
    if not plain.isascii():
        return next((name for name, heads in HAN_HEADS if plain.endswith(heads)), plain)
    words = [singular(word) for word in reversed(plain.split())] or [""]
    return next((HEADS[word] for word in words if word in HEADS), words[0])


NOUN_CLASSES = {
    "unit": ("unit", "entity", "body", "institution", "agency", "单位", "机构"),
    "company": ("company", "firm", "enterprise", "business", "企业", "公司", "家"),
    "department": ("department", "ministry", "部门", "部委"),
    "system": ("system", "系统"),
    "people": ("people", "person", "人", "名", "resident", "毕业生"),
    "city": ("city", "城市", "市", "地级市"),
    "province": ("province", "省", "省份"),
    "county": ("county", "县", "区县", "县区"),
    "article": ("article", "clause", "provision", "条", "条文"),
    "project": ("project", "项目"),
    "case": ("case", "起", "案件", "件"),
    "product": ("product", "产品"),
    "measure": ("measure", "guideline", "措施", "项措施"),
    "time": ("time", "call", "query", "次"),
}
HEADS = {head: name for name, heads in NOUN_CLASSES.items() for head in heads if head.isascii()}
HAN_HEADS = tuple((name, tuple(h for h in heads if not h.isascii())) for name, heads in NOUN_CLASSES.items())


GENERIC = frozenset(words_of("个 款 项 家 件 条 名 位 只 处 种 类 起 宗 笔 份 次"))
NAMES = frozenset(NOUN_CLASSES)


def is_comparable(one: Quantity, other: Quantity) -> bool:
    """Of one unit; counts also where a classifier stands for the noun, or the nouns are of two languages."""
    first, second = unit_class(one), unit_class(other)
    if {one.kind, other.kind} <= {Kind.COUNT, Kind.OTHER} and not (one.unit and other.unit):
        return True
    if first == second or one.kind is not Kind.COUNT or other.kind is not Kind.COUNT:
        return first == second
    if one.unit in GENERIC or other.unit in GENERIC or _is_short(one.unit, other.unit):
        return True
    return one.unit.isascii() is not other.unit.isascii() and not (first in NAMES and second in NAMES)


def _is_short(one: str, other: str) -> bool:
    """'地面站' is short for '国家级地面气象站': one head, and nothing that the longer name lacks."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return not short.isascii() and short[-1] == long[-1] and all(char in rest for char in short)


def as_percent(quantity: Quantity) -> Quantity:
    """A fraction in percent, so that 三分之二 meets 66.7 %."""
    if quantity.kind is not Kind.FRACTION:
        return quantity
    return Quantity(
        quantity.low * 100,
        quantity.high * 100,
        quantity.half_unit * 100,
        "percent",
        Kind.PERCENT,
        "",
        quantity.approximation,
    )


def significant(quantity: Quantity) -> int:
    """How many digits were written, trailing zeros of whole numbers apart."""
    return len(quantity.amount.normalize().as_tuple().digits) if quantity.amount else 0


def power(stated: Quantity, other: Quantity) -> int:
    """K when `stated` is 10^k times `other` with the same digits, 1 to 4 either way; else 0."""
    return ratio_power(stated.amount, other.amount)


def ratio_power(stated: Decimal, other: Decimal) -> int:
    return next((k for k in _candidates(stated, other) if abs(stated / other / TEN**k - 1) <= MANTISSA), 0)


def _candidates(stated: Decimal, other: Decimal) -> tuple[int, ...]:
    """The powers of ten that the lengths of two amounts of one sign allow."""
    if not stated or not other or stated.is_signed() is not other.is_signed():
        return ()
    apart = stated.adjusted() - other.adjusted()
    return tuple(k for k in (apart, apart - 1, apart + 1) if 1 <= abs(k) <= MOST_PLACES)


def rounded_power(stated: Quantity, other: Quantity) -> int:
    """As `power`, but one figure may also be the other's rounding: 1.45 against 1.5, ten times."""
    exact = power(stated, other)
    if exact or min(significant(stated), significant(other)) < DIGITS:
        return exact
    span = narrow(stated)
    return next((k for k in _candidates(stated.amount, other.amount) if span.meets(narrow(_times(other, TEN**k)))), 0)


def _times(quantity: Quantity, factor: Decimal) -> Quantity:
    return Quantity(
        quantity.low * factor, quantity.high * factor, quantity.half_unit * factor, quantity.unit, quantity.kind,
        quantity.currency, quantity.approximation,
    )  # fmt: skip


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two figures of one measure, subject and period can be one: the narrow readings meet."""
    if (
        is_exact(one)
        and is_exact(other)
        and one.kind is other.kind
        and abs(one.low.adjusted() - other.low.adjusted()) > 1
    ):
        return False  # the common case, cheaply
    one, other = as_percent(one), as_percent(other)
    return is_comparable(one, other) and narrow(one).meets(narrow(other))


def is_exact(quantity: Quantity) -> bool:
    return quantity.approximation is Approximation.EXACT and quantity.low == quantity.high != 0


def relation(one: Quantity, other: Quantity) -> Relation:
    """How two figures of one measure, subject and period stand to each other."""
    one, other = as_percent(one), as_percent(other)
    if not is_comparable(one, other):
        return Relation.OTHER
    if agree(one, other):
        return Relation.SAME
    if rounded_power(one, other):
        return Relation.SLIP
    return Relation.OPEN if wide(one).meets(wide(other)) else Relation.APART


def precision(quantity: Quantity) -> Decimal:
    """Half a unit of the last digit, as a share of the amount: 248 million is known to 0.2 %."""
    return quantity.half_unit / abs(quantity.amount) if quantity.amount else Decimal(1)
