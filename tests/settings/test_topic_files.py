"""A topic's four files: read into the model, or refused with every fault."""

from datetime import time
from pathlib import Path

import pytest

from briefing.errors import SettingsError
from briefing.model.source import FieldMap, Selectors, Tier
from briefing.model.text import Bilingual, Language
from briefing.model.topic import Edition, EntityKind, Measure, QuietRule, ReviewRule, Rhythm, Term
from briefing.settings import load_topic, topics_in
from briefing.settings.faults import names_at
from briefing.settings.sourcesfile import SourcesFile

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


def test_every_key_of_a_term_reaches_the_model(tmp_path):
    extra = 'near = 2\nunless = ["Bridge Street"]\nwithout = ["Card"]\nnote = "why"\n'
    other = '[[exclusion]]\nwords = ["Tooth"]\nweight = 0.5\n[[neighbour]]\nwords = ["Ferry"]\nweight = 0.4\n'
    text = TOPIC.replace("[[edition]]", f"{extra}{other}[[edition]]")
    text = text.replace("[relevance]", "[relevance]\nthreshold = 2.0\nadjacent = 1.0\ntitle_factor = 3.0")
    rules = load_topic(written(tmp_path, topic=text), str.lower).relevance
    assert rules.terms == (Term(("bridge*", "桥"), 1.0, ("closed", "封闭"), 2, "why", ("bridge street",), ("card",)),)
    assert (rules.exclusions, rules.neighbours) == ((Term(("tooth",), 0.5),), (Term(("ferry",), 0.4),))
    assert (rules.threshold, rules.adjacent, rules.title_factor) == (2.0, 1.0, 3.0)


def test_every_key_of_an_edition_a_measure_and_a_kicker_reaches_the_model(tmp_path):
    edition = 'weekday = 1\nquiet = "note"\nreview = "hold then skip"\nreview_minutes = 5\ngrace_minutes = 6\n'
    edition += 'languages = ["zh"]\nenabled = false\n'
    measure = 'units = ["CNY"]\nfamily = "tolls"\nnot_with = ["Free"]\n'
    kicker = '[[kicker]]\nen = "Tolls"\nzh = "收费"\ncues = ["TOLL"]\n'
    topic = load_topic(written(tmp_path, topic=TOPIC + edition, glossary=GLOSSARY + measure + kicker), str.lower)
    assert topic.editions == (
        Edition(
            "weekly", Rhythm.WEEKLY, time(8), "Asia/Shanghai", 1, QuietRule.NOTE, ReviewRule.HOLD_THEN_SKIP, 5, 6,
            ("zh",), enabled=False,
        ),
    )  # fmt: skip
    assert topic.glossary.measures == (
        Measure("toll", Bilingual("toll", "过路费"), ("toll", "过路费"), ("CNY",), "tolls", ("free",)),
    )
    assert topic.glossary.kickers == ((Bilingual("Tolls", "收费"), ("toll",)),)


def test_a_topic_needs_only_its_topic_file(tmp_path):
    topic = written(tmp_path, topic=TOPIC.replace('"@river-office", ', ""))
    (topic / "glossary.toml").unlink()
    assert load_topic(topic, str.lower).sources == ()


@pytest.mark.parametrize("folder", topics_in(Path("/nowhere")), ids=lambda folder: folder.name)
def test_every_packaged_topic_loads(folder):
    topic = load_topic(folder, str.lower)
    assert topic.relevance.terms
    assert topic.editions


def test_faults_of_all_four_files_come_together_with_file_line_and_key(tmp_path):
    faults = faults_of(
        tmp_path,
        topic=TOPIC.replace("weight = 1.0", 'wieght = "much"') + 'weekday = 7\nquiet = "silent"\n',
        glossary=GLOSSARY.replace('cues = ["Toll", "过路费"]', "cues = []"),
        sources='[[source]]\nkey = "A B"\nkind = "page"\naddress = "ftp://x"\nzone = "UTC+8"\n',
        baseline='[[fact]]\nkey = "f"\nen = "e"\nzh = ""\narticles = []\n',
    )
    folder = tmp_path / "bridges"
    assert [fault.removeprefix(f"{folder}/") for fault in faults] == [
        "topic.toml:8: term[1].weight: is missing",
        "topic.toml:10: term[1].wieght: unknown key; did you mean 'weight'?",
        "topic.toml:18: edition[1].weekday: should be less than or equal to 6",
        "topic.toml:19: edition[1].quiet: should be 'skip' or 'note'",
        "glossary.toml:10: measure[1].cues: should not be empty",
        "sources.toml:2: source[1].key: should hold small letters, digits, dots and hyphens only",
        "sources.toml:4: source[1].address: should begin with http://, https://, file:///, ./ or /",
        "sources.toml:5: source[1].zone: 'UTC+8' is no time zone; did you mean 'UTC'?",
        "baseline.toml:4: fact[1].zh: should not be empty",
    ]


