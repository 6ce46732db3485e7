"""What a column holds: guessed from its texts or values, and taken otherwise where the guess was wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.data.tables import texts as written
from playground.data.tables.column import ColumnKind, TableColumn
from playground.data.tables.problem import TableProblem
from playground.data.tables.texts import Decimal
from playground.text import Text, say
from playground.words import quoted

if TYPE_CHECKING:
    import polars as pl

MOST_CATEGORIES = 1000
"""Different values that a column of categories may have."""

USUAL_CATEGORIES = 100
"""Different texts that are taken for categories, where each is there twice on average."""

FEW = 10
"""Below so many different texts they are categories if one of them is there twice."""

MOSTLY = 0.5
"""The share of numbers from which a column is one of numbers in which something else stands."""

_RUNNING = re.compile(r"|(.*[\W_])?(id|index|idx|nr|no|key|uuid|guid|row|rownames|unnamed)", re.IGNORECASE)
"""Names of columns that number the rows."""

Rows: TypeAlias = range | NDArray[np.int64]


# --- guessed ----------------------------------------------------------------------------------------


def of_texts(
    name: str, texts: pl.Series, decimal: Decimal, missing: Sequence[str], rows: Rows
) -> tuple[TableColumn, Text | None]:
    """The column of these texts, of which null and some mean a missing value, and what may surprise in it.

    Raises:
        TableProblem: at a number that is infinite.
    """
    texts = written.without(texts, missing)
    numbers = written.numbers(texts, decimal)
    if numbers.null_count() > texts.null_count():
        texts = written.without(texts.str.strip_chars(), missing)
    wrong = _first(numbers.is_null() & texts.is_not_null())
    if wrong is None and written.are_names(texts):
        return replace(_of_words(name, texts), decimal=decimal), None
    if wrong is None:
        _check_finite(name, numbers, texts, rows)
        return of_numbers(name, written.to_floats(numbers)), None
    remark = None
    if numbers.count() >= MOSTLY * texts.count():
        remark = _no_number(name, texts[wrong], rows[wrong]).text
    days = written.days(texts)
    if days is not None:
        return TableColumn(name, "date", days, (), texts.null_count(), decimal, texts), None
    return replace(_of_words(name, texts), decimal=decimal), remark


def of_numbers(name: str, values: Floats) -> TableColumn:
    """The column of these numbers, NaN where one is missing."""
    present = values[~np.isnan(values)]
    kind: ColumnKind = "number"
    if not len(present) or (present == present[0]).all():
        kind = "constant"
    elif _RUNNING.fullmatch(name) and _counts(present):
        kind = "id"
    return TableColumn(name, kind, values, missing=len(values) - len(present))


def _of_words(name: str, texts: pl.Series) -> TableColumn:
    codes, categories = written.codes(texts, MOST_CATEGORIES)
    kind: ColumnKind = "text"
    count = len(categories)
    if count == 1:
        kind = "constant"
    elif 0 < count <= max(2, min(USUAL_CATEGORIES, texts.count() / 2)) or 0 < count < min(FEW, texts.count()):
        kind = "category"
    elif texts.drop_nulls().n_unique() == texts.count():
        kind = "text" if texts.str.contains(" ", literal=True).any() else "id"
    return TableColumn(name, kind, codes, categories, texts.null_count(), source=texts)


def _counts(present: Floats) -> bool:
    """Whether these are whole numbers of which each is there once."""
    return bool((present == np.floor(present)).all()) and len(np.unique(present)) == len(present)


# --- taken otherwise --------------------------------------------------------------------------------


def changed(column: TableColumn, kind: ColumnKind, rows: Rows) -> TableColumn:
    """The column taken as another kind.

    Raises:
        TableProblem: when its values are not of that kind.
    """
    match kind:
        case "number":
            return replace(_as_numbers(column, rows), kind=kind)
        case "category":
            return replace(_as_categories(column), kind=kind)
        case "date":
            return replace(_as_dates(column), kind=kind)
    return replace(column, kind=kind)


def _as_numbers(column: TableColumn, rows: Rows) -> TableColumn:
    if not column.coded or column.source is None:
        return column
    texts = column.source
    numbers = written.numbers(texts, column.decimal)
    if (wrong := _first(numbers.is_null() & texts.is_not_null())) is not None:
        raise _no_number(column.name, texts[wrong], rows[wrong])
    _check_finite(column.name, numbers, texts, rows)
    return replace(column, values=written.to_floats(numbers), categories=())


def _as_categories(column: TableColumn) -> TableColumn:
    if column.coded and column.categories:
        return column
    texts = as_texts(column)
    codes, categories = written.codes(texts, MOST_CATEGORIES)
    if not categories and texts.count():
        raise TableProblem(
            say(
                "table.too_many_categories",
                "it has {count} different values, more than the {most} categories there may be",
                count=texts.drop_nulls().n_unique(),
                most=MOST_CATEGORIES,
            ),
            column=column.name,
        )
    return replace(column, values=codes, categories=categories, source=texts)


def _as_dates(column: TableColumn) -> TableColumn:
    if column.kind == "date":
        return column
    days = None if column.source is None else written.days(column.source)
    if days is None:
        raise TableProblem(say("table.no_dates", "its values are not all dates"), column=column.name)
    return replace(column, values=days, categories=())


def as_texts(column: TableColumn) -> pl.Series:
    """The values as they are written; whole numbers without a point."""
    import polars as pl

    if column.source is not None:
        return column.source
    numbers = pl.Series(column.values, nan_to_null=True)
    whole = numbers.drop_nulls()
    if (whole == whole.floor()).all() and (whole.abs() < 2**53).all():
        return numbers.cast(pl.Int64).cast(pl.String)
    return numbers.cast(pl.String)


# --- what is wrong ----------------------------------------------------------------------------------


def _first(wrong: pl.Series) -> int | None:
    return wrong.arg_max() if wrong.any() else None


def _no_number(name: str, text: str, row: int) -> TableProblem:
    return TableProblem(say("table.no_number", "{text} is not a number", text=quoted(text)), int(row), name)


def _check_finite(name: str, numbers: pl.Series, texts: pl.Series, rows: Rows) -> None:
    if (wrong := _first(numbers.is_infinite())) is not None:
        raise TableProblem(
            say(
                "table.infinite",
                "{text} is infinite, or larger than any number here; take it as missing or mend it",
                text=quoted(texts[wrong]),
            ),
            int(rows[wrong]),
            name,
        )
