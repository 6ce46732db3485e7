"""Any moment of a run can be had again to the bit, and gone on from, whatever was changed on the way."""

import numpy as np
import pytest
from test_resumption import EVERYTHING, LAYERS
from training_examples import experiment, two_layers

from playground.engine.layers import Dense
from playground.engine.optimizers import Adam, Momentum
from playground.engine.stopping import EarlyStopping
from playground.training import waypoints
from playground.training.aside import Aside
from playground.training.branching import go_on, look_back
from playground.training.ledger import Ledger
from playground.training.run import Run
from playground.training.snapshot import State
from playground.training.typed import TypedWeight

START = experiment(*LAYERS, **EVERYTHING)


@pytest.fixture(autouse=True)
def few_waypoints(monkeypatch):
    """Few and close ones, so that small runs thin them too."""
    monkeypatch.setattr(waypoints, "FIRST_STRIDE", 3)
    monkeypatch.setattr(waypoints, "MOST", 4)


class Walk:
    """A run that goes step by step, of which every moment is noted as it passes."""

    def __init__(self, start):
        self.run = Run(1, start)
        self.noted = {}

    @property
    def trainer(self):
        return self.run.learner.trainer

    def note(self):
        """Note this moment; an epoch that begins anew takes the place of the part that was done of it."""
        for epoch in [epoch for epoch in self.noted if epoch > self.trainer.progress]:
            del self.noted[epoch]
        self.noted[self.trainer.progress] = state(self.trainer)

    def go(self, steps):
        for _ in range(steps):
            self.run.step_batch()
            self.note()
        return self

    def edit(self, **training):
        before = self.trainer.experiment
        self.run.apply(before.with_(training=before.training.with_(**training)))
        self.note()
        return self

    def look(self, epoch, number=None):
        number = self.run.learner.ledger.kept().present if number is None else number
        look_back(self.run, number, epoch)
        while self.run.state is State.RUNNING:
            self.run.train(self.run.stride.run_slice)
        return self.trainer


def state(trainer):
    memory = trainer.state(recorded=False)
    return {name: array.copy() for name, array in memory.named().items()}, dict(memory.numbers)


def assert_same(trainer, noted):
    arrays, numbers = state(trainer)
    assert numbers == noted[1]
    assert arrays.keys() == noted[0].keys()
    for name, array in noted[0].items():
        np.testing.assert_array_equal(arrays[name], array, err_msg=name)


def assert_every_moment_is_had_again(walk):
    for epoch in [*walk.noted, *reversed(walk.noted)]:
        assert_same(walk.look(epoch), walk.noted[epoch])


def test_every_step_of_a_run_is_had_again_to_the_bit():
    assert_every_moment_is_had_again(Walk(START).go(43))


