"""A checkpoint that does not belong to its experiment is refused in a sentence."""

from dataclasses import replace

import numpy as np
import pytest
from training_examples import experiment, train, two_layers

from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm
from playground.engine.optimizers import Adam
from playground.training.checkpoint import Checkpoint
from playground.training.trainer import Trainer
from playground.value import InvalidValue

HIDDEN, OUTPUT = two_layers()
START = experiment(HIDDEN, BatchNorm(id="norm"), OUTPUT, optimizer=Adam(), last_batch="carry")


@pytest.fixture
def checkpoint():
    trainer = Trainer(START)
    train(trainer, 4)
    return trainer.checkpoint()


TENSORS = [
    ("hidden.weights", np.zeros((2, 3)), "must be of shape (3, 2), got (2, 3)"),
    ("hidden.bias", np.zeros((3, 1)), "must be of shape (3,), got (3, 1)"),
    ("norm.running_mean", np.zeros(2), "must be of shape (3,), got (2,)"),
    ("hidden.weights", np.zeros((3, 2), np.float32), "must be float64, got float32"),
    ("hidden.weights", np.zeros((3, 2), np.int64), "must be float64, got int64"),
    ("hidden.weights", np.full((3, 2), np.nan), "holds a number that is not finite"),
    ("hidden.bias", np.array([0, np.inf, 0]), "holds a number that is not finite"),
    ("output.bias", None, "is missing"),
    ("norm.running_variance", None, "is missing"),
    ("other.weights", np.zeros((3, 2)), "does not belong to this network"),
]

MEMORY = [
    ("mean/hidden.weights", np.zeros(3), "must be of shape (3, 2), got (3,)"),
    ("square/hidden.bias", np.full(3, np.nan), "holds a number that is not finite"),
    ("carried/hidden.bias", np.zeros(3, np.float32), "must be float64, got float32"),
    ("velocity/hidden.bias", np.zeros(3), "does not belong to this network"),
    ("mean/other.bias", np.zeros(3), "does not belong to this network"),
]

NUMBERS = [
    ("epoch", -1, "must be a whole number of at least 0, got -1"),
    ("step", 1.5, "must be a whole number of at least 0, got 1.5"),
    ("batch", True, "must be a whole number of at least 0, got True"),
    ("epoch", 10**13, "must be a whole number of at least 0, got 10000000000000"),
]


def with_entry(table, name, value):
    """The table with one entry put in, or with None taken out."""
    others = {key: entry for key, entry in table.items() if key != name}
    return others if value is None else others | {name: value}


def with_number(checkpoint, name, value):
    return replace(checkpoint, numbers={**checkpoint.numbers, name: value})


def assert_refused(wrong, sentence):
    with pytest.raises(InvalidValue) as caught:
        wrong.check(START)
    assert str(caught.value) == sentence
    with pytest.raises(InvalidValue):
        Trainer(START, wrong)


@pytest.mark.parametrize(("name", "values", "what"), TENSORS)
def test_tensors_that_do_not_belong_are_refused(checkpoint, name, values, what):
    tensors = with_entry(checkpoint.learnt, name, values)
    arrays = {**tensors, **checkpoint.remembered}
    assert_refused(replace(checkpoint, arrays=arrays), f"parameters: {name} {what}")


@pytest.mark.parametrize(("name", "values", "what"), MEMORY)
def test_what_another_optimizer_remembers_is_refused(checkpoint, name, values, what):
    memory = with_entry(checkpoint.remembered, name, values)
    assert_refused(replace(checkpoint, arrays={**checkpoint.learnt, **memory}), f"optimizer: {name} {what}")


@pytest.mark.parametrize(("name", "value", "what"), NUMBERS)
def test_numbers_that_cannot_be_are_refused(checkpoint, name, value, what):
    assert_refused(with_number(checkpoint, name, value), f"{name}: {what}")


def test_states_of_chance_that_cannot_be_are_refused(checkpoint):
    sentence = "the state of the random streams must name shuffle, dropout, augment, noise"
    assert_refused(with_number(checkpoint, "streams", {}), sentence)
    streams = with_entry(checkpoint.numbers["streams"], "noise", {})
    sentence = "the state of the random stream 'noise' is not one of PCG64"
    assert_refused(with_number(checkpoint, "streams", streams), sentence)


def test_a_history_that_is_no_table_of_epochs_is_refused(checkpoint):
    uneven = with_entry(checkpoint.history, "step", np.zeros(7))
    assert_refused(replace(checkpoint, history=uneven), "history: its columns differ in length")
    nameless = with_entry(checkpoint.history, "epoch", None)
    assert_refused(replace(checkpoint, history=nameless), "history: epoch is missing")


def test_a_trainers_own_checkpoint_is_accepted(checkpoint):
    checkpoint.check(START)


def test_an_optimizer_that_remembers_less_is_accepted_and_begins_anew(checkpoint):
    less = replace(checkpoint, arrays=checkpoint.learnt)
    less.check(START)
    resumed = Trainer(START, less).checkpoint()
    assert not any(values.any() for values in resumed.remembered.values())


def test_no_history_is_accepted(checkpoint):
    bare = replace(checkpoint, history={})
    bare.check(START)
    assert Trainer(START, bare).epoch == checkpoint.epoch


def test_the_precision_must_be_that_of_the_experiment(checkpoint):
    with pytest.raises(InvalidValue, match="must be float32, got float64"):
        checkpoint.check(START.with_(precision="float32"))


def test_a_network_that_cannot_be_has_no_parameters(checkpoint):
    broken = START.with_(network=Architecture())
    with pytest.raises(InvalidValue, match="the network has problems"):
        checkpoint.check(broken)
    counts = {"epoch": 0, "step": 0, "batch": 0}
    Checkpoint(counts | {"streams": checkpoint.numbers["streams"]}, {}, {}).check(broken)


def test_a_refused_checkpoint_leaves_no_trace_in_the_streams(checkpoint):
    with pytest.raises(InvalidValue):
        Trainer(START, with_number(checkpoint, "epoch", -1))
    assert Trainer(START).checkpoint().numbers["streams"] == START.randomness.streams().state()
