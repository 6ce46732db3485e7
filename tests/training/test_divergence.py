"""A run whose numbers overflow stops at the last finite step and names the layer where it began."""

import numpy as np
import pytest
from training_examples import regression, train, two_layers

from playground.engine.activations import Linear, Relu, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense
from playground.engine.optimizers import Adam, GradientDescent, Momentum, Optimizer
from playground.training.machine import Divergence
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


def wild(activation, rate, batch_size=7, hidden=2, **training):
    """Layers in single precision, at a rate that is far too large."""
    layers = [Dense(id=name, units=3, activation=activation) for name in ("first", "second")[:hidden]]
    output = Dense(id="output", units=1, activation=Linear())
    start = regression(optimizer=GradientDescent(learning_rate=rate), batch_size=batch_size, **training)
    return start.with_(network=Architecture(layers=(*layers, output)), precision="float32")


def first_overflow(trainer, most=2000):
    """The first step (from 1) at which a number is not finite, the layer where, and the last finite weights.

    A plain loop in single precision, in the order of the computation: values forward, gradients backward,
    then the weights that come of them, and after each epoch the loss (in no layer).
    """
    layers = trainer.experiment.network.layers
    tensors = dict(trainer.network.tensors())
    w = [tensors[f"{layer.id}.weights"].copy() for layer in layers]
    b = [tensors[f"{layer.id}.bias"].copy() for layer in layers]
    rate = np.float32(trainer.experiment.training.optimizer.learning_rate)
    x_all, t_all = trainer.sides.train.inputs[:, :-1], trainer.sides.train.targets
    size, step = trainer.experiment.training.batch_size, 0
    while step < most:
        for start in range(0, len(x_all), size):
            step += 1
            x, t = x_all[start : start + size], t_all[start : start + size]
            before = [part.copy() for part in (*w, *b)]
            passed = [x]
            for k, layer in enumerate(layers):
                z = passed[-1] @ w[k].T + b[k]
                passed.append(np.maximum(z, 0) if layer.activation == Relu() else z)
                if not np.isfinite(passed[-1]).all():
                    return step, layer.id, before
            slope = 2 * (passed[-1] - t) / np.float32(len(x))
            for k in range(len(layers) - 1, -1, -1):
                delta = slope * (passed[k + 1] > 0) if layers[k].activation == Relu() else slope
                of_w, of_b = delta.T @ passed[k], delta.sum(axis=0)
                if not (np.isfinite(of_w).all() and np.isfinite(of_b).all()):
                    return step, layers[k].id, before
                slope = delta @ w[k]
                w[k], b[k] = w[k] - rate * of_w, b[k] - rate * of_b
            for k, layer in enumerate(layers):
                if not (np.isfinite(w[k]).all() and np.isfinite(b[k]).all()):
                    return step, layer.id, before
        x = x_all
        for k, layer in enumerate(layers):
            x = np.maximum(x @ w[k].T + b[k], 0) if layer.activation == Relu() else x @ w[k].T + b[k]
        if not np.isfinite(np.mean((x - t_all) ** 2)):
            return step, "", [*w, *b]
    raise AssertionError("nothing overflowed")


CASES = pytest.mark.parametrize(
    "case",
    [
        (Linear(), 0.08, 1),
        (Linear(), 0.1, 1),
        (Linear(), 0.3, 7),
        (Linear(), 5.0, 2),
        (Relu(), 2.0, 1),
        (Relu(), 2.0, 7),
        (Relu(), 30.0, 1),
        (Linear(), 0.1, 7, 0),
        (Linear(), 5.0, 1, 0),
        (Linear(), 0.15, 22, 0),
    ],
    ids=lambda case: f"{case[0].tag()} {case[1:]}",
)
"""Activation, learning rate, batch size and number of hidden layers."""


def test_the_plain_loop_finds_every_place_where_a_run_can_break():
    places = {first_overflow(Trainer(wild(*case)))[1] for case in CASES.args[1]}
    assert places >= {"", "second", "output"}


@CASES
@pytest.mark.parametrize("at_once", [1, 3, 256])
def test_the_first_bad_number_is_found_where_a_plain_loop_finds_it(case, at_once):
    trainer = Trainer(wild(*case))
    step, layer, before = first_overflow(Trainer(wild(*case)))
    while trainer.divergence is None:
        trainer.run(at_once)
    assert trainer.divergence == Divergence(layer, step)
    assert trainer.step == (step - 1 if layer else step)
    tensors = dict(trainer.network.tensors())
    ids = [name.id for name in trainer.experiment.network.layers]
    found = [tensors[f"{name}.{part}"] for part in ("weights", "bias") for name in ids]
    for ours, theirs in zip(found, before, strict=True):
        assert np.isfinite(ours).all()
        np.testing.assert_allclose(ours, theirs, rtol=1e-2)


