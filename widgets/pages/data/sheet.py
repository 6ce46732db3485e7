"""The samples of an experiment as a sheet: a row each in the order of the dataset, whatever its side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from math import floor, log10

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from playground.data import Dataset, OwnTable, Task
from playground.data.pictures.looks import Looks
from playground.data.prepared import PreparedData, Split
from playground.data.sample import Floats, flattened
from playground.numbers.writing import NONE, cell, whole
from widgets.plots.output_meaning import class_names
from widgets.sentences import column_name

BINS = 12
LOOKED_AT = 1000
"""Values of a column from which its decimals are told."""

MOST_DECIMALS, FIGURES = 4, 4
MOST_HISTOGRAMS = 200
"""Columns of which a histogram is made; nobody looks at more."""


class Meaning(Enum):
    """What a column of the sheet shows."""

    NUMBER = "number"
    """Which sample it is, counted from 1."""
    NAME = "name"
    """What the node of a graph is called."""
    PICTURE = "picture"
    VALUE = "value"
    TARGET = "target"
    SIDE = "side"
    """What the sample is used for."""
    SAID = "said"
    """What the network says of it."""
    LOSS = "loss"


@dataclass(frozen=True, eq=False)
class SheetColumn:
    """A column of the sheet.

    Attributes:
        name: as it is shown.
        place: which of the sample's values, or targets, it is.
        key: what the dataset calls it; empty where the program does.
        categories: what its values 0, 1, … stand for; none for numbers.
        decimals: how many its numbers are written with.
        counts: how many of its values there are of each category, or in each part of its range.
        missing: how many values are missing.
    """

    meaning: Meaning
    name: str
    place: int = 0
    categories: tuple[str, ...] = ()
    decimals: int = 0
    counts: tuple[int, ...] = ()
    missing: int = 0
    key: str = ""

    def written(self, value: float) -> str:
        """A value as it stands in a cell; empty where it is missing."""
        if np.isnan(value):
            return ""
        return self.categories[int(value)] if self.categories else cell(value, self.decimals)


@dataclass(frozen=True, eq=False)
class Sheet:
    """The samples that an experiment has prepared.

    Attributes:
        side: (n,) on which of the `splits` each sample is.
        position: (n,) where it is there.
        table: (rows, columns) of a table of one's own, all that the store holds; None for other datasets.
        kept: (n,) which rows of it the samples are.
        used: (n,) which of the dataset's samples they are, in order; some may be left out between two sides.
    """

    data: PreparedData
    columns: tuple[SheetColumn, ...]
    side: NDArray[np.int8]
    position: NDArray[np.int64]
    table: NDArray[np.generic] | None
    kept: NDArray[np.int64]
    used: NDArray[np.int64]

    @classmethod
    def of(cls, data: PreparedData) -> Sheet:
        """That of these data; it takes a while where there are many."""
        splits = _splits(data)
        used = np.flatnonzero(np.bincount(np.concatenate([split.rows for split in splits])))
        side, position = np.zeros(len(used), np.int8), np.zeros(len(used), np.int64)
        for number, split in enumerate(splits):
            places = np.searchsorted(used, split.rows)
            side[places] = number
            position[places] = np.arange(len(split.rows))
        own = data.dataset if isinstance(data.dataset, OwnTable) else None
        table = None if own is None else own.arrays.raw
        kept = used if own is None else own.remaining_rows()
        bare = cls(data, (), side, position, table, kept, used)
        return replace(bare, columns=tuple(_columns(bare)))

    @property
    def rows(self) -> int:
        """How many samples there are."""
        return len(self.side)

    @property
    def dataset(self) -> Dataset:
        """Where they come from."""
        return self.data.dataset

    @cached_property
    def splits(self) -> tuple[Split, ...]:
        """The sides of the split that there are: training, test and perhaps validation."""
        return _splits(self.data)

    @cached_property
    def looks(self) -> Looks:
        """How samples look that are pictures."""
        return Looks.of(self.data.train.raw)

    @property
    def target(self) -> SheetColumn | None:
        """The column of classes; None where there are none."""
        return next(
            (each for each in self.columns if each.meaning is Meaning.TARGET and each.categories), None
        )

    def raw(self, row: int) -> Floats:
        """A sample, in the shape that its dataset has."""
        found: Floats = self.splits[self.side[row]].raw[self.position[row]]
        return found

    def label(self, row: int) -> NDArray[np.generic]:
        """What is true of a sample: a class, a number, or several."""
        return self.splits[self.side[row]].labels[self.position[row]]

    def value(self, row: int, column: SheetColumn) -> float:
        """What a sample has in a column of values or targets."""
        if self.table is not None:
            return float(self.table[self.kept[row], column.place])
        if column.meaning is Meaning.VALUE:
            return float(self.raw(row)[column.place])
        return float(np.ravel(self.label(row))[column.place])

    def values(self, column: SheetColumn) -> Floats:
        """What all samples have there, (n,)."""
        if column.meaning is Meaning.NUMBER:
            return self.numbers(np.arange(self.rows)).astype(np.float64)
        if self.table is not None and column.meaning in (Meaning.VALUE, Meaning.TARGET):
            return self.table[self.kept, column.place].astype(np.float64)
        if column.meaning is Meaning.NAME and self.data.nodes is not None:
            return self.data.nodes.of_samples.astype(np.float64)
        found = np.empty(self.rows)
        for number, split in enumerate(self.splits):
            match column.meaning:
                case Meaning.VALUE:
                    found[self.places(split)] = split.raw[:, column.place]
                case Meaning.TARGET:
                    found[self.places(split)] = flattened(split.labels)[:, column.place]
                case _:
                    found[self.places(split)] = number
        return found

    def places(self, split: Split) -> NDArray[np.int64]:
        """In which rows of the sheet the samples of a side are."""
        if len(self.used) and self.used[-1] == len(self.used) - 1:  # none is left out
            return split.rows
        return np.searchsorted(self.used, split.rows)

    def numbers(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of samples, counted from 1; in a table of one's own those that its file counts."""
        above = self.dataset.above if isinstance(self.dataset, OwnTable) else 0
        found: NDArray[np.int64] = self.kept[rows] + above + 1
        return found

    def text(self, row: int, column: SheetColumn) -> str:
        """What is written of a sample there; empty where its value is missing."""
        match column.meaning:
            case Meaning.NUMBER:
                return whole(int(self.numbers(np.array([row]))[0]))
            case Meaning.SIDE:
                return column.categories[self.side[row]]
            case Meaning.NAME if self.data.nodes is not None:
                return column.categories[self.data.nodes.of_samples[row]]
            case Meaning.VALUE | Meaning.TARGET:
                return column.written(self.value(row, column))
        return NONE


