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
