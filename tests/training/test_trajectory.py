"""Where a network was at the ends of epochs: from its first weights on, thinned, in bounded memory."""

import numpy as np
import pytest
from training_examples import experiment, two_layers

from playground.engine.layers import BatchNorm
from playground.training import trajectory as trajectories
from playground.training.aside import Aside
from playground.training.learner import Learner
from playground.training.trainer import Trainer


def epochs_of(trainer):
    return [point.epoch for point in trainer.trajectory.points()]


def trained(start, epochs):
    trainer = Trainer(start)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def test_it_begins_with_the_first_weights_and_has_those_of_every_epoch():
    trainer = Trainer(experiment())
    weights = [trainer.network.parameters.copy()]
    for _ in range(4):
        trainer.run_epoch()
        weights.append(trainer.network.parameters.copy())
    assert epochs_of(trainer) == [0, 1, 2, 3, 4]
    np.testing.assert_array_equal([point.parameters for point in trainer.trajectory.points()], weights)


def test_as_it_grows_every_second_point_goes_but_the_first_stays(monkeypatch):
    monkeypatch.setattr(trajectories, "MOST_POINTS", 6)
    trainer = trained(experiment(), 21)
    assert epochs_of(trainer) == [0, 4, 8, 12, 16, 20]


def test_it_takes_no_more_memory_than_it_may(monkeypatch):
    monkeypatch.setattr(trajectories, "MOST_BYTES", 5 * 13 * 8)  # 13 parameters of 8 bytes
    trainer = trained(experiment(), 40)
    assert sum(point.size for point in trainer.trajectory.points()) <= 5 * 13 * 8
    assert epochs_of(trainer)[0] == 0
    monkeypatch.setattr(trajectories, "MOST_BYTES", 13 * 8)
    assert epochs_of(trained(experiment(), 3)) == []


def test_running_averages_are_remembered_with_the_weights():
    first, last = two_layers()
    trainer = trained(experiment(first, BatchNorm(id="norm"), last), 2)
    point = trainer.trajectory.points()[-1]
    np.testing.assert_array_equal(
        point.state["norm", "running_mean"], trainer.network.state["norm", "running_mean"]
    )
    assert not np.shares_memory(
        point.state["norm", "running_mean"], trainer.network.state["norm", "running_mean"]
    )


def test_settings_that_keep_the_weights_keep_the_trail_and_other_weights_begin_another():
    trainer = trained(experiment(), 3)
    trainer.apply(experiment(batch_size=7))
    trainer.run_epoch()
    assert epochs_of(trainer) == [0, 1, 2, 3, 4]
    trainer.apply(experiment(*two_layers(hidden=4)))
    trainer.run_epoch()
    assert epochs_of(trainer) == [4, 5]


def test_a_run_that_is_opened_begins_its_trail_where_it_stands():
    saved = trained(experiment(), 3)
    opened = Trainer(experiment(), saved.checkpoint())
    assert epochs_of(opened) == [3]
    np.testing.assert_array_equal(opened.trajectory.points()[0].parameters, saved.network.parameters)


def test_undo_of_a_fresh_start_brings_the_trail_back():
    learner, aside = Learner(experiment()), Aside()
    learner.trainer.run_epoch()
    learner.swap(aside, learner.experiment)
    assert epochs_of(learner.trainer) == [0]
    learner.swap(aside, learner.experiment)
    assert epochs_of(learner.trainer) == [0, 1]


@pytest.mark.parametrize("steps", [1, 3])
def test_within_an_epoch_nothing_is_noted(steps):
    trainer = Trainer(experiment())
    trainer.run(steps)
    assert epochs_of(trainer) == [0]
