"""Reading a table: guess how it is written, let that be mended, and read it whole.

A source is the path of a file, or a text such as cells copied in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playground.data.graphs.files import formats
from playground.data.graphs.files.formats import SUFFIXES as GRAPHS
from playground.data.graphs.files.formats import is_graph
from playground.data.tables import building, delimited, sniffing, stored, streams
from playground.data.tables.layout import DELIMITERS, ENCODINGS, MISSING, Reading
from playground.data.tables.problem import Cancelled, TableProblem
from playground.data.tables.table import Table
from playground.text import say

__all__ = ["DELIMITERS", "ENCODINGS", "MISSING", "SUFFIXES", "Cancelled", "Reading", "TableProblem"]
__all__ += ["guess", "is_table", "is_text", "read", "sheets"]

TEXTS = (".csv", ".tsv", ".txt", ".dat", ".data", ".tab")
PACKED = ".gz"
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".ods")
ARRAYS = (".npz", ".npy")
PARQUET = (".parquet",)
SUFFIXES = (*TEXTS, *(suffix + PACKED for suffix in TEXTS), *WORKBOOKS, *PARQUET, *ARRAYS, *GRAPHS)
"""How the names of files end that hold tables."""

READ = 0.6
"""The share of the work that is reading; the rest is finding out what the columns hold."""


def is_table(name: str) -> bool:
    """Whether the name of a file ends as those of tables do."""
    return name.lower().endswith(SUFFIXES)


def is_text(source: Path | str) -> bool:
    """Whether delimiter, decimal sign and encoding matter for a source."""
    return isinstance(source, str) or source.suffix.lower() not in (*WORKBOOKS, *ARRAYS, *PARQUET, *GRAPHS)


def guess(source: Path | str) -> Reading:
    """How a table is probably written, by its first 64 KB; for a workbook, its first sheet.

    Raises:
        TableProblem: when it cannot be read.
    """
    if isinstance(source, str):
        return sniffing.layout(source[: streams.BEGINNING])
    if source.suffix.lower() in WORKBOOKS:
        (first, *_) = sheets(source)
        return Reading(sheet=first, above=sniffing.rows_above(stored.beginning(source, first)))
    if not is_text(source):
        return Reading()
    data = streams.beginning(source)
    encoding = sniffing.encoding(data)
    return sniffing.layout(data.decode(encoding, "ignore").removeprefix("\ufeff")).with_(encoding=encoding)


def sheets(source: Path | str) -> tuple[str, ...]:
    """The sheets that there are to choose from; none for anything but a workbook.

    Raises:
        TableProblem: when it cannot be read.
    """
    if isinstance(source, str) or source.suffix.lower() not in WORKBOOKS:
        return ()
    return stored.sheets(source)


def read(
    source: Path | str,
    reading: Reading,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    keep: bool = False,
) -> Table:
    """The whole table.  `progress` is told the share that is done, from 0 to 1, on the calling thread.

    With `keep` the table has its cells as they stand in the file, to be written out again.

    Raises:
        TableProblem: when it cannot be read; it names row and column where there are such.
        Cancelled: when `cancelled`, which is asked from time to time, says so.
    """

    def report(share: float) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(share)

    report(0.0)
    table = _read(source, reading, keep, report)
    report(1.0)
    return table


def _read(source: Path | str, reading: Reading, keep: bool, report: streams.Report) -> Table:
    name = "" if isinstance(source, str) else source.name.partition(".")[0]

    def build(share: float) -> None:
        report(READ + (1 - READ) * share)

    if not isinstance(source, str):
        suffix = source.suffix.lower()
        if is_graph(source.name):
            return formats.read(source, keep, report)
        if suffix in WORKBOOKS:
            frame = stored.workbook(source, reading.sheet)
            frame = frame.clear(reading.above).extend(frame[reading.above :]) if reading.above else frame
            return building.of_texts(frame, reading, name, keep, build)
        if suffix in PARQUET:
            return building.of_values(
                stored.parquet(source, lambda share: report(READ * share)), name, keep, build
            )
        if suffix in ARRAYS:
            return building.of_values(stored.arrays(source), name, keep, build)
    import polars as pl

    blocks = streams.blocks(source, reading.encoding, lambda share: report(READ * share))
    frames = list(delimited.Frames(reading.delimiter, reading.above).read(blocks))
    if not frames:
        raise TableProblem(say("table.empty", "It is empty."))
    return building.of_texts(pl.concat(frames), reading, name, keep, build)
