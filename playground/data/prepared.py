"""What is made of data for training: the sides of the split, as samples and as the network takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Dataset, Task
from playground.data.features import Feature, compute
from playground.data.graphs.node_graph import Nodes
from playground.data.sample import Column, Floats, Targets, completed, flattened, lengths
from playground.data.scaling import Fitted
from playground.record import record


@record(eq=False)
class Split:
    """One side of the split into training and test samples."""

    raw: Floats
    """(n, …) as the dataset has them."""
    inputs: Floats
    """(n, k) as the network takes them."""
    targets: Targets
    """What is to be learnt: (n,) class indices, or values on the scale of training, or (n, k) the inputs."""
    labels: Targets
    """(n,) class indices or values, as the dataset has them."""
    truth: Targets
    """What answers are held against: the labels, or (n, k) the inputs where these are to be learnt."""
    rows: NDArray[np.int64]
    """(n,) which of all samples they are, in the order of the dataset."""

    @property
    def lengths(self) -> NDArray[np.int64]:
        """(n,) how many steps each sequence has."""
        return lengths(self.raw)


@record(eq=False)
class PreparedData:
    """Data ready for training."""

    task: Task
    dataset: Dataset
    columns: tuple[Column, ...]
    """What the values of a row mean, with the ranges seen in training, or in the graph; none for no rows."""
    features: tuple[Feature, ...]
    scaling: Fitted
    fill: Floats | None
    """What stands for a missing value of each column; None where none can be missing."""
    target_scaling: Fitted | None
    """How values were brought to the scale of training; None where they stay as they are."""
    train: Split
    test: Split
    validation: Split | None = None
    """For choices made while training; None when the data have no such share."""
    nodes: Nodes | None = None
    """All nodes, where the samples are nodes of one graph."""

    def side(self, name: str) -> Split | None:
        """The samples of a side of the split: train, validation or test; None where there are none."""
        split = {"train": self.train, "validation": self.validation, "test": self.test}[name]
        return split if split is not None and len(split.inputs) else None

    def transform(self, raw: Floats) -> Floats:
        """The inputs (n, k) of any samples (n, …), such as the points of a map or new rows."""
        return self.scaling.apply(compute(self.features, completed(raw, self.fill), self.dataset))

    def scaled_targets(self, values: Targets) -> Targets:
        """Targets (n, …) of the dataset on the scale of training."""
        if self.target_scaling is None:
            return values
        return by_row(self.target_scaling.apply, values)

    def unscaled(self, outputs: NDArray[Any]) -> NDArray[Any]:
        """Outputs (n, k) on the scale of the dataset's targets."""
        if self.target_scaling is None:
            return outputs
        return by_row(self.target_scaling.undo, outputs)

    def known(self, raw: Floats) -> NDArray[np.bool_]:
        """Which samples (n, …) have all inputs: a formula may have no value, and steps may not be there."""
        values = np.isfinite(self.transform(raw))
        if self.dataset.shape.is_sequence:
            values |= np.isnan(flattened(raw))
        known: NDArray[np.bool_] = np.all(values, axis=1)
        return known


def by_row(scale: Callable[[Floats], Floats], values: NDArray[Any]) -> Floats:
    """Values (n, …) after what is done to rows (n, k) of them, in the shape that they had."""
    return scale(flattened(values).astype(np.float64)).reshape(values.shape)