def side_names() -> tuple[str, ...]:
    """What the sides of the split are called, in the order of `Sheet.splits`."""
    return _tr("training"), _tr("test"), _tr("validation")


def _splits(data: PreparedData) -> tuple[Split, ...]:
    sides = (data.train, data.test, data.validation)
    return tuple(split for split in sides if split is not None)


def _columns(sheet: Sheet) -> list[SheetColumn]:
    """All columns of a sheet, from left to right."""
    data = sheet.data
    found = [SheetColumn(Meaning.NUMBER, _tr("#"))]
    if data.nodes is not None and data.nodes.graph.names:
        found.append(SheetColumn(Meaning.NAME, _tr("Node"), categories=data.nodes.graph.names))
    if not data.dataset.columns:
        found.append(SheetColumn(Meaning.PICTURE, _tr("Sample")))
    own = [_seen(sheet, column) for column in _of_dataset(data.dataset)]
    found += [column for column in own if column.meaning is Meaning.TARGET]
    if data.train.truth is data.train.labels or data.task.classes:
        found.append(SheetColumn(Meaning.SAID, _tr("Network says")))
    found.append(SheetColumn(Meaning.LOSS, _tr("Loss")))
    found.append(_seen(sheet, SheetColumn(Meaning.SIDE, _tr("Used for"), 0, side_names())))
    return found + [column for column in own if column.meaning is Meaning.VALUE]


def _of_dataset(dataset: Dataset) -> list[SheetColumn]:
    """Those of the samples themselves: all of a table of one's own in its order, else the targets first."""
    if isinstance(dataset, OwnTable):
        return [
            SheetColumn(
                Meaning.TARGET if held.name in dataset.targets else Meaning.VALUE,
                held.name,
                place,
                held.categories,
                key=held.name,
            )
            for place, held in enumerate(dataset.held)
        ]
    drawn = dataset.shape.is_sequence and dataset.task.numbers > 1 and not dataset.task.classes
    targets = (
        []
        if drawn
        else [
            SheetColumn(Meaning.TARGET, name, place, categories)
            for place, (name, categories) in enumerate(_targets(dataset.task))
        ]
    )
    values = [
        SheetColumn(Meaning.VALUE, column_name(column.name), place, column.categories, key=column.name)
        for place, column in enumerate(dataset.columns)
    ]
    return [*targets, *values]


def _targets(task: Task) -> list[tuple[str, tuple[str, ...]]]:
    """The name and the categories of each target."""
    if task.classes:
        return [(_tr("Class"), class_names(task))]
    if task.numbers == 1:
        return [(_tr("Value"), ())]
    return [(_tr("Value {number}").format(number=whole(place + 1)), ()) for place in range(task.numbers)]


def _seen(sheet: Sheet, column: SheetColumn) -> SheetColumn:
    """The column with what can be told of its values."""
    if column.meaning is Meaning.VALUE and column.place >= MOST_HISTOGRAMS:
        return column
    values = sheet.values(column)
    present = values[~np.isnan(values)]
    if column.categories:
        counts = np.bincount(present.astype(np.int64), minlength=len(column.categories))
    else:
        finite = present[np.isfinite(present)]
        counts = np.histogram(finite, BINS)[0] if len(finite) else np.zeros(BINS, np.int64)
    return replace(
        column,
        decimals=_decimals(present[:LOOKED_AT]),
        counts=tuple(counts.tolist()),
        missing=len(values) - len(present),
    )


def _decimals(values: Floats) -> int:
    """How many decimals say what these values say, or what their range makes worth saying."""
    values = values[np.isfinite(values)]
    for places in range(MOST_DECIMALS):
        if np.array_equal(np.round(values, places), values):
            return places
    spread = float(np.ptp(values))
    return max(0, FIGURES - 1 - floor(log10(spread))) if spread > 0 else MOST_DECIMALS


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sheet", text)
