"""How a finding is said, in both languages: the figures as written, the rule, never a correction."""

from decimal import Decimal

from briefing.model.figure import Quantity
from briefing.model.text import Bilingual
from briefing.model.wording import plain, written

TIMES_EN = {1: "ten times", 2: "a hundred times", 3: "a thousand times", 4: "ten thousand times",
            -1: "a tenth of", -2: "a hundredth of", -3: "a thousandth of", -4: "a ten-thousandth of"}  # fmt: skip
TIMES_ZH = {
    1: "十倍",
    2: "一百倍",
    3: "一千倍",
    4: "一万倍",
    -1: "十分之一",
    -2: "百分之一",
    -3: "千分之一",
    -4: "万分之一",
}
CAUSES = {  # what a slip of that power is usually made of
    1: Bilingual("亿 may have been read as billion", "可能是把“亿”误读作 billion 所致"),
    2: Bilingual("万 may have been read as million", "可能是把“万”误读作 million 所致"),
    3: Bilingual("million and billion may have been exchanged", "可能是 million 与 billion 互换所致"),
    4: Bilingual("万 and 亿 may have been exchanged, or 万 lost", "可能是“万”与“亿”互换，或漏了“万”字"),
    -3: Bilingual("million and billion may have been exchanged", "可能是 million 与 billion 互换所致"),
    -4: Bilingual("万 and 亿 may have been exchanged, or 万 lost", "可能是“万”与“亿”互换，或漏了“万”字"),
}


def en(quantity: Quantity) -> str:
    return written(quantity, "en")


def zh(quantity: Quantity) -> str:
    return written(quantity, "zh")


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cause(power: int) -> Bilingual:
    """What the slip may be made of; nothing where a digit too few has no usual cause."""
    cause = CAUSES.get(power)
    return Bilingual(f"; {cause.en}", f"；{cause.zh}") if cause else Bilingual("", "")


def listed(names: str) -> str:
    """Names as a Chinese sentence lists them."""
    return names.replace(", ", "、")


def adds_up(total: Quantity, parts: tuple[Quantity, ...], of_parts: Quantity) -> Bilingual:
    return Bilingual(
        f"{en(total)} agrees with the sum of its {len(parts)} parts, {en(of_parts)}",
        f"{zh(total)}与其{len(parts)}项之和{zh(of_parts)}相符",
    )


def does_not_add_up(total: Quantity, of_parts: Quantity) -> Bilingual:
    difference = abs(total.amount - of_parts.amount)
    gap = Quantity(difference, difference, of_parts.half_unit, total.unit, total.kind, total.currency)
    more = total.amount > of_parts.amount
    return Bilingual(
        f"{en(total)} is {en(gap)} {'more' if more else 'less'} than the sum of its parts, {en(of_parts)}",
        f"{zh(total)}比其各项之和{zh(of_parts)}{'多' if more else '少'}{zh(gap)}",
    )


def total_slips(total: Quantity, of_parts: Quantity, power: int) -> Bilingual:
    cause = _cause(power)
    return Bilingual(
        f"{en(total)} is {TIMES_EN[power]} the sum of its parts, {en(of_parts)}{cause.en}",
        f"{zh(total)}是其各项之和{zh(of_parts)}的{TIMES_ZH[power]}{cause.zh}",
    )


def converts(amount: Quantity, other: Quantity, rate: Decimal) -> Bilingual:
    shown = plain(rate.quantize(Decimal("0.0001")))
    return Bilingual(
        f"{en(amount)} and {en(other)} agree at the rate of the day, {shown} {amount.currency} per {other.currency}",
        f"{zh(amount)}与{zh(other)}按当日汇率（1 {other.currency} = {shown} {amount.currency}）相符",
    )


def does_not_convert(amount: Quantity, other: Quantity, expected: Quantity, power: int) -> Bilingual:
    if power:
        return Bilingual(
            f"{en(other)} is {TIMES_EN[power]} what {en(amount)} is worth at the rate of the day, {en(expected)}",
            f"{zh(other)}是{zh(amount)}按当日汇率折合{zh(expected)}的{TIMES_ZH[power]}",
        )
    return Bilingual(
        f"{en(amount)} is {en(expected)} at the rate of the day, not {en(other)}",
        f"{zh(amount)}按当日汇率折合{zh(expected)}，而文中为{zh(other)}",
    )


def no_rate(amount: Quantity, other: Quantity) -> Bilingual:
    return Bilingual(
        f"{en(amount)} and {en(other)} were not compared:"
        f" no rate for {amount.currency} and {other.currency} on that day",
        f"{zh(amount)}与{zh(other)}未作比对：当日没有 {amount.currency} 与 {other.currency} 的汇率",
    )


def grows(before: Quantity, after: Quantity, growth: Quantity, *, holds: bool) -> Bilingual:
    return Bilingual(
        f"from {en(before)} to {en(after)} {'is' if holds else 'is not'} a change of {en(growth)}",
        f"由{zh(before)}到{zh(after)}，变动幅度与{zh(growth)}{'相符' if holds else '不符'}",
    )


def shares(part: Quantity, whole: Quantity, share: Quantity, *, holds: bool) -> Bilingual:
    return Bilingual(
        f"{en(part)} {'is' if holds else 'is not'} {en(share)} of {en(whole)}",
        f"{zh(part)}占{zh(whole)}的比例与{zh(share)}{'相符' if holds else '不符'}",
    )


def slips(stated: Quantity, who: str, other: Quantity, others: str, power: int) -> Bilingual:
    cause = _cause(power)
    return Bilingual(
        f"{en(stated)} ({who}) is {TIMES_EN[power]} {en(other)} ({others}){cause.en}",
        f"{zh(stated)}（{who}）是{zh(other)}（{listed(others)}）的{TIMES_ZH[power]}{cause.zh}",
    )


def supported(statement: Bilingual, quantity: Quantity, by: tuple[Bilingual, ...]) -> Bilingual:
    """The same with the side that parts and conversion support."""
    return Bilingual(
        f"{statement.en}. {_begun(en(quantity))} is supported by {' and by '.join(b.en for b in by)}",
        f"{statement.zh}。{zh(quantity)}有{'和'.join(b.zh for b in by)}支持",
    )


def rounds(stated: Quantity, who: str, other: Quantity, others: str) -> Bilingual:
    return Bilingual(
        f"{en(stated)} ({who}) and {en(other)} ({others}) are one figure, written to different places",
        f"{zh(stated)}（{who}）与{zh(other)}（{listed(others)}）是同一数字，取位不同",
    )


def differs(stated: Quantity, who: str, other: Quantity, others: str) -> Bilingual:
    return Bilingual(
        f"{en(stated)} ({who}) and {en(other)} ({others}) cannot both be right for the same time",
        f"{zh(stated)}（{who}）与{zh(other)}（{listed(others)}）就同一时间而言不能同时成立",
    )
