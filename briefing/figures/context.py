"""What the words around an amount say: lists and ranges, approximation, change.

And the currency that a text leaves unsaid.
"""

# ruff: noqa: E501 - patterns and word lists stay whole

import re
from dataclasses import replace
from decimal import Decimal

from briefing.figures.pattern import Pattern
from briefing.figures.spotted import Spotted
from briefing.model.figure import Approximation, Change, Kind

# ---- approximation ---------------------------------------------------------------------------------------------------
_A = Approximation
_BEFORE_EN = Pattern(
    r"(?:\b(?:(?P<about>about|around|roughly|approximately|approx\.?|some|circa|an estimated|estimated|or so|close to(?= )|in the region of|something like)"
    r"|(?P<nearly>nearly|almost|close to|just under|just below|just short of|approaching|not quite|a little (?:under|less than)|under|below|less than|fewer than|the better part of)"
    r"|(?P<over>over|more than|above|exceed(?:s|ed|ing)?|in excess of|upwards? of|a little (?:over|more than)|well over|just over|topp(?:ed|ing)|surpass(?:ed|es|ing)|passed|greater than|north of|beyond|higher than|crossed|slightly more than)"
    r"|(?P<least>at least|no (?:less|fewer) than|not less than|a minimum of|minimum)"
    r"|(?P<most>at most|no more than|not more than|(?<!add )(?<!adds )(?<!added )up to|a maximum of|(?<!about )(?<!just )as (?:much|many) as|maximum|capped at))|~(?P<tilde>))\s?(?:a |an |the |another )?$",
    re.IGNORECASE,
)
_AFTER_EN = Pattern(
    r" (?:(?P<over>or more|and more|plus\b|and above)|(?P<about>or so|or thereabouts)|(?P<most>or less\b|or fewer))|(?P<plus>\+)"
)
_BEFORE_ZH = Pattern(
    r"(?:(?P<least>不低于|不少于|至少|最少|不小于|起码)|(?P<most>不超过|不高于|不多于|至多|最多|最高不超过|最高|不得超过|不足以超过|以内|上限为?|不得高于|不逾)"
    r"|(?P<nearly>将近|接近|近乎|近|不到|不足|逼近|未到|低于|少于|不满)|(?P<about>大约|约合|约为|约|大概|左右|折合约|估计|预计约|大致|约占|約)"
    r"|(?P<over>超过了|超过|超出|超|逾|突破|多于|高于|大于|破|达到?逾|超逾|过))(?:人民币)?\s?(?:达|有)?$"
)
_AFTER_ZH = Pattern(
    r"(?:人民币|资金)?(?:(?P<about>左右|上下|前后|许)|(?P<least>以上|及以上|起(?=[，。；）]))|(?P<most>以下|以内|之内)|(?P<over>多(?=[，。、；）\s的]|$)|有余))"
)
_APPROX = {
    "about": _A.ABOUT,
    "nearly": _A.NEARLY,
    "over": _A.OVER,
    "least": _A.AT_LEAST,
    "most": _A.AT_MOST,
    "tilde": _A.ABOUT,
    "plus": _A.OVER,
}


def approximated(folded: str, this: Spotted, *, chinese: bool) -> Spotted:
    """The approximation that the words beside an amount give it."""
    if this.approximation is not _A.EXACT:
        return this
    before = folded[max(0, this.start - 26) : this.start]
    match = (_BEFORE_ZH if chinese else _BEFORE_EN).search(before)
    if match and not chinese and _is_place(match, folded[max(0, this.start - 80) : this.start], this):
        match = None
    match = match or (_AFTER_ZH if chinese else _AFTER_EN).match(folded, this.end)
    return replace(this, approximation=_APPROX[str(match.lastgroup)]) if match else this