def test_a_folder_without_a_topic_file_is_no_topic(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match=r"topic\.toml: there is no such file"):
        load_topic(tmp_path / "empty", str.lower)


def test_a_reference_to_a_name_that_the_glossary_lacks_is_a_fault_with_the_nearest_name(tmp_path):
    faults = faults_of(tmp_path, topic=TOPIC.replace("@river-office", "@river-ofice"))
    place = f"{tmp_path}/bridges/topic.toml:6: relevance.required[1][1]"
    assert faults == (f"{place}: '@river-ofice' is no name of the glossary; did you mean 'river-office'?",)


KINDS = """
[kinds]
crossing = ["Bridge", "桥"]
act = ["closed", "封闭"]

[[term]]
words = ["span", "#crossing"]
weight = 0.4
also = [["#act"], ["crossing"]]
"""


def test_a_list_of_kinds_stands_for_its_words_in_any_list_of_a_term(tmp_path):
    folder = written(tmp_path, topic=TOPIC + KINDS)
    term = load_topic(folder, str.lower).relevance.terms[-1]
    assert term.words == ("span", "bridge", "桥")
    assert term.also == (("closed", "封闭"), ("crossing",))


def test_a_list_of_kinds_stands_for_its_words_in_what_is_required(tmp_path):
    folder = written(tmp_path, topic=TOPIC.replace('"@river-office"', '"#crossing"') + KINDS)
    assert load_topic(folder, str.lower).relevance.required == (("bridge", "桥", "bridge*"),)
    (fault,) = faults_of(tmp_path, topic=TOPIC.replace("@river-office", "#crossings") + KINDS)
    assert fault.endswith("relevance.required[1][1]: '#crossings' is no list of [kinds]; did you mean 'crossing'?")


def test_a_list_of_kinds_that_is_missing_is_a_fault_with_the_nearest_name(tmp_path):
    (fault,) = faults_of(tmp_path, topic=TOPIC + KINDS.replace('"#act"', '"#acts"'))
    assert fault.endswith("also[1][1]: '#acts' is no list of [kinds]; did you mean 'act'?")


def test_a_glossary_that_is_faulty_does_not_make_its_names_unknown(tmp_path):
    (fault,) = faults_of(tmp_path, glossary=GLOSSARY.replace('en = "toll"', "en = 1"))
    assert "glossary.toml:8: measure[1].en: should be a valid string" in fault


def test_names_that_stand_twice_or_belong_to_nothing_are_faults(tmp_path):
    place = '  { key = "river-office", en = "a", zh = "甲", within = "river-ofice" },\n'
    faults = faults_of(
        tmp_path,
        glossary=GLOSSARY.replace("]\n[[measure]]", f"]\nplace = [\n{place}]\n[[measure]]")
        + '[[measure]]\nkey = "toll"\nen = "t"\nzh = "费"\ncues = ["t"]\n',
        topic=TOPIC + TOPIC[TOPIC.index("[[edition]]") :],
    )
    assert [fault.partition(": ")[2] for fault in faults] == [
        "edition[2].key: 'weekly' stands twice; first as number 1",
        "measure[2].key: 'toll' stands twice; first as number 1",
        "entities.place[1].key: 'river-office' stands twice",
        "entities.place[1].within: 'river-ofice' is the key of no entity; did you mean 'river-office'?",
    ]


