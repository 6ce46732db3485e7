"""The bottleneck is where all that a sample says has to pass, and what lies behind it can be run alone."""

import numpy as np
import pytest

from playground.engine.activations import Linear, Tanh
from playground.engine.bottleneck import bottleneck
from playground.engine.graph import INPUT, Architecture, resolve
from playground.engine.layers import ActivationLayer, Add, Dense, Flatten, TiedDense
from playground.engine.layers.variational import Variational
from playground.engine.network import Network

OUTPUT = Dense(id="output", units=5, activation=Linear())


def found(*layers, inputs=5):
    node = bottleneck(resolve(Architecture(layers=layers), (inputs,)))
    return node and node.layer.id


def test_it_is_the_narrowest_layer():
    assert found(Dense(id="a", units=3), Dense(id="b", units=2), Dense(id="c", units=3), OUTPUT) == "b"


def test_of_several_it_is_the_last():
    code = (Dense(id="a", units=2, activation=Linear()), ActivationLayer(id="b", activation=Tanh()))
    assert found(*code, OUTPUT) == "b"


def test_of_a_variational_autoencoder_it_is_what_is_drawn():
    assert found(Dense(id="a", units=4), Variational(id="b"), OUTPUT) == "b"


def test_a_skip_connection_goes_around_it():
    around = (
        Dense(id="a", units=5),
        Dense(id="b", units=2),
        Dense(id="c", units=5),
        Add(id="sum", inputs=("a", "c")),
    )
    assert found(*around, OUTPUT) is None
    assert (
        found(Dense(id="a", units=2), Dense(id="b", units=5), Add(id="s", inputs=(INPUT, "b")), OUTPUT)
        is None
    )


def test_a_wide_network_has_none():
    assert found(Dense(id="a", units=4), OUTPUT) is None


def test_the_output_is_none():
    assert found(Dense(id="a", units=8), Dense(id="output", units=2)) is None


@pytest.mark.parametrize("tied", [False, True])
def test_the_layers_behind_it_can_be_run_alone(tied):
    decoder = TiedDense(id="c", of="b") if tied else Dense(id="c", units=4)
    layers = (Dense(id="a", units=4), Dense(id="b", units=2), decoder, Flatten(id="d"), OUTPUT)
    network = Network(Architecture(layers=layers), (5,), "float64")
    network.parameters[:] = np.random.default_rng(0).normal(size=network.parameters.size)
    samples = np.random.default_rng(1).normal(size=(6, 5))
    expected, codes = network.predict(samples), network.activations(samples)["b"].copy()
    plan = network.plan(6)
    plan.run(np.zeros((6, 5)))
    plan.run_from("b", codes)
    np.testing.assert_array_equal(plan.outputs.T, expected)
