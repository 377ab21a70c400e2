"""Numbers as newspapers write them, read into `Decimal`. Folding is one character to one, so offsets stay true."""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from dataclasses import dataclass
from decimal import Decimal

from briefing.figures.pattern import Pattern

ONE, ZERO, HALF = Decimal(1), Decimal(0), Decimal("0.5")

_VARIANTS = (
    "億亿萬万兩两圓元圆元個个條条項项戶户輛辆畝亩歲岁幣币臺台點点約约過过餘余幾几數数間间張张處处達达減减漲涨縮缩擴扩長长"
    "佔占僅仅從从將将於于產产單单門门統统業业縣县區区學学機机關关國国萬万億亿種种類类筆笔層层噸吨錢钱歐欧韓韩鎊镑團团隊队"
    "員员級级頃顷紙纸銷销總总計计內内倍倍貳贰參叁叄叁陸陆陌佰圜元盧卢盾盾舊旧價价費费資资債债額额稅税收收補补貼贴億亿後后"
    "節节報报屆届項项款款這这該该為为與与對对衝冲週周號号際际頁页樓楼號号會会話话電电傳传併并銀银醫医導导師师動动練练車车"
    "時时變变擔担壓压讓让專专據据規规證证護护辦办農农幫帮廠厂礦矿設设訂订購购資资獲获虧亏損损淨净儲储備备綜综賣卖買买準准"
    "屬属轄辖鄉乡鎮镇場场課课調调詢询營营運运應应線线網网絡络戰战連连續续異异職职嚴严處处協协議议質质錄录預预賬账帳账見见"
    "題题萬万歲岁頭头隻只顆颗條条樣样檔档聲声萬万餐餐親亲嬰婴兒儿婦妇環环億亿馬马鬥斗輪轮層层週周陣阵陰阴陽阳廣广東东劃划"
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code not in {0xFF0C, 0xFF5E}}
_FOLD = (
    _WIDE
    | {ord(_VARIANTS[i]): ord(_VARIANTS[i + 1]) for i in range(0, len(_VARIANTS), 2)}
    | {0x3000: 0x20, 0xA0: 0x20, 0x202F: 0x20, 0x2009: 0x20, 0x2212: 0x2D, 0x2010: 0x2D, 0x2011: 0x2D}
    | {0xFF0C: 0xFF0C, 0xFFE5: 0xA5, 0xFFE1: 0xA3, 0x2019: 0x27, 0xFF5E: 0x7E, 0x301C: 0x7E, 0xFF05: 0x25}
)
_BETWEEN_DIGITS = Pattern(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def folded(text: str) -> str:
    """The text with widths and the variants of numerals and units unified; every offset is kept."""
    return (_BETWEEN_DIGITS.sub(",", text) if "，" in text else text).translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: its value, the multiplier written with it, and one unit of its last digit."""

    value: Decimal
    scale: Decimal = ONE
    last_unit: Decimal = ONE

    def times(self, factor: Decimal) -> "Number":
        return Number(self.value * factor, self.scale * factor, self.last_unit * factor)


def digits(text: str) -> Number:
    """'1,802.50' -> 1802.50, known to a hundredth. Grouping commas and spaces fall away."""
    value = Decimal(text.replace(",", "").replace(" ", ""))
    return Number(value, ONE, ONE.scaleb(min(int(value.as_tuple().exponent), 0)))


HAN_DIGITS = {c: Decimal(i) for i, group in enumerate(("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
              for c in group}  # fmt: skip
HAN_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
HAN_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_HAN_DIGIT = "零〇一壹二两贰三叁四肆五伍六陆七柒八捌九玖"
_TOKEN = Pattern(
    rf"(?P<arabic>\d[\d, ]*(?:\.\d+)?)|(?P<han>[{_HAN_DIGIT}]+(?:点[{_HAN_DIGIT}]+)?)|(?P<mult>[十拾百佰千仟万亿兆])|点(?P<point>[{_HAN_DIGIT}]+)"
)
_LOOSE = Pattern(rf"(?<=[{_HAN_DIGIT}十拾百佰千仟点])\s+(?=[{_HAN_DIGIT}十拾百佰千仟点])")  # '一 百 五 十'
ROUGH_WITHIN = Pattern(r"[余多几来]")  # '20余亿': over twenty 亿


def han(text: str) -> Number:
    """'3亿5千万', '一点四五亿', '7亿零500万', '壹仟捌佰零贰万' and '1.8万亿' alike."""
    reading = _HanReading()
    for match in _TOKEN.finditer(_LOOSE.sub("", ROUGH_WITHIN.sub("", text))):
        reading.take(match)
    return reading.number()


class _HanReading:
    """One left-to-right reading: digits gather in a section, 万 and 亿 close what stands before them."""

    def __init__(self) -> None:
        self.groups: list[tuple[Decimal, Decimal]] = []  # (value, multiplier), multipliers falling
        self.section, self.pending = ZERO, ZERO
        self.seen = self.spelled = False  # a digit is pending; it was written in Han
        self.unit, self.previous = ONE, ONE  # of the last digit; of the multiplier before it
        self.numbers, self.scale = 0, ONE  # how many numbers were written; what follows the only one
        self.gap = False  # a 零 stood between: '一万零四' is 10,004, '九万四' 94,000

    def take(self, match: re.Match[str]) -> None:
        text = match.group()
        if match.lastgroup == "mult":
            self._multiply(text)
            return
        if match.lastgroup == "point":  # '一百二十点五'
            part = _spelled(f"零{text}")
            self.pending, self.seen, self.gap = self.pending + part, True, True
            self.unit = ONE.scaleb(int(part.as_tuple().exponent))
            return
        self.spelled = match.lastgroup == "han"
        self.gap = text[0] in "零〇"
        self.pending = _spelled(text) if self.spelled else digits(text.strip()).value
        self.unit = ONE.scaleb(min(int(self.pending.as_tuple().exponent), 0))
        self.seen = True
        self.numbers += 1

    def _multiply(self, text: str) -> None:
        if text in HAN_SMALL:
            factor = Decimal(HAN_SMALL[text])
            self.section += (self.pending if self.seen and self.pending else ONE) * factor
            self.unit = ONE if self.spelled or not self.seen else self.unit * factor
        else:
            factor = Decimal(HAN_LARGE[text])
            value = self.section + (self.pending if self.seen else ZERO)
            while self.groups and self.groups[-1][1] < factor:
                value += self.groups.pop()[0]
            self.groups.append(((value or ONE) * factor, factor))
            self.section, self.unit = ZERO, self.unit * factor
        self.scale *= factor
        self.previous, self.pending, self.seen = factor, ZERO, False

    def number(self) -> Number:
        pending = self.pending
        is_short = self.spelled and self.seen and not self.gap and self.previous > 10 and pending < 10  # noqa: PLR2004 - one digit
        if is_short and pending == pending.to_integral_value():
            pending, self.unit = pending * self.previous / 10, self.previous / 10
        value = sum((group for group, _ in self.groups), ZERO) + self.section + pending
        return Number(value, self.scale if self.numbers == 1 else ONE, self.unit)


def _spelled(text: str) -> Decimal:
    """'一点四五' -> 1.45, '二〇二四' -> 2024."""
    whole, _, part = text.partition("点")
    number = "".join(str(HAN_DIGITS[c]) for c in whole) or "0"
    return Decimal(number + ("." + "".join(str(HAN_DIGITS[c]) for c in part) if part else ""))


_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
ENGLISH_ONES = {word: Decimal(i) for i, word in enumerate(_UNITS.split())}
ENGLISH_TENS = {
    word: Decimal(10 * (i + 2))
    for i, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
ENGLISH_SCALES = {
    "hundred": Decimal(100), "thousand": Decimal(1000), "lakh": Decimal(10) ** 5, "million": Decimal(10) ** 6,
    "crore": Decimal(10) ** 7, "billion": Decimal(10) ** 9, "trillion": Decimal(10) ** 12, "quadrillion": Decimal(10) ** 15,
    "k": Decimal(1000), "m": Decimal(10) ** 6, "mn": Decimal(10) ** 6, "mln": Decimal(10) ** 6, "mil": Decimal(10) ** 6,
    "mm": Decimal(10) ** 6, "b": Decimal(10) ** 9, "bn": Decimal(10) ** 9, "bln": Decimal(10) ** 9, "t": Decimal(10) ** 12,
    "tn": Decimal(10) ** 12, "trn": Decimal(10) ** 12, "trln": Decimal(10) ** 12, "tln": Decimal(10) ** 12,
    "dozen": Decimal(12),
}  # fmt: skip
_WORD = Pattern(r"[a-z]+")


def words(text: str) -> Number:
    """'one hundred and twenty-three', 'a dozen', 'half a million', 'eight million'."""
    total, group, scale = ZERO, ZERO, ONE
    for word in _WORD.findall(text.lower()):
        if word in ENGLISH_ONES or word in ENGLISH_TENS:
            group += ENGLISH_ONES.get(word, ZERO) + ENGLISH_TENS.get(word, ZERO)
        elif word == "half":
            group += HALF
        elif word in {"hundred", "dozen"}:
            group = (group or ONE) * ENGLISH_SCALES[word]
        elif word in ENGLISH_SCALES:
            scale = ENGLISH_SCALES[word]
            total, group = total + (group or ONE) * scale, ZERO
    return Number(total + group, scale if not group else ONE, scale if not group else ONE)


def scale_named(text: str) -> Decimal:
    """'hundred million' -> 10^8, 'bn' -> 10^9, '' -> 1."""
    factor = ONE
    for word in _WORD.findall(text.lower()):
        factor *= ENGLISH_SCALES.get(word, ONE)
    return factor
