"""A copy of a network in float64 whose loss can be asked for again and again, with one number moved."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from playground.engine.arrays import Array
from playground.engine.losses.asked import some_missing
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.randomness import Pcg64
from playground.training.lesson import Lesson
from playground.training.measures import Sides
from playground.training.moment import Moment

ROUNDING = 50 * float(np.finfo(np.float64).eps)
"""The share of a loss that is lost to rounding, or less."""


class Place(NamedTuple):
    """A number that can be moved: a parameter, or with a `layer_id` a value that this layer gives."""

    number: int
    layer_id: str = ""


class Slopes(NamedTuple):
    """The slope of the loss by differences over a step: to the right, to the left, and over both."""

    forward: float
    backward: float
    central: float


class Probe:
    """The loss of a batch of training samples, penalty included; what is left to chance is left out.

    Attributes:
        gradient: by backpropagation, like the parameters.
        deltas: the loss's gradient with respect to what each layer gives, (units, samples) by layer id; none
            of the output layer, where the loss may hand on that of the net input at once.
        loss: at rest.
    """

    def __init__(self, moment: Moment, samples: int, moved_by: float = 0.0) -> None:
        """With `moved_by`, parameters and inputs stand elsewhere: by up to that share of their size and 1."""
        self._moment, self._samples = moment, samples
        experiment = moment.experiment.with_(precision="float64")
        self._lesson = lesson = _lesson(moment, experiment)
        count = len(lesson.inputs) if lesson.links is not None else min(samples, len(lesson.inputs))
        self.network = network = Network(experiment.network, experiment.data.input_shape, "float64")
        network.parameters[:] = _moved(moment.parameters.astype(np.float64), moved_by)
        for name, values in moment.state.items():
            network.state[name][:] = values
        training = experiment.training
        self._rule, self._regularizer = training.loss, training.regularizer
        self.plan = network.plan(count, training.loss, True, some_missing(lesson.aims), links=lesson.links)
        self._aims = lesson.aims[:count]
        self._weights = None if lesson.weights is None else lesson.weights[:count]
        self.plan.input[:] = lesson.inputs[:count]
        if not network.graph.reads_graph:  # whose inputs may be its edges
            self.plan.input[:, :-1] = _moved(self.plan.input[:, :-1], moved_by)
        self._charges = bool(self._of_penalty(np.ones_like(network.parameters)).any())
        self.gradient = self._backpropagated()
        self.deltas = self._deltas()
        self.loss = self._value_from(0)
        self._stale = False

    @cached_property
    def elsewhere(self) -> Probe:
        """The same with all weights and inputs moved a little: no kink stands there and no two values tie."""
        return Probe(self._moment, self._samples, 1e-2)

    def analytic(self, place: Place) -> float:
        """What backpropagation says of a place."""
        values = self.deltas[place.layer_id] if place.layer_id else self.gradient
        return float(values.flat[place.number])

    def slopes(self, place: Place, step: float) -> Slopes:
        """What differences say of it."""
        above, below = self.moved(place, step), self.moved(place, -step)
        forward, backward = (above - self.loss) / step, (self.loss - below) / step
        return Slopes(forward, backward, (above - below) / (2 * step))

    def noise(self, step: float) -> float:
        """How large a slope rounding alone may feign."""
        return ROUNDING * max(abs(self.loss), 1e-12) / step

    def moved(self, place: Place, by: float) -> float:
        """The loss with the number at one place moved, which is then put back."""
        if not place.layer_id:
            self._stale = True
            return self._with_moved(self.network.parameters, place.number, by, 0)
        if self._stale:
            self._value_from(0)
            self._stale = False
        values = self.plan.values[place.layer_id].reshape(-1)
        return self._with_moved(values, place.number, by, self.plan.until[place.layer_id])

    def _with_moved(self, values: Array, index: int, by: float, first: int) -> float:
        kept = values[index]
        values[index] = kept + by
        loss = self._value_from(first)
        values[index] = kept
        return loss

    def _value_from(self, first: int) -> float:
        """The loss, all operations from the first of these on done anew."""
        plan = self.plan
        for operation in plan.forward[first:]:
            operation()
        return self._of_data() + plan.term() + self._penalty()

    def _of_data(self) -> float:
        """The mean over the samples, as a step takes it: of targets that are asked for, and weighed."""
        plan, target = self.plan, self._aims.T
        asked = ~np.isnan(target)
        each = self._rule.each(plan.net_outputs, plan.outputs, np.where(asked, target, plan.outputs))
        each[~asked.any(axis=0)] = 0.0
        if self._weights is not None:
            each = each * (self._weights * (len(each) / self._weights.sum()))
        return float(each.mean()) * target.size / max(int(asked.sum()), 1)

    def _penalty(self) -> float:
        """What the regularizer charges, where its share goes the way of the gradient."""
        network = self.network
        return self._regularizer.penalty(network.parameters, network.penalized) if self._charges else 0.0

    def _of_penalty(self, parameters: Array) -> Array:
        """The regularizer's share in the gradient."""
        gradient = np.zeros_like(parameters)
        if self._regularizer.acts_before_update:
            state = tuple(np.ones_like(parameters) for _ in self._regularizer.slots)
            work = np.empty_like(parameters)
            self._regularizer.before_update(parameters, gradient, self.network.penalized, state, work)
        return gradient

    def _backpropagated(self) -> Array:
        plan = self.plan
        plan.target[:] = self._aims
        if self._weights is not None:
            plan.weights[:] = self._weights
        plan.step()
        return self.network.gradients + self._of_penalty(self.network.parameters)

    def _deltas(self) -> dict[str, Array]:
        """What all readers of a layer hand back to it."""
        nodes = self.network.graph.nodes
        handed: dict[int, Array] = {}
        for position in reversed(range(len(nodes))):
            node = nodes[position]
            if node.layer.reshapes:
                arrays = [handed.get(position)]
            else:
                tensors = self.plan.upstream[node.layer.id]
                arrays = [None if tensor is None else tensor.values for tensor in tensors]
            for source, values in zip(node.sources, arrays, strict=False):
                if source >= 0 and values is not None:
                    handed[source] = handed[source] + values if source in handed else values.copy()
        return {nodes[source].layer.id: values for source, values in handed.items()}


def _lesson(moment: Moment, experiment: Experiment) -> Lesson:
    """The training samples in float64, as they are."""
    data = experiment.data.with_(augmentations=())
    plain = experiment.with_(data=data)
    chance = Pcg64(seed=0).streams().augment
    return Lesson.of(moment.data, Sides.of(moment.data, plain), plain, chance)


def _moved(numbers: Array, by: float) -> Array:
    """Numbers that stand elsewhere by up to that share of their size and 1, each by its own chance."""
    if not by:
        return numbers
    shift = Pcg64(seed=0).streams().init.uniform(numbers.shape)
    moved: Array = numbers + by * (2 * shift - 1) * (np.abs(numbers) + 1)
    return moved
