"""A step allocates nothing that lasts, and no array of a batch at all."""

import gc
import tracemalloc

import numpy as np
import pytest
from grids import UNJOINED

from playground.engine.activations import Activation, Linear
from playground.engine.graph import INPUT, Architecture
from playground.engine.layers import Concatenate, Dense, Flatten, Reshape
from playground.engine.losses import SquaredError
from playground.engine.network import Network
from playground.engine.optimizers import Optimizer
from playground.engine.regularizers import Regularizer
from playground.experiment import Training
from playground.randomness import Pcg64
from playground.training.update import Update

UNITS, SMALL, LARGE = 32, 64, 2048
GRIDS = {("height", "width", "channels"): (4, 4, 2), ("time", "columns"): (2, 16)}
ONE_ARRAY = UNITS * LARGE * 8
"""Bytes of a layer's values for a large batch: several times what NumPy takes as a buffer for a moment."""

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
    network = Network(Architecture(layers=(*hidden, output)), (2,), "float64", Pcg64().streams())
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


def assert_nothing_allocated(hidden):
    lasting, _ = traced(stepper(SMALL, hidden), 300)
    assert lasting < 4_000  # the smallest object of Python a step would be more
    _, peak = traced(stepper(LARGE, hidden), 30)
    assert peak < ONE_ARRAY / 2


@pytest.mark.parametrize("kind", UNJOINED, ids=lambda kind: kind.tag())
def test_no_layer_allocates(kind):
    before = Dense(id="dense", units=UNITS)
    grid = (Reshape(id="grid", shape=GRIDS[kind.axes]),) if kind.axes else ()
    sizes = {"units": UNITS // 2 if "time" in kind.axes else UNITS, "shape": (4, UNITS // 4)}
    layer = kind.examples()[-1]
    known = {name: value for name, value in sizes.items() if name in kind.model_fields}
    inputs = ("dense", INPUT, "dense") if kind is Concatenate else ("dense",) * (3 if layer.merges else 1)
    inputs = () if grid else inputs
    layer = layer.with_(id="layer", inputs=inputs, **known)
    assert_nothing_allocated((before, *grid, layer, Flatten(id="flat")))


def test_a_frozen_layer_allocates_nothing():
    assert_nothing_allocated((Dense(id="dense", units=UNITS), Dense(id="frozen", units=UNITS, frozen=True)))


@pytest.mark.parametrize("kind", Activation.members(), ids=lambda kind: kind.tag())
def test_no_activation_allocates(kind):
    assert_nothing_allocated((Dense(id="dense", units=UNITS, activation=kind()),))


@pytest.mark.parametrize("kind", Optimizer.members(), ids=lambda kind: kind.tag())
def test_no_optimizer_allocates(kind):
    _, peak = traced(stepper(1, WIDE, kind()), 100)
    assert peak < 0.6 * ONE_ARRAY  # Adadelta makes room for a piece of its parameters, none for all


@pytest.mark.parametrize("kind", Regularizer.members(), ids=lambda kind: kind.tag())
def test_no_regularizer_allocates(kind):
    _, peak = traced(stepper(1, WIDE, None, kind()), 100)
    assert peak < ONE_ARRAY  # max-norm goes row by row, for which NumPy takes three buffers
