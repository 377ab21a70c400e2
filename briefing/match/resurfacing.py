"""Old articles that come back: the three dates of an article against each other."""

import re
from datetime import UTC, datetime, timedelta

from briefing.match.days import days_in
from briefing.model.article import Article
from briefing.model.entry import Sureness
from briefing.model.text import Bilingual

REDATED = timedelta(days=10)  # a page may be days behind its feed; more is another date for an old page
OLD = timedelta(days=45)  # sources answer late by hours or days; nothing new is first seen after six weeks
BORN = r"(?:first|originally|initially) (?:published|posted|printed|appeared|issued|carried|ran|written|went online)"
STATED = re.compile(  # said of the text itself: in brackets, at the head of a sentence, or of 'this piece'
    rf"^[\W_]*(?:(?:editor.?s )?note\b\W*)?{BORN}|"
    rf"[(\[][^)\]]{{0,40}}{BORN}|"
    rf"\bthis (?:\w+ )?(?:article|piece|note|story|column|commentary|essay|post|text|interview)"
    rf"[^.;]{{0,30}}\b{BORN}|(?:首发|原载|首刊|初刊|原刊|首次发表|首次刊[发登载]|最[早初](?:发表|刊[发登载]?)|原文发表)(?:于|时间)|"
    r"(?:本文|此文|原文|旧文|本稿)[^。，；]{0,6}(?:写|作|发表|发布|刊|刊[发登载]|见报)于|旧文(?:重[发刊读]|新发)"
)
DAY_KEY = re.compile(r"\d\d-\d\d")
SHORTEST_MONTH = 28  # a day that its month does not have is moved to one that it has
YEAR = re.compile(r"(?:19|20)\d\d")
SURE = frozenset({Sureness.EXACT, Sureness.ZONE_ASSUMED, Sureness.DAY})


def age_reason(article: Article) -> Bilingual | None:
    """Why the article is an old one, or None. A date that was guessed proves nothing."""
    page = article.dates.page.instant if article.dates.page.sureness in SURE else None
    feed = article.dates.feed.instant if article.dates.feed.sureness in SURE else None
    if page and feed and feed - page > REDATED:
        return _dated(page, "its feed gives a later date", "来源却标了新日期")
    stated = _stated(article)
    if stated and article.dates.published - stated > OLD:
        return _dated(stated, "it says so itself", "文中已注明")
    oldest = page or feed
    if oldest and article.dates.first_seen - oldest > OLD:
        return _dated(oldest, "it was first seen long after", "很久之后才首次出现")
    return None


def _stated(article: Article) -> datetime | None:
    """The day on which the text says that it was first published."""
    for sentence in article.sentences:
        if STATED.search(sentence.folded):
            year = YEAR.search(sentence.folded)
            day = next((d for d in sorted(days_in(sentence.folded)) if DAY_KEY.fullmatch(d)), "")
            if year and day:
                month, number = day.split("-")
                return datetime(int(year.group()), int(month), min(int(number), SHORTEST_MONTH), tzinfo=UTC)
    return None


def _dated(when: datetime, en: str, zh: str) -> Bilingual:
    day = when.date().isoformat()
    return Bilingual(f"An old article: its page is dated {day}; {en}.", f"旧文：页面日期为{day}，{zh}。")
