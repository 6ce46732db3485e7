"""The text of a table in blocks of whole rows, decoded as it comes: a file is never in memory whole."""

from __future__ import annotations

import gzip
import io
import zlib
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeAlias, cast

from playground.data.tables.limits import check_size
from playground.data.tables.problem import TableProblem
from playground.text import say
from playground.words import quoted, shortened

BLOCK = 4 << 20
"""Bytes that are read at once."""

BEGINNING = 1 << 16
"""Bytes from which it is guessed how a table is written."""

MOST_STEPS = 1000
"""Quotation marks that a search for the end of a row goes back over."""

Report: TypeAlias = Callable[[float], None]
"""Told from time to time which share is done; it may raise to stop the reading."""

_GZIP = b"\x1f\x8b"


def beginning(path: Path) -> bytes:
    """The first bytes of a file, unpacked.

    Raises:
        TableProblem: when it cannot be read.
    """
    with _opened(path) as (file, _):
        return file.read(BEGINNING)


def blocks(source: Path | str, encoding: str, report: Report) -> Iterator[str]:
    r"""The text in blocks that end where a row ends, with \n for every end of a line.

    Raises:
        TableProblem: when it cannot be read, or is not in this encoding.
    """
    rest = ""
    for text in _texts(source, encoding, report):
        rest += text
        cut = _end_of_rows(rest)
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


def _end_of_rows(text: str) -> int:
    """Behind the last end of a line that lies outside quotation marks; 0 for none."""
    cut = text.rfind("\n") + 1
    if '"' not in text:
        return cut
    marks = text.count('"', 0, cut)
    for _ in range(MOST_STEPS):
        if marks % 2 == 0:
            return cut
        before = text.rfind("\n", 0, text.rfind('"', 0, cut)) + 1
        marks -= text.count('"', before, cut)
        cut = before
    return 0


def _texts(source: Path | str, encoding: str, report: Report) -> Iterator[str]:
    """The text in pieces of any size."""
    if isinstance(source, str):
        yield source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return
    decoder = io.IncrementalNewlineDecoder(_decoder(encoding), translate=True)
    rows = 0
    for chunk in _chunks(source, report):
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeError as error:
            before = error.object[: error.start] if isinstance(error, UnicodeDecodeError) else b""
            raise TableProblem(
                say("table.wrong_encoding", "it cannot be read as {encoding}", encoding=shortened(encoding)),
                rows + before.count(b"\n") + 1,
            ) from None
        yield text if rows else text.removeprefix("\ufeff")
        rows += text.count("\n")


def _decoder(encoding: str) -> IncrementalDecoder:
    try:
        "".encode(encoding)  # refuses what is no encoding of texts
        return getincrementaldecoder(encoding)()
    except (LookupError, ValueError):
        raise TableProblem(
            say("table.unknown_encoding", "There is no encoding {encoding}.", encoding=quoted(encoding))
        ) from None


def _chunks(path: Path, report: Report) -> Iterator[bytes]:
    """The bytes of a file, unpacked; the last chunk is empty."""
    total, size = 0, max(1, path.stat().st_size if path.exists() else 1)
    with _opened(path) as (file, packed):
        chunk = b" "
        while chunk:
            chunk = file.read(BLOCK)
            check_size(total := total + len(chunk))
            report(min(1.0, packed.tell() / size))
            yield chunk


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The file to read from, and the one that lies on the disk.

    Raises:
        TableProblem: when it cannot be opened, or not be read on.
    """
    try:
        if not path.is_file():
            raise TableProblem(say("table.no_file", "There is no such file."))
        with path.open("rb") as packed:
            is_packed = packed.read(2) == _GZIP
            packed.seek(0)
            yield cast(IO[bytes], gzip.GzipFile(fileobj=packed)) if is_packed else packed, packed
    except (OSError, ValueError, EOFError, zlib.error) as error:
        if isinstance(error, TableProblem):
            raise
        raise TableProblem(say("table.not_read", "It cannot be read: {why}.", why=_reason(error))) from None


def _reason(error: Exception) -> str:
    strerror = getattr(error, "strerror", None)
    return strerror or shortened(error)
