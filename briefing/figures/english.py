"""The English grammar: a sign, a currency, a number, a multiplier and a unit, in the orders that newspapers use."""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from briefing.figures import currencies, units
from briefing.figures.nouns import counted
from briefing.figures.numerals import ENGLISH_ONES, ENGLISH_TENS, ONE, Number, digits, scale_named, words
from briefing.figures.pattern import Pattern
from briefing.figures.spotted import Spotted, from_number
from briefing.model.figure import Kind

_SIGN_NAMES = currencies.alternatives(
    tuple(n for n in currencies.SIGNS if (n.isascii() or not n.isalpha()) and n not in {"yuan", "s $", "a $", "c $"})
)
# 'A $1.1 billion package' begins with an article; the Australian dollar is set apart on both sides, or not at all
_PREFIX = rf"(?i:{_SIGN_NAMES})|Yuan|YUAN|[SC] \$|(?<=\w )A \$(?= )"
ONES, _TENS = "|".join(w for w in ENGLISH_ONES if w != "zero"), "|".join(ENGLISH_TENS)
SMALL = rf"(?:(?:{_TENS})(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:{ONES}))"
_BIG = "hundred|thousand|million|billion|trillion"
_WORDS = (
    rf"(?:half a (?:{_BIG}|dozen)|(?:{SMALL}|an?) dozen|a dozen|half(?=[ -](?:million|billion))"
    rf"|{SMALL}(?:[ -](?:{_BIG}))*(?:(?:,? and |[ -]){SMALL}(?:[ -](?:{_BIG}))*(?![\w-]*(?:rd|th|fifths|quarters|halves)))*|an? (?:{_BIG}))"
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:,\d\d)+,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_SCALES = r"(?:hundred million|hundred billion|hundred thousand|thousand billion|million|billion|trillion|quadrillion|thousand|hundred|lakh crore|crore|lakh)"
_SHORT = r"(?:trln|trn|tln|tn|bln|bn|mln|mn|mm|mil|[mbtkMBTK])"
NUMBER = Pattern(
    rf"(?<![\w.])(?P<pre>(?:{_PREFIX}) ?)?(?P<sign>(?:minus|negative)[ -]|(?<!%)-(?=[\d.$£€¥]))?(?P<pre2>(?:{_PREFIX}) ?)?"
    rf"(?:\((?P<bracket>{_DIGITS})\)(?= ?(?:{_SCALES}|{_SHORT}|percent)\b)|(?P<num>{_DIGITS})(?!\d|,\d\d)|(?P<words>(?i:{_WORDS}))(?![\w]))"
    rf"(?P<scale>[ -]?(?i:{_SCALES})\b|[ -]?(?:trln|trn|tln|tn|bln|bn|mln|mn)\b|{_SHORT}(?![\w/²]))?"
)
_HALF = Pattern(rf" and a (half|quarter)(?:[ -]({_SCALES}))?\b")


SHORT = 2  # 'ha', 'km': abbreviations take no plural


def _plurals(names: tuple[str, ...]) -> str:
    return "|".join(
        rf"{re.escape(n)}(?:e?s)?" if len(n) > SHORT else re.escape(n) for n in sorted(names, key=len, reverse=True)
    )


