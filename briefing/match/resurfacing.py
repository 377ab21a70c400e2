"""Old articles that come back: the three dates of an article against each other."""

from datetime import datetime, timedelta

from briefing.model.article import Article
from briefing.model.entry import Sureness
from briefing.model.text import Bilingual

REDATED = timedelta(days=10)  # a page may be days behind its feed; more is another date for an old page
OLD = timedelta(days=45)  # sources answer late by hours or days; nothing new is first seen after six weeks
SURE = frozenset({Sureness.EXACT, Sureness.ZONE_ASSUMED, Sureness.DAY})


def age_reason(article: Article) -> Bilingual | None:
    """Why the article is an old one, or None. A date that was guessed proves nothing."""
    page = article.dates.page.instant if article.dates.page.sureness in SURE else None
    feed = article.dates.feed.instant if article.dates.feed.sureness in SURE else None
    if page and feed and feed - page > REDATED:
        return _dated(page, "its feed gives a later date", "来源却标了新日期")
    oldest = page or feed
    if oldest and article.dates.first_seen - oldest > OLD:
        return _dated(oldest, "it was first seen long after", "很久之后才首次出现")
    return None


def _dated(when: datetime, en: str, zh: str) -> Bilingual:
    day = when.date().isoformat()
    return Bilingual(f"An old article: its page is dated {day}; {en}.", f"旧文：页面日期为{day}，{zh}。")
