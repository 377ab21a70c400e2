"""Whatever stands in a file: it is read, or it is refused in words; nothing else."""

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.errors import SettingsError
from briefing.model.text import Language
from briefing.model.topic import BaselineArticle
from briefing.settings import load_desk, load_topic, with_article
from briefing.settings.baselinefile import BaselineFile, baseline_from
from briefing.settings.deskfile import SECTIONS, Settings
from briefing.settings.faults import Page, Strict
from briefing.settings.glossaryfile import GlossaryFile, glossary_from
from briefing.settings.sourcesfile import SourcesFile, sources_from
from briefing.settings.topicfile import TopicFile

SHAPES: tuple[type[Strict], ...] = (Settings, TopicFile, GlossaryFile, SourcesFile, BaselineFile)
NAMES = sorted({name for shape in (*SHAPES, *SECTIONS.values()) for name in shape.model_fields} | {"key", "en", "zh"})
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates() | st.times()
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), VALUES, max_size=5), st.sampled_from(SHAPES))
def test_any_values_are_a_file_or_faults_in_words(values, shape):
    page = Page("x.toml", dict(values))
    found = page.check(shape)
    assert (found is None) == bool(page.faults)
    assert all(fault.startswith("x.toml:1: ") and "\n" not in fault.split(": ")[0] for fault in page.faults)
    if isinstance(found, GlossaryFile):
        glossary_from(found, str.lower, page)
    elif isinstance(found, SourcesFile):
        sources_from(found, page)
    elif isinstance(found, BaselineFile):
        baseline_from(found, page)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="[]{}=\"'#\n .,=-01desknameweb审", max_size=60) | st.binary(max_size=40))
def test_any_bytes_are_a_desk_or_faults_in_words(tmp_path, text):
    (tmp_path / "desk.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "topic.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    for read in (lambda: load_desk(tmp_path, {}), lambda: load_topic(tmp_path, str.lower)):
        with contextlib.suppress(SettingsError):
            read()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["BRIEFING_WEB_PORT", "BRIEFING_DESK_ZONE", "BRIEFING_X", "HOME"]), st.text()))
def test_any_environment_is_settings_or_faults(tmp_path, environment):
    faults = ()
    try:
        load_desk(tmp_path, environment)
    except SettingsError as error:
        faults = error.faults
    assert all(fault.startswith("BRIEFING_") for fault in faults)


def test_a_record_never_breaks_a_file_that_tomllib_refuses(tmp_path: Path):
    (tmp_path / "topic.toml").write_text("[topic\n", encoding="utf-8")
    article = BaselineArticle("a", "t", "o", "https://o.example/a", date(2024, 7, 16), Language.EN, (), 0)
    (tmp_path / "baseline.toml").write_text(with_article("[[article\nkey = ", article), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_topic(tmp_path, str.lower)
    assert len(caught.value.faults) == 2
