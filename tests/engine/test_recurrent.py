"""Recurrent layers do what PyTorch's do, forward and backward, also for sequences of different length."""

import json
from pathlib import Path

import numpy as np
import pytest
from differences import central_difference, relative_error
from hypothesis import given, settings
from hypothesis import strategies as st
from pytorch_values import TOLERANCE, array

from playground.engine import edits
from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture, remarks, resolve
from playground.engine.layers import Dense, Flatten, Layer, LayerProblem, Tensor, Wires
from playground.engine.layers.attention import SelfAttention
from playground.engine.layers.recurrent import Gru, Lstm, Recurrent, SimpleRnn
from playground.engine.layers.steps import DenseAtEachStep, Embedding, PositionalEncoding, encoding
from playground.engine.losses import SquaredError
from playground.engine.network import MOST_VALUES, Network
from playground.randomness import Pcg64

PATH = Path(__file__).parents[1] / "references" / "recurrent.json"
VALUES = json.loads(PATH.read_text(encoding="utf-8"))
ENTRIES = VALUES["recurrent"]
KINDS = {kind.tag(): kind for kind in Layer.members() if issubclass(kind, Recurrent)}
ORDER = {"simple_rnn": [0], "gru": [0, 1, 2], "lstm": [3, 0, 1, 2]}
"""Which of PyTorch's gates each of ours is; its LSTM has them as i, f, g, o."""

FLOAT64 = np.dtype(np.float64)

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def tensor(values):
    made = Tensor.empty(*values.shape, FLOAT64)
    made.values[:] = values
    return made


def flat(values):
    """PyTorch's (n, …) as the engine has it: (units, n)."""
    values = array(values)
    return values.reshape(len(values), -1).T


class Bound:
    """A layer bound to sequences (n, time, columns), with NaN wherever it has to write."""

    def __init__(self, layer, x, blocks=None, lengths=None):
        samples, *shape = x.shape
        self.shape = tuple(shape)
        parameters = layer.parameters((self.shape,))
        source = Pcg64().streams().init
        self.blocks = {each.name: np.empty(each.shape) for each in parameters}
        for each in parameters:
            each.initialize(source, self.blocks[each.name])
        for name, values in (blocks or {}).items():
            self.blocks[name][:] = values
        self.gradients = {name: np.full_like(block, np.nan) for name, block in self.blocks.items()}
        units = int(np.prod(layer.output_shape((self.shape,))))
        self.output, self.upstream = (tensor(np.full((units, samples), np.nan)) for _ in range(2))
        self.x, self.slopes = tensor(flat(x)), tensor(np.full((x[0].size, samples), np.nan))
        mask = None if lengths is None else (np.arange(x.shape[1])[:, None] < lengths).astype(float)
        wires = Wires(
            (self.x,), self.output, (self.slopes,), self.upstream, self.blocks, self.gradients,
            training=True, mask=mask, shapes=(self.shape,),
        )  # fmt: skip
        self.operations = layer.bind(wires)

    def forward(self):
        for operation in self.operations.forward:
            operation()
        return self.output.values

    def run(self, upstream):
        self.forward()
        self.upstream.values[:] = upstream
        for operation in self.operations.backward:
            operation()
        return self


