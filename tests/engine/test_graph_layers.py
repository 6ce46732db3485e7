"""Layers that read a graph: PyTorch's values, central differences, and what odd graphs make of them."""

import numpy as np
import pytest
from differences import central_difference, relative_error
from pytorch_values import TOLERANCE, array, entries, without_reference

from playground.data.graphs.node_graph import NodeGraph
from playground.engine.activations import Linear, Tanh
from playground.engine.graph import Architecture, resolve
from playground.engine.layers import ActivationLayer, BatchNorm, Dense, Flatten, Layer, Reshape
from playground.engine.layers.graph_attention import GraphAttention
from playground.engine.layers.graph_convolution import GraphConvolution
from playground.engine.layers.message_passing import MessagePassing
from playground.engine.layers.readout import GraphReadout
from playground.engine.links import Passage
from playground.engine.losses import SquaredError
from playground.engine.network import Network
from playground.randomness import Pcg64
from playground.shapes import GraphShape

NODE_LAYERS = [GraphConvolution, GraphAttention, MessagePassing]
KINDS = pytest.mark.parametrize("kind", NODE_LAYERS, ids=lambda kind: kind.tag())


def network_of(*layers, shape, dtype="float64"):
    network = Network(Architecture(layers=layers), shape, dtype)
    network.initialize(Pcg64(seed=3).streams().init)
    return network


def of_one_layer(layer, columns):
    """The layer between the inputs and a Dense one that hands on what it gives."""
    network = network_of(layer.with_(id="layer"), Dense(id="output", units=1), shape=GraphShape((columns,)))
    return network, lambda inputs, links: network.activations(inputs, links)["layer"].T.copy()


def links(count, edges, weights=None, directed=False):
    pairs = np.array(edges, np.int64).reshape(-1, 2)
    return NodeGraph(count, pairs, None if weights is None else np.array(weights, float), directed)


# --- PyTorch ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("layer", "entry"), entries("graphs", Layer))
def test_a_layer_on_nodes_is_pytorchs(layer, entry):
    x, upstream = array(entry["x"]), array(entry["upstream"])
    graph = links(len(x), entry["edges"], entry["weights"], entry["directed"])
    ending = Dense(id="output", units=upstream.shape[1], activation=Linear())
    network = network_of(layer.with_(id="layer"), ending, shape=GraphShape(x.shape[1:]))
    for name, tensor in network.tensors():
        if name.startswith("layer."):
            tensor[...] = array(entry["blocks"][name.removeprefix("layer.")])
    network.block("output", "weights")[:] = np.eye(len(upstream.T), len(upstream.T) + 1)
    plan = network.plan(len(x), SquaredError(), input_gradient=True, links=graph)
    plan.input[:, :-1] = x
    for operation in plan.forward:
        operation()
    np.testing.assert_allclose(plan.outputs.T, array(entry["output"]), **TOLERANCE)
    plan.target[:] = plan.outputs.T - upstream  # so that the gradient of the loss is that
    plan.step()
    scale = _scale(plan, upstream)
    np.testing.assert_allclose(plan.input_gradient / scale, array(entry["x_gradient"]), **TOLERANCE)
    for name, found in network.tensors(network.gradients):
        if name.startswith("layer."):
            expected = array(entry["block_gradients"][name.removeprefix("layer.")])
            np.testing.assert_allclose(found / scale, expected, err_msg=name, **TOLERANCE)


def _scale(plan, upstream):
    """By how much the squared error makes a difference a gradient."""
    gradient, work = np.empty_like(plan.outputs), np.empty_like(plan.outputs)
    SquaredError().gradient(plan.net_outputs, plan.outputs, plan.target.T, gradient, work)
    return float(gradient[0, 0] / upstream[0, 0])


def test_every_layer_on_nodes_has_a_reference():
    without = without_reference("graphs", Layer)
    assert [kind.tag() for kind in NODE_LAYERS if kind.tag() in without] == []


# --- samples that are graphs ------------------------------------------------------------------------

SHAPE = GraphShape((4, 6), own=2)


def molecules(samples=3):
    """Samples (n, 24) of up to four nodes with two columns and symmetric edges; in the second one is away."""
    random = np.random.default_rng(5)
    raw = np.zeros((samples, 4, 6))
    raw[..., :2] = random.normal(size=(samples, 4, 2))
    for first, second in ((0, 1), (1, 2), (2, 3)):
        raw[:, first, 2 + second] = raw[:, second, 2 + first] = 1
    raw[1, 3], raw[1, :, 5] = 0, 0
    return raw.reshape(samples, -1)


