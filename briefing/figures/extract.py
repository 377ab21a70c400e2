"""Figures of a text and of an article, with exact spans in the published text."""

from bisect import bisect_right
from dataclasses import replace
from datetime import date
from decimal import Decimal

from briefing.figures import binding, chinese, context, dates, english, lists, periods, shares, speakers, traps
from briefing.figures.lexicon import Lexicon, lexicon
from briefing.figures.numerals import folded as fold
from briefing.figures.script import comparable
from briefing.figures.spotted import Spotted
from briefing.figures.twins import twinned
from briefing.model.article import Article, Part
from briefing.model.figure import Change, Figure, Kind
from briefing.model.text import Language
from briefing.model.topic import Glossary

NOTHING = Decimal(0)


def quantities_in(text: str, language: Language) -> tuple[Spotted, ...]:
    """Every quantity, date and period of a text, in reading order; offsets are those of `text`."""
    folded = fold(text)
    is_chinese = language.is_chinese
    found = _dated(folded, chinese=is_chinese)
    free = _free(folded, found, chinese=is_chinese)
    words = chinese.fractions_in(folded, free) if is_chinese else shares.fractions_in(folded, free)
    for this in words:
        free[this.start : this.end] = bytes(this.end - this.start)
    amounts = sorted((chinese if is_chinese else english).amounts_in(folded, free) + words, key=lambda s: s.start)
    amounts = lists.joined(folded, amounts)
    if not is_chinese:
        amounts = lists.elliptic(folded, amounts)
    settled = _settle_currency(folded, amounts, traditional=language is Language.HANT)
    worded = [_worded(folded, this, chinese=is_chinese) for this in settled]
    if is_chinese and text != folded:
        worded = [replace(s, unit=text[s.end - len(s.unit) : s.end]) if s.kind is Kind.COUNT else s for s in worded]
    return tuple(sorted(found + worded, key=lambda s: s.start))


def _dated(folded: str, *, chinese: bool) -> list[Spotted]:
    return [
        Spotted(d.start, d.end, NOTHING, NOTHING, NOTHING, d.kind, d.iso, number_start=d.start, number_end=d.end)
        for d in dates.dates_in(folded, chinese=chinese)
    ]


def _free(folded: str, found: list[Spotted], *, chinese: bool) -> bytearray:
    """One byte a character: 0 where a date or a trap has taken it."""
    free = bytearray(b"\x01") * (len(folded) + 1)
    for start, end in traps.traps_in(folded, chinese=chinese):
        free[start:end] = bytes(end - start)
    found[:] = [this for this in found if free[this.start] or chinese]
    for this in found:
        free[this.start : this.end] = bytes(this.end - this.start)
    return free


def _settle_currency(folded: str, spotted: list[Spotted], *, traditional: bool) -> list[Spotted]:
    """'¥', '元' and bare 亿 get the currency of the text."""
    sign, yuan = "", ""
    found = []
    for this in spotted:
        surface = folded[this.start : this.end]
        if this.currency == "CNY" and surface[0] == "¥":
            sign = sign or context.yuan_sign(folded)
            this = _in(this, sign)  # noqa: PLW2901 - the settled form takes its place
        elif this.currency == "CNY" and "元" in surface and "人民币" not in surface and "rmb" not in surface.lower():
            yuan = yuan or context.plain_yuan(folded, traditional=traditional)
            this = _in(this, yuan)  # noqa: PLW2901 - the same
        elif this.is_bare and context.is_money(folded, this):
            this = replace(_in(this, "CNY"), kind=Kind.MONEY, unit="CNY")  # noqa: PLW2901 - the same
        found.append(this)
    return found


def _in(this: Spotted, currency: str) -> Spotted:
    return replace(this, currency=currency, unit=this.unit.replace("CNY", currency))


def _worded(folded: str, this: Spotted, *, chinese: bool) -> Spotted:
    this = context.approximated(folded, this, chinese=chinese)
    change = (context.changed_zh if chinese else context.changed_en)(folded, this)
    return replace(this, change=change) if change is not Change.NONE else this


