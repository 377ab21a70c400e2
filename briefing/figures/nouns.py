"""What an English number counts: the noun phrase after it."""

# ruff: noqa: E501 - patterns and word lists stay whole

from dataclasses import replace

from briefing.figures.pattern import Pattern
from briefing.figures.spotted import Spotted
from briefing.figures.units import words_of
from briefing.model.figure import Kind

_WORD = Pattern(r"[ -]([A-Za-z][A-Za-z'’-]*)")
_STOP = frozenset(
    words_of(
        "a an the of in on at by for to from with and or but nor as than that this these those which who "
        "whom whose when where while if because so is are was were be been being has have had do does did "
        "will would can could may might shall should must not no it its he she they we i you his her their "
        "our your my him them us me into onto over under above below after before between during through "
        "until since against about per each every respectively total times more less fewer up down off out "
        "away ago later earlier old there here then now also only just still already too very said says "
        "say told saw got made went came took gave found left paid cost rose fell grew set put met ran won "
        "lost led held kept began became percent per-cent percentage versus vs via within without toward "
        "towards upon across along around among amid despite including excluding such like"
    )
)
_IRREGULAR = {
    "people": "people", "men": "man", "women": "woman", "children": "child", "feet": "foot", "staff": "staff", "police": "police", "personnel": "personnel",
    "cattle": "cattle", "sheep": "sheep", "fish": "fish", "aircraft": "aircraft", "data": "data", "media": "media", "criteria": "criterion", "analyses": "analysis",
    "crises": "crisis", "lives": "life", "wives": "wife", "knives": "knife", "halves": "half", "shelves": "shelf", "leaves": "leaf", "series": "series",
    "species": "species", "businesses": "business", "households": "household", "provinces": "province", "cases": "case", "houses": "house", "businessmen": "businessman",
    "policemen": "policeman", "congressmen": "congressman", "fishermen": "fisherman", "firemen": "fireman", "teeth": "tooth", "mice": "mouse",
    "troops": "troop", "counties": "county", "offspring": "offspring", "youth": "youth", "personal": "", "politics": "", "economics": "",
}  # fmt: skip
_NOT_PLURAL = ("ss", "us", "is", "'s", "ous", "ics")
_VERB_LIKE = frozenset(
    words_of(
        "says shows adds makes gives takes gets puts sets runs comes goes needs wants lets hits tops leads "
        "holds covers stands remains uses handles charges sells buys"
    )
)
_TIME_LIKE = frozenset(
    words_of(
        "january february march april may june july august september october november december monday "
        "tuesday wednesday thursday friday saturday sunday"
    )
)


_HYPHENED = Pattern(r"-([a-z]{3,})(?= [a-z])")


def singular(word: str) -> str:
    """'entities' -> 'entity', 'classes' -> 'class', 'people' -> 'people'."""
    low = word.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low] or low
    if low.endswith("ies") and len(low) > 4:  # noqa: PLR2004 - 'ties'
        return low[:-3] + "y"
    if low.endswith(("sses", "ches", "shes", "xes", "zes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith(_NOT_PLURAL) else low


def _is_plural(word: str) -> bool:
    low = word.lower()
    return low in _IRREGULAR or (low.endswith("s") and not low.endswith(_NOT_PLURAL) and len(low) > 3)  # noqa: PLR2004 - 'gas'


MOST_WORDS = 6  # adjectives before a head noun
_ENDS = _STOP | _TIME_LIKE


def counted(folded: str, found: Spotted) -> Spotted:
    """The number with the noun that it counts, or bare when no noun follows."""
    hyphened = _HYPHENED.match(folded, found.end)
    if hyphened and found.end > 0 and folded[found.end - 1].isdigit():
        return replace(found, end=hyphened.end(), kind=Kind.COUNT, unit=singular(hyphened.group(1)))
    is_one = found.low == found.high == 1
    phrase: list[tuple[str, int]] = []
    position = found.end
    head = -1
    while True:
        match = _WORD.match(folded, position)
        if not match or len(phrase) == MOST_WORDS or match.group(1).lower() in _ENDS:
            break
        if is_one and phrase and _is_verb(phrase[-1][0], match.group(1)):
            break
        phrase.append((match.group(1), match.end()))
        position = match.end()
        if is_one or _is_plural(match.group(1)):
            head = len(phrase) - 1
            if not is_one and not _continues(folded, position):
                break
            if is_one and len(phrase) > 2:  # noqa: PLR2004 - 'one wire copy'
                break
        elif match.group(1).lower().endswith("ly"):
            break
    if head < 0:
        return found
    noun = " ".join(word for word, _ in phrase[: head + 1])
    return replace(found, end=phrase[head][1], kind=Kind.COUNT, unit=unit_of(noun))


def _is_verb(before: str, word: str) -> bool:
    """'one post claimed', but 'one widely shared post'."""
    return word.endswith(("ed", "ing", "s")) and not before.endswith("ly")


def _continues(folded: str, position: int) -> bool:
    """A plural that only leads to the head: 'two sales contracts'. A verb in -s does not count."""
    match = _WORD.match(folded, position)
    if match and folded[:position].lower().endswith(" data") and match.group(1).lower() == "sets":
        return True
    return bool(match and _is_plural(match.group(1)) and match.group(1).lower() not in _STOP | _VERB_LIKE)


_ADJECTIVES = frozenset(
    words_of(
        "public new different separate other such major big large small local central national provincial "
        "municipal private foreign chinese additional main key independent government state affiliated "
        "subordinate operational various individual more further similar single"
    )
)


def unit_of(phrase: str) -> str:
    """'public information systems' -> 'information system': singular, leading adjectives dropped."""
    words = phrase.split()
    while len(words) > 1 and words[0].lower() in _ADJECTIVES:
        words = words[1:]
    return " ".join([*(w.lower() for w in words[:-1]), singular(words[-1])])