@pytest.mark.parametrize(
    "change",
    [
        {"optimizer": Adam(learning_rate=0.3)},
        {"optimizer": Momentum()},
        {"batch_size": 11},
        {"stopping": EarlyStopping(patience=1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_so_is_every_step_on_both_sides_of_an_edit(change):
    walk = Walk(experiment(*LAYERS, shuffle=True)).go(8).edit(**change).go(9)
    assert_every_moment_is_had_again(walk)


def test_so_is_every_step_on_both_sides_of_another_network_and_of_a_weight_that_was_typed():
    walk = Walk(START).go(7)
    wider = START.with_(network=START.network.with_(layers=(Dense(id="hidden", units=5), *LAYERS[1:])))
    walk.run.apply(wider)
    walk.note()
    walk.go(5)
    walk.run.type(TypedWeight("hidden", 0, 0, 2.5))
    walk.note()
    walk.go(6)
    assert_every_moment_is_had_again(walk)
    assert walk.look(0.2).experiment.network == START.network
    assert walk.look(3.0).experiment.network == wider.network


def test_so_is_every_step_of_a_run_that_stopped_early_and_went_on():
    walk = Walk(experiment(*two_layers(), schedule=START.training.schedule, shuffle=True))
    data = walk.trainer.experiment.data.with_(validation_percent=20)
    walk = Walk(walk.trainer.experiment.with_(data=data)).edit(
        stopping=EarlyStopping(patience=1, min_delta=1)
    )
    walk.go(40)
    assert_every_moment_is_had_again(walk)


def test_what_was_recorded_is_shown_up_to_that_moment():
    walk = Walk(START).go(43)
    history = walk.trainer.recorder.history.columns()
    past = walk.look(4.0).recorder.history.columns()
    for name, column in past.items():
        np.testing.assert_array_equal(column, history[name][: len(column)], err_msg=name)
    assert past["epoch"][-1] == 4


def test_looking_back_changes_nothing_of_the_present():
    walk = Walk(START).go(20)
    walk.look(1.0)
    walk.run.come_back()
    assert_same(walk.trainer, walk.noted[walk.trainer.progress])
    straight = Walk(START).go(30)
    assert_same(walk.go(10).trainer, straight.noted[straight.trainer.progress])


def test_what_is_saved_while_one_looks_back_is_the_present():
    walk = Walk(START).go(20)
    walk.look(1.0)
    known, checkpoint = walk.run.checkpoint()
    assert checkpoint.step == 20
    assert known == START


@pytest.mark.parametrize("ask", [Run.start, Run.step_batch, Run.step_epoch])
def test_to_train_is_to_train_the_present(ask):
    walk = Walk(START).go(20)
    walk.look(1.0)
    ask(walk.run)
    assert walk.run.learner.past is None
    assert walk.trainer.step >= 20
    assert walk.run.snapshot().back is None


def test_a_snapshot_tells_which_moment_it_is_of():
    walk = Walk(START).go(20)
    walk.look(2.0)
    seen = walk.run.snapshot()
    assert (seen.epoch, seen.back.goal, seen.back.end, seen.back.arrived) == (2, 2.0, 5.0, True)
    assert seen.state is State.PAUSED


def test_to_go_on_from_there_is_a_run_of_its_own_that_learns_what_the_first_learnt():
    walk = Walk(START).go(20)
    walk.look(2.0)
    aside = Aside()
    go_on(walk.run, aside, START)
    kept = walk.run.learner.ledger.kept()
    assert [run.number for run in kept.runs] == [1, 2]
    assert (kept.present, kept.run(2).origin.number, kept.run(2).origin.epoch) == (2, 1, 2.0)
    for _ in range(10):
        walk.run.step_batch()
    assert_same(walk.trainer, walk.noted[4.5])


def test_to_go_on_is_undone_and_done_again_and_nothing_is_lost():
    walk = Walk(START).go(20)
    walk.look(2.0)
    aside = Aside()
    go_on(walk.run, aside, START)
    for _ in range(3):
        walk.run.step_batch()
    go_on(walk.run, aside, START)
    assert_same(walk.trainer, walk.noted[5.0])
    assert [run.number for run in walk.run.learner.ledger.kept().runs] == [1, 2]
    go_on(walk.run, aside, START)
    assert walk.trainer.step == 8 + 3
    assert walk.run.learner.ledger.kept().present == 2


def test_another_start_begins_a_run_and_the_one_before_is_kept_and_looked_at():
    walk = Walk(START).go(17)
    aside = Aside()
    walk.run.apply(START.with_(weights_draw=1), aside)
    first = walk.noted.copy()
    walk.noted.clear()
    walk.go(6)
    kept = walk.run.learner.ledger.kept()
    assert [(run.number, run.epoch) for run in kept.runs] == [(1, 4.25), (2, 1.5)]
    for epoch, noted in first.items():
        assert_same(walk.look(epoch, number=1), noted)
    walk.run.apply(START, aside)
    assert walk.run.learner.ledger.kept().present == 1


def test_a_run_that_learnt_nothing_is_not_kept_and_its_number_is_free():
    walk = Walk(START)
    for draw in range(1, 4):
        walk.run.apply(START.with_(weights_draw=draw))
    assert [run.number for run in walk.run.learner.ledger.kept().runs] == [1]


def test_waypoints_stay_few_and_spread_and_hold_the_first_moment():
    walk = Walk(START).go(200)
    steps = [waypoint.step for waypoint in walk.run.learner.ledger.kept().runs[0].waypoints]
    assert steps[0] == 0
    assert len(steps) <= 4 + 2
    assert max(np.diff(steps)) <= 100


def test_where_there_is_no_room_for_every_change_the_nearest_moment_that_is_known_is_shown(monkeypatch):
    monkeypatch.setattr(waypoints, "MOST_OF_CHANGES", 2)
    walk = Walk(experiment(shuffle=True)).go(4)
    for rate in (0.2, 0.3, 0.4, 0.5):
        walk.edit(optimizer=Adam(learning_rate=rate)).go(4)
    shown = [walk.look(epoch).progress for epoch in walk.noted]
    assert len(set(shown)) < len(shown)
    for epoch in shown:
        weights = state(walk.look(epoch))[0]["hidden.weights"]
        np.testing.assert_array_equal(weights, walk.noted[epoch][0]["hidden.weights"])


def test_waypoints_take_no_more_room_than_they_may(monkeypatch):
    size = waypoints.waypoint_of(Walk(START).trainer, False).size
    monkeypatch.setattr(waypoints, "ROOM", 2 * size)
    walk = Walk(START).go(40)
    assert walk.run.learner.ledger.kept().size <= 2 * size
    assert_same(walk.look(8.0), walk.noted[8.0])
    monkeypatch.setattr(waypoints, "ROOM", size // 2)
    walk = Walk(START).go(12)
    look_back(walk.run, 1, 2.0)
    assert "No moments of run 1 are kept" in str(walk.run.message)


def test_runs_that_ended_share_a_bounded_room_and_pinned_ones_keep_theirs(monkeypatch):
    walk = Walk(START).go(12)
    for draw in range(1, 6):
        walk.run.apply(START.with_(weights_draw=draw))
        walk.go(12)
    ledger = walk.run.learner.ledger
    runs = ledger.kept().runs
    monkeypatch.setattr("playground.training.ledger.MOST_BYTES", waypoints.ROOM + 2 * runs[0].size)
    again = Ledger(ledger.kept())
    again.describe(2, runs[1].words.with_(pinned=True))
    again.put_back(runs[0])
    kept = again.kept()
    assert sum(run.size for run in kept.runs) <= 2 * runs[0].size
    assert kept.run(2).size == runs[1].size
    assert len(kept.runs) == len(runs)


def test_only_so_many_runs_are_kept_and_pinned_ones_are_the_last_to_go(monkeypatch):
    monkeypatch.setattr("playground.training.ledger.MOST_RUNS", 3)
    walk = Walk(START).go(1)
    for draw in range(1, 6):
        ledger = walk.run.learner.ledger
        ledger.describe(1, ledger.kept().run(1).words.with_(pinned=True))
        walk.run.apply(START.with_(weights_draw=draw))
        walk.go(1)
    assert [run.number for run in ledger.kept().runs] == [1, 5, 6]
