"""The editor's word on the ledger."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from briefing.errors import UsageError
from briefing.figures import resolve
from briefing.model.article import Part
from briefing.model.decision import Act, Decision
from briefing.model.fact import Evidence, Fact, Finding, Outcome, Rule, Status, Witness
from briefing.model.figure import Figure, Kind, Quantity
from briefing.model.judgement import LedgerUpdate
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
