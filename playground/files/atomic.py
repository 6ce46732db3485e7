"""Writing files so that a failure at any moment leaves the old one whole.

What is written lies beside the old file, locked, until all of it is on the disk.  A program that is killed
meanwhile leaves that file there without its lock, by which the next one to write in the folder knows it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import BinaryIO

from playground.files.locking import lock
from playground.files.names import fits_windows
from playground.files.problem import FileProblem
from playground.text import Text, say
from playground.words import shortened

TEMPORARY = ".neural-playground-{}.tmp"

PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds between attempts to replace a file on Windows."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file beside the old one, and put it in its place once it is on the disk.

    Raises:
        FileProblem: when that fails; then the old file is as it was and nothing else is left behind.
    """
    with _refusing(path):
        target = _target(path)
        remove_abandoned(target.parent)
        with _temporary(target.parent) as (file, temporary):
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, temporary)
            if sys.platform == "win32":
                file.close()  # where nothing that is open can be renamed
            _replace(temporary, target)


def _replace(temporary: Path, target: Path) -> None:
    """Put one file in the place of another, which on Windows waits for whoever just looks at either.

    Scanners, indexers and other programs of ours have it open for a moment at a time.
    """
    for pause in PAUSES if sys.platform == "win32" else ():
        with contextlib.suppress(PermissionError):
            os.replace(temporary, target)
            return
        sleep(pause)
    os.replace(temporary, target)


def check_writable(path: Path) -> None:
    """Refuse a name under which nothing can be written, before the work of making what it shall hold.

    Raises:
        FileProblem: saying why.
    """
    with _refusing(path), _temporary(_target(path).parent):
        pass


def remove_abandoned(folder: Path) -> None:
    """Remove from a folder what programs that were killed had begun to write there."""
    for path in folder.glob(TEMPORARY.format("*")):
        with contextlib.suppress(OSError), path.open("r+b") as file:  # one that is being written
            lock(file)
            if sys.platform == "win32":
                file.close()
            path.unlink()


def reason(error: OSError | ValueError) -> Text | str:
    """Why the operating system refused, in plain words; those of the system where there are none."""
    if not isinstance(error, OSError):
        return say("reason.no_name", "this cannot be the name of a file")
    if (of_windows := _REASONS_OF_WINDOWS.get(getattr(error, "winerror", None) or 0)) is not None:
        return of_windows
    return _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()


@contextlib.contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise FileProblem(
            say(
                "file.not_saved",
                "Could not save to {path}: {error}.",
                path=shortened(path),
                error=reason(error),
            )
        ) from None


def _target(path: Path) -> Path:
    """The ordinary file, there already or not, that a path leads to: a link stays a link."""
    if sys.platform == "win32" and not fits_windows(path.name):
        raise ValueError(path.name)  # it would be written to a device, or beside a file of another name
    target = Path(os.path.realpath(path))
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        if not target.parent.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "") from None
        return target
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "")
    if not stat.S_ISREG(mode):
        raise OSError(errno.ENXIO, "it is not a file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "")  # renaming over it would not ask
    return target


@contextlib.contextmanager
def _temporary(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file that lasts no longer than this, unless it is renamed."""
    file, path = _claim(folder)
    try:
        with file:
            yield file, path
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _claim(folder: Path) -> tuple[BinaryIO, Path]:
    """A new locked file: another one if it was taken for an abandoned one before the lock was on it."""
    while True:
        path = folder / TEMPORARY.format(secrets.token_hex(8))
        file = path.open("xb")
        if _locked(file) and path.exists():
            return file, path
        file.close()


def _locked(file: BinaryIO) -> bool:
    try:
        lock(file)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        pass
    return True


_REASONS = {
    errno.ENOENT: say("reason.enoent", "there is no such file or folder"),
    errno.EISDIR: say("reason.eisdir", "it is a folder"),
    errno.ENOTDIR: say("reason.enotdir", "there is no such folder"),
    errno.EACCES: say("reason.eacces", "permission denied"),
    errno.EPERM: say("reason.eperm", "permission denied"),
    errno.EROFS: say("reason.erofs", "the device can only be read"),
    errno.ENOSPC: say("reason.enospc", "no space left on the device"),
    errno.EDQUOT: say("reason.edquot", "no space left on the device"),
    errno.ENAMETOOLONG: say("reason.enametoolong", "the name is too long"),
}

_IN_USE = say("reason.in_use", "permission denied, or another program has it open")
_SILENT = say("reason.silent", "the network drive does not answer")
_REASONS_OF_WINDOWS = {
    5: _IN_USE,
    32: _IN_USE,
    33: _IN_USE,
    53: _SILENT,
    59: _SILENT,
    64: _SILENT,
    67: _SILENT,
    121: _SILENT,
    123: say("reason.no_name", "this cannot be the name of a file"),
    206: say("reason.enametoolong", "the name is too long"),
}
"""By what Windows calls them, which is more than the errors that Python makes of it."""
