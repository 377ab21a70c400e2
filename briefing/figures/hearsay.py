"""Numbers that nobody stands for: talk that is passed on, and quoted numbers without a source. They measure nothing."""

# ruff: noqa: E501 - patterns and word lists stay whole

import re

from briefing.figures.pattern import Pattern
from briefing.model.hearsay import TALK

_QUOTED = Pattern(r"[“「『\"‘][^”」』\"’]{0,24}[”」』\"’]")
_UNSAID = Pattern(
    r"without saying|no source|not (?:say|clear)|出处|哪一笔|没说|[说讲]不清|谁也|之说|说法|流传|post claimed|rumou?r",
    re.IGNORECASE,
)
_TURNS = Pattern(r"\b(?:but|while|whereas|although|however)\b|[;；]|但|而|不过|却|实际")
_TALK = Pattern(TALK, re.IGNORECASE)


def is_talk(text: str, start: int) -> bool:
    """What is only passed on: no figure of the desk, until the sentence turns to something else."""
    talk = _TALK.search(text[:start])
    return bool(talk) and not _TURNS.search(text, talk.end() if talk else 0, start)


_IF = Pattern(
    r"\b(?:if|where|when|whenever|once|unless) (?:[\w'-]+ ){1,4}(?:exceeds?|reach(?:es)?|passes|is (?:over|above|more than|below|under|at least))\s?(?:over |more than )?$",
    re.IGNORECASE,
)
_IF_ZH = Pattern(r"(?:超过|达到|超出|不足|低于|高于|满)$")
_THEN_ZH = Pattern(r"(?:以上|以下)?的[，,]")


def is_condition(text: str, start: int, end: int) -> bool:
    """A bound that a rule sets: 'where income exceeds 5 million yuan', 年收入超过500万元的: nobody has it."""
    if _IF.search(text[max(0, start - 80) : start]):
        return True
    return bool(_IF_ZH.search(text[:start]) and _THEN_ZH.match(text[end : end + 6]))


def is_unsaid(text: str, start: int, end: int) -> bool:
    """A number in quotation marks that nobody ties to anything: '“1.3万亿”之类的话'."""
    quoted = any(m.start() < start and end < m.end() for m in _QUOTED.finditer(text))
    return quoted and bool(_UNSAID.search(text))
