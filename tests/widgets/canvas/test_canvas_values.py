import numpy as np
import pytest

from playground.training.snapshot import LayerSnapshot
from widgets.canvas import values


def test_bounded_activations_are_centred_in_the_colours():
    maps = np.array([[[0.0, 0.5, 1.0]]])
    assert values.shades(maps, (0.0, 1.0)).ravel().tolist() == [0, 128, 255]
    assert values.shades(2 * maps - 1, (-1.0, 1.0)).ravel().tolist() == [0, 128, 255]


def test_unbounded_activations_are_scaled_to_hold_their_values():
    maps = np.array([[[1.0, -1.0, 1.0, 0.0]]])
    assert values.shades(maps, (0.0, np.inf)).ravel().tolist() == [255, 0, 255, 128]


def test_one_extreme_does_not_pale_the_others():
    maps = np.ones((1, 20, 20))
    maps[0, 0, 0] = 100
    assert values.shades(maps)[0, 5, 5] == 255


def test_each_tile_has_its_own_scale():
    maps = np.stack([np.full((2, 2), 1.0), np.full((2, 2), 100.0)])
    assert values.shades(maps)[0, 0, 0] == values.shades(maps)[1, 0, 0]


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_have_a_shade(number):
    assert values.shades(np.full((1, 2, 2), number)).shape == (1, 2, 2)
    assert 0 <= values.buckets(np.array([number]))[0] < values.BUCKETS


def test_silent_neurons_have_the_shade_of_nothing():
    assert set(values.shades(np.zeros((2, 3, 3)), (0.0, np.inf)).ravel().tolist()) == {128}


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
