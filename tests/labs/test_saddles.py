"""Saddles by closed forms: the time to leave one, the signs of random curvatures, and critical points."""

from itertools import islice
from math import inf, log, pi, sqrt

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from playground.labs.saddles import Saddles
from playground.labs.saddles.critical import SMALL, STARTS, RandomTask, search
from playground.labs.saddles.laboratory import left_after
from playground.labs.saddles.leaving import TwoValleys, expected_steps
from playground.labs.saddles.matrices import DIMENSIONS, semicircle, signs, spectrum, symmetric


def test_the_middle_is_a_saddle_between_two_minima():
    terrain = TwoValleys(down=0.7)
    slopes = terrain.slope(np.array([0.0, 0.0, 0.0]), np.array([0.0, 1.0, -1.0]))
    np.testing.assert_allclose(slopes, 0, atol=1e-15)
    below, middle, above = terrain.value(np.zeros(3), np.array([-1e-3, 0, 1e-3]))
    assert (below - 2 * middle + above) / 1e-6 == pytest.approx(-0.7, rel=1e-4)
    np.testing.assert_allclose(terrain.value(np.zeros(2), np.array([-1.0, 1.0])), 0)


@pytest.mark.parametrize(("offset", "rate", "down"), [(1e-6, 0.2, 0.5), (1e-10, 0.1, 1.0), (1e-3, 0.5, 0.3)])
def test_plain_descent_leaves_when_the_formula_says(offset, rate, down):
    lab = Saddles(offset=offset, rate=rate, down=down, steps=2000)
    plain, _ = lab.ways()
    assert left_after(plain) == pytest.approx(lab.expected, rel=0.05, abs=3)
    assert lab.expected == pytest.approx(log(0.5 / offset) / log(1 + rate * down))


def test_on_the_ridge_it_stays_for_ever_unless_there_is_noise():
    plain, noisy = Saddles(offset=0, noise=0.01, steps=500).ways()
    assert left_after(plain) is None
    assert np.all(plain.places[:, 1] == 0)
    assert left_after(noisy) is not None
    assert expected_steps(0, 0.1, 0.5) == inf
    assert expected_steps(0.5, 0.1, 0.5) == 0


def test_the_start_is_led_along_the_ridge_and_away_from_it():
    led = Saddles().led(0.25, 0.6)
    assert (led.ridge, led.offset) == pytest.approx((-1.0, 0.3))
    assert Saddles().led(0.0, 1.0).offset == 0.4


def test_so_many_matrices_have_no_negative_eigenvalue_as_closed_forms_say():
    """Dean & Majumdar 2008: 1/2, (2 − √2)/4 and (π − 2√2)/4π for one, two and three dimensions."""
    found = signs(40_000, seed=3)
    expected = [1 / 2, (2 - sqrt(2)) / 4, (pi - 2 * sqrt(2)) / (4 * pi)]
    np.testing.assert_allclose(found.minima[:3], expected, atol=5 * np.sqrt(0.25 / 40_000))
    assert np.all(found.minima[1:4] < 0.5 ** np.array(DIMENSIONS[1:4]))
    np.testing.assert_allclose(found.saddles[1], 1 - 2 * expected[1], atol=0.015)
    assert found.saddles[0] == 0


def test_matrices_are_symmetric_with_the_variances_of_the_ensemble():
    drawn = symmetric(4000, 5, np.random.default_rng(1))
    np.testing.assert_array_equal(drawn, drawn.transpose(0, 2, 1))
    variance = (drawn**2).mean(axis=0)
    np.testing.assert_allclose(variance, (np.ones((5, 5)) + np.eye(5)) / 5, rtol=0.15)


def test_eigenvalues_of_a_large_matrix_fill_the_semicircle():
    found = spectrum(100, seed=2)
    width = found.places[1] - found.places[0]
    assert found.density.sum() * width == pytest.approx(1)
    assert semicircle(np.linspace(-2, 2, 4001)).mean() * 4 == pytest.approx(1, abs=1e-3)
    assert np.abs(found.density - found.semicircle).mean() < 0.02


@pytest.fixture(scope="module")
def task():
    return RandomTask.drawn(3, seed=0)


def test_gradients_and_curvatures_are_those_of_the_loss(task):
    theta = np.random.default_rng(5).standard_normal((2, task.parameters))
    losses, gradients = task.loss_and_gradient(theta)
    for place, loss, gradient in zip(theta, losses, gradients, strict=True):
        w, b = place[:6].reshape(3, 2), place[6:9]
        outputs = np.tanh(task.inputs @ w.T + b) @ place[9:12] + place[12]
        by_hand = np.mean((outputs - task.targets) ** 2) / 2 + 1e-3 * np.sum(place**2)
        assert loss == pytest.approx(by_hand, rel=1e-12)
        numerical = approx_fprime(place, lambda at: task.loss_and_gradient(at[np.newaxis])[0][0], 1e-7)
        np.testing.assert_allclose(gradient, numerical, atol=1e-5)
    hessian = task.hessians(theta)[0]
    rows = approx_fprime(theta[0], lambda at: task.loss_and_gradient(at[np.newaxis])[1][0], 1e-7)
    np.testing.assert_allclose(hessian, rows, atol=1e-4)


def test_what_is_found_is_critical_and_a_higher_loss_has_more_directions_down():
    pieces = list(search(2, seed=0))
    shares = [piece.share for piece in pieces]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    last = pieces[-1]
    assert 10 < len(last.losses) <= STARTS
    assert np.all((last.losses > 0) & (last.losses < 2))
    minima, saddles = last.losses[last.down == 0], last.losses[last.down >= 2]
    assert minima.mean() < saddles.mean()
    assert SMALL < 1e-6


def test_a_search_can_be_left_at_any_piece():
    assert [len(piece.losses) for piece in islice(search(4, seed=1), 2)] == [0, 0]
