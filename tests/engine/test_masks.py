"""Sequences of different length: what is behind the end of one changes nothing of it, in any batch."""

import numpy as np
import pytest
from differences import central_difference, relative_error

from playground.engine.activations import Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.attention import SelfAttention
from playground.engine.layers.convolution import Conv1D
from playground.engine.layers.pooling import GlobalAveragePool, MaxPool
from playground.engine.layers.recurrent import Gru, Lstm, SimpleRnn
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
}


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


@pytest.mark.parametrize("layers", READERS.values(), ids=READERS)
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
