"""Clipping bounds a gradient, and leaves alone what is within the bound."""

import numpy as np
import pytest
from variants import variants

from playground.engine.clipping import ClipByNorm, ClipByValue, Clipping, NoClipping

G = np.array([3.0, -4.0, 0.5, -0.25, 0.0])


def clipped(clipping, gradient=G):
    g = gradient.copy()
    clipping.clip(g)
    return g


def test_by_value_cuts_each_number_off():
    np.testing.assert_array_equal(clipped(ClipByValue(limit=1.0)), [1.0, -1.0, 0.5, -0.25, 0.0])


def test_by_norm_keeps_the_direction_and_bounds_the_length():
    found = clipped(ClipByNorm(limit=2.0))
    assert np.linalg.norm(found) == pytest.approx(2.0, rel=1e-12)
    np.testing.assert_allclose(found / np.linalg.norm(found), G / np.linalg.norm(G), rtol=1e-12)


@pytest.mark.parametrize("clipping", [NoClipping(), ClipByValue(limit=4.0), ClipByNorm(limit=6.0)])
def test_what_is_within_the_bound_stays(clipping):
    np.testing.assert_array_equal(clipped(clipping), G)


@pytest.mark.parametrize("clipping", variants(Clipping))
def test_a_gradient_of_nought_stays(clipping):
    np.testing.assert_array_equal(clipped(clipping, np.zeros(3)), np.zeros(3))


@pytest.mark.parametrize("clipping", variants(Clipping))
def test_single_precision_stays_single(clipping):
    assert clipped(clipping, G.astype(np.float32)).dtype == np.float32


# --- numbers whose squares single precision cannot hold ----------------------------------------------


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("size", [1e20, 1e30, 3e38, 1e-30])
@pytest.mark.parametrize("limit", [1000.0, 1.0, 1e-3])
def test_a_huge_gradient_keeps_its_direction_in_single_precision(size, limit):
    gradient = (G / 4 * size).astype(np.float32)
    found = clipped(ClipByNorm(limit=limit), gradient).astype(np.float64)
    wanted = gradient.astype(np.float64)
    length = np.linalg.norm(wanted)
    np.testing.assert_allclose(found, wanted * min(1, limit / length), rtol=1e-6)


@pytest.mark.filterwarnings("ignore:overflow")
def test_a_huge_gradient_keeps_its_direction_in_double_precision():
    found = clipped(ClipByNorm(limit=2.0), G * 1e200)
    np.testing.assert_allclose(found, 2 * G / np.linalg.norm(G), rtol=1e-12)


@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize("broken", [np.inf, -np.inf, np.nan])
def test_what_is_not_finite_stays_a_sign_of_trouble(broken):
    gradient = np.array([1.0, broken, 2.0], np.float32)
    assert not np.isfinite(clipped(ClipByNorm(), gradient)).all()
