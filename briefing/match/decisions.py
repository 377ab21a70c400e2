"""What the editor said of stories and articles, over what the desk found by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from briefing.match.stories import story_id
from briefing.model.article import Article
from briefing.model.decision import Act, Decision
from briefing.model.judgement import Grouping, Memory, Relevant
from briefing.model.story import Story
from briefing.model.text import Bilingual

KEPT = Bilingual("The editor keeps it.", "编辑保留。")
DROPPED = Bilingual("The editor dropped it.", "编辑删去。")
ON = 0.5  # the score from which an article is on topic


def overruled(relevant: Relevant, keep: bool | None) -> Relevant:  # noqa: FBT001 - the editor's word, or none
    """Whether the article belongs to the topic, by the editor's word where there is one."""
    if keep is None or (keep and relevant.on_topic):
        return relevant
    if keep:
        return replace(relevant, on_topic=True, adjacent=False, score=max(relevant.score, ON), reason=KEPT)
    return replace(relevant, on_topic=False, adjacent=False, score=0.0, reason=DROPPED)


def remembered(memory: Memory, decisions: Iterable[Decision]) -> Memory:
    """The memory with its stories as the editor parted and joined them, and each article in the story it is in now."""
    known = {item.article.id: item.article for item in memory.known}
    stories = regrouped(memory.stories, decisions, known)
    home = {article: story.id for story in stories for article in story.articles}
    now = tuple(replace(item, story=home.get(item.article.id, item.story)) for item in memory.known)
    return replace(memory, stories=stories, known=now)


def grouped(found: Grouping, memory: Memory, articles: Iterable[Article], decisions: Iterable[Decision]) -> Grouping:
    """The stories that the new articles belong to, as the editor parted and joined them."""
    said = tuple(d for d in decisions if d.act in {Act.MERGE, Act.SPLIT})
    if not said:
        return found
    new = {article.id: article for article in articles}
    every = {story.id: story for story in memory.stories} | {story.id: story for story in found.stories}
    pool = {**{item.article.id: item.article for item in memory.known}, **new}
    stories = regrouped(every.values(), said, pool)
    touched = tuple(story for story in stories if any(article in new for article in story.articles))
    home = {article: story.id for story in touched for article in story.articles}
    links = tuple(
        replace(link, sure=home.get(link.article) == home[link.other]) if link.other in home else link
        for link in found.links
    )
    return replace(found, stories=touched, links=links)


def regrouped(
    stories: Iterable[Story], decisions: Iterable[Decision], articles: Mapping[str, Article]
) -> tuple[Story, ...]:
    """Stories after every merge and split, in the order in which they were decided."""
    held = {story.id: story for story in stories}
    for decision in decisions:
        if decision.act is Act.MERGE:
            _merge(held, decision)
        elif decision.act is Act.SPLIT:
            _split(held, decision, articles)
    return tuple(held.values())


def split_id(article: str) -> str:
    """The id of a story that was split off with this article first: the same at every rebuild."""
    return story_id(f"{article} on its own")


def _merge(held: dict[str, Story], decision: Decision) -> None:
    gone, kept = _named(held, decision.subject), _named(held, decision.others[0])
    if gone and kept and gone.id != kept.id:
        del held[gone.id]
        held[kept.id] = _joined(kept, gone)


def _joined(kept: Story, gone: Story) -> Story:
    """Both under the id of the first; the other's ids lead to it."""
    redirects = dict.fromkeys((*kept.redirects, gone.id, *gone.redirects))
    redirects.pop(kept.id, None)
    return replace(
        kept,
        articles=tuple(dict.fromkeys((*kept.articles, *gone.articles))),
        redirects=tuple(redirects),
        first_seen=min(kept.first_seen, gone.first_seen),
        last_seen=max(kept.last_seen, gone.last_seen),
    )


def _split(held: dict[str, Story], decision: Decision, articles: Mapping[str, Article]) -> None:
    """The articles leave whatever story they are in, unless they are all that it has."""
    wanted, own = frozenset(decision.others), split_id(decision.others[0])
    for story in tuple(held.values()):
        moved = tuple(article for article in story.articles if article in wanted)
        rest = tuple(article for article in story.articles if article not in wanted)
        if not moved or not rest or story.id == own:
            continue
        held[story.id] = replace(story, articles=rest, redirects=tuple(name for name in story.redirects if name != own))
        part = _apart(story, own, moved, articles)
        held[own] = _joined(held[own], replace(part, id=own)) if own in held else part


def _apart(story: Story, own: str, moved: tuple[str, ...], articles: Mapping[str, Article]) -> Story:
    read = [articles[article] for article in moved if article in articles]
    seen = [article.dates.first_seen for article in read] or [story.first_seen, story.last_seen]
    return Story(
        id=own,
        title=read[0].title if read else story.title,
        language=read[0].language if read else story.language,
        articles=moved,
        first_seen=min(seen),
        last_seen=max(seen),
    )


def _named(held: Mapping[str, Story], name: str) -> Story | None:
    """The story of this id, or the one that it went into."""
    return held.get(name) or next((story for story in held.values() if name in story.redirects), None)
