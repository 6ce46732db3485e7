"""A small experiment for each trouble, that has it and is quick."""

import numpy as np

from playground.data import Data
from playground.data.datasets.painted import Painted
from playground.data.datasets.recipes import Plane, Spiral, Xor
from playground.engine.activations import Linear, Relu, Sigmoid, Tanh
from playground.engine.graph import Architecture
from playground.engine.initializers import Normal, XavierUniform, Zeros
from playground.engine.layers import Dense
from playground.engine.losses import SquaredError
from playground.engine.optimizers import Adam, GradientDescent
from playground.experiment import Experiment, Training


def network(*hidden, activation=None, initializer=None, output=None, bias=0.0):
    """Hidden layers of so many neurons, and an output of one."""
    initializer = initializer or XavierUniform()
    layers = [
        Dense(
            id=f"hidden{place}",
            units=units,
            activation=activation or Tanh(),
            initializer=initializer,
            bias=bias,
        )
        for place, units in enumerate(hidden, 1)
    ]
    output = Dense(id="output", units=1, activation=output or Sigmoid(), initializer=initializer)
    return Architecture(layers=(*layers, output))


def learning(dataset, layers, optimizer=None, data=None, **training):
    """An experiment on a dataset, in batches of 20 as a rule."""
    settings = {"optimizer": optimizer or Adam(learning_rate=0.01), "batch_size": 20} | training
    return Experiment(
        data=(data or Data(train_percent=70)).with_dataset(dataset),
        network=layers,
        training=Training(**settings),
    )


def painted(points, labels):
    """Points of the plane (n, 2) with their classes."""
    return Painted._holding(np.asarray(points, float), np.asarray(labels), ("−1", "+1"))


def clouds(sizes, apart=1.0, scale=(1.0, 1.0), copies=1):
    """Two clouds of points of these sizes, each point so often."""
    chance = np.random.default_rng(3)
    labels = np.repeat([0, 1], sizes)
    points = chance.normal(size=(len(labels), 2)) * 0.8 + np.where(labels, apart, -apart)[:, np.newaxis]
    return painted(np.repeat(points * scale, copies, axis=0), np.repeat(labels, copies))


def vanishing():
    return learning(Xor(samples=200), network(*[4] * 8, activation=Sigmoid()))


def exploding():
    deep = network(*[8] * 6, activation=Relu(), initializer=Normal(sigma=2.0), output=Linear())
    return learning(Plane(samples=200), deep, GradientDescent(learning_rate=1e-9), loss=SquaredError())


def dying():
    return learning(Xor(samples=200), network(8, activation=Relu(), bias=-9.0))


def saturated():
    return learning(
        Xor(samples=200), network(8, 8, initializer=Normal(sigma=5.0)), GradientDescent(learning_rate=1e-3)
    )


def symmetric():
    return learning(Xor(samples=200), network(6, 6, initializer=Zeros()))


def rate_too_large():
    return learning(Xor(samples=200), network(6), Adam(learning_rate=5.0))


def rate_too_small():
    return learning(Xor(samples=200), network(6), GradientDescent(learning_rate=1e-6))


def plateau():
    flat = network(6, initializer=Normal(sigma=1e-3))
    return learning(Xor(samples=200), flat, GradientDescent(learning_rate=0.03))


def overfitting():
    data = Data(train_percent=20)
    wild = network(32, 32, initializer=Normal(sigma=0.7))
    return learning(clouds((100, 100), apart=0.4), wild, Adam(learning_rate=0.01), data, batch_size=5)


def underfitting():
    return learning(Spiral(samples=200), network(), Adam(learning_rate=0.03))


def imbalance():
    return learning(clouds((190, 10), apart=0.4), network(4))


def unscaled():
    return learning(clouds((100, 100), scale=(0.02, 5.0)), network(4))


def batch_too_large():
    return learning(Xor(samples=200), network(6), GradientDescent(learning_rate=0.03), full_batch=True)


def targets():
    flat = learning(Plane(samples=200), network(4, output=Linear()), loss=SquaredError())
    layers = network(4, output=Sigmoid())
    return flat.with_(network=layers)


def leak():
    return learning(clouds((40, 40), copies=3), network(4))


PROVOKED = {
    make.__name__: make
    for make in (
        vanishing, exploding, dying, saturated, symmetric, rate_too_large, rate_too_small, plateau,
        overfitting, underfitting, imbalance, unscaled, batch_too_large, targets, leak,
    )
}  # fmt: skip
"""By the kind of the trouble."""
