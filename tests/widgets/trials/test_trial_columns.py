import numpy as np

from widgets.plots.trials.axis import TrialAxis
from widgets.plots.trials.smooth import field


def test_the_best_trial_is_the_least_loss_of_those_that_came_to_the_end(made):
    assert made("dpdf", [0.5, 0.1, 0.3, 0.2]).best == 2
    assert made("pf", [0.1, 0.2]).best is None


def test_the_best_so_far_never_gets_worse(made):
    rows, best = made("dddd", [0.5, 0.7, 0.2, 0.3]).steps()
    assert rows.tolist() == [0, 1, 2, 3]
    assert best.tolist() == [0.5, 0.5, 0.2, 0.2]


def test_the_front_holds_what_no_other_beats_in_both(made):
    trials = made("ddddp", [0.5, 0.2, 0.3, 0.6, 0.1], seconds=[1, 9, 3, 2, 0.5])
    beats = [
        row
        for row in range(4)
        if not any(
            trials.goals[0].values[other] <= trials.goals[0].values[row]
            and trials.goals[1].values[other] <= trials.goals[1].values[row]
            and other != row
            for other in range(4)
        )
    ]
    assert sorted(trials.front.tolist()) == beats == [0, 1, 2]


def test_equal_trials_share_no_place_on_the_front_twice(made):
    assert len(made("dd", [0.5, 0.5], seconds=[1, 1]).front) == 1


def test_goodness_goes_by_rank_so_that_one_wild_loss_does_not_hide_the_others(made):
    assert made("dddp", [0.2, 1e9, 0.3, 0.1]).goodness[:3].tolist() == [1.0, 0.0, 0.5]


def test_a_log_axis_puts_equal_factors_at_equal_distances():
    axis = TrialAxis.over("rate", np.array([1e-4, 1.0]), logarithmic=True)
    np.testing.assert_allclose(axis.shares(np.array([1e-4, 1e-2, 1.0])), [0, 0.5, 1])
    assert np.isnan(axis.shares(np.array([0.0, np.nan]))).all()


def test_choices_stand_in_the_middle_of_lanes():
    axis = TrialAxis.over("activation", np.array([0.0, 1.0]), names=("tanh", "ReLU"))
    np.testing.assert_allclose(axis.shares(np.array([0.0, 1.0])), [0.25, 0.75])
    assert axis.ticks(5) == [(0.25, "tanh"), (0.75, "ReLU")]


def test_an_axis_over_one_value_alone_has_it_in_the_middle():
    assert TrialAxis.over("rate", np.array([0.1, 0.1]), logarithmic=True).shares(np.array([0.1]))[0] == 0.5


def test_the_field_between_trials_is_their_mean_weighed_by_nearness():
    x, y, values = np.array([0.05, 0.95]), np.array([0.05, 0.95]), np.array([1.0, 3.0])
    found = field(x, y, values, (10, 10), width=4.0)
    rows, columns = np.mgrid[0:10, 0:10]
    weights = [np.exp(-((rows - each) ** 2 + (columns - each) ** 2) / (2 * 4.0**2)) for each in (0, 9)]
    expected = (weights[0] * 1 + weights[1] * 3) / (weights[0] + weights[1])
    there = np.isfinite(found)
    assert there.sum() > 40
    np.testing.assert_allclose(found[there], expected[there], atol=0.02)


def test_far_from_all_trials_the_field_says_nothing():
    found = field(np.array([0.01]), np.array([0.01]), np.array([1.0]), (40, 40), width=3.0)
    assert np.isnan(found[39, 39])
    assert found[0, 0] == 1
