import numpy as np
import pytest

from playground.training.snapshot import LayerSnapshot
from widgets.canvas import values


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_have_a_bucket(number):
    assert 0 <= values.buckets(np.array([number]))[0] < values.BUCKETS


def test_larger_weights_are_in_higher_buckets():
    buckets = values.buckets(np.array([0.0, 0.1, -0.5, 1.0, -3.0, 100.0]))
    assert buckets.tolist() == sorted(buckets.tolist())
    assert buckets[0] == 0
    assert buckets[-1] == values.BUCKETS - 1


def test_weights_of_edges_that_the_snapshot_does_not_know_are_none():
    layer = LayerSnapshot(units=2, weights=np.array([[1.0, 2.0], [3.0, 4.0]]))
    units, inputs = np.array([0, 1, 2]), np.array([1, 0, 0])
    assert values.weights_of(layer, units, inputs).tolist() == [2.0, 3.0, 0.0]
    assert values.weights_of(None, units, inputs) is None


@pytest.mark.parametrize(
    ("norm", "learning", "state"),
    [
        (1e-3, True, "good"),
        (1e-6, True, "warning"),
        (1e3, True, "bad"),
        (float("nan"), True, "bad"),
        (0.0, True, "bad"),
        (0.0, False, "muted"),
    ],
)
def test_gradients_that_vanish_explode_or_are_dead_show(norm, learning, state):
    assert values.gradient_state(norm, learning) == state


def test_the_bar_of_the_gradient_is_logarithmic():
    assert values.gradient_level(0) == 0
    assert values.gradient_level(1e-2) == pytest.approx(0.5)
    assert values.gradient_level(float("inf")) == 1
