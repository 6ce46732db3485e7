"""Records of trials become columns, however they come."""

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.search.goals import Goal
from playground.search.plan import SearchPlan
from playground.search.records import TrialRecord
from playground.search.variation import Variation
from playground.text import say
from widgets.pages.search.gathering import Gathered
from widgets.plots.trials.trial_columns import Standing

RATE = Variation(path="training.optimizer.learning_rate", low=1e-4, high=1, logarithmic=True)
KIND = Variation(path="network.activation", choices=("tanh", "relu"))


@pytest.fixture
def gathered():
    goals = (Goal(), Goal(metric="parameters"))
    return Gathered(SearchPlan(variations=(RATE, KIND), goals=goals, epochs=4), Experiment())


def done(number, value, **more):
    settings = {RATE.path: 0.01 * (number + 1), KIND.path: "relu"}
    curve = {"epochs": (1, 2, 4), "curve": (0.8, 0.6, value)}
    return TrialRecord(number, "done", settings, (value, 25.0), **curve, seconds=2.0, **more)


def test_trials_may_come_in_any_order_and_stand_by_their_numbers(gathered):
    gathered.take([done(2, 0.3), done(0, 0.5)])
    columns = gathered.columns()
    assert columns.numbers.tolist() == [0, 1, 2]
    assert columns.states.tolist() == [Standing.DONE, Standing.WAITING, Standing.DONE]
    assert columns.ended.tolist() == [2, 0]
    assert columns.goals[0].values[[0, 2]].tolist() == [0.5, 0.3]
    np.testing.assert_allclose(columns.settings[0].values, [0.01, np.nan, 0.03])


def test_a_curve_is_joined_between_the_epochs_it_was_measured_at(gathered):
    gathered.take([done(0, 0.2)])
    columns = gathered.columns()
    assert columns.epochs.tolist() == [0, 1, 2, 3, 4]
    np.testing.assert_allclose(columns.curves[0], [np.nan, 0.8, 0.6, 0.4, 0.2], rtol=1e-6)


def test_choices_are_called_as_people_call_them(gathered):
    gathered.take([done(0, 0.2)])
    setting = gathered.columns().settings[1]
    assert setting.names == ("Tanh", "ReLU")
    assert setting.text(0) == "ReLU"


def test_a_trial_under_way_grows_and_ends_once(gathered):
    gathered.take([TrialRecord(0, "running", {RATE.path: 0.1, KIND.path: "tanh"}, epochs=(1,), curve=(0.9,))])
    before = gathered.columns()
    assert before.running.tolist() == [0]
    gathered.take([done(0, 0.4)])
    gathered.take([done(0, 0.4)])
    after = gathered.columns()
    assert after.ended.tolist() == [0]
    assert before.running.tolist() == [0]
    assert before.origin is after.origin


def test_nothing_new_gives_the_same_columns_so_that_nothing_is_drawn(gathered):
    gathered.take([done(0, 0.4)])
    columns = gathered.columns()
    gathered.take([])
    assert gathered.columns() is columns


def test_thousands_of_trials_keep_their_places(gathered):
    gathered.take([done(number, 1 / (number + 1)) for number in range(500)])
    columns = gathered.columns()
    assert len(columns) == 500
    assert columns.best == 499
    assert columns.curves.shape == (500, 5)


def test_a_failed_trial_says_why(gathered):
    gathered.take([TrialRecord(0, "failed", reason=say("test.why", "The loss is no number."))])
    columns = gathered.columns()
    assert columns.problems == {0: "The loss is no number."}
    assert columns.best is None