@pytest.mark.parametrize("how", ["sum", "mean", "max"])
@KINDS
def test_gradients_of_samples_that_are_graphs_agree_with_central_differences(kind, how):
    layers = (
        kind(id="a", units=3, activation=Tanh()),
        ActivationLayer(id="b", activation=Tanh()),
        kind(id="c", units=2, activation=Tanh()),
        GraphReadout(id="d", aggregation=how),
        Dense(id="e", units=1),
    )
    network = network_of(*layers, shape=SHAPE)
    plan = network.plan(3, SquaredError(), input_gradient=True)
    plan.input[:, :-1], plan.target[:] = molecules(), [[0.3], [-0.2], [1]]

    def value():
        for operation in plan.forward:
            operation()
        return SquaredError().value(plan.net_outputs, plan.outputs, plan.target.T)

    plan.step()
    found, of_inputs = network.gradients.copy(), plan.input_gradient.reshape(3, 4, 6)[..., :2].copy()
    assert relative_error(found, central_difference(value, network.parameters, 1e-5)) < 1e-6
    own = plan.input[:, :-1].reshape(3, 4, 6)[..., :2]
    slopes = central_difference(value, own, 1e-5)
    slopes[1, 3] = of_inputs[1, 3]  # a node that is away begins to be there when its values move
    assert relative_error(of_inputs, slopes) < 1e-6


@KINDS
def test_a_batch_of_graphs_gives_what_each_gives_alone(kind):
    layers = (kind(id="a"), GraphReadout(id="b"), Dense(id="c", units=2))
    network = network_of(*layers, shape=SHAPE)
    together = network.predict(molecules())
    alone = [network.predict(sample[np.newaxis])[0] for sample in molecules()]
    np.testing.assert_allclose(together, alone, rtol=1e-12)


@KINDS
def test_the_order_of_the_nodes_of_a_sample_does_not_matter(kind):
    network = network_of(kind(id="a"), GraphReadout(id="b"), Dense(id="c", units=2), shape=SHAPE)
    order = [2, 0, 3, 1]
    raw = molecules().reshape(-1, 4, 6)
    turned = raw[:, order][:, :, [0, 1, *(2 + place for place in order)]]
    np.testing.assert_allclose(
        network.predict(turned.reshape(-1, 24)), network.predict(molecules()), rtol=1e-10
    )


def test_a_read_out_leaves_out_nodes_that_are_not_there():
    raw = molecules()
    for how, expected in (("sum", np.sum), ("mean", np.mean), ("max", np.max)):
        network = network_of(GraphReadout(id="a", aggregation=how), Dense(id="b", units=1), shape=SHAPE)
        found = network.activations(raw)["a"].T
        nodes = raw[1].reshape(4, 6)[:3, :2]
        np.testing.assert_allclose(found[1], expected(nodes, axis=0))


# --- odd graphs -------------------------------------------------------------------------------------


def test_a_convolution_by_hand():
    """Two nodes with an edge have degree 2 with themselves: each is given half of both."""
    network, given = of_one_layer(GraphConvolution(units=1, activation=Linear()), 1)
    network.block("layer", "weights")[:] = [[3, 1]]
    found = given(np.array([[2.0], [4.0], [5.0]]), links(3, [[0, 1]]))
    np.testing.assert_allclose(found, [[10], [10], [16]])  # the third has no edge but that to itself


@KINDS
def test_a_node_without_edges_is_what_it_is_alone(kind):
    _, given = of_one_layer(kind(), 2)
    x = np.random.default_rng(0).normal(size=(4, 2))
    among = given(x, links(4, [[0, 1], [1, 2]]))
    np.testing.assert_allclose(among[3], given(x[3:], links(1, []))[0], rtol=1e-12)
    np.testing.assert_allclose(among[3], given(x, None)[3], rtol=1e-12)


@KINDS
def test_a_graph_of_one_node_is_learnt_from(kind):
    network = network_of(kind(id="a"), Dense(id="b", units=1), shape=GraphShape((2,)))
    plan = network.plan(1, SquaredError(), links=links(1, []))
    plan.input[:, :-1], plan.target[:] = [[1.0, -2.0]], 1
    plan.step()
    assert np.isfinite(network.gradients).all()
    assert network.gradients.any()


@KINDS
def test_parts_that_are_not_joined_do_not_hear_of_each_other(kind):
    _, given = of_one_layer(kind(), 2)
    x, graph = np.random.default_rng(0).normal(size=(4, 2)), links(4, [[0, 1], [2, 3]])
    before = given(x, graph)
    x[2:] += 1
    after = given(x, graph)
    np.testing.assert_array_equal(before[:2], after[:2])
    assert (before[2:] != after[2:]).any()


@KINDS
def test_along_a_directed_edge_messages_go_one_way(kind):
    _, given = of_one_layer(kind(activation=Linear()), 1)
    x, graph = np.array([[1.0], [2.0]]), links(2, [[0, 1]], directed=True)
    moved = np.array([[1.0], [3.0]])
    np.testing.assert_array_equal(given(x, graph)[0], given(moved, graph)[0])
    moved = np.array([[2.0], [2.0]])
    assert (given(x, graph)[1] != given(moved, graph)[1]).any()


@KINDS
def test_an_edge_from_a_node_to_itself_changes_nothing(kind):
    _, given = of_one_layer(kind(), 2)
    x = np.random.default_rng(0).normal(size=(3, 2))
    plain, looped = links(3, [[0, 1]]), links(3, [[0, 1], [2, 2]])
    np.testing.assert_array_equal(given(x, plain), given(x, looped))


