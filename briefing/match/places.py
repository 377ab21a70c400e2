"""Where an article plays, by names that no glossary has: '檀溪县' in its opening, 'in Tanxi' told twice."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from briefing.match import words
from briefing.match.days import NAMED_MONTH
from briefing.match.furniture import is_furniture
from briefing.match.glossary import Lexis, sounds
from briefing.model.article import Article, Part

NO_NAME = (
    "在到从于向对与和及让由将把至赴往离的了是有又个一二三四五六七八九十百"
    "两几数各全本该我某此多外同跨地省市县区乡镇州大小年月日"
)
NO_END = "城上超股楼房债门夜早菜花黑后入闭开收尾救都级"  # 城市 and 上市 are words
COMMON = (  # words that may stand before a city or county
    "要求|撤销|上缴|驳回|部分|同意|批准|支持|帮助|责令|督促|通知|会同|"
    "农业|贫困|人口|试点|边境|沿海|重点|示范|直辖|单列|中心"
)
CHINESE = re.compile(
    rf"(?=((?!{COMMON})[{words.HAN}]{{2}})(?:市(?!场|值|面|价|况|道|盈)|县|中院))"
    rf"(?![{NO_NAME}])[{words.HAN}](?![{NO_NAME}{NO_END}])"
)
INITIAL = "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
FINAL = "(?:i?ang|i?ong|uang|i?an|uan|eng|ing|iao|uai|ai|ao|ei|en|er|i[aeu]|in|ou|u[aeino]|[aeiou])"
PLACED = re.compile(rf"\b(?:in|of|at|from|for)\s+((?i:{INITIAL}{FINAL}){{2,3}})\b(?! [A-Z])")
OPENING = 3  # sentences
TWICE = 2  # a text names its own place more than once, an English one at least in its title
SYLLABLES = (2, 3)


def own_places(article: Article, lexis: Lexis) -> frozenset[str]:
    """The places of the heading and the opening of a Chinese text; those an English one comes back to."""
    told = [s for s in article.sentences if not is_furniture(s)]
    text = [s for s in told if s.part is Part.TEXT]
    head = [s.folded for s in told if s.part is not Part.TEXT] + [s.folded for s in text[:OPENING]]
    chinese = set(_chinese(head, "\n".join(s.folded for s in told)))
    found = chinese or set(_english(article))
    return frozenset(name for name in found if not lexis.names_in(f"{name} {name}市 {name}县"))


def _chinese(head: list[str], everywhere: str) -> Iterator[str]:
    """Two characters before 'city' or 'county', where a clause begins or told twice: within one they may be a verb."""
    for folded in head:
        for found in CHINESE.finditer(folded):
            opens = not words.HAN_CHARACTER.match(folded[found.start() - 1 : found.start()])
            if opens or everywhere.count(found.group(1)) >= TWICE:
                yield found.group(1)


def _english(article: Article) -> Iterator[str]:
    """Names that could be spelled Chinese ones, after 'in' or 'of', as 'in Tanxi'."""
    everywhere = "\n".join(s.text for s in article.sentences)
    if words.HAN_CHARACTER.search(everywhere):
        return
    times = Counter(word.lower() for word in re.findall(r"[A-Z][A-Za-z]+", everywhere))
    title = set(words.runs("\n".join(s.folded for s in article.sentences if s.part is Part.TITLE)))
    for found in PLACED.findall(everywhere):
        name = found.lower()
        if found[0].isupper() and not NAMED_MONTH.match(name) and (name in title or times[name] >= TWICE):
            yield name


def spellings(places: Iterable[str]) -> Iterator[str]:
    """The places as an English text may write them."""
    for place in places:
        if words.HAN_CHARACTER.match(place):
            yield from ("".join(syllables) for syllables in product(*map(sounds, place)))
        else:
            yield place


def is_named(place: str, folded: str) -> bool:
    """Whether a text of either language names a place."""
    if place in folded:
        return True
    if words.HAN_CHARACTER.match(place):
        return any(spelled in folded for spelled in spellings([place]))
    return place in _readings(folded)


@lru_cache(maxsize=256)
def _readings(folded: str) -> frozenset[str]:
    """All that two or three neighbours in Chinese runs may sound like."""
    return frozenset(
        "".join(syllables)
        for run in words.HAN_RUN.findall(folded)
        for size in SYLLABLES
        for at in range(len(run) - size + 1)
        for syllables in product(*map(sounds, run[at : at + size]))
    )
