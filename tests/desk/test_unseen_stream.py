"""A stream written before the rules were read: what they make of other events, places and words, held by floors."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from briefing.match.topic import relevance
from briefing.read.text import fold
from briefing.settings import load_topic, packaged

STREAM = Path(__file__).parent / "streams" / "unseen"
PROGRAM = Path(__file__).resolve().parents[2] / "benchmarks" / "ledger.py"
TOPIC = load_topic(packaged("feeds") / "china-data-finance", fold)


@pytest.fixture(scope="module")
def program():
    spec = importlib.util.spec_from_file_location("ledger_benchmark", PROGRAM)
    made = importlib.util.module_from_spec(spec)
    sys.modules["ledger_benchmark"] = made
    spec.loader.exec_module(made)
    yield made
    del sys.modules["ledger_benchmark"]


def test_nearly_all_of_the_topic_is_found_and_nothing_else(program):
    labels = {row["id"]: row for row in program.rows(STREAM / "labels.jsonl")}
    found, wanted = set(), {key for key, row in labels.items() if row["topic"] == "core" and not row["bundle"]}
    for row in program.rows(STREAM / "articles.jsonl"):
        if not labels[row["id"]]["bundle"]:
            (article,) = program.articles(row)
            found |= {row["id"]} if relevance(article, TOPIC.relevance, TOPIC.glossary).on_topic else set()
    assert not found - wanted
    assert len(found) >= 0.95 * len(wanted)


def test_every_slip_is_seen_no_right_figure_is_accused_and_most_statuses_are_right(program):
    measures = program.measured(STREAM, TOPIC)
    assert measures["slip_precision"] == measures["slip_recall"] == 100
    assert measures["false_alarms_per_100"] == 0
    assert measures["figures_found"] >= 98
    assert measures["status_right_of_all"] >= 89


def test_the_stream_says_of_itself_that_it_is_a_sample():
    assert "sample" in (STREAM / "README.md").read_text("utf-8")
    hosts = {
        json.loads(line)["url"].split("/")[2] for line in (STREAM / "articles.jsonl").read_text("utf-8").splitlines()
    }
    assert all(host.endswith(".example") for host in hosts)
