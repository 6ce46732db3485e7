"""The validation loss steers: early stopping, the best weights, and what goes on after a stop."""

import math

import numpy as np
import pytest

from playground.data.datasets.recipes import Circle
from playground.engine.activations import Sigmoid, Tanh
from playground.engine.clipping import ClipByNorm
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.losses import BinaryCrossEntropy, SquaredError
from playground.engine.optimizers import Adam, GradientDescent, Rprop
from playground.engine.regularizers import L2
from playground.engine.schedules import ReduceOnPlateau
from playground.engine.stopping import EarlyStopping, NoStopping
from playground.experiment import Experiment
from playground.training.learnt import Learnt
from playground.training.trainer import Trainer
from playground.training.watch import Watch


def overfitting(**training):
    """Many neurons, few noisy samples: the validation loss falls, then rises."""
    start = Experiment()
    layers = (Dense(id="hidden", units=24), Dense(id="output", units=1, activation=Sigmoid()))
    return start.with_(
        data=start.data.with_(dataset=Circle(samples=120, noise=40), train_percent=40, validation_percent=30),
        network=Architecture(layers=layers),
        training=start.training.with_(optimizer=Adam(learning_rate=0.05), **training),
    )


def trained(experiment, epochs=400):
    trainer = Trainer(experiment)
    losses = [trainer.recorder.validation.loss]
    learnt = [trainer.network.parameters.copy()]
    while trainer.epoch < epochs and not trainer.halted:
        trainer.run_epoch()
        losses.append(trainer.recorder.measure_on(trainer.sides.validation).loss)
        learnt.append(trainer.network.parameters.copy())
    return trainer, losses, learnt


def test_training_stops_when_the_loss_has_not_improved_for_so_many_epochs():
    patience = 15
    trainer, _, _ = trained(overfitting(stopping=EarlyStopping(patience=patience)))
    _, losses, learnt = trained(overfitting(), trainer.epoch)
    best = int(np.argmin(losses[1:])) + 1
    assert trainer.stopped_early
    assert trainer.epoch == best + patience
    assert trainer.watch.best_epoch == best
    np.testing.assert_array_equal(trainer.network.parameters, learnt[best])


def test_without_restoring_the_last_weights_stay():
    rule = EarlyStopping(patience=15, restore_best=False)
    trainer, _, learnt = trained(overfitting(stopping=rule))
    _, _, undisturbed = trained(overfitting(), trainer.epoch)
    np.testing.assert_array_equal(learnt[-1], undisturbed[-1])
    assert trainer.watch.best is None


def test_running_on_after_a_stop_waits_anew():
    trainer, _, _ = trained(overfitting(stopping=EarlyStopping(patience=5)))
    stopped_at = trainer.epoch
    trainer.run_epoch()
    assert trainer.epoch == stopped_at + 1
    assert not trainer.stopped_early
    while not trainer.halted:
        trainer.run_epoch()
    assert trainer.epoch >= stopped_at + 5


def test_the_best_epoch_stays_the_best_one_while_it_waits_anew():
    trainer, _, learnt = trained(overfitting(stopping=EarlyStopping(patience=5)))
    best, stopped_at = trainer.watch.best_epoch, trainer.epoch
    trainer.run_epoch()
    assert trainer.watch.best_epoch == best
    second = Trainer(trainer.experiment, trainer.checkpoint())
    for each in (trainer, second):
        while not each.halted:
            each.run_epoch()
    assert trainer.epoch == second.epoch > stopped_at + 1
    assert trainer.watch.best_epoch == best  # nothing better came, and the same weights are back
    np.testing.assert_array_equal(trainer.network.parameters, learnt[best])
    np.testing.assert_array_equal(trainer.network.parameters, second.network.parameters)


# --- the planned end --------------------------------------------------------------------------------


def test_the_best_weights_come_back_at_the_planned_end_too():
    trainer, losses, learnt = trained(overfitting(stopping=EarlyStopping(patience=1000)), 60)
    best = int(np.argmin(losses[1:])) + 1
    assert best < 60  # else there would be nothing to see
    assert trainer.finish()
    np.testing.assert_array_equal(trainer.network.parameters, learnt[best])
    assert trainer.recorder.history.columns()["validation_loss"][-1] == losses[best]
    assert not trainer.stopped_early


def test_nothing_comes_back_at_the_planned_end_unless_asked_for():
    for rule in (NoStopping(), EarlyStopping(patience=1000, restore_best=False)):
        trainer, _, learnt = trained(overfitting(stopping=rule), 60)
        assert not trainer.finish()
        np.testing.assert_array_equal(trainer.network.parameters, learnt[-1])


def test_running_on_after_the_planned_end_waits_anew():
    trainer, _, _ = trained(overfitting(stopping=EarlyStopping(patience=55)), 60)
    best = trainer.watch.best_epoch
    trainer.finish()
    for _ in range(54):
        trainer.run_epoch()
        assert not trainer.stopped_early
    trainer.run_epoch()
    assert trainer.stopped_early == (trainer.watch.best_epoch == best)


# --- starting afresh --------------------------------------------------------------------------------


WATCHING = {"stopping": EarlyStopping(patience=30), "schedule": ReduceOnPlateau(patience=1, min_delta=1)}


def other_data(start):
    return start.with_(data=start.data.with_(dataset=start.data.dataset.with_(noise=10)))


def other_split(start):
    return start.with_(data=start.data.with_(train_percent=45))


def other_loss(start):
    return start.with_(training=start.training.with_(loss=SquaredError()))


