"""A topic's four files: read into the model, or refused with every fault."""

from pathlib import Path

import pytest

from briefing.errors import SettingsError
from briefing.model.text import Bilingual
from briefing.model.topic import EntityKind
from briefing.settings import load_topic, topics_in

TOPIC = """\
[topic]
name = { en = "Bridges", zh = "桥梁" }
about = { en = "Bridges that close", zh = "封闭的桥梁" }

[relevance]
required = [["@river-office", "Bridge*"]]

[[term]]
words = ["Bridge*", "桥"]
weight = 1.0
contexts = ["CLOSED", "封闭"]

[[edition]]
name = "weekly"
rhythm = "weekly"
at = 08:00:00
zone = "Asia/Shanghai"
"""
GLOSSARY = """\
pairs = [["toll", "过路费"]]
[entities]
institution = [
  { key = "river-office", en = "River Office", zh = "河务局", aliases = ["RO"] },
]
[[measure]]
key = "toll"
en = "toll"
zh = "过路费"
cues = ["Toll", "过路费"]
"""


def written(folder: Path, **files: str) -> Path:
    topic = folder / "bridges"
    topic.mkdir(exist_ok=True)
    for name, text in {"topic": TOPIC, "glossary": GLOSSARY, **files}.items():
        (topic / f"{name}.toml").write_text(text, encoding="utf-8")
    return topic


def faults_of(folder: Path, **files: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_topic(written(folder, **files), str.lower)
    return caught.value.faults


def test_words_are_folded_names_and_references_are_not(tmp_path):
    topic = load_topic(written(tmp_path), str.lower)
    assert topic.key == "bridges"
    assert topic.name == Bilingual("Bridges", "桥梁")
    assert topic.relevance.terms[0].words == ("bridge*", "桥")
    assert topic.relevance.terms[0].contexts == ("closed", "封闭")
    assert topic.relevance.required == (("@river-office", "bridge*"),)
    entity = topic.glossary.entities[0]
    assert (entity.kind, entity.name.en, entity.aliases) == (EntityKind.INSTITUTION, "River Office", ("ro",))
    assert topic.glossary.measures[0].cues == ("toll", "过路费")
    assert topic.glossary.pairs == (Bilingual("toll", "过路费"),)


def test_a_topic_needs_only_its_topic_file(tmp_path):
    topic = written(tmp_path, topic=TOPIC.replace('"@river-office", ', ""))
    (topic / "glossary.toml").unlink()
    assert load_topic(topic, str.lower).sources == ()


@pytest.mark.parametrize("folder", topics_in(Path("/nowhere")), ids=lambda folder: folder.name)
def test_every_packaged_topic_loads(folder):
    topic = load_topic(folder, str.lower)
    assert topic.relevance.terms
    assert topic.editions