def test_pages_need_selectors_records_need_fields_and_patterns_must_compile(tmp_path):
    faults = faults_of(
        tmp_path,
        sources="""\
[[source]]
key = "a"
kind = "page"
address = "https://a.example/list"
[[source]]
key = "b"
kind = "records"
address = "./b.json"
[[source]]
key = "c"
kind = "page"
address = "file:///srv/c.html"
selectors = { item = "li", link_pattern = "(" }
""",
    )
    assert any("source[3].selectors.link_pattern: is no regular expression" in fault for fault in faults)
    faults = faults_of(
        tmp_path,
        sources='[[source]]\nkey = "a"\nkind = "page"\naddress = "/a"\n' * 2
        + '[[source]]\nkey = "b"\nkind = "records"\naddress = "/b"\n',
    )
    assert [fault.partition("sources.toml:")[2] for fault in faults] == [
        "6: source[2].key: 'a' stands twice; first as number 1",
        "1: source[1]: 'a' is a page and needs [source.selectors]",
        "5: source[2]: 'a' is a page and needs [source.selectors]",
        "9: source[3]: 'b' is a list of records and needs [source.fields]",
    ]


def test_an_unknown_key_deep_in_a_file_is_named_with_the_nearest_one_there(tmp_path):
    text = '[[source]]\nkey = "a"\nkind = "page"\naddress = "/a"\n[source.selectors]\nitem = "li"\ndaet = "span"\n'
    (fault,) = faults_of(tmp_path, sources=text)
    assert fault.endswith("sources.toml:7: source[1].selectors.daet: unknown key; did you mean 'date'?")


def test_where_no_key_is_near_those_that_exist_are_listed(tmp_path):
    (fault,) = faults_of(tmp_path, topic=TOPIC.replace("[relevance]", "[relevance]\nqqq = 1"))
    assert fault.endswith("qqq: unknown key; known here: adjacent, required, threshold, title_factor")
    assert names_at(SourcesFile, ("source", 0, "nowhere", "deeper")) == ()


def test_a_source_has_its_outlet_name_selectors_and_fields(tmp_path):
    topic = load_topic(
        written(
            tmp_path,
            sources="""\
[[source]]
key = "list"
kind = "page"
address = "https://a.example/list"
language = "zh-Hant"
tier = "official"
selectors = { item = "li", date = "span" }
[[source]]
key = "json"
kind = "records"
name = "Records"
address = "https://b.example/list.json"
fields = { items = "data[]", title = "t" }
""",
        ),
        str.lower,
    )
    first, second = topic.sources
    assert (first.name, first.outlet, first.language, first.tier) == ("list", "list", Language.HANT, Tier.OFFICIAL)
    assert first.selectors == Selectors(item="li", date="span")
    assert (second.outlet, second.fields) == ("Records", FieldMap(items="data[]", title="t"))


def test_a_desks_own_file_wins_and_its_other_files_come_from_the_packaged_topic(tmp_path):
    own = tmp_path / "feeds" / "china-data-finance"
    own.mkdir(parents=True)
    (own / "sources.toml").write_text("", encoding="utf-8")
    (tmp_path / "feeds" / "bridges").mkdir()
    (tmp_path / "feeds" / "bridges" / "topic.toml").write_text(TOPIC, encoding="utf-8")
    folders = topics_in(tmp_path)
    assert [folder.name for folder in folders] == ["bridges", "china-data-finance"]
    topic = load_topic(folders[1], str.lower)
    assert topic.sources == ()
    assert topic.baseline.articles


def test_an_installed_wheel_carries_its_topics_beside_its_code(tmp_path, monkeypatch):
    (tmp_path / "data" / "feeds" / "bridges").mkdir(parents=True)
    (tmp_path / "data" / "feeds" / "bridges" / "topic.toml").write_text(TOPIC, encoding="utf-8")
    monkeypatch.setattr("briefing.settings.places.PACKAGE", tmp_path)
    assert [folder.name for folder in topics_in(tmp_path / "desk")] == ["bridges"]


def test_a_source_may_be_a_file_beside_the_desk_file(tmp_path):
    paths = ("./feed.xml", "../the feeds/甲.xml", "/srv/feeds/a b.xml", "file:///srv/a.xml")
    text = "".join(f'[[source]]\nkey = "s{n}"\nkind = "feed"\naddress = "{path}"\n' for n, path in enumerate(paths))
    assert tuple(s.address for s in load_topic(written(tmp_path, sources=text), str.lower).sources) == paths
    (fault,) = faults_of(tmp_path, sources='[[source]]\nkey = "s"\nkind = "feed"\naddress = "feed.xml"\n')
    assert fault.endswith("file:///, ./ or /")
