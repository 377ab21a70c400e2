"""A briefing on demand: what a period held on some words, as a page or JSON. Moves no watermark, keeps nothing."""

from briefing.codec import encoded
from briefing.compose import render
from briefing.compose.links import Links
from briefing.desk.making import make_briefing
from briefing.desk.occasions import on_demand
from briefing.model.issue import Issue
from briefing.web.faults import busy
from briefing.web.finding import LONG, PERIODS, tongue
from briefing.web.limits import DEMAND, in_rows, network
from briefing.web.pages import asking, page
from briefing.web.visit import HTML, JSON, Answer, BadRequest, Visit

USUAL = "7d"


def form(visit: Visit) -> Answer:
    """The form; with a period in the address, the briefing itself."""
    if visit.asked("since"):
        return _asked(visit, "page")
    return page(visit, "demand.html", periods=PERIODS, usual=USUAL)


def as_json(visit: Visit) -> Answer:
    """The same as one JSON document, of the shape of issue.json."""
    tongue(visit)
    return _asked(visit, "json")


def _asked(visit: Visit, shape: str) -> Answer:
    topics = {topic.key: topic for topic in visit.desk.topics}
    wanted = visit.query.get("topic") or next(iter(topics), "")
    since = visit.query.get("since") or USUAL
    if wanted not in topics or since not in PERIODS:
        raise BadRequest("bad")
    if since in LONG and not visit.asked("q"):
        raise BadRequest("long", 409)
    if not in_rows(visit.desk.database, DEMAND, network(visit.client), visit.now):
        return busy(visit, DEMAND)
    issue = make_briefing(visit.desk, on_demand(topics[wanted], visit.asked("q"), since, visit.now)).issue
    if shape == "json":
        return Answer(encoded(issue, indent=1).encode(), JSON)
    return Answer(written(visit, issue).encode(), HTML, inline_styles=True)


def written(visit: Visit, issue: Issue) -> str:
    """An issue that is in no archive, as a page."""
    other = "en" if visit.language == "zh" else "zh"
    base = f"/{issue.topic}"
    asked = {name: visit.asked(name) for name in ("topic", "q", "since", "edition")}
    links = Links(
        other=asking(visit.path, **asked, ui=other),
        archive=f"{base}/index{visit.tag}.html",
        feed=f"{base}/feed{visit.tag}.atom",
        on_demand="/briefing",
        issues=f"{base}/{{issue}}/index{visit.tag}.html",
        sender=visit.desk.renderer.postal_address,
    )
    return render.page(issue, visit.language, links, visit.desk.renderer.folders)