@pytest.mark.parametrize("kind", [GraphConvolution, MessagePassing], ids=lambda kind: kind.tag())
def test_what_an_edge_counts_matters(kind):
    network, given = of_one_layer(kind(activation=Linear()), 1)
    network.parameters[:] = 1
    x = np.array([[1.0], [2.0]])
    assert (given(x, links(2, [[0, 1]], [0.5])) != given(x, links(2, [[0, 1]], [2.0]))).all()


@KINDS
def test_weights_below_nothing_give_numbers_all_the_same(kind):
    _, given = of_one_layer(kind(), 2)
    x = np.random.default_rng(0).normal(size=(3, 2))
    assert np.isfinite(given(x, links(3, [[0, 1], [1, 2]], [-1.0, -3.0]))).all()


def test_weights_of_attention_are_shares():
    passage = Passage.between(links(3, [[0, 1], [1, 2]]), np.dtype(float))
    assert passage.sum(np.ones(len(passage.sources))).tolist() == [2, 3, 2]


@KINDS
def test_a_large_graph_gives_what_a_full_matrix_gives(kind):
    """Small graphs are multiplied as full matrices, and large ones as sparse ones."""
    random = np.random.default_rng(2)
    edges, x = random.integers(40, size=(80, 2)), random.normal(size=(300, 3))
    _, given = of_one_layer(kind(), 3)
    alone, among = given(x[:40], links(40, edges)), given(x, links(300, edges))
    np.testing.assert_allclose(among[:40], alone, rtol=1e-10, atol=1e-12)


@KINDS
def test_single_precision_agrees_with_double(kind):
    found = {}
    for dtype in ("float32", "float64"):
        network = network_of(kind(id="a"), Dense(id="b", units=1), shape=GraphShape((2,)), dtype=dtype)
        plan = network.plan(5, SquaredError(), links=links(5, [[0, 1], [1, 2], [3, 4]], [1, 0.3, 2]))
        plan.input[:, :-1] = np.random.default_rng(4).normal(size=(5, 2))
        before = plan.input.copy()
        plan.step()
        np.testing.assert_array_equal(plan.input, before)
        assert {values.dtype for values in plan.values.values()} == {np.dtype(dtype)}
        found[dtype] = network.gradients
    np.testing.assert_allclose(found["float32"], found["float64"], atol=1e-5)


# --- sentences --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*NODE_LAYERS, GraphReadout], ids=lambda kind: kind.tag())
@pytest.mark.parametrize("shape", [(3,), (8, 8, 1), (5, 2)], ids=["rows", "pictures", "sequences"])
def test_data_without_a_graph_are_told_so(kind, shape):
    layers = (kind(id="a"), Flatten(id="b"), Dense(id="c", units=1))
    (problem, *_) = resolve(Architecture(layers=layers), shape).problems
    assert (problem.layer_id, str(problem.text)) == (
        "a",
        f"{kind.title} needs edges between nodes, and these data have none; "
        "take data that are a graph, as they are, or a Dense layer.",
    )


def test_nodes_that_were_made_a_row_are_none_any_more():
    layers = (Flatten(id="a"), GraphConvolution(id="b"), Dense(id="c", units=1))
    (problem, *_) = resolve(Architecture(layers=layers), SHAPE).problems
    assert str(problem.text) == (
        "Graph conv reads nodes with a row of values each, and is given 24; put it further ahead."
    )
    layers = (Reshape(id="a", shape=(2, 2)), GraphConvolution(id="b"), Flatten(id="c"))
    (problem, *_) = resolve(Architecture(layers=layers), GraphShape((4,))).problems
    assert "is given 2×2" in str(problem.text)


def test_a_read_out_of_nodes_with_answers_of_their_own_says_to_leave_it_out():
    layers = (GraphReadout(id="a"), Dense(id="b", units=1))
    (problem, *_) = resolve(Architecture(layers=layers), GraphShape((4,))).problems
    assert "each node is a sample with an answer of its own; leave it out" in str(problem.text)


def test_batch_norm_counts_the_nodes_that_are_there():
    layers = (
        GraphConvolution(id="a", units=3),
        BatchNorm(id="norm", momentum=0),
        GraphReadout(id="d"),
        Dense(id="e", units=1),
    )
    network = network_of(*layers, shape=SHAPE)
    plan = network.plan(3, SquaredError())
    plan.input[:, :-1] = molecules()
    plan.step()
    values = plan.values["a"].reshape(4, 3, 3).transpose(1, 0, 2)  # (units, nodes, samples)
    there = np.ones((4, 3), bool)
    there[3, 1] = False
    np.testing.assert_allclose(network.state["norm", "running_mean"], values[:, there].mean(axis=1))
    np.testing.assert_allclose(
        network.state["norm", "running_variance"], values[:, there].var(axis=1, ddof=1)
    )
