"""The whole flow on the bundled sample, with real HTTP, a real store and real files."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sample_run import sample_desk

from briefing.codec import decoded, encoded
from briefing.demo.sample import load_sample
from briefing.demo.serving import SampleServer
from briefing.desk.collecting import collect, states
from briefing.desk.making import Made, make_briefing, make_issue
from briefing.desk.occasions import next_occasion, on_demand
from briefing.desk.parts import Desk, edition_of
from briefing.desk.publishing import complete, folder_of, publish, rebuild
from briefing.errors import ArchiveError, UsageError
from briefing.model.issue import HealthState, Issue
from briefing.model.source import Source, SourceKind
from briefing.model.story import Disposition
from briefing.store import issues, search


@pytest.fixture
def server():
    sample = load_sample()
    with SampleServer(sample, sample.days[0]) as served:
        yield served


@pytest.fixture
def desk(tmp_path, server):
    made = sample_desk(tmp_path, server.origin)
    yield made
    made.database.close()


def made_on(desk: Desk, server: SampleServer, day: datetime) -> Made:
    server.move(day)
    asyncio.run(collect(desk, desk.topics[0], day, every=True))
    return make_issue(desk, next_occasion(desk, desk.topics[0], edition_of(desk.topics[0], ""), day))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_article_that_was_read_has_one_verdict_with_a_reason_in_both_languages(desk, server):
    for day in server.sample.days:
        made = made_on(desk, server, day)
        publish(desk, made)
        verdicts = {verdict.article: verdict for verdict in made.judgement.verdicts}

        assert len(verdicts) == len(made.judgement.verdicts) == len(made.readings)
        assert all(verdicts[r.article.id].reason.en and verdicts[r.article.id].reason.zh for r in made.readings)


def test_the_first_issue_tells_the_contradiction_of_the_baseline(desk, server):
    issue = made_on(desk, server, server.sample.days[0]).issue

    slips = [f for f in issue.figures if f.status == "scale-slip" and f.quantity.amount == 248_000_000]
    assert [w.figure.quantity.amount for f in slips for w in f.against] == [2_480_000_000]
    assert any(f.rule == "SLIP" and f.factor == 10 and f.expected.amount == 248_372_500 for f in issue.findings)


def test_making_an_issue_has_no_lasting_effect(desk, server):
    before = made_on(desk, server, server.sample.days[0]).issue
    occasion = next_occasion(desk, desk.topics[0], edition_of(desk.topics[0], ""), server.sample.days[0])

    assert make_issue(desk, occasion).issue == before
    assert issues.every(desk.database) == ()
    assert not desk.archive.exists()


def test_a_slot_is_published_once(desk, server):
    made = made_on(desk, server, server.sample.days[0])

    assert publish(desk, made) is True
    kept = files(desk.archive)
    assert publish(desk, replace(made, issue=replace(made.issue, id="another"))) is False
    assert files(desk.archive) == kept
    assert len(issues.every(desk.database)) == 1


def test_a_published_issue_can_be_read_from_its_file_again(desk, server):
    made = made_on(desk, server, server.sample.days[0])
    publish(desk, made)
    place = folder_of(desk, made.issue)

    assert decoded(Issue, (place / "issue.json").read_bytes()) == made.issue
    assert sorted(path.name for path in place.iterdir()) == [
        "index.html",
        "index.zh.html",
        "issue.eml",
        "issue.json",
        "issue.txt",
        "issue.zh.eml",
        "issue.zh.txt",
    ]


def test_the_archive_is_rebuilt_from_the_issue_files_alone(desk, server):
    for day in server.sample.days[:2]:
        publish(desk, made_on(desk, server, day))
    kept = files(desk.archive)
    for path in desk.archive.rglob("*"):
        if path.is_file() and path.name != "issue.json":
            path.unlink()

    assert rebuild(desk) == 2
    assert files(desk.archive) == kept


def test_a_file_that_is_no_issue_is_named(desk):
    place = desk.archive / "data" / "2024-08-30"
    place.mkdir(parents=True)
    (place / "issue.json").write_text('{"id": 1}')

    with pytest.raises(ArchiveError, match=r"issue\.json: is no issue that can be read"):
        rebuild(desk)


def test_an_issue_of_a_newer_program_is_refused(desk, server):
    made = made_on(desk, server, server.sample.days[0])
    publish(desk, made)
    file = folder_of(desk, made.issue) / "issue.json"
    file.write_text(encoded(replace(made.issue, schema=99)), encoding="utf-8")

    with pytest.raises(ArchiveError, match="was written by a newer briefing"):
        rebuild(desk)


def test_an_archive_that_cannot_be_written_stops_before_anything_is_told(desk, server):
    made = made_on(desk, server, server.sample.days[0])
    desk.archive.write_text("a file stands where the archive should be")

    with pytest.raises(ArchiveError, match="nothing was marked as told"):
        publish(desk, made)

    assert issues.every(desk.database) == ()
    desk.archive.unlink()
    assert publish(desk, make_issue(desk, next_occasion_of(desk, server))) is True


def next_occasion_of(desk: Desk, server: SampleServer):
    return next_occasion(desk, desk.topics[0], edition_of(desk.topics[0], ""), server.now)


def test_a_folder_that_is_missing_is_put_in_its_place(desk, server):
    made = made_on(desk, server, server.sample.days[0])
    publish(desk, made)
    kept = files(desk.archive)
    for path in sorted(folder_of(desk, made.issue).iterdir()):
        path.unlink()
    folder_of(desk, made.issue).rmdir()

    assert complete(desk) == 1
    assert files(desk.archive) == kept
    assert complete(desk) == 0


def test_a_briefing_on_demand_moves_no_watermark(desk, server):
    made_on(desk, server, server.sample.days[0])
    topic = desk.topics[0]

    briefing = make_briefing(desk, on_demand(topic, "衡阳", "30d", server.now)).issue

    assert briefing.number == 0
    assert briefing.query == "衡阳"
    assert briefing.developments
    assert all("衡阳" in d.title or "衡阳" in "".join(e.text for e in d.extracts) for d in briefing.developments)
    assert issues.last(desk.database, topic.key, "weekly") is None


def test_what_a_later_issue_takes_in_was_first_seen_after_the_one_before(desk, server):
    first, second, *_ = server.sample.days
    publish(desk, made_on(desk, server, first))
    made = made_on(desk, server, second)

    assert made.issue.since == first
    assert all(r.article.dates.first_seen > first or r.article.entry.revision for r in made.readings)


def test_one_bad_source_never_stops_the_others_and_is_told(desk, server):
    topic = desk.topics[0]
    broken = Source(key="nowhere", address=f"{server.origin}/no-such-feed", kind=SourceKind.FEED, name="Nowhere")
    page = Source(
        key="no-feed", address=server.origin + topic.sources[0].address[len(server.origin) :], kind=SourceKind.RECORDS
    )
    desk = replace(desk, topics=(replace(topic, sources=(broken, page, *topic.sources)),))

    done = asyncio.run(collect(desk, desk.topics[0], server.now, every=True))

    health = {source.key: state for source, state, _ in states(desk, desk.topics[0]) if state}
    assert done.new > 0
    assert {"nowhere", "no-feed"} <= {source for source, _ in done.failed}
    assert health["nowhere"].state is HealthState.FAILED
    assert "404" in health["nowhere"].message.en
    assert health["nowhere"].message.zh


def test_a_source_is_not_asked_again_before_it_is_due(desk, server):
    topic = desk.topics[0]
    assert asyncio.run(collect(desk, topic, server.now)).asked > 0

    assert asyncio.run(collect(desk, topic, server.now + timedelta(seconds=1))).asked == 0


def test_a_second_round_is_answered_with_not_modified(desk, server):
    made_on(desk, server, server.now)
    server.asked.clear()

    again = asyncio.run(collect(desk, desk.topics[0], server.now, every=True))

    assert (again.new, again.changed) == (0, 0)
    assert {status for _, status in server.asked} <= {304, 503}


def test_search_finds_what_was_published_by_a_two_character_word(desk, server):
    publish(desk, made_on(desk, server, server.sample.days[0]))

    hits = search.find(desk.database, "衡阳")

    assert any(hit.document.kind == "story" and "[衡阳]" in hit.excerpt for hit in hits)


def test_an_unknown_topic_or_edition_is_answered_with_those_that_exist(desk):
    with pytest.raises(UsageError) as fault:
        desk.topic("weather")
    assert "china-data-finance" in fault.value.hint

    with pytest.raises(UsageError) as fault:
        edition_of(desk.topics[0], "hourly")
    assert "weekly" in fault.value.hint


def test_a_copy_is_folded_and_never_a_story_of_its_own(desk, server):
    made = made_on(desk, server, server.sample.days[0])
    copies = {v.article for v in made.judgement.verdicts if v.disposition is Disposition.COPY}

    assert copies
    assert not copies & {d.coverage[0].article for d in made.issue.developments}
