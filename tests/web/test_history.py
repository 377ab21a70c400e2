from datetime import UTC, datetime
from decimal import Decimal

from briefing.model.fact import Status
from briefing.model.figure import Kind, Quantity
from briefing.model.issue import Counts, Coverage, Development, DevelopmentStatus, Issue, KeyFigure, Role
from briefing.model.source import Tier
from briefing.model.text import Bilingual, Language
from briefing.web.history import by_year, course, difference, record

WHEN = datetime(2024, 9, 1, tzinfo=UTC)


def amount(number):
    return Quantity(Decimal(number), Decimal(number), Decimal(1), "CNY", Kind.MONEY, "CNY")


def line(key, number, status=Status.NEW):
    return KeyFigure(key, Bilingual(key, key), amount(number), str(number), status, ())


def issue(number, *figures, stories=()):
    name = Bilingual("Topic", "主题")
    at = WHEN.replace(day=number)
    return Issue(f"i{number}", number, "t", name, "weekly", "", at, None, "", Counts(), figures, developments=stories)


def article(name, role=Role.INDEPENDENT, copy_of="", day=1):
    return Coverage(name, f"Outlet {name}", Tier.NEWSROOM, Language.EN, name, "", WHEN.replace(day=day), role, copy_of)


def story(*coverage):
    text = Bilingual("A story", "一则报道")
    return Development("s1", "A story", Language.EN, text, DevelopmentStatus.NEW, text, WHEN, (), (), (), coverage)


def test_copies_stand_under_what_they_copied_even_through_another_copy():
    told = issue(
        1,
        stories=(
            story(
                article("wire", Role.WIRE),
                article("a", Role.COPY, "wire"),
                article("b", Role.COPY, "a"),
                article("own", day=2),
            ),
        ),
    )
    found = course("s1", frozenset({"s1"}), (told,))

    assert [(b.origin.article, [c.article for c in b.copies]) for b in found.branches] == [
        ("wire", ["a", "b"]),
        ("own", []),
    ]
    assert found.outlets == 2


def test_copies_of_each_other_and_of_unknown_texts_are_not_lost():
    told = issue(
        1,
        stories=(
            story(
                article("own"),
                article("x", Role.COPY, "y"),
                article("y", Role.COPY, "x"),
                article("z", Role.COPY, "gone"),
            ),
        ),
    )
    found = course("s1", frozenset({"s1"}), (told,))

    assert sorted(c.article for c in found.branches[0].copies) == ["x", "y", "z"]


def test_a_story_with_copies_alone_is_still_told():
    told = issue(1, stories=(story(article("x", Role.COPY, "gone")),))

    assert course("s1", frozenset({"s1"}), (told,)).outlets == 0


def test_a_story_that_no_issue_tells_is_none():
    assert course("s2", frozenset({"s2"}), (issue(1, stories=(story(article("own")),)),)) is None


def test_what_went_and_came_back_is_no_change():
    found = difference(issue(1, line("a", 5)), (issue(2, line("a", 7)),), issue(3, line("a", 5)))

    assert found.figures == ()


def test_the_last_value_counts_against_the_one_that_the_reader_knows():
    found = difference(issue(1, line("a", 5)), (issue(2, line("a", 7)),), issue(3, line("b", 1)))

    assert [(c.key, c.before and c.before.quantity.amount, c.after.quantity.amount) for c in found.figures] == [
        ("a", Decimal(5), Decimal(7)),
        ("b", None, Decimal(1)),
    ]
    assert [c.moved for c in found.figures] == [True, False]


def test_a_line_told_before_the_older_issue_is_known_to_its_reader():
    found = difference(issue(2), (), issue(3, line("a", 7)), earlier=(line("a", 5),))

    assert found.figures[0].before.quantity.amount == 5


def test_a_standing_that_changed_is_a_change_though_the_value_did_not():
    found = difference(issue(1, line("a", 5)), (), issue(2, line("a", 5, Status.CONTRADICTED)))

    assert [c.moved for c in found.figures] == [False]


def test_a_figure_without_a_ledger_line_is_told_from_the_issues():
    found = record("a", (issue(1, line("a", 5)), issue(2, line("b", 6)), issue(3, line("a", 7))), None)

    assert found.quantity.amount == 7
    assert [r.issue.number for r in found.readings] == [1, 3]
    assert [p.quantity.amount for p in found.history] == [5, 7]
    assert found.drawn("en").spots[-1].value
    assert record("c", (issue(1, line("a", 5)),), None) is None


def test_one_reading_draws_no_line():
    assert record("a", (issue(1, line("a", 5)),), None).drawn("zh") is None


def test_years_hold_their_issues_newest_first():
    made = [("a", WHEN), ("b", WHEN.replace(year=2023)), ("c", WHEN.replace(day=5))]

    assert by_year(made) == {2024: ("c", "a"), 2023: ("b",)}
