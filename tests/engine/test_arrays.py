"""Lengths of vectors, right wherever the numbers themselves are, and products of matrices."""

import math
import sys

import numpy as np
import pytest

from playground.engine.arrays import LARGE_PRODUCT, norm, product, square_sum
from playground.engine.layers import Dense, Maxout
from playground.experiment import Experiment
from playground.training.trainer import Trainer

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


@pytest.mark.parametrize("columns", [3, LARGE_PRODUCT])
def test_a_product_is_written_where_it_is_bound_to(columns):
    left, right, out = np.array([[1.0, 2.0]]), np.ones((2, columns)), np.full((1, columns), np.nan)
    product(left, right, out)()
    assert (out == 3).all()


def test_a_large_product_is_not_made_by_what_holds_other_threads_up():
    """`numpy.dot` sets its result to 0 first with the interpreter's lock held; `numpy.matmul` does not."""
    matrix = np.ones((400, 400))
    assert product(matrix, matrix, np.empty_like(matrix)).func is np.matmul


@pytest.mark.parametrize("kind", [Dense, Maxout])
def test_no_layer_holds_other_threads_up_over_a_large_batch(kind):
    experiment = Experiment()
    layers = (kind(id="a", units=120), kind(id="b", units=120), experiment.network.output)
    experiment = experiment.with_(network=experiment.network.with_(layers=layers))
    plan = Trainer(experiment).network.plan(1000, experiment.training.loss)
    dots = [
        operation.args[2].size for operation in plan.operations if getattr(operation, "func", 0) is np.dot
    ]
    assert dots
    assert max(dots) < LARGE_PRODUCT
