"""Tables in files that say themselves what they hold: workbooks of Excel, Parquet, and arrays of NumPy."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.data.tables import apart
from playground.data.tables.limits import MOST_VALUES, check_columns, check_size, check_values
from playground.data.tables.problem import Cancelled, TableProblem
from playground.data.tables.sniffing import ROWS
from playground.data.tables.streams import Report
from playground.processes import HIDDEN, flags, python_of
from playground.text import say
from playground.words import quoted, shortened

if TYPE_CHECKING:
    import polars as pl


LOOKED_INTO = 4_000_000
"""Bytes of the largest workbook that is looked into before it is read."""

LOOK = 0.05
"""Seconds between two looks at whether to stop."""


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Turn whatever a library says of a file into a problem."""
    import polars as pl

    try:
        if not path.is_file():
            raise TableProblem(say("table.no_file", "There is no such file."))
        yield
    except (TableProblem, Cancelled):
        raise
    except (Exception, pl.exceptions.PanicException) as error:  # readers of foreign formats raise anything
        why = shortened(str(error).strip().split("\n")[0] or type(error).__name__)
        raise TableProblem(say("table.not_read", "It cannot be read: {why}.", why=why)) from None


def sheets(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook, one at least.

    Raises:
        TableProblem: when it cannot be read.
    """
    import fastexcel

    with refused(path):
        _check_unpacked(path)
        if names := tuple(fastexcel.read_excel(path).sheet_names):
            return names
        raise TableProblem(say("table.no_sheets", "It has no sheets."))


def workbook(path: Path, sheet: str) -> pl.DataFrame:
    """The cells of a sheet, the first when it has no name, as texts; "" where a cell is empty.

    Raises:
        TableProblem: when it cannot be read, or has no such sheet.
    """
    import fastexcel
    import polars as pl

    known = sheets(path)
    if sheet and sheet not in known:
        raise TableProblem(say("table.no_sheet", "It has no sheet {sheet}.", sheet=quoted(sheet)))
    with refused(path):
        found = fastexcel.read_excel(path).load_sheet(
            sheet or known[0], header_row=None, skip_rows=0, dtypes="string"
        )
        frame = found.to_polars()
        check_columns(frame.width)
        check_values(frame.height, frame.width)
        blank = pl.all_horizontal(pl.all().is_null())
        return frame.select(pl.when(blank).then(None).otherwise(pl.all().fill_null("")).name.keep())


def beginning(path: Path, sheet: str) -> list[list[str]]:
    """The first rows of a sheet, "" where a cell is empty; none of a workbook that takes long to read.

    Raises:
        TableProblem: when it cannot be read.
    """
    import fastexcel

    with refused(path):
        if path.stat().st_size > LOOKED_INTO:
            return []
        found = fastexcel.read_excel(path).load_sheet(
            sheet, header_row=None, skip_rows=0, n_rows=ROWS, dtypes="string"
        )
        return [[cell or "" for cell in row] for row in found.to_polars().rows()]


def parquet(path: Path, report: Report) -> pl.DataFrame:
    """The columns of a Parquet file.

    Raises:
        TableProblem: when it cannot be read.
    """
    import polars as pl

    with refused(path), TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        out = Path(folder) / "table.arrow"
        width, height = _apart(path, out, report)
        check_values(height, check_columns(width))
        return pl.read_ipc(out.read_bytes())


def _apart(path: Path, out: Path, report: Report) -> tuple[int, int]:
    """Read a Parquet file in a process of its own; how many columns and rows it has."""
    command = [*python_of(apart), str(path.absolute()), str(out), str(MOST_VALUES)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        creationflags=flags(HIDDEN),
    ) as process:
        try:
            while process.poll() is None:
                report(0.0)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(LOOK)
        finally:
            process.kill()
        said = process.stdout.read().split() if process.stdout else []
    if process.returncode:
        raise TableProblem(say("table.damaged", "It is damaged, or no Parquet file."))
    return int(said[0]), int(said[1])


def arrays(path: Path) -> pl.DataFrame:
    """The columns of an array (rows, columns), or of the arrays with a row each of a .npz file.

    Raises:
        TableProblem: when they cannot be read, or do not have the same rows.
    """
    import polars as pl

    with refused(path):
        if path.suffix.lower() == ".npz":
            _check_unpacked(path)
            with path.open("rb") as packed, np.load(packed, allow_pickle=False) as file:
                held = {name: file[name] for name in file.files}
        else:
            with path.open("rb") as array:
                held = {"": np.load(array, allow_pickle=False)}
        columns = dict(_columns(held))
        check_columns(len(columns))
        check_values(max(map(len, columns.values())), len(columns))
        return pl.DataFrame(columns)


def _columns(held: Mapping[str, NDArray[Any]]) -> Iterator[tuple[str, NDArray[Any]]]:
    rows = None
    for name, array in held.items():
        if array.ndim == 0 or (array.ndim > 2 and array.dtype.names is None):
            raise TableProblem(
                say(
                    "table.no_columns",
                    "The array {name} of shape {shape} is no table of rows and columns.",
                    name=quoted(name),
                    shape=shortened(array.shape),
                )
            )
        rows = len(array) if rows is None else rows
        if len(array) != rows:
            raise TableProblem(
                say(
                    "table.other_rows",
                    "The array {name} has {count} rows, and those before have {rows}.",
                    name=quoted(name),
                    count=len(array),
                    rows=rows,
                )
            )
        yield from _parts(name, array)


def _parts(name: str, array: NDArray[Any]) -> Iterator[tuple[str, NDArray[Any]]]:
    if array.dtype.names is not None:
        yield from ((field, array[field].ravel()) for field in array.dtype.names)
    elif array.ndim == 1:
        yield name or "column 1", array
    else:
        check_columns(max(2, array.shape[1]))
        start = f"{name}_" if name else "column "
        yield from ((f"{start}{number}", column) for number, column in enumerate(array.T, 1))


def _check_unpacked(path: Path) -> None:
    """Refuse an archive that would fill the memory."""
    with zipfile.ZipFile(path) as archive:
        check_size(sum(entry.file_size for entry in archive.infolist()))
