"""Weights as pictures: the picture that a neuron looks at, and the weight of each of its pixels."""

import numpy as np
import pytest

from playground.analysis.weight_pictures import picture_before, weight_pictures
from playground.engine.activations import Linear
from playground.engine.graph import Architecture, resolve
from playground.engine.layers import Dense, Dropout, Flatten, Reshape
from playground.engine.network import Network


def graph(*layers, shape=(4, 5, 3)):
    return resolve(Architecture(layers=layers), shape)


DENSE = Dense(id="a", units=2)


@pytest.mark.parametrize(
    "layers",
    [
        (Flatten(id="f"), DENSE),
        (Flatten(id="f"), Dropout(id="d"), DENSE),
        (Reshape(id="r", shape=(60,)), DENSE),
    ],
)
def test_a_layer_behind_a_picture_looks_at_it(layers):
    assert picture_before(graph(*layers), "a") == (4, 5, 3)


@pytest.mark.parametrize(
    ("found", "layer_id"),
    [
        (graph(Flatten(id="f"), Dense(id="b", units=60), DENSE), "a"),
        (graph(DENSE, shape=(60,)), "a"),
        (graph(Flatten(id="f"), DENSE, shape=(6, 2)), "a"),
        (graph(Flatten(id="f"), DENSE), "nobody"),
    ],
)
def test_others_look_at_no_picture(found, layer_id):
    assert picture_before(found, layer_id) is None


def test_what_a_neuron_gives_is_the_picture_times_its_weights():
    generator = np.random.default_rng(0)
    layers = (Flatten(id="f"), Dense(id="a", units=2, activation=Linear()))
    network = Network(Architecture(layers=layers), (4, 5, 3), "float64")
    network.parameters[:] = generator.normal(size=network.parameters.size)
    picture = generator.normal(size=(4, 5, 3))
    edges = network.edges("a")
    red, green, blue = np.split(weight_pictures(edges.weights[0], (4, 5, 3))[1], 3, axis=1)
    weights = np.stack([red, green, blue], axis=2)
    given = network.predict(picture.reshape(1, -1))[0, 1]
    assert given == pytest.approx(float((picture * weights).sum() + edges.bias[0][1]))


def test_other_weights_make_no_picture():
    assert weight_pictures(None, (2, 2, 1)) is None
    assert weight_pictures(np.zeros((3, 5)), (2, 2, 1)) is None
    assert weight_pictures(np.zeros((3, 4)), None) is None
