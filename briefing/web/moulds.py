"""Pages that are cast: a template is filled once with gaps, and the parts that change are put into the gaps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

GAP = "gap-4e7b0c-{}-"  # stands where a part will be; all beside it are words of the desk, or `is_free`
FOUND = re.compile(r"gap-4e7b0c-([a-z]+)-")


@dataclass(frozen=True, slots=True)
class Mould:
    """A filled template, parted at its gaps: text, name of a gap, text, name, ..., text."""

    parts: tuple[str, ...]

    def cast(self, values: Mapping[str, str]) -> str:
        """The template with its gaps filled; each value is already escaped for where it goes."""
        made = list(self.parts)
        made[1::2] = [values[name] for name in self.parts[1::2]]
        return "".join(made)


def gap(name: str) -> str:
    """What stands for a part until it is known: the same as text, in an attribute and in an address."""
    return GAP.format(name)


def mould(filled: str) -> Mould:
    return Mould(tuple(FOUND.split(filled)))


def is_free(text: str) -> bool:
    """Whether a visitor's text may stand in a template beside gaps."""
    return FOUND.search(text) is None
