"""A network at one moment: a copy that answers, sample by sample, while the run goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Self

import numpy as np
from numpy.typing import NDArray

from playground.data.prepared import PreparedData, Split
from playground.data.sample import Floats
from playground.engine.activations import Sigmoid, Softmax
from playground.engine.arrays import Array
from playground.engine.links import NodeLinks
from playground.engine.losses import Loss
from playground.engine.losses.asked import loss_of_each, some_missing
from playground.engine.metrics import border, classify
from playground.engine.network import Network, Plan
from playground.experiment import Experiment
from playground.record import record
from playground.training.inside import LookInside, looks_inside
from playground.training.trainer import Trainer
from playground.training.whole_graph import WholeGraph, passes


class GivenUp(Exception):
    """Nobody wants the answers any more."""


@record(eq=False)
class Answers:
    """What a network says of n samples.

    Attributes:
        outputs: (n, outputs), values on the scale of the dataset.
        classes: (n,) the class that each is taken for; None for numbers.
        shares: (n, classes) the probability of each class; None where the outputs are no probabilities.
        losses: (n,) how wrong each answer is; None where the truth is not known.
    """

    outputs: Array
    classes: NDArray[np.intp] | None
    shares: Array | None
    losses: Array | None


@record(eq=False)
class Moment:
    """What a run had learnt at one step; it may answer on any thread, but on one at a time."""

    experiment: Experiment
    data: PreparedData
    step: int
    low: float
    parameters: Array
    state: dict[tuple[str, str], Array]

    @classmethod
    def of(cls, trainer: Trainer) -> Self:
        """A copy of what a trainer has learnt so far."""
        network = trainer.network
        state = {name: values.copy() for name, values in network.state.items()}
        return cls(
            trainer.experiment,
            trainer.data,
            trainer.step,
            trainer.sides.low,
            network.parameters.copy(),
            state,
        )

    @cached_property
    def network(self) -> Network:
        """The network, with chance left out as at test time."""
        data = self.experiment.data
        network = Network(self.experiment.network, data.input_shape, self.experiment.precision)
        network.parameters[:] = self.parameters
        for name, values in self.state.items():
            network.state[name][:] = values
        return network

    @property
    def likely(self) -> bool:
        """Whether the outputs are probabilities of classes."""
        activation = getattr(self.experiment.network.output, "activation", None)
        return bool(self.data.task.classes) and isinstance(activation, Sigmoid | Softmax)

    def ask(
        self, raw: Floats, rows: NDArray[np.int64] | None = None, links: NodeLinks | None = None
    ) -> Answers:
        """What it says of any samples (n, …), in the shape that the dataset has.

        Where samples are joined by a graph that the network reads, they stand in the place of those `rows` of
        the dataset; or they are the nodes of another graph, with `links` between them; or each stands alone.
        """
        inputs = self.data.transform(raw)
        if self.network.graph.reads_graph and links is not None:
            return self._told(self.network.predict(inputs, links))
        if self._whole is None or rows is None:
            return self._answers(inputs, None, lambda: False)
        nodes = self._whole.of_samples[rows]
        *_, outputs = self._whole.with_inputs(inputs, nodes).answer(self.network, nodes)
        return self._told(outputs.T.copy())

    @cached_property
    def _whole(self) -> WholeGraph | None:
        return WholeGraph.of(self.data, self.network.graph.reads_graph)

    def inside(self, raw: Floats) -> dict[str, LookInside]:
        """What layers show, besides their output, of a sample in the shape of the dataset; by layer id."""
        plan = self.network.plan(1)
        plan.run(self.data.transform(raw[np.newaxis]).astype(self.network.dtype))
        return looks_inside(self.network, plan)

    def practised(self, split: Split, count: int) -> Plan:
        """A step of training on the first samples of a side, there and back, of which nothing is learnt."""
        rows = slice(0, min(count, len(split.inputs)))
        targets = self._coded(split, rows)
        plan = self.network.plan(rows.stop, self.experiment.training.loss, True, some_missing(targets))
        plan.input[:, :-1] = split.inputs[rows]
        plan.target[:] = targets
        plan.step()
        return plan

    def judge(self, split: Split, given_up: Callable[[], bool] = lambda: False) -> Answers:
        """What it says of one side of the split, and how wrong that is.

        Raises:
            GivenUp: as soon as that is so.
        """
        return self._answers(split.inputs, split, given_up)

    def _answers(self, inputs: Floats, truth: Split | None, given_up: Callable[[], bool]) -> Answers:
        network, count = self.network, len(inputs)
        outputs = np.empty((count, network.outputs), network.dtype)
        losses = None if truth is None else np.empty(count)
        whole = None if truth is None else self._whole
        known = np.empty(0, np.int64) if truth is None else truth.rows
        for rows, _, z, a in passes(network, inputs, whole, known):
            if given_up():
                raise GivenUp
            outputs[rows] = a.T
            if truth is not None and losses is not None:
                losses[rows] = self._wrong(z, a, self._coded(truth, rows).T)
        return self._told(outputs, losses)

    def _told(self, outputs: Array, losses: Array | None = None) -> Answers:
        classes = classify(outputs, border(self.low)) if self.data.task.classes else None
        return Answers(self.data.unscaled(outputs), classes, self._shares(outputs), losses)

    @property
    def _loss(self) -> Loss:
        return self.experiment.training.loss.plain

    def _wrong(self, z: Array, a: Array, targets: Array) -> Array:
        each = partial(loss_of_each, self._loss) if some_missing(targets) else self._loss.each
        return each(z, a, targets)

    def _coded(self, truth: Split, rows: slice) -> Array:
        return self._loss.code(truth.targets[rows], self.data.task.classes, self.low)

    def _shares(self, outputs: Array) -> Array | None:
        return of_each_class(outputs) if self.likely else None


def of_each_class(outputs: Array) -> Array:
    """The probability of each class (n, classes), of which one output tells that of the second alone."""
    return outputs if outputs.shape[1] > 1 else np.column_stack([1 - outputs, outputs])
