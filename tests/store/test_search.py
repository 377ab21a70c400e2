"""Search finds Chinese words of any length, English ones by their beginning, and nothing that is not there."""

import pytest

from briefing.store import search
from briefing.store.connection import opened

TEXTS = (
    ("衡阳再次挂牌", "湖南衡阳市以12.6亿元的底价重新挂牌公共数据特许经营权。", "zh-Hans"),
    ("Hengyang lists again", "The city asks 1.26 billion yuan for its public-data franchise.", "en"),
    ("审计署通报", "审计署说，有关单位已清退9630万元。", "zh-Hans"),
)


@pytest.fixture
def database(tmp_path):
    made = opened(tmp_path / "desk.db")
    with made.transaction():
        for number, (title, text, language) in enumerate(TEXTS):
            search.add(made, search.Document("data", "story", f"s{number}", "i1", language, "2024-08-30", title, text))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("衡阳", ["s0"]),
        ("衡", ["s0"]),
        ("公共数据特许经营权", ["s0"]),
        ("审计", ["s2"]),
        ("清退 审计署", ["s2"]),
        ("franch", ["s1"]),
        ("franchises", ["s1"]),
        ("franchising", ["s1"]),
        ("franchiss", []),
        ("Billion YUAN", ["s1"]),
        ("1.26", ["s1"]),
        ("衡阳 billion", []),
        ("阳衡", []),
        ("", []),
        ('"; DROP TABLE document; --', []),
        ("NEAR(", []),
    ],
)
def test_every_word_must_stand_there(database, wanted, found):
    assert [hit.document.ref for hit in search.find(database, wanted)] == found


def test_filters_narrow_the_search(database):
    assert search.find(database, "数据", language="en") == ()
    assert len(search.find(database, "数据", since="2024-08-30", until="2024-08-30", topic="data", kind="story")) == 1
    assert search.find(database, "数据", since="2024-08-31") == ()


def test_an_excerpt_marks_what_was_found():
    assert search.excerpt("The city asks 1.26 billion yuan", "billion") == "The city asks 1.26 [billion] yuan"
    assert search.excerpt("甲" * 100 + "衡阳" + "乙" * 100, "衡阳") == "…" + "甲" * 60 + "[衡阳]" + "乙" * 60 + "…"
    assert search.excerpt("nothing here", "衡阳") == "nothing here"


def test_a_search_without_filters_finds_what_one_with_filters_does(database):
    for wanted in ("衡阳", "审计", "billion", "9630"):
        plain = search.narrowed(database, wanted, search.Filters(), 10)
        assert plain == search.narrowed(database, wanted, search.Filters(topic="data"), 10)
        assert search.narrowed(database, wanted, search.Filters(), 10, skip=len(plain)) == ()


def test_status_and_outlet_narrow_too(database):
    assert search.narrowed(database, "数据", search.Filters(outlet="Nobody"), 10) == ()
    assert search.narrowed(database, "数据", search.Filters(status="new"), 10) == ()


def test_what_has_the_word_in_its_title_comes_before_what_is_newer(database):
    with database.transaction():
        for number in range(300):
            title = "衡阳再谈数据" if number == 275 else "Nothing of it"
            search.add(
                database, search.Document("data", "left out", f"n{number}", "i2", "en", "2024-09-01", title, "衡阳")
            )

    found = search.narrowed(database, "衡阳", search.Filters(), 3)
    assert [one.ref for one in found] == ["n275", "n299", "n298"]


@pytest.mark.parametrize("filters", [search.Filters(), search.Filters(kind="left out")])
@pytest.mark.parametrize("most", [1, 7, 11, 100, 250])
def test_pages_of_a_search_miss_nothing_and_show_nothing_twice(database, filters, most):
    with database.transaction():
        for number in range(230):
            search.add(
                database, search.Document("data", "left out", f"n{number}", "i2", "en", "2024-09-01", "Title", "wanted")
            )

    seen = [one.ref for skip in range(0, 260, most) for one in search.narrowed(database, "wanted", filters, most, skip)]
    assert sorted(seen) == sorted(f"n{number}" for number in range(230))


def test_the_index_stays_in_few_pieces_and_finds_what_it_found(database):
    for issue in range(40):
        made = [
            search.Document("data", "left out", f"n{issue}-{number}", f"i{issue}", "en", "2024-09-01", "Title", "衡阳")
            for number in range(40)
        ]
        with database.transaction():
            search.add(database, *made)

    (pieces,) = database.connection.execute("SELECT count(DISTINCT segid) FROM document_words_idx").fetchone()
    assert pieces <= 2
    assert len(search.find(database, "衡阳", most=10_000)) == 1_601


def test_one_or_two_letters_are_a_word_and_not_the_beginning_of_all(database):
    assert search.query("a of data") == '"a" AND "of" AND "data"*'
