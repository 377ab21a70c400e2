"""Shares and multiples in English words: 'two-thirds', 'half', 'a fifth', 'one in five', 'doubled', 'twice', 'a decade'."""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from decimal import Decimal

from briefing.figures.english import ONES, SMALL
from briefing.figures.numerals import ENGLISH_ONES, ONE, words
from briefing.figures.pattern import Pattern
from briefing.figures.spotted import Spotted
from briefing.model.figure import Kind

_FRACTIONS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
# 'a fifth of it', 'fell by a fifth, ...', 'a third more'; but 'a fifth bus' and 'a third man' only count on
_AFTER_A = (
    r"(?:[^\w\s-]|\s[^\w\s]|\s?$| (?:of|more|less|fewer|higher|lower|larger|smaller|bigger|cheaper|dearer|faster|slower|off|as|"
    r"from|in|on|to|since|than|or|and|but|last|this|over|by|at|for|was|were|is|are|went|came|had|has|have|compared|each)\b)"
)
_FRACTION = Pattern(
    rf"\b(?:(?<!first )(?<!last )(?<!past )(?<!next )(?<!previous )(?<!these )(?<!time in )(?P<top>{ONES}|(?P<a>an?))[ -](?P<name>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)(?P<plural>s?)(?![\w-])(?! (?:of \d|quarter|year|time|place|day|plan|century|anniversary|floor|amendment))(?(a)(?={_AFTER_A}))"
    rf"|(?P<half>(?<!and a )(?<!first[ -])(?<!second[ -])(?<!latter[ -])(?<!and-a-)half)(?! ?-|\w)(?! (?:million|billion|dozen|year|a (?:million|billion|dozen|century|year|hour|day))|of the year)|(?P<out>{SMALL}|\d+)(?: out of| in)(?: every)? (?P<of>{SMALL}|(?!(?:19|20)\d\d\b)\d+)(?=[^\w%.]|[.](?!\d)))",
    re.IGNORECASE,
)
_MULTIPLE = Pattern(
    r"\b(?:(?P<up>doubl|tripl|trebl|quadrupl|quintupl)(?:ed|es|ing)\b(?! (?:counted|taxation|standard|check|digit|entry))|(?P<halved>halv(?:e[ds]?|ing))\b|(?P<twice>twice|thrice)(?= (?:the|its|their|his|her|as|what|that|last|a[sn]?)\b))",
    re.IGNORECASE,
)
_DECADE = Pattern(r"\b(?<!half )a (decade|century)\b(?! (?:and a half|ago old))")
_FACTORS = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5, "twice": 2, "thrice": 3}


def fractions_in(folded: str, free: bytearray) -> list[Spotted]:
    """Every share and multiple in words, outside the spans that dates and traps have taken."""
    found = [_fraction(match) for match in _FRACTION.finditer(folded) if free[match.start()] and _is_share(match)]
    found += [_multiple(match) for match in _MULTIPLE.finditer(folded) if free[match.start()]]
    return found + [_period(match) for match in _DECADE.finditer(folded)]


def _is_share(match: re.Match[str]) -> bool:
    """'7 in 12' is a share; '16 in 12 provinces' and 'nine in 2022' are not."""
    top, bottom = _share(match)
    return top < bottom or not match.group("out")


def _fraction(match: re.Match[str]) -> Spotted:
    top, bottom = _share(match)
    return _worded(match, top / bottom if bottom else Decimal(0), Decimal("0.005"), (Kind.FRACTION, ""))


def _multiple(match: re.Match[str]) -> Spotted:
    word = match.group("up") or match.group("twice")
    value = Decimal(_FACTORS[word.lower()]) if word else Decimal("0.5")
    return _worded(match, value, Decimal("0.05"), (Kind.MULTIPLE, "times"))


def _period(match: re.Match[str]) -> Spotted:
    years = Decimal(10 if match.group(1) == "decade" else 100)
    return _worded(match, years, years / 20, (Kind.DURATION, "year"))


def _worded(match: re.Match[str], value: Decimal, half_unit: Decimal, unit: tuple[Kind, str]) -> Spotted:
    start, end = match.span()
    return Spotted(start, end, value, value, half_unit, *unit, number_start=start, number_end=end)


def _share(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    if match.group("half"):
        return ONE, Decimal(2)
    if match.group("name"):
        top = match.group("top").lower()
        return ENGLISH_ONES.get(top, ONE), Decimal(_FRACTIONS[match.group("name").lower()])
    out, of = match.group("out"), match.group("of")
    return (Decimal(out) if out.isdigit() else words(out).value), (Decimal(of) if of.isdigit() else words(of).value)
