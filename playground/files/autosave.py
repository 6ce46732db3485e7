"""Recovery files: unsaved work outlives a crash, and is offered at the next start.

A running program holds a lock on the `.owner` file beside its recovery file.  The operating system releases
it when the program ends in whatever way, so that a recovery file whose lock is free has lost its program.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from playground.files.atomic import reason
from playground.files.experiment_file import SUFFIX, SavedExperiment, load, save
from playground.files.locking import lock
from playground.files.problem import FileProblem
from playground.words import shortened

OWNER_SUFFIX = ".owner"


class Autosave:
    """The recovery file of one document in one running program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: Path | None = None
        self._owner: BinaryIO | None = None

    def write(self, saved: SavedExperiment, document: Path | None) -> None:
        """Keep the state of a document, whose own file is `document` (None: it was never saved).

        Raises:
            FileProblem: when that fails; then what was kept before is as it was.
        """
        try:
            if self._file is None or self._owner is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._file = self._folder / f"{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
                self._owner = self._file.with_suffix(OWNER_SUFFIX).open("w+b")
                lock(self._owner)
            self._owner.seek(0)
            self._owner.truncate()
            self._owner.write(b"" if document is None else os.fsencode(document.absolute()))
            self._owner.flush()
        except OSError as error:
            folder = shortened(self._folder)
            raise FileProblem(f"Could not keep a recovery file in {folder}: {reason(error)}.") from None
        save(self._file, saved)

    def discard(self) -> None:
        """Remove the recovery file: the document is saved, or given up."""
        if self._file is not None and self._owner is not None:
            _remove(self._file)  # while it is locked still, so that nobody finds it abandoned
            self._owner.close()
            _remove(self._file.with_suffix(OWNER_SUFFIX))
        self._file = self._owner = None


@dataclass(frozen=True)
class Recovered:
    """Work that a program left behind.

    Attributes:
        file: the recovery file.
        document: the file that the work belongs to; None when it was never saved.
        time: when it was written, in UTC.
    """

    file: Path
    document: Path | None
    time: datetime

    def load(self) -> SavedExperiment:
        """What was kept.

        Raises:
            FileProblem: when it cannot be read.
        """
        return load(self.file)

    def discard(self) -> None:
        """Remove it."""
        _remove(self.file)
        _remove(self.file.with_suffix(OWNER_SUFFIX))


def recoverable(folder: Path) -> list[Recovered]:
    """The work in this folder whose program is gone, the newest first."""
    return sorted(_abandoned(folder), key=lambda recovered: recovered.time, reverse=True)


def _abandoned(folder: Path) -> Iterator[Recovered]:
    for file in _recovery_files(folder):
        with contextlib.suppress(OSError):  # its program runs, or has just removed it
            document = _release(file.with_suffix(OWNER_SUFFIX))
            time = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            yield Recovered(file, document, time)


def _recovery_files(folder: Path) -> list[Path]:
    """The files in the folder; none when it cannot be read, which must not hinder from starting."""
    try:
        return list(folder.glob(f"*{SUFFIX}"))
    except OSError:
        return []


def _release(owner: Path) -> Path | None:
    """The document that an owner file names, once nobody owns it.

    Raises:
        OSError: when a running program owns it.
    """
    try:
        file = owner.open("r+b")
    except FileNotFoundError:
        return None
    with file:
        lock(file)
        name = file.read()
    return Path(os.fsdecode(name)) if name else None


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
