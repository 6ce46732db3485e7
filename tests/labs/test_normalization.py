"""Normalization: valleys against closed forms, batch norm against its formula, and a network that drifts."""

import numpy as np
import pytest

from playground.data.scaling import MinMax, NoScaling, PcaWhitening, Scaling, Standardize
from playground.engine.layers import BatchNorm
from playground.labs.normalization import Normalizing
from playground.labs.normalization.batches import NormalizedBatches
from playground.labs.normalization.drift import EVERY, DeepNetwork, drifting
from playground.labs.normalization.samples import ColumnUnits, drawn
from playground.labs.normalization.two_weights import CLOSE, TwoWeights

every_scaling = pytest.mark.parametrize("kind", Scaling.ready(), ids=lambda kind: kind.tag())


@pytest.fixture(scope="module")
def samples():
    return drawn(ColumnUnits(2.0, 5.0), 0.5, None, 1)


@pytest.fixture(scope="module")
def weights(samples):
    return TwoWeights(samples.inputs, samples.targets)


def test_what_is_measured_can_be_told_in_standard_deviations_again():
    columns, standard = ColumnUnits(3.0, 20.0), np.array([[0.5, -1.0]])
    np.testing.assert_allclose(columns.measured(standard), [[3.5, 40.0]])
    np.testing.assert_allclose(columns.standard(columns.measured(standard)), standard)


def test_the_valley_is_as_narrow_as_the_squared_condition_of_the_inputs(samples, weights):
    assert weights.condition == pytest.approx(np.linalg.cond(samples.inputs) ** 2)
    slope, *_ = np.linalg.lstsq(samples.inputs, samples.targets, rcond=None)
    np.testing.assert_allclose(weights.best, slope)


def test_standard_columns_have_the_condition_that_their_correlation_gives(samples):
    r = abs(np.corrcoef(samples.inputs.T)[0, 1])
    scaled = Standardize().fit(samples.inputs).apply(samples.inputs)
    assert TwoWeights(scaled, samples.targets).condition == pytest.approx((1 + r) / (1 - r))


def test_a_whitened_valley_is_round(samples):
    scaled = PcaWhitening().fit(samples.inputs).apply(samples.inputs)
    assert TwoWeights(scaled, samples.targets).condition == pytest.approx(1)


def test_the_loss_and_the_gradients_are_those_of_the_samples(samples, weights):
    place, nudge = np.array([0.3, -0.2]), 1e-6
    errors = samples.inputs @ place - samples.targets
    assert weights.value(place) == pytest.approx(np.mean(errors**2) / 2)
    mean = weights.gradients(place).mean(axis=0)
    for axis in range(2):
        step = np.eye(2)[axis] * nudge
        slope = (weights.value(place + step) - weights.value(place - step)) / (2 * nudge)
        assert mean[axis] == pytest.approx(slope, rel=1e-5)


@pytest.mark.parametrize("share", [0.3, 0.45, 0.9])
def test_the_steps_that_are_told_are_those_that_descent_takes(weights, share):
    start = weights.place((0.12, 0.8))
    way = weights.descent(start, share * 2 / weights.curvatures[1], 400)
    heights = way.losses - weights.least
    taken = int(np.flatnonzero(heights <= CLOSE * heights[0])[0])
    assert weights.steps_needed(start, share) == pytest.approx(taken, abs=2 + 0.02 * taken)


@pytest.mark.parametrize(("share", "lost"), [(0.99, False), (1.1, True)])
def test_descent_runs_away_past_its_border(weights, share, lost):
    start = weights.place((0.12, 0.8))
    assert weights.descent(start, share * 2 / weights.curvatures[1], 300).lost == lost
    assert (weights.steps_needed(start, share) is None) == lost


def test_positive_inputs_let_both_weights_rise_or_both_fall():
    lab = Normalizing(mean=10.0, ratio=1.0)
    assert (lab.inputs > 0).all()
    assert lab.weights.together(np.array([0.4, -1.0])) == 1
    centred = lab.with_(scaling=Standardize(), together=0.0).weights
    assert centred.together(np.zeros(2)) < 0.7