def other_targets(start):
    """A tanh output is trained towards −1 and 1 instead of 0 and 1."""
    output = start.network.layers[-1].with_(activation=Tanh())
    return start.with_(network=start.network.with_(layers=(*start.network.layers[:-1], output)))


@pytest.mark.parametrize("edit", [other_data, other_split, other_loss, other_targets])
def test_everything_counts_afresh_when_losses_can_no_longer_be_compared(edit):
    start = overfitting(**WATCHING)
    if edit is other_targets:
        start = other_loss(start)
    trainer, _, _ = trained(start, 20)
    assert trainer.watch.best_epoch > 0
    assert trainer.machine.rate < 0.05
    trainer.apply(edit(start))
    assert (trainer.watch.best_epoch, trainer.machine.rate) == (-1, 0.05)
    learnt = [trainer.network.parameters.copy()]
    for _ in range(3):
        trainer.run_epoch()
        learnt.append(trainer.network.parameters.copy())
    assert trainer.watch.best_epoch > 20
    trainer.finish()
    np.testing.assert_array_equal(trainer.network.parameters, learnt[trainer.watch.best_epoch - 20])


def renamed(start):
    layers = (start.network.layers[0].with_(name="My neurons"), *start.network.layers[1:])
    return start.with_(network=start.network.with_(layers=layers))


def regularized(start):
    return start.with_(training=start.training.with_(regularizer=L2()))


def smoothed(start):
    loss = BinaryCrossEntropy(label_smoothing=0.1)
    return start.with_(training=start.training.with_(loss=loss))


@pytest.mark.parametrize("edit", [renamed, regularized, smoothed])
def test_the_count_goes_on_when_the_validation_loss_means_the_same(edit):
    start = overfitting(**WATCHING)
    trainer, _, _ = trained(start, 20)
    best, rate = trainer.watch.best_epoch, trainer.machine.rate
    trainer.apply(edit(start))
    assert (trainer.watch.best_epoch, trainer.machine.rate) == (best, rate)
    assert trainer.watch.best is not None


def test_a_small_gain_does_not_count():
    watch = Watch(EarlyStopping(patience=2, min_delta=0.1), Learnt(Trainer(Experiment()).network))
    losses = [1.0, 0.95, 0.8, 0.75, 0.72]
    assert [watch.note(loss, epoch) for epoch, loss in enumerate(losses, 1)] == [
        False,
        False,
        False,
        False,
        True,
    ]
    assert watch.best_loss == 0.8


def test_nothing_is_watched_unless_asked_for():
    watch = Watch(NoStopping(), Learnt(Trainer(Experiment()).network))
    assert not watch.wanted
    assert watch.best_loss == math.inf


def test_resuming_in_the_middle_stops_at_the_same_epoch_with_the_same_weights():
    experiment = overfitting(stopping=EarlyStopping(patience=15))
    whole, _, _ = trained(experiment)
    half = Trainer(experiment)
    for _ in range(whole.epoch - 4):
        half.run_epoch()
    second = Trainer(experiment, half.checkpoint())
    while not second.halted:
        second.run_epoch()
    assert second.epoch == whole.epoch
    np.testing.assert_array_equal(second.network.parameters, whole.network.parameters)


def test_early_stopping_without_validation_samples_is_a_problem():
    experiment = overfitting(stopping=EarlyStopping())
    without = experiment.with_(data=experiment.data.with_(validation_percent=0))
    (problem,) = without.problems()
    assert "validation share" in str(problem.text)


def test_validation_samples_are_neither_trained_nor_tested_on():
    data = Trainer(overfitting()).data
    sides = [data.train, data.validation, data.test]
    assert [len(side.targets) for side in sides] == [48, 36, 36]
    every = np.concatenate([side.raw for side in sides])
    assert len(np.unique(every, axis=0)) == 120


def test_the_history_has_the_validation_loss():
    trainer, losses, _ = trained(overfitting(), 10)
    np.testing.assert_array_equal(trainer.recorder.history.columns()["validation_loss"], losses)


# --- other settings of a step -----------------------------------------------------------------------


def test_a_full_batch_takes_all_samples_at_once():
    start = Experiment()
    for training in (start.training.with_(full_batch=True), start.training.with_(optimizer=Rprop())):
        trainer = Trainer(start.with_(training=training))
        assert trainer.steps_per_epoch == 1


def test_clipping_bounds_the_step_of_gradient_descent():
    start = Experiment()
    training = start.training.with_(
        optimizer=GradientDescent(learning_rate=0.5), clipping=ClipByNorm(limit=0.01)
    )
    trainer = Trainer(start.with_(training=training, precision="float64"))
    before = trainer.network.parameters.copy()
    trainer.run(1)
    assert np.linalg.norm(trainer.network.parameters - before) == pytest.approx(0.005, rel=1e-9)


def test_adam_counts_its_own_steps_when_it_comes_late():
    """Its first step moves every parameter by about the rate, whenever that is (Kingma & Ba 2015)."""
    start = Experiment(precision="float64")
    plain = start.with_(training=start.training.with_(optimizer=GradientDescent()))
    trainer = Trainer(plain)
    for _ in range(20):
        trainer.run_epoch()
    trainer.apply(plain.with_(training=plain.training.with_(optimizer=Adam(learning_rate=0.01))))
    before = trainer.network.parameters.copy()
    trainer.run(1)
    moved = np.abs(trainer.network.parameters - before)
    np.testing.assert_allclose(moved, 0.01, rtol=1e-3)
