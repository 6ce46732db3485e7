"""Bias and variance: fits against NumPy and scikit-learn, errors against their sum and closed forms."""

from itertools import pairwise

import numpy as np
import pytest
from sklearn.linear_model import Ridge

from playground.labs.bias_variance import BiasVariance
from playground.labs.bias_variance.errors import SizeErrors, chosen_by_validation
from playground.labs.bias_variance.fitting import MOST, fitted, neurons, powers
from playground.value import InvalidValue


def test_legendre_polynomials_have_mean_square_one_and_nothing_in_common():
    places, weights = np.polynomial.legendre.leggauss(60)
    table = powers(places, 20)
    np.testing.assert_allclose(table.T * weights / 2 @ table, np.eye(21), atol=1e-12)


def test_fits_are_those_of_polyfit():
    lab = BiasVariance(size=5)
    found = lab.fits()
    for x, y, predictions in zip(found.x[:4], found.y[:4], found.predictions[:4], strict=True):
        np.testing.assert_allclose(predictions, np.polyval(np.polyfit(x, y, 5), found.grid), atol=1e-8)


def test_a_penalty_is_that_of_ridge_regression():
    chance = np.random.default_rng(0)
    features, targets = chance.standard_normal((12, 30)), chance.standard_normal(12)
    ridge = Ridge(alpha=12 * 0.03, fit_intercept=False, tol=1e-12).fit(features, targets)
    np.testing.assert_allclose(fitted(features, targets, 0.03), ridge.coef_, rtol=1e-9)


def test_of_weights_that_all_fit_the_smallest_are_taken():
    chance = np.random.default_rng(0)
    features, targets = chance.standard_normal((12, 30)), chance.standard_normal(12)
    weights = fitted(features, targets, 0.0)
    np.testing.assert_allclose(weights, np.linalg.lstsq(features, targets, rcond=None)[0], atol=1e-12)
    np.testing.assert_allclose(features @ weights, targets, atol=1e-12)


def test_neurons_are_kinks_and_a_bias():
    x = np.linspace(-1, 1, 41)
    table = neurons(x, 5, 1)
    assert (table[:, 0] == 1).all()
    assert (table >= 0).all()
    bends = np.abs(np.diff(table, 2, axis=0)) > 1e-12
    assert (bends.sum(axis=0)[1:] <= 2).all()
    np.testing.assert_array_equal(neurons(x, 9, 1)[:, :6], table)


@pytest.mark.parametrize("model", ["polynomial", "network"])
def test_bias_and_variance_add_up_to_the_error(model):
    found = BiasVariance(model=model, size=2).fits()
    whole = np.mean((found.predictions - found.truth) ** 2)
    assert found.bias + found.variance == pytest.approx(whole, rel=1e-12)
    assert found.variance == pytest.approx(np.var(found.predictions, axis=0, ddof=1).mean())


def test_bias_is_not_blown_up_by_the_chance_of_few_sets():
    """The truth is a cubic, so that cubics are right on average, however few the sets."""
    lab = BiasVariance(truth="x^3 - x", size=3, sets=3, noise=1.0)
    biases = [lab.with_(seed=seed).fits().bias for seed in range(60)]
    variances = [lab.with_(seed=seed).fits().variance for seed in range(60)]
    assert np.mean(biases) < 0.25 * np.mean(variances)


def test_a_constant_has_the_bias_and_the_variance_of_a_mean():
    """The mean of n samples of x and noise, each in its part: bias² = 1/3, variance = (1/3n² + σ²) / n."""
    lab = BiasVariance(truth="x", size=0, samples=10, noise=0.5, sets=100)
    runs = [lab.with_(seed=seed).fits() for seed in range(20)]
    assert np.mean([run.bias for run in runs]) == pytest.approx(1 / 3, rel=0.02)
    assert np.mean([run.variance for run in runs]) == pytest.approx((1 / 300 + 0.25) / 10, rel=0.1)


def test_bias_falls_and_variance_rises_with_the_degree():
    found = {each.size: each for each in BiasVariance().errors()}
    assert found[1].bias > 5 * found[5].bias
    assert found[10].variance > 5 * found[5].variance


@pytest.mark.parametrize("model", ["polynomial", "network"])
def test_with_as_many_weights_as_samples_variance_peaks_and_falls_again(model):
    lab = BiasVariance(model=model, noise=0.1)
    found = {each.size: each for each in lab.errors()}
    peak = found[lab.samples - 1]
    assert peak.variance > 10 * found[4].variance
    assert peak.variance > 10 * found[45].variance
    assert found[45].training < 1e-12


def test_training_errors_never_rise_and_validation_chooses_the_smallest():
    found = list(BiasVariance().errors())
    training = [each.training for each in found]
    assert all(second <= first + 1e-9 for first, second in pairwise(training))
    chosen = chosen_by_validation(found)
    assert chosen.validation == min(each.validation for each in found)
    assert chosen_by_validation([]) is None
    assert chosen_by_validation([SizeErrors(n, 0, 0, 0, 1.0, 0) for n in (3, 2)]).size == 2


def test_test_errors_are_those_of_endless_fresh_samples():
    lab = BiasVariance(size=3)
    found = next(each for each in lab.errors() if each.size == 3)
    chance = np.random.default_rng(5)
    x = chance.uniform(-1, 1, 200_000)
    y = lab.true_at(x) + lab.noise * chance.standard_normal(x.shape)
    line = np.polyfit(*(values[0] for values in lab.drawn), 3)
    assert found.test == pytest.approx(np.mean((np.polyval(line, x) - y) ** 2), rel=0.03)
    kept_aside, targets = lab._sampled(2, (1, lab.held))
    assert found.validation == pytest.approx(np.mean((np.polyval(line, kept_aside) - targets) ** 2))


def test_the_size_that_is_set_is_among_those_of_the_curves():
    for size, samples in ((0, 3), (MOST, 3), (77, 60)):
        sizes = BiasVariance(size=size, samples=samples).sizes
        assert size in sizes
        assert samples - 1 in sizes
        assert sizes == sorted(set(sizes))


@pytest.mark.parametrize(
    "settings",
    [
        {"size": MOST, "samples": 3, "sets": 2, "noise": 2.0},
        {"size": 0, "samples": 60, "noise": 0.0, "penalty": 10.0, "sets": 2},
        {"model": "network", "size": 0, "held": 1},
        {"truth": "exp(x^2/2) 1000"},
        {"truth": "1 / (x - 0.05)", "size": 14},
    ],
    ids=str,
)
def test_extremes_have_numbers(settings):
    lab = BiasVariance(**settings)
    assert np.isfinite(lab.fits().predictions).all()
    for each in lab.errors():
        assert np.isfinite((each.bias, each.variance, each.training, each.validation, each.test)).all()


def test_a_truth_that_cannot_be_read_is_refused():
    with pytest.raises(InvalidValue):
        BiasVariance().with_(truth="sin(")
