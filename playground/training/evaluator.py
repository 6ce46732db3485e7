"""The evaluator: how well a network does on one side of the split, and how long its gradients are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from playground.engine.arrays import Array, norm
from playground.engine.losses import Loss
from playground.engine.losses.asked import total_loss
from playground.engine.metrics import (
    auc,
    classification_metrics,
    classify,
    confusion_matrix,
    confusion_metrics,
    regression_metrics,
)
from playground.engine.network import Network
from playground.training.measures import CodedSamples, Measures
from playground.training.whole_graph import passes


class Evaluation(NamedTuple):
    """What a pass over all samples gives.

    Attributes:
        outputs: (samples, outputs), to be read before the next pass.
        loss, smoothed, term: see `Measures`.
        metrics: those of every epoch; None where they are to be found from the outputs.
    """

    outputs: Array
    loss: float
    smoothed: float | None = None
    term: float | None = None
    metrics: Mapping[str, float] | None = None


class Evaluator:
    """Measures a network by NumPy, as at test time, in bounded memory."""

    def __init__(self, network: Network, loss: Loss, classes: int, threshold: float) -> None:
        """Of so many classes (0: numbers), of which two are told apart by a threshold."""
        self._network, self._loss = network, loss
        self._classes, self._threshold = classes, threshold

    def measure(self, samples: CodedSamples, detailed: bool = False) -> Measures:
        """The mean loss and the metrics; what is `detailed` costs several times as much as the rest."""
        count, classes = len(samples.inputs), self._classes
        if not count:
            names = ("accuracy",) if classes else ("mae", "rmse", "r2")
            return Measures(math.nan, dict.fromkeys(names, math.nan))
        found, labels = self._find(samples), samples.split.truth
        if found.metrics is not None and not (detailed and classes):
            return Measures(found.loss, found.metrics, None, found.smoothed, found.term)
        losses = Measures(found.loss, {}, smoothed=found.smoothed, term=found.term)
        if not classes:
            return replace(losses, metrics=regression_metrics(samples.unscaled(found.outputs), labels))
        if detailed:
            confusion = confusion_matrix(labels, classify(found.outputs, self._threshold), classes)
            metrics = {**confusion_metrics(confusion), "auc": auc(found.outputs, labels)}
            return replace(losses, metrics=metrics, confusion=confusion)
        return replace(losses, metrics=classification_metrics(found.outputs, labels, self._threshold))

    def forget(self) -> None:
        """The network changed: what may be known already is of before."""

    def norms(self) -> dict[str, float]:
        """The Euclidean norm of each layer's gradient at the last step, by layer id."""
        gradients = self._network.gradients
        return {name: norm(gradients[span]) for name, span in self._network.spans().items()}

    def _find(self, samples: CodedSamples) -> Evaluation:
        network, loss, count = self._network, self._loss, len(samples.inputs)
        outputs = np.empty((count, network.outputs), network.dtype)
        total = smoothed = asked = term = 0.0
        smooths, adds = samples.aims is not samples.targets and not samples.gaps, False
        for rows, plan, z, a in passes(network, samples.inputs[:, :-1], samples.whole, samples.split.rows):
            outputs[rows], size = a.T, rows.stop - rows.start
            adds, term = bool(plan.terms), term + plan.term() * size
            if samples.gaps:
                more, samples_of = total_loss(loss, z, a, samples.targets[rows].T)
            else:
                more, samples_of = loss.value(z, a, samples.targets[rows].T) * size, size
            total, asked = total + more, asked + samples_of
            if smooths:
                smoothed += loss.value(z, a, samples.aims[rows].T) * size
        term /= count
        mean = (float(total / asked) if asked else math.nan) + term
        return Evaluation(outputs, mean, smoothed / count + term if smooths else None, term if adds else None)
