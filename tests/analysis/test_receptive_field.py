"""What a value of a map is made of is what it depends on: no pixel more and none less."""

import numpy as np
import pytest

from playground.analysis.receptive_field import clipped, field_size, fields
from playground.engine.activations import Linear
from playground.engine.graph import Architecture, resolve
from playground.engine.layers import Add, BatchNorm, Dense, Flatten, LayerNorm
from playground.engine.layers.convolution import Conv1D, Conv2D
from playground.engine.layers.dropout import ChannelDropout
from playground.engine.layers.pooling import AveragePool, GlobalAveragePool, Upsample
from playground.engine.layers.transposed import ConvTranspose
from playground.engine.network import Network


def conv(layer_id, kernel=3, **fields):
    return Conv2D(id=layer_id, filters=1, kernel=kernel, activation=Linear(), **fields)


def graph(shape, *layers):
    return resolve(Architecture(layers=(*layers, Flatten(id="flat"), Dense(id="out", units=1))), shape)


NETWORKS = {
    "two convolutions": (conv("a"), conv("b")),
    "pool between": (conv("a"), AveragePool(id="pool"), conv("b", 2)),
    "stride and padding": (conv("a", stride=2, padding="same"), conv("b", padding="same")),
    "dilation": (conv("a", 2, dilation=3),),
    "upsampled": (AveragePool(id="pool"), Upsample(id="up"), conv("b")),
    "normalized over all": (conv("a"), LayerNorm(id="norm")),
    "normalized": (conv("a"), BatchNorm(id="norm"), ChannelDropout(id="drop"), conv("b")),
    "past a skip": (
        conv("a"), conv("b", 3, padding="same"), Add(id="add", inputs=("a", "b")), conv("c", 2)
    ),
    "transposed": (ConvTranspose(id="t", filters=1, kernel=3, activation=Linear()), conv("b")),
    "transposed with gaps": (
        ConvTranspose(id="t", filters=1, kernel=5, stride=3, padding="valid", activation=Linear()),
    ),
    "whole": (conv("a"), GlobalAveragePool(id="mean")),
}  # fmt: skip


@pytest.mark.parametrize("layers", NETWORKS.values(), ids=NETWORKS.keys())
def test_a_field_holds_all_pixels_that_a_value_depends_on_and_reaches_to_the_outermost(layers):
    found = graph((12, 12, 1), *layers)
    position = len(layers) - 1
    network = Network(Architecture(layers=[node.layer for node in found.nodes]), (12, 12, 1), "float64")
    network.parameters[:] = 1.0
    sizes = found.nodes[position].shape[:-1]
    for place in [
        (0, 0)[: len(sizes)],
        tuple(size // 2 for size in sizes),
        tuple(size - 1 for size in sizes),
    ]:
        named = tuple(range(at, at + 1) for at in place)
        seen = clipped(fields(found, position, named)[-1], (12, 12))
        moved = dependent(network, layers[-1].id, place, sizes)
        assert [list(along) for along in seen] == [
            list(range(axis.min(), axis.max() + 1)) for axis in np.nonzero(moved)
        ]


def dependent(network, layer_id, place, sizes):
    """Which of the pixels change a value of a layer."""

    def value(pictures):
        values = network.activations(pictures)[layer_id]
        return values.reshape(*sizes, -1)[place].copy()

    pictures = np.eye(144)
    return np.abs(value(pictures) - value(np.zeros((144, 144)))).reshape(12, 12) > 1e-12


def test_the_size_of_a_field_grows_from_layer_to_layer():
    """Of 3×3, 2×2 by 2 and 3×3: 3, 4 and 8, as in Dumoulin & Visin 2016."""
    found = graph((16, 16, 1), conv("a"), AveragePool(id="pool"), conv("b"))
    assert [field_size(found, position) for position in range(4)] == [(3, 3), (4, 4), (8, 8), ()]


def test_a_sequence_is_seen_in_steps_and_no_step_ahead():
    layers = (Conv1D(id="a", padding="causal"), Conv1D(id="b", padding="causal", dilation=2))
    found = graph((20, 2), *layers)
    assert field_size(found, 1) == (7,)
    assert fields(found, 1, (range(9, 10),))[-1] == (range(3, 10),)
