"""The packaged topic 'china-data-finance': complete, bilingual, in our own words; its baseline contradicts itself."""

import re
import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from briefing.figures.checks import findings_of
from briefing.match.likeness import hash_of
from briefing.match.topic import relevance
from briefing.match.words import shingles
from briefing.model.entry import Entry, Stamp
from briefing.model.fact import Outcome, Rule
from briefing.model.figure import Kind
from briefing.model.source import Source, SourceKind, Tier
from briefing.model.text import Language
from briefing.model.topic import EntityKind, Rhythm
from briefing.read.article import articles_of
from briefing.read.text import fold
from briefing.settings import baseline_toml, load_topic, packaged, with_article

FOLDER = packaged("feeds") / "china-data-finance"
TOPIC = load_topic(FOLDER, fold)
HAN = re.compile("[\u4e00-\u9fff]")


def test_the_topic_speaks_both_languages():
    assert HAN.search(TOPIC.name.zh)
    assert not HAN.search(TOPIC.name.en)
    words = [word for term in TOPIC.relevance.terms for word in term.words]
    assert any(HAN.search(word) for word in words)
    assert any(word.isascii() for word in words)
    assert all(fold(word.rstrip("*")) == word.rstrip("*") for word in words if not word.startswith("@"))


def test_it_is_published_on_fridays_at_eight_in_shanghai_and_daily_only_where_switched_on():
    weekly, daily = TOPIC.editions
    assert (weekly.rhythm, weekly.weekday, weekly.at.isoformat(), weekly.zone) == (
        Rhythm.WEEKLY,
        4,
        "08:00:00",
        "Asia/Shanghai",
    )
    assert (daily.rhythm, daily.enabled) == (Rhythm.DAILY, False)


@pytest.mark.parametrize("kind", [kind for kind in EntityKind if kind is not EntityKind.PERSON])
def test_every_kind_of_name_has_entries_in_both_languages(kind):
    entities = [entity for entity in TOPIC.glossary.entities if entity.kind is kind]
    assert len(entities) >= 8
    assert all(HAN.search(entity.name.zh) for entity in entities)


def test_no_form_of_a_name_belongs_to_two_names():
    owners: dict[str, set[str]] = {}
    for entity in TOPIC.glossary.entities:
        for form in (entity.name.en, entity.name.zh, *entity.aliases):
            owners.setdefault(fold(form), set()).add(entity.key)
    assert {form: keys for form, keys in owners.items() if len(keys) > 1} == {}


def test_every_measure_has_cues_in_both_languages():
    for measure in TOPIC.glossary.measures:
        assert any(HAN.search(cue) for cue in measure.cues), measure.key
        assert any(cue.isascii() for cue in measure.cues), measure.key


def test_word_pairs_are_english_and_chinese_and_stand_once():
    pairs = TOPIC.glossary.pairs
    assert len(set(pairs)) == len(pairs)
    assert all(HAN.search(pair.zh) and pair.en.isascii() for pair in pairs)


def test_the_sources_are_complete_and_searches_are_off_with_their_terms():
    assert len(TOPIC.sources) >= 50
    for source in TOPIC.sources:
        assert source.outlet
        if source.kind is SourceKind.SEARCH or source.tier is Tier.UNKNOWN:
            assert not source.enabled, source.key
            assert "terms" in source.note or "asks" in source.note, source.key
        if source.language is Language.HANS and source.kind is not SourceKind.SEARCH:
            assert source.zone != "UTC", source.key
    assert {"nao-news", "nda-news", "npc-reports", "caixin-global"} <= {source.key for source in TOPIC.sources}


def test_the_baseline_names_both_articles_with_sketches_and_figures_in_reading_order():
    first, second = TOPIC.baseline.articles
    assert {first.key, second.key} == {"redcensor-2024", "caixin-2024"}
    for article in TOPIC.baseline.articles:
        assert article.sketch == tuple(sorted(set(article.sketch)))
        assert 0 < len(article.sketch) < article.shingles
        assert len(article.witnesses) == len(article.keys) > 20
        starts = [witness.figure.start for witness in article.witnesses]
        assert starts == sorted(starts)
        assert all(witness.figure.is_bound for witness in article.witnesses)


