"""Every initializer draws the distribution that its formula names."""

import math

import numpy as np
import pytest

from playground.engine.initializers import (
    ConstantWeights,
    Fans,
    HeNormal,
    HeUniform,
    Initializer,
    LeCunNormal,
    Normal,
    Orthogonal,
    Uniform,
    XavierNormal,
    XavierUniform,
)
from playground.fields import describe
from playground.randomness import Pcg64, TFPlaygroundRandomness

FAN_OUT, FAN_IN = 300, 200

SPREAD = {
    "xavier_uniform": math.sqrt(2 / (FAN_IN + FAN_OUT)),
    "xavier_normal": math.sqrt(2 / (FAN_IN + FAN_OUT)),
    "he_uniform": math.sqrt(2 / FAN_IN),
    "he_normal": math.sqrt(2 / FAN_IN),
    "lecun_normal": math.sqrt(1 / FAN_IN),
    "orthogonal": math.sqrt(1 / FAN_OUT),  # each of the 200 columns is of length 1
    "uniform": 0.5 / math.sqrt(3),
    "normal": 0.1,
    "constant": 0.0,
    "pretrained": math.sqrt(2 / (FAN_IN + FAN_OUT)),  # while nothing was learnt
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
    assert weights.std() == pytest.approx(spread, rel=0.02, abs=1e-15)
    middle = getattr(initializer, "value", 0.0)
    assert abs(weights.mean() - middle) <= 5 * spread / math.sqrt(weights.size) + 1e-15


@EVERY
def test_uniform_weights_fill_their_bounds_and_normal_ones_have_tails(initializer):
    largest, spread = np.abs(draw(initializer)).max(), SPREAD[initializer.tag()]
    if initializer.tag().endswith("uniform"):
        assert 0.999 * math.sqrt(3) * spread < largest <= math.sqrt(3) * spread
    elif spread:
        assert 3.5 * spread < largest < 6 * spread
    else:
        assert largest == getattr(initializer, "value", 0.0)


@EVERY
def test_the_same_source_gives_the_same_weights(initializer):
    np.testing.assert_array_equal(draw(initializer), draw(initializer))
    if SPREAD[initializer.tag()]:
        assert not np.array_equal(draw(initializer), draw(initializer, seed=4))


def test_the_size_of_a_plain_distribution_is_its_parameter():
    assert np.abs(draw(Uniform(limit=2.0))).max() == pytest.approx(2.0, rel=1e-3)
    assert draw(Normal(sigma=3.0)).std() == pytest.approx(3.0, rel=0.02)

    assert np.unique(draw(ConstantWeights(value=-2.0))).tolist() == [-2.0]


@pytest.mark.parametrize("shape", [(1, 1), (5, 5), (3, 8), (8, 3), (1, 4), (4, 1)])
@pytest.mark.parametrize("gain", [1.0, 1.5])
def test_orthogonal_weights_are_at_right_angles_and_of_one_length(shape, gain):
    weights = draw(Orthogonal(gain=gain), shape)
    smaller = weights if shape[0] <= shape[1] else weights.T
    np.testing.assert_allclose(smaller @ smaller.T, gain**2 * np.eye(len(smaller)), atol=1e-12)


def test_every_rotation_is_equally_likely():
    """Of 2 × 2: no preferred angle, and reflections as often as rotations."""
    drawn = [draw(Orthogonal(), (2, 2), seed) for seed in range(400)]
    angles = np.arctan2([w[1, 0] for w in drawn], [w[0, 0] for w in drawn])
    assert np.abs(np.exp(1j * np.outer([1, 2, 4], angles)).mean(axis=1)).max() < 0.15
    assert np.mean([np.linalg.det(w) > 0 for w in drawn]) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("kind", Initializer.members(), ids=lambda member: member.tag())
def test_every_initializer_explains_itself(kind):
    assert kind.title
    assert kind.formula
    assert kind.advice.endswith(".")
    assert kind.help.endswith(".")
    for field in describe(kind):
        assert field.title
        assert field.help.endswith("."), field.name


def test_uniform_weights_are_drawn_as_tensorflow_playground_draws_them():
    """Its `Math.random() - 0.5`, link after link of one neuron after another."""
    seed = TFPlaygroundRandomness(seed="0.59704")
    weights = Uniform(limit=0.5).draw(seed.streams().init, (3, 2))
    one_by_one = seed.streams().init
    assert weights.ravel().tolist() == [float(one_by_one.uniform(())) - 0.5 for _ in range(6)]


@pytest.mark.parametrize(
    ("initializer", "spread"),
    [
        (XavierUniform(), 2 / (9 + 36)),
        (XavierNormal(), 2 / (9 + 36)),
        (HeUniform(), 2 / 9),
        (HeNormal(), 2 / 9),
        (LeCunNormal(), 1 / 9),
    ],
    ids=lambda value: value.tag() if isinstance(value, Initializer) else "",
)
def test_a_layer_may_say_its_fans_itself(initializer, spread):
    """As those of a convolution with nine weights a map and four maps, whose matrix has other sides."""
    weights = initializer.draw(Pcg64(seed=1).streams().init, (400, 100), Fans(9, 36))
    assert weights.shape == (400, 100)
    assert weights.var() == pytest.approx(spread, rel=0.03)