def _unit_pattern() -> Pattern:
    currency = _plurals(tuple(n for n in currencies.WORDS if n.isalnum() or " " in n or n in {"us$", "cn¥"}))
    other = _plurals(tuple(n for n in units.ENGLISH_OTHERS if n not in {"g", "l"}))
    return Pattern(
        rf"(?P<pp>[ -](?:percentage|percent|per cent)[ -]points?\b|\s?pps?\b|\s?ppt\b)|(?P<bp>[ -]basis[ -]points?\b|\s?bps\b|\s?bp\b)"
        rf"|(?P<percent>\s?%|[ -](?:percent|per cent|pct|percentage|percents)\b|percent\b)"
        rf"|(?P<currency>[ -]?(?:(?:of )?Chinese (?=yuan))?(?:{currency})(?![\w]|-f)(?:[ -]renminbi\b)?| ?[€£$](?!\d))"
        rf"|(?P<cents>[ -](?:US )?cents?\b|[ -]jiao\b|[ -]fen\b|[ -]sen\b|¢)"
        rf"|(?P<area>[ -]?(?:{_plurals(tuple(units.ENGLISH_AREAS))})\b)"
        rf"|(?P<duration>[ -](?:{_plurals(tuple(units.ENGLISH_DURATIONS))})\b(?:-old\b)?|(?:min|sec|hrs?)\b)"
        rf"|(?P<other>[ -]?(?:{other})(?![\w-])|(?<=\d)(?:g|l|m)\b)"
        rf"|(?P<times>[ -](?:times|fold)\b|x\b|fold\b)"
        rf"|(?P<points>[ -]points?\b)",
        re.IGNORECASE,
    )


_UNIT = _unit_pattern()
_PER = Pattern(
    r"\s?(?:per|an?|each|/)\s?(?P<what>square met(?:re|er)|sq m|square foot|sq ft|gallon|barrel|ounce|tonne|metric ton|ton|litre|kilogram|kg|pound|bushel|mu)\b"
)
_PER_NAMES = {
    "square metre": "m2",
    "square meter": "m2",
    "sq m": "m2",
    "square foot": "sq ft",
    "metric ton": "tonne",
    "kg": "kilogram",
}


def amounts_in(folded: str, free: bytearray) -> list[Spotted]:
    """Every amount of a folded text outside the spans that dates and traps have taken (`free` is 0 there)."""
    found = []
    for match in NUMBER.finditer(folded):
        start = (
            match.start("num")
            if match.group("num")
            else match.start("bracket")
            if match.group("bracket")
            else match.start("words")
        )
        if free[start]:
            found.append(_amount(folded, match, start))
    return found


def _amount(folded: str, match: re.Match[str], start: int) -> Spotted:
    number = _number(match)
    end = match.end()
    half = _HALF.match(folded, end)
    if half:
        extra = Decimal("0.5") if half.group(1) == "half" else Decimal("0.25")
        scale = scale_named(half.group(2) or "") if half.group(2) else number.scale
        number, end = (
            Number(
                (number.value / number.scale + extra) * scale if number.scale == ONE else number.value + extra * scale,
                scale,
                scale / 10,
            ),
            half.end(),
        )
    sign = (match.group("sign") or "").strip()
    if sign or match.group("bracket"):
        number = replace(number, value=-number.value)
    found = from_number(number, start, end)
    if match.group("sign") or match.group("bracket"):
        found = replace(found, start=match.start("sign") if match.group("sign") else start - 1)
    prefix = (match.group("pre") or match.group("pre2") or "").strip()
    if prefix and (match.group("num") or match.group("bracket")):
        return _priced(folded, replace(found, start=match.start()), prefix)
    return _united(folded, found, match.group("scale") or "")


def _number(match: re.Match[str]) -> Number:
    written = match.group("bracket") or match.group("num")
    number = digits(written) if written else words(match.group("words"))
    return number.times(scale_named(match.group("scale") or ""))


def _priced(folded: str, found: Spotted, prefix: str) -> Spotted:
    """An amount with its currency before it; '(RMB)', 'US' or a word after it is furniture."""
    currency = currencies.SIGNS[prefix.lower()]
    tail = _TAIL.match(folded, found.end)
    end = tail.end() if tail else found.end
    if tail and tail.group("currency"):
        currency = currencies.WORDS[_singular(tail.group("currency").lower(), currencies.WORDS)]
    return _per(folded, replace(found, end=end, kind=Kind.MONEY, unit=currency, currency=currency))


_TAIL = Pattern(
    r"(?: (?P<currency>Hong Kong dollars|US dollars|Canadian dollars|Australian dollars)| (?:US|USD|yuan|dollars)(?=\b(?! \w+ic))| million(?= USD))?",
    re.IGNORECASE,
)


