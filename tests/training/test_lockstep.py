"""Runs side by side stand at the same step after each turn, or at the same part of the same epoch."""

from fractions import Fraction
from functools import partial

import numpy as np
import pytest
from training_examples import experiment, named, regression, two_layers

from playground.engine.activations import Linear
from playground.engine.optimizers import GradientDescent
from playground.training import lockstep
from playground.training.aside import Aside
from playground.training.branching import look_back
from playground.training.group import RunGroup
from playground.training.snapshot import State
from playground.training.trainer import Trainer

SHUFFLED = partial(experiment, shuffle=True, epochs=4)


def group_of(*experiments):
    group = RunGroup()
    group.open(1, experiments[0], None)
    for number, other in enumerate(experiments[1:], 2):
        group.add(number, other, None)
    return group


def trainers(group):
    return [run.learner.trainer for run in group.runs.values()]


@pytest.fixture(autouse=True)
def _one_step_a_turn(monkeypatch):
    monkeypatch.setattr(lockstep, "SLICE", 0)
    with np.errstate(all="ignore"):  # as on the training thread
        yield


def turns(group, most=10_000):
    """Let the group train to the end; after each turn that leaves all level it stops here."""
    for _ in range(most):
        if not (running := group.running):
            return
        group.train(running)
        if not group.in_round:
            yield trainers(group)
    raise AssertionError("it never ended")


def test_an_experiment_beside_itself_stays_the_same_to_the_bit_at_each_step():
    group = group_of(SHUFFLED(), SHUFFLED())
    group.start()
    steps = []
    for first, other in turns(group):
        assert first.step == other.step
        np.testing.assert_array_equal(first.network.parameters, other.network.parameters)
        steps.append(first.step)
    assert steps[-1] == 4 * 5
    assert [run.state for run in group.runs.values()] == [State.FINISHED] * 2
    alone = Trainer(SHUFFLED())
    for _ in range(4):
        alone.run_epoch()
    np.testing.assert_array_equal(alone.network.parameters, trainers(group)[1].network.parameters)


def test_runs_with_other_batch_sizes_are_at_the_same_part_of_the_epoch_and_end_each_epoch_together():
    sizes = (4, 1, 7)
    group = group_of(*(SHUFFLED(batch_size=size) for size in sizes))
    group.start()
    ends = 0
    for learning in turns(group):
        stands = [each.epoch + Fraction(each.machine.batch, each.steps_per_epoch) for each in learning]
        steps = [Fraction(1, each.steps_per_epoch) for each in learning]
        assert all(0 <= max(stands) - at < step for at, step in zip(stands, steps, strict=True))
        ends += stands[0].denominator == 1 and len(set(stands)) == 1
    assert ends == 4
    for size, learnt in zip(sizes, trainers(group), strict=True):
        alone = Trainer(SHUFFLED(batch_size=size))
        for _ in range(4):
            alone.run_epoch()
        np.testing.assert_array_equal(alone.network.parameters, learnt.network.parameters)


