"""How much is news: hard facts count, new wording alone does not.

Outlets tell one fact in many words. On the dev stream two thirds of the sentences of a plain reminder were unlike
any sentence told before, so sentences only add to figures, dates and names; they decide where a text has no facts
that could be checked.
"""

import re
from decimal import Decimal

from briefing.match.figures import significant
from briefing.model.fact import Status
from briefing.model.figure import Figure, Kind
from briefing.model.hearsay import TALK
from briefing.model.judgement import Sighting
from briefing.model.story import NewKind, Novelty
from briefing.model.text import Bilingual

ENOUGH = 1.0
MONEY, SHARE, COUNTED, COUNTED_TWO, TENS, FEW, LASTING = 1.0, 0.8, 1.0, 0.7, 0.45, 0.15, 0.2
HUNDRED = Decimal(100)  # whole tens below it ('20 measures') recall as often as they tell: alone they carry no news
FEWEST = Decimal(13)  # smaller counts ('two reasons', 'three of the seven') are mostly rhetoric
DAY, MONTH, YEAR = 0.6, 0.5, 0.2  # a deadline is news, a year is mostly background
WEIGHTS = {NewKind.ENTITY: 0.2, NewKind.SENTENCE: 0.08}
SENTENCES = 0.5  # all new sentences together at most
SMALL, SMALLS = 0.2, 0.4  # small facts, and all of them together at most: ten of them make no news
PLAIN = 2.0  # how much more a new sentence says in a text without any checkable fact
SEVERAL = 4  # statements, all unlike anything told, that take a told story on
FIRST = 0.4  # enough for a story that was never told, when the text states little that was told
CHECKABLE = 2  # known figures from which a text without new ones only repeats
DIALLED = re.compile(  # the number that follows is a telephone, a line, a licence: it counts nothing
    r"(?:拨打|拨|致电|热线|电话|客服|微信|编号|代码|\b(?:call|dial|dialling|ring|phone|telephone|hotline|tel|text|ext|no))\W{0,3}(?:on|at|to)?\W{0,2}$",
    re.IGNORECASE,
)
YEAR_LIKE = re.compile(r"(?:mid-|early |late )?(?:19|20)\d\d")  # a year that was read as a count
DAY_KEY, MONTH_KEY = re.compile(r"\d\d-\d\d"), re.compile(r"\d{4}-\d\d")
HEARSAY = re.compile(TALK)  # nobody stands behind what such a sentence says
CHECKED = frozenset(
    {Status.CONFIRMED, Status.AGAIN, Status.SCALE_SLIP, Status.NEW, Status.CHANGED, Status.CONTRADICTED}
)
NAMED = 3


def weight_of_figure(figure: Figure) -> float:
    """How much a new figure says: money most, a small count or a length of time little."""
    quantity = figure.quantity
    if quantity.kind is Kind.MONEY:
        return MONEY
    if quantity.kind in {Kind.PERCENT, Kind.PERCENTAGE_POINT, Kind.BASIS_POINT}:
        return SHARE
    if quantity.kind is Kind.COUNT or quantity.kind is Kind.AREA or quantity.kind is Kind.OTHER:
        if abs(quantity.amount) < FEWEST or YEAR_LIKE.fullmatch(figure.surface):
            return FEW
        if significant(quantity.amount) > 1:
            return COUNTED
        return TENS if abs(quantity.amount) < HUNDRED or not quantity.unit else COUNTED_TWO
    return 0.0 if quantity.kind is Kind.DATE else LASTING


def counts_nothing(figure: Figure, before: str) -> bool:
    """Whether a bare number is one to be dialled or looked up: '拨打12345', '（00241）'."""
    if figure.quantity.unit:
        return False
    return (figure.surface.startswith("0") and figure.surface.isdecimal()) or bool(DIALLED.search(before))


def weight_of_day(day: str) -> float:
    """A day says more than a month, a month more than a year."""
    return DAY if DAY_KEY.fullmatch(day) else MONTH if MONTH_KEY.fullmatch(day) else YEAR


