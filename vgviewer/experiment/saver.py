"""Writing a file as a whole or not at all."""

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path


class SaveError(Exception):
    """A file that could not be written; the sentence names it and the reason, and what was there is untouched."""


def save_bytes(content: bytes, path: Path) -> None:
    """Writes beside the target (a link's own target), makes sure that all of it is on the disk, then takes its
    place; a file that was there keeps its permissions."""
    named, path = path, Path(os.path.realpath(path)) if os.path.exists(path) else path
    sweep(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _refuse_what_is_no_file(path)
        with beside.open("wb", buffering=0) as file:
            _write_all(file.fileno(), content)
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        os.replace(beside, path)
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            beside.unlink()
        reason = getattr(error, "strerror", None) or str(error)
        advice = (
            "Free some space"
            if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
            else "Try again"
        )
        raise SaveError(f"{named} was not saved: {reason}. {advice} or choose another place.") from error
    with contextlib.suppress(OSError):  # the file is in its place; some systems cannot sync a folder
        _sync_folder(path.parent)


def sweep(path: Path) -> None:
    """Removes what a save of this file left behind when its process was killed."""
    beginning, ending = f".{path.name}.", ".tmp"
    with contextlib.suppress(OSError, ValueError):
        for name in os.listdir(path.parent):
            process = name.removeprefix(beginning).removesuffix(ending)
            left_behind = process.isdecimal() and name == f"{beginning}{process}{ending}"
            if left_behind and not _is_running(int(process)):
                (path.parent / name).unlink()


def _refuse_what_is_no_file(path: Path) -> None:
    """A device, for one, would be replaced by a file."""
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise ValueError("it is not a regular file")


def _write_all(descriptor: int, content: bytes) -> None:
    waiting = memoryview(content)
    while waiting:
        waiting = waiting[os.write(descriptor, waiting) :]


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":  # Windows cannot open folders, and keeps renames in its journal
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_running(process: int) -> bool:
    if sys.platform == "win32":  # os.kill would end the process there
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
