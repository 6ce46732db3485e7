"""Every activation is what it claims to be: each property is checked against the function itself."""

import numpy as np
import pytest
from variants import variants

from playground.engine.activations import (
    Activation,
    Elu,
    Gelu,
    LeakyRelu,
    PRelu,
    Saturation,
    Swish,
)

SETTINGS = [
    LeakyRelu(gamma=0.0),
    LeakyRelu(gamma=1.0),
    PRelu(gamma=0.0),
    PRelu(gamma=-0.5),
    PRelu(gamma=1.5),
    Elu(gamma=0.5),
    Elu(gamma=2.0),
    Swish(beta=0.3),
    Swish(beta=4.0),
    Gelu(mu=1.0, sigma=0.5),
    Gelu(mu=-0.5, sigma=2.0),
]
EVERY = pytest.mark.parametrize(
    "activation", [*variants(Activation), *(pytest.param(each, id=repr(each)) for each in SETTINGS)]
)
STEP = 1e-3
NEAR = np.arange(-20, 20, STEP) + STEP / 3
"""Fine steps that hit no kink."""

FAR = np.concatenate([-np.logspace(4, 1, 400), np.logspace(1, 4, 400)])
STEEPEST_CURVE = 6.0
"""No second derivative here is larger."""


def beside_a_neuron_at_zero(function, z):
    """A function of one neuron; softmax looks at the others too, so there is one more, at 0."""
    return function(np.stack([z, np.zeros_like(z)]))[0]


def values(activation, z):
    return beside_a_neuron_at_zero(activation, z)


def slopes(activation, z):
    return beside_a_neuron_at_zero(activation.slope, z)


@EVERY
def test_values_fill_the_range_and_never_leave_it(activation):
    low, high = activation.properties.range
    found = values(activation, np.concatenate([NEAR, FAR]))
    assert low <= found.min()
    assert found.max() <= high
    assert found.min() < -50 if np.isinf(low) else found.min() - low < 1e-3
    assert found.max() > 50 if np.isinf(high) else high - found.max() < 1e-3


@EVERY
def test_an_odd_function_is_turned_around_by_turning_its_input(activation):
    z = np.linspace(0.013, 9, 500)
    here, there = activation(z.reshape(1, -1)), activation(-z.reshape(1, -1))
    assert activation.properties.odd == np.allclose(there, -here, rtol=1e-12)


@EVERY
def test_it_saturates_where_it_says(activation):
    flat = {
        side: np.abs(slopes(activation, side * np.linspace(1e3, 2e3, 999))).max() < 1e-5 for side in (-1, 1)
    }
    expected = {
        Saturation.NONE: (False, False),
        Saturation.LEFT: (True, False),
        Saturation.RIGHT: (False, True),
        Saturation.BOTH: (True, True),
    }
    assert (flat[-1], flat[1]) == expected[activation.properties.saturation]


@EVERY
def test_a_monotonic_function_never_falls_and_another_does(activation):
    falls = bool((np.diff(values(activation, NEAR)) < -1e-12).any())
    assert activation.properties.monotonic != falls


@EVERY
def test_its_slope_or_value_jumps_at_its_kinks_and_nowhere_else(activation):
    kinks = activation.properties.kinks
    allowed = (
        STEEPEST_CURVE * (1 + getattr(activation, "beta", 1)) * STEP / min(getattr(activation, "sigma", 1), 1)
    )
    jumps = np.abs(np.diff(slopes(activation, NEAR))) > allowed
    jumps |= np.abs(np.diff(values(activation, NEAR))) > 0.1
    places = NEAR[:-1][jumps] + STEP / 2
    assert len(places) == len(kinks)
    np.testing.assert_allclose(places, kinks, atol=STEP)
    assert activation.properties.smooth == (len(places) == 0)


@EVERY
def test_its_steepest_slope_is_reached_and_never_exceeded(activation):
    kinks = np.array([[kink - 1e-12, kink, kink + 1e-12] for kink in activation.properties.kinks]).ravel()
    found = slopes(activation, np.concatenate([NEAR, FAR, [0.0], kinks]))
    assert found.max() == pytest.approx(activation.properties.steepest, rel=1e-5, abs=1e-12)
    assert found.max() <= activation.properties.steepest + 1e-12


@EVERY
def test_it_can_die_when_it_has_no_slope_at_all_on_one_side(activation):
    dead = [not slopes(activation, side * np.linspace(8, 12, 99)).any() for side in (-1, 1)]
    assert activation.properties.can_die == any(dead)
