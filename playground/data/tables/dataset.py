"""A table of a person's own as a dataset: which columns are predicted, from which, and what a gap means.

The store holds the whole table, so that another target, other inputs or another way with gaps is a change of
a few words, and shares the samples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from playground.data import store
from playground.data.dataset import Samples, Task
from playground.data.graphs import of_table
from playground.data.graphs.node_graph import Nodes
from playground.data.graphs.of_table import RowsOfGraph
from playground.data.sample import Column, Floats, Targets, completed
from playground.data.scaling import Standardize
from playground.data.tables.column import LEARNT_FROM
from playground.data.tables.held import SIDES, HeldColumn, Holding, floats, is_held
from playground.data.tables.kinds import Rows
from playground.data.tables.limits import MOST_VALUES
from playground.data.tables.problem import TableProblem
from playground.data.tables.table import Table
from playground.randomness import Source
from playground.text import Text, say
from playground.value import Hidden, Titles
from playground.words import quoted, shortened

MOST_CLASSES = 100
"""Classes that a network may be asked to tell apart."""

MOST_LETTERS, OF_WORD = 800_000, 20
"""Letters of all names and categories that fit in a file, and what each word takes besides its own."""

MOST_INPUTS = 100_000_000
"""Rows times inputs, where each category is an input of its own."""

COUNTED = ("targets", "inputs", "missing", "split_by")
"""The fields on which it depends how many rows remain."""

Missing: TypeAlias = Literal["drop", "mean", "refuse"]
Names = Annotated[tuple[str, ...], Hidden()]


class OwnTable(RowsOfGraph):
    kind: Literal["table"] = "table"
    title = "Table"
    help = "A table of one's own: some of its columns are predicted from others."
    advice = "For any table with a row a case; standardize it, as its columns differ in size."
    usual_scaling = Standardize.usual()
    usual_target_scaling = Standardize.usual()

    name: Annotated[str, Hidden()] = Field("", max_length=200, title="Name")
    held: Annotated[tuple[HeldColumn, ...], Hidden()] = Field(title="Columns")
    targets: Names = Field(min_length=1, title="Targets", description="The columns that are predicted.")
    inputs: Names = Field(
        min_length=1, title="Inputs", description="The columns from which they may be predicted."
    )
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
    split_by: Annotated[str, Hidden()] = Field(
        "", max_length=200, title="Split by", description="The column that says which rows are trained on."
    )
    shares: Annotated[tuple[int, int, int], Hidden()] = Field((0, 0, 0), title="Rows of each side")
    above: Annotated[int, Hidden()] = Field(0, ge=0, le=MOST_VALUES, title="Rows of the file above the first")

    @classmethod
    def of(
        cls,
        table: Table,
        targets: Sequence[str],
        inputs: Sequence[str] | None = None,
        missing: Missing = "drop",
        split_by: str = "",
    ) -> Self:
        """The dataset of a table, whose values are put into the store.

        Inputs are by default all columns of numbers and of categories that are no targets.  The column to
        split by has a word for training, validation or test in every row.

        Raises:
            InvalidValue: when nothing can be learnt of it; a value that is missing is named with its row.
        """
        columns = [column for column in table if is_held(column)]
        held = tuple(map(HeldColumn.of, columns))
        _check_known(table, held, (*targets, *(inputs or ()), *filter(None, [split_by])))
        if inputs is None:
            taken = {*targets, split_by}
            usual = [each.name for each in held if each.kind in LEARNT_FROM and each.name not in taken]
            if not usual:
                raise TableProblem(say("table.no_inputs", "There is no column to predict it from."))
            inputs = usual
        fields: dict[str, Any] = {
            "name": table.name[:200],
            "held": held,
            "targets": tuple(targets),
            "inputs": tuple(inputs),
            "missing": missing,
            "split_by": split_by,
            "rows": table.rows,
            "remaining": table.rows,
            "above": int(table.numbers[0]) - 1,
            "edges": "none" if table.graph is None else "directed" if table.graph.directed else "undirected",
        }
        cls.build(fields | {"content": "0" * 64})  # refuses before anything is put into the store
        raw = np.stack([floats(column) for column in columns], axis=1)
        more = {} if table.graph is None else of_table.arrays(table.graph)
        key = store.put(store.Content(raw, np.empty((table.rows, 0), np.uint8), more))
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

    def with_split_by(self, name: str) -> Self:
        """The same with another column that says which rows are trained on; "" for none.

        Raises:
            InvalidValue: when a value of it is no word for a side.
        """
        inputs = tuple(each for each in self.inputs if each != name)
        return self.with_(split_by=name, inputs=inputs)

    @property
    def sides(self) -> tuple[int, int, int] | None:
        return self.shares if self.split_by else None

    @property
    def task(self) -> Task:
        """Predict the targets: a class, or as many numbers as there are of them."""
        first = self.held_column(self.targets[0])
        if first.categories:
            return Task("classification", first.categories)
        return Task("regression", sizes=(len(self.targets),))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        own = tuple(Column(name, categories=self.held_column(name).categories) for name in self.inputs)
        means = of_table.averaged(own) if self.are_nodes else ()
        return (*own, *(Column(f"{of_table.OF_NEIGHBOURS}{name}") for name in means))

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
        return np.flatnonzero(~self._holding.lacking(self._needed))

    def held_column(self, name: str) -> HeldColumn:
        """The column of that name in the store."""
        return self.held_by_name[name]

    @cached_property
    def held_by_name(self) -> Mapping[str, HeldColumn]:
        """The columns in the store."""
        return {column.name: column for column in self.held}

    @property
    def _holding(self) -> Holding:
        return Holding(self.held, self.arrays)

    @property
    def _needed(self) -> tuple[str, ...]:
        """The columns in which a row must have a value to be learnt from."""
        filled = () if self.missing == "mean" else self.inputs
        return (*self.targets, *filled, *filter(None, [self.split_by]))

    def _samples(self, rows: NDArray[np.int64]) -> Samples:
        holding, task = self._holding, self.task
        targets: Targets = holding.of(self.targets, rows)
        if len(self.targets) == 1:
            targets = targets[:, 0].astype(np.int64 if task.classes else np.float64)
        sides = holding.sides(self.split_by, rows) if self.split_by else None
        if self.are_nodes:
            nodes = Nodes(self.graph, _values_of_nodes(self, holding), rows)
            return Samples(nodes.raw[rows], targets, task, sides, nodes)
        return Samples(holding.of(self.inputs, rows), targets, task, sides)

    def _counted(self, numbers: Rows | None = None) -> Self:
        """The same with the count of rows that remain; the numbers are those of all rows in the file.

        Raises:
            TableProblem: when there are none, or one is to be refused.
        """
        lacking = self._holding.lacking(self._needed)
        if self.missing == "refuse" and lacking.any():
            row = int(lacking.argmax())
            name = next(name for name in self._needed if self._holding.lacking([name])[row])
            number = self.above + row + 1 if numbers is None else int(numbers[row])
            raise TableProblem(say("table.missing", "a value is missing"), number, name)
        rows = np.flatnonzero(~lacking)
        if not len(rows):
            raise TableProblem(say("table.none_remain", "Every row lacks a value, so that none remains."))
        shares = (0, 0, 0)
        if self.split_by:
            train, validation, test = np.bincount(self._holding.sides(self.split_by, rows), minlength=3)
            shares = int(train), int(validation), int(test)
        return super().with_(remaining=len(rows), shares=shares)


def _problem(dataset: OwnTable) -> Text | None:
    """Why it cannot be learnt; None when it can."""
    used = (*dataset.targets, *dataset.inputs, *filter(None, [dataset.split_by]))
    for position, name in enumerate(used):
        if name not in dataset.held_by_name:
            return say("table.unknown_column", "There is no column “{name}” to learn from.", name=name)
        if name in used[:position]:
            return say("table.used_twice", "The column “{name}” is used twice.", name=name)
    return _problem_of_targets(dataset) or _problem_of_sides(dataset) or _problem_of_size(dataset)


def _problem_of_sides(dataset: OwnTable) -> Text | None:
    if not dataset.split_by:
        return None
    words = dataset.held_column(dataset.split_by).categories
    other = [word for word in words if word.casefold() not in SIDES]
    if words and not other:
        return None
    return say(
        "table.no_side",
        "The column “{name}” does not part the rows: {word} is no word for training, validation or test.",
        name=dataset.split_by,
        word=quoted(other[0]) if other else say("table.a_number", "a number"),
    )


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
    words = [word for column in dataset.held for word in (column.name, *column.categories)]
    if sum(map(len, words)) + OF_WORD * len(words) > MOST_LETTERS:
        return say(
            "table.too_many_words",
            "{count} names of columns and categories are too much text; take long ones as text.",
            count=len(words),
        )
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


def _values_of_nodes(dataset: OwnTable, holding: Holding) -> Floats:
    """The values of all nodes; what one lacks is the mean of its column, unless that comes later."""
    raw, columns = holding.of(dataset.inputs, np.arange(dataset.rows)), dataset.columns[: len(dataset.inputs)]
    means = of_table.means(dataset.graph, raw, dataset.inputs, of_table.averaged(columns))
    if dataset.missing != "mean":
        each = zip(raw.T, columns, strict=True)
        raw = completed(raw, np.array([_usual(values, bool(column.categories)) for values, column in each]))
    return np.concatenate([raw, means], axis=1)


def _usual(values: Floats, categories: bool) -> float:
    """The mean of a column, or its most frequent category; 0 where all are missing."""
    present = values[~np.isnan(values)]
    if not len(present):
        return 0.0
    return float(np.bincount(present.astype(int)).argmax() if categories else present.mean())
