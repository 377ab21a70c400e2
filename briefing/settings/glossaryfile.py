"""`glossary.toml`: names, measures, word pairs and kickers in both languages."""

from typing import Annotated

from pydantic import Field

from briefing.model.text import Bilingual
from briefing.model.topic import Entity, EntityKind, Glossary, Measure
from briefing.settings.faults import Page, Strict, nearest
from briefing.settings.shapes import Both, Filled, Fold, Name, SomeWords, Words, folded, unique


class EntityPart(Both):
    """One name; its kind is the list it stands in."""

    key: Name
    aliases: Words = ()
    within: str = ""
    judges: bool = False


class MeasurePart(Both):
    """`[[measure]]`."""

    key: Name
    cues: SomeWords
    units: Words = ()
    family: str = ""
    not_with: Words = ()
    needs: Words = ()


class KickerPart(Both):
    """`[[kicker]]`."""

    cues: SomeWords


Entities = Annotated[tuple[EntityPart, ...], Field(strict=False)]
Pair = Annotated[tuple[Filled, Filled], Field(strict=False)]


class EntitiesPart(Strict):
    """`[entities]`: one list for each `EntityKind`."""

    institution: Entities = ()
    company: Entities = ()
    place: Entities = ()
    law: Entities = ()
    person: Entities = ()
    concept: Entities = ()


class GlossaryFile(Strict):
    """`glossary.toml`. Each of `pairs` is English, then Chinese."""

    entities: EntitiesPart = EntitiesPart()
    measure: Annotated[tuple[MeasurePart, ...], Field(strict=False)] = ()
    kicker: Annotated[tuple[KickerPart, ...], Field(strict=False)] = ()
    pairs: Annotated[tuple[Pair, ...], Field(strict=False)] = ()


def glossary_from(file: GlossaryFile, fold: Fold, page: Page) -> Glossary:
    """The glossary in the model; keys that stand twice or lead nowhere are faults."""
    unique(page, ("measure",), [part.key for part in file.measure])
    entities = tuple(
        Entity(part.key, kind, part.bilingual(), folded(part.aliases, fold), part.within, part.judges)
        for kind in EntityKind
        for part in _listed(file.entities, kind)
    )
    _check_entities(file.entities, page)
    measures = tuple(
        Measure(
            key=part.key,
            name=part.bilingual(),
            cues=folded(part.cues, fold),
            units=part.units,
            family=part.family,
            not_with=folded(part.not_with, fold),
            needs=folded(part.needs, fold),
        )
        for part in file.measure
    )
    return Glossary(
        entities=entities,
        measures=measures,
        pairs=tuple(Bilingual(en, zh) for en, zh in file.pairs),
        kickers=tuple((part.bilingual(), folded(part.cues, fold)) for part in file.kicker),
    )


def _listed(entities: EntitiesPart, kind: EntityKind) -> Entities:
    lists: dict[str, Entities] = dict(entities)
    return lists[kind.value]


def _check_entities(entities: EntitiesPart, page: Page) -> None:
    seen: set[str] = set()
    keys = {part.key for kind in EntityKind for part in _listed(entities, kind)}
    for kind in EntityKind:
        for number, part in enumerate(_listed(entities, kind)):
            place = ("entities", kind.value, number)
            if part.key in seen:
                page.fault((*place, "key"), f"'{part.key}' stands twice")
            seen.add(part.key)
            if part.within and part.within not in keys:
                page.fault((*place, "within"), f"'{part.within}' is the key of no entity{nearest(part.within, keys)}")
