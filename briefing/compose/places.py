"""Where the packaged templates lie: beside the package in the repository, inside it in an installed wheel."""

from functools import cache
from pathlib import Path


@cache
def packaged_templates() -> Path:
    """The folder of the templates and words that come with the program."""
    package = Path(__file__).resolve().parent.parent
    return nearest(package / "data" / "templates", package.parent / "templates")


def nearest(installed: Path, repository: Path) -> Path:
    """The installed folder where there is one, else the repository's."""
    return installed if installed.is_dir() else repository
