"""Small experiments to train in tests, and a slow network that is plainly right."""

import math

import numpy as np

from playground.data import Data
from playground.data.datasets.recipes import Circle, Plane
from playground.engine.activations import Linear, Relu, Sigmoid, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.losses import BinaryCrossEntropy, SquaredError
from playground.engine.optimizers import GradientDescent
from playground.engine.schedules import Constant
from playground.experiment import Experiment, Training

SAMPLES = 22
"""Training samples; batches of 5 leave 2 over, batches of 11 none."""


def experiment(*layers, dataset=None, precision="float64", **training):
    """Plain gradient descent in double precision on 22 samples in the order in which they come."""
    settings = {"optimizer": GradientDescent(learning_rate=0.1), "batch_size": 5, "shuffle": False}
    watching = training.get("schedule", Constant()).watches
    data = Data(validation_percent=20 if watching else 0)
    return Experiment(
        data=data.with_dataset(dataset or Circle(samples=2 * SAMPLES)),
        network=Architecture(layers=layers or two_layers()),
        training=Training(**(settings | training)),
        precision=precision,
    )


def two_layers(hidden=3):
    return Dense(id="hidden", units=hidden), Dense(id="output", units=1, activation=Sigmoid())


def regression(activation=None, hidden=3, samples=2 * SAMPLES, **training):
    layers = (
        Dense(id="hidden", units=hidden, activation=activation or Tanh()),
        Dense(id="output", units=1, activation=Linear()),
    )
    dataset = Plane(samples=samples)
    return experiment(*layers, dataset=dataset, **({"loss": SquaredError()} | training))


def train(trainer, steps):
    """So many steps, over the ends of epochs; an epoch without an update counts as one."""
    while steps > 0 and trainer.divergence is None:
        steps -= max(trainer.run(steps), 1)


def named(trainer):
    """A copy of every parameter by name."""
    return {name: tensor.copy() for name, tensor in trainer.network.tensors()}


FUNCTIONS = {
    Tanh: (np.tanh, lambda z, a: 1 - a**2),
    Sigmoid: (lambda z: 1 / (1 + np.exp(-z)), lambda z, a: a * (1 - a)),
    Linear: (lambda z: z, lambda z, a: np.ones_like(z)),
    Relu: (lambda z: np.where(z > 0, z, 0), lambda z, a: (z > 0).astype(z.dtype)),
}


class SlowNetwork:
    """Dense layers one behind the other, trained sample by sample: an independent judge of the trainer."""

    def __init__(self, trainer):
        tensors = named(trainer)
        self.layers = [
            (layer.id, *FUNCTIONS[type(layer.activation)]) for layer in trainer.experiment.network.layers
        ]
        self.weights = {name: tensors[f"{name}.weights"] for name, *_ in self.layers}
        self.biases = {name: tensors[f"{name}.bias"] for name, *_ in self.layers}
        self.loss = trainer.experiment.training.loss

    def gradients(self, x, t):
        """Of one sample's loss: (of weights, of biases), by layer."""
        passed = [(x, None, None)]
        for name, function, _ in self.layers:
            z = self.weights[name] @ passed[-1][0] + self.biases[name]
            passed.append((function(z), z, name))
        a, z, _ = passed[-1]
        slope = self._loss_slope(a, t)
        found = {}
        for position in range(len(self.layers), 0, -1):
            name, _, derivative = self.layers[position - 1]
            a, z, _ = passed[position]
            last = position == len(self.layers)
            delta = slope if last and isinstance(self.loss, BinaryCrossEntropy) else slope * derivative(z, a)
            found[name] = np.outer(delta, passed[position - 1][0]), delta
            slope = self.weights[name].T @ delta
        return found

    def _loss_slope(self, a, t):
        """With respect to the output, or for cross-entropy to its net input."""
        if isinstance(self.loss, BinaryCrossEntropy):
            return a - t
        assert isinstance(self.loss, SquaredError)
        assert not self.loss.half
        return 2 * (a - t)

    def add(self, sums, x, t):
        """Add one sample's gradients to the sums."""
        for name, (of_weights, of_bias) in self.gradients(x, t).items():
            old = sums.get(name, (0.0, 0.0))
            sums[name] = old[0] + of_weights, old[1] + of_bias

    def descend(self, sums, count, rate):
        """One step of gradient descent along the mean."""
        for name, (of_weights, of_bias) in sums.items():
            self.weights[name] = self.weights[name] - rate * of_weights / count
            self.biases[name] = self.biases[name] - rate * of_bias / count

    def assert_equals(self, trainer, rtol=1e-10):
        tensors = dict(trainer.network.tensors())
        for name, *_ in self.layers:
            np.testing.assert_allclose(tensors[f"{name}.weights"], self.weights[name], rtol=rtol, atol=1e-12)
            np.testing.assert_allclose(tensors[f"{name}.bias"], self.biases[name], rtol=rtol, atol=1e-12)


def samples_of(trainer):
    """The training inputs and targets, one pair a sample, in the order of the split."""
    return list(zip(trainer.sides.train.inputs[:, :-1], trainer.sides.train.targets, strict=True))


def is_finite(*numbers):
    return all(math.isfinite(number) for number in numbers)
