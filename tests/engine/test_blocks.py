"""A residual block keeps the shape of pictures, learns, and says how pictures that differ are made alike."""

import numpy as np
import pytest

from playground.engine import edits
from playground.engine.blocks import gives_pictures, residual
from playground.engine.graph import INPUT, Architecture, resolve
from playground.engine.layers import Add, BatchNorm, Concatenate, Dense, Flatten
from playground.engine.layers.convolution import Conv2D
from playground.engine.network import Network

SHAPE = (6, 6, 2)


def network(*hidden):
    return Architecture(layers=(*hidden, Flatten(id="flat"), Dense(id="out", units=3)))


@pytest.mark.parametrize("position", [-1, 0])
def test_a_residual_block_stands_behind_a_layer_and_keeps_its_shape(position):
    before = network(Conv2D(id="conv", filters=5))
    after = residual(before, position, SHAPE)
    graph = resolve(after, SHAPE)
    assert graph.problems == ()
    block = after.layers[position + 1 : position + 5]
    assert [type(layer) for layer in block] == [Conv2D, BatchNorm, Conv2D, Add]
    given = SHAPE if position < 0 else graph.nodes[position].shape
    assert [node.shape for node in graph.nodes[position + 1 : position + 5]] == [given] * 4
    source = INPUT if position < 0 else "conv"
    assert edits.sources(after)[block[-1].id] == (block[2].id, source)
    reader = after.layers[position + 5].id
    assert edits.sources(after)[reader] == (block[-1].id,)


def test_a_block_whose_last_convolution_is_zero_hands_its_pictures_on():
    after = residual(network(Conv2D(id="conv", filters=5)), 0, SHAPE)
    built = Network(after, SHAPE, "float64")
    built.parameters[:] = np.random.default_rng(1).normal(size=built.parameters.size)
    built.blocks(built.graph.nodes[3])["weights"][:] = 0
    values = built.activations(np.random.default_rng(2).normal(size=(4, 72)))
    np.testing.assert_array_equal(values[after.layers[4].id], values["conv"])


def test_pictures_that_differ_are_made_alike_by_a_convolution_of_kernel_1():
    layers = (
        Conv2D(id="a", filters=4, stride=2, padding="same"), Conv2D(id="b", filters=4, padding="same"),
        Add(id="add", inputs=("b", INPUT)),
    )  # fmt: skip
    (problem,) = resolve(network(*layers), SHAPE).problems
    assert str(problem.text).startswith(
        "It adds pictures of 3×3×4 and 6×6×2; lead one of them through a Conv 2D"
    )
    projected = (
        *layers[:2], Conv2D(id="short", filters=4, kernel=1, stride=2, inputs=(INPUT,)),
        Add(id="add", inputs=("b", "short")),
    )  # fmt: skip
    assert resolve(network(*projected), SHAPE).problems == ()


def test_a_skip_connection_between_pictures_is_an_add_and_between_rows_of_two_sizes_a_concatenate():
    after = edits.connect(network(Conv2D(id="a", filters=4), Conv2D(id="b", filters=2)), "a", "flat", SHAPE)
    assert isinstance(after.layers[2], Add)
    rows = Architecture(layers=(Dense(id="a", units=4), Dense(id="b", units=3), Dense(id="out", units=1)))
    assert isinstance(edits.connect(rows, "a", "out", (2,)).layers[2], Concatenate)


def test_what_gives_rows_gives_no_pictures():
    layers = network(Conv2D(id="conv"))
    assert [gives_pictures(layers, position, SHAPE) for position in range(-1, 3)] == [
        True,
        True,
        False,
        False,
    ]