def figures_in(article: Article, glossary: Glossary) -> tuple[Figure, ...]:
    """The figures of an article in reading order: title, summary, text; bound where the words allow it."""
    words = lexicon(glossary)
    traditional = article.language is Language.HANT
    texts = {part: article.part(part) for part in Part}
    plain = [comparable(s.text, traditional=traditional) for s in article.sentences]
    unsaid = _unsaid(article, plain, words)
    lines = [
        (binding.line(s, text, words, missing), found)
        for s, text, missing, found in zip(article.sentences, plain, unsaid, _by_sentence(article), strict=True)
    ]
    day = article.dates.published.date()
    dated = [(line, _with_periods(found, day)) for line, found in lines]
    figures = binding.bound(_filled(article, dated), words, _main_subject(dated, words))
    return tuple(twinned(figures, {str(part): text for part, text in texts.items()}))


def _unsaid(article: Article, plain: list[str], words: Lexicon) -> list[frozenset[int]]:
    """For each sentence the measures whose needed words stand not in it, nor in the one before, nor in the title."""
    if not words.needing:
        return [frozenset()] * len(plain)
    said = [frozenset(hit.what for hit in words.needed.hits(text)) for text in plain]
    titles = [what for s, what in zip(article.sentences, said, strict=True) if s.part is Part.TITLE]
    always = frozenset().union(*titles)
    return [words.needing - always - said[n] - said[max(0, n - 1)] for n in range(len(plain))]


def _by_sentence(article: Article) -> list[list[Figure]]:
    """What each sentence holds; a quantity belongs to the sentence in which it begins."""
    found: list[list[Figure]] = [[] for _ in article.sentences]
    for part in Part:
        sentences = [s for s in article.sentences if s.part is part]
        if not sentences:
            continue
        starts = [s.start for s in sentences]
        text = article.part(part)
        for spotted in quantities_in(text, article.language):
            sentence = sentences[max(0, bisect_right(starts, spotted.start) - 1)]
            if sentence.start <= spotted.start and spotted.end <= sentence.end:
                figure = Figure(
                    spotted.quantity(),
                    text[spotted.start : spotted.end],
                    part,
                    spotted.start,
                    spotted.end,
                    sentence.number,
                )
                found[article.sentences.index(sentence)].append(figure)
    return found


def _with_periods(figures: list[Figure], day: date) -> list[Figure]:
    return [replace(f, period=periods.resolved(f.quantity.unit, day)) if _is_date(f) else f for f in figures]


def _filled(
    article: Article, lines: list[tuple[binding.Line, list[Figure]]]
) -> list[tuple[binding.Line, list[Figure]]]:
    """Each amount with its period; a date is carried along within its paragraph."""
    found = []
    carried, paragraph = "", (Part.TITLE, -1)
    for line, figures in lines:
        here = (line.sentence.part, line.sentence.paragraph)
        if here != paragraph:
            carried, paragraph = "", here
        text = article.part(line.sentence.part)
        dated = [f for f in figures if f.period and not periods.is_when_said(f, text)]
        found.append(
            (
                line,
                [f if _is_date(f) else replace(f, period=periods.period_for(f, dated, text, carried)) for f in figures],
            )
        )
        carried = dated[-1].period if dated else carried
    return found


def _is_date(figure: Figure) -> bool:
    return figure.quantity.kind in {Kind.DATE, Kind.PERIOD}


def _main_subject(lines: list[tuple[binding.Line, list[Figure]]], words: Lexicon) -> str:
    """Whom the article is about: the first name of its title or first sentence.

    One that does not speak before one that does.
    """
    names = [(line.text, hit, words.entities[hit.what]) for line, _ in lines[:1] for hit in line.names]
    for text, hit, entity in names:
        if not entity.judges and not speakers.is_speaker(text, hit, entity):
            return entity.name.en
    return next((entity.name.en for text, hit, entity in names if speakers.is_place_speaking(text, hit, entity)), "")
