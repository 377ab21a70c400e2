"""Files that appear whole or not at all: written beside their place, flushed to the disk, then moved in."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import ArchiveError

BESIDE = ".new-"  # a folder that was never moved in; removed by the next run
ASIDE = ".old-"  # a folder that was being replaced


@dataclass(frozen=True, slots=True)
class Staged:
    """A folder that is safely on the disk, and needs only to be moved to its place."""

    beside: Path
    place: Path

    def move_in(self) -> Path:
        """Moves the folder to its place; one that stood there is replaced. Nothing is ever half there."""
        aside = self.place.with_name(ASIDE + self.place.name)
        try:
            if self.place.exists():
                self.place.rename(aside)
            self.beside.rename(self.place)
            _flush(self.place.parent)
            shutil.rmtree(aside, ignore_errors=True)
        except OSError as fault:
            raise ArchiveError(f"{self.place}: cannot be put in its place ({fault.strerror})") from fault
        return self.place


def staged(place: Path, files: Mapping[str, bytes]) -> Staged:
    """Writes the files of a folder beside its place. Raises ArchiveError (full disk, rights) with nothing moved."""
    beside = place.with_name(BESIDE + place.name)
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for name, content in files.items():
            _write(beside / name, content)
        _flush(beside)
    except OSError as fault:
        shutil.rmtree(beside, ignore_errors=True)
        hint = "free some space or check the rights of the folder; nothing was marked as told"
        raise ArchiveError(f"{place}: cannot be written ({fault.strerror}); {hint}") from fault
    return Staged(beside, place)


def replace_file(path: Path, content: bytes) -> None:
    """One file, whole: index pages and feeds, which change with every issue."""
    beside = path.with_name(BESIDE + path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(beside, content)
        beside.rename(path)
        _flush(path.parent)
    except OSError as fault:
        raise ArchiveError(f"{path}: cannot be written ({fault.strerror})") from fault


def tidy(folder: Path) -> None:
    """Puts right what a killed run left: unfinished folders go, a folder set aside comes back if it is alone."""
    for beside in folder.glob(f"{BESIDE}*"):
        if beside.is_dir():
            shutil.rmtree(beside, ignore_errors=True)
        else:
            beside.unlink(missing_ok=True)
    for aside in folder.glob(f"{ASIDE}*"):
        place = aside.with_name(aside.name.removeprefix(ASIDE))
        if place.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(place)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    """Makes a rename last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
