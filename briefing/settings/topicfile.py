"""`topic.toml`: what a topic is called, which words speak for it, when it is published; and the topic as a whole."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Annotated

from pydantic import Field

from briefing.errors import SettingsError
from briefing.model.source import Source
from briefing.model.topic import Edition, QuietRule, Relevance, ReviewRule, Rhythm, Term, Topic
from briefing.settings.baselinefile import BaselineFile, baseline_from
from briefing.settings.deskfile import Settings
from briefing.settings.faults import Page, Strict, nearest, read_page
from briefing.settings.glossaryfile import GlossaryFile, glossary_from
from briefing.settings.lines import Path as Keys
from briefing.settings.places import topic_file
from briefing.settings.shapes import Both, Count, Fold, Name, SomeWords, Words, Zone, folded, unique
from briefing.settings.sourcesfile import SourcesFile, sources_from


class TermPart(Strict):
    """`[[term]]`, `[[exclusion]]` and `[[neighbour]]`.

    '@key' stands for every form of a name of the glossary, '#kind' for every word of a list under `[kinds]`.
    """

    words: SomeWords
    weight: float
    contexts: Words = ()
    also: Annotated[tuple[SomeWords, ...], Field(strict=False)] = ()
    near: Annotated[int, Field(ge=0)] = 0
    unless: Words = ()
    without: Words = ()
    note: str = ""


class RelevancePart(Strict):
    """`[relevance]`."""

    threshold: float = 1.0
    adjacent: float = 0.5
    title_factor: float = 1.5
    required: Annotated[tuple[SomeWords, ...], Field(strict=False)] = ()


class TopicPart(Strict):
    """`[topic]`."""

    name: Both
    about: Both
    window_days: Count = 4


class TopicEdition(Strict):
    """`[[edition]]`."""

    name: Name
    rhythm: Annotated[Rhythm, Field(strict=False)]
    at: time
    zone: Zone
    weekday: Annotated[int, Field(ge=0, le=6)] = 4
    quiet: Annotated[QuietRule, Field(strict=False)] = QuietRule.SKIP
    review: Annotated[ReviewRule, Field(strict=False)] = ReviewRule.NONE
    review_minutes: Count = 60
    grace_minutes: Count = 360
    languages: SomeWords = ("en", "zh")
    enabled: bool = True


class TopicFile(Strict):
    """`topic.toml`."""

    topic: TopicPart
    relevance: RelevancePart = RelevancePart()
    kinds: dict[str, SomeWords] = Field(default_factory=dict)
    term: Annotated[tuple[TermPart, ...], Field(strict=False, min_length=1)]
    exclusion: Annotated[tuple[TermPart, ...], Field(strict=False)] = ()
    neighbour: Annotated[tuple[TermPart, ...], Field(strict=False)] = ()
    edition: Annotated[tuple[TopicEdition, ...], Field(strict=False)] = ()


def load_sources(file: Path) -> tuple[Source, ...]:
    """The sources of one file. Raises SettingsError with every fault of it."""
    page = read_page(file)
    found = sources_from(page.check(SourcesFile) or SourcesFile(), page)
    if page.faults:
        raise SettingsError(tuple(page.faults))
    return found


def load_topic(folder: Path, fold: Fold) -> Topic:
    """The topic of a folder, or every fault of its four files.

    Words that are compared with folded text are folded here: terms, contexts, exclusions, required words, aliases,
    and the cues of measures and kickers. Names stay as they are written, for readers.
    """
    pages = [read_page(topic_file(folder, "topic.toml"))]
    pages += [
        read_page(topic_file(folder, name), required=False)
        for name in ("glossary.toml", "sources.toml", "baseline.toml")
    ]
    topic = pages[0].check(TopicFile) if not pages[0].faults else None
    if topic:
        unique(pages[0], ("edition",), [edition.name for edition in topic.edition])
    glossary = glossary_from(pages[1].check(GlossaryFile) or GlossaryFile(), fold, pages[1])
    sources = sources_from(pages[2].check(SourcesFile) or SourcesFile(), pages[2])
    baseline = baseline_from(pages[3].check(BaselineFile) or BaselineFile(), pages[3])
    if topic and not pages[1].faults:
        _check_names(topic, {entity.key for entity in glossary.entities}, pages[0])
    faults = tuple(fault for page in pages for fault in page.faults)
    if topic is None or faults:
        raise SettingsError(faults)
    return replace(_topic(folder.name, topic, fold), glossary=glossary, sources=sources, baseline=baseline)


def editions_of(settings: Settings, topic: Topic) -> tuple[Edition, ...]:
    """A topic's editions as this desk runs them: its `[[edition]]` tables laid over the topic's, the enabled ones."""
    editions = {edition.name: edition for edition in topic.editions}
    page = Page(str(settings.folder / "desk.toml"))
    for number, part in enumerate(settings.edition):
        if part.topic != topic.key:
            continue
        given = {key: value for key in part.model_fields_set if (value := getattr(part, key)) is not None}
        del given["topic"]
        known = editions.get(part.name)
        if known is None and not {"rhythm", "at", "zone"} <= given.keys():
            page.faults.append(
                f"{page.name}: edition[{number + 1}]: '{part.name}' is no edition of {topic.key}; "
                "a new one needs rhythm, at and zone"
            )
        else:
            editions[part.name] = replace(known, **given) if known else Edition(**given)
    if page.faults:
        raise SettingsError(tuple(page.faults))
    return tuple(edition for edition in editions.values() if edition.enabled)


def _topic(key: str, file: TopicFile, fold: Fold) -> Topic:
    part = file.relevance
    return Topic(
        key=key,
        name=file.topic.name.bilingual(),
        about=file.topic.about.bilingual(),
        relevance=Relevance(
            terms=_terms(file, file.term, fold),
            exclusions=_terms(file, file.exclusion, fold),
            required=tuple(_spelled(file, group, fold) for group in part.required),
            threshold=part.threshold,
            adjacent=part.adjacent,
            neighbours=_terms(file, file.neighbour, fold),
            title_factor=part.title_factor,
        ),
        editions=tuple(Edition(**dict(edition)) for edition in file.edition),
        window_days=file.topic.window_days,
    )


def _check_names(file: TopicFile, names: set[str], page: Page) -> None:
    """Every '@key' must be a name of the glossary and every '#kind' a list; others would silently match nothing."""
    places: list[tuple[Keys, tuple[str, ...]]] = []
    lists = (("term", file.term), ("exclusion", file.exclusion), ("neighbour", file.neighbour))
    for table, parts in lists:
        for number, part in enumerate(parts):
            places += [((table, number, key), getattr(part, key)) for key in ("words", "contexts", "unless", "without")]
            places += [((table, number, "also", place), group) for place, group in enumerate(part.also)]
    places += [(("kinds", kind), listed) for kind, listed in file.kinds.items()]
    places += [(("relevance", "required", number), group) for number, group in enumerate(file.relevance.required)]
    for keys, listed in places:
        for number, word in enumerate(listed):
            if word.startswith("@") and word[1:] not in names:
                page.fault((*keys, number), f"'{word}' is no name of the glossary{nearest(word[1:], names)}")
            if word.startswith("#") and (word[1:] not in file.kinds or keys[0] == "kinds"):
                page.fault((*keys, number), f"'{word}' is no list of [kinds]{nearest(word[1:], set(file.kinds))}")


def _spelled(file: TopicFile, listed: tuple[str, ...], fold: Fold) -> tuple[str, ...]:
    """The words, with those of its list for every '#kind'."""
    kinds = {f"#{kind}": words for kind, words in file.kinds.items()}
    return folded(tuple(one for word in listed for one in kinds.get(word, (word,))), fold)


def _terms(file: TopicFile, parts: Sequence[TermPart], fold: Fold) -> tuple[Term, ...]:
    def spelled(listed: tuple[str, ...]) -> tuple[str, ...]:
        return _spelled(file, listed, fold)

    return tuple(
        Term(
            words=spelled(part.words),
            weight=part.weight,
            contexts=spelled(part.contexts),
            near=part.near,
            note=part.note,
            unless=spelled(part.unless),
            without=spelled(part.without),
            also=tuple(spelled(group) for group in part.also),
        )
        for part in parts
    )
