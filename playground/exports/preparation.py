"""What is done to a sample, as a person has it, before the network is given it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from playground.data import Dataset, OwnTable
from playground.data.prepared import PreparedData
from playground.data.sample import Column, Floats, SampleShape
from playground.data.scaling import ByColumn, ByMatrix, Fitted, OverTime
from playground.data.spaces import middle
from playground.shapes import GraphShape


@dataclass(frozen=True, eq=False)
class LinearScaling:
    """(x − shift) · factor, or (x − shift) @ matrix where there is one.

    Attributes:
        shift, factor: (k,) of a row, of all values of a picture, or of one step of a sequence.
        matrix: (k, k) or None.
        undo_matrix: by which x = scaled @ undo_matrix + shift; None where x = scaled / factor + shift.
    """

    shift: Floats
    factor: Floats
    matrix: Floats | None = None
    undo_matrix: Floats | None = None

    @classmethod
    def of(cls, fitted: Fitted) -> Self:
        """That of a scaling of data."""
        if isinstance(fitted, OverTime):
            return cls.of(fitted.of_step)
        if isinstance(fitted, ByMatrix):
            ones = np.ones(len(fitted.shift))
            return cls(fitted.shift, ones, fitted.matrix, np.linalg.inv(fitted.matrix).astype(np.float64))
        assert isinstance(fitted, ByColumn)
        return cls(fitted.shift, fitted.factor)

    @property
    def changes(self) -> bool:
        """Whether it does anything."""
        return self.matrix is not None or bool(np.any(self.shift != 0) or np.any(self.factor != 1))


@dataclass(frozen=True, eq=False)
class Preparation:
    """From a sample as it is to what the network is given.

    First stands what is missing; then the expressions of a row's values x0, x1 … are worked out, or all of a
    sample is taken; then that is scaled.

    Attributes:
        shape: of a sample, as it is.
        columns: what the values of a row mean; none where a sample is no row.
        dates: which of the columns are dates, in days since 1970.
        usual: the middle of each column, or its most frequent category, in training.
        fill: what stands for a missing value of each column; None where none may be missing.
        expressions: the network's inputs by the values of a row; none where a sample is taken whole.
        names: what the inputs are called before they are scaled, where they are expressions.
        scaling: None where nothing is scaled.
        gaps: whether the last steps of a sequence may not be there, NaN.
        own: how many columns a node of a sample has, behind which are its edges; 0 where none is a graph.
        are_nodes: whether samples are the nodes of one graph.
        continues: whether of a sequence that is too long the last steps count.
    """

    shape: SampleShape
    columns: tuple[Column, ...]
    dates: tuple[str, ...]
    usual: Floats
    fill: Floats | None
    expressions: tuple[str, ...]
    names: tuple[str, ...]
    scaling: LinearScaling | None
    gaps: bool
    own: int
    are_nodes: bool
    continues: bool

    @classmethod
    def of(cls, data: PreparedData, input_shape: tuple[int, ...]) -> Self:
        """What is done to the samples of data, which a network of inputs of that shape is given."""
        dataset, scaling = data.dataset, LinearScaling.of(data.scaling)
        places = range(len(data.columns))
        return cls(
            shape=dataset.shape,
            columns=data.columns,
            dates=_dates(dataset),
            usual=np.array([middle(data, place) for place in places]),
            fill=data.fill,
            expressions=tuple(text for each in data.features for text in each.written(dataset)),
            names=tuple(
                column.name
                for each in data.features
                for column in each.columns(dataset)
                if each.written(dataset)
            ),
            scaling=scaling if scaling.changes else None,
            gaps=dataset.shape.is_sequence and bool(np.isnan(data.train.raw).any()),
            own=input_shape.own if isinstance(input_shape, GraphShape) else 0,
            are_nodes=dataset.are_nodes,
            continues=dataset.continues,
        )


def _dates(dataset: Dataset) -> tuple[str, ...]:
    if not isinstance(dataset, OwnTable):
        return ()
    return tuple(name for name in dataset.inputs if dataset.held_column(name).kind == "date")
