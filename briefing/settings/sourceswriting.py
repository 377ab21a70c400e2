"""Adds sources to a desk's own `sources.toml`; what stands there already stays as its editor left it."""

import json
import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from briefing.errors import UsageError
from briefing.model.source import Source
from briefing.model.text import Language
from briefing.settings.places import own_sources, packaged

LONGEST_KEY = 40


def key_for(address: str, taken: set[str]) -> str:
    """A short name for an address, out of its host, that no other source has."""
    host = (urlsplit(address).hostname or "source").removeprefix("www.")
    stem = re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")[:LONGEST_KEY] or "source"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name


def source_toml(source: Source) -> str:
    """One `[[source]]` of kind feed, as `sources.toml` holds it."""
    lines = [
        "[[source]]",
        f"key = {_text(source.key)}",
        f"name = {_text(source.name or source.key)}",
        f"kind = {_text(source.kind)}",
        f"address = {_text(source.address)}",
        f"zone = {_text(source.zone)}",
        f"tier = {_text(source.tier)}",
    ]
    if source.language is not Language.OTHER:
        lines.append(f"language = {_text(source.language)}")
    return "\n".join(lines) + "\n"


def with_sources(folder: Path, topic: str, sources: tuple[Source, ...]) -> Path:
    """Writes them at the end of the desk's own file, which begins as a copy of the packaged one."""
    own = _own(folder, topic)
    text = own.read_text("utf-8").rstrip("\n")
    parts = [text, *(source_toml(source) for source in sources)]
    _write(own, "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n")
    return own


def _own(folder: Path, topic: str) -> Path:
    """The desk's own file."""
    own = own_sources(folder, topic)
    carried = packaged("feeds") / topic / "sources.toml"
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        _write(own, carried.read_text("utf-8") if carried.exists() else "")
    return own


def _write(file: Path, text: str) -> None:
    """The file is there whole, as before or as after."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def with_enabled(folder: Path, topic: str, key: str, *, enabled: bool) -> Path:
    """Switches one source on or off in the desk's own file; comments and order stay. Raises UsageError."""
    own = _own(folder, topic)
    lines = own.read_text("utf-8").split("\n")
    starts = [n for n, line in enumerate(lines) if line.strip().startswith("[")]
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(lines)
        if lines[start].split("#")[0].strip() == "[[source]]" and any(
            _value(line, "key") == key for line in lines[start:end]
        ):
            _switch(lines, start, end, enabled=enabled)
            _write(own, "\n".join(lines))
            return own
    raise UsageError(f"{own}: has no source {key!r} that can be switched", hint="write `enabled = false` there by hand")


def _switch(lines: list[str], start: int, end: int, *, enabled: bool) -> None:
    """Sets `enabled` within one table, behind its key where it is new."""
    word = f"enabled = {str(enabled).lower()}"
    for number in range(start + 1, end):
        found = re.match(r"\s*enabled\s*=\s*(true|false)(?P<rest>\s*(#.*)?)$", lines[number])
        if found:
            lines[number] = word + found["rest"]
            return
    after = next(n for n in range(start + 1, end) if re.match(r"\s*key\s*=", lines[n]))
    lines.insert(after + 1, word)


def _value(line: str, name: str) -> str:
    """The text that a line gives a key, '' where it is another line."""
    if not re.match(rf"\s*{name}\s*=", line):
        return ""
    try:
        return str(tomllib.loads(line)[name])
    except tomllib.TOMLDecodeError:
        return ""


def _text(text: str) -> str:
    """A basic string: TOML's escapes are those of JSON."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