_HANDED_OVER = Pattern(r"\b(?:hand|turn|sign|roll|carr(?:y|i))(?:s|ed|es|ing)? over (?:the )?$", re.IGNORECASE)
_OVER_WHAT = Pattern(  # what a quarrel is about: 'fault four units over 73.4 million yuan', 'a row over 30 million'
    r"\b(?:row|dispute|scandal|quarrel|outcry|clash|fight|lawsuit|inquiry|investigation)s?(?: \w+)? over (?:the )?$"
    r"|\b(?:fault|fine|sue|suing|criticis|criticiz|censur|rebuk|jail|probe|probing|investigat|punish|blam|question|accus|scold|grill)"
    r"(?:s|es|d|ed|ing)?(?: [\w'-]+){1,6} over (?:the )?$",
    re.IGNORECASE,
)
_SPAN_OF_TIME = Pattern(r"(?:for|in|of|after|last\w*|took|than|with|is|was) (?:well |just )?over\s$", re.IGNORECASE)


def _is_place(match: re.Match[str], before: str, this: Spotted) -> bool:
    """'under four departments', 'over three years', 'hand over 12 per cent', 'a row over 30 million': no approximation."""
    word = match.group("over") or match.group().strip()
    word = word.lower()
    if word == "over" and (_HANDED_OVER.search(before) or _OVER_WHAT.search(before)):
        return True
    if word in {"under", "below", "above", "beyond", "passed"}:
        return this.kind is Kind.COUNT
    return word == "over" and this.kind is Kind.DURATION and not _SPAN_OF_TIME.search(before)


# ---- change ----------------------------------------------------------------------------------------------------------
_UP = r"rose|rise[sn]?|rising|grew|grow(?:s|n|ing)?|increas(?:e|es|ed|ing)|gain(?:s|ed|ing)?|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|soar(?:s|ed)?|up|added|adding|expand(?:s|ed)?|advanc(?:e|es|ed)|rais(?:e|es|ed)|higher|widen(?:s|ed)?|lifted|improv(?:e|es|ed)"
_DOWN = r"fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|slid|slip(?:s|ped)?|lost|losing|down|cut(?:s|ting)?|reduc(?:e|es|ed|ing)|shrank|shr[iu]nk(?:s|ing)?|lower(?:s|ed|ing)?|plung(?:e|es|ed|ing)|tumbl(?:e|es|ed)|trimm?(?:s|ed)?|shed|contract(?:s|ed)|narrow(?:s|ed)?|eas(?:e|es|ed)|sank|discount(?:ed)?|dipp?(?:s|ed)?"
_MOVE = Pattern(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: \w+ly)?(?: sharply)?(?: by)?(?: of)?(?: as much as| up to| about| around| roughly| nearly| almost| more than| over| at least| an?| another| some| a further| the| no more than| approximately| just)*\s?$",
    re.IGNORECASE,
)
_MADE_UP = Pattern(r"\b(?:ma[dk]e|makes|making) up(?: \w+){0,2}\s?$", re.IGNORECASE)
_QUALIFIERS = r"(?: about| around| roughly| nearly| almost| more than| over| just| some| an?| no more than| at least| up to| a record)*"
_TO_EN = Pattern(rf"(?<!up)(?<!close) to{_QUALIFIERS}\s?$", re.IGNORECASE)
_AT_EN = Pattern(rf"\b(?:reach(?:es|ed|ing)?|hit|hits|hitting){_QUALIFIERS}\s?$", re.IGNORECASE)
_BY_EN = Pattern(rf" by{_QUALIFIERS}\s?$", re.IGNORECASE)
_TOWARDS = Pattern(
    rf"\b(?:{_UP}|{_DOWN}|reach(?:es|ed|ing)?|swell(?:s|ed)?|return(?:s|ed)?|revised|doubled|tripled|halved|brought|taking|bringing|changed|went|going|moved|extended)\b",
    re.IGNORECASE,
)
_LAST_MOVE = Pattern(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?!.*\b(?:{_UP}|{_DOWN})\b)", re.IGNORECASE)
_CLAUSES = Pattern(r"[;!?]|\.\s|,\s(?=and |but |while |which )")
_FROM_EN = Pattern(r"\bfrom(?: about| around| nearly| some| more than| the)?\s?$", re.IGNORECASE)
_AFTER_UP = Pattern(
    r"(?:-point)? (?:increase|rise|growth|gain|jump|surge|hike|higher|more|increment|up\b|above)", re.IGNORECASE
)
_AFTER_DOWN = Pattern(
    r"(?:-point)? (?:decrease|decline|fall|drop|cut|reduction|lower|less|discount|slump|plunge|down\b|below|off\b)",
    re.IGNORECASE,
)
_BY_KINDS = frozenset({Kind.PERCENT, Kind.PERCENTAGE_POINT, Kind.BASIS_POINT, Kind.FRACTION})


