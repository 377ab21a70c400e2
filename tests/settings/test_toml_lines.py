"""Where a key stands: every form of table, key and value that TOML has."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.settings.lines import line_of, lines_in

TEXT = '''\
# a comment with = and [brackets]
title = "审计 # no comment"

[a.b]
"quoted key" = 1
dotted.key = [1, 2,
  3, { x = 1, y = [ "]" ] },
]

[[list]]
name = """
two = lines
"""
at = 08:00:00
[list.inner]
z = 'literal "quote"'

[[list]]
matrix = [[1, 2],
  [3, 4]]

[[list.deep]]
k = 1.5
[[list.deep]]
k = 2024-06-25T08:00:00+08:00
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("a", "b"), 4),
        (("a", "b", "quoted key"), 5),
        (("a", "b", "dotted", "key"), 6),
        (("a", "b", "dotted", "key", 1), 6),
        (("a", "b", "dotted", "key", 2), 7),
        (("a", "b", "dotted", "key", 3, "x"), 7),
        (("a", "b", "dotted", "key", 3, "y", 0), 7),
        (("list", 0), 10),
        (("list", 0, "name"), 11),
        (("list", 0, "at"), 14),
        (("list", 0, "inner"), 15),
        (("list", 0, "inner", "z"), 16),
        (("list", 1), 18),
        (("list", 1, "matrix", 0, 1), 19),
        (("list", 1, "matrix", 1, 0), 20),
        (("list", 1, "deep", 0, "k"), 23),
        (("list", 1, "deep", 1, "k"), 25),
    ],
)
def test_every_key_and_element_has_its_line(path, line):
    assert lines_in(TEXT)[path] == line


def test_a_key_that_is_not_there_takes_the_line_of_the_table_around_it():
    lines = lines_in(TEXT)
    assert line_of(lines, ("list", 1, "missing")) == 18
    assert line_of(lines, ("nowhere",)) == 1


def paths_of(value: object, path: tuple[str | int, ...] = ()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from paths_of(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield (*path, number)
            yield from paths_of(inner, (*path, number))


def test_every_path_that_tomllib_reads_has_a_line():
    lines = lines_in(TEXT)
    for path in paths_of(tomllib.loads(TEXT)):
        assert path in lines or path[:-1] in lines


@given(st.text(alphabet="ab=[]{},.\"'\n# 1審计\\", max_size=80))
def test_no_text_breaks_the_search_for_lines(text):
    for line in lines_in(text).values():
        assert 1 <= line <= text.count("\n") + 1
