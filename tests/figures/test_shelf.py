"""The index of the ledger's lines: it may bring too many, never too few, in the order in which they came."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from briefing.figures import turns
from briefing.figures.book import Line, Names, Reading, Shelf
from briefing.figures.intervals import agree, power
from briefing.model.article import Part
from briefing.model.fact import Fact, Status, Witness
from briefing.model.figure import Approximation, Figure, Kind, Quantity
from briefing.model.source import Tier
from briefing.model.text import Bilingual
from briefing.model.topic import Glossary

SUBJECTS = ("", "Qinghe", "Nanzhou")
AMOUNTS = st.builds(
    lambda digits, power: Decimal(digits).scaleb(power), st.integers(-30, 1300), st.sampled_from([-2, 0, 1, 3, 8, 400])
)
HALVES = st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(50), Decimal(5_000_000)])


def _quantity(amount: Decimal, half: Decimal, approximation: Approximation) -> Quantity:
    return Quantity(amount, amount, half, "CNY", Kind.MONEY, "CNY", approximation)


def _line(number: int, quantity: Quantity, other: Quantity) -> Line:
    def witness(article: int, told: Quantity) -> Witness:
        figure = Figure(told, "1", Part.TEXT, 0, 1, 0)
        published = datetime(2026, 1, 1, tzinfo=UTC)
        return Witness(f"a{article}", "o", Tier.NEWSROOM, "https://o.example/", published, figure, "1")

    witnesses = (witness(number, quantity), witness(number // 2, other))
    key = f"income|{SUBJECTS[number % 3]}|#{number}"
    return Line.of(Fact(key, Bilingual("income", "收入"), quantity, witnesses, Status.NEW))


QUANTITIES = st.builds(_quantity, AMOUNTS, HALVES, st.sampled_from(Approximation))


def _shelf(pairs: list[tuple[Quantity, Quantity]]) -> Shelf:
    shelf = Shelf()
    for number, (one, other) in enumerate(pairs):
        shelf.put(_line(number, one, other))
    return shelf


@given(st.lists(st.tuples(QUANTITIES, QUANTITIES), max_size=12), QUANTITIES)
def test_the_shelf_brings_every_line_that_a_rule_may_want_and_in_order(pairs, asked):
    shelf = _shelf(pairs)
    for found, wanted in (
        (shelf.meeting((asked,)), [k for k in shelf.lines if agree(k.fact.quantity, asked) or k.agreeing(asked)]),
        (shelf.of_digits(asked), [k for k in shelf.lines if power(asked, k.fact.quantity)]),
        (shelf.of_articles(("a1",)), [k for k in shelf.lines if "a1" in {w.article for w in k.fact.witnesses}]),
        (shelf.of_subjects("income", ("Qinghe",), ("a1",)), [k for k in shelf.lines if k.subject == "Qinghe"]),
    ):
        assert [line for line in shelf.lines if line in found] == found
        assert [line for line in found if line in wanted] == wanted


def test_digits_at_the_edge_of_a_power_of_ten_are_found():
    edge = [
        _quantity(Decimal(digits), Decimal(0), Approximation.EXACT) for digits in ("9.98", "1000.1", "99.99", "1E6")
    ]
    shelf = _shelf([(quantity, quantity) for quantity in edge])
    assert len(shelf.of_digits(_quantity(Decimal(1), Decimal(0), Approximation.EXACT))) == len(edge)


def test_far_sizes_and_other_articles_are_not_brought():
    near, far = (_quantity(Decimal(n), Decimal(0), Approximation.EXACT) for n in (2480, 5170))
    shelf = _shelf([(near, near), (far, far)])
    assert [line.fact.quantity for line in shelf.meeting((near,))] == [near]
    assert shelf.meeting(()) == shelf.of_digits(_quantity(Decimal(0), Decimal(0), Approximation.EXACT)) == []
    assert shelf.of_articles(("a9",)) == shelf.of_subjects("cost", ("Qinghe",), ("a0",)) == []


def test_a_line_put_again_keeps_its_place():
    one, other = (_quantity(Decimal(n), Decimal(0), Approximation.EXACT) for n in (2480, 5170))
    shelf = _shelf([(one, one), (one, one)])
    shelf.put(_line(0, other, one))
    assert [line.fact.quantity for line in shelf.meeting((one,))] == [other, one]


def test_nothing_is_no_older_reading_of_an_amount(write):
    figure = Figure(_quantity(Decimal(0), Decimal(0), Approximation.EXACT), "0", Part.TEXT, 0, 1, 0)
    reading = Reading.of(write("Qinghe earned nothing."), (figure,), Names.of(Glossary()))
    assert turns.owned(reading, figure, Shelf()) is None
