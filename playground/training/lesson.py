"""The lesson: what the steps of an epoch learn from, the training samples as they are or varied anew.

What is measured and plotted is never varied.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.augmentation import varied
from playground.data.prepared import PreparedData
from playground.data.sample import Targets
from playground.engine.arrays import Array
from playground.engine.links import NodeLinks
from playground.engine.losses.base import one_hot
from playground.experiment import Experiment
from playground.training.measures import CodedSamples, Sides
from playground.training.whole_graph import WholeGraph


class Lesson:
    """Training samples, in every epoch the same.

    Attributes:
        inputs: (samples, inputs + 1) in the network's precision, the last column ones.
        aims: (samples, outputs) what the outputs are drawn towards.
        weights: what each sample counts, (samples,); None where all count alike.
        links: the edges between all samples, which are then one batch; None where they have none.
        state: the generator's state before the epoch under way; None where there is no chance.
    """

    def __init__(
        self, inputs: Array, aims: Array, weights: Array | None, links: NodeLinks | None = None
    ) -> None:
        self.inputs, self.aims, self.weights = inputs, aims, weights
        self.links = links
        self.state: Mapping[str, Any] | None = None

    def begin_epoch(self) -> None:
        """Nothing changes."""

    @staticmethod
    def of(data: PreparedData, sides: Sides, experiment: Experiment, chance: np.random.Generator) -> Lesson:
        """The one of an experiment, varied where it has augmentations."""
        samples = sides.train
        if samples.whole is not None:
            return _of_nodes(samples, samples.whole)
        if not experiment.data.augmentations:
            return Lesson(samples.inputs, samples.aims, samples.weights)
        return VariedLesson(data, sides, experiment, chance)


def _of_nodes(samples: CodedSamples, whole: WholeGraph) -> Lesson:
    """All nodes of a graph, of which those are asked for that are learnt from."""
    nodes, count = whole.of_samples[samples.split.rows], len(whole.inputs)
    inputs = np.ones((count, whole.inputs.shape[1] + 1), samples.inputs.dtype)
    inputs[:, :-1] = whole.inputs
    aims = np.full((count, samples.aims.shape[1]), np.nan, samples.aims.dtype)
    aims[nodes] = samples.aims
    if samples.weights is None:
        return Lesson(inputs, aims, None, whole.links)
    weights = np.full(count, samples.weights.mean(), samples.weights.dtype)
    weights[nodes] = samples.weights
    return Lesson(inputs, aims, weights, whole.links)


class VariedLesson(Lesson):
    """Training samples that are varied anew for each epoch."""

    def __init__(
        self, data: PreparedData, sides: Sides, experiment: Experiment, chance: np.random.Generator
    ) -> None:
        self._plain = plain = sides.train
        weights = None if plain.weights is None else plain.weights.copy()
        super().__init__(plain.inputs.copy(), plain.aims.copy(), weights)
        self._data, self._chance, self._low = data, chance, sides.low
        self._loss, self._classes = experiment.training.loss, data.task.classes
        self._augmentations = experiment.data.augmentations
        self._gives_back = experiment.data.targets == "inputs"
        self._targets = self._begin_with()

    def begin_epoch(self) -> None:
        """Vary the samples anew."""
        self.state = self._chance.bit_generator.state
        raw, targets = varied(self._augmentations, self._data.train.raw, self._targets, self._chance)
        inputs = self._data.transform(raw)
        self.inputs[:, :-1] = inputs
        aims = inputs if self._gives_back else self._data.scaled_targets(targets)
        self.aims[:] = self._loss.coded(aims, self._classes, self._low)
        if self.weights is not None:
            self.weights[:] = self._loss.weights(targets)
        ended = np.isnan(inputs) if self._data.dataset.shape.is_sequence else False
        self._put_back(np.flatnonzero(~(np.isfinite(inputs) | ended).all(axis=1)))

    def _put_back(self, without_value: NDArray[np.intp]) -> None:
        """Take samples as they are in place of those of which an input has no value, as outside of a root."""
        self.inputs[without_value] = self._plain.inputs[without_value]
        self.aims[without_value] = self._plain.aims[without_value]
        if self.weights is not None and self._plain.weights is not None:
            self.weights[without_value] = self._plain.weights[without_value]

    def _begin_with(self) -> Targets:
        """The targets as augmentations take them: class indices, shares of classes, or values."""
        labels, classes = self._data.train.labels, self._data.dataset.task.classes
        blends = classes and any(augmentation.blends for augmentation in self._augmentations)
        return one_hot(labels, classes) if blends else labels
