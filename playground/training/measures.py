"""How well a network does on one side of the split, and the samples that this is measured by."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import cached_property

import numpy as np

from playground.data.prepared import PreparedData, Split
from playground.data.scaling import Fitted
from playground.engine.arrays import Array
from playground.engine.losses import Loss
from playground.engine.losses.asked import some_missing
from playground.engine.metrics import Counts
from playground.experiment import Experiment
from playground.record import record
from playground.training.whole_graph import WholeGraph

RECORDED = ("accuracy", "mae", "rmse", "r2")
"""The metrics of every epoch; what there is besides is detail."""


@record
class Measures:
    """How well the network does on one side of the split.

    Attributes:
        loss: the mean loss by the true labels and what layers add to it, on every side alike; NaN where there
            are no samples, and then all metrics are.
        metrics: accuracy (0 to 1) for classes, or mae, rmse and r2 for numbers; in detail for classes also
            zero_one, precision, recall, f1 and auc, which is NaN where it is not defined.
        confusion: how often each true class (row) was taken for each class (column); None for numbers and
            when it was not asked for.
    """

    loss: float
    metrics: Mapping[str, float]
    confusion: Counts | None = field(default=None, compare=False)
    smoothed: float | None = None
    """The mean loss by the smoothed labels that training aims at; None where labels are not smoothed."""
    term: float | None = None
    """How much of the loss layers add, as by their KL terms; None where no layer adds anything."""

    @property
    def of_data(self) -> float:
        """The loss without what layers add to it: how far the outputs are from their targets."""
        return self.loss - (self.term or 0.0)

    @property
    def in_short(self) -> Measures:
        """What every epoch records of it."""
        kept = {name: value for name, value in self.metrics.items() if name in RECORDED}
        return replace(self, metrics=kept, confusion=None)

    @property
    def is_empty(self) -> bool:
        """Whether there were no samples to measure on."""
        return all(math.isnan(value) for value in self.metrics.values())


def columns(sides: Mapping[str, Measures | None]) -> dict[str, float]:
    """All numbers of the sides of the split that there are, as a history names them, losses first."""
    losses, others = {}, {}
    for side, measures in sides.items():
        if measures is None:
            continue
        losses[f"{side}_loss"] = measures.loss
        if measures.smoothed is not None:
            others[f"{side}_loss_smoothed"] = measures.smoothed
        if measures.term is not None:
            others[f"{side}_loss_data"] = measures.of_data
        others |= {f"{side}_{name}": value for name, value in measures.metrics.items()}
    return losses | others


@record(eq=False)
class CodedSamples:
    """One side of the split as the engine takes it.

    Attributes:
        split: where it comes from.
        inputs: (samples, inputs + 1) in the network's precision, the last column ones.
        targets: (samples, outputs), coded for the loss: what is measured by.
        aims: what training draws the outputs towards; the same array unless labels are smoothed.
        weights: what each sample counts in training, (samples,); None where all count alike.
        unscaled: turns outputs to the scale of the dataset.
        scaling: how the targets of the dataset were scaled; None where they are taken as they are.
        whole: the graph whose nodes the samples are, where the network reads it.
    """

    split: Split
    inputs: Array
    targets: Array
    aims: Array
    weights: Array | None
    unscaled: Callable[[Array], Array]
    scaling: Fitted | None = None
    whole: WholeGraph | None = None

    @cached_property
    def gaps(self) -> bool:
        """Whether some of the targets are not asked for."""
        return some_missing(self.targets)

    @classmethod
    def of(
        cls,
        split: Split,
        data: PreparedData,
        loss: Loss,
        low: float,
        dtype: str,
        whole: WholeGraph | None = None,
    ) -> CodedSamples:
        """The split with its targets coded for the loss; `low` is the code of the lower of two classes."""
        classes = data.task.classes
        inputs = np.ones((len(split.inputs), split.inputs.shape[1] + 1), dtype)
        inputs[:, :-1] = split.inputs

        def coded(rule: Loss) -> Array:
            return np.ascontiguousarray(rule.code(split.targets, classes, low), dtype)

        targets = coded(loss.plain)
        aims = targets if loss == loss.plain else coded(loss)
        weights = loss.weights(split.targets).astype(dtype) if loss.weighs else None
        aims = targets if np.array_equal(targets, aims) else aims
        return cls(split, inputs, targets, aims, weights, data.unscaled, data.target_scaling, whole)


@record(eq=False)
class Sides:
    """All sides of the split; `low` is the code of the lower of two classes, −1 or 0."""

    train: CodedSamples
    test: CodedSamples
    validation: CodedSamples | None
    low: float

    @classmethod
    def of(cls, data: PreparedData, experiment: Experiment) -> Sides:
        """The data coded for an experiment's loss and output."""
        output = experiment.network.output
        assert output is not None
        low = 0.0 if output.output_range[0] >= 0 else -1.0
        loss, dtype = experiment.training.loss, experiment.precision
        whole = WholeGraph.of(data, experiment.graph.reads_graph)

        def coded(split: Split, rule: Loss) -> CodedSamples:
            return CodedSamples.of(split, data, rule, low, dtype, whole)

        return cls(
            train=coded(data.train, loss),
            test=coded(data.test, loss.plain),
            validation=coded(data.validation, loss.plain) if data.validation else None,
            low=low,
        )
