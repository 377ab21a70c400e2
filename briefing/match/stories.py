"""Stories: which articles tell of one event, across outlets, languages and days."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from briefing.match.clusters import VETO, average_link
from briefing.match.figures import shared
from briefing.match.profiles import Profile, profiles
from briefing.match.vectors import cosine
from briefing.match.vetoes import veto
from briefing.model.article import Article
from briefing.model.figure import Figure
from briefing.model.judgement import Copy, Grouping, Link, Memory
from briefing.model.story import Story
from briefing.model.text import Bilingual
from briefing.model.topic import Topic

SURE = 0.30
MAYBE = 0.20
FIGURES = 0.2  # what all rare figures in common add
NAMES = 0.1


def assign(
    articles: tuple[Article, ...],
    figures: Mapping[str, tuple[Figure, ...]],
    copies: tuple[Copy, ...],
    memory: Memory,
    topic: Topic,
) -> Grouping:
    """The stories that the new articles belong to, with all of their articles, and the links that stand behind them."""
    known = {item.article.id: item for item in memory.known}
    pool = {**{i: item.article for i, item in known.items()}, **{a.id: a for a in articles}}
    amounts = {**{i: item.figures for i, item in known.items()}, **figures}
    made = profiles(pool.values(), amounts, topic.glossary)
    places = {profile.article.id: n for n, profile in enumerate(made)}
    scorer = _Scorer(made, timedelta(days=topic.window_days))
    new = {a.id for a in articles}
    groups = _first_groups(memory, copies, places, new)
    joined = average_link(groups, scorer, SURE)
    stories = tuple(
        _story(memory, [made[n].article for n in members])
        for members in joined
        if any(made[n].article.id in new for n in members)
    )
    return Grouping(stories, _links(made, scorer, joined, new))


def story_id(article: str) -> str:
    """The id of a story that begins with this article: the same whenever and wherever it is made."""
    return "s" + hashlib.blake2b(article.encode(), digest_size=5).hexdigest()


class _Scorer:
    """Likeness of two profiles, each pair measured once."""

    def __init__(self, made: tuple[Profile, ...], window: timedelta) -> None:
        self._made = made
        self._window = window
        self._known: dict[tuple[int, int], float] = {}

    def __call__(self, a: int, b: int) -> float:
        pair = (min(a, b), max(a, b))
        if pair not in self._known:
            self._known[pair] = self._measure(self._made[a], self._made[b])
        return self._known[pair]

    def _measure(self, one: Profile, other: Profile) -> float:
        if veto(one.marks, other.marks):
            return VETO
        return likeness(one, other)


def likeness(one: Profile, other: Profile) -> float:
    """Words of one language, or glosses across two, raised by shared rare figures and names."""
    text = cosine(one.own, other.own) if one.chinese is other.chinese else cosine(one.common, other.common)
    return text + FIGURES * _figure_share(one, other) + NAMES * _name_share(one, other)


def _figure_share(one: Profile, other: Profile) -> float:
    fewest = min(len(one.rare), len(other.rare))
    return len(shared(one.rare, other.rare)) / fewest if fewest else 0.0


def _name_share(one: Profile, other: Profile) -> float:
    every = len(one.names | other.names)
    return len(one.names & other.names) / every if every else 0.0


def _first_groups(
    memory: Memory, copies: tuple[Copy, ...], places: Mapping[str, int], new: set[str]
) -> list[list[int]]:
    """Stories as they stand, every new article on its own, and each copy with its original."""
    told: dict[str, list[int]] = {}
    home: dict[str, str] = {}
    for item in memory.known:
        home[item.article.id] = item.story or item.article.id
    originals = {copy.article: copy.original for copy in copies}
    for article, place in places.items():
        if article in new:
            root = originals.get(article) or article
            home[article] = home.get(root, root) if root in places else article
        told.setdefault(home[article], []).append(place)
    return list(told.values())


def _story(memory: Memory, members: list[Article]) -> Story:
    """The members under the oldest id among them; the other ids become redirects."""
    members = sorted(members, key=lambda a: (a.dates.first_seen, a.id))
    ids = {item.article.id: item.story for item in memory.known if item.story}
    held = list(dict.fromkeys(ids[a.id] for a in members if a.id in ids))
    before = {story.id: story for story in memory.stories if story.id in held}
    name = held[0] if held else story_id(members[0].id)
    first = before.get(name)
    redirects = dict.fromkeys((*(r for s in before.values() for r in s.redirects), *held[1:]))
    everyone = dict.fromkeys((*(a for s in before.values() for a in s.articles), *(a.id for a in members)))
    return Story(
        id=name,
        title=first.title if first else members[0].title,
        language=first.language if first else members[0].language,
        articles=tuple(everyone),
        first_seen=min([a.dates.first_seen for a in members] + [s.first_seen for s in before.values()]),
        last_seen=max([a.dates.first_seen for a in members] + [s.last_seen for s in before.values()]),
        redirects=tuple(redirects),
    )


def _links(made: tuple[Profile, ...], scorer: _Scorer, joined: list[list[int]], new: set[str]) -> tuple[Link, ...]:
    group_of = {n: number for number, members in enumerate(joined) for n in members}
    links = []
    for a, one in enumerate(made):
        if one.article.id not in new:
            continue
        for b, other in enumerate(made):
            if b == a or (other.article.id in new and b > a):
                continue
            score = scorer(a, b)
            same = group_of[a] == group_of[b]
            if score >= MAYBE:
                links.append(Link(one.article.id, other.article.id, round(score, 3), same, _reason(one, other)))
    return tuple(links)


def _reason(one: Profile, other: Profile) -> Bilingual:
    figures = [mine.surface for mine, _ in shared(one.rare, other.rare)][:3]
    if figures:
        return Bilingual(f"Both state {', '.join(figures)}.", f"两文都提到{'、'.join(figures)}。")
    return Bilingual("Their wording is alike.", "两文用词相近。")
