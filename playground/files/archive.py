"""The zip around a file's entries: the same bytes for the same content, and nothing in it trusted."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from playground.files.problem import FileProblem
from playground.text import say
from playground.words import quoted

EXPERIMENT = "experiment.json"
LEARNT = "learnt.json"
SESSION = "session.json"
PARAMETERS = "parameters.safetensors"
OPTIMIZER = "optimizer.safetensors"
HISTORY = "history.csv"
PREVIEW = "preview.png"
LABORATORY = "laboratory.json"
MEMORY = "laboratory.safetensors"
RUNS = "runs.json"
RUN, RUN_SUFFIX = "runs/", ".safetensors"
"""Around the number in the name of an entry that holds a run."""

BESIDE = "beside/"
"""Before the place, and a slash, in the names of entries that hold a run beside the one in front."""

MOST_BESIDE = 3
"""Runs beside the one in front."""

SEEDS, SEED_CURVES = "seeds.json", "seeds.safetensors"
"""What came of repeating over seeds, and its curves."""

SEARCH = "search.json"
"""The plan of a search, and what its study is called."""

LESSON = "lesson.json"
"""What was done in a lesson, where the file was handed in."""

DATA, DATA_SUFFIX = "data/", ".safetensors"
"""Around the hash in the name of an entry that holds samples."""

MIB = 1 << 20
LIMITS = {
    EXPERIMENT: 4 * MIB,
    LEARNT: 4 * MIB,
    SESSION: MIB,
    PARAMETERS: 512 * MIB,
    OPTIMIZER: 1024 * MIB,
    HISTORY: 256 * MIB,
    PREVIEW: 8 * MIB,
    LABORATORY: MIB,
    MEMORY: 64 * MIB,
    RUNS: 64 * MIB,
    SEEDS: MIB,
    SEARCH: MIB,
    LESSON: MIB,
    SEED_CURVES: 64 * MIB,
}
"""Every entry there may be, and how many bytes it may have unpacked."""

DATA_LIMIT = 512 * MIB
"""How many bytes an entry of samples may have."""

RUN_LIMIT = 128 * MIB
"""How many bytes an entry of a run may have."""

TOTAL_LIMIT = 1024 * MIB
"""How many bytes all entries together may have."""

FILE_LIMIT = TOTAL_LIMIT + MIB
"""How many bytes the archive itself may have."""

QUICK = 1
"""How hard samples are compressed: of 80 MB of numbers the hardest takes twice as long and saves 4 % more."""

_STORED = (PARAMETERS, OPTIMIZER, PREVIEW, MEMORY)  # they hardly shrink
_DATA_NAME = re.compile(rf"{DATA}[0-9a-f]{{64}}{re.escape(DATA_SUFFIX)}")
_RUN_NAME = re.compile(rf"{RUN}[1-9][0-9]{{0,9}}{re.escape(RUN_SUFFIX)}")
_OF_BESIDE = (EXPERIMENT, LEARNT, SESSION, PARAMETERS, OPTIMIZER, HISTORY)
_BESIDE_NAME = re.compile(rf"{BESIDE}[1-{MOST_BESIDE}]/({'|'.join(map(re.escape, _OF_BESIDE))})")
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)


def pack(entries: Mapping[str, bytes]) -> bytes:
    """The archive of these entries.

    Raises:
        FileProblem: when they are too large to be unpacked again.
    """
    check_sizes({name: len(content) for name, content in entries.items()})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, _TIMESTAMP)
            entry.create_system = 3  # Unix everywhere, for the same bytes everywhere
            entry.external_attr = 0o644 << 16
            stored = name in _STORED or name.startswith(RUN) or name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=QUICK if name.startswith(DATA) else None)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The entries of an archive by name.

    Raises:
        FileProblem: when it is damaged, too large, or holds what does not belong there.
    """
    place = "The archive"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_headers(archive.infolist())
            contents = {}
            for entry in archive.infolist():
                place = entry.filename
                contents[place] = _content(archive, entry)
            return contents
    except FileProblem:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise FileProblem(say("archive.cut_off", "{place}: is damaged or cut off", place=place)) from None


def holds(path: Path, name: str) -> bool:
    """Whether a file is an archive with an entry of this name; not one that cannot be read."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with zipfile.ZipFile(path) as archive:
            return name in archive.namelist()
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        return False


def entry_of(path: Path, name: str) -> bytes | None:
    """One entry of an archive, of which nothing else is read; None where there is no such entry.

    Raises:
        FileProblem: when it is no archive, damaged, or the entry is too large.
        OSError: when the file cannot be read.
    """
    damaged = FileProblem(say("archive.cut_off", "{place}: is damaged or cut off", place=path.name))
    if not path.is_file():  # a pipe would be waited for
        raise damaged
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            found = [entry for entry in archive.infolist() if entry.filename == name]
            _check_headers(found)
            return _content(archive, found[0]) if found else None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise damaged from None


def fits(entries: Mapping[str, bytes]) -> bool:
    """Whether an archive of these entries can be opened again."""
    try:
        check_sizes({name: len(content) for name, content in entries.items()})
    except FileProblem:
        return False
    return True


def check_sizes(sizes: Mapping[str, int]) -> None:
    """Refuse what is too large.

    Raises:
        FileProblem: naming the entry.
    """
    for name, size in sizes.items():
        if size > (limit := _limit(name)):
            raise FileProblem(
                say(
                    "archive.entry_too_large",
                    "{name}: is too large, more than {limit} MiB",
                    name=name,
                    limit=limit // MIB,
                )
            )
    if sum(sizes.values()) > TOTAL_LIMIT:
        raise FileProblem(
            say(
                "archive.too_large",
                "The archive: is too large, more than {total_limit} MiB",
                total_limit=TOTAL_LIMIT // MIB,
            )
        )


def _limit(name: str) -> int:
    """How many bytes an entry may have; 0 for one that there may not be."""
    if _RUN_NAME.fullmatch(name):
        return RUN_LIMIT
    if (beside := _BESIDE_NAME.fullmatch(name)) is not None:
        return LIMITS[beside[1]]
    return DATA_LIMIT if _DATA_NAME.fullmatch(name) else LIMITS.get(name, 0)


def _check_headers(entries: list[zipfile.ZipInfo]) -> None:
    sizes: dict[str, int] = {}
    for entry in entries:
        name = entry.filename
        if not _limit(name):
            raise FileProblem(
                say(
                    "archive.foreign_entry",
                    "The archive: holds {name}, which does not belong there",
                    name=quoted(name),
                )
            )
        if name in sizes:
            raise FileProblem(say("archive.twice", "{name}: is there twice", name=name))
        if entry.flag_bits & 1:
            raise FileProblem(say("archive.encrypted", "{name}: is encrypted", name=name))
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileProblem(
                say("archive.unknown_method", "{name}: is compressed by an unknown method", name=name)
            )
        sizes[name] = entry.file_size
    check_sizes(sizes)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """What an entry holds, reading no further than the size that its header claims."""
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise EOFError
    return content
