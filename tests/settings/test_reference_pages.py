"""The reference pages name every key of every file, and no other; every example in them is read."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from briefing.settings import load_desk
from briefing.settings.baselinefile import ArticlePart, FactPart, FigurePart, LabelPart
from briefing.settings.deskfile import SECRETS, SECTIONS, ChannelPart, EditionPart, Settings
from briefing.settings.glossaryfile import EntityPart, GlossaryFile, KickerPart, MeasurePart
from briefing.settings.sourcesfile import FieldsPart, SelectorsPart, SourcePart
from briefing.settings.topicfile import RelevancePart, TermPart, TopicEdition, TopicFile, TopicPart

PAGES = Path(__file__).parent.parent.parent / "docs" / "reference"
TABLES = [
    *(("desk-file", f"[{name}]", shape) for name, shape in SECTIONS.items()),
    ("desk-file", "[[edition]]", EditionPart),
    ("desk-file", "[[channel]]", ChannelPart),
    ("topic-file", "[topic]", TopicPart),
    ("topic-file", "[relevance]", RelevancePart),
    ("topic-file", "[[term]]", TermPart),
    ("topic-file", "[[edition]]", TopicEdition),
    ("topic-file", "[[source]]", SourcePart),
    ("topic-file", "[source.selectors]", SelectorsPart),
    ("topic-file", "[source.fields]", FieldsPart),
    ("glossary-file", "[entities]", EntityPart),
    ("glossary-file", "[[measure]]", MeasurePart),
    ("glossary-file", "[[kicker]]", KickerPart),
    ("baseline-file", "[[article]]", ArticlePart),
    ("baseline-file", "[[article.figure]]", FigurePart),
    ("baseline-file", "[[fact]]", FactPart),
    ("baseline-file", "[[label]]", LabelPart),
]


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next."""
    start = re.search(rf"^#+ `{re.escape(heading)}`", text, re.MULTILINE)
    assert start, heading
    return re.split(r"^#+ ", text[start.end() :], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize(("name", "heading", "shape"), TABLES, ids=lambda value: str(value).split(".")[-1])
def test_a_table_names_every_key_and_no_other(name: str, heading: str, shape: type[BaseModel]):
    rows = re.findall(r"^\| (`.*?`) \|", section(page(name), heading), re.MULTILINE)
    assert sorted(shape.model_fields) == sorted(key for row in rows for key in re.findall(r"`(\w+)`", row))


def test_every_default_of_the_desk_file_that_is_a_number_or_text_is_the_true_one():
    for name, shape in SECTIONS.items():
        for key, default in re.findall(
            r"^\| `(\w+)` \| `(.*?)` \|", section(page("desk-file"), f"[{name}]"), re.MULTILINE
        ):
            value = shape.model_fields[key].default
            shown = str(value).lower() if isinstance(value, bool) else str(value).removesuffix(".0")
            assert shown == default, key


def test_every_secret_is_named():
    text = page("desk-file")
    for name in SECRETS:
        assert f"`BRIEFING_{name.upper()}`" in text


def test_every_table_of_the_files_has_a_heading():
    for name, shape in (("desk-file", Settings), ("topic-file", TopicFile), ("glossary-file", GlossaryFile)):
        for key in shape.model_fields:
            if key not in {"secrets", "folder"}:
                assert re.search(rf"`\[{{0,2}}{key}\]{{0,2}}`", page(name)), key


def test_the_examples_are_read(tmp_path):
    for name in ("desk-file", "topic-file", "glossary-file"):
        (example,) = re.findall(r"```toml\n(.*?)```", page(name), re.DOTALL)
        values = tomllib.loads(example)
        if name == "desk-file":
            (tmp_path / "desk.toml").write_text(example, encoding="utf-8")
            assert load_desk(tmp_path, {}).desk.name == "Data Finance Desk"
        elif name == "topic-file":
            assert TopicFile.model_validate(values).topic.name.zh == "桥梁"
        else:
            assert GlossaryFile.model_validate(values).measure[0].key == "deposit"
