"""Where topics are looked for: a desk's own `feeds/` first, then the packaged ones."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
TOPIC_FILES = ("topic.toml", "glossary.toml", "sources.toml", "baseline.toml")


def packaged(name: str) -> Path:
    """A folder that the program carries: `briefing/data/<name>` in a wheel, `<name>` in the repository."""
    carried = PACKAGE / "data" / name
    return carried if carried.is_dir() else PACKAGE.parent / name


def topics_in(desk: Path) -> tuple[Path, ...]:
    """The folders of all topics, in order of their names; the desk's own folder wins.

    A desk may keep only the file that it changes: `topic_file` finds the others.
    """
    found: dict[str, Path] = {}
    for shelf in (packaged("feeds"), desk / "feeds"):
        for name in TOPIC_FILES:
            for file in shelf.glob(f"*/{name}"):
                found[file.parent.name] = file.parent
    return tuple(found[name] for name in sorted(found))


def own_sources(desk: Path, topic: str) -> Path:
    """Where a desk's own sources stand, once there are any."""
    return desk / "feeds" / topic / "sources.toml"


def topic_file(folder: Path, name: str) -> Path:
    """A file of a topic. One that a desk's own topic lacks is taken from the packaged topic of that name."""
    own = folder / name
    carried = packaged("feeds") / folder.name / name
    return carried if not own.exists() and carried.exists() else own
