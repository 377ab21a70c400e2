"""Sources that are files of this machine: bounded, regular files only, the time of change as validator."""

import os
import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

from briefing.model.entry import Failed, FailureReason, Fetched, Outcome, Unchanged


def is_local(address: str) -> bool:
    """Whether an address names a file: 'file:///x', or a path."""
    return address.startswith("file:") or "://" not in address


def path_of(address: str, folder: Path) -> Path:
    """The file that an address names; a relative path starts at the desk's folder."""
    return folder / (unquote(urlsplit(address).path) if address.startswith("file:") else address)


def read(address: str, folder: Path, etag: str, max_bytes: int) -> Outcome:
    """The file, unless its validator is still the one that is known."""
    try:
        # a pipe would block for ever when opened, a device would never end
        handle = os.open(path_of(address, folder), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return Failed(address, FailureReason.NO_SUCH_FILE, "there is no such file; a web address begins with https://")
    except (OSError, ValueError) as error:  # ValueError: a zero character in the name
        return Failed(address, FailureReason.NO_SUCH_FILE, f"the file cannot be opened: {_words(error)}")
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        return Failed(address, FailureReason.NO_SUCH_FILE, "this is a folder or a device, no file")
    with os.fdopen(handle, "rb") as file:
        validator = f"{about.st_mtime_ns}-{about.st_size}"
        if validator == etag:
            return Unchanged(address)
        return _whole(address, file.read(max_bytes + 1), max_bytes, validator)


def _whole(address: str, body: bytes, max_bytes: int, validator: str) -> Outcome:
    if len(body) > max_bytes:
        return Failed(address, FailureReason.TOO_LARGE, f"more than {max_bytes:,} bytes")
    if not body:
        return Failed(address, FailureReason.EMPTY, "the file is empty")
    return Fetched(address, address, body, etag=validator)


def _words(error: OSError | ValueError) -> str:
    return (error.strerror or "unknown fault").lower() if isinstance(error, OSError) else "its name is impossible"
