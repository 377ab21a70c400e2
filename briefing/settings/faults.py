"""Faults of desk and topic files in words: file, line, key, and the nearest right name."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from briefing.settings.lines import Path as Keys
from briefing.settings.lines import line_of, lines_in

Shape = TypeVar("Shape", bound=BaseModel)
SAID = {"missing": "is missing", "too_short": "should not be empty", "string_too_short": "should not be empty"}


class Strict(BaseModel):
    """A part of a file: no key that is not known, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


@dataclass(slots=True)
class Page:
    """One TOML file as it was read, and the faults found in it so far."""

    name: str  # as it is shown to the user
    values: dict[str, object] = field(default_factory=dict)
    text: str = ""  # searched for lines only when something is wrong: that takes longer than reading
    faults: list[str] = field(default_factory=list)
    origins: dict[Keys, str] = field(default_factory=dict)  # keys that a flag or the environment gave

    def fault(self, keys: Keys, message: str) -> None:
        """Notes a fault at a key."""
        origin = self.origins.get(keys)
        place = origin or f"{self.name}:{line_of(lines_in(self.text), keys)}"
        self.faults.append(f"{place}: {message}" if origin or not keys else f"{place}: {dotted(keys)}: {message}")

    def check(self, shape: type[Shape]) -> Shape | None:
        """The file in its shape, or None after every fault was noted."""
        try:
            return shape.model_validate(self.values)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False, include_input=False)
            places = [detail["loc"] for detail in details]
            for detail in details:
                if detail["type"] == "too_short" and any(_inside(place, detail["loc"]) for place in places):
                    continue  # a list is short only because its faulty elements were not counted
                self.fault(detail["loc"], _said(detail["type"], detail["msg"], detail["loc"], shape))
        return None


def read_page(file: Path, *, required: bool = True) -> Page:
    """A TOML file. A file that cannot be read or parsed is one fault, and holds nothing."""
    page = Page(str(file))
    try:
        page.text = file.read_text(encoding="utf-8")
        page.values = tomllib.loads(page.text)
    except FileNotFoundError:
        if required:
            page.faults.append(f"{file}: there is no such file")
    except OSError as error:
        page.faults.append(f"{file}: cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        page.faults.append(f"{file}: is not UTF-8 at byte {error.start}")
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line = found.group(1) if found else str(page.text.count("\n") + 1)
        page.faults.append(f"{file}:{line}: is not TOML: {re.sub(r' ?[(]at .*', '', str(error))}")
    return page


def _inside(inner: Keys, outer: Keys) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def nearest(name: str, names: Iterable[str]) -> str:
    """'; did you mean …?', or what there is to choose from, or nothing."""
    known = sorted(set(names))
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f"; did you mean '{close[0]}'?"
    return f"; known here: {', '.join(known)}" if 0 < len(known) <= 12 else ""  # noqa: PLR2004 a line stays readable


def dotted(keys: Keys) -> str:
    """A path as it is read aloud: 'edition[2].name', counted from one."""
    text = ""
    for step in keys:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return text.lstrip(".")


def _said(kind: str, message: str, keys: Keys, shape: type[BaseModel]) -> str:
    if kind == "extra_forbidden":
        last = str(keys[-1])
        return f"unknown key{nearest(last, names_at(shape, keys[:-1]))}"
    if kind in SAID:
        return SAID[kind]
    return message.removeprefix("Value error, ").removeprefix("Input ")


def names_at(shape: type[BaseModel], keys: Keys) -> tuple[str, ...]:
    """The keys that may stand at a place of a file."""
    kind: object = shape
    for step in keys:
        kind = next(iter(get_args(kind)), None) if isinstance(step, int) else _field(kind, step)
        kind = next(_shapes(kind), kind)
    return tuple(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else ()


def _field(kind: object, name: str) -> object:
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)) or name not in kind.model_fields:
        return None
    return kind.model_fields[name].annotation


def _shapes(kind: object) -> Iterator[object]:
    """The shape inside 'Shape | None'."""
    for part in get_args(kind):
        if isinstance(part, type) and issubclass(part, BaseModel) and type(None) in get_args(kind):
            yield part
