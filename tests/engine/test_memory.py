"""A step allocates nothing that lasts, and no array of a batch at all."""

import gc
import tracemalloc

import numpy as np
import pytest

from playground.engine.activations import Activation, Linear
from playground.engine.graph import INPUT, Architecture
from playground.engine.layers import (
    ActivationLayer,
    Add,
    BatchNorm,
    Concatenate,
    Dense,
    Dropout,
    Flatten,
    GaussianNoise,
    Layer,
    LayerNorm,
    Maxout,
    Reshape,
    TiedDense,
)
from playground.engine.losses import SquaredError
from playground.engine.network import Network
from playground.engine.optimizers import Optimizer
from playground.engine.regularizers import Regularizer
from playground.experiment import Training
from playground.randomness import Pcg64
from playground.training.update import Update

UNITS, SMALL, LARGE = 32, 64, 1024
ONE_ARRAY = UNITS * LARGE * 8
"""Bytes of a layer's values for a large batch: several times what NumPy takes as a buffer for a moment."""

HIDDEN = (
    Dense(id="dense", units=UNITS),
    BatchNorm(id="norm"),
    ActivationLayer(id="bend"),
    Dropout(id="drop"),
    Add(id="add", inputs=("drop", "dense")),
    Concatenate(id="join", inputs=("add", INPUT)),
    GaussianNoise(id="noise"),
    Maxout(id="maxout", units=UNITS, pieces=3),
    LayerNorm(id="layer_norm"),
    Reshape(id="grid", shape=(4, UNITS // 4)),
    Flatten(id="flat"),
    Dense(id="encoder", units=UNITS),
    TiedDense(id="decoder", of="encoder"),
    Dense(id="frozen", units=UNITS, frozen=True),
)
WIDE = (Dense(id="dense", units=4096), Dense(id="next", units=32))
"""More than half a megabyte of parameters."""


def traced(steps, count):
    """What is left after so many steps, and the most there was during them, in bytes above the start."""
    gc.collect()
    tracemalloc.start()
    try:
        steps(100)  # until the stock of freed objects that Python keeps is full
        start, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        steps(count)
        now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return now - start, peak - start


def stepper(samples, hidden, optimizer=None, regularizer=None):
    output = Dense(id="output", units=1, activation=Linear())
    network = Network(Architecture(layers=(*hidden, output)), 2, "float64", Pcg64().streams())
    network.parameters[:] = np.random.default_rng(2).normal(0, 0.1, network.parameters.size)
    plan = network.plan(samples, SquaredError())
    plan.input[:, :-1] = np.random.default_rng(3).normal(size=(samples, 2))
    settings = {"optimizer": optimizer, "regularizer": regularizer}
    update = Update(network, Training(**{name: value for name, value in settings.items() if value}))

    def steps(count):
        for _ in range(count):
            for operation in plan.operations:
                operation()
            update.apply(1e-4)

    return steps


def assert_nothing_allocated(*network):
    lasting, _ = traced(stepper(SMALL, *network), 1000)
    assert lasting < 4_000
    _, peak = traced(stepper(LARGE, *network), 30)
    assert peak < ONE_ARRAY / 2


def test_the_network_holds_every_kind_of_layer():
    assert {type(layer) for layer in HIDDEN} == set(Layer.members())


def test_steps_through_every_layer_allocate_nothing():
    assert_nothing_allocated(HIDDEN)


@pytest.mark.parametrize("kind", Activation.members(), ids=lambda kind: kind.tag())
def test_no_activation_allocates(kind):
    assert_nothing_allocated((Dense(id="dense", units=UNITS, activation=kind()),))


@pytest.mark.parametrize("kind", Optimizer.members(), ids=lambda kind: kind.tag())
def test_no_optimizer_allocates(kind):
    _, peak = traced(stepper(1, WIDE, kind()), 100)
    assert peak < ONE_ARRAY / 2


@pytest.mark.parametrize("kind", Regularizer.members(), ids=lambda kind: kind.tag())
def test_no_regularizer_allocates(kind):
    _, peak = traced(stepper(1, WIDE, None, kind()), 100)
    assert peak < ONE_ARRAY  # max-norm goes row by row, for which NumPy takes three buffers
