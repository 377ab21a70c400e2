"""`baseline.toml`: what is known from the start. Citations, figures and own words; never a sentence of an article."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from briefing.model.article import Part
from briefing.model.fact import Witness
from briefing.model.figure import Approximation, Change, Figure, Kind, Quantity
from briefing.model.source import Tier
from briefing.model.text import Language
from briefing.model.topic import Baseline, BaselineArticle, BaselineFact
from briefing.settings.faults import Page, Strict, nearest
from briefing.settings.shapes import Both, Filled, Name, Words, unique

HASH_DIGITS = 16  # a 64-bit hash in hexadecimal


def _number(text: str) -> str:
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise ValueError("should be a number in digits, in quotation marks: '248000000'")
    return text


def _sketch(text: str) -> str:
    words = text.split()
    if any(not re.fullmatch(rf"[0-9a-f]{{{HASH_DIGITS}}}", word) for word in words):
        raise ValueError(f"should hold hashes of {HASH_DIGITS} hexadecimal digits, parted by spaces or lines")
    return text


def _when(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?|", text):
        raise ValueError("should be a day, month or year: '2024-06-25', '2024-06' or '2024'")
    return text


Number = Annotated[str, AfterValidator(_number)]


class FigurePart(Strict):
    """`[[article.figure]]`, in reading order. `low` and `high` stand in for `value` where a range was written."""

    surface: Filled
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    half_unit: Number = "0"
    unit: str = ""
    kind: Annotated[Kind, Field(strict=False)]
    approximation: Annotated[Approximation, Field(strict=False)] = Approximation.EXACT
    change: Annotated[Change, Field(strict=False)] = Change.NONE
    part: Annotated[Part, Field(strict=False)] = Part.TEXT
    start: int = -1
    end: int = -1
    sentence: int = 0
    measure: str = ""
    subject: str = ""
    period: str = ""
    twin: int = -1
    attribution: str = ""
    key: str = ""


class ArticlePart(Strict):
    """`[[article]]`: a citation and a sketch."""

    key: Name
    title: Filled
    outlet: Filled
    address: Filled
    published: date
    language: Annotated[Language, Field(strict=False)]
    tier: Annotated[Tier, Field(strict=False)] = Tier.NEWSROOM
    shingles: Annotated[int, Field(ge=0)] = 0
    sketch: Annotated[str, AfterValidator(_sketch)] = ""
    figure: Annotated[tuple[FigurePart, ...], Field(strict=False)] = ()


class FactPart(Both):
    """`[[fact]]`: something known, in the desk's own words."""

    key: Name
    articles: Words
    when: Annotated[str, AfterValidator(_when)] = ""
    ahead: bool = False


class LabelPart(Both):
    """`[[label]]`: how a line of the ledger is called."""

    key: Filled


class BaselineFile(Strict):
    """`baseline.toml`."""

    article: Annotated[tuple[ArticlePart, ...], Field(strict=False)] = ()
    fact: Annotated[tuple[FactPart, ...], Field(strict=False)] = ()
    label: Annotated[tuple[LabelPart, ...], Field(strict=False)] = ()


def baseline_from(file: BaselineFile, page: Page) -> Baseline:
    """The baseline in the model; a fact that cites no known article is a fault."""
    unique(page, ("article",), [part.key for part in file.article])
    unique(page, ("fact",), [part.key for part in file.fact])
    articles = {part.key for part in file.article}
    for number, part in enumerate(file.fact):
        for place, key in enumerate(part.articles):
            if key not in articles:
                message = f"'{key}' is the key of no article{nearest(key, articles)}"
                page.fault(("fact", number, "articles", place), message)
    for number, article in enumerate(file.article):
        _check_figures(article.figure, page, number)
    if page.faults:
        return Baseline()
    return Baseline(
        articles=tuple(_article(part) for part in file.article),
        facts=tuple(BaselineFact(p.key, p.bilingual(), p.articles, p.when, p.ahead) for p in file.fact),
        labels=tuple((part.key, part.bilingual()) for part in file.label),
    )


def _check_figures(figures: Sequence[FigurePart], page: Page, article: int) -> None:
    for number, part in enumerate(figures):
        keys = ("article", article, "figure", number)
        if (part.value is None) == (part.low is None and part.high is None):
            page.fault(keys, "needs either value, or low and high")
        elif part.value is None and (part.low is None or part.high is None):
            page.fault(keys, "needs both low and high")
        if part.twin >= len(figures) or part.twin == number:
            page.fault((*keys, "twin"), f"there is no other figure at {part.twin}; the first one is 0")


def _article(part: ArticlePart) -> BaselineArticle:
    published = datetime.combine(part.published, time(), UTC)
    return BaselineArticle(
        key=part.key,
        title=part.title,
        outlet=part.outlet,
        address=part.address,
        published=part.published,
        language=part.language,
        sketch=tuple(sorted(int(word, 16) for word in part.sketch.split())),
        shingles=part.shingles,
        witnesses=tuple(
            Witness(
                article=part.key,
                outlet=part.outlet,
                tier=part.tier,
                address=part.address,
                published=published,
                figure=_figure(figure),
                quote=figure.surface,
                issue="baseline",
            )
            for figure in part.figure
        ),
        keys=tuple(figure.key for figure in part.figure),
    )


def _figure(part: FigurePart) -> Figure:
    low = Decimal(part.value or part.low or 0)
    quantity = Quantity(
        low=low,
        high=Decimal(part.value or part.high or 0),
        half_unit=Decimal(part.half_unit),
        unit=part.unit,
        kind=part.kind,
        currency=part.unit if part.kind is Kind.MONEY else "",
        approximation=part.approximation,
        change=part.change,
    )
    return Figure(
        quantity=quantity,
        surface=part.surface,
        part=part.part,
        start=part.start,
        end=part.end,
        sentence=part.sentence,
        measure=part.measure,
        subject=part.subject,
        period=part.period,
        twin=part.twin,
        attribution=part.attribution,
    )
