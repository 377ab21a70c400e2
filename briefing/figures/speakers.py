"""Whose a figure cannot be: who only speaks of it, the place of a dateline, and names that the glossary lacks."""

# ruff: noqa: E501 - patterns and word lists stay whole

from collections.abc import Iterable

from briefing.figures.lexicon import Hit
from briefing.figures.pattern import Pattern
from briefing.model.topic import Entity, EntityKind

_SPEAKS = Pattern(
    r"^(?:'s)?(?: \w+){0,2}? (?:has |have |had )?(?:corrected|said|says|told|found|reported|announced|revealed|wrote|added|confirmed|disclosed|published|issued|ordered|instructed|warned|reminded|barred|forbade)\b"
    r"|^(?:'s)? (?:notice|report|circular|statement|bulletin|letter|findings)\b"
    r"|^(?:的?(?:有关)?负责人|有关部门)?(?:今年|日前|近日|\d+月(?:\d+日)?|\d+日)?(?:的?审计报告)?(?:\d+月)?(?:公布|表示|称|说|指出|披露|介绍|通报|发布|消息|回应|点名|更正|称|发文|(?:向[^，。]{1,4})?发出通知|(?:召开|举行)[^，。]{0,6}发布会)"
)
COUNTRIES = frozenset(  # too wide to tell two figures apart
    [
        "china",
        "japan",
        "india",
        "russia",
        "germany",
        "france",
        "britain",
        "taiwan",
        "vietnam",
        "australia",
        "canada",
        "brazil",
        "singapore",
        "malaysia",
    ]
) | {"united states", "united kingdom", "south korea", "european union"}
_DATELINE = Pattern(
    r"^,? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]* \d|^\d+月\d+日[电讯]|^ \([a-z ]+\) [-–—]|^ ?[-–—]{1,2} "
)


def is_speaker(text: str, hit: Hit, entity: Entity) -> bool:
    """'The audit office said', the place in a dateline, a whole country: not what the figure is about."""
    after = text[hit.end : hit.end + 40]
    is_place = entity.kind is EntityKind.PLACE
    if (is_place and entity.name.en.lower() in COUNTRIES) or (
        not is_place and hit.start == 0 and after[:1] in {":", "："}
    ):
        return True  # 'Ministry: ...' heads a notice with who gives it
    return bool(_SPEAKS.match(after)) or (is_place and bool(_DATELINE.match(after)))


def is_place_speaking(text: str, hit: Hit, entity: Entity) -> bool:
    """'湖南更正': a province that speaks is what its words are about; a dateline or a country is not."""
    if entity.kind is not EntityKind.PLACE or entity.name.en.lower() in COUNTRIES:
        return False
    return not _DATELINE.match(text[hit.end : hit.end + 40])


_STRANGER = Pattern(
    r"\b[A-Z][\w-]+(?:'s|’s) (?:\w+ ){0,2}(?:sales|revenue|income|turnover|earnings|profits?|takings)\b"
    r"|[\u4e00-\u9fff]{2}(?:数科|科技|集团|公司|股份|控股|智能|网络|智行)(?:成立|去年|今年|上年|全年)"
)


def is_of_a_stranger(text: str, names: Iterable[Hit], at: int) -> bool:
    """'Acme's sales came to 410 million': whose name the glossary lacks, it is nobody else's that the article names."""
    known = [(h.start, h.end) for h in names]
    return any(
        m.start() < at and not any(start < m.end() and m.start() < end for start, end in known)
        for m in _STRANGER.finditer(text)
    )


def speaks(text: str, hit: Hit) -> bool:
    """Whether what follows a name says that it states the figures."""
    return bool(_SPEAKS.match(text[hit.end : hit.end + 40]))
