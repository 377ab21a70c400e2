"""The gate over the benchmarks goes red below a floor, for a missing measure, and for a benchmark that breaks."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
FAKE = """
import json, sys
from pathlib import Path
measures = json.loads((Path(sys.argv[1]) / "measures.json").read_text())
Path(sys.argv[sys.argv.index("--json") + 1]).write_text(json.dumps(measures))
"""


@pytest.fixture
def gate(tmp_path):
    """Runs the gate over one made-up benchmark; gives its exit code and what it printed."""
    shutil.copy(BENCHMARKS / "gate.py", tmp_path)
    (tmp_path / "fake.py").write_text(FAKE, encoding="utf-8")
    (tmp_path / "broken.py").write_text("raise SystemExit(3)", encoding="utf-8")
    (tmp_path / "data" / "part").mkdir(parents=True)

    def run(floors: str, measures: dict[str, float], *arguments: str):
        (tmp_path / "floors.toml").write_text(floors, encoding="utf-8")
        (tmp_path / "data" / "part" / "measures.json").write_text(json.dumps(measures), encoding="utf-8")
        command = [sys.executable, str(tmp_path / "gate.py"), str(tmp_path / "data"), *arguments]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        return ended.returncode, ended.stdout + ended.stderr

    return run


FLOORS = """
[fake]
path = "part"
least = { "topic.precision" = 0.9 }
most = { crashed = 0 }
"""


def test_the_gate_is_green_at_the_floor(gate):
    code, said = gate(FLOORS, {"topic.precision": 0.9, "crashed": 0})

    assert (code, said.splitlines()[-1]) == (0, "1 benchmarks hold their floors")


@pytest.mark.parametrize(
    ("measures", "fault"),
    [
        ({"topic.precision": 0.89, "crashed": 0}, "fake: topic.precision is 0.89 (at least 0.9)"),
        ({"topic.precision": 0.95, "crashed": 1}, "fake: crashed is 1 (at most 0)"),
        ({"crashed": 0}, "fake: topic.precision was not measured (at least 0.9)"),
    ],
)
def test_the_gate_is_red_below_a_floor(gate, measures, fault):
    code, said = gate(FLOORS, measures)

    assert (code, said.splitlines()[-1]) == (1, fault)


def test_the_gate_is_red_for_a_benchmark_that_breaks(gate):
    code, said = gate(FLOORS.replace("fake", "broken"), {})

    assert (code, said.splitlines()[-1]) == (1, "broken: it broke")


def test_a_benchmark_without_its_data_is_left_out_and_nothing_measured_is_red(gate):
    code, said = gate(FLOORS.replace('"part"', '"nowhere"'), {})

    assert code == 1
    assert "fake: left out" in said
    assert said.splitlines()[-1] == "nothing was measured"


def test_one_benchmark_may_be_run_alone_and_all_measures_are_written(gate, tmp_path):
    code, said = gate(
        FLOORS + "[broken]\nmost = { crashed = 0 }\n",
        {"topic.precision": 1, "crashed": 0},
        "--only", "fake", "--json", str(tmp_path / "all.json"),
    )  # fmt: skip

    assert code == 0, said
    assert json.loads((tmp_path / "all.json").read_text("utf-8")) == {"fake: topic.precision": 1, "fake: crashed": 0}


def test_every_floor_names_a_benchmark_that_is_there():
    tables = tomllib.loads((BENCHMARKS / "floors.toml").read_text("utf-8"))

    assert [name for name in tables if not (BENCHMARKS / f"{name}.py").exists()] == []
    assert {key for table in tables.values() for key in table} <= {"path", "arguments", "least", "most"}


def test_every_benchmark_has_its_section_with_the_command_that_prints_it():
    text = (BENCHMARKS.parent / "docs" / "benchmarks.md").read_text("utf-8")
    tables = tomllib.loads((BENCHMARKS / "floors.toml").read_text("utf-8"))

    assert [name for name in tables if f"benchmarks/{name}.py" not in text] == []
