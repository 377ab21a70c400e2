"""Stories: which articles tell of one event, across outlets, languages and days."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from briefing.match.anchors import common_names, described, stale_keys
from briefing.match.clusters import VETO, joined, merges
from briefing.match.glossary import Lexis
from briefing.match.profiles import Profile, profiles, text_likeness
from briefing.match.vectors import Rarity, products, rarity, strength
from briefing.match.vetoes import veto
from briefing.model.article import Article
from briefing.model.figure import Figure
from briefing.model.judgement import Copy, Grouping, Link, Memory
from briefing.model.story import Story
from briefing.model.text import Bilingual
from briefing.model.topic import Topic

if TYPE_CHECKING:
    from briefing.match.vectors import Matrix

SURE = 0.175  # mean likeness at which articles are one story: no labelled stream has a wrong merge from .14 to .19
MAYBE = 0.12  # likeness of a pair that is suggested to the editor
ANCHORED = 0.25  # what shared anchors add at most
WORDLESS = 0.08  # likeness of texts below which shared numbers are chance: two fires of one week with four hurt in each
RECALLED = "money "  # anchors that are hardly shared by chance, even where the words differ
ENOUGH = 3.0  # shared anchors (weight times rarity) that add two thirds of it
USUAL = 1.0  # rarity that says nothing: a name or day of every third story
FEWEST = 30  # articles among which an anchor is thought rare, in a first issue of a few
SHOWN = 3  # anchors that a reason names
APART = 0.8  # what remains of a likeness between articles that are far apart in time
TOLD_APART = 0.8  # what remains of a likeness between articles of two stories that were told as two
LONG_APART, RESTED = 0.5, timedelta(days=60)  # and after months: two events of one policy use the same words


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
    if not articles:
        return Grouping((), ())
    amounts = {**{i: item.figures for i, item in known.items()}, **figures}
    lexis = Lexis(topic.glossary)
    made = profiles(pool.values(), amounts, lexis, stale_keys(memory) | common_names(topic))
    places = {profile.article.id: n for n, profile in enumerate(made)}
    new = {a.id for a in articles}
    groups = _first_groups(memory, copies, places, new)
    likeness = event_likeness(made, timedelta(days=topic.window_days), groups)
    keep_apart(likeness, [[n for n in group if made[n].article.id in known] for group in groups])
    settled = joined(groups, merges(likeness, groups, SURE), SURE)
    stories = tuple(
        _story(memory, [made[n].article for n in members])
        for members in settled
        if any(made[n].article.id in new for n in members)
    )
    return Grouping(stories, tuple(_links(made, likeness, settled, new, lexis)))


def keep_apart(likeness: "Matrix", told: Sequence[Sequence[int]]) -> None:
    """Stories that readers know as two need better grounds to become one: a wrong merge is worse than a split."""
    import numpy as np  # noqa: PLC0415 -- only where stories are told apart

    story = np.full(len(likeness), -1)
    for number, members in enumerate(told):
        story[list(members)] = number
    apart = (story[:, None] != story[None, :]) & (story[:, None] >= 0) & (story[None, :] >= 0)
    likeness[apart & (likeness > 0)] *= TOLD_APART


def story_id(article: str) -> str:
    """The id of a story that begins with this article: the same whenever and wherever it is made."""
    return "s" + hashlib.blake2b(article.encode(), digest_size=5).hexdigest()


def event_likeness(
    made: Sequence[Profile], window: timedelta, groups: Sequence[Sequence[int]] | None = None
) -> "Matrix":
    """How likely two articles tell of one event: their words, the anchors they share, their days; or a veto."""
    import numpy as np  # noqa: PLC0415 -- only where stories are told apart

    text = text_likeness(made)
    groups = groups or [[n] for n in range(len(made))]
    shared, recalled = evidence(made, groups), evidence(made, groups, RECALLED)
    alike_at_all = np.minimum(1.0, text * (1 + recalled / ENOUGH) / WORDLESS) ** 2
    result: Matrix = (text + ANCHORED * (1 - np.exp(-shared / ENOUGH)) * alike_at_all) * nearness(made, window)
    for a, b in zip(*np.nonzero(np.triu(result >= MAYBE, 1)), strict=True):
        if veto(made[a].marks, made[b].marks, float(text[a, b])):
            result[a, b] = result[b, a] = VETO
    return result


def evidence(made: Sequence[Profile], groups: Sequence[Sequence[int]], kind: str = "") -> "Matrix":
    """The sum of the anchors that two articles share, each counting as much as it is rare.

    A story counts once, however long it runs: what all of its reports name and no other story is still its own.
    """
    counted = rarity({key for n in group for key in made[n].anchors} for group in groups)
    rare = Rarity(max(counted.documents, FEWEST), counted.seen)
    scaled = [
        {
            key: (weight * max(0.0, rare.of(key) - USUAL)) ** 0.5
            for key, weight in p.anchors.items()
            if key.startswith(kind)
        }
        for p in made
    ]
    return products(scaled, scaled)


def nearness(made: Sequence[Profile], window: timedelta) -> "Matrix":
    """1 for articles of one day, falling to `APART` beyond the window, and slowly to `LONG_APART` over the months."""
    import numpy as np  # noqa: PLC0415 -- as above

    days = np.array([profile.when.timestamp() for profile in made])
    if not window:
        return np.ones((len(made), len(made)))
    distance = (days[:, None] - days[None, :]) / window.total_seconds()
    rested = (days[:, None] - days[None, :]) / RESTED.total_seconds()
    near: Matrix = (
        LONG_APART + (APART - LONG_APART) * np.exp(-(rested**2) / 2) + (1 - APART) * np.exp(-(distance**2) / 2)
    )
    return near


def _first_groups(
    memory: Memory, copies: tuple[Copy, ...], places: Mapping[str, int], new: set[str]
) -> list[list[int]]:
    """Stories as they stand, every new article on its own, and each copy with its original."""
    told: dict[str, list[int]] = {}
    home = {item.article.id: item.story or item.article.id for item in memory.known}
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


def _links(
    made: Sequence[Profile], likeness: "Matrix", settled: list[list[int]], new: set[str], lexis: Lexis
) -> Iterator[Link]:
    """What each new article is linked to: surely within its story, perhaps beyond it."""
    group_of = {n: number for number, members in enumerate(settled) for n in members}
    for a, one in enumerate(made):
        if one.article.id not in new:
            continue
        for b, other in enumerate(made):
            later = other.article.id in new and b >= a
            if not later and likeness[a, b] >= MAYBE:
                score = round(strength(float(likeness[a, b])), 3)
                sure = group_of[a] == group_of[b]
                yield Link(one.article.id, other.article.id, score, sure, _reason(one, other, lexis))


def _reason(one: Profile, other: Profile, lexis: Lexis) -> Bilingual:
    """The anchors that both hold, those that say most first."""
    common = sorted(one.anchors.keys() & other.anchors.keys(), key=lambda key: (-one.anchors[key], key))[:SHOWN]
    if not common:
        return Bilingual("Their wording is alike.", "两文用词相近。")
    named = [described(key, one.marks.figures, lexis) for key in common]
    return Bilingual(f"Both name {', '.join(n.en for n in named)}.", f"两文都提到{'、'.join(n.zh for n in named)}。")