def ours(kind, blocks):
    """PyTorch's blocks as ours: the gates in our order, both biases as one but for the GRU's candidate."""
    found = {}
    for mark, suffix in (("", ""), ("_backwards", "_reverse")):
        if f"weight_ih{suffix}" not in blocks:
            continue
        weights, recurrent, bias, other = (
            array(blocks[f"{name}{suffix}"]) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        units = recurrent.shape[1]
        if kind == "gru":
            found["recurrent_bias" + mark] = other[-units:].copy()
            other[-units:] = 0
        both = np.column_stack([weights, bias + other])
        found["weights" + mark] = both.reshape(-1, units, both.shape[1])[ORDER[kind]]
        found["recurrent" + mark] = recurrent.reshape(-1, units, units)[ORDER[kind]]
    return found


def their_gradients(kind, gradients):
    """The same of gradients, of which both biases have one."""
    halved = {
        name: array(values) / (2 if "bias" in name and kind != "gru" else 1)
        for name, values in gradients.items()
    }
    found = ours(kind, halved)
    if kind == "gru":
        for mark, suffix in (("", ""), ("_backwards", "_reverse")):
            if "weights" + mark in found:
                bias = array(gradients["bias_ih" + suffix])
                found["weights" + mark][..., -1] = bias.reshape(found["weights" + mark].shape[:2])
    return found


def only_backwards(layer, blocks):
    """A single direction is PyTorch's first, whichever way it reads."""
    return (
        {name + "_backwards": values for name, values in blocks.items()}
        if layer.reads == "backwards"
        else blocks
    )


def case(entry):
    fields = ", ".join(f"{name}={value}" for name, value in entry["parameters"].items())
    return f"{entry['kind']} {fields} {entry['lengths']}"


@pytest.mark.parametrize("entry", ENTRIES, ids=case)
def test_a_recurrent_layer_is_pytorchs(entry):
    kind = entry["kind"]
    layer, lengths = KINDS[kind](**entry["parameters"]), np.array(entry["lengths"])
    bench = Bound(layer, array(entry["x"]), only_backwards(layer, ours(kind, entry["blocks"])), lengths)
    found, wanted = bench.forward(), array(entry["output"])
    if layer.gives == "all":  # behind the end of a sequence PyTorch has zeros, and we the last state
        there = np.arange(5) < lengths[:, np.newaxis]
        found = np.where(there[..., np.newaxis], found.T.reshape(wanted.shape), 0).reshape(len(wanted), -1).T
    np.testing.assert_allclose(found, flat(wanted), **TOLERANCE)
    bench.run(flat(entry["upstream"]) if layer.gives == "last" else asked(entry))
    np.testing.assert_allclose(bench.slopes.values, flat(entry["x_gradient"]), **TOLERANCE)
    for name, wanted in only_backwards(layer, their_gradients(kind, entry["gradients"])).items():
        np.testing.assert_allclose(bench.gradients[name], wanted, **TOLERANCE, err_msg=name)


def asked(entry):
    """What comes back to each state: nothing to those behind the end."""
    upstream = array(entry["upstream"])
    there = np.arange(upstream.shape[1]) < np.array(entry["lengths"])[:, np.newaxis]
    return flat(upstream * there[..., np.newaxis])


def test_every_recurrent_layer_has_a_reference():
    assert {entry["kind"] for entry in ENTRIES} == set(KINDS)


@pytest.mark.parametrize("entry", VALUES["attention"], ids=case)
def test_attention_is_pytorchs(entry):
    lengths, units = np.array(entry["lengths"]), entry["parameters"]["units"]
    weights = np.column_stack([array(entry["w"]), entry["b"]]).reshape(3, units, 3)
    bench = Bound(SelfAttention(**entry["parameters"]), array(entry["x"]), {"weights": weights}, lengths)
    found, wanted = bench.forward().T.reshape(3, 5, units), array(entry["output"])
    there = np.arange(5) < lengths[:, np.newaxis]
    np.testing.assert_allclose(found[there], wanted[there], **TOLERANCE)
    bench.run(flat(entry["upstream"]))
    np.testing.assert_allclose(bench.slopes.values, flat(entry["x_gradient"]), **TOLERANCE)
    gradient = bench.gradients["weights"].reshape(3 * units, 3)
    np.testing.assert_allclose(gradient[:, :-1], entry["w_gradient"], **TOLERANCE)
    np.testing.assert_allclose(gradient[:, -1], entry["b_gradient"], **TOLERANCE)


def test_what_a_step_takes_from_all_others_is_a_share_of_each():
    lengths = np.array([4, 2, 1])
    values = np.random.default_rng(3).normal(size=(3, 4, 2))
    bench = Bound(SelfAttention(units=3, causal=True), values, lengths=lengths)
    bench.forward()
    weights = bench.operations.seen["weights"]  # (to, from, samples)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    assert (np.triu(weights[..., 0], 1) == 0).all()
    assert (weights[:, 2:, 1] == 0).all()
    np.testing.assert_array_equal(weights[:, 0, 2], 1)


def test_positions_are_told_apart_by_sines_and_cosines_of_many_periods():
    """The first rows of the formula of Vaswani et al. for four columns."""
    angles = np.array([0, 1.0, 2.0])
    wanted = np.column_stack([np.sin(angles), np.cos(angles), np.sin(angles / 100), np.cos(angles / 100)])
    np.testing.assert_allclose(encoding(3, 4), wanted)


def test_a_symbol_is_looked_up_in_the_table():
    table = np.random.default_rng(2).normal(size=(3, 4))
    bench = Bound(Embedding(units=3), np.eye(4)[[[2, 0, 3]]], {"weights": table})
    np.testing.assert_array_equal(bench.forward().reshape(3, 3), table.T[[2, 0, 3]])


def test_a_dense_layer_at_each_step_is_one_dense_layer_for_all_steps():
    values, layer = np.random.default_rng(5).normal(size=(2, 4, 3)), DenseAtEachStep(units=2)
    bench = Bound(layer, values)
    weights = bench.blocks["weights"]
    wanted = np.tanh(values @ weights[:, :-1].T + weights[:, -1])
    np.testing.assert_allclose(bench.forward(), flat(wanted), rtol=1e-12)


def test_an_answer_at_each_step_is_learnt():
    layers = (Gru(id="gru", units=2, gives="all"), DenseAtEachStep(id="out", units=1, activation=Sigmoid()))
    network, loss = Network(Architecture(layers=layers), (4, 2), "float64"), SquaredError()
    network.parameters[:] = np.random.default_rng(7).normal(0, 0.7, network.parameters.size)
    plan = network.plan(3, loss)
    plan.input[:, :-1] = np.random.default_rng(8).normal(size=(3, 8))
    plan.target[:] = np.random.default_rng(9).integers(2, size=(3, 4))

    def value():
        for operation in plan.forward:
            operation()
        return loss.value(plan.net_outputs, plan.outputs, plan.target.T)

    plan.step()
    found = network.gradients.copy()
    assert relative_error(found, central_difference(value, network.parameters, 1e-5)) < 1e-6
    np.testing.assert_allclose(plan.outputs, 1 / (1 + np.exp(-plan.net_outputs)))  # both lie alike


# --- what they refuse, and what is seen -------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", [*KINDS.values(), SelfAttention, DenseAtEachStep, Embedding, PositionalEncoding]
)
def test_what_reads_sequences_says_so_where_it_is_given_a_row(kind):
    with pytest.raises(LayerProblem) as problem:
        kind().output_shape(((8,),))
    assert str(problem.value.text) == (
        f"{kind.title} reads sequences, steps × columns, and is given 8; "
        "put it before the Flatten, behind layers that give all their steps."
    )