def test_one_sample_outside_squeezes_what_is_scaled_by_the_extremes():
    def middle_half(scaling, outside):
        lab = Normalizing(outside=outside, place=(12.0, 12.0))
        low, high = np.quantile(lab.scaled_by(scaling)[:64, 0], (0.25, 0.75))
        return high - low

    assert middle_half(MinMax(), True) < 0.5 * middle_half(MinMax(), False)
    assert middle_half(NoScaling(), True) == middle_half(NoScaling(), False)


# --- batch norm ---


def test_a_batch_is_normalized_by_what_it_is_over_itself(samples):
    norm, batch = NormalizedBatches(samples.inputs, 16, 1), samples.inputs[:7]
    expected = (batch - batch.mean(axis=0)) / np.sqrt(batch.var(axis=0) + BatchNorm().epsilon)
    np.testing.assert_allclose(norm.in_training(batch), expected)


def test_a_batch_of_one_and_the_test_go_by_the_running_averages(samples):
    norm = NormalizedBatches(samples.inputs, 16, 1)
    found = norm.among_others(3, 0)
    assert found.low[0] == found.high[0] == pytest.approx(found.at_test)
    mean, spread = samples.inputs[:, 0].mean(), samples.inputs[:, 0].std(ddof=1)
    assert found.at_test == pytest.approx((samples.inputs[3, 0] - mean) / spread, abs=0.25)


def test_the_noise_of_batches_falls_with_the_root_of_their_size(samples):
    found = NormalizedBatches(samples.inputs, 16, 1).among_others(0, 0)
    sizes = found.sizes.tolist()
    assert found.spread[sizes.index(64)] == pytest.approx(0, abs=1e-12)  # all there are
    assert found.spread[sizes.index(4)] / found.spread[sizes.index(16)] == pytest.approx(2, rel=0.5)


def test_every_sample_is_in_one_batch(samples):
    found = NormalizedBatches(samples.inputs, 16, 1).in_batches(16)
    np.testing.assert_allclose(found.mean(axis=0), 0, atol=1e-12)
    assert len(np.unique(found[:, 0])) == len(samples.inputs)


# --- the deep network ---


@pytest.fixture(scope="module")
def drifts():
    both = []
    for norm in (False, True):
        *_, last = drifting(DeepNetwork(3, 1.0, 16, 1, norm), 20)
        both.append(last)
    return both


def test_with_batch_norm_the_deep_network_learns_and_without_it_does_not(drifts):
    without, norm = drifts
    assert norm.losses[-1] < 0.5 < without.losses[-1]
    assert norm.losses[0] == pytest.approx(without.losses[0], abs=0.05)


def test_with_batch_norm_net_inputs_stay_around_zero_as_wide_as_one(drifts):
    without, norm = drifts
    assert norm.quantiles[0, -1] < 0 < norm.quantiles[2, -1]
    assert np.ptp(norm.quantiles[:, -1]) > 10 * np.ptp(without.quantiles[:, -1])
    assert without.wandered > norm.wandered


def test_it_is_told_as_it_goes():
    pieces = list(drifting(DeepNetwork(1, 0.1, 16, 1, True), 3, pieces=2))
    assert [piece.looks for piece in pieces] == [2, 4]
    assert EVERY == 5


def test_what_runs_away_ends_early():
    *_, last = drifting(DeepNetwork(1, 30.0, 1, 1, False), 3)
    assert last.looks <= 4
    assert np.isfinite(last.wandered)


@every_scaling
def test_every_scaling_survives_every_extreme(kind):
    for settings in (
        {"mean": 10.0, "ratio": 100.0, "together": 0.99, "batch": 1, "norm": True, "rate": 2.0},
        {"mean": 0.0, "ratio": 1.0, "together": -0.99, "batch": 2, "norm": True, "rate": 0.01},
    ):
        lab = Normalizing(scaling=kind(), outside=True, place=(-12.0, 12.0), **settings)
        start = lab.weights.place(lab.start)
        assert np.isfinite([lab.weights.condition, *lab.weights.seen]).all()
        assert np.isfinite(lab.weights.ground()).all()
        assert np.isfinite(lab.weights.descent(start, lab.rate, 50).places).all()
        assert all(np.isfinite(row.weights.condition) for row in lab.every_scaling())
