"""Lines of the ledger that may be one, for the editor to say: same kind of amount, the likest first."""

from decimal import Decimal

from briefing.figures.intervals import agree, is_comparable
from briefing.model.fact import Fact
from briefing.model.figure import Quantity
from briefing.read.text import fold

MOST = 30  # lines that an editor looks through; words find the others


def named(lines: tuple[Fact, ...], words: str) -> tuple[Fact, ...]:
    """The lines in whose label, key, readings or outlets every one of these words stands; all where there is none."""
    wanted = fold(words).split()
    return tuple(line for line in lines if all(word in _told(line) for word in wanted))


def alike(line: Fact, lines: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The other lines that measure in the same unit: the same value first, then the same subject, then the nearest."""
    others = (one for one in lines if one.key != line.key and is_comparable(one.quantity, line.quantity))
    return tuple(sorted(others, key=lambda one: _distance(line, one)))


def _distance(line: Fact, other: Fact) -> tuple[bool, bool, bool, Decimal, str]:
    measure, subject, _ = _parts(line)
    return (
        not agree(line.quantity, other.quantity),
        not subject or _parts(other)[1] != subject,
        _parts(other)[0] != measure,
        _ratio(line.quantity, other.quantity),
        other.key,
    )


def _parts(line: Fact) -> tuple[str, str, str]:
    measure, _, rest = line.key.partition("|")
    subject, _, period = rest.partition("|")
    return measure, subject, period


def _ratio(one: Quantity, other: Quantity) -> Decimal:
    """How many times the larger holds the smaller."""
    small, large = sorted((abs(one.amount), abs(other.amount)))
    return large / small if small else Decimal("Infinity")


def _told(line: Fact) -> str:
    written = " ".join(f"{w.figure.surface} {w.outlet}" for w in line.witnesses)
    return fold(f"{line.label.en} {line.label.zh} {line.key} {written}")