def test_the_baseline_yields_the_slip_the_sum_the_rate_and_the_counts_and_no_other_alarm():
    found = {article.key: findings_of(article.witnesses) for article in TOPIC.baseline.articles}
    slip, *counts = found["redcensor-2024"]
    assert (slip.rule, slip.outcome, slip.factor) == (Rule.SLIP, Outcome.FAILS, Decimal(10))
    assert slip.expected is not None
    assert slip.expected.amount == Decimal(248372500)
    assert [(finding.rule, finding.outcome) for finding in counts] == [(Rule.COUNT, Outcome.HOLDS)] * 2
    assert [(f.rule, f.outcome) for f in found["caixin-2024"]] == [(Rule.SUM, Outcome.HOLDS), (Rule.FX, Outcome.HOLDS)]


def test_five_lines_of_the_ledger_are_stated_by_both_articles_in_money():
    stated = [
        {
            key
            for key, witness in zip(article.keys, article.witnesses, strict=True)
            if key and witness.figure.quantity.kind is Kind.MONEY
        }
        for article in TOPIC.baseline.articles
    ]
    shared = stated[0] & stated[1]
    assert len(shared - {"fees-charged|units of four central departments|2018-06/2023"}) == 5


def test_every_line_of_the_ledger_has_a_label_and_every_label_a_line():
    keys = {key for article in TOPIC.baseline.articles for key in article.keys if key}
    assert keys == {key for key, _ in TOPIC.baseline.labels}


def test_facts_are_in_both_languages_and_dated_ones_are_in_order():
    for fact in TOPIC.baseline.facts:
        assert HAN.search(fact.text.zh)
        assert not HAN.search(fact.text.en)
        assert fact.articles
    assert [fact.key for fact in TOPIC.baseline.facts if fact.ahead] == ["secrets-regulations"]


def test_a_record_is_written_as_it_was_read():
    text = (FOLDER / "baseline.toml").read_text(encoding="utf-8")
    for article in TOPIC.baseline.articles:
        assert with_article(text, article) == text
        assert baseline_toml(article) in text


def strings_of(value: object, key: str = ""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from strings_of(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings_of(inner, key)
    elif isinstance(value, str) and key not in {"title", "sketch"}:
        yield value


@pytest.mark.parametrize("name", ["topic.toml", "glossary.toml", "sources.toml", "baseline.toml"])
def test_the_topic_shares_hardly_a_word_triple_with_the_baseline_articles(name):
    """Sketches hold a sixteenth of all triples of a text; a copied sentence would bring several of them at once."""
    hashes = frozenset(value for article in TOPIC.baseline.articles for value in article.sketch)
    for text in strings_of(tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))):
        triples = {shingle for part in re.split(r"[.;:]\s", fold(text)) for shingle in shingles(part)}
        assert sum(hash_of(triple) in hashes for triple in triples) <= 1, text


def test_the_packaged_folder_is_found():
    assert packaged("feeds").is_dir()
    assert packaged("templates") == Path(packaged("feeds")).parent / "templates"


@pytest.mark.parametrize("title", ["衡阳公共数据特许经营权再挂牌", "审计署点名政务数据违规收费"])
def test_a_bare_chinese_title_is_tied_to_china(title):
    """The audit office's list pages give nothing but titles."""
    seen = datetime(2024, 8, 30, tzinfo=UTC)
    entry = Entry("list", "1", "https://list.example/1", title, "", Stamp(instant=seen), seen)
    source = Source("list", "https://list.example/", SourceKind.PAGE, language=Language.HANS)
    (article,) = articles_of(entry, source)
    assert relevance(article, TOPIC.relevance, TOPIC.glossary).on_topic
