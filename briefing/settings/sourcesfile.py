"""`sources.toml`: the addresses that a topic watches."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from briefing.model.source import FieldMap, Selectors, Source, SourceKind, Tier
from briefing.model.text import Language
from briefing.settings.faults import Page, Strict
from briefing.settings.shapes import Filled, Name, Zone, unique


def _address(text: str) -> str:
    if not re.match(r"(?:https?://[^/\s]|file:///)\S*$|\.{0,2}/", text):  # a folder's name may hold spaces
        raise ValueError("should begin with http://, https://, file:///, ./ or /")
    return text


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    return text


class SelectorsPart(Strict):
    """`[source.selectors]`: for kind 'page'."""

    item: Filled
    title: str = ""
    link: str = ""
    date: str = ""
    link_pattern: Annotated[str, AfterValidator(_pattern)] = ""
    summary: str = ""


class FieldsPart(Strict):
    """`[source.fields]`: for kind 'records'."""

    items: Filled
    title: Filled
    link: str = ""
    date: str = ""
    summary: str = ""
    guid: str = ""
    link_template: str = ""
    embedded: str = ""


class SourcePart(Strict):
    """`[[source]]`."""

    key: Name
    address: Annotated[str, AfterValidator(_address)]
    kind: Annotated[SourceKind, Field(strict=False)]
    name: str = ""
    outlet: str = ""
    language: Annotated[Language, Field(strict=False)] = Language.OTHER
    zone: Zone = "UTC"
    tier: Annotated[Tier, Field(strict=False)] = Tier.UNKNOWN
    enabled: bool = True
    selectors: SelectorsPart | None = None
    fields: FieldsPart | None = None
    body: str = ""
    full_text: bool = False
    paywalled: bool = False
    note: str = ""


class SourcesFile(Strict):
    """`sources.toml`."""

    source: Annotated[tuple[SourcePart, ...], Field(strict=False)] = ()


def sources_from(file: SourcesFile, page: Page) -> tuple[Source, ...]:
    """The sources in the model; a key that stands twice, or a page without selectors, is a fault."""
    unique(page, ("source",), [part.key for part in file.source])
    for number, part in enumerate(file.source):
        if part.kind is SourceKind.PAGE and part.selectors is None:
            page.fault(("source", number), f"'{part.key}' is a page and needs [source.selectors]")
        if part.kind is SourceKind.RECORDS and part.fields is None:
            page.fault(("source", number), f"'{part.key}' is a list of records and needs [source.fields]")
    return tuple(_source(part) for part in file.source)


def _source(part: SourcePart) -> Source:
    return Source(
        key=part.key,
        address=part.address,
        kind=part.kind,
        name=part.name or part.key,
        outlet=part.outlet or part.name or part.key,
        language=part.language,
        zone=part.zone,
        tier=part.tier,
        enabled=part.enabled,
        selectors=Selectors(**dict(part.selectors)) if part.selectors else None,
        fields=FieldMap(**dict(part.fields)) if part.fields else None,
        body=part.body,
        full_text=part.full_text,
        paywalled=part.paywalled,
        note=part.note,
    )
