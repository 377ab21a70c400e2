"""What a figure measures in the words of its own clause, where the glossary knows no name for it."""

# ruff: noqa: E501 - patterns and word lists stay whole

import re

from briefing.figures.pattern import Pattern
from briefing.figures.units import words_of

_CLAUSE_EN = Pattern(r"[;:()]|,\s|\.\s| (?:while|whereas|but|although|which|who|that|because) ")
_STOP_EN = frozenset(
    words_of(
        "a an the its their his her our this that these those some about nearly over more less than at "
        "least most up down to from by of in on for and or as is are was were be been being had has have "
        "will would can could may might should it they he she we not only also still year month week day "
        "years months days ago earlier later last next first second third fourth quarter half said says "
        "put worth another each every per between around roughly almost all other just now there so such "
        "into with against during under average january february march april june july august september "
        "october november december totaling totalling totals totaled totalled amount amounts sum "
        "figure million billion trillion thousand hundred yuan dollars percent cent pct mn bn tn "
        "respectively pm am one two three four five six seven eight nine ten of-which whom whose"
    )
)
_WORD_EN = Pattern(r"[A-Za-z][A-Za-z'’-]*")
_AFTER_EN = Pattern(
    r"(?: (?:renminbi|yuan))?(?: \([^)]{0,40}\))?(?:(?: (?:was|were|is|are))? (?:in|of|worth of|from|on|as) (?:the |its |their |each |a |an |all |irregular )?(?P<noun>(?:[A-Za-z-]+ )?[A-Za-z-]+)"
    r"| (?:was|were|is|are|had been|has been|have been)(?: \w+ly)? (?P<verb>[a-z]+)|(?: |-)(?P<plain>[a-z-]+(?: [a-z-]+)?))\b"
)
_HYPHENED = Pattern(r"(?: \([^)]{0,30}\))?(?: |-)((?:[a-z-]+ )?[a-z]+)")
_HYPHENS = Pattern(r"[\da-z]-[a-z]+-[a-z]|\d-[a-z]")
_ARTICLE = Pattern(r"\b(?:a|an|the|its|their) $", re.IGNORECASE)
_HAN = Pattern(r"[\u4e00-\u9fffA-Za-z]+")
_TRIM_HAN = Pattern(
    r"(?:总共|一共|合计|共计|累计|达到了?|分别为?|约为?|大约|超过了?|逾|近|达|至|到|为|是|有|了|仅|共|的|由|从|至少|不低于|不超过|最高|降|增|上调|下调|同比|环比|增长|下降|减少|增加"
    r"|折合|约合|已|总|高达|以|按|比|较|将|将近|出|占|每|仍|且|均|被|等|元|人民币|港币|新台币|只|就|曾|其|该|在|和|与|又|还)+$"
)
_BREAK_HAN = Pattern(r"[，。；：、（）()“”《》\d%％,.;:\s—~-]")
WINDOW = 90
MOST_WORDS = 6


def measured(text: str, floor: int, start: int, end: int) -> str:
    """Up to six words of the clause that say what the amount at text[start:end] is; empty when none do.

    `floor` is where the figure before it ends: its words are not this one's.
    """
    near = text[max(0, start - 12) : end + 12]
    return _chinese(text, start, end) if any(c >= "\u3400" for c in near) else _english(text, floor, start, end)


def _english(text: str, floor: int, start: int, end: int) -> str:
    after = text[end : end + 60]
    if _HYPHENS.search(text[start:end]) and (hyphened := _HYPHENED.match(after)):
        return _content(hyphened.group(1))
    before = _CLAUSE_EN.split(text[max(floor, start - WINDOW) : start])[-1]
    words = _content(before)
    following = _AFTER_EN.match(after)
    named = bool(_ARTICLE.search(text[floor:start]))  # 'a 5 billion yen stake'
    if following and (following.group("plain") is None or named or not words):
        words = f"{words} {_content(following.group('noun') or following.group('verb') or following.group('plain'))}"
    return " ".join(dict.fromkeys(words.split()))


def _content(phrase: str) -> str:
    words = [w for w in _WORD_EN.findall(phrase) if w.lower() not in _STOP_EN]
    return " ".join(words[-MOST_WORDS:]).lower()


def _chinese(text: str, start: int, end: int) -> str:
    before = text[max(0, start - 40) : start]
    for clause in reversed(_BREAK_HAN.split(before)):
        words = "".join(_HAN.findall(_TRIM_HAN.sub("", clause)))
        if len(words) > 1:
            return words[-8:]
    after = re.match(r"(?:以上|左右|多)?的?([\u4e00-\u9fff]{2,6})", text[end : end + 12])
    return after.group(1) if after else ""