def amount_of_news(novelties: tuple[Novelty, ...], *, is_plain: bool = False) -> float:
    """The weight of all that is new, each thing once.

    `is_plain`: nothing in the text could be checked against what was told, so that its wording must speak.
    """
    facts = {(item.kind, item.text): item.weight for item in novelties if item.kind is not NewKind.SENTENCE}
    wording = sum(item.weight for item in novelties if item.kind is NewKind.SENTENCE)
    small = sum(weight for weight in facts.values() if weight <= SMALL)
    large = sum(weight for weight in facts.values() if weight > SMALL)
    return large + min(SMALLS, small) + (wording * PLAIN if is_plain else min(SENTENCES, wording))


def is_news(
    novelties: tuple[Novelty, ...],
    sightings: tuple[Sighting, ...],
    *,
    is_told: bool,
    is_copy: bool,
    is_comment: bool = False,
    statements: int = 0,
) -> bool:
    """Whether an article brings enough that is new. A copy does so only by a figure of its own.

    `statements`: how many the article makes. Where all of a story that was never told is unlike anything told, it is
    news in two sentences as in twenty; a told story takes several. Of a comment only figures are, and never its words.
    """
    if is_comment:
        figures = {item.text: item.weight for item in novelties if item.kind is NewKind.FIGURE and item.weight > SMALL}
        return sum(figures.values()) >= ENOUGH
    if is_copy:
        return any(item.kind is NewKind.FIGURE and item.weight > FEW for item in novelties)
    known = sum(sighting.status in CHECKED for sighting in sightings)
    amount = amount_of_news(novelties, is_plain=known == 0)
    first = not is_told and known < CHECKABLE
    fresh = {item.sentence for item in novelties if item.kind is NewKind.SENTENCE}
    if not known and 0 < statements <= len(fresh) and (first or statements >= SEVERAL):
        return True
    return amount >= (FIRST if first else ENOUGH)


def reason_of_news(novelties: tuple[Novelty, ...]) -> Bilingual:
    """What is new, the hardest facts first."""
    for kind, en, zh in (
        (NewKind.FIGURE, "New figures", "新数字"),
        (NewKind.DATE, "New dates", "新日期"),
        (NewKind.ENTITY, "New names", "新名称"),
    ):
        listed = [item for item in novelties if item.kind is kind and item.weight > FEW]
        listed.sort(key=lambda item: -item.weight)
        found = list(dict.fromkeys(item.text for item in listed))[:NAMED]
        if found:
            return Bilingual(f"{en}: {', '.join(found)}.", f"{zh}：{'、'.join(found)}。")
    count = sum(item.kind is NewKind.SENTENCE for item in novelties)
    return Bilingual(f"{count} statements that were not told before.", f"有{count}处此前未报道的内容。")


def reason_of_repeat(sightings: tuple[Sighting, ...], issue: str, fresh: int = 0) -> Bilingual:
    """Why an article is not shown as news, and which issue told it; `fresh` statements are unlike any told."""
    where = {"": ("", ""), "baseline": (", by the articles we start from", "（见起始文章）")}.get(
        issue, (f", in issue {issue}", f"（见第{issue}期）")
    )
    confirmed = sum(sighting.status is Status.CONFIRMED for sighting in sightings)
    slips = sum(sighting.status is Status.SCALE_SLIP for sighting in sightings)
    en, zh = f"All of it was told before{where[0]}", f"所载此前均已报道{where[1]}"
    if fresh:
        many = "1 statement" if fresh == 1 else f"{fresh} statements"
        near = where[0].replace(", by", "; near", 1).replace(", in", "; near", 1)
        en = f"Little in it is new: {many} in other words, no new fact of weight{near}"
        zh = f"新内容很少：{fresh}处新表述，没有重要的新事实{where[1]}"
    if confirmed:
        en, zh = f"{en}; {_figures(confirmed)} confirmed", f"{zh}，印证{confirmed}个数字"
    if slips:
        en, zh = f"{en}; {_figures(slips)} off by a power of ten", f"{zh}，{slips}个数字数量级有误"
    return Bilingual(f"{en}.", f"{zh}。")


def _figures(number: int) -> str:
    return "1 figure" if number == 1 else f"{number} figures"
