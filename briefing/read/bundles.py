"""Bundles: one item that holds several stories, each with its own heading, label or line. They are taken apart."""

import re
from dataclasses import dataclass

from briefing.read.breaks import spans

LEAST = 3  # fewer pieces are an article with parts
NAMED = re.compile(
    r"快讯|快訊|速览|速覽|要闻(?:速递|集锦|汇总|精选|回顾)|简讯|簡訊|简报|一览|早报|早餐|晚报|晚间新闻|早间新闻|新闻早知道|每日新闻|周报|盘点|汇总|集锦|日报\d"
    r"|^(?:今日|每日|今晨|早间|晨间|午间|晚间|夜间|睡前|昨夜|昨晚|周末|一周|本周|这周|七天|七日|半月|[0-9一二三四五六七八九十两]{1,2}分钟)"
    r"[^，。、；]{0,4}(?:[0-9一二三四五六七八九十]{1,2}[条则件]|看点|资讯|資訊|速递|速遞|快递|快遞|热点|热闻|拾零|拾遗|快拾|快读|读报|见闻|新闻|动态)"
    r"|\b(?:round-?up|in brief|briefs?|briefing|digest|notes|headlines|wrap|links|bulletin|newsletter|what (?:to|we)"
    r"|things to know|week in review|morning (?:note|call|brief)|top (?:news|stories)|at a glance)\b",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"^(?:【(?P<zh>[^】]{1,16})】|(?P<en>[A-Z][A-Z0-9&'’ /-]{1,30}):\s|[■●◆▶►★▲▍▌▎█▪◼□◇○※☆▷]\s*(?P<mark>\S{1,20}))"
)
PLACED = re.compile(  # 'Tea: A record', 'OSAKA - The fair'
    r"^[A-Z][\w'’.-]*(?: [\w'’.-]+){0,3}(?:,(?: [A-Z][a-z]*){1,3})?(?::| [-–—]+) +(?=[A-Z“\"])"
)
NUMBER = re.compile(r"^(?:\d{1,2}\s*[.、）)]\s*|[①-⑳⑴-⒇]\s*|[一二三四五六七八九十]{1,3}、\s*)(?=\S)")
SENTENCE_END = tuple('。！？；.!?;”"」』…）)')
HEADING_LONGEST = 60  # in Chinese characters; English headings are allowed twice as many letters
SOURCE_LINE = re.compile(r"^.{2,30}(?:消息|电|訊|讯)\s*(?:[（(].{1,20}[）)])?\s*[：:]?$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One story of a bundle: its heading as published, and the span of its text in the bundle's."""

    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str


def pieces(title: str, text: str) -> tuple[Piece, ...]:
    """The stories of a bundle, in order; empty for an ordinary article."""
    lines = [_Line(found.start(), found.end(), found[0].strip()) for found in re.finditer(r"[^\n]*\S[^\n]*", text)]
    if len(lines) < LEAST:
        return ()
    labelled = _started(text, lines, LABEL)
    if labelled:
        return labelled
    if not NAMED.search(title):
        return ()
    return _started(text, lines, PLACED) or _headed(lines) or _started(text, lines, NUMBER) or _listed(lines)


def _started(text: str, lines: list[_Line], mark: re.Pattern[str]) -> tuple[Piece, ...]:
    """Pieces that each begin with a label or a number: the first sentence is the heading."""
    starts = [number for number, line in enumerate(lines) if mark.match(line.words)]
    if len(starts) < LEAST or starts[0] > 1 or len({lines[n].words[:12] for n in starts}) < len(starts):
        return ()
    if mark is not NUMBER and len(starts) * 10 < len(lines) * 6:
        return ()  # a label now and then is an article's own way of speaking
    found = []
    for here, after in zip(starts, [*starts[1:], len(lines)], strict=True):
        start, end = lines[here].start, lines[after - 1].end
        found.append(_by_first_sentence(text, start, end))
    return tuple(found)


def _by_first_sentence(text: str, start: int, end: int) -> Piece:
    first = next(spans(text[start:end]), (0, 0, end - start))
    cut = start + first[2]
    return Piece(text[start + first[1] : cut].rstrip("。.．；;"), cut, end)


def _headed(lines: list[_Line]) -> tuple[Piece, ...]:
    """Headings on lines of their own, each followed by at least one line that is none."""
    marks = [_is_heading(line.words) for line in lines]
    starts = [n for n in range(len(lines) - 1) if marks[n] and not marks[n + 1]]
    if len(starts) < LEAST - 1 or starts[0] > 1:
        return ()
    found = []
    for here, after in zip(starts, [*starts[1:], len(lines)], strict=True):
        found.append(Piece(lines[here].words, lines[here].end, lines[after - 1].end))
    return tuple(found)


def _is_heading(words: str) -> bool:
    wide = any("一" <= c <= "鿿" for c in words)
    longest = HEADING_LONGEST if wide else HEADING_LONGEST * 2
    return len(words) <= longest and not words.endswith(SENTENCE_END) and not SOURCE_LINE.match(words)


def _listed(lines: list[_Line]) -> tuple[Piece, ...]:
    """A list of headlines without texts."""
    rows = [line for line in lines if not SOURCE_LINE.match(line.words)]
    if len(rows) < LEAST + 2 or any(len(line.words) > HEADING_LONGEST * 3 for line in rows):
        return ()
    if sum(line.words.endswith(SENTENCE_END) for line in rows) * 3 > len(rows):
        return ()  # prose in short lines
    return tuple(Piece(line.words, line.end, line.end) for line in rows)
