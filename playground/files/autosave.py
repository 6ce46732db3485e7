"""Recovery files: unsaved work outlives a crash, and is offered at the next start.

A running program holds a lock on the `.owner` file beside its recovery file.  The operating system releases
it when the program ends in whatever way, so that a recovery file whose lock is free has lost its program.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from playground.files.atomic import reason, remove_abandoned
from playground.files.experiment_file import SavedExperiment, load, save
from playground.files.fingerprint import NO_FILE
from playground.files.locking import lock
from playground.files.names import SUFFIX, suggest
from playground.files.problem import FileProblem
from playground.record import record
from playground.text import say
from playground.words import moment_of, shortened

OWNER_SUFFIX = ".owner"
DECLINED = "declined"
KEPT = timedelta(days=7)
"""How long work is kept that was offered and declined."""

_SEPARATOR = b"\0"


class Autosave:
    """The recovery file of one document in one running program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: Path | None = None
        self._owner: BinaryIO | None = None

    def write(self, saved: SavedExperiment, document: Path | None) -> None:
        """Keep the state of a document, whose own file is `document` (None: it was never saved).

        Of that file the fingerprint in `saved` tells what it held when it was read or written last.

        Raises:
            FileProblem: when that fails; then what was kept before is as it was.
        """
        try:
            if self._file is None or self._owner is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._file = self._folder / f"{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
                self._owner = self._file.with_suffix(OWNER_SUFFIX).open("w+b")
                lock(self._owner)
            name = b"" if document is None else os.fsencode(document.absolute())
            self._owner.seek(0)
            self._owner.truncate()
            self._owner.write(_SEPARATOR.join((name, saved.fingerprint.encode())))
            self._owner.flush()
        except OSError as error:
            folder = shortened(self._folder)
            raise FileProblem(
                say(
                    "file.no_recovery",
                    "Could not keep a recovery file in {folder}: {error}.",
                    folder=str(folder),
                    error=reason(error),
                )
            ) from None
        save(self._file, saved)

    def leave(self) -> None:
        """Let the recovery file lie, to be offered at the next start."""
        if self._owner is not None:
            self._owner.close()
        self._file = self._owner = None

    def discard(self) -> None:
        """Remove the recovery file: the document is saved, or given up."""
        if self._file is not None and self._owner is not None:
            _remove(self._file)  # while it is locked still, so that nobody finds it abandoned
            self._owner.close()
            _remove(self._file.with_suffix(OWNER_SUFFIX))
        self._file = self._owner = None


@record
class Recovered:
    """Work that a program left behind.

    Attributes:
        file: the recovery file.
        document: the file that the work belongs to; None when it was never saved.
        fingerprint: of that file when the program last knew it.
        time: when it was written, in UTC.
    """

    file: Path
    document: Path | None
    fingerprint: str
    time: datetime

    def load(self) -> SavedExperiment:
        """What was kept.

        Raises:
            FileProblem: when it cannot be read.
        """
        return replace(load(self.file), fingerprint=self.fingerprint)

    def decline(self) -> Path:
        """Put it aside for a week, as the person does not want it now; returns where it is.

        Raises:
            FileProblem: when that fails; then it is where it was.
        """
        title = self.document.stem[:40] if self.document else "Untitled"
        name = suggest(f"{title} {self.time:%Y-%m-%d %H.%M.%S} {self.file.stem}", SUFFIX)
        aside = self.file.parent / DECLINED / name
        try:
            aside.parent.mkdir(exist_ok=True)
            os.replace(self.file, aside)
            os.utime(aside)  # the week begins
        except OSError as error:
            raise FileProblem(
                say(
                    "file.not_put_aside",
                    "Could not put {file} aside: {error}.",
                    file=shortened(self.file),
                    error=reason(error),
                )
            ) from None
        self.discard()
        return aside

    def discard(self) -> None:
        """Remove it."""
        _remove(self.file)
        _remove(self.file.with_suffix(OWNER_SUFFIX))


def tidy(folder: Path, now: datetime) -> None:
    """Remove what nobody needs any more: work declined a week ago, and what killed programs had begun."""
    remove_abandoned(folder)
    for file in _files(folder / DECLINED, SUFFIX):
        with contextlib.suppress(OSError):
            if now - _written(file) > KEPT:
                file.unlink()
    for owner in _files(folder, OWNER_SUFFIX):
        with contextlib.suppress(OSError):  # its program runs
            if not owner.with_suffix(SUFFIX).exists():
                _release(owner)
                owner.unlink()


def recoverable(folder: Path) -> list[Recovered]:
    """The work in this folder whose program is gone, the newest first."""
    return sorted(_abandoned(folder), key=lambda recovered: recovered.time, reverse=True)


def _abandoned(folder: Path) -> Iterator[Recovered]:
    for file in _files(folder, SUFFIX):
        with contextlib.suppress(OSError):  # its program runs, or has just removed it
            document, fingerprint = _release(file.with_suffix(OWNER_SUFFIX))
            yield Recovered(file, document, fingerprint, _written(file))


def _written(file: Path) -> datetime:
    return moment_of(file.stat().st_mtime)


def _files(folder: Path, suffix: str) -> list[Path]:
    """The files in the folder; none when it cannot be read, which must not hinder from starting."""
    try:
        return list(folder.glob(f"*{suffix}"))
    except OSError:
        return []


def _release(owner: Path) -> tuple[Path | None, str]:
    """The document that an owner file names and its fingerprint, once nobody owns it.

    Raises:
        OSError: when a running program owns it.
    """
    try:
        file = owner.open("r+b")
    except FileNotFoundError:
        return None, NO_FILE
    with file:
        lock(file)
        name, _, fingerprint = file.read().partition(_SEPARATOR)
    return Path(os.fsdecode(name)) if name else None, fingerprint.decode("ascii", "replace")


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
