"""The editor's word on the ledger."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from briefing.errors import UsageError
from briefing.figures import resolve
from briefing.model.article import Part
from briefing.model.decision import Act, Decision
from briefing.model.fact import Evidence, Fact, Finding, Outcome, Rule, Status, Witness
from briefing.model.figure import Figure, Kind, Quantity
from briefing.model.judgement import LedgerUpdate, Sighting
from briefing.model.source import Tier
from briefing.model.text import Bilingual


def money(amount):
    return Quantity(Decimal(amount), Decimal(amount), Decimal("0.5"), "CNY", Kind.MONEY, "CNY")


def witness(article, amount, day=1):
    figure = Figure(money(amount), str(amount), Part.TEXT, 0, 3, 0)
    return Witness(article, article.upper(), Tier.NEWSROOM, "", datetime(2024, 7, day, tzinfo=UTC), figure, str(amount))


def fact(key, *witnesses, findings=()):
    return Fact(key, Bilingual(key, key), witnesses[0].figure.quantity, witnesses, Status.SCALE_SLIP, findings)


FINDING = Finding(
    Rule.SLIP, Outcome.FAILS, Bilingual("x", "x"), (Evidence("a", "A", "", "248"), Evidence("b", "B", "", "2480"))
)
FACTS = (fact("one", witness("a", 248), witness("b", 2480, 2), findings=(FINDING,)), fact("two", witness("c", 248, 3)))


def test_a_confirmed_reading_is_the_one_shown_and_others_stay():
    found = resolve.confirm(FACTS, "one", money(2480), "seen in the report")[0]
    assert (found.quantity.amount, found.status, found.note) == (2480, Status.CONFIRMED, "seen in the report")
    assert len(found.witnesses) == 2
    assert resolve.confirm(FACTS, "one", money(248))[0].note == ""


def test_a_reading_that_nobody_gives_cannot_be_confirmed():
    with pytest.raises(UsageError, match="no witness"):
        resolve.confirm(FACTS, "one", money(5))


def test_two_lines_become_one_with_all_witnesses_oldest_first():
    (found,) = resolve.merge(FACTS, "one", "two")
    assert found.key == "two"
    assert [w.article for w in found.witnesses] == ["a", "b", "c"]
    assert [f.key for f in found.findings] == ["two"]


def test_a_line_is_not_merged_with_itself_or_with_nothing():
    with pytest.raises(UsageError, match="itself"):
        resolve.merge(FACTS, "one", "one")
    with pytest.raises(UsageError, match="no figure 'three'"):
        resolve.merge(FACTS, "three", "one")


def test_a_line_becomes_two_and_findings_about_both_fall_away():
    first, _, second = resolve.split(FACTS, "one", frozenset({"b"}), "three", Bilingual("other", "另一"))
    assert [w.article for w in first.witnesses] == ["a"]
    assert (second.key, second.label.zh, second.quantity.amount, second.status) == ("three", "另一", 2480, Status.NEW)
    assert first.findings == second.findings == ()


def test_a_split_leaves_somebody_on_both_sides_and_takes_a_free_key():
    with pytest.raises(UsageError, match="both sides"):
        resolve.split(FACTS, "one", frozenset({"a", "b"}), "three", Bilingual("o", "o"))
    with pytest.raises(UsageError, match="already"):
        resolve.split(FACTS, "one", frozenset({"b"}), "two", Bilingual("o", "o"))


def test_two_outlets_on_one_side_still_confirm_each_other():
    facts = (fact("one", witness("a", 248), witness("b", 248), witness("c", 5)),)
    first, _ = resolve.split(facts, "one", frozenset({"c"}), "two", Bilingual("o", "o"))
    assert first.status is Status.CONFIRMED


def test_an_editors_trust_is_laid_over_the_lines_of_an_issue_that_hold_the_reading():
    one, other = fact("a", witness("x", 2), witness("y", 3)), fact("b", witness("x", 2))
    update = LedgerUpdate((one, other), (), ())
    written = one.witnesses[1].figure.surface
    said = [
        Decision(datetime(2024, 1, 1, tzinfo=UTC), "ann", Act.CONFIRM, key, (surface,))
        for key, surface in (("a", written), ("b", "nobody wrote it"), ("c", written))
    ]
    found = resolve.decided(update, said)

    assert found.facts[0].quantity == one.witnesses[1].figure.quantity
    assert found.facts[0].status is Status.CONFIRMED
    assert found.facts[1] == other


def plain(key, *witnesses):
    return replace(fact(key, *witnesses), status=Status.NEW)


def test_lines_that_agree_confirm_each_other_and_those_that_do_not_are_in_conflict():
    one, same, other = plain("one", witness("a", 248)), plain("two", witness("b", 248)), plain("three", witness("c", 5))

    assert resolve.merge((one, same), "two", "one")[0].status is Status.CONFIRMED
    assert resolve.merge((one, other), "three", "one")[0].status is Status.CONTRADICTED
    assert resolve.merge((one, replace(same, status=Status.CHANGED)), "two", "one")[0].status is Status.CHANGED
    assert resolve.merge((one, plain("two", witness("a", 248, 2))), "two", "one")[0].status is Status.NEW


def test_what_was_merged_is_parted_as_it_was():
    assert set(resolve.unmerge(resolve.merge(FACTS, "one", "two"), *FACTS)) == set(FACTS)


def test_a_line_keeps_what_it_learnt_since_when_another_is_taken_out_of_it():
    (merged,) = resolve.merge(FACTS, "one", "two")
    later = replace(merged, witnesses=(*merged.witnesses, witness("d", 248, 9)), status=Status.CONFIRMED)
    back, gone = resolve.unmerge((later,), *FACTS)

    assert gone == FACTS[0]
    assert [w.article for w in back.witnesses] == ["c", "d"]
    assert (back.findings, back.status, back.quantity.amount) == ((), Status.CONFIRMED, 248)
    (same, _) = resolve.unmerge((replace(later, status=merged.status, quantity=money(2480)),), *FACTS)
    assert (same.status, same.quantity.amount) == (FACTS[1].status, 248)


def test_a_line_that_has_come_back_meanwhile_is_not_overwritten():
    with pytest.raises(UsageError, match="again"):
        resolve.unmerge((*resolve.merge(FACTS, "one", "two"), FACTS[0]), *FACTS)


def joined(update, into, known=(), note=""):
    said = Decision(datetime(2024, 7, 9, tzinfo=UTC), "ann", Act.JOIN, "new", (into, note))
    return resolve.decided(update, [said], known)


def test_a_new_line_is_entered_under_the_one_that_the_editor_joined_it_to():
    new, known = plain("new", witness("n", 248, 8)), plain("known", witness("a", 248))
    seen = (Sighting("n", 0, "new", Status.NEW), Sighting("n", 1, "else", Status.NEW))
    update = LedgerUpdate((new,), seen, (replace(FINDING, key="new"), FINDING))
    after = joined(update, "known", (known,), "one report")

    assert [(f.key, f.status, f.note) for f in after.facts] == [("known", Status.CONFIRMED, "one report")]
    assert [(s.key, s.status) for s in after.sightings] == [("known", Status.CONFIRMED), ("else", Status.NEW)]
    assert [f.key for f in after.findings] == ["known", ""]


def test_another_value_under_a_joined_line_stays_new_to_the_reader():
    new, known = plain("new", witness("n", 5, 8)), plain("known", witness("a", 248))
    update = LedgerUpdate((new, known), (Sighting("n", 0, "new", Status.NEW),), ())

    assert joined(update, "known").sightings[0].status is Status.NEW
    assert [f.key for f in joined(update, "known").facts] == ["known"]
    assert joined(update, "nowhere").facts == update.facts
