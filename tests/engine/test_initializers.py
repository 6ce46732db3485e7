"""Every initializer draws the distribution that its formula names."""

import math

import numpy as np
import pytest

from playground.engine.initializers import Initializer, Normal, Uniform
from playground.randomness import Pcg64, TFPlaygroundRandomness

FAN_OUT, FAN_IN = 300, 200

SPREAD = {
    "xavier_uniform": math.sqrt(2 / (FAN_IN + FAN_OUT)),
    "xavier_normal": math.sqrt(2 / (FAN_IN + FAN_OUT)),
    "he_uniform": math.sqrt(2 / FAN_IN),
    "he_normal": math.sqrt(2 / FAN_IN),
    "uniform": 0.5 / math.sqrt(3),
    "normal": 0.1,
    "zeros": 0.0,
}
"""The standard deviation of each: that of the published formula, or of the class's usual parameter."""

EVERY = pytest.mark.parametrize(
    "initializer", [member() for member in Initializer.members()], ids=lambda i: i.tag()
)


def draw(initializer, shape=(FAN_OUT, FAN_IN), seed=3):
    return initializer.draw(Pcg64(seed=seed).streams().init, shape)


@EVERY
def test_the_weights_have_the_shape_and_precision_asked_for(initializer):
    for shape in [(1, 1), (3, 2), (1, 7), (FAN_OUT, FAN_IN)]:
        weights = draw(initializer, shape)
        assert weights.shape == shape
        assert weights.dtype == np.float64
        assert np.isfinite(weights).all()


@EVERY
def test_the_weights_are_spread_about_zero_as_published(initializer):
    weights, spread = draw(initializer), SPREAD[initializer.tag()]
    assert weights.std() == pytest.approx(spread, rel=0.02)
    assert abs(weights.mean()) <= 5 * spread / math.sqrt(weights.size)


@EVERY
def test_uniform_weights_fill_their_bounds_and_normal_ones_have_tails(initializer):
    largest, spread = np.abs(draw(initializer)).max(), SPREAD[initializer.tag()]
    if initializer.tag().endswith("uniform"):
        assert 0.999 * math.sqrt(3) * spread < largest <= math.sqrt(3) * spread
    elif initializer.tag().endswith("normal"):
        assert 3.5 * spread < largest < 6 * spread
    else:
        assert largest == 0


@EVERY
def test_the_same_source_gives_the_same_weights(initializer):
    np.testing.assert_array_equal(draw(initializer), draw(initializer))
    if SPREAD[initializer.tag()]:
        assert not np.array_equal(draw(initializer), draw(initializer, seed=4))


def test_the_size_of_a_plain_distribution_is_its_parameter():
    assert np.abs(draw(Uniform(limit=2.0))).max() == pytest.approx(2.0, rel=1e-3)
    assert draw(Normal(sigma=3.0)).std() == pytest.approx(3.0, rel=0.02)


def test_uniform_weights_are_drawn_as_tensorflow_playground_draws_them():
    """Its `Math.random() - 0.5`, link after link of one neuron after another."""
    seed = TFPlaygroundRandomness(seed="0.59704")
    weights = Uniform(limit=0.5).draw(seed.streams().init, (3, 2))
    one_by_one = seed.streams().init
    assert weights.ravel().tolist() == [float(one_by_one.uniform(())) - 0.5 for _ in range(6)]
