"""Where a network was at the ends of epochs: from its first weights on, thinned, in bounded memory."""

import numpy as np
import pytest
from test_resumption import LAYERS
from training_examples import experiment, two_layers

from playground.engine.layers import BatchNorm
from playground.training import trajectory as trajectories
from playground.training import waypoints
from playground.training.aside import Aside
from playground.training.branching import go_on, look_back
from playground.training.learner import Learner
from playground.training.run import Run
from playground.training.snapshot import State
from playground.training.trail import trail
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


def moved(run, epochs):
    for _ in range(epochs):
        run.step_epoch()
    return run.learner.trainer


def looked_at(run, number, epoch):
    look_back(run, number, epoch)
    while run.state is State.RUNNING:
        run.train(run.stride.run_slice)
    return run.learner.trainer


@pytest.fixture
def close_waypoints(monkeypatch):
    monkeypatch.setattr(waypoints, "FIRST_STRIDE", 1)


@pytest.mark.usefixtures("close_waypoints")
def test_the_trail_of_a_run_that_was_opened_begins_at_its_first_waypoint():
    run = Run(1, experiment(*LAYERS))
    passed = [moved(run, 1).network.parameters.copy() for _ in range(3)]
    opened = Run(2, *run.checkpoint())
    trainer = moved(opened, 1)
    points = {point.epoch: point for point in trail(opened, trainer)}
    assert next(iter(points)) == 0
    assert sorted(points) == list(points)
    for epoch, parameters in enumerate(passed, 1):
        np.testing.assert_array_equal(points[epoch].parameters, parameters)
    assert points[1].state.keys() == trainer.network.state.keys()


@pytest.mark.usefixtures("close_waypoints")
def test_while_one_looks_back_the_trail_leads_to_that_moment_and_no_further():
    run = Run(1, experiment())
    passed = {epoch: moved(run, 1).network.parameters.copy() for epoch in range(1, 6)}
    trainer = looked_at(run, 1, 3.0)
    points = {point.epoch: point.parameters for point in trail(run, trainer)}
    assert (min(points), max(points)) == (0, 3)
    for epoch in (1, 2, 3):
        np.testing.assert_array_equal(points[epoch], passed[epoch])


@pytest.mark.usefixtures("close_waypoints")
def test_the_trail_of_a_branch_begins_where_the_run_did_that_it_went_on_from():
    run = Run(1, experiment())
    moved(run, 4)
    looked_at(run, 1, 2.0)
    go_on(run, Aside(), run.learner.experiment)
    moved(run, 2)
    opened = Run(2, *run.checkpoint())
    epochs = [point.epoch for point in trail(opened, opened.learner.trainer)]
    assert epochs[0] == 0
    assert epochs[-1] == 4
    assert epochs == sorted(epochs)


@pytest.mark.usefixtures("close_waypoints")
def test_waypoints_of_other_weights_are_no_part_of_the_trail():
    run = Run(1, experiment())
    moved(run, 2)
    run.apply(experiment(*two_layers(hidden=4)))
    moved(run, 2)
    opened = Run(2, *run.checkpoint())
    trainer = opened.learner.trainer
    assert {point.parameters.size for point in trail(opened, trainer)} == {trainer.network.parameters.size}
