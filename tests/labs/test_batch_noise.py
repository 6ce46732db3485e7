"""Batches: gradients against central differences, their scatter by counting, walks, and sweeps of sizes."""

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from playground.experiment import Experiment
from playground.labs.batch_noise import BatchNoise
from playground.labs.batch_noise.samples import RegressionSamples, scatter
from playground.labs.batch_noise.sweep import SizedRow, fastest, oscillation, row, sized, with_batch
from playground.labs.batch_noise.walk import Walk
from playground.labs.trial import Trial, TrialCourse

SAMPLES = RegressionSamples.drawn(8, 1.0, 3)
W = np.array([0.4, -1.2])


def test_the_mean_of_all_slopes_is_the_slope_of_the_loss():
    expected = approx_fprime(W, lambda w: float(SAMPLES.loss(w[0], w[1])), 1e-7)
    np.testing.assert_allclose(SAMPLES.slopes(W).mean(axis=0), expected, atol=1e-6)


def test_the_loss_is_half_the_mean_square_and_nowhere_below_its_lowest():
    direct = np.mean((SAMPLES.inputs @ W - SAMPLES.targets) ** 2) / 2
    assert float(SAMPLES.loss(*W)) == pytest.approx(direct)
    left, right, low, high = SAMPLES.seen
    values = SAMPLES.loss(*np.meshgrid(np.linspace(left, right, 200), np.linspace(low, high, 200)))
    assert SAMPLES.lowest < values.min() < SAMPLES.lowest + 0.01


@pytest.mark.parametrize("batch", [1, 2, 3, 7])
def test_means_of_batches_scatter_as_all_of_them_do_when_counted(batch):
    slopes = SAMPLES.slopes(W)
    means = np.array([slopes[list(rows)].mean(axis=0) for rows in combinations(range(8), batch)])
    np.testing.assert_allclose(means.mean(axis=0), slopes.mean(axis=0))
    found, covariance = scatter(slopes, batch), np.cov(means.T, bias=True)
    axes = np.array(
        [[np.cos(found.turned), -np.sin(found.turned)], [np.sin(found.turned), np.cos(found.turned)]]
    )
    np.testing.assert_allclose(axes @ np.diag([found.longer**2, found.shorter**2]) @ axes.T, covariance)
    assert found.deviation == pytest.approx(np.sqrt(np.trace(covariance)))


def test_all_samples_at_once_do_not_scatter_nor_does_one_alone():
    assert scatter(SAMPLES.slopes(W), 8).deviation == 0
    assert scatter(SAMPLES.slopes(W)[:1], 1).deviation == 0


def test_every_sample_is_seen_once_an_epoch_and_in_another_order_next():
    walk = Walk(SAMPLES, (0.0, 0.0), 0.1, 3, 2, 1)
    assert walk.per_epoch == 3
    moments = [walk.moment(step) for step in range(6)]
    assert [len(moment.batch) for moment in moments] == [3, 3, 2, 3, 3, 2]
    for epoch in (moments[:3], moments[3:]):
        assert sorted(np.concatenate([moment.batch for moment in epoch]).tolist()) == list(range(8))
    assert moments[0].order.tolist() != moments[3].order.tolist()
    counted = [(moment.epoch, moment.iteration) for moment in moments]
    assert counted == [(epoch, iteration) for epoch in (0, 1) for iteration in range(3)]


def test_a_step_goes_along_the_mean_of_its_batch():
    walk = Walk(SAMPLES, (0.5, 0.5), 0.2, 4, 3, 1)
    for step in range(walk.length):
        moment = walk.moment(step)
        after = moment.w - 0.2 * moment.slopes[moment.batch].mean(axis=0)
        np.testing.assert_allclose(walk.way.places[step + 1], after)
    assert walk.moment(walk.length).w.tolist() == walk.way.places[-2].tolist()  # the last batch again


