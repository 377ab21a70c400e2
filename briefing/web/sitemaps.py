"""The public pages of each topic, for those who look through a site."""

from collections.abc import Iterator
from urllib.parse import quote

from briefing.archive.syndication import Place, sitemap, sitemap_index
from briefing.compose.links import figure_slug
from briefing.store import archive
from briefing.web.pages import HREFLANG
from briefing.web.visit import HOUR, XML, Answer, Visit


def every_topic(visit: Visit) -> Answer:
    addresses = (f"{visit.base}/{topic.key}/sitemap.xml" for topic in visit.desk.topics)
    return Answer(sitemap_index(addresses), XML, fresh_s=HOUR)


def one_topic(visit: Visit) -> Answer:
    return Answer(sitemap(_places(visit, visit.topic().key)), XML, fresh_s=HOUR)


def _places(visit: Visit, topic: str) -> Iterator[Place]:
    """The newest first, because a sitemap has an end."""
    database, base = visit.desk.database, f"{visit.base}/{topic}"
    every = archive.of_topic(database, topic)
    yield _place(f"{base}/index", every[-1].made_at.date().isoformat() if every else "")
    for one in reversed(every):
        yield _place(f"{base}/{quote(one.id, safe='')}/index", one.made_at.date().isoformat())
    for year in sorted({one.made_at.year for one in every}, reverse=True):
        yield _place(f"{base}/archive/{year}")
    for story in archive.refs(database, topic, "story"):
        yield _place(f"{base}/stories/{quote(story, safe='')}")
    for key in archive.refs(database, topic, "figure"):
        yield _place(f"{base}/figures/{figure_slug(key)}")


def _place(bare: str, changed: str = "") -> Place:
    return Place(((HREFLANG["en"], f"{bare}.html"), (HREFLANG["zh"], f"{bare}.zh.html")), changed)
