"""A window taken apart gives the numbers of the engine, wherever it lies and however it sees."""

import numpy as np
import pytest

from playground.analysis.window_sums import window_sum
from playground.engine.activations import Relu
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.convolution import Conv1D, Conv2D
from playground.engine.layers.pooling import AveragePool, MaxPool
from playground.engine.layers.recurrent import Gru
from playground.engine.layers.transposed import ConvTranspose
from playground.engine.network import Network
from playground.randomness import Pcg64
from playground.training.inside import looks_inside

LAYERS = (
    (Conv2D(filters=4, kernel=3), (6, 5, 3)),
    (Conv2D(filters=2, kernel=3, stride=2, padding="same"), (7, 6, 3)),
    (Conv2D(filters=4, kernel=2, dilation=2, groups=2), (5, 6, 4)),
    (Conv1D(filters=3, kernel=3, dilation=2, padding="causal"), (7, 2)),
    (MaxPool(size=3, stride=2, padding="same"), (6, 5, 3)),
    (MaxPool(size=3, stride=1), (6, 2)),
    (AveragePool(size=3, stride=1, padding="same"), (4, 5, 2)),
    (ConvTranspose(filters=2), (3, 4, 3)),
    (ConvTranspose(filters=2, kernel=3, padding="valid"), (3, 2, 2)),
    (ConvTranspose(filters=1, kernel=2, stride=3), (2, 2, 1)),
)


def bound(layer, shape):
    """What the layer makes of random numbers in a network, what it was given, and its weights."""
    layers = (layer.with_(id="seen"), Flatten(id="flat"), Dense(id="out", units=1))
    network = Network(Architecture(layers=layers), shape, "float64")
    network.initialize(Pcg64().streams().init)
    network.parameters += 0.1
    given = np.random.default_rng(7).normal(size=shape)
    values = network.activations(given.reshape(1, -1))["seen"].copy()
    blocks = network.blocks(network.graph.nodes[0])
    return values.reshape(network.graph.nodes[0].shape), given, blocks.get("weights")


@pytest.mark.parametrize(("layer", "shape"), LAYERS, ids=lambda it: it.tag() if hasattr(it, "tag") else "")
def test_every_window_of_a_layer_sums_up_to_what_the_engine_gives(layer, shape):
    values, given, weights = bound(layer, shape)
    for *place, channel in np.ndindex(values.shape):
        found = window_sum(layer, given, weights, tuple(place), channel)
        value = found.total if weights is None else Relu()(np.array([found.total]))[0]
        assert value == pytest.approx(values[(*place, channel)], rel=1e-12, abs=1e-12)
        assert found.total == pytest.approx(found.by_channel.sum() + found.bias)


def test_what_is_beyond_the_border_is_told_from_a_value():
    layer = Conv2D(filters=1, kernel=3, padding="same")
    found = window_sum(layer, np.ones((4, 4, 1)), np.arange(10.0)[np.newaxis], (0, 3), 0)
    assert found.rows.tolist() == [-1, 0, 1]
    assert found.columns.tolist() == [2, 3, 4]
    assert found.real.tolist() == [[False] * 3, [True, True, False], [True, True, False]]
    assert found.total == 3 + 4 + 6 + 7 + 9


def test_of_a_largest_value_that_stands_twice_the_first_counts():
    found = window_sum(MaxPool(), np.full((2, 2, 1), -3.0), None, (0, 0), 0)
    assert found.terms[..., 0].tolist() == [[-3, 0], [0, 0]]


@pytest.mark.parametrize(
    "layer",
    [
        Conv1D(filters=3, kernel=3, padding="same"),
        Conv1D(filters=2, kernel=3),
        MaxPool(size=3, stride=1, padding="same"),
        AveragePool(size=3, stride=1, padding="same"),
    ],
    ids=lambda layer: f"{layer.tag()} {layer.padding}",
)
def test_steps_that_are_not_there_count_in_no_window(layer):
    layers = (
        Gru(id="states", units=2, gives="all"),
        layer.with_(id="seen"),
        Flatten(id="flat"),
        Dense(id="out"),
    )
    network = Network(Architecture(layers=layers), (6, 2), "float64")
    network.initialize(Pcg64().streams().init)
    given = np.random.default_rng(7).normal(size=(1, 6, 2))
    given[0, 4:] = np.nan
    plan = network.plan(1)
    plan.run(given.reshape(1, -1))
    node = network.graph.nodes[1]
    look = looks_inside(network, plan)["seen"].given
    assert np.isnan(look[4:]).all()
    values, weights = plan.values["seen"].reshape(node.shape), network.blocks(node).get("weights")
    for step, channel in np.ndindex(min(4, node.shape[0]), node.shape[1]):
        found = window_sum(layer, look, weights, (step,), channel)
        value = found.total if weights is None else Relu()(np.array([found.total]))[0]
        if step < 4 - (layer.padding == "valid") * 2:
            assert value == pytest.approx(values[step, channel], rel=1e-12, abs=1e-12)
            assert found.real.sum() == sum(0 <= column < 4 for column in found.columns)