def test_a_dense_layer_that_is_given_a_sequence_says_what_there_is_to_put_before_it():
    layers = (Lstm(id="a", units=3, gives="all"), Dense(id="b", units=1))
    (problem,) = resolve(Architecture(layers=layers), (6, 2)).problems
    assert str(problem.text) == (
        "Dense reads a row of values, and is given 6×3; put a Flatten or a Global average pool before it, "
        "or let a recurrent layer give its last state alone."
    )


def test_recurrent_layers_stack():
    layers = (Lstm(id="a", units=3, gives="all", reads="both"), Gru(id="b", units=2), Dense(id="c", units=1))
    graph = resolve(Architecture(layers=layers), (6, 2))
    assert not graph.problems
    assert [node.shape for node in graph.nodes] == [(6, 6), (2,), (1,)]


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [(SimpleRnn, 5 * (2 + 5 + 1)), (Gru, 3 * 5 * (2 + 5 + 1) + 5), (Lstm, 4 * 5 * (2 + 5 + 1))],
)
def test_parameters_are_counted(kind, parameters):
    blocks = kind(units=5).parameters(((9, 2),))
    assert sum(block.size for block in blocks) == parameters
    both = kind(units=5, reads="both").parameters(((9, 2),))
    assert sum(block.size for block in both) == 2 * parameters


def test_an_lstm_begins_by_remembering_and_with_orthogonal_weights_from_state_to_state():
    bench = Bound(Lstm(units=4), np.zeros((1, 3, 2)))
    np.testing.assert_array_equal(bench.blocks["weights"][..., -1], [[0] * 4, [0] * 4, [1] * 4, [0] * 4])
    for square in bench.blocks["recurrent"]:
        np.testing.assert_allclose(square @ square.T, np.eye(4), atol=1e-12)


