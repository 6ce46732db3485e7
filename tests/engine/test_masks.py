"""Sequences of different length: what is behind the end of one changes nothing of it, in any batch."""

import numpy as np
import pytest
from differences import central_difference, relative_error

from playground.engine.activations import Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense, Flatten, LayerNorm, Tensor, Wires
from playground.engine.layers.attention import SelfAttention
from playground.engine.layers.convolution import Conv1D
from playground.engine.layers.external_memory import ExternalMemory
from playground.engine.layers.pooling import AveragePool, GlobalAveragePool, MaxPool, Upsample
from playground.engine.layers.recurrent import Gru, Lstm, SimpleRnn
from playground.engine.layers.sparsity import Sparsity
from playground.engine.layers.steps import DenseAtEachStep, Embedding, PositionalEncoding
from playground.engine.losses import SquaredError
from playground.engine.network import Network
from playground.randomness import Pcg64

TIME, COLUMNS, LENGTHS = 7, 2, (7, 3, 1, 5)

READERS = {
    "simple rnn": (SimpleRnn(units=3),),
    "relu backwards": (SimpleRnn(units=3, function="relu", reads="backwards"),),
    "gru": (Gru(units=3),),
    "gru both ways": (Gru(units=2, reads="both"),),
    "lstm": (Lstm(units=3),),
    "stacked both ways": (Lstm(units=2, reads="both", gives="all"), Gru(units=3, reads="both")),
    "truncated": (Lstm(units=3, back=2),),
    "mean over time": (GlobalAveragePool(),),
    "mean of states": (SimpleRnn(units=3, gives="all"), GlobalAveragePool()),
    "convolution": (Conv1D(filters=3, kernel=1, activation=Tanh()), Lstm(units=2)),
    "convolution of states": (
        Gru(units=2, gives="all"),
        Conv1D(filters=3, padding="same"),
        GlobalAveragePool(),
    ),
    "causal": (Gru(units=2, gives="all"), Conv1D(filters=3, kernel=3, padding="causal"), Lstm(units=2)),
    "attention": (DenseAtEachStep(units=3), SelfAttention(units=3), GlobalAveragePool()),
    "causal attention": (PositionalEncoding(), SelfAttention(units=3, causal=True), Gru(units=2)),
    "looked up": (Embedding(units=3), SimpleRnn(units=2, reads="backwards")),
    "pooled": (MaxPool(size=1, stride=2), Lstm(units=2)),
    "largest of states": (
        Gru(units=2, gives="all"),
        MaxPool(size=3, stride=1, padding="same"),
        GlobalAveragePool(),
    ),
    "averaged": (AveragePool(size=3, stride=1, padding="same"), GlobalAveragePool()),
    "averaged states": (
        Gru(units=2, gives="all"),
        AveragePool(size=2, stride=1, padding="same"),
        Lstm(units=2),
    ),
    "upsampled": (Upsample(factor=2), Lstm(units=2, reads="both")),
    "mean of upsampled states": (Gru(units=2, gives="all"), Upsample(factor=3), GlobalAveragePool()),
    "layer norm of each step": (Gru(units=3, gives="all"), LayerNorm(epsilon=0.1), Lstm(units=2)),
    "layer norm of inputs": (LayerNorm(epsilon=0.1), GlobalAveragePool()),
    "memory": (ExternalMemory(units=3, slots=3, width=2), GlobalAveragePool()),
    "memory read backwards": (ExternalMemory(units=2, slots=4, width=1), Gru(units=2, reads="both")),
}
"""Networks to which a step more of a sequence is nothing but that step."""

OVER_BATCH = {
    "batch norm": (BatchNorm(epsilon=0.1), GlobalAveragePool()),
    "batch norm of states": (Gru(units=3, gives="all"), BatchNorm(epsilon=0.1), Lstm(units=2)),
    "layer norm": (LayerNorm(epsilon=0.1, over="sample"), GlobalAveragePool()),
    "layer norm of states": (
        Gru(units=3, gives="all"),
        LayerNorm(epsilon=0.1, over="sample"),
        Lstm(units=2),
    ),
    "all of a memory": (ExternalMemory(units=2, slots=3, width=2),),
    "all of averages": (Gru(units=2, gives="all"), AveragePool(size=3, stride=2, padding="same")),
    "all of batch norm": (BatchNorm(epsilon=0.1),),
}
"""Networks that are something else with other lengths, or read what is behind the end."""


def network(layers):
    named = tuple(layer.with_(id=f"layer{place}") for place, layer in enumerate(layers))
    made = Network(
        Architecture(layers=(*named, Flatten(id="flat"), Dense(id="output", units=2))),
        (TIME, COLUMNS),
        "float64",
    )
    made.parameters[:] = np.random.default_rng(4).normal(0, 0.6, made.parameters.size)
    return made


def of_length(layers, length, like):
    """The same network on sequences of that length."""
    made = Network(Architecture(layers=like.architecture.layers), (length, COLUMNS), "float64")
    made.parameters[:] = like.parameters
    return made


