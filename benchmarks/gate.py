"""Runs the benchmarks that have floors, and compares what they measure with them.

    benchmarks/gate.py DATA [--only NAME] [--json FILE]

DATA is the folder that holds the data of all benchmarks; floors.toml says which part of it each one takes. Exits with
1 when a measure is below its floor, is missing, or when a benchmark breaks. A benchmark whose data is not there is left
out with one line; when none is left, that is an error too.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.toml"


@dataclass(frozen=True, slots=True)
class Floor:
    """What one benchmark has to reach."""

    name: str
    path: str = ""  # within DATA
    arguments: tuple[str, ...] = ()
    least: dict[str, float] = field(default_factory=dict)
    most: dict[str, float] = field(default_factory=dict)

    def faults(self, measures: dict[str, float]) -> Iterator[str]:
        """What does not hold, each in one line; a measure that is missing does not hold."""
        for bound, limits in (("at least", self.least), ("at most", self.most)):
            for measure, limit in limits.items():
                value = measures.get(measure)
                if value is None:
                    yield f"{measure} was not measured ({bound} {limit:g})"
                elif value < limit if bound == "at least" else value > limit:
                    yield f"{measure} is {value:g} ({bound} {limit:g})"


def floors(file: Path, only: str = "") -> tuple[Floor, ...]:
    """The tables of the file that bound anything."""
    tables = tomllib.loads(file.read_text("utf-8"))
    found = [
        Floor(
            name,
            table.get("path", ""),
            tuple(table.get("arguments", ())),
            table.get("least", {}),
            table.get("most", {}),
        )
        for name, table in tables.items()
    ]
    return tuple(floor for floor in found if (floor.least or floor.most) and only in {"", floor.name})


def measured(floor: Floor, place: Path) -> dict[str, float] | None:
    """What the benchmark measured; None when it broke. Its table and its progress are shown as they come."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "measures.json"
        command = [sys.executable, str(HERE / f"{floor.name}.py"), str(place), *floor.arguments, "--json", str(file)]
        ended = subprocess.run(command, check=False)
        if ended.returncode or not file.exists():
            return None
        measures: dict[str, float] = json.loads(file.read_text("utf-8"))
        return measures


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, metavar="DATA", help="the folder with the data of all benchmarks")
    parser.add_argument("--only", default="", metavar="NAME", help="only this benchmark")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all measures as one flat object")
    chosen = parser.parse_args()
    every: dict[str, float] = {}
    faults, done = [], 0
    for floor in floors(FLOORS, chosen.only):
        place = chosen.data / floor.path
        if not place.exists():
            print(f"== {floor.name}: left out, there is no {place}", flush=True)
            continue
        print(f"== {floor.name} {place}", flush=True)
        begin = time.perf_counter()
        measures = measured(floor, place)
        found = ["it broke"] if measures is None else [*floor.faults(measures)]
        faults += [f"{floor.name}: {fault}" for fault in found]
        every |= {f"{floor.name}: {name}": value for name, value in (measures or {}).items()}
        done += 1
        print(f"== {floor.name}: {len(found)} below their floors, {time.perf_counter() - begin:.0f} s", flush=True)
    if chosen.json:
        chosen.json.write_text(json.dumps(every, indent=1) + "\n", encoding="utf-8")
    print("\n".join(faults) or (f"{done} benchmarks hold their floors" if done else "nothing was measured"))
    return 1 if faults or not done else 0


if __name__ == "__main__":
    sys.exit(main())
