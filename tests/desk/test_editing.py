"""What an editor decides is heeded by every later making of the issue, and kept with who and when."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.desk import editing, recall
from briefing.desk.collecting import collect
from briefing.desk.editing import every_line, ledger_of, told_in
from briefing.desk.likeness import alike, named
from briefing.desk.publishing import folder_of, publish, rebuild
from briefing.desk.suggesting import suggestions
from briefing.errors import UsageError
from briefing.figures.ledger import of_baseline
from briefing.match.decisions import split_id
from briefing.model.decision import Act, Decision
from briefing.model.fact import Status
from briefing.model.text import Bilingual
from briefing.store import archive, decisions, issues
from briefing.store.memory import Remembered
from briefing.store.sessions import log

NOTE = Bilingual("We asked the bureau; it did not answer.", "本刊已致函该局，未获答复。")


def stories(chair):
    return [told.story for told in told_in(chair.made().issue)]


def out(chair):
    made = chair.made()
    assert publish(chair.desk, made)
    return made.issue


def next_day(chair, sample_server):
    """The same desk after another collection."""
    day = sample_server.sample.days[2]
    sample_server.move(day)
    asyncio.run(collect(chair.desk, chair.topic, day, every=True))
    return replace(chair, now=day + timedelta(hours=1))


def test_a_merge_is_heeded_by_every_rebuild_and_its_address_leads_on(chair, sample_server):
    kept, gone = stories(chair)[:2]
    editing.merge(chair, gone, kept)

    assert gone not in stories(chair)
    assert stories(chair) == stories(chair)
    issue = out(chair)
    assert gone not in {told.story for told in told_in(issue)}
    assert archive.story(chair.desk.database, chair.topic.key, gone).id == kept
    later = next_day(chair, sample_server)
    out(later)
    assert archive.story(chair.desk.database, chair.topic.key, gone).id == kept


def test_a_split_holds_and_can_be_taken_back(chair):
    whole = next(t for t in told_in(chair.made().issue) if len({c.article for c in t.coverage if not c.copy_of}) > 1)
    row = next(c for c in whole.coverage[1:] if not c.copy_of)
    before = stories(chair)
    decision = editing.split(chair, whole.story, row.address)
    after = told_in(chair.made().issue)
    homes = {c.article: told.story for told in after for c in told.coverage}

    assert homes.get(row.article) != whole.story
    assert whole.story in homes.values()
    assert not [s for s in suggestions(chair, chair.made()) if split_id(row.article) in {s.story, s.into}]
    assert [d.id for d in chair.standing()] == [decision.id]
    editing.undo(chair, str(decision.id))
    assert stories(chair) == before
    assert not chair.standing()


def test_a_story_of_one_article_cannot_be_split(chair):
    made = chair.made()
    addresses = {r.article.id: r.article.address for r in made.readings}
    lone = next(s for s in made.judgement.stories if len(s.articles) == 1 and s.articles[0] in addresses)

    with pytest.raises(UsageError, match="no other article"):
        editing.split(chair, lone.id, addresses[lone.articles[0]])


def test_stories_stand_in_the_editors_order(chair):
    first, second, third = stories(chair)[:3]
    editing.move(chair, third, "first")
    assert stories(chair)[:3] == [third, first, second]
    editing.move(chair, second, "up")
    assert stories(chair)[:3] == [third, second, first]
    editing.move(chair, third, "down")
    assert stories(chair)[:3] == [second, third, first]
    editing.move(chair, second, "up")
    assert stories(chair)[:3] == [second, third, first]
    editing.release(chair)
    assert stories(chair)[:3] == [first, second, third]


def test_an_order_and_a_note_are_for_one_issue(chair, sample_server):
    *_, last = stories(chair)
    editing.move(chair, last, "first")
    editing.annotate(chair, last, NOTE)
    issue = out(chair)

    assert told_in(issue)[0].story == last
    page = (folder_of(chair.desk, issue) / "index.html").read_text("utf-8")
    page_zh = (folder_of(chair.desk, issue) / "index.zh.html").read_text("utf-8")
    assert f"The editor: {NOTE.en}" in page
    assert f"编者按：{NOTE.zh}" in page_zh
    assert f"The editor: {NOTE.en}" in " ".join((folder_of(chair.desk, issue) / "issue.txt").read_text("utf-8").split())
    assert not next_day(chair, sample_server).standing()


def test_dropping_an_article_takes_it_out_and_keeping_brings_it_back(chair):
    issue = chair.made().issue
    row = told_in(issue)[-1].coverage[0]
    editing.judge(chair, row.address, keep=False)
    left = {item.article: item for item in chair.made().issue.left_out}

    assert left[row.article].reason == Bilingual("The editor dropped it.", "编辑删去。")
    off = next(item for item in issue.left_out if item.disposition == "off_topic")
    editing.judge(chair, off.address, keep=True)
    assert off.article not in {i.article for i in chair.made().issue.left_out if i.disposition == "off_topic"}
    editing.judge(chair, row.address, keep=True)
    assert row.article in {c.article for told in told_in(chair.made().issue) for c in told.coverage}


def test_a_correction_marks_the_archived_page_at_once_and_enters_the_next_issue(chair):
    line = chair.desk.archive / chair.topic.key
    (old,) = [path.parent.name for path in line.glob("*/issue.json")]
    before = (line / old / "issue.json").read_bytes()
    key = told_keys(chair, old)[0]
    words = Bilingual("We left out that this is an estimate.", "此数为估算，本刊当时未注明。")
    decision = editing.correct(chair, old, key, words)

    assert words.en in (line / old / "index.html").read_text("utf-8")
    assert words.zh in (line / old / "index.zh.html").read_text("utf-8")
    assert (line / old / "issue.json").read_bytes() == before
    rebuild(chair.desk)
    assert words.en in (line / old / "index.html").read_text("utf-8")
    issue = out(chair)
    assert next(c.text for c in issue.corrections if c.issue == old) == words
    assert (line / old / "index.html").read_text("utf-8").count(words.en) == 1
    with pytest.raises(UsageError, match="no decision"):
        editing.undo(replace(chair, now=issue.made_at + timedelta(hours=1)), str(decision.id))


def test_a_correction_that_is_taken_back_leaves_no_mark(chair):
    line = chair.desk.archive / chair.topic.key
    (old,) = [path.parent.name for path in line.glob("*/issue.json")]
    decision = editing.correct(chair, old, told_keys(chair, old)[0], NOTE)
    editing.undo(chair, str(decision.id))

    assert NOTE.en not in (line / old / "index.html").read_text("utf-8")
    assert not chair.made().issue.corrections or NOTE not in [c.text for c in chair.made().issue.corrections]


def told_keys(chair, issue):
    return [line.key for line in issues.document(chair.desk.database, chair.topic.key, issue).figures]


def test_a_reading_that_the_editor_trusts_stands_in_the_issue_being_made(chair):
    doubted = next(fact for fact in chair.made().update.facts if len({w.figure.surface for w in fact.witnesses}) > 1)
    surface = doubted.witnesses[-1].figure.surface
    editing.confirm(chair, doubted.key, surface, "the bureau told us")
    fact = next(fact for fact in chair.made().update.facts if fact.key == doubted.key)

    assert fact.status is Status.CONFIRMED
    assert fact.quantity == doubted.witnesses[-1].figure.quantity
    with pytest.raises(UsageError, match="wrote"):
        editing.confirm(chair, doubted.key, "7")
    with pytest.raises(UsageError, match="no figure"):
        editing.confirm(chair, "nothing", "7")


def test_every_act_stands_in_the_log_with_who_and_when(chair):
    first, second = stories(chair)[:2]
    editing.move(chair, second, "first")
    editing.annotate(chair, first, Bilingual("", "待核"))
    editing.merge(chair, second, first)
    found = [deed for deed in log(chair.desk.database) if deed.who == chair.who]

    assert [(d.who, d.action, d.subject) for d in found] == [
        ("ann@example.org", "merge", second), ("ann@example.org", "note", first), ("ann@example.org", "order", second)
    ]  # fmt: skip
    assert {d.at for d in found} == {chair.now}
    assert [d.text.en for d in decisions.every(chair.desk.database, chair.topic.key, "weekly") if d.act == "note"] == [
        "待核"
    ]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda c: editing.merge(c, "s0", "s1"), "no story 's0'"),
        (lambda c: editing.merge(c, stories(c)[0], stories(c)[0]), "with itself"),
        (lambda c: editing.split(c, stories(c)[0], "https://example.org/none"), "is no article of story"),
        (lambda c: editing.move(c, "s0", "up"), "no story 's0'"),
        (lambda c: editing.move(c, stories(c)[0], "sideways"), "is no move"),
        (lambda c: editing.annotate(c, "s0", NOTE), "no story 's0'"),
        (lambda c: editing.annotate(c, stories(c)[0], Bilingual(" ", "")), "no words"),
        (lambda c: editing.correct(c, "2020-01-01", "x", NOTE), "no issue '2020-01-01'"),
        (lambda c: editing.judge(c, "https://example.org/none", keep=True), "was never seen"),
        (lambda c: editing.undo(c, "99"), "no decision '99'"),
    ],
)
def test_what_cannot_be_done_is_said_in_words_and_noted_nowhere(chair, act, told):
    with pytest.raises(UsageError, match=told):
        act(chair)
    assert chair.who not in {deed.who for deed in log(chair.desk.database)}


def lines_of(chair):
    return {fact.key: fact for fact in ledger_of(chair)}


def test_two_lines_that_are_joined_are_one_in_the_ledger_until_it_is_taken_back(chair):
    before = lines_of(chair)
    gone, kept = next((one, alike(one, tuple(before.values()))[0]) for one in before.values() if one.witnesses)
    decision = editing.join_lines(chair, gone.key, kept.key, "one report")
    after = lines_of(chair)

    assert gone.key not in after
    assert set(after[kept.key].witnesses) == {*kept.witnesses, *gone.witnesses}
    assert after[kept.key].note == "one report"
    assert gone.key not in {fact.key for fact in chair.made().update.facts}
    assert decision.id in {d.id for d in chair.standing()}
    assert log(chair.desk.database)[0].action == "join"
    editing.undo(chair, str(decision.id))
    assert lines_of(chair) == before


def test_a_line_that_the_next_issue_adds_is_joined_to_a_known_one_before_and_after_it_comes_out(chair):
    known, made = lines_of(chair), chair.made()
    told = {line.key for line in made.issue.figures}
    fresh = next(fact for fact in made.update.facts if fact.key not in known and fact.key in told)
    into = alike(fresh, tuple(known.values()))[0]
    with pytest.raises(UsageError, match="not in the ledger yet"):
        editing.join_lines(chair, into.key, fresh.key)
    first = editing.join_lines(chair, fresh.key, into.key)
    assert fresh.key not in {line.key for line in chair.made().issue.figures}
    editing.undo(chair, str(first.id))
    assert lines_of(chair) == known
    assert fresh.key in {line.key for line in chair.made().issue.figures}

    second = editing.join_lines(chair, fresh.key, into.key)
    out(chair)
    assert fresh.key not in lines_of(chair)
    assert set(fresh.witnesses) <= set(lines_of(chair)[into.key].witnesses)
    editing.undo(chair, str(second.id))
    assert lines_of(chair)[fresh.key] == fresh
    assert not set(fresh.witnesses) & set(lines_of(chair)[into.key].witnesses)


def test_the_likest_lines_come_first_and_words_of_both_languages_find_the_others(chair):
    lines = every_line(ledger_of(chair), chair.made().update.facts)
    one = next(fact for fact in lines if fact.quantity.kind == "money")
    twin = replace(one, key="twin|x|")
    others = alike(one, (*lines, twin))

    assert others[0] == twin
    assert one not in others
    assert {fact.quantity.unit for fact in others} == {one.quantity.unit}
    assert one in named(lines, one.label.en.upper())
    assert one in named(lines, one.label.zh)
    assert named(lines, "") == lines
    assert named(lines, "nowheretobefound") == ()


def test_the_line_that_others_were_joined_to_is_called_to_mind_from_a_long_ledger(chair, monkeypatch):
    monkeypatch.setattr(recall, "LINES", 0)
    remembered = Remembered(chair.desk.database, chair.topic.key, "weekly")
    kept = next(
        fact for fact in remembered.facts() if fact.key not in {f.key for f in of_baseline(chair.topic.baseline)}
    )
    said = [Decision(chair.now, "ann", Act.JOIN, "gone||", (kept.key, ""))]

    assert kept not in recall.facts_near(remembered, chair.topic.baseline, ())
    assert kept in recall.facts_near(remembered, chair.topic.baseline, (), said)