def sequences():
    values = np.random.default_rng(5).normal(size=(len(LENGTHS), TIME, COLUMNS))
    for row, length in zip(values, LENGTHS, strict=True):
        row[length:] = np.nan
    return values


@pytest.mark.parametrize("layers", READERS.values(), ids=READERS)
def test_a_sequence_among_longer_ones_is_read_as_by_itself(layers):
    """Forward, and the gradients of parameters and inputs, against a network that has the length of each."""
    padded, values = network(layers), sequences()
    targets = np.random.default_rng(6).normal(size=(len(LENGTHS), 2))
    plan = padded.plan(len(LENGTHS), SquaredError(), input_gradient=True)
    plan.input[:, :-1], plan.target[:] = values.reshape(len(LENGTHS), -1), targets
    plan.step()
    gradient = np.zeros_like(padded.gradients)
    for place, length in enumerate(LENGTHS):
        alone = of_length(layers, length, padded)
        single = alone.plan(1, SquaredError(), input_gradient=True)
        single.input[:, :-1], single.target[:] = values[place, :length].reshape(1, -1), targets[place]
        single.step()
        np.testing.assert_allclose(plan.outputs[:, place], single.outputs[:, 0], rtol=1e-12, atol=1e-14)
        gradient += alone.gradients / len(LENGTHS)
        found = plan.input_gradient[place].reshape(TIME, COLUMNS)
        wanted = single.input_gradient.reshape(length, COLUMNS) / len(LENGTHS)
        np.testing.assert_allclose(found[:length], wanted, rtol=1e-10, atol=1e-14)
        assert (found[length:] == 0).all()
    np.testing.assert_allclose(padded.gradients, gradient, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("layers", (READERS | OVER_BATCH).values(), ids=READERS | OVER_BATCH)
def test_gradients_with_missing_steps_agree_with_central_differences(layers):
    if any(getattr(layer, "back", 0) for layer in layers):
        return  # is no gradient of the loss
    made, loss = network(layers), SquaredError()
    plan = made.plan(len(LENGTHS), loss)
    plan.input[:, :-1] = sequences().reshape(len(LENGTHS), -1)
    plan.target[:] = 0.3

    def value():
        for operation in plan.forward:
            operation()
        return loss.value(plan.net_outputs, plan.outputs, plan.target.T)

    plan.input[:, :-1] = sequences().reshape(len(LENGTHS), -1)
    mask_is_found_once(plan)
    plan.input[:, :-1] = sequences().reshape(len(LENGTHS), -1)
    plan.step()
    found = made.gradients.copy()
    assert relative_error(found, measured(plan, made, value)) < 1e-6


def mask_is_found_once(plan):
    plan.forward[0]()
    assert not np.isnan(plan.input).any()


def measured(plan, made, value):
    def again():
        plan.input[:, :-1] = sequences().reshape(len(LENGTHS), -1)
        return value()

    return central_difference(again, made.parameters, 1e-5)


@pytest.mark.parametrize("kind", [SimpleRnn, Gru, Lstm])
def test_at_a_step_that_is_not_there_the_state_stays(kind):
    made = network((kind(units=3, gives="all"),))
    plan = made.plan(len(LENGTHS))
    plan.run(sequences().reshape(len(LENGTHS), -1))
    states = plan.seen["layer0"]["state"]
    np.testing.assert_array_equal(states, plan.values["layer0"].reshape(states.shape))
    for place, length in enumerate(LENGTHS):
        last = states[length - 1, :, place]
        np.testing.assert_array_equal(states[length:, :, place], np.broadcast_to(last, (TIME - length, 3)))


def test_a_batch_without_missing_steps_forgets_those_of_the_one_before():
    made = network((Lstm(units=3),))
    full = np.random.default_rng(8).normal(size=(4, TIME * COLUMNS))
    wanted = made.predict(full).copy()
    made.predict(sequences().reshape(4, -1))
    np.testing.assert_array_equal(made.predict(full), wanted)


def test_a_dense_network_on_rows_looks_for_no_missing_places():
    made = Network(Architecture(layers=(Dense(id="a", units=2), Dense(id="output", units=1))), (3,))
    made.initialize(Pcg64().streams().init)
    assert len(made.plan(5).forward) == 4


FLOAT64 = np.dtype(np.float64)
THERE = np.arange(TIME)[:, np.newaxis] < LENGTHS
"""Which steps are there, (time, samples)."""


class Bound:
    """One layer in training on values of that shape (…, columns, samples), and what comes of it."""

    def __init__(self, layer, values, upstream, blocks, mask=None):
        shape, samples = values.shape[:-1], values.shape[-1]
        units = upstream.size // samples
        x, y = Tensor.empty(values.size // samples, samples, FLOAT64), Tensor.empty(units, samples, FLOAT64)
        dx, dy = Tensor.empty(len(x.values), samples, FLOAT64), Tensor.empty(units, samples, FLOAT64)
        x.values[:], dy.values[:] = values.reshape(-1, samples), upstream.reshape(-1, samples)
        self.gradients = {name: np.full_like(block, np.nan) for name, block in blocks.items()}
        self.state = {name: start.copy() for name, start in layer.state((shape,)).items()}
        self.operations = layer.bind(
            Wires((x,), y, (dx,), dy, blocks, self.gradients, self.state, True, mask=mask, shapes=(shape,))
        )
        for operation in (*self.operations.forward, *self.operations.backward):
            operation()
        self.output, self.slope = y.values.reshape(upstream.shape), dx.values.reshape(values.shape)


def test_batch_norm_of_sequences_is_that_of_all_the_steps_there_are():
    """Against batch norm on rows, which these steps are: values, gradients and running averages."""
    random = np.random.default_rng(9)
    values, upstream = random.normal(size=(2, TIME, COLUMNS, len(LENGTHS)))
    upstream *= THERE[:, np.newaxis]
    blocks = {"gamma": np.array([1.5, -0.4]), "beta": np.array([0.2, 0.9])}
    padded = Bound(BatchNorm(), values, upstream, blocks, THERE.astype(float))
    rows = [of.transpose(1, 0, 2)[:, THERE] for of in (values, upstream)]
    alone = Bound(BatchNorm(), *rows, blocks)
    np.testing.assert_allclose(padded.output.transpose(1, 0, 2)[:, THERE], alone.output, rtol=1e-10)
    np.testing.assert_allclose(padded.slope.transpose(1, 0, 2)[:, THERE], alone.slope, atol=1e-12)
    assert (padded.slope.transpose(1, 0, 2)[:, ~THERE] == 0).all()
    for name in blocks:
        np.testing.assert_allclose(padded.gradients[name], alone.gradients[name], rtol=1e-10)
    for name, running in alone.state.items():
        np.testing.assert_allclose(padded.state[name], running, rtol=1e-10)


def test_one_step_alone_is_no_batch_to_measure():
    mask = np.zeros((TIME, 1))
    mask[0] = 1
    values = np.random.default_rng(2).normal(size=(TIME, COLUMNS, 1))
    blocks = {"gamma": np.ones(COLUMNS), "beta": np.zeros(COLUMNS)}
    found = Bound(BatchNorm(epsilon=1e-5), values, np.ones_like(values), blocks, mask)
    np.testing.assert_allclose(found.output[0], values[0], rtol=1e-4)
    assert (found.state["running_mean"] == 0).all()


def test_layer_norm_of_a_short_sequence_is_that_of_its_own_steps():
    values = np.random.default_rng(3).normal(size=(TIME, COLUMNS, len(LENGTHS)))
    blocks = {"gamma": np.ones(TIME * COLUMNS), "beta": np.zeros(TIME * COLUMNS)}
    found = Bound(
        LayerNorm(epsilon=1e-9, over="sample"), values, np.zeros_like(values), blocks, THERE.astype(float)
    ).output
    for place, length in enumerate(LENGTHS):
        own = values[:length, :, place]
        wanted = (own - own.mean()) / own.std()
        np.testing.assert_allclose(found[:length, :, place], wanted, rtol=1e-6)


def test_a_memory_stays_as_it_was_at_steps_that_are_not_there():
    made = network((ExternalMemory(units=3, slots=3, width=2),))
    plan = made.plan(len(LENGTHS))
    plan.run(sequences().reshape(len(LENGTHS), -1))
    seen = plan.seen["layer0"]
    for place, length in enumerate(LENGTHS):
        for name in ("memory", "writing", "reading"):
            of_sample = seen[name][:, :, place]
            assert (of_sample[length:] == of_sample[length - 1]).all()
        assert (plan.values["layer0"].reshape(TIME, -1, len(LENGTHS))[length:, :, place] == 0).all()


@pytest.mark.parametrize("by", ["l1", "kl"])
def test_sparsity_charges_for_steps_that_are_there(by):
    """Against the same steps by themselves, of which each is a value of fewer samples."""
    layer, values = Sparsity(by=by, strength=0.7, rho=0.2), np.random.default_rng(4).random((TIME, 1, 4))
    upstream, mask = np.zeros_like(values), THERE.astype(float)
    padded = Bound(layer, values, upstream, {}, mask)
    each = [Bound(layer, values[t][:, THERE[t]], upstream[t][:, THERE[t]], {}) for t in range(TIME)]
    of_all = len(LENGTHS) if by == "l1" else 1
    shares = [(THERE[t].sum() / of_all if by == "l1" else 1) for t in range(TIME)]
    wanted = sum(share * one.operations.term() for share, one in zip(shares, each, strict=True))
    assert padded.operations.term() == pytest.approx(wanted, rel=1e-12)
    for t in range(TIME):
        np.testing.assert_allclose(padded.slope[t][:, THERE[t]], shares[t] * each[t].slope, rtol=1e-12)
        assert (padded.slope[t][:, ~THERE[t]] == 0).all()
