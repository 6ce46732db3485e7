"""How the gradients of weights are summed up: the terms of every layer add up to what the engine has."""

import numpy as np
import pytest
from grids import grid_for

from playground.data.graphs.node_graph import NodeGraph
from playground.engine.activations import Linear, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten, Layer
from playground.engine.layers.convolution import Conv1D
from playground.engine.layers.graph_attention import GraphAttention
from playground.engine.layers.graph_convolution import GraphConvolution
from playground.engine.layers.message_passing import MessagePassing
from playground.engine.layers.readout import GraphReadout
from playground.engine.layers.recurrent import Gru, Lstm, SimpleRnn
from playground.engine.layers.steps import DenseAtEachStep, Embedding
from playground.engine.losses import SquaredError
from playground.engine.network import Network
from playground.shapes import GraphShape

WITHOUT = {"activation", "batch_norm", "layer_norm", "scale", "tied_dense"}
"""Layers whose parameters are no matrices that weigh values, or are another layer's."""

EXAMPLES = [
    layer
    for kind in Layer.members()
    if kind is not GraphReadout and kind.tag() not in WITHOUT
    for layer in kind.examples()
]
SAMPLES = 4
LINKS = NodeGraph(SAMPLES, np.array([[0, 1], [1, 2], [0, 2]]), np.array([1.0, 0.5, -0.7]))


def after_a_step(layers, shape, links=None, inputs=None):
    """A network with random parameters, and its plan behind a step on random samples."""
    random = np.random.default_rng(3)
    network = Network(Architecture(layers=layers), shape, "float64")
    network.parameters[:] = random.normal(0, 0.7, network.parameters.size)
    plan = network.plan(SAMPLES, SquaredError(), input_gradient=True, links=links)
    size = plan.input[:, :-1].shape
    plan.input[:, :-1] = random.normal(size=size) if inputs is None else inputs
    plan.target[:] = random.normal(size=plan.target.shape)
    plan.step()
    return network, plan


def summed(network, sums, node):
    """The gradients of all blocks of a layer as the terms say, NaN where they say nothing."""
    blocks = network.blocks(node, network.parameters)
    found = {name: np.full(block.size, np.nan) for name, block in blocks.items()}
    for each in sums:
        rows, columns = (values.reshape(len(values), -1) for values in (each.deltas, each.read))
        entries = np.arange(found[each.block].size) if each.entries is None else each.entries.ravel()
        assert np.isnan(found[each.block][entries]).all()  # each weight once
        found[each.block][entries] = (rows @ columns.T).ravel()
    return found


def handed_back(network, sums, node, like):
    """What goes back to the layer's input, (units, samples), as the terms say; None where they do not."""
    blocks, found = network.blocks(node, network.parameters), np.zeros_like(like)
    said = [each for each in sums if each.units is not None]
    for each in said:
        weights = blocks[each.block].ravel()
        weights = weights if each.entries is None else weights[each.entries]
        terms = np.tensordot(weights.reshape(len(each.deltas), -1).T, each.deltas, 1)
        units = np.broadcast_to(each.units.reshape(*each.units.shape, 1), (*terms.shape[:-1], 1))
        for place in zip(*np.nonzero(units[..., 0] >= 0), strict=True):
            found[units[(*place, 0)]] += terms[place]
    return found if said else None


def assert_terms_add_up(network, plan, layer_id):
    node = next(node for node in network.graph.nodes if node.layer.id == layer_id)
    sums = plan.sums[layer_id]()
    wanted = network.blocks(node, network.gradients)
    for name, found in summed(network, sums, node).items():
        np.testing.assert_allclose(found, wanted[name].ravel(), rtol=1e-9, atol=1e-12, err_msg=name)
    upstream = plan.upstream[layer_id][0]
    assert upstream is not None
    back = handed_back(network, sums, node, upstream.values)
    if back is not None:
        np.testing.assert_allclose(back, upstream.values, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("layer", EXAMPLES, ids=lambda layer: f"{layer.tag()} {layer}"[:60])
def test_the_terms_of_every_layer_add_up_to_its_gradient_and_to_what_it_hands_back(layer):
    units, grid = grid_for(layer, 4)
    middle = layer.with_(id="middle", inputs=("dense", "dense") if layer.merges else ())
    layers = (
        Dense(id="dense", units=units),
        *grid,
        middle,
        Flatten(id="flat"),
        Dense(id="output", units=2, activation=Linear()),
    )
    network, plan = after_a_step(layers, GraphShape((3,)), LINKS)
    has_weights = any(name.startswith("middle.") for name, _ in network.tensors())
    assert ("middle" in plan.sums) == has_weights
    if has_weights:
        assert_terms_add_up(network, plan, "middle")
    assert_terms_add_up(network, plan, "output")


@pytest.mark.parametrize(
    "layers",
    [
        (DenseAtEachStep(units=3), Conv1D(filters=3, padding="causal"), Lstm(units=2)),
        (SimpleRnn(units=2, gives="all"), Gru(units=3, reads="both")),
        (Embedding(units=3), Lstm(units=3, back=2)),
    ],
    ids=["convolution", "both ways", "truncated"],
)
def test_steps_that_are_not_there_bring_nothing(layers):
    values = np.random.default_rng(5).normal(size=(SAMPLES, 6, 2))
    for row, length in zip(values, (6, 3, 1, 5), strict=True):
        row[length:] = np.nan
    named = tuple(layer.with_(id=f"layer{place}") for place, layer in enumerate(layers))
    layers = (*named, Flatten(id="flat"), Dense(id="output", units=2))
    network, plan = after_a_step(layers, (6, 2), inputs=values.reshape(SAMPLES, -1))
    for layer in named[1:]:
        assert_terms_add_up(network, plan, layer.id)


@pytest.mark.parametrize("kind", [GraphConvolution, GraphAttention, MessagePassing], ids=lambda k: k.tag())
def test_samples_that_are_graphs_are_summed_over_the_nodes_of_each(kind):
    raw = np.zeros((SAMPLES, 3, 5))
    raw[..., :2] = np.random.default_rng(5).normal(size=(SAMPLES, 3, 2))
    for first, second in ((0, 1), (1, 2)):
        raw[:, first, 2 + second] = raw[:, second, 2 + first] = 1
    layers = (
        kind(id="first", units=3, activation=Tanh()),
        kind(id="middle", units=2, activation=Tanh()),
        GraphReadout(id="read"),
        Dense(id="output", units=1),
    )
    network, plan = after_a_step(layers, GraphShape((3, 5), own=2), inputs=raw.reshape(SAMPLES, -1))
    assert_terms_add_up(network, plan, "middle")
    assert plan.sums["middle"]()[0].deltas.shape[1:] == (3, SAMPLES)


def test_a_copy_can_have_its_samples_in_another_order():
    layers = (SimpleRnn(id="middle", units=2), Dense(id="output", units=1))
    _, plan = after_a_step(layers, (5, 2))
    (weights, recurrent) = plan.sums["middle"]()
    turned = weights.in_order(np.array([2, 0, 1, 3]))
    np.testing.assert_array_equal(turned.read[..., 0], weights.read[..., 2])
    assert recurrent.size == recurrent.deltas.size + recurrent.read.size
