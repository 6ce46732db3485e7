"""Networks with every layer there is, with samples for them, to be exported and run beside the engine."""

from dataclasses import dataclass
from math import prod

import numpy as np

from playground.data.sample import SampleShape
from playground.engine.activations import Activation, Linear, PRelu, Softmax, Swish
from playground.engine.graph import INPUT, Architecture
from playground.engine.layers import (
    ActivationLayer,
    Dense,
    Flatten,
    Layer,
    Reshape,
)
from playground.engine.layers.convolution import Conv1D, Conv2D
from playground.engine.layers.pooling import AveragePool, MaxPool
from playground.engine.layers.transposed import ConvTranspose
from playground.engine.network import Network
from playground.exports.answering import Answering
from playground.exports.forward import forward_pass
from playground.exports.network import PortableNetwork
from playground.exports.preparation import Preparation
from playground.shapes import GraphShape

SAMPLES = 7
ROW, PICTURE, SEQUENCE, NODES = (4,), (3, 4, 2), (5, 2), GraphShape((4, 3 + 4), 3)
AXES = {("height", "width", "channels"): PICTURE, ("time", "columns"): SEQUENCE, ("nodes", "columns"): NODES}
OUT = Flatten(id="flat"), Dense(id="out", units=2, activation=Linear())
NAMES = {1: ("values",), 2: ("time", "columns"), 3: ("height", "width", "channels")}


@dataclass(frozen=True, eq=False)
class Case:
    """A network, its samples (n, …), and what the engine makes of them in double precision."""

    name: str
    portable: PortableNetwork
    raw: np.ndarray
    outputs: np.ndarray


def case(name, layers, shape, gaps=False, dtype="float64"):
    """A network of these layers with random weights, and samples of that shape."""
    source = np.random.default_rng(len(name))
    network = Network(Architecture(layers=tuple(layers)), shape, dtype)
    network.parameters[:] = source.normal(0, 0.6, network.parameters.size)
    for values in network.state.values():
        values[:] = source.uniform(0.2, 2, values.shape)
    raw = _samples(shape, gaps, source)
    axes = ("nodes", "columns") if isinstance(shape, GraphShape) else NAMES[len(shape)]
    sample = SampleShape.of(**dict(zip(axes, shape, strict=True)))
    own = shape.own if isinstance(shape, GraphShape) else 0
    preparation = Preparation(sample, (), (), np.empty(0), None, (), (), None, gaps, own, False, False)
    outputs = network.predict(raw.reshape(len(raw), -1).astype(dtype)).reshape(len(raw), -1)
    names = tuple(str(number) for number in range(outputs.shape[1]))
    answering = Answering((), 0.5, False, names, None, (outputs.shape[1],), False)
    portable = PortableNetwork(name, preparation, forward_pass(network, gaps), answering, dtype)
    return Case(name, portable, raw, outputs)


def _samples(shape, gaps, source):
    raw = source.normal(size=(SAMPLES, *shape))
    if gaps:
        for row, length in enumerate((5, 1, 3, 4, 2, 5, 1)):
            raw[row, length:] = np.nan
    if isinstance(shape, GraphShape):
        joined = source.integers(0, 2, (SAMPLES, shape[0], shape[0])) * raw[:, :, shape.own :]
        raw[:, :, shape.own :] = joined + joined.transpose(0, 2, 1)
        raw[1, -1] = raw[1, :, -1] = raw[2, -2:] = 0  # nodes that are not there
        raw[2, :, -2:] = 0
    return raw


def cases():
    """Every layer's examples on what it reads, every activation, and sequences of several lengths."""
    for number, each in enumerate(_activations()):
        yield case(f"activation {number} {each.tag()}", _of_activation(each), ROW)
    for each in Softmax(), PRelu(shared=False):
        layers = ActivationLayer(id="a", activation=each), *OUT
        yield case(f"alone {each.tag()}", layers, SEQUENCE)
    for number, layer in enumerate(UNEVEN):
        yield from _of_layer(layer, f"uneven {layer.tag()} {number}")
    for kind in Layer.members():
        for number, layer in enumerate(kind.examples()):
            yield from _of_layer(layer, f"{kind.tag()} {number}")


UNEVEN = (
    Conv2D(filters=2, kernel=2, stride=2, padding="same"),
    Conv2D(filters=2, kernel=4, dilation=2, padding="same"),
    Conv1D(filters=2, kernel=2, stride=3, padding="same"),
    ConvTranspose(filters=2, kernel=2, stride=3, padding="same"),
    ConvTranspose(filters=2, kernel=5, stride=2, padding="valid"),
    MaxPool(size=2, stride=3, padding="same"),
    AveragePool(size=4, stride=1, padding="same"),
)
"""Windows on which exporters differ: even ones, wide ones, and strides that leave something over."""


def _activations():
    return [*(member.usual() for member in Activation.members()), Swish(learn=True), PRelu(shared=False)]


def _of_activation(activation):
    return Dense(id="hidden", units=5, activation=activation), OUT[1]


def _of_layer(layer, name):
    shape = AXES.get(layer.axes, ROW)
    if isinstance(layer, Reshape):
        layer = layer.with_(shape=(2, 2))
    before = (Dense(id="dense", units=4),) if layer.shares else ()
    middle = layer.with_(id="middle", inputs=(INPUT, INPUT) if layer.merges else ())
    layers = (*before, middle, *OUT)
    yield case(name, layers, shape)
    if shape == SEQUENCE:
        yield case(f"{name} with gaps", layers, shape, gaps=True)
    elif not layer.shares and not layer.reads_graph and _reads_sequences(layer):
        yield case(f"{name} of steps", layers, SEQUENCE, gaps=True)


def _reads_sequences(layer):
    try:
        return bool(prod(layer.output_shape((SEQUENCE,) * (2 if layer.merges else 1))))
    except ValueError:
        return False