@every_kind
@pytest.mark.parametrize("reads", ["forwards", "backwards", "both"])
def test_the_slope_of_each_state_can_be_read(kind, reads):
    """In the order of time, whichever way the layer reads; the last that is read has nothing behind it."""
    layer = kind(units=2, reads=reads, gives="all")
    bench = Bound(layer, np.random.default_rng(1).normal(size=(3, 4, 2)))
    bench.run(np.ones_like(bench.output.values))
    states, slopes = bench.operations.seen["state"], bench.operations.seen["slope"]
    assert states.shape == slopes.shape == (4, 2, 3)
    last = 0 if reads == "backwards" else -1
    np.testing.assert_array_equal(slopes[last], 1)  # nothing reads the last state but what is given
    np.testing.assert_array_equal(states[last], bench.output.values.reshape(4, -1, 3)[last, :2])


def test_the_slope_of_a_state_is_what_it_gives_and_what_comes_back_from_the_next():
    bench = Bound(SimpleRnn(units=3, gives="all"), np.random.default_rng(1).normal(size=(2, 5, 2)))
    upstream = np.random.default_rng(2).normal(size=bench.output.values.shape)
    bench.run(upstream)
    states, slopes = bench.operations.seen["state"], bench.operations.seen["slope"]
    (square,), wanted = bench.blocks["recurrent"], upstream.reshape(5, 3, 2)
    for step in range(4):
        back = square.T @ (slopes[step + 1] * (1 - states[step + 1] ** 2))
        np.testing.assert_allclose(slopes[step], wanted[step] + back, rtol=1e-12)


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_gradients_agree_with_central_differences_whatever_the_shape(data):
    kind = data.draw(st.sampled_from([*KINDS.values(), SelfAttention, DenseAtEachStep, Embedding]))
    time, columns, samples, units = (data.draw(st.integers(1, 4)) for _ in range(4))
    fields = {}
    if issubclass(kind, Recurrent):
        fields = {"reads": data.draw(st.sampled_from(["forwards", "backwards", "both"]))}
        fields["gives"] = data.draw(st.sampled_from(["last", "all"]))
    lengths = np.array(data.draw(st.lists(st.integers(1, time), min_size=samples, max_size=samples)))
    random = np.random.default_rng(data.draw(st.integers(0, 1000)))
    bench = Bound(kind(units=units, **fields), random.normal(size=(samples, time, columns)), lengths=lengths)
    upstream = random.normal(size=bench.output.values.shape)
    bench.run(upstream)
    for name, block in bench.blocks.items():
        slope = central_difference(lambda: (bench.forward() * upstream).sum(), block)
        assert relative_error(bench.gradients[name], slope, floor=1e-3) < 1e-6
    slope = central_difference(lambda: (bench.forward() * upstream).sum(), bench.x.values)
    assert relative_error(bench.slopes.values, slope, floor=1e-3) < 1e-6


def test_where_gradients_are_not_clipped_each_recurrent_layer_says_so():
    layers = (Gru(id="a", units=2, gives="all"), Lstm(id="b", units=2), Dense(id="c", units=1))
    graph = resolve(Architecture(layers=layers), (6, 2))
    assert [each.layer_id for each in remarks(graph, clips=False)] == ["a", "b"]
    assert remarks(graph) == ()


@pytest.mark.parametrize("position", [0, 1])
def test_a_second_recurrent_layer_lets_the_first_of_both_give_all_its_states(position):
    before = Architecture(layers=(Lstm(id="a", units=3), Dense(id="b", units=1)))
    after = edits.insert(before, position, Gru(id="c", units=2))
    assert [layer.gives for layer in after.layers[:2]] == ["all", "last"]
    assert resolve(after, (6, 2)).problems == ()
    assert edits.duplicate(before, ["a"]).layers[0].gives == "all"


def test_a_recurrent_layer_behind_another_kind_changes_nothing():
    before = Architecture(layers=(Embedding(id="a", units=3), Flatten(id="b"), Dense(id="c", units=1)))
    after = edits.insert(before, 1, Gru(id="d", units=2))
    assert edits.remove(after, ["d"]) == before


def test_long_sequences_are_answered_in_bounded_memory():
    """What a recurrent layer keeps of each step counts, though it gives one state alone."""
    layers = (Lstm(id="a", units=64), Dense(id="b", units=1))
    network = Network(Architecture(layers=layers), (200, 1))
    assert network.chunk * 200 * 64 * 5 < MOST_VALUES
