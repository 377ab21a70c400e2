"""The reference is complete and current: commands, errors, failures, issue.json; every link leads somewhere."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from briefing import errors
from briefing.model.entry import FailureReason
from briefing.model.fact import Finding, Outcome, Rule, Status
from briefing.model.issue import SCHEMA, Counts, Development, HealthState, Issue, KeyFigure, LeftOut
from briefing.settings.places import TOPIC_FILES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "archive" / "README.md"])
LINK = re.compile(r"!?\[[^\]]*\]\((?P<plain>[^)\s]+)\)|<img src=\"(?P<drawn>[^\"]+)\"")


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def page(name: str) -> str:
    return (DOCS / "reference" / f"{name}.md").read_text("utf-8")


def section(text: str, heading: str) -> str:
    return re.split(r"^## ", text.split(f"## {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(text: str) -> list[str]:
    """What stands in the first cell of each row, in code type."""
    cells = re.findall(r"^\| (`[^|]+`) \|", text, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def anchors(text: str) -> set[str]:
    """The places within a page that a link may name."""
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", re.sub(r"<.*?>", "", head).strip().lower()).replace(" ", "-") for head in heads}
    return made | set(re.findall(r'<a id="(.*?)">', text))


def links(text: str) -> list[str]:
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    found = [plain or drawn for plain, drawn in LINK.findall(prose)]
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def test_the_made_pages_are_current(renew):
    """`make docs` renews them."""
    stale = [named(path) for path, text in renew.pages().items() if path.read_text("utf-8") != text]

    assert stale == []


def test_every_command_has_its_help_in_the_reference(renew):
    text = page("commands")
    missing = [name for name in renew.COMMANDS if f"\n## briefing {name}\n" not in text]

    assert missing == []


def test_every_error_is_in_the_reference_and_no_other():
    classes = [name for name, value in vars(errors).items() if isinstance(value, type)]

    assert sorted(classes) == sorted(rows(page("errors").split("## When", 1)[0]))


def test_every_way_a_source_can_fail_is_in_the_reference():
    assert sorted(FailureReason) == sorted(rows(section(page("errors"), "When a source fails")))


def test_every_state_of_a_source_is_in_the_reference():
    assert sorted(HealthState) == sorted(rows(section(page("errors"), "When a source answers and still tells nothing")))


def test_every_exit_code_of_the_help_is_in_the_reference():
    from briefing.cli import EXITS  # noqa: PLC0415 - the command line is imported where it is needed

    for code in re.findall(r"\b(\d) ", EXITS):
        assert f"\n| {code} |" in page("exit-codes")


@pytest.mark.parametrize(
    ("heading", "shape"),
    [
        ("The issue", Issue),
        ("`counts`", Counts),
        ("A key figure", KeyFigure),
        ("A finding", Finding),
        ("A development", Development),
        ("What was left out", LeftOut),
    ],
)
def test_every_key_of_an_issue_is_in_the_reference(heading, shape):
    fields = sorted(field.name for field in dataclasses.fields(shape))

    assert fields == sorted(rows(section(page("issue-json"), heading)))


def test_every_word_that_a_figure_or_check_may_bear_is_in_the_reference():
    text = page("issue-json")

    assert [word for kind in (Status, Rule, Outcome) for word in kind if f"`{word}`" not in text] == []


def test_the_version_of_the_shape_is_the_true_one():
    assert f"`schema` is the version, now {SCHEMA}." in page("issue-json")


def test_the_schema_describes_a_published_issue():
    shape = json.loads((DOCS / "reference" / "issue.schema.json").read_text("utf-8"))

    assert set(shape["properties"]) == {field.name for field in dataclasses.fields(Issue)}


def test_every_file_of_a_topic_is_in_the_reference():
    assert [name for name in TOPIC_FILES if f"`feeds/<topic>/{name}`" not in page("files")] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_link_leads_somewhere(path):
    lost = []
    for link in links(path.read_text("utf-8")):
        place, _, anchor = link.partition("#")
        target = (path.parent / place).resolve() if place else path
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            lost.append(link)

    assert lost == []


def test_every_page_can_be_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path not in reached and path.suffix == ".md" and path.exists():
            reached.add(path)
            waiting += [(path.parent / link.partition("#")[0]).resolve() for link in links(path.read_text("utf-8"))]

    assert [named(path) for path in sorted(DOCS.rglob("*.md")) if path not in reached] == []


def test_a_lost_link_would_be_seen():
    text = '[a](b.md) ![c](d.png) [e](https://news.example/) <img src="h.png" width="9">\n```md\n[f](g.md)\n```\n'

    assert links(text) == ["b.md", "d.png", "h.png"]
    assert anchors('# One `two`\n## Three <a id="three-3"></a>\n') == {"one-two", "three", "three-3"}