def test_by_all_samples_it_is_plain_descent():
    walk = Walk(SAMPLES, (0.5, 0.5), 0.2, 100, 5, 1)
    w = np.array([0.5, 0.5])
    for _ in range(5):
        w = w - 0.2 * SAMPLES.slopes(w).mean(axis=0)
    np.testing.assert_allclose(walk.way.places[-1], w)
    assert walk.per_epoch == 1


def test_samples_that_agree_lead_to_the_very_bottom_one_by_one():
    lab = BatchNoise(noise=0.0, batch=1, rate=0.3, epochs=20)
    samples = lab.samples()
    assert lab.walk(samples).way.losses[-1] < 1e-12
    assert samples.lowest == pytest.approx(0, abs=1e-25)


@pytest.mark.parametrize(
    "extreme",
    [{"count": 1}, {"count": 200, "batch": 1, "epochs": 20}, {"rate": 10.0, "batch": 1}, {"noise": 100.0},
     {"batch": 200}, {"count": 1, "noise": 0.0}],
    ids=str,
)  # fmt: skip
def test_every_extreme_is_walked_in_finite_numbers(extreme):
    lab = BatchNoise(**extreme)
    samples = lab.samples()
    walk, whole = lab.walk(samples), lab.whole(samples)
    for each in (walk, whole):
        assert np.isfinite(each.way.places).all()
        moment = each.moment(each.length)
        assert np.isfinite(moment.slopes).all()
        assert np.isfinite(scatter(moment.slopes, lab.size).deviation)
    assert np.isfinite(lab.ground(samples)).all()


def test_steps_that_are_too_long_run_away():
    lab = BatchNoise(rate=10.0, batch=1)
    assert lab.walk(lab.samples()).way.lost


@pytest.mark.parametrize(("rule", "factor"), [("same", 1), ("linear", 4), ("root", 2)])
def test_the_rate_goes_with_the_batch_by_the_rule(rule, factor):
    experiment = Experiment()
    before = experiment.training
    after = with_batch(experiment, 4 * before.batch_size, rule).training
    assert after.batch_size == 4 * before.batch_size
    assert after.optimizer.learning_rate == pytest.approx(factor * before.optimizer.learning_rate)


def test_sizes_end_with_all_samples_at_once():
    variants = sized(Experiment(), "same")
    sizes = [each.training.batch_size for each in variants]
    *_, state = Trial(lambda: variants[-1:], 1).all_epochs()
    assert sizes[:3] == [1, 4, 16]
    assert sizes == sorted(set(sizes))
    assert state.courses[0].steps == 1  # one update an epoch
    assert not variants[0].training.full_batch


def test_what_came_of_a_size_is_told_from_its_course():
    seconds = np.array([0.0, 2.0, 4.0, 6.0, np.nan])
    train = np.array([4.0, 2.0, 1.0, 0.5, np.nan])
    course = TrialCourse(
        train, train, np.array([0.5, 0.6, 0.7, 0.8, np.nan]), train, seconds, 30, False, True
    )
    found = row(10, course, 1.0)
    assert found == SizedRow(10, 2.0, 2, 4.0, 0.8, pytest.approx(np.nan, nan_ok=True))
    assert row(10, course, 0.1).epochs_to is None


def test_the_fastest_is_the_one_with_the_least_seconds_to_the_goal():
    rows = [SizedRow(size, 1, 1, time, 1, 0) for size, time in ((1, 3.0), (4, 2.0), (16, None))]
    assert fastest(rows) == 1
    assert fastest(rows[2:]) is None
    assert fastest(()) is None


def test_oscillation_is_how_much_a_loss_jumps_about_its_mean():
    jumping = oscillation(np.array([9.0, 9.0, 9.0, 3.0, 1.0, 3.0]))
    assert jumping == pytest.approx(np.std([-2, 2]) / (7 / 3))
    assert oscillation(np.linspace(1, 0.5, 20)) == pytest.approx(0, abs=1e-12)  # falling evenly is no jump
    assert np.isnan(oscillation(np.array([1.0, np.inf, 1, 1])))
    assert np.isnan(oscillation(np.array([1.0])))
