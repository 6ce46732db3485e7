"""What is seen of nodes: messages that add up, an embedding, and how different layers make them."""

import numpy as np
import pytest
from training_examples import is_finite

from playground.data.graphs.node_graph import NodeGraph
from playground.engine.activations import Linear, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.layers.graph_attention import GraphAttention
from playground.engine.layers.graph_convolution import GraphConvolution
from playground.engine.layers.message_passing import MessagePassing
from playground.engine.network import Network
from playground.randomness import Pcg64
from playground.shapes import GraphShape
from playground.training.nodes_seen import seen_of_nodes

GRAPH = NodeGraph(5, np.array([[0, 1], [1, 2], [0, 2], [2, 3]]), np.array([1.0, 0.5, 2.0, 0.7]))


RING = NodeGraph(5, np.array([[0, 1], [1, 2], [2, 3], [3, 4], [4, 0]]))


def seen(*layers, focus=None, columns=3, graph=GRAPH):
    network = Network(Architecture(layers=layers), GraphShape((columns,)), "float64")
    network.initialize(Pcg64(seed=2).streams().init)
    plan = network.plan(5, links=graph)
    plan.run(np.random.default_rng(1).normal(size=(5, columns)))
    return seen_of_nodes(network, plan, focus), plan


@pytest.mark.parametrize(
    "layer",
    [
        GraphConvolution(id="a", units=3, activation=Linear(), bias=0.5),
        GraphAttention(id="a", units=2, heads=2, activation=Linear(), bias=0.5),
        GraphAttention(id="a", units=2, heads=3, joined="averaged", activation=Linear(), bias=0.5),
    ],
    ids=["convolution", "attention", "averaged attention"],
)
@pytest.mark.parametrize("unit", [0, 1])
def test_what_flows_into_a_node_and_the_bias_are_its_value(layer, unit):
    found, plan = seen(layer, Dense(id="output", units=1), focus=("a", unit))
    assert found.messages.layer_id == "a"
    np.testing.assert_allclose(found.messages.sums + 0.5, plan.values["a"][unit], rtol=1e-10)


def test_a_message_is_what_the_node_has_by_what_the_edge_counts():
    found, plan = seen(GraphConvolution(id="a", units=1, activation=Linear()), columns=2)
    messages = found.messages
    last = messages.brought[messages.targets == 4]
    np.testing.assert_allclose(last, plan.values["a"][0, 4:])  # alone, it hears of itself
    assert messages.sources[messages.targets == 3].tolist() == [2, 3]


@pytest.mark.parametrize("aggregation", ["sum", "mean"])
def test_messages_of_message_passing_come_from_neighbours_alone(aggregation):
    found, _ = seen(MessagePassing(id="a", units=2, aggregation=aggregation), Dense(id="b", units=1))
    own = found.messages.sources == found.messages.targets
    assert (found.messages.brought[own] == 0).all()
    assert found.messages.sums[4] == 0


def test_weights_of_attention_are_shares_of_each_node():
    for joined in ("concatenated", "averaged"):
        layer = GraphAttention(id="a", units=2, heads=2, joined=joined)
        messages = seen(layer, Dense(id="output", units=1))[0].messages
        sums = np.bincount(messages.targets, messages.shares)
        np.testing.assert_allclose(sums, 1)
        assert messages.shares[messages.targets == 4] == pytest.approx(1)


def test_two_values_are_places_as_they_are():
    found, plan = seen(GraphConvolution(id="a", units=2, activation=Tanh()), Dense(id="b", units=1))
    np.testing.assert_array_equal(found.embedding, plan.values["a"].T)


def test_more_values_are_seen_along_the_plane_in_which_they_differ_most():
    found, plan = seen(GraphConvolution(id="a", units=4, activation=Tanh()), Dense(id="b", units=1))
    centred = plan.values["a"].T - plan.values["a"].mean(axis=1)
    sizes = np.linalg.svd(centred, compute_uv=False)[:2]
    np.testing.assert_allclose(np.linalg.norm(found.embedding, axis=0), sizes, rtol=1e-9)
    assert (found.embedding[0] >= 0).all()  # so that it does not turn over from frame to frame


def test_the_layer_that_is_pointed_at_is_the_one_that_is_seen():
    layers = (GraphConvolution(id="a", units=2), GraphConvolution(id="b", units=3), Dense(id="c", units=1))
    assert [seen(*layers, focus=focus)[0].of_layer for focus in (None, ("a", 0), ("c", 0))] == ["b", "a", "b"]


def test_many_layers_make_all_nodes_alike():
    """On a ring, where all have as many neighbours, as Li, Han & Wu 2018 found."""
    deep = [GraphConvolution(id=f"l{number}", units=6, activation=Linear()) for number in range(12)]
    apart = [value for _, value in seen(*deep, Dense(id="end", units=1), graph=RING)[0].apart]
    assert len(apart) == 14
    assert apart[1] > 10 * apart[12]
    assert is_finite(*apart)


def test_nodes_that_are_alike_are_not_apart_at_all():
    network = Network(Architecture(layers=(Dense(id="a", units=1),)), GraphShape((2,)))
    plan = network.plan(5, links=GRAPH)
    plan.run(np.ones((5, 2)))
    assert seen_of_nodes(network, plan, None).apart[0] == ("input", pytest.approx(0, abs=1e-6))