@pytest.mark.parametrize("whole_epoch", [False, True])
def test_one_batch_and_one_epoch_leave_all_level(whole_epoch):
    group = group_of(*(SHUFFLED(batch_size=size) for size in (1, 4)))
    for done in range(1, 4):
        group.step(whole_epoch)
        fine, coarse = trainers(group)
        if whole_epoch:
            assert fine.epoch == coarse.epoch == done
        else:
            assert (coarse.step, fine.step) == (done, done * fine.steps_per_epoch // coarse.steps_per_epoch)


def test_one_that_begins_later_catches_up_and_waits_there_while_the_front_is_paused():
    group = group_of(SHUFFLED())
    for _ in range(2):
        group.step(whole_epoch=True)
    group.step(whole_epoch=False)
    group.add(2, SHUFFLED(), None)
    group.catch_up(2)
    assert group.hurries
    while group.running:
        group.train(group.running)
    first, other = trainers(group)
    assert (first.step, other.step) == (11, 11)
    np.testing.assert_array_equal(first.network.parameters, other.network.parameters)
    assert group.runs[2].state is State.PAUSED
    assert not group.hurries


def test_while_one_is_behind_the_others_wait_for_it():
    group = group_of(SHUFFLED())
    for _ in range(2):
        group.step(whole_epoch=True)
    group.add(2, SHUFFLED(batch_size=1), None)
    group.start()
    while trainers(group)[1].epoch < 2:
        assert trainers(group)[0].step == 10
        group.train(group.running)


def test_all_stop_at_the_nearest_goal_and_who_is_there_already_waits():
    group = group_of(SHUFFLED())
    group.start()
    for _ in turns(group):
        pass
    group.add(2, SHUFFLED(), None)
    group.start()
    for _ in turns(group):
        pass
    assert [each.epoch for each in trainers(group)] == [4, 4]
    group.start()
    for _ in turns(group):
        pass
    assert [each.epoch for each in trainers(group)] == [8, 8]


def test_one_that_diverges_leaves_the_others_going_on():
    calm = regression(Linear(), epochs=40, optimizer=GradientDescent(learning_rate=1e-4))
    wild = regression(Linear(), epochs=40, optimizer=GradientDescent(learning_rate=1e6))
    group = group_of(calm, wild, calm)
    group.start()
    for _ in turns(group):
        pass
    assert [run.state for run in group.runs.values()] == [State.FINISHED, State.DIVERGED, State.FINISHED]
    assert lockstep.are_level([group.runs[1], group.runs[3]])
    group.start()
    for _ in turns(group):
        pass
    assert [each.epoch for each in trainers(group)][::2] == [80, 80]


def test_the_difference_of_weights_is_the_norm_of_all_differences_at_each_epoch():
    group = group_of(SHUFFLED(), SHUFFLED(optimizer=GradientDescent(learning_rate=0.01)))
    group.snapshots(list(group.runs.values()))
    group.start()
    for _ in turns(group):
        pass
    told = group.snapshots(list(group.runs.values()))
    assert told[1].apart is None
    first, other = Trainer(SHUFFLED()), Trainer(SHUFFLED(optimizer=GradientDescent(learning_rate=0.01)))
    expected = [0.0]
    for _ in range(4):
        first.run_epoch()
        other.run_epoch()
        pairs = [(named(first)[name], named(other)[name]) for name in named(first)]
        expected.append(np.sqrt(sum(((one - two).astype(np.float64) ** 2).sum() for one, two in pairs)))
    np.testing.assert_allclose(told[2].apart["apart"], expected, rtol=1e-5)
    assert told[2].apart["epoch"].tolist() == [0, 1, 2, 3, 4]
    assert told[2].apart["step"].tolist() == [0, 5, 10, 15, 20]


def test_networks_of_other_shapes_have_no_difference_of_weights():
    small = SHUFFLED()
    hidden, last = two_layers()
    wide = small.with_(network=small.network.with_(layers=(hidden.with_(units=hidden.units + 1), last)))
    group = group_of(small, wide)
    group.step(whole_epoch=True)
    assert dict(group.snapshots([group.runs[2]])[2].apart) == {}


def test_the_time_for_maps_is_shared_among_the_runs_that_are_seen():
    group = group_of(SHUFFLED(), SHUFFLED(), SHUFFLED())
    group.look_beside(maps=True)
    told = group.snapshots(list(group.runs.values()))
    assert all(snapshot.output is not None for snapshot in told.values())
    assert [run._view.share for run in group.runs.values()] == [pytest.approx(1 / 3)] * 3
    group.drop(3)
    assert [run._view.share for run in group.runs.values()] == [0.5, 0.5]


def test_the_front_goes_on_with_another_run_and_undo_brings_back_the_one_before():
    group = group_of(SHUFFLED(), other := SHUFFLED(batch_size=2))
    group.step(whole_epoch=True)
    before, beside = trainers(group)
    aside = Aside(exchanges=True)
    group.take_over(2, aside)
    assert list(group.runs) == [1]
    group.runs[1].apply(other, aside)
    assert trainers(group) == [beside]
    group.runs[1].apply(SHUFFLED(), aside)
    assert trainers(group) == [before]
    group.runs[1].apply(other, aside)
    assert trainers(group) == [beside]


def test_while_the_front_looks_back_the_others_rest():
    group = group_of(SHUFFLED(), SHUFFLED())
    group.step(whole_epoch=True)
    group.step(whole_epoch=True)
    group.start()
    look_back(group.runs[1], 1, 1.0)
    while group.running:
        group.train(group.running)
    assert trainers(group)[0].epoch == 1
    assert [run.state for run in group.runs.values()] == [State.PAUSED] * 2
    assert trainers(group)[1].epoch == 2
    group.start()
    for _ in turns(group):
        pass
    assert [each.epoch for each in trainers(group)] == [4, 4]
