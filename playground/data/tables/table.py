"""A table as it was read: its columns with what they seem to hold, before anything is learnt from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from playground.data.graphs.node_graph import NodeGraph
from playground.data.tables import kinds
from playground.data.tables.column import ColumnKind, TableColumn
from playground.record import record
from playground.text import Text

if TYPE_CHECKING:
    import polars as pl


@record(eq=False)
class Table:
    """A table of a person's own; nothing of it is learnt from before `OwnTable.of` has made a dataset of it.

    Attributes:
        rows: how many rows it has, without its header and blank lines.
        columns: in order; their names differ.
        remarks: what may surprise in it, such as columns that had one name.
        beginning: the first rows, as texts.
        numbers: the rows' numbers in the file, as a spreadsheet counts.
        cells: all cells as they stand in the file, where they were to be kept.
        graph: what joins the rows, where they are the nodes of a graph.
    """

    rows: int
    columns: tuple[TableColumn, ...]
    name: str = ""
    remarks: tuple[Text, ...] = ()
    beginning: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    numbers: NDArray[np.int64] | range = field(default=range(0), repr=False)
    cells: pl.DataFrame | None = field(default=None, repr=False)
    graph: NodeGraph | None = field(default=None, repr=False)

    def __iter__(self) -> Iterator[TableColumn]:
        return iter(self.columns)

    def column(self, name: str) -> TableColumn:
        """The column of that name.

        Raises:
            KeyError: when there is none.
        """
        return next(column for column in self.columns if column.name == name)

    def head(self, rows: int = 20) -> tuple[tuple[str, ...], ...]:
        """The first rows as they stand in the file, at most a hundred; "" where a value is missing."""
        return self.beginning[:rows]

    def with_kind(self, name: str, kind: ColumnKind) -> Table:
        """The same with a column taken as another kind, where that was guessed wrong.

        Raises:
            TableProblem: when its values are not of that kind; it names the first that is not, and its row.
            KeyError: when there is no such column.
        """
        column = kinds.changed(self.column(name), kind, self.numbers)
        columns = tuple(column if each.name == name else each for each in self.columns)
        return replace(self, columns=columns)
