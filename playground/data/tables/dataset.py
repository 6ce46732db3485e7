"""A table of a person's own as a dataset: which columns are predicted, from which, and what a gap means.

The store holds the whole table, so that another target, other inputs or another way with gaps is a change of
a few words, and shares the samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from playground.data import store
from playground.data.dataset import Brought, Samples, Task
from playground.data.sample import Column, Floats, completed
from playground.data.scaling import Scaling, Standardize
from playground.data.tables.column import LEARNT_FROM, ColumnKind, TableColumn
from playground.data.tables.kinds import Rows
from playground.data.tables.limits import MOST_VALUES
from playground.data.tables.problem import TableProblem
from playground.data.tables.table import Table
from playground.randomness import Source
from playground.text import Text, say
from playground.value import Hidden, Titles, Value
from playground.words import shortened

MOST_CLASSES = 100
"""Classes that a network may be asked to tell apart."""

MOST_INPUTS = 100_000_000
"""Rows times inputs, where each category is an input of its own."""

COUNTED = ("targets", "inputs", "missing")
"""The fields on which it depends how many rows remain."""

Missing: TypeAlias = Literal["drop", "mean", "refuse"]
Names = Annotated[tuple[str, ...], Hidden()]


class HeldColumn(Value):
    """A column of the table that the store holds."""

    name: str = Field(max_length=200, title="Name")
    kind: ColumnKind = Field("number", title="Kind")
    categories: tuple[str, ...] = Field((), max_length=1000, title="Categories")
    missing: int = Field(0, ge=0, le=MOST_VALUES, title="Missing values")


class OwnTable(Brought):
    kind: Literal["table"] = "table"
    title: ClassVar[str] = "Table"
    help: ClassVar[str] = "A table of one's own: some of its columns are predicted from others."
    advice: ClassVar[str] = "For any table with a row a case; standardize it, as its columns differ in size."
    usual_scaling: ClassVar[Scaling] = Standardize()

    name: Annotated[str, Hidden()] = Field("", max_length=200, title="Name")
    held: Annotated[tuple[HeldColumn, ...], Hidden()] = Field(title="Columns")
    targets: Names = Field(title="Targets", min_length=1)
    inputs: Names = Field(title="Inputs", min_length=1)
    missing: Annotated[
        Missing,
        Titles({"drop": "Leave the row out", "mean": "Mean, or most frequent", "refuse": "Refuse"}),
    ] = Field(
        "drop",
        title="Missing values",
        description="What stands for a missing input; a row without its target is left out, or refused.",
    )
    rows: Annotated[int, Hidden()] = Field(ge=1, le=MOST_VALUES, title="Rows")
    remaining: Annotated[int, Hidden()] = Field(ge=1, le=MOST_VALUES, title="Rows that remain")
    above: Annotated[int, Hidden()] = Field(0, ge=0, le=MOST_VALUES, title="Rows of the file above the first")

    @classmethod
    def of(
        cls,
        table: Table,
        targets: Sequence[str],
        inputs: Sequence[str] | None = None,
        missing: Missing = "drop",
    ) -> Self:
        """The dataset of a table, whose values are put into the store.

        Inputs are by default all columns of numbers and of categories that are no targets.

        Raises:
            InvalidValue: when nothing can be learnt of it; a value that is missing is named with its row.
        """
        columns = [column for column in table if _is_held(column)]
        held = tuple(
            HeldColumn(
                name=column.name, kind=column.kind, categories=column.categories, missing=column.missing
            )
            for column in columns
        )
        _check_known(table, held, (*targets, *(inputs or ())))
        if inputs is None:
            usual = [each.name for each in held if each.kind in LEARNT_FROM and each.name not in targets]
            if not usual:
                raise TableProblem(say("table.no_inputs", "There is no column to predict it from."))
            inputs = usual
        fields: dict[str, Any] = {
            "name": table.name[:200],
            "held": held,
            "targets": tuple(targets),
            "inputs": tuple(inputs),
            "missing": missing,
            "rows": table.rows,
            "remaining": table.rows,
            "above": int(table.numbers[0]) - 1,
        }
        cls.build(fields | {"content": "0" * 64})  # refuses before anything is put into the store
        raw = np.stack([_floats(column) for column in columns], axis=1)
        key = store.put(store.Content(raw, np.empty((table.rows, 0), np.uint8)))
        return cls.build(fields | {"content": key})._counted(table.numbers)

    @model_validator(mode="after")
    def _can_be_learnt(self) -> Self:
        if problem := _problem(self):
            raise ValueError(problem)
        return self

    def with_(self, **changes: Any) -> Self:
        changed = super().with_(**changes)
        if "remaining" in changes or not any(field in changes for field in COUNTED):
            return changed
        return changed._counted()

    def with_targets(self, targets: Sequence[str]) -> Self:
        """The same with other columns to predict; those that were predicted before become inputs.

        Raises:
            InvalidValue: when that cannot be learnt.
        """
        wanted = {*self.inputs, *self.targets} - {*targets}
        inputs = tuple(column.name for column in self.held if column.name in wanted)
        return self.with_(targets=tuple(targets), inputs=inputs)

    @property
    def task(self) -> Task:
        """Predict the targets: a class, or as many numbers as there are of them."""
        first = self.held_column(self.targets[0])
        if first.categories:
            return Task("classification", first.categories)
        return Task("regression", sizes=(len(self.targets),))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(name, categories=self.held_column(name).categories) for name in self.inputs)

    @property
    def count(self) -> int:
        return self.remaining

    @cached_property
    def arrays(self) -> store.Content:
        found = super().arrays
        if found.raw.shape != (self.rows, len(self.held)) or found.raw.dtype != np.float64:
            raise store.others()
        return found

    def take(self, source: Source) -> Samples:
        rows = self.remaining_rows()
        if len(rows) != self.remaining:
            raise store.others()
        return self._samples(rows)

    def few(self, count: int, source: Source) -> Samples:
        rows = self.remaining_rows()
        samples = self._samples(rows[np.linspace(0, len(rows) - 1, min(count, len(rows))).astype(int)])
        return replace(samples, raw=completed(samples.raw, self.fill(samples.raw)))

    def fill(self, raw: Floats) -> Floats | None:
        """The mean of each input, or its most frequent category, where that is how gaps are filled."""
        if self.missing != "mean":
            return None
        return np.array(
            [
                _usual(values, bool(column.categories))
                for column, values in zip(self.columns, raw.T, strict=True)
            ]
        )

    def remaining_rows(self) -> NDArray[np.int64]:
        """Which rows of the table are learnt from, counted from 0.

        Raises:
            InvalidValue: when the samples cannot be had.
        """
        return np.flatnonzero(~self._left_out())

    def _samples(self, rows: NDArray[np.int64]) -> Samples:
        held: Floats = self.arrays.raw.astype(np.float64, copy=False)
        raw = held[rows[:, np.newaxis], self._places(self.inputs)]
        targets = held[rows[:, np.newaxis], self._places(self.targets)]
        self._check_codes(self.inputs, raw)
        self._check_codes(self.targets, targets)
        if len(self.targets) == 1:
            targets = targets[:, 0]
        return Samples(raw, targets.astype(np.int64) if self.task.classes else targets, self.task)

    def _check_codes(self, names: Sequence[str], values: Floats) -> None:
        """Refuse samples of which a code stands for no category."""
        for name, column in zip(names, values.T, strict=True):
            if count := len(self.held_column(name).categories):
                present = column[~np.isnan(column)]
                if not ((present >= 0) & (present < count) & (present == np.floor(present))).all():
                    raise store.others()

    def _counted(self, numbers: Rows | None = None) -> Self:
        """The same with the count of rows that remain; the numbers are those of all rows in the file.

        Raises:
            TableProblem: when there are none, or one is to be refused.
        """
        left_out = self._left_out()
        if self.missing == "refuse" and left_out.any():
            row = int(left_out.argmax())
            self._refuse(row, self.above + row + 1 if numbers is None else int(numbers[row]))
        remaining = self.rows - int(np.count_nonzero(left_out))
        if not remaining:
            raise TableProblem(say("table.none_remain", "Every row lacks a value, so that none remains."))
        return super().with_(remaining=remaining)

    def _left_out(self) -> NDArray[np.bool_]:
        """Whether each row lacks a value that it must have."""
        needed = self.targets if self.missing == "mean" else (*self.targets, *self.inputs)
        found = np.zeros(self.rows, bool)
        for place in self._places(needed):
            if self.held[place].missing:
                found |= np.isnan(self.arrays.raw[:, place])
        return found

    def _refuse(self, row: int, number: int) -> None:
        lacking = (*self.targets, *self.inputs)
        values = self.arrays.raw[row, self._places(lacking)]
        name = lacking[int(np.isnan(values).argmax())]
        raise TableProblem(say("table.missing", "a value is missing"), number, name)

    @cached_property
    def held_places(self) -> Mapping[str, int]:
        """Where each column lies in the store."""
        return {column.name: place for place, column in enumerate(self.held)}

    def held_column(self, name: str) -> HeldColumn:
        """The column of that name."""
        return self.held[self.held_places[name]]

    def _places(self, names: Sequence[str]) -> list[int]:
        return [self.held_places[name] for name in names]


def _problem(dataset: OwnTable) -> Text | None:
    """Why it cannot be learnt; None when it can."""
    used = (*dataset.targets, *dataset.inputs)
    for position, name in enumerate(used):
        if name not in dataset.held_places:
            return say("table.unknown_column", "There is no column “{name}” to learn from.", name=name)
        if name in used[:position]:
            return say("table.used_twice", "The column “{name}” is used twice.", name=name)
    return _problem_of_targets(dataset) or _problem_of_size(dataset)


def _problem_of_targets(dataset: OwnTable) -> Text | None:
    classes = [len(dataset.held_column(name).categories) for name in dataset.targets]
    if len(classes) > 1 and any(classes):
        return say("table.several_classes", "Several targets must all be numbers; one is of categories.")
    if classes[0] == 1 or classes[0] > MOST_CLASSES:
        return say(
            "table.classes",
            "The column “{name}” has {count} different values; from 2 to {most} can be told apart.",
            name=dataset.targets[0],
            count=classes[0],
            most=MOST_CLASSES,
        )
    return None


def _problem_of_size(dataset: OwnTable) -> Text | None:
    width = sum(len(dataset.held_column(name).categories) or 1 for name in dataset.inputs)
    if dataset.rows * width <= MOST_INPUTS:
        return None
    return say(
        "table.too_many_inputs",
        "{rows} rows of {width} inputs are too many, as each category is an input of its own; "
        "rows times inputs may be {most} at most.",
        rows=dataset.rows,
        width=width,
        most=MOST_INPUTS,
    )


def _is_held(column: TableColumn) -> bool:
    """Whether the store holds a column: texts of any kind stay behind, and what has no value at all."""
    if column.missing == len(column.values):
        return False
    return not column.coded or (bool(column.categories) and column.kind in ("category", "constant"))


def _floats(column: TableColumn) -> Floats:
    """The values of a column, NaN where one is missing."""
    if not column.coded:
        return column.values.astype(np.float64)
    return np.where(column.values < 0, np.nan, column.values.astype(np.float64))


def _check_known(table: Table, held: Sequence[HeldColumn], names: Sequence[str]) -> None:
    kept = {column.name for column in held}
    for name in names:
        kinds = [column.kind for column in table if column.name == name]
        if not kinds:
            raise TableProblem(say("table.no_column", "There is no column “{name}”.", name=shortened(name)))
        if name not in kept:
            raise TableProblem(
                say("table.not_learnt_from", "it holds no numbers and no categories"), column=name
            )


def _usual(values: Floats, categories: bool) -> float:
    """The mean of a column, or its most frequent category; 0 where all are missing."""
    present = values[~np.isnan(values)]
    if not len(present):
        return 0.0
    return float(np.bincount(present.astype(int)).argmax() if categories else present.mean())
