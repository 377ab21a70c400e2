"""What every benchmark shares: its arguments, progress on stderr, one table, one flat JSON object."""

import argparse
import json
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


@dataclass
class Progress:
    """One line on stderr that says how far it is; every two seconds in a log."""

    label: str
    total: int
    begin: float = field(default_factory=time.perf_counter)
    last: float = 0.0

    def __call__(self, done: int, what: str = "") -> None:
        now = time.perf_counter()
        if done < self.total and now - self.last < (0.2 if sys.stderr.isatty() else 5.0):
            return
        self.last = now
        end = "\n" if done >= self.total or not sys.stderr.isatty() else "\r"
        line = f"{self.label}: {done} of {self.total}, {now - self.begin:.0f} s {what}"
        sys.stderr.write(f"{line[:110]:<110}{end}")
        sys.stderr.flush()


def arguments(text: str, *, path: str = "the folder with the data") -> argparse.ArgumentParser:
    """PATH and --json, as every benchmark takes them."""
    parser = argparse.ArgumentParser(description=text.split("\n", maxsplit=1)[0])
    parser.add_argument("path", type=Path, help=path)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write one flat object of measures")
    return parser


def report(measures: Mapping[str, float], file: Path | None, targets: Mapping[str, str] | None = None) -> None:
    """The table, and the JSON where it was asked for."""
    width = max(map(len, measures), default=10)
    for name, value in measures.items():
        shown = f"{value:,.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
        print(f"{name:<{width}}  {shown:>12}  {(targets or {}).get(name, '')}".rstrip())
    if file:
        file.write_text(json.dumps(dict(measures), indent=1) + "\n", encoding="utf-8")


def peak_mb() -> float:
    """The most memory that this process and its children held, in MB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(max(own, children) / 1000, 1)
