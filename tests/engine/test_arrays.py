"""Lengths of vectors, right wherever the numbers themselves are."""

import math
import sys

import numpy as np
import pytest

from playground.engine.arrays import norm, square_sum

pytestmark = pytest.mark.filterwarnings("ignore:overflow")


@pytest.mark.parametrize("size", [0.0, 1e-44, 1e-25, 1.0, 1e18, 1e25, 3e38])
def test_a_length_in_single_precision_is_that_in_double(size):
    vector = (np.array([3, -4, 12]) / 12 * size).astype(np.float32)
    assert norm(vector) == pytest.approx(float(np.linalg.norm(vector.astype(np.float64))), rel=1e-6)


@pytest.mark.parametrize("size", [1e-300, 1e160, 1e300])
def test_a_length_in_double_precision_does_not_overflow_before_its_numbers(size):
    assert norm(np.array([3.0, -4.0]) * size) == pytest.approx(5 * size, rel=1e-12)


def test_a_length_that_no_number_can_hold_is_the_largest_one():
    assert norm(np.array([1.5e308, 1.5e308])) == sys.float_info.max


def test_a_length_of_what_is_not_finite_is_not_finite():
    assert norm(np.array([1.0, -np.inf])) == math.inf
    assert math.isnan(norm(np.array([np.nan, 1.0])))


def test_nothing_has_no_length():
    assert norm(np.empty(0, np.float32)) == square_sum(np.empty(0, np.float32)) == 0


def test_a_sum_of_squares_may_be_larger_than_single_precision_holds():
    assert square_sum(np.array([3e30, 4e30], np.float32)) == pytest.approx(2.5e61, rel=1e-6)
    assert square_sum(np.array([1e200])) == math.inf