@CASES
def test_the_weights_kept_are_those_of_a_run_that_stopped_in_time(case):
    trainer, stopped = Trainer(wild(*case)), Trainer(wild(*case))
    train(trainer, 3000)
    train(stopped, trainer.step)
    np.testing.assert_array_equal(trainer.network.parameters, stopped.network.parameters)
    assert (trainer.epoch, trainer.machine.batch) == (stopped.epoch, stopped.machine.batch)


def test_a_restart_at_a_smaller_rate_goes_well():
    start = wild(Linear(), 3.0)
    trainer = Trainer(start)
    train(trainer, 3000)
    assert trainer.divergence is not None
    trainer.apply(start.with_(training=start.training.with_(optimizer=GradientDescent(learning_rate=0.01))))
    trainer = Trainer(trainer.experiment)
    assert trainer.divergence is None
    train(trainer, 300)
    assert trainer.divergence is None
    assert trainer.step == 300


def test_trying_again_diverges_at_the_same_step():
    trainer = Trainer(wild(Linear(), 3.0))
    train(trainer, 3000)
    found, kept = trainer.divergence, trainer.network.parameters.copy()
    train(trainer, 3000)
    assert trainer.run(5) == 0
    assert trainer.divergence == found
    np.testing.assert_array_equal(trainer.network.parameters, kept)


def test_what_the_optimizer_remembers_and_chance_go_back_as_well():
    start = wild(Linear(), 90.0, shuffle=True, last_batch="carry")
    start = start.with_(training=start.training.with_(optimizer=Momentum(learning_rate=5.0)))
    trainer, stopped = Trainer(start), Trainer(start)
    train(trainer, 3000)
    train(stopped, trainer.step)
    found, expected = trainer.checkpoint(), stopped.checkpoint()
    assert found.numbers["streams"] == expected.numbers["streams"]
    for name, values in expected.remembered.items():
        np.testing.assert_array_equal(found.remembered[name], values)


@CASES
@pytest.mark.parametrize("last_batch", ["keep", "drop", "carry"])
@pytest.mark.parametrize("optimizer", Optimizer.members(), ids=lambda member: member.tag())
@pytest.mark.parametrize("normed", [False, True])
def test_a_run_can_be_saved_and_opened_however_wild_it_was(case, last_batch, optimizer, normed):
    activation, rate, *_ = case
    start = wild(*case, last_batch=last_batch)
    start = start.with_(training=start.training.with_(optimizer=optimizer(learning_rate=min(20 * rate, 100))))
    if normed:
        *hidden, output = start.network.layers
        layers = (*hidden, Dense(id="wide", activation=activation), BatchNorm(id="norm"), output)
        start = start.with_(network=Architecture(layers=layers))
    trainer = Trainer(start)
    train(trainer, 400)
    checkpoint = trainer.checkpoint()
    checkpoint.check(start)
    np.testing.assert_array_equal(Trainer(start, checkpoint).network.parameters, trainer.network.parameters)


def test_what_the_optimizer_remembers_may_be_the_first_bad_number():
    start = wild(Linear(), 0.01)
    trainer = Trainer(start.with_(training=start.training.with_(optimizer=Adam())))
    trainer.run(2)
    large = TypedWeight("output", 0, 0, 1e12)  # gradients of some 1e24, whose squares single precision lacks
    trainer.set_weight(large)
    trainer.run(2)
    assert trainer.divergence == Divergence("first", 3)
    assert trainer.step == 2
    assert all(np.isfinite(values).all() for values in trainer.checkpoint().remembered.values())


def test_what_is_carried_over_may_be_the_first_bad_number():
    trainer = Trainer(wild(Linear(), 0.3, last_batch="carry"))
    train(trainer, 3000)
    assert trainer.divergence is not None
    assert trainer.divergence.layer_id
    assert trainer.divergence.step == trainer.step + 1
    assert not any(name.startswith("carried/") for name in trainer.checkpoint().remembered)


def test_a_loss_that_overflows_while_the_weights_do_not_is_told_of_the_loss():
    start = regression(optimizer=GradientDescent(learning_rate=1e-30)).with_(precision="float32")
    trainer = Trainer(start)
    trainer.set_weight(TypedWeight("output", 0, -1, 1e30))
    assert trainer.divergence == Divergence("", 0)


@pytest.mark.parametrize(
    ("layer_id", "where"),
    [("first", "Wide one"), ("second", "Dense 2"), ("output", "Output"), ("", "the loss")],
)
def test_a_divergence_is_told_by_the_name_that_people_see(layer_id, where):
    first, *others = wild(Linear(), 0.1).network.layers
    network = Architecture(layers=(first.with_(name="Wide one"), *others))
    assert str(Divergence(layer_id, 1234).sentence(network)) == (
        f"Training diverged: the first number that is not finite arose in {where} at step 1,234. "
        "The weights are the last finite ones; a smaller learning rate may help."
    )


def test_nothing_is_told_of_a_run_that_stays_finite():
    trainer = Trainer(regression(activation=Tanh()))
    train(trainer, 300)
    assert trainer.divergence is None
    assert np.isfinite(trainer.network.parameters).all()
    assert len(two_layers()) == len(trainer.network.spans())
