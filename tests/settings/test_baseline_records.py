"""Baseline records: read, refused, and written again as they were."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SettingsError
from briefing.model.article import Part
from briefing.model.fact import Witness
from briefing.model.figure import Approximation, Change, Figure, Kind, Quantity
from briefing.model.source import Tier
from briefing.model.text import Language
from briefing.model.topic import BaselineArticle
from briefing.settings import baseline_toml, load_topic, with_article

TOPIC = """\
[topic]
name = { en = "Bridges", zh = "桥梁" }
about = { en = "Bridges that close", zh = "封闭的桥梁" }
[[term]]
words = ["bridge"]
weight = 1.0
"""
ARTICLE = """\
[[article]]
key = "a"
title = "A bridge closes"
outlet = "Town Post"
address = "https://post.example/a"
published = 2024-07-16
language = "en"
"""


def loaded(folder: Path, text: str):
    (folder / "topic.toml").write_text(TOPIC, encoding="utf-8")
    (folder / "baseline.toml").write_text(text, encoding="utf-8")
    return load_topic(folder, str.lower).baseline


def faults_of(folder: Path, text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        loaded(folder, text)
    return [fault.partition("baseline.toml:")[2] for fault in caught.value.faults]


def witness(article: str, figure: Figure) -> Witness:
    return Witness(
        article=article,
        outlet="Town Post",
        tier=Tier.NEWSROOM,
        address="https://post.example/a",
        published=datetime(2024, 7, 16, tzinfo=UTC),
        figure=figure,
        quote=figure.surface,
        issue="baseline",
    )


def record(key: str, title: str = "A bridge closes", *figures: Figure, sketch: tuple[int, ...] = ()) -> BaselineArticle:
    return BaselineArticle(
        key=key,
        title=title,
        outlet="Town Post",
        address="https://post.example/a",
        published=date(2024, 7, 16),
        language=Language.EN,
        sketch=sketch,
        shingles=len(sketch) * 16,
        witnesses=tuple(witness(key, figure) for figure in figures),
        keys=tuple("toll|bridge|2024" if number == 0 else "" for number, _ in enumerate(figures)),
    )


TOLL = Figure(
    Quantity(Decimal("2.48E+8"), Decimal("2.48E+8"), Decimal(500000), "CNY", Kind.MONEY, "CNY", Approximation.ABOUT),
    "约2.48亿元", Part.TEXT, 4, 11, 1, "toll", "bridge", "2024", -1, 'the "mayor"',
)  # fmt: skip
RANGE = Figure(
    Quantity(Decimal(3), Decimal("4.5"), Decimal("0.5"), "cars", Kind.COUNT, "", Approximation.EXACT, Change.UP_BY),
    "3 to 4.5 cars", Part.TITLE, 0, 13, 0, twin=0,
)  # fmt: skip


def test_a_record_reads_as_it_was_written(tmp_path):
    article = record("a", 'Say "bridge"\\ 桥', TOLL, RANGE, sketch=(1, 2**64 - 1))
    assert loaded(tmp_path, baseline_toml(article)).articles == (article,)


def test_a_record_with_no_sketch_and_no_figure_reads_as_it_was_written(tmp_path):
    assert loaded(tmp_path, baseline_toml(record("a"))).articles == (record("a"),)


@given(
    title=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    hashes=st.frozensets(st.integers(0, 2**64 - 1), max_size=20),
    low=st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15),
)
def test_any_title_sketch_and_amount_survives(tmp_path_factory, title, hashes, low):
    folder = tmp_path_factory.mktemp("desk")
    quantity = Quantity(low, low, Decimal(0), "CNY", Kind.MONEY, "CNY")
    figure = Figure(quantity, title, Part.SUMMARY, 0, 1, 0, title, title, title)
    article = record("a", title, figure, sketch=tuple(sorted(hashes)))
    assert loaded(folder, baseline_toml(article)).articles == (article,)


def test_a_new_record_stands_before_the_facts_and_their_comment(tmp_path):
    facts = '# What is known.\n\n[[fact]]\nkey = "f"\nen = "e"\nzh = "z"\narticles = ["b"]\n'
    text = with_article(f"# The file.\n\n{ARTICLE}\n{facts}", record("b"))
    assert text.startswith(f"# The file.\n\n{ARTICLE}")
    assert text.endswith(facts)
    assert [article.key for article in loaded(tmp_path, text).articles] == ["a", "b"]


def test_a_record_in_an_empty_file_or_at_the_end_of_one(tmp_path):
    assert loaded(tmp_path, with_article("", record("a"))).articles == (record("a"),)
    both = with_article(ARTICLE, record("b"))
    assert [article.key for article in loaded(tmp_path, both).articles] == ["a", "b"]


def test_a_record_of_the_same_key_takes_the_place_of_the_old_one_and_nothing_else_moves(tmp_path):
    second, third = (ARTICLE.replace('"a"', f'"{key}"') for key in "bc")
    text = f"# first\n{ARTICLE}\n# second\n{second}\n# third\n{third}"
    changed = with_article(text, record("b", "New words", TOLL))
    titles = [article.title for article in loaded(tmp_path, changed).articles]
    assert titles == ["A bridge closes", "New words", "A bridge closes"]
    assert changed.startswith(f"# first\n{ARTICLE}\n# second\n")
    assert changed.endswith(f"# third\n{third}")
    assert with_article(changed, record("b", "New words", TOLL)) == changed


def test_faults_of_a_baseline_name_figure_and_fact(tmp_path):
    fact = '[[fact]]\nkey = "f"\nen = "e"\nzh = "z"\narticles = ["a"]\n'
    figure = '[[article.figure]]\nsurface = "x"\nunit = "CNY"\nkind = "money"\n'
    faults = faults_of(
        tmp_path,
        ARTICLE
        + figure
        + figure + 'low = "1"\n'
        + figure + 'value = "1"\ntwin = 3\n'
        + figure + 'value = "1"\ntwin = 3\n'
        + ARTICLE
        + fact.replace('["a"]', '["aa"]')
        + fact,
    )  # fmt: skip
    assert [fault.partition(": ")[2] for fault in faults] == [
        "article[2].key: 'a' stands twice; first as number 1",
        "fact[2].key: 'f' stands twice; first as number 1",
        "fact[1].articles[1]: 'aa' is the key of no article; did you mean 'a'?",
        "article[1].figure[1]: needs either value, or low and high",
        "article[1].figure[2]: needs both low and high",
        "article[1].figure[4].twin: there is no other figure at 3; the first one is 0",
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('sketch = "12"', "should hold hashes of 16 hexadecimal digits"),
        ("published = 2024-07-16T00:00:00", "should be a valid date"),
        ('tier = "trusted"', "should be 'official', 'newsroom', 'partisan' or 'unknown'"),
        (
            '[[article.figure]]\nsurface = "x"\nunit = "CNY"\nkind = "money"\nvalue = "1e9"',
            "should be a number in digits",
        ),
        ('[[article.figure]]\nsurface = "x"\nunit = "CNY"\nkind = "money"\nvalue = 1.5', "should be a valid string"),
        (
            '[[fact]]\nkey = "f"\nen = "e"\nzh = "z"\narticles = []\nwhen = "June 2024"',
            "should be a day, month or year",
        ),
    ],
)
def test_a_wrong_value_is_refused_in_words(tmp_path, line, message):
    text = ARTICLE.replace("published = 2024-07-16\n", "") if line.startswith("published") else ARTICLE
    (fault,) = faults_of(tmp_path, text + line + "\n")
    assert message in fault
