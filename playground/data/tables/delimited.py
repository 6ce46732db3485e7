"""Tables in texts whose fields a sign parts: by Polars, and by Python where it has to be told why not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from playground.data.tables.limits import check_columns, check_values
from playground.data.tables.problem import TableProblem
from playground.data.tables.sniffing import TOLD
from playground.text import say
from playground.words import shortened

if TYPE_CHECKING:
    import polars as pl

SLOW_ROWS = 50_000
"""Rows that Python puts together at once."""


@dataclass
class Frames:
    """The frames of texts that blocks of whole rows hold; all have the columns of the first row.

    The lines `above` the table are as good as blank.
    """

    delimiter: str
    above: int = 0
    rows: int = 0
    columns: int = 0

    def read(self, blocks: Iterable[str]) -> Iterator[pl.DataFrame]:
        """A frame for each block; a blank row has null in all columns.

        Raises:
            TableProblem: at a row with more or fewer fields than the first, or that is no row at all.
        """
        for block in blocks:
            if not self.rows:
                block = _blank(TOLD.sub("\n", block, count=1), self.above)
            self._check_letters(block)
            self.columns = self.columns or self._width(block)
            if not self.columns:
                self.rows += block.count("\n")
                continue
            frame = self._quickly(block)
            for part in self._slowly(block) if frame is None else (frame,):
                self.rows += part.height
                check_values(self.rows, self.columns)
                yield part

    def _check_letters(self, block: str) -> None:
        if (place := block.find("\0")) >= 0:
            raise TableProblem(
                say("table.nul", "it holds a character of zeros; this is no text, or in another encoding"),
                self.rows + block.count("\n", 0, place) + 1,
            )

    def _width(self, block: str) -> int:
        """How many fields the first row has that is not blank; 0 when all are."""
        for fields in self._records(block):
            if not _is_blank(fields):
                return check_columns(len(fields))
        return 0

    def _quickly(self, block: str) -> pl.DataFrame | None:
        """The frame by Polars; None when it cannot tell, or where a row has too few fields."""
        import polars as pl

        data = block.encode("utf-8", "replace")
        try:
            frame = pl.read_csv(
                data,
                has_header=False,
                schema=self._schema(),
                separator=self.delimiter,
                empty_string_is_null=False,
            )
        except pl.exceptions.PolarsError:
            return None
        outside = b"".join(data.split(b'"')[::2]) if b'"' in data else data
        delimiters = np.count_nonzero(np.frombuffer(outside, np.uint8) == ord(self.delimiter))
        complete = delimiters == frame.height * (self.columns - 1)
        return frame if complete else None

    def _slowly(self, block: str) -> Iterator[pl.DataFrame]:
        """The frames by Python's reader, which tells where a block is wrong."""
        import polars as pl

        records = enumerate(self._records(block), self.rows + 1)
        while some := [self._checked(fields, row) for row, fields in islice(records, SLOW_ROWS)]:
            yield pl.DataFrame(some, schema=self._schema(), orient="row")

    def _records(self, block: str) -> Iterator[list[str]]:
        reader = csv.reader(io.StringIO(block, newline=""), delimiter=self.delimiter, strict=True)
        row = self.rows
        try:
            for fields in reader:
                row += 1
                yield fields
        except csv.Error as error:
            raise TableProblem(
                say("table.no_row", "it is no row of fields: {why}", why=shortened(error)), row + 1
            ) from None

    def _checked(self, fields: list[str], row: int) -> list[str | None]:
        if _is_blank(fields):
            return [None] * self.columns
        if len(fields) != self.columns:
            raise TableProblem(
                say(
                    "table.ragged",
                    "it has {count} fields, and the rows above have {columns}",
                    count=len(fields),
                    columns=self.columns,
                ),
                row,
            )
        return list(fields)

    def _schema(self) -> dict[str, type[pl.DataType]]:
        import polars as pl

        return {str(place): pl.String for place in range(self.columns)}


def _blank(text: str, lines: int) -> str:
    """The text with nothing in its first lines."""
    end = 0
    for _ in range(lines):
        end = text.find("\n", end) + 1 or len(text)
    return "\n" * lines + text[end:]


def _is_blank(fields: list[str]) -> bool:
    return len(fields) < 2 and not any(field.strip() for field in fields)