def _per(folded: str, found: Spotted) -> Spotted:
    per = _PER.match(folded, found.end)
    if not per:
        return found
    what = per.group("what").lower()
    return replace(found, end=per.end(), unit=f"{found.unit}/{_PER_NAMES.get(what, what)}")


def _singular(word: str, names: dict[str, str] | dict[str, tuple[str, Decimal]]) -> str:
    return next(w for w in (word, word.removesuffix("s"), word.removesuffix("es"), word) if w in names)


def _united(folded: str, found: Spotted, scale: str) -> Spotted:
    unit = _UNIT.match(folded, found.end)
    short_metre = scale in {"m", "M"} and not (unit and unit.lastgroup == "currency")
    if scale == "mm" and not (unit and unit.lastgroup == "currency"):
        return replace(found.scaled(Decimal("1e-6")), scale=ONE, kind=Kind.OTHER, unit="millimetre")
    if unit is None or unit.lastgroup is None:
        if short_metre and not _NOUN_AFTER.match(folded, found.end):
            factor = Decimal("1e-6")
            return replace(found.scaled(factor), scale=ONE, kind=Kind.OTHER, unit="metre")
        return counted(folded, found)
    name = unit.group(unit.lastgroup).strip().strip(" -").lower()
    return _WITH_UNIT[unit.lastgroup](folded, replace(found, end=unit.end()), name)


_NOUN_AFTER = Pattern(r"[ -][a-z]+")


def _money(folded: str, found: Spotted, name: str) -> Spotted:
    name = re.sub(r"^(?:of )?chinese ", "", name).removesuffix(" renminbi").removesuffix("-renminbi")
    if name == "pounds" and re.match(r" (?:of|per)|-force|-feet", folded[found.end : found.end + 8]):
        return replace(found, kind=Kind.OTHER, unit="pound-mass")
    currency = currencies.WORDS[_singular(name, currencies.WORDS)]
    return _per(folded, replace(found, kind=Kind.MONEY, unit=currency, currency=currency))


def _cents(_: str, found: Spotted, name: str) -> Spotted:
    currency, factor = currencies.CENTS.get(name.removeprefix("us ").removesuffix("s"), currencies.CENTS["cent"])
    return replace(found.scaled(factor), kind=Kind.MONEY, unit=currency, currency=currency, scale=ONE)


def _duration(_: str, found: Spotted, name: str) -> Spotted:
    unit = units.ENGLISH_DURATIONS[_singular(name.removesuffix("-old"), units.ENGLISH_DURATIONS)]
    factor = 10 if unit == "decade" else 100 if unit == "century" else 1
    return replace(found.scaled(Decimal(factor)), kind=Kind.DURATION, unit="year" if factor > 1 else unit, scale=ONE)


def _named(kind: Kind, unit: str, found: Spotted) -> Spotted:
    return replace(found, kind=kind, unit=unit)


def _other(_: str, found: Spotted, name: str) -> Spotted:
    return _named(
        Kind.OTHER, "metre" if name == "m" else units.ENGLISH_OTHERS[_singular(name, units.ENGLISH_OTHERS)], found
    )


_WITH_UNIT: dict[str, Callable[[str, Spotted, str], Spotted]] = {
    "pp": lambda _, found, __: _named(Kind.PERCENTAGE_POINT, "percentage_point", found),
    "bp": lambda _, found, __: _named(Kind.BASIS_POINT, "basis_point", found),
    "percent": lambda _, found, __: _named(Kind.PERCENT, "percent", found),
    "currency": _money,
    "cents": _cents,
    "area": lambda _, found, name: _named(Kind.AREA, units.ENGLISH_AREAS[_singular(name, units.ENGLISH_AREAS)], found),
    "duration": _duration,
    "other": _other,
    "times": lambda _, found, __: _named(Kind.MULTIPLE, "times", found),
    "points": lambda _, found, __: _named(Kind.OTHER, "point", found),
}
