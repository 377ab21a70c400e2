import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "fetch.py"


@pytest.mark.slow
def test_the_benchmark_of_asking_runs_and_writes_its_four_measures(tmp_path):
    done = subprocess.run(
        [sys.executable, SCRIPT, "--quick", "--json", tmp_path / "measures.json"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    measures = json.loads((tmp_path / "measures.json").read_text("utf-8"))
    assert measures.keys() == {
        "fetch.full_ratio",
        "fetch.not_modified_ratio",
        "round_10000.seconds",
        "round_10000.peak_mb",
    }
    assert all(number > 0 for number in measures.values())
