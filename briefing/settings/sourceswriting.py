"""Adds sources to a desk's own `sources.toml`; what stands there already stays as its editor left it."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from briefing.model.source import Source
from briefing.model.text import Language
from briefing.settings.places import packaged

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
    own = folder / "feeds" / topic / "sources.toml"
    carried = packaged("feeds") / topic / "sources.toml"
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text(carried.read_text("utf-8") if carried.exists() else "", encoding="utf-8")
    text = own.read_text("utf-8").rstrip("\n")
    parts = [text, *(source_toml(source) for source in sources)]
    own.write_text("\n\n".join(part.rstrip("\n") for part in parts if part) + "\n", encoding="utf-8")
    return own


def _text(text: str) -> str:
    """A basic string: TOML's escapes are those of JSON."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
