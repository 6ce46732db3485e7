"""Which part of a picture an answer hangs on: by hiding it piece by piece, and by the gradient of each pixel.

Zeiler & Fergus 2014; Simonyan, Vedaldi & Zisserman 2014.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.data.sample import Floats
from playground.engine.activations import Linear
from playground.engine.arrays import Array
from playground.engine.graph import Architecture
from playground.engine.losses import SquaredError
from playground.engine.network import Network
from playground.training.moment import GivenUp, Moment

MOST_PLACES = 1024
"""A large picture is hidden at so many places at most."""

AT_ONCE = 128
"""Pictures that are asked about between two looks at whether anybody still wants the answer."""


@dataclass(frozen=True, eq=False)
class Attribution:
    """How much each pixel of a picture matters to one answer.

    Attributes:
        values: (height, width); of hiding what the answer loses, below 0 where it gains; of the gradient its
            size, the largest of the channels.
        answer: which output it is about.
        whole: that output for the picture as it is, a probability where outputs are.
        side: how many pixels each way are hidden at once; 1 for the gradient.
    """

    values: Floats
    answer: int
    whole: float
    side: int = 1


def occlusion(moment: Moment, raw: Floats, given_up: Callable[[], bool] = lambda: False) -> Attribution:
    """What a grey patch takes from the answer to a picture (height, width, channels), wherever it lies.

    A pixel has the mean of all patches that hide it.

    Raises:
        GivenUp: as soon as that is so.
    """
    height, width = raw.shape[:2]
    side = max(1, round(min(height, width) / 5))
    step = min(side, max(1, int(np.ceil(np.sqrt(height * width / MOST_PLACES)))))
    rows, columns = (_starts(size, side, step) for size in (height, width))
    places = [(row, column) for row in rows for column in columns]
    grey = moment.data.train.raw.mean(axis=(0, 1, 2))
    (answers,) = _outputs(moment, raw[np.newaxis])
    answer = int(answers.argmax())
    lost, hidden = np.zeros((height, width)), np.zeros((height, width))
    for start in range(0, len(places), AT_ONCE):
        if given_up():
            raise GivenUp
        few = places[start : start + AT_ONCE]
        pictures = np.repeat(raw[np.newaxis], len(few), axis=0)
        for picture, (row, column) in zip(pictures, few, strict=True):
            picture[row : row + side, column : column + side] = grey
        for (row, column), output in zip(few, _outputs(moment, pictures)[:, answer], strict=True):
            lost[row : row + side, column : column + side] += answers[answer] - output
            hidden[row : row + side, column : column + side] += 1
    return Attribution(lost / hidden, answer, float(answers[answer]), side)


def sensitivity(moment: Moment, raw: Floats) -> Attribution:
    """How fast the net input of the answer changes with each pixel of a picture (height, width, channels)."""
    (answers,) = _outputs(moment, raw[np.newaxis])
    answer = int(answers.argmax())
    network = _without_last_activation(moment)
    sample = moment.data.transform(raw[np.newaxis]).reshape(1, -1)
    unit = min(answer, network.outputs - 1)  # of two classes one output tells both
    gradient = output_gradient(network, sample, unit).reshape(moment.experiment.data.input_shape)
    return Attribution(np.abs(gradient).max(axis=-1), answer, float(answers[answer]))


def output_gradient(network: Network, inputs: Array, unit: int) -> Array:
    """The gradient of an output with respect to the inputs (1, inputs), as at test time."""
    loss = SquaredError()
    plan = network.plan(1, loss, input_gradient=True, at_rest=True)
    plan.run(inputs)
    wanted = np.zeros_like(plan.outputs)
    wanted[unit] = 1
    slope, work = np.empty_like(wanted), np.empty_like(wanted)
    loss.gradient(plan.net_outputs, plan.outputs, plan.outputs - wanted, slope, work)
    plan.target[:] = (plan.outputs - wanted / slope[unit]).T  # of this the slope is 1 there, and 0 elsewhere
    plan.step()
    assert plan.input_gradient is not None
    gradient: Array = plan.input_gradient[0]
    return gradient.copy()


def _without_last_activation(moment: Moment) -> Network:
    """A copy of the network that gives net inputs, where its output has an activation of no parameters.

    What layers add to the loss by themselves is no part of the answer, and not in there.
    """
    *before, last = (layer.uncharged() for layer in moment.experiment.network.layers)
    if hasattr(last, "activation") and not last.activation.learned(1):
        last = last.with_(activation=Linear())
    data = moment.experiment.data
    network = Network(Architecture(layers=(*before, last)), data.input_shape, moment.experiment.precision)
    network.parameters[:] = moment.parameters
    for name, values in moment.state.items():
        network.state[name][:] = values
    return network


def _outputs(moment: Moment, raw: Floats) -> Array:
    """The probabilities of the classes, or what else the network gives, (n, outputs)."""
    answers = moment.ask(raw)
    return answers.outputs if answers.shares is None else answers.shares


def _starts(size: int, side: int, step: int) -> list[int]:
    """Where patches begin so that all of a side is hidden by some."""
    last = size - side
    return sorted({*range(0, last + 1, step), last})
