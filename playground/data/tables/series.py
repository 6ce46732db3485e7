"""Columns of a table as one series over time, cut into windows whose next steps are predicted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data import store
from playground.data.dataset import Brought, Samples, Task
from playground.data.sample import Floats, SampleShape
from playground.data.scaling import Standardize
from playground.data.tables.limits import MOST_VALUES
from playground.data.tables.problem import TableProblem
from playground.data.tables.table import Table
from playground.data.windows import CutInWindows, Windows
from playground.numbers.writing import duration
from playground.text import Text, say
from playground.value import Hidden, Typical, Unit
from playground.words import shortened

MOST_COLUMNS = 50
SECONDS_OF_A_DAY = 86_400
A_MONTH_IS_SHORTER = 0.1
"""By what share of a usual month, 31 days, the shortest one is shorter, and a little more."""

USUAL_WINDOW = 20


class TableSeries(CutInWindows, Brought):
    kind: Literal["series"] = "series"
    title = "Series"
    help = "Columns of a table over time: from a window of rows the network predicts the rows that follow."
    formula = "(x(s − w + 1), …, x(s)) → (x(s + 1), …, x(s + h))"
    advice = (
        "The rows must be equally far apart; gaps are filled in a straight line between their neighbours."
    )
    reference = "Lapedes & Farber 1987."
    usual_scaling = Standardize.usual()
    usual_target_scaling = Standardize.usual()

    name: Annotated[str, Hidden()] = Field("", max_length=200, title="Name")
    names: Annotated[tuple[str, ...], Hidden()] = Field(
        min_length=1, max_length=MOST_COLUMNS, title="Columns"
    )
    rows: Annotated[int, Hidden()] = Field(ge=1, le=MOST_VALUES, title="Rows")
    window: Annotated[int, Unit("steps"), Typical(2, 60)] = Field(
        USUAL_WINDOW,
        ge=1,
        le=500,
        title="Window",
        description="How many rows the network is given, 10 to 40 as a rule.",
    )
    horizon: Annotated[int, Unit("steps"), Typical(1, 20)] = Field(
        1, ge=1, le=100, title="Horizon", description="How many rows it has to predict; more is harder."
    )

    filled: Annotated[int, Hidden()] = Field(0, ge=0, le=MOST_VALUES, title="Values that were filled in")

    @classmethod
    def of(cls, table: Table, names: Sequence[str], window: int | None = None, horizon: int = 1) -> Self:
        """The series of these columns; rows that are not in the order of their dates are sorted by them.

        Raises:
            InvalidValue: when a column is not there or holds no numbers, or there are too few rows.
        """
        values = np.stack([_numbers(table, name) for name in names], axis=1)
        missing = int(np.isnan(values).sum())
        values = _filled(values[in_order_of_dates(table)])
        usual = min(USUAL_WINDOW, max((len(values) - horizon) // 3, 1))
        fields = {
            "name": table.name[:200],
            "names": tuple(names),
            "rows": len(values),
            "window": usual if window is None else window,
            "horizon": horizon,
            "filled": missing,
        }
        made = cls.build(fields | {"content": "0" * 64})  # refuses before anything is put into the store
        if made.problem is not None:
            raise TableProblem(made.problem)
        key = store.put(store.Content(values, np.empty((len(values), 0), np.uint8)))
        return cls.build(fields | {"content": key})

    @property
    def windows(self) -> Windows:
        """The windows over it."""
        return Windows(self.rows, self.window, self.horizon, len(self.names))

    @property
    def problem(self) -> Text | None:
        if self.windows.count > 1:
            return None
        return say(
            "series.too_short",
            "A window of {window} and a horizon of {horizon} need at least {needed} rows, and there are "
            "{rows}; take a shorter window.",
            window=self.window,
            horizon=self.horizon,
            needed=self.window + self.horizon + 1,
            rows=self.rows,
        )

    @property
    def task(self) -> Task:
        """Predict the rows that follow."""
        several = len(self.names) > 1
        return Task("regression", sizes=(self.horizon, len(self.names)) if several else (self.horizon,))

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(time=self.window, columns=self.names)

    def onward(self, row: int, steps: int) -> Floats | None:
        first = self.windows.behind(row)
        return np.asarray(self.arrays.raw[first : first + steps], np.float64)

    def _samples(self, rows: NDArray[np.int64]) -> Samples:
        held = self.arrays.raw
        if held.shape != (self.rows, len(self.names)) or held.dtype != np.float64:
            raise store.others()
        if not self.count:
            nothing = np.empty((0, *self.shape.sizes))
            return Samples(nothing, np.empty((0, *self.task.sizes)), self.task)
        windows, following = self.windows.cut(held)
        targets = following[rows].reshape(len(rows), *self.task.sizes).astype(np.float64)
        return Samples(
            windows[rows].astype(np.float64), targets[:, 0] if self.task.sizes == (1,) else targets, self.task
        )


def _numbers(table: Table, name: str) -> Floats:
    """The values of a column.

    Raises:
        TableProblem: when it is not there, or holds no numbers.
    """
    column = next((each for each in table if each.name == name), None)
    if column is None:
        raise TableProblem(say("table.no_column", "There is no column “{name}”.", name=shortened(name)))
    if column.coded or column.kind == "date" or column.missing == len(column.values):
        raise TableProblem(say("series.no_numbers", "it holds no numbers, and is no series"), column=name)
    return column.values.astype(np.float64)


def in_order_of_dates(table: Table) -> NDArray[np.int64]:
    """The rows in the order of their dates; as they stand where there are no dates, or one is missing."""
    days = _days(table)
    return np.arange(table.rows) if days is None else np.argsort(days, kind="stable")


def of_uneven_dates(table: Table) -> Text | None:
    """What is said where rows are not equally far apart in time; months and years count as equally long."""
    days = _days(table)
    apart = np.diff(np.sort(days)) if days is not None else np.empty(0)
    if not apart.size:
        return None
    usual = float(np.median(apart))
    count = int(np.count_nonzero(np.abs(apart - usual) > A_MONTH_IS_SHORTER * usual))
    if not count:
        return None
    return say(
        "series.uneven_dates",
        "The dates are not equally far apart: {usual} as a rule, {count} times not. All rows count as one "
        "step each.",
        usual=duration(usual * SECONDS_OF_A_DAY) if usual else "0 s",
        count=count,
    )


def _days(table: Table) -> Floats | None:
    """The first column of dates, in days; None where there is none, or one of them is missing."""
    dates = next((each for each in table if each.kind == "date" and not each.missing), None)
    return None if dates is None else dates.values.astype(np.float64)


def _filled(values: Floats) -> Floats:
    """Values (rows, columns) with gaps filled in a straight line, at the ends with the nearest value."""
    at = np.arange(len(values))
    for column in values.T:
        there = np.isfinite(column)
        column[~there] = np.interp(at[~there], at[there], column[there])
    return values
