"""Two issues of an invented press, through the real desk: copies, witnesses, bundles, revisions, what was told."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner
from press import desk_of, open_press

from briefing.cli import command_line
from briefing.desk.collecting import collect
from briefing.desk.editing import Chair
from briefing.desk.making import make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.publishing import folder_of, publish
from briefing.desk.suggesting import MOST, suggestions
from briefing.model.fact import Status
from briefing.model.issue import Role
from briefing.model.source import Source, SourceKind, Tier
from briefing.model.story import Disposition

FIRST = datetime(2024, 9, 4, 12, tzinfo=UTC)
SECOND = FIRST + timedelta(days=7)
FEES = (
    "The National Audit Office found that units of Quay City charged 31.4 million yuan in fees for government data. "
    "The fees were charged from January 2019 to June 2023 and fell on 212 firms. "
    "The office told the city to refund the money and to open the data free of charge by the end of the year. "
    "The city bureau said that it would publish a list of the firms and of what each had paid."
)
FEES_ZH = (
    "审计署发现，码头市有关单位利用政务数据收费3140万元。上述收费发生在2019年1月至2023年6月，涉及212家企业。"
    "审计署要求该市退还收费，并在年底前免费开放数据。该市数据局表示将公布企业名单及各自缴费金额。"
)
COPIERS = ("anchor", "beacon", "courier", "dispatch")
BUNDLE = (
    "<p>HARBOUR: Tide tables will be printed in two colours from spring, the harbour office said.</p>"
    "<p>AUDIT: The National Audit Office found that Hill County charged 5.6 million yuan in fees for government data."
    "</p>"
    "<p>MUSIC: A choir sang in the customs house on Sunday while the tide came in.</p>"
)
BRIEF_ZH = (
    "审计署发现，山丘县有关单位利用政务数据收费560万元，要求年底前全部退还。",
    "国家数据局公布公共数据授权运营价格办法，自2025年3月1日起施行。",
)


def item(host, title, text, at, *, name=""):
    link = f"https://{host}/{name or title.lower().replace(' ', '-')[:40]}"
    return (
        f"<item><guid>{link}</guid><title>{escape(title)}</title><link>{link}</link>"
        f"<pubDate>{format_datetime(at)}</pubDate><description>{escape(text)}</description></item>"
    )


def put(press, path, *items):
    press.put(path, f"<rss version='2.0'><channel><title>Press</title>{''.join(items)}</channel></rss>")


def source(press, key, tier=Tier.NEWSROOM):
    return Source(key, press.at(f"/{key}"), SourceKind.FEED, name=key.title(), outlet=key.title(), tier=tier,
                  full_text=True)  # fmt: skip


def first_day(press):
    at = FIRST - timedelta(hours=5)
    put(press, "/wire", item("wire.example", "Quay City charged for government data", FEES, at, name="fees"))
    for number, name in enumerate(COPIERS, 1):
        text = f"{FEES} ({name.title()}, as the wire had it.)"
        when = at + timedelta(minutes=number)
        put(
            press, f"/{name}", item(f"{name}.example", "Fees for government data in Quay City", text, when, name="fees")
        )
    salted = " ".join(f"{word}\u200b" if n % 9 == 4 else word for n, word in enumerate(FEES.split()))
    put(press, "/mirror", item("mirror.example", "Quay City data fees", salted, at, name="fees"))
    lookalike = item("www-audit-gov-cn.evil.example", "Fees", FEES.replace("found", "stated"), at, name="fees")
    put(press, "/lookalike", lookalike)
    put(press, "/gazette", item("gazette.example", "News in brief", BUNDLE, at, name="brief"))
    put(press, "/zh", *(item("zh.example", "国内联播快讯", text, at, name=str(n)) for n, text in enumerate(BRIEF_ZH)))


def second_day(press):
    at = SECOND - timedelta(hours=5)
    revised = FEES.replace("31.4 million", "34.1 million").replace("212 firms", "220 firms")
    put(press, "/wire", item("wire.example", "Quay City charged for government data", revised, at, name="fees"))
    told = "Government data cost firms in Quay City 31.4 million yuan in fees, the National Audit Office found."
    put(press, "/courier", item("courier.example", "Audit office on data fees", told, at, name="again"))
    old = "The National Audit Office found that River County charged 9.1 million yuan in fees for government data."
    put(press, "/beacon", item("beacon.example", "River County fees", old, at - timedelta(days=90), name="old"))


@pytest.fixture(scope="module")
def press_desk(tmp_path_factory):
    with open_press() as press:
        official = Source("nao", "https://www.audit.gov.cn/feed", SourceKind.FEED, tier=Tier.OFFICIAL, enabled=False)
        sources = tuple(source(press, key) for key in ("wire", *COPIERS, "gazette", "zh"))
        unknown = tuple(source(press, key, Tier.UNKNOWN) for key in ("mirror", "lookalike"))
        with desk_of(press, tmp_path_factory.mktemp("told_once"), (*sources, *unknown, official)) as desk:
            issues = []
            for day, fill in ((FIRST, first_day), (SECOND, second_day)):
                fill(press)
                asyncio.run(collect(desk, desk.topics[0], day, every=True))
                made = make_issue(desk, next_occasion(desk, desk.topics[0], desk.topics[0].editions[0], day))
                assert publish(desk, made)
                issues.append(made)
            yield desk, *issues


def judged(made):
    """The verdict on each article, by the host and name of its address."""
    names = {reading.article.id: reading.article.address.removeprefix("https://") for reading in made.readings}
    return {names[verdict.article]: verdict for verdict in made.judgement.verdicts}


def test_a_wire_that_four_outlets_copied_stands_once_and_counts_once(press_desk):
    desk, first, _ = press_desk
    story = next(told for told in first.issue.developments if told.coverage[0].outlet == "Wire")
    roles = {row.outlet: row.role for row in story.coverage}

    assert roles.pop("Wire") is Role.LEAD
    assert set(roles.values()) == {Role.COPY}
    assert {name.title() for name in COPIERS} < set(roles)
    assert story.outlets == 1
    for name, words in (("issue.txt", "1 wire and 6 copies"), ("index.zh.html", "1篇原稿、6篇转载")):
        assert words in (folder_of(desk, first.issue) / name).read_text("utf-8")


def test_copies_mirrors_and_lookalikes_are_no_witnesses(press_desk):
    _, first, _ = press_desk
    found = [w for fact in first.update.facts for w in fact.witnesses if w.figure.surface == "31.4 million yuan"]

    assert {w.outlet for w in found if w.independent} == {"Wire"}
    assert not {"Mirror", "Lookalike"} & {w.outlet for w in found}
    verdicts = judged(first)
    assert verdicts["mirror.example/fees"].disposition is Disposition.COPY
    assert "counts as no witness" in verdicts["www-audit-gov-cn.evil.example/fees"].reason.en


def test_a_bundle_is_judged_item_by_item(press_desk):
    _, first, _ = press_desk
    dispositions = [judged(first)[f"gazette.example/brief#{n}"].disposition for n in (1, 2, 3)]

    assert dispositions == [Disposition.OFF_TOPIC, Disposition.DEVELOPMENT, Disposition.OFF_TOPIC]


def test_one_title_over_two_items_is_two_stories_in_the_issue(press_desk):
    _, first, _ = press_desk
    stories = [judged(first)[f"zh.example/{n}"].story for n in (0, 1)]

    assert stories[0] != stories[1]


def test_a_report_in_two_languages_is_one_story_and_confirms_its_figure(press_desk):
    _, first, _ = press_desk
    verdicts = judged(first)

    assert verdicts["zh.example/0"].story == verdicts["gazette.example/brief#2"].story
    assert verdicts["zh.example/0"].disposition is Disposition.CONFIRMATION


def test_an_outlets_revision_is_kept_with_what_it_changed_and_keeps_its_story(press_desk):
    _, first, second = press_desk
    verdict = judged(second)["wire.example/fees"]
    (copy,) = [copy for copy in second.judgement.copies if copy.article == verdict.article]

    assert copy.disposition is Disposition.REVISION
    assert 0.5 < copy.likeness < 1
    assert ("31.4 million" in verdict.changed[0][0], "34.1 million" in verdict.changed[0][1]) == (True, True)
    assert len(verdict.changed) == 2
    assert verdict.story == judged(first)["wire.example/fees"].story


def test_a_figure_that_an_outlet_mends_on_its_page_changes_the_line_that_told_it(press_desk):
    _, first, second = press_desk
    (page,) = [r.article for r in second.readings if r.article.address == "https://wire.example/fees"]
    keys = {s.key for s in first.update.sightings if s.article == page.id and s.key}
    seen = [s for s in second.update.sightings if s.article == page.id and s.key]

    assert {s.key for s in seen} == keys
    assert {s.status for s in seen} == {Status.CHANGED}
    assert [s.against.figure.surface for s in seen] == ["31.4 million yuan", "212 firms"]
    changed = {fact.key: fact for fact in second.update.facts}
    assert {int(changed[key].quantity.low) for key in keys} == {34_100_000, 220}


def test_an_old_article_that_comes_back_is_resurfaced_and_joins_no_other_citys_story(press_desk):
    _, _, second = press_desk
    verdict = judged(second)["beacon.example/old"]

    assert verdict.disposition is Disposition.RESURFACED
    assert "2024-06-13" in verdict.reason.en
    assert verdict.story != judged(second)["wire.example/fees"].story


def test_what_is_covered_names_the_issue_that_told_it(press_desk):
    _, first, second = press_desk
    verdict = judged(second)["courier.example/again"]

    assert verdict.disposition is Disposition.REPEAT
    assert f"in issue {first.issue.id}" in verdict.reason.en
    assert f"第{first.issue.id}期" in verdict.reason.zh
    assert verdict.nearest[0].issue == first.issue.id
    assert verdict.nearest[0].told in FEES


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("https://gazette.example/brief", ("off_topic", "development", "national audit office +", "    story s")),
        ("https://wire.example/fees", ("changed “The National Audit Office found", "34.1 million", "told in issue ")),
        ("https://courier.example/again", ("repeat", "told in issue 2024-09-04-weekly: “Government data cost")),
        ("https://anchor.example/fees", ("copy", "against “", "told by another article of the same issue")),
        ("https://zh.example/1", ("told by the articles the desk started from: “国家数据局",)),
    ],
)
def test_explain_shows_terms_the_nearest_earlier_sentence_and_the_story(press_desk, address, lines):
    desk, *_ = press_desk
    done = CliRunner().invoke(command_line, ["--desk", str(desk.folder), "explain", address], catch_exceptions=False)

    assert done.exit_code == 0
    assert not [line for line in lines if line not in done.output], done.output


def at_work(desk, now):
    return Chair(desk, desk.topics[0], desk.topics[0].editions[0], "ann@example.org", now)


def test_stories_that_may_be_one_are_suggested_to_the_editor_and_not_joined(press_desk):
    desk, first, _ = press_desk
    found = suggestions(at_work(desk, FIRST), first)
    stories = [{one.story, one.into} for one in found]

    assert found
    assert all(len(pair) == 2 for pair in stories)
    assert len({frozenset(pair) for pair in stories}) == len(found) <= MOST
    assert all(one.reason.en and one.reason.zh and one.title.zh and one.into_title.en for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
