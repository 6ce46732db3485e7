"""Penalties against the engine's, scikit-learn and the optimum; dropout against closed forms."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn.linear_model import ElasticNet as SklearnElasticNet
from sklearn.linear_model import Lasso, Ridge

from playground.data.datasets.wine import Wine
from playground.labs.regularization import Regularization
from playground.labs.regularization.dropping import sub_networks
from playground.labs.regularization.laboratory import STRENGTHS
from playground.labs.regularization.shrinking import ALCOHOL, MEASURED, Price, cost, path, wines

every_penalty = pytest.mark.parametrize("penalty", ["l2", "l1", "elastic"])


@pytest.fixture(scope="module")
def table():
    raw = np.asarray(Wine().load().raw, np.float64)
    scaled = (raw - raw.mean(axis=0)) / raw.std(axis=0)
    return scaled[:, MEASURED], scaled[:, ALCOHOL]


@every_penalty
@pytest.mark.parametrize("strength", [0.0, 0.05, 0.5, 3.0, 1000.0])
def test_no_weights_are_cheaper(penalty, strength):
    lab = Regularization(penalty=penalty, strength=strength, best=(1.3, -0.4), condition=20, turned=50)

    def whole(weights):
        return lab.loss(weights) + cost(weights, lab.price())

    found = lab.weights()
    for start in product((-1.0, 0.0, 1.0), repeat=2):
        other = minimize(whole, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12}).x
        assert whole(found) <= whole(other) + 1e-9


def test_l2_in_the_plane_is_a_system_of_equations():
    lab = Regularization(penalty="l2", strength=0.7)
    expected = np.linalg.solve(lab.curvature + 0.7 * np.eye(2), lab.curvature @ lab.best)
    np.testing.assert_allclose(lab.weights(), expected, rtol=1e-12)


def test_l1_of_a_round_loss_takes_the_same_off_each_weight():
    lab = Regularization(penalty="l1", condition=1, best=(1.5, -0.3), strength=0.5)
    np.testing.assert_allclose(lab.weights(), [1.0, 0.0], atol=1e-12)


@pytest.mark.parametrize("penalty", ["l2", "elastic"])
def test_where_they_touch_loss_and_price_pull_against_each_other(penalty):
    lab = Regularization(penalty=penalty, strength=0.2)
    weights = lab.weights()
    assert (weights != 0).all()
    price = lab.price()
    pull = lab.curvature @ (weights - lab.best)
    np.testing.assert_allclose(pull, -(price.l1 * np.sign(weights) + price.l2 * weights), atol=1e-12)


@every_penalty
def test_the_price_is_that_of_the_engine(penalty):
    lab = Regularization(penalty=penalty, strength=0.4)
    weights = np.array([0.3, -1.2, 0.0, 2.0])
    assert cost(weights, lab.price()) == pytest.approx(lab.regularizer.penalty(weights, np.ones(4)))


def test_paths_are_those_of_scikit_learn(table):
    inputs, alcohol = table
    for place in (0, 30, 55, 80):
        strength = float(STRENGTHS[place])
        lasso = Lasso(alpha=strength, fit_intercept=False, tol=1e-12, max_iter=100_000).fit(inputs, alcohol)
        np.testing.assert_allclose(path(STRENGTHS, 1.0)[place], lasso.coef_, atol=1e-8)
        ridge = Ridge(alpha=strength * len(inputs), fit_intercept=False).fit(inputs, alcohol)
        np.testing.assert_allclose(path(STRENGTHS, 0.0)[place], ridge.coef_, atol=1e-10)
        elastic = SklearnElasticNet(
            alpha=strength, l1_ratio=0.3, fit_intercept=False, tol=1e-12, max_iter=100_000
        ).fit(inputs, alcohol)
        np.testing.assert_allclose(path(STRENGTHS, 0.3)[place], elastic.coef_, atol=1e-8)


def test_the_lasso_drops_all_where_the_strongest_correlation_is_reached():
    _, _, slope = wines()
    edge = np.abs(slope).max()
    found = path(STRENGTHS, 1.0)
    assert (found[edge < STRENGTHS] == 0).all()
    assert (found[edge > STRENGTHS] != 0).any(axis=1).all()
    assert (path(STRENGTHS, 0.0) != 0).all()


def test_four_quarters_are_cheaper_than_one_by_l2_alone():
    lab = Regularization()
    one, quarters = lab.shared(0), lab.shared(100)
    np.testing.assert_array_equal(one, [1, 0, 0, 0])
    np.testing.assert_array_equal(quarters, [0.25] * 4)
    assert (cost(one, Price(1, 0)), cost(quarters, Price(1, 0))) == (1 / 2, 1 / 8)
    assert cost(one, Price(1, 1)) == cost(quarters, Price(1, 1)) == 1
    assert lab.shared(37).sum() == pytest.approx(1)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 1.0])
def test_behind_a_linear_output_the_scaled_whole_is_the_average(kept):
    found = sub_networks(5, kept, sigmoid=False, seed=3)
    assert found.chances.sum() == pytest.approx(1)
    np.testing.assert_allclose(found.scaled, found.average, atol=1e-12)


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_behind_a_sigmoid_it_is_the_geometric_mean(kept):
    """Baldi and Sadowski 2013: normalized, the weighted geometric mean is exactly the scaled network."""
    found = sub_networks(5, kept, sigmoid=True, seed=3)
    np.testing.assert_allclose(found.scaled, found.geometric, rtol=1e-10)
    assert 0 < found.apart < 0.2


def test_sub_networks_are_the_average_that_sampling_finds():
    found = sub_networks(4, 0.7, sigmoid=True, seed=1)
    chance = np.random.default_rng(0)
    masks = chance.uniform(size=(40_000, 4)) < 0.7
    drawn = found.outputs[(masks * 2 ** np.arange(4)).sum(axis=1)]
    np.testing.assert_allclose(drawn.mean(axis=0), found.average, atol=0.01)


def test_with_all_neurons_kept_there_is_one_network():
    found = sub_networks(3, 1.0, sigmoid=True, seed=2)
    assert found.chances.tolist() == [0] * 7 + [1]
    np.testing.assert_allclose(found.outputs[-1], found.scaled)


@pytest.mark.parametrize(
    "settings",
    [
        {"strength": 1000.0, "penalty": "l1"},
        {"strength": 0.0, "penalty": "elastic", "condition": 100.0},
        {"best": (0.0, 0.0), "penalty": "l1"},
        {"hidden": 8, "kept": 1.0},
        {"share": 0.01, "penalty": "elastic", "strength": 1000.0},
    ],
    ids=str,
)
def test_extremes_have_numbers(settings):
    lab = Regularization(**settings)
    assert np.isfinite(lab.way()).all()
    assert np.isfinite(lab.paths()).all()
    assert np.isfinite(lab.networks().geometric).all()
    assert np.isfinite([lab.loss(lab.weights()), lab.radius(lab.weights())]).all()
