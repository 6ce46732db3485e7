"""The files of a folder, of an archive or of a few that are given: where each lies, and how it is read."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from unicodedata import normalize

from playground.data.pictures.limits import MOST_BYTES, check_files
from playground.data.pictures.problem import PictureProblem
from playground.text import say
from playground.words import shortened

Report: TypeAlias = Callable[[float], None]
"""Told from time to time which share is done; it may raise to stop the reading."""

ZIP = ".zip"

LEFTOVERS = {"__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "@eadir", "icon\r"}
"""What systems leave in folders, beside files that begin with a dot."""


@dataclass(frozen=True)
class File:
    """A file that can be read; `parts` are the folders that it lies in, below the source, and its name."""

    parts: tuple[str, ...]
    read: Callable[[int], bytes] = field(compare=False)
    """Reads all of it; raises OverflowError where that is more than so many bytes."""

    @property
    def name(self) -> str:
        """Its name with the folders before it."""
        return "/".join(self.parts)

    def content(self, most: int = MOST_BYTES) -> bytes:
        """All of it.

        Raises:
            PictureProblem: in words to put behind its name, when it cannot be read.
        """
        try:
            data = self.read(most)
        except OverflowError:
            raise PictureProblem(
                say("pictures.too_large", "is larger than {most} MiB", most=most >> 20)
            ) from None
        except (OSError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
            raise PictureProblem(say("pictures.not_opened", "cannot be opened")) from None
        if not data:
            raise PictureProblem(say("pictures.no_bytes", "is empty"))
        return data


@dataclass
class Listing:
    """The files that were found, in natural order, and what was passed over."""

    files: list[File] = field(default_factory=list)
    hidden: int = 0
    """Files that begin with a dot, or that systems leave."""
    closed: list[str] = field(default_factory=list)
    """Folders that cannot be opened."""

    def add(self, file: File) -> None:
        """Take a file, unless it is hidden."""
        if any(is_hidden(part) for part in file.parts):
            self.hidden += 1
        else:
            self.files.append(file)
            check_files(len(self.files))


def is_hidden(name: str) -> bool:
    """Whether people do not see it, or did not make it."""
    return name.startswith(".") or name.casefold() in LEFTOVERS


def natural(text: str) -> list[tuple[int, int, str]]:
    """What to sort by, so that 10 stands behind 9."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


@contextmanager
def listed(source: Path | tuple[Path, ...], report: Report) -> Iterator[Listing]:
    """The files of a folder, a zip, or several of these and single files.

    Raises:
        PictureProblem: when it is not there, or not to be trusted.
    """
    found = Listing()
    if isinstance(source, Path) and source.suffix.lower() == ZIP and source.is_file():
        try:
            with zipfile.ZipFile(source) as archive:
                _add_archive(found, archive)
                yield _in_order(found)
        except (zipfile.BadZipFile, OSError, NotImplementedError, zlib.error):
            raise PictureProblem(say("pictures.bad_zip", "The zip is damaged or cut off.")) from None
        return
    for path in (source,) if isinstance(source, Path) else source:
        _add(found, path, () if isinstance(source, Path) else (_shown(path.name),), report)
    yield _in_order(found)


def _in_order(found: Listing) -> Listing:
    found.files.sort(key=lambda file: [natural(part) for part in file.parts])
    return found


def _add(found: Listing, path: Path, parts: tuple[str, ...], report: Report) -> None:
    if path.is_dir():
        _add_folder(found, path, parts, report, set())
    elif path.exists():
        found.add(_of_disk(path, parts or (_shown(path.name),)))
    else:
        raise PictureProblem(say("pictures.not_there", "There is no such file or folder."))


def _add_folder(found: Listing, path: Path, parts: tuple[str, ...], report: Report, seen: set[str]) -> None:
    """Take all that lies in a folder and below it; one that was seen before is not entered again."""
    report(0.0)
    place = os.path.realpath(path)
    if place in seen:
        return
    try:
        entries = list(os.scandir(path))
    except OSError:
        found.closed.append("/".join(parts) or _shown(path.name))
        return
    for entry in entries:
        below = (*parts, _shown(entry.name))
        if not entry.is_dir():
            found.add(_of_disk(Path(entry.path), below))
        elif is_hidden(entry.name):
            found.hidden += 1
        else:
            _add_folder(found, Path(entry.path), below, report, {*seen, place})


def _shown(name: str) -> str:
    """A name as it can be shown and saved, also one that is no text."""
    return normalize("NFC", name.encode("utf-8", "replace").decode())


def _of_disk(path: Path, parts: tuple[str, ...]) -> File:
    def read(most: int) -> bytes:
        if not path.is_file():
            raise OSError  # such as a pipe, which would be waited for
        with path.open("rb") as file:
            return _within(most, file.read(most + 1))

    return File(parts, read)


def _add_archive(found: Listing, archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        parts = PurePosixPath(_name_of(entry).replace("\\", "/")).parts
        if entry.is_dir() or not parts:
            continue
        if ".." in parts or PurePosixPath(*parts).is_absolute() or parts[0].endswith(":"):
            name = shortened(entry.filename, 60)
            raise PictureProblem(
                say("pictures.leads_out", "The zip holds {name}, which leads out of it.", name=name)
            )
        if entry.flag_bits & 1:
            raise PictureProblem(
                say("pictures.encrypted", "The zip is encrypted; unpack it, and open the folder.")
            )
        found.add(File(parts, partial(_unpacked, archive, entry)))


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; many programs write UTF-8 without saying so."""
    if entry.flag_bits & 0x800:
        return _shown(entry.filename)
    try:
        return normalize("NFC", entry.filename.encode("cp437").decode())
    except UnicodeError:
        return _shown(entry.filename)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    if entry.file_size > most:
        raise OverflowError
    with archive.open(entry) as file:
        return _within(most, file.read(most + 1))


def _within(most: int, data: bytes) -> bytes:
    if len(data) > most:
        raise OverflowError
    return data