def changed_en(folded: str, this: Spotted) -> Change:
    before = _CLAUSES.split(folded[max(0, this.start - 90) : this.start])[-1]
    if _FROM_EN.search(before):
        return Change.FROM if _is_move(before, folded, this) else Change.NONE
    move = None if _MADE_UP.search(before) else _MOVE.search(before)
    if (
        move
        and not before.endswith("put down a ")
        and (this.kind in _BY_KINDS or " by" in move.group() or move.group().lower().startswith("up"))
    ):
        return Change.UP_BY if move.group("up") else Change.DOWN_BY
    if this.kind in _BY_KINDS:
        change = _share_moved(before, folded[this.end : this.end + 20])
        if change is not Change.NONE:
            return change
    if (_TO_EN.search(before) and _TOWARDS.search(before)) or _AT_EN.search(before):
        return Change.TO
    return (
        Change.UP_BY
        if this.kind is Kind.MULTIPLE and folded[this.start : this.end].lower().startswith(("doubl", "tripl", "quadr"))
        else Change.NONE
    )


def _share_moved(before: str, after: str) -> Change:
    """'a 64% increase', 'a fall of a third', 'cut fees by up to 30%'."""
    if _AFTER_UP.match(after) or _RISE_OF.search(before):
        return Change.UP_BY
    if _AFTER_DOWN.match(after) or _FALL_OF.search(before):
        return Change.DOWN_BY
    last = _LAST_MOVE.search(before) if _BY_EN.search(before) else None
    if not last:
        return Change.NONE
    return Change.UP_BY if last.group("up") else Change.DOWN_BY


_FALL_OF = Pattern(r"\ban? (?:fall|drop|decline|cut|reduction|decrease|loss) of (?:about |nearly |some |almost )?$")
_RISE_OF = Pattern(r"\ban? (?:rise|gain|increase|growth|jump) of (?:about |nearly |some |almost )?$")


def _is_move(before: str, folded: str, this: Spotted) -> bool:
    return bool(
        re.search(
            rf"\b(?:{_UP}|{_DOWN}|narrowed|swung|extended|changed|revised|moved)\b",
            before + folded[this.end : this.end + 40],
            re.IGNORECASE,
        )
    ) or bool(re.match(r"[^.;]{0,30}? to ", folded[this.end : this.end + 40]))


_UP_ZH = (
    r"增长|增加|上升|上涨|提高|提升|增|升|涨|高出|多出|扩大|上调|增多|回升|攀升|飙升|增幅|涨幅|增速|升幅|上浮|新增|翻"
)
_DOWN_ZH = r"下降|减少|下跌|下滑|降低|压减|缩减|减|跌|降|回落|收窄|下调|缩水|低|降幅|跌幅|减幅|下浮|压降|削减|萎缩"
_Q_ZH = r"(?:了|约|近|超过|超|逾|至少|达|幅度?|又|仅|高达|将近|接近|不到|大约|有|最多|一次性)*"
_MOVE_ZH = Pattern(rf"(?:(?P<up>{_UP_ZH})|(?P<down>{_DOWN_ZH})){_Q_ZH}\s?$")
_TO_ZH = Pattern(
    r"(?:至|到|达到|达|降为|增为|改为|调为|变为|达至|译为|升为)(?:了)?(?:约|近|超过|超|逾|不超过|人民币|港币)*\s?$"
)
_FROM_ZH = Pattern(r"(?:由|从|自)[\u4e00-\u9fff]{0,14}?(?:约|近|原来的?|每条|的)?\s?$")
_FROM_STOP = Pattern(r"[，。；、]")


