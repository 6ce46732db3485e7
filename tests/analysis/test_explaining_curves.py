"""The curves that explain: values and slopes agree, and every member of every family has one."""

import numpy as np
import pytest

from playground.analysis.curves import (
    BOWL_START,
    MOST_WEIGHTS,
    activation_curve,
    initializer_sample,
    loss_axis,
    loss_curve,
    optimizer_path,
    penalty_curve,
    schedule_curve,
)
from playground.engine.activations import Activation, Relu, Sigmoid, Softmax, Step
from playground.engine.initializers import HeNormal, Initializer, Uniform, Zeros
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy, Hinge, Loss, SquaredError
from playground.engine.optimizers import Adam, AdamW, GradientDescent, Optimizer
from playground.engine.regularizers import L1, L2, NoRegularizer, Regularizer
from playground.engine.schedules import Constant, Cosine, Schedule, StepDecay


def every(family):
    return pytest.mark.parametrize("member", family.members(), ids=lambda member: member.tag())


def assert_slope_is_of_value(curve, *, but_at=()):
    """The trapezoids under the slope add up to the value, wherever there is no jump."""
    rise = np.diff(curve.value)
    area = np.diff(curve.x) * (curve.slope[1:] + curve.slope[:-1]) / 2
    apart = np.diff(curve.x) > 1e-9
    for jump in but_at:
        apart &= ~((curve.x[:-1] <= jump) & (curve.x[1:] >= jump))
    np.testing.assert_allclose(rise[apart], area[apart], atol=1e-4)


@every(Activation)
def test_an_activation_is_drawn_with_its_slope(member):
    activation = member()
    curve = activation_curve(activation)
    assert np.isfinite(curve.value).all()
    assert curve.slope.max() <= activation.properties.steepest + 1e-12
    assert_slope_is_of_value(curve, but_at=activation.properties.kinks if member is Step else ())


def test_a_kink_is_drawn_from_both_sides():
    relu, step = activation_curve(Relu()), activation_curve(Step())
    at = np.searchsorted(relu.x, 0)
    assert -1e-300 < relu.x[at - 1] < relu.x[at] == 0 < relu.x[at + 1] < 1e-300
    assert relu.slope[at - 1 : at + 2].tolist() == [0, 0, 1]
    assert step.value[at - 1 : at + 2].tolist() == [0, 1, 1]


def test_softmax_is_drawn_beside_another_neuron():
    softmax, sigmoid = activation_curve(Softmax()), activation_curve(Sigmoid())
    np.testing.assert_allclose(softmax.value, sigmoid.value)
    np.testing.assert_allclose(softmax.slope, sigmoid.slope)


@every(Loss)
def test_every_loss_is_drawn_over_what_it_depends_on(member):
    curve = loss_curve(member())
    assert curve.value.min() >= 0
    assert np.isfinite(curve.slope).all()
    if loss_axis(member()) == "error":
        assert_slope_is_of_value(curve, but_at=(0,))


def test_losses_have_the_values_of_their_formulas():
    for loss in (BinaryCrossEntropy(), CrossEntropy()):
        curve = loss_curve(loss)
        assert loss_axis(loss) == "probability"
        np.testing.assert_allclose(curve.value, -np.log(curve.x))
        np.testing.assert_allclose(curve.slope, curve.x - 1)
    squared, hinge = loss_curve(SquaredError()), loss_curve(Hinge())
    np.testing.assert_allclose(squared.value, squared.x**2)
    assert loss_axis(Hinge()) == "margin"
    np.testing.assert_allclose(hinge.value, np.maximum(1 - hinge.x, 0))


@every(Regularizer)
def test_every_penalty_is_drawn_with_its_slope(member):
    assert_slope_is_of_value(penalty_curve(member()), but_at=(0,))


def test_penalties_have_the_values_of_their_formulas():
    two, one = penalty_curve(L2(strength=0.5)), penalty_curve(L1(strength=0.5))
    np.testing.assert_allclose(two.value, 0.25 * two.x**2)
    np.testing.assert_allclose(two.slope, 0.5 * two.x, atol=1e-9)
    np.testing.assert_allclose(one.value, 0.5 * np.abs(one.x))
    np.testing.assert_allclose(one.slope, 0.5 * np.sign(one.x), atol=1e-9)
    assert not penalty_curve(NoRegularizer()).value.any()


@every(Schedule)
def test_every_schedule_is_drawn_from_the_first_step_to_the_last(member):
    epochs, rates = schedule_curve(member(), 0.1, 200, 25)
    assert (epochs[0], epochs[-1]) == (0, 200 - 1 / 25)
    assert np.isfinite(rates).all()
    assert rates[0] == pytest.approx(member().rate(0.1, 0, 25, member().start()))


def test_schedules_have_the_values_of_their_formulas():
    epochs, rates = schedule_curve(Cosine(decay_steps=100), 0.1, 100, 10)
    np.testing.assert_allclose(rates, 0.05 * (1 + np.cos(np.pi * epochs / 100)))
    epochs, rates = schedule_curve(StepDecay(factor=0.1, every=50), 1.0, 100, 10)
    np.testing.assert_allclose(rates, np.where(epochs < 50, 1, 0.1))


def test_a_plan_of_one_step_is_one_point():
    epochs, rates = schedule_curve(Constant(), 0.1, 1, 1)
    assert (epochs.tolist(), rates.tolist()) == ([0], [0.1])


@every(Initializer)
def test_every_initializer_is_drawn_the_same_each_time(member):
    sample = initializer_sample(member(), 2, 4)
    assert np.isfinite(sample).all()
    assert len(sample) >= 1000
    np.testing.assert_array_equal(sample, initializer_sample(member(), 2, 4))


def test_samples_have_the_spread_of_their_formulas():
    assert initializer_sample(HeNormal(), 8, 4).std() == pytest.approx(0.5, rel=0.05)
    assert np.abs(initializer_sample(Uniform(limit=0.3), 8, 4)).max() == pytest.approx(0.3, rel=0.01)
    assert not initializer_sample(Zeros(), 8, 4).any()


def test_a_layer_too_large_to_draw_while_one_waits_is_not():
    assert initializer_sample(HeNormal(), MOST_WEIGHTS, 1) is not None
    assert initializer_sample(HeNormal(), MOST_WEIGHTS, 2) is None


@every(Optimizer)
def test_every_optimizer_goes_down_the_bowl(member):
    path = optimizer_path(member(), 100)
    assert path.shape == (101, 2)
    assert path[0].tolist() == BOWL_START.tolist()
    assert np.hypot(*path[-1]) < np.hypot(*path[0])


def test_paths_have_the_places_of_their_formulas():
    path = optimizer_path(GradientDescent(learning_rate=0.1), 3)
    np.testing.assert_allclose(path[-1], [-(0.9**3), 0.5 * 0.2**3])
    first = optimizer_path(Adam(learning_rate=0.1), 1)[-1]
    np.testing.assert_allclose(first, np.add(BOWL_START, [0.1, -0.1]), atol=1e-8)
    decayed = optimizer_path(AdamW(learning_rate=0.1, weight_decay=0.5), 1)[-1]
    np.testing.assert_allclose(decayed, np.add(0.95 * BOWL_START, [0.1, -0.1]), atol=1e-8)


def test_a_path_that_leaves_the_bowl_ends():
    path = optimizer_path(GradientDescent(learning_rate=100.0), 100)
    assert 1 < len(path) < 100
    assert np.isfinite(path).all()
