"""What would mislead or fail stops an issue; what is only unkind is said."""

from dataclasses import replace

import pytest

from briefing.desk import proof
from briefing.desk.publishing import publish
from briefing.errors import ArchiveError
from briefing.store import issues


def test_an_issue_as_it_is_made_has_no_flaw_that_stops_it(chair):
    made = chair.made()
    found = proof.flaws(chair.desk, made.issue, frozenset(r.article.link for r in made.readings))

    assert not [flaw for flaw in found if flaw.stops]


def test_a_number_without_its_words_stops_the_issue(chair):
    made = chair.made()
    line = made.issue.figures[0]
    bare = tuple(replace(witness, quote="nothing of the kind") for witness in line.witnesses)
    figures = (replace(line, witnesses=bare, against=()), *made.issue.figures[1:])
    spoiled = replace(made, issue=replace(made.issue, figures=figures))

    with pytest.raises(ArchiveError, match="no quoted place"):
        publish(chair.desk, spoiled)
    assert issues.document(chair.desk.database, chair.topic.key, made.issue.id) is None


def test_a_link_to_nothing_stops_it_and_a_long_subject_does_not(chair):
    found = proof.flaws(chair.desk, chair.made().issue, frozenset())

    assert any(flaw.stops and "leads to no article" in flaw.text.en for flaw in found)
    assert all(flaw.text.en and flaw.text.zh for flaw in found)


def test_what_is_wrong_with_the_letter_is_said(chair, monkeypatch):
    monkeypatch.setattr(proof, "MOST_HTML", 1)
    monkeypatch.setattr(proof, "LONGEST_SUBJECT", 1)
    templates = chair.desk.folder / "templates"
    templates.mkdir(exist_ok=True)
    (templates / "issue-preheader.txt").write_text("{{ '{{' }} left", encoding="utf-8")
    made = chair.made()
    found = proof.flaws(chair.desk, made.issue, frozenset(r.article.link for r in made.readings))

    assert {flaw.text.en.split()[1] for flaw in found if not flaw.stops} == {"letter", "subject"}
    assert [flaw.text.en for flaw in found if flaw.stops] == ["A template left a mark of its own in the letter."]