def changed_zh(folded: str, this: Spotted) -> Change:
    before = folded[max(0, this.start - 16) : this.start]
    move = _MOVE_ZH.search(before)
    if (
        move
        and not _TO_ZH.search(before)
        and (this.kind in _BY_KINDS or this.kind is not Kind.COUNT or "加" in move.group())
    ):
        return Change.UP_BY if move.group("up") else Change.DOWN_BY
    origin = _FROM_ZH.search(before)
    if (
        origin
        and not _FROM_STOP.search(origin.group())
        and re.match(r".{0,12}?(?:至|到|为|升|降|增|减)", folded[this.end : this.end + 16])
    ):
        return Change.FROM
    if _TO_ZH.search(before) and not re.search(r"(?:涉及|不|直|以|甚|收|得|找|看|拿|查|用|交)(?:到|至|达)$", before):
        return Change.TO
    return Change.UP_BY if this.kind is Kind.MULTIPLE and before.endswith(("翻了", "翻")) else Change.NONE


# ---- the currency that the text leaves unsaid --------------------------------------------------------------------------
_JAPAN = Pattern(r"\b(?:yen|Japan|Japanese|Tokyo)\b|日本|日元|日圆|东京")
_CHINA = Pattern(r"\b(?:yuan|China|Chinese|renminbi|Beijing|RMB)\b|人民币|中国|内地|大陆|元")
_HONG_KONG = Pattern(r"港元|港币|香港|特区政府")
_TAIWAN = Pattern(r"新台币|台币|台湾审计|行政院|立法院|台北市政府")
_MAINLAND = Pattern(r"人民币|大陆|内地|中国大陆|北京|国务院|审计署|国家数据")


def yuan_sign(folded: str) -> str:
    """What '¥' means in this text: yen only where Japan is spoken of and China is not."""
    return "JPY" if _JAPAN.search(folded) and not _CHINA.search(folded) else "CNY"


def plain_yuan(folded: str, *, traditional: bool) -> str:
    """What '元' alone means: HKD or TWD in a text of those places, else CNY."""
    if re.search(r"港元|港币", folded) and not _MAINLAND.search(folded):
        return "HKD"
    if _HONG_KONG.search(folded) and traditional and not _MAINLAND.search(folded):
        return "HKD"
    return "TWD" if _TAIWAN.search(folded) and not _MAINLAND.search(folded) else "CNY"


_MONEY_WORDS = Pattern(
    r"收入|出让金|投资|资金|金额|债务|负债|支出|利润|总价|价|费|款|赤字|产值|增加值|市值|营收|成交额|销售额|交易额|预算|余额|估值|奖池|头奖|损失|融资|贷款|拨款|罚|补贴|资产|财政|进出口|出口|进口|消费|零售|票房|订单|奖金|收费|亏|赚|花"
)

_OF_SOMETHING = Pattern(r"规模|总量|总额|元")  # money where nothing else is counted
_NO_MONEY = Pattern(
    r"网民|用户|人口|人数|人次|客流|游客|旅客|会员|粉丝|选民|票数|产量|销量|里程|面积|数据量|信息|记录|调用|访问|下载|播放|阅读|点击|观看|算力|件量|业务量"
)


def is_money(folded: str, this: Spotted) -> bool:
    """A bare 万亿, 亿 or 万 whose clause speaks of money: '2021年为8.7万亿'."""
    clause = re.split(r"[。；!?！？\n]", folded[max(0, this.start - 30) : this.start])[-1]
    money, other = _last(_MONEY_WORDS, clause), _last(_NO_MONEY, clause)
    spoken = money > other or (other < 0 and bool(_OF_SOMETHING.search(clause)))
    return this.scale >= Decimal(10) ** 8 and spoken


def _last(words: Pattern, clause: str) -> int:
    """Where the last of the words begins; -1 without any."""
    return max((match.start() for match in words.finditer(clause)), default=-1)
