"""A slider that is dragged waits for no measuring of the data: that follows, and the record is the same."""

import numpy as np
import pytest
from training_examples import experiment

from playground.training import budget
from playground.training.checkpoint import Checkpoint
from playground.training.evaluator import Evaluator
from playground.training.run import Run
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight

RATES = [0.01, 0.02, 0.03, 0.05, 0.1]


@pytest.fixture
def measured(monkeypatch):
    """What was measured: for each pass over a side of the data, whether in detail."""
    passes, measure = [], Evaluator.measure

    def counted(self, samples, detailed=False):
        passes.append(detailed)
        return measure(self, samples, detailed)

    monkeypatch.setattr(Evaluator, "measure", counted)
    return passes


@pytest.fixture
def run(monkeypatch):
    """A run in the midst of its second epoch, that was looked at and has no time for more."""
    monkeypatch.setattr(budget, "REST", 1e9)
    run = Run(1, experiment(batch_size=2, epochs=10_000))
    run.look(View(resolution=4, vitals=False))
    trainer = run.learner.trainer
    trainer.run_epoch()
    trainer.run(1)
    assert trainer.machine.batch
    run.state = State.RUNNING
    run.snapshot()
    return run


def with_rate(before, rate):
    training = before.training
    return before.with_(training=training.with_(optimizer=training.optimizer.with_(learning_rate=rate)))


def with_smoothing(before, smoothing):
    training = before.training
    return before.with_(training=training.with_(loss=training.loss.with_(label_smoothing=smoothing)))


def history(trainer):
    return trainer.recorder.history.columns()


def the_same(columns, others):
    assert list(columns) == list(others)
    for name, values in columns.items():
        np.testing.assert_array_equal(values, others[name], name)


@pytest.mark.parametrize("changed", [with_rate, with_smoothing])
def test_while_training_runs_no_stop_of_a_slider_measures(run, measured, changed):
    for number in RATES:
        run.apply(changed(run.learner.experiment, number))
        run.snapshot()
    assert measured == []


def test_another_rate_is_in_the_record_at_once_though_nothing_is_measured(measured):
    run = Run(1, experiment(batch_size=2))
    run.snapshot()
    measured.clear()

    run.apply(with_rate(run.learner.experiment, 0.25))
    run.snapshot()

    assert measured == []
    assert history(run.learner.trainer)["learning_rate"][-1] == 0.25


def test_at_rest_what_changes_the_loss_is_measured_once_for_all_stops(measured):
    run = Run(1, experiment(batch_size=2))
    run.snapshot()
    before = run.snapshot().train.loss
    measured.clear()

    for number in RATES:
        run.apply(with_smoothing(run.learner.experiment, number))
    seen = run.snapshot()

    assert measured == [True, True]  # both sides, in detail
    assert seen.train.smoothed != before
    trainer = Trainer(run.learner.experiment)
    assert seen.train.smoothed == trainer.recorder.measures[0].smoothed
    assert seen.history["train_loss_smoothed"][-1] == seen.train.smoothed
    assert seen.kept.runs[-1].history["train_loss"][-1] == seen.train.loss


def test_a_weight_set_between_two_epochs_is_measured_before_the_next_step(run, measured):
    trainer = run.learner.trainer
    while trainer.machine.batch:
        trainer.run(1)
    epoch, measured[:] = trainer.epoch, []
    layer = trainer.experiment.network.layers[0].id

    run.type(TypedWeight(layer, 0, 0, 3.5))
    assert measured == []
    typed = Trainer(trainer.experiment, Checkpoint.of(trainer.state()))
    expected = typed.recorder.evaluate()[0].loss

    trainer.run(1)
    row = history(trainer)["epoch"].tolist().index(epoch)
    assert history(trainer)["train_loss"][row] == expected


@pytest.mark.parametrize("changed", [with_rate, with_smoothing])
def test_the_record_is_that_of_a_trainer_that_measures_at_once(changed):
    run = Run(1, experiment(batch_size=2))
    later, at_once = run.learner.trainer, Trainer(experiment(batch_size=2))
    assert later.defers
    assert not at_once.defers
    for steps, number in zip((1, 3, 0, 2, 7), RATES, strict=True):
        for trainer in (later, at_once):
            trainer.run(steps)
            trainer.apply(changed(trainer.experiment, number))
            trainer.run_epoch()

    np.testing.assert_array_equal(later.network.parameters, at_once.network.parameters)
    the_same(history(later), history(at_once))
    assert later.recorder.marks.all() == at_once.recorder.marks.all()


def test_a_file_holds_what_was_changed_last(run):
    run.apply(with_smoothing(run.learner.experiment, 0.1))
    _, checkpoint = run.checkpoint()

    again = Trainer(run.learner.experiment, checkpoint)

    measures = again.recorder.evaluate()[0]
    assert history(again)["train_loss_smoothed"][-1] == measures.smoothed
    trainer = run.learner.trainer
    for each in (trainer, again):
        each.run_epoch()
    np.testing.assert_array_equal(trainer.network.parameters, again.network.parameters)
    the_same(history(trainer), history(again))
