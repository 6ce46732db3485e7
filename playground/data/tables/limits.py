"""How large a table may be, each bound told in a sentence."""

from __future__ import annotations

from playground.data.tables.problem import TableProblem
from playground.text import say

MOST_COLUMNS = 1000
"""More would be a network of which nothing can be seen."""

MOST_VALUES = 60_000_000
"""Rows times columns: what a file can hold of them."""

MOST_BYTES = 2 << 30
"""Bytes of a file, unpacked."""


def check_columns(count: int) -> int:
    """The number of columns.

    Raises:
        TableProblem: when there are none, or too many.
    """
    if count < 1:
        raise TableProblem(say("table.without_columns", "It has no columns."))
    if count > MOST_COLUMNS:
        raise TableProblem(
            say(
                "table.too_many_columns",
                "It has {count} columns, more than the {most} there may be.",
                count=count,
                most=MOST_COLUMNS,
            )
        )
    return count


def check_values(rows: int, columns: int) -> None:
    """Refuse a table with too many values.

    Raises:
        TableProblem: saying so.
    """
    if rows * columns > MOST_VALUES:
        raise TableProblem(
            say(
                "table.too_many_values",
                "It has {rows} rows of {columns} columns; rows times columns may be {most} at most.",
                rows=rows,
                columns=columns,
                most=MOST_VALUES,
            )
        )


def check_size(count: int) -> None:
    """Refuse what is too large unpacked.

    Raises:
        TableProblem: saying so.
    """
    if count > MOST_BYTES:
        raise TableProblem(
            say("table.too_large", "It is larger than {most} GiB unpacked.", most=MOST_BYTES >> 30)
        )
