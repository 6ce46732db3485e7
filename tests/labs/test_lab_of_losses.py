"""What losses make of an output: against differences, closed forms and SciPy."""

import numpy as np
import pytest
from scipy.optimize import linprog, minimize

from playground.engine.losses import (
    AbsoluteError,
    BinaryCrossEntropy,
    CrossEntropy,
    Hinge,
    Huber,
    Loss,
    SquaredError,
)
from playground.labs.losses import LossExplorer
from playground.labs.losses.lines import PENALTY, GivenPoints, fitted, points, who_fit
from playground.labs.losses.one_output import behind_sigmoid, course, over_output
from playground.labs.losses.three_classes import (
    CORNERS,
    LEAST,
    ThreeClasses,
    kept_inside,
    places,
    shares_at,
)

every_loss = pytest.mark.parametrize("kind", Loss.ready(), ids=lambda kind: kind.tag())
AWAY = np.array([-3.3, -0.7, 0.45, 2.2])
"""Outputs at which no loss of the usual settings has a kink."""


@every_loss
@pytest.mark.parametrize("target", [-1.0, 1.0, 2.5])
def test_the_slope_over_the_output_is_that_of_differences(kind, target):
    step = 1e-6
    above, below = (over_output(kind(), target, AWAY + nudge).value for nudge in (step, -step))
    np.testing.assert_allclose(
        over_output(kind(), target, AWAY).slope, (above - below) / (2 * step), atol=1e-8
    )


def test_the_sign_of_the_target_says_which_class_is_right():
    np.testing.assert_allclose(over_output(Hinge(), 0.3, AWAY).value, np.maximum(0, 1 - AWAY))
    np.testing.assert_allclose(over_output(Hinge(), -0.3, AWAY).value, np.maximum(0, 1 + AWAY))
    for loss in (BinaryCrossEntropy(), CrossEntropy()):
        np.testing.assert_allclose(over_output(loss, 1.0, AWAY).value, np.log1p(np.exp(-AWAY)))


def test_behind_a_sigmoid_the_slopes_are_the_closed_forms():
    z = np.linspace(-8, 8, 33)
    output = 1 / (1 + np.exp(-z))
    crossed, squared = (course(loss, z, 0, 1, 1).slopes for loss in (BinaryCrossEntropy(), SquaredError()))
    np.testing.assert_allclose(crossed, output - 1)
    np.testing.assert_allclose(squared, 2 * (output - 1) * output * (1 - output))


def test_squared_error_stalls_where_cross_entropy_does_not():
    z = np.array([-8.0])
    crossed, squared = (course(loss, z, -8.0, 1.0, 100) for loss in (BinaryCrossEntropy(), SquaredError()))
    assert crossed.steps_to(0.1) < 20
    assert squared.steps_to(0.1) is None
    assert abs(squared.slopes[0]) < 0.001 < 0.999 < abs(crossed.slopes[0])


def test_steps_are_those_of_plain_descent_by_hand():
    found = course(SquaredError(half=True), np.zeros(1), 0.0, 2.0, 1)
    after = 0 + 2 * 0.5 * 0.25
    np.testing.assert_allclose(found.errors, [0.5, 1 - 1 / (1 + np.exp(-after))])


def test_every_loss_that_a_sigmoid_can_learn_by_is_there_as_it_is_set():
    losses = behind_sigmoid(Huber(delta=0.3))
    assert Huber(delta=0.3) in losses
    assert {type(each) for each in losses} == {BinaryCrossEntropy, SquaredError, AbsoluteError, Huber}


# --- lines ---


@pytest.fixture(scope="module")
def given():
    return points("numbers", (2.0, -3.0), 1)


def test_the_line_of_squared_error_is_that_of_least_squares(given):
    line = fitted(SquaredError(), "numbers", given)
    assert (line.slope, line.middle) == pytest.approx(np.polyfit(given.x, given.y, 1), abs=2e-3)


def test_the_line_of_absolute_error_is_that_of_linear_programming(given):
    count = len(given.x)
    design = np.column_stack([given.x, np.ones(count)])
    costs = np.concatenate([[0, 0], np.ones(2 * count)])
    equal = np.hstack([design, np.eye(count), -np.eye(count)])
    bounds = [(None, None)] * 2 + [(0, None)] * 2 * count
    best = linprog(costs, A_eq=equal, b_eq=given.y, bounds=bounds)
    line = fitted(AbsoluteError(), "numbers", given)
    assert np.abs(given.y - line.at(given.x)).sum() == pytest.approx(best.fun, rel=5e-3)


def test_the_line_of_huber_is_that_of_scipy(given):
    def total(w):
        error = np.abs(given.y - w[0] * given.x - w[1])
        each = np.where(error <= 0.5, error**2 / 2, 0.5 * (error - 0.25))
        return each.mean()

    best = minimize(total, (0.5, 0.0), method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-10}).x
    line = fitted(Huber(delta=0.5), "numbers", given)
    assert (line.slope, line.middle) == pytest.approx(best, abs=5e-3)


def test_hinge_takes_no_notice_of_what_is_far_on_its_own_side():
    near, far = (points("classes", (at, 1.0), 1) for at in (1.5, 8.0))
    borders = [fitted(Hinge(), "classes", each).border for each in (near, far)]
    assert borders[0] == pytest.approx(borders[1], abs=0.05)
    least = [fitted(SquaredError(), "classes", each).border for each in (near, far)]
    assert abs(least[1] - least[0]) > 0.2


def test_the_line_of_cross_entropy_is_that_of_scipy():
    given = points("classes", (2.0, -3.0), 1)
    t = (given.y > 0).astype(float)

    def total(w):
        z = w[0] * given.x + w[1]
        return np.mean(np.logaddexp(0, z) - t * z) + PENALTY * w[0] ** 2 / 2

    line = fitted(BinaryCrossEntropy(), "classes", given)
    assert (line.slope, line.middle) == pytest.approx(minimize(total, (1.0, 0.0)).x, abs=0.02)


def test_a_line_that_does_not_rise_has_no_border():
    flat = fitted(SquaredError(), "numbers", GivenPoints(np.array([-1.0, 1.0]), np.array([2.0, 2.0])))
    assert flat.border is None


def test_losses_of_numbers_draw_lines_through_numbers_and_others_through_classes():
    assert {type(each) for each in who_fit("numbers", Hinge())} == {SquaredError, AbsoluteError, Huber}
    assert Hinge in {type(each) for each in who_fit("classes", Hinge())}


# --- three classes ---


def test_corners_and_the_middle_of_the_triangle():
    np.testing.assert_allclose(places(np.eye(3)), CORNERS)
    x, y = places(np.array([[0.2, 0.3, 0.5]]))[0]
    np.testing.assert_allclose(shares_at(np.array(x), np.array(y)), [0.2, 0.3, 0.5])
    assert sum(kept_inside(-3.0, 5.0)) == pytest.approx(1)
    assert min(kept_inside(-3.0, 5.0)) >= LEAST / 10


def test_the_loss_over_the_triangle_is_cross_entropy_with_smooth_labels():
    asked = ThreeClasses(right=1, smoothing=0.3, temperature=1.0)
    shares = np.array([[0.2], [0.7], [0.1]])
    expected = -(0.1 * np.log(0.2) + 0.8 * np.log(0.7) + 0.1 * np.log(0.1))
    np.testing.assert_allclose(asked.value(shares), expected)
    ground = asked.ground()
    assert np.nanmin(ground) >= 0
    assert np.isnan(ground[-1, 0])


@pytest.mark.parametrize("temperature", [0.5, 1.0, 4.0])
def test_the_gradient_of_the_logits_is_that_of_differences(temperature):
    asked, logits = ThreeClasses(0, 0.2, temperature), np.array([0.3, -1.0, 0.8])

    def loss(z):
        return float(asked.value(asked.shares(z.reshape(3, 1)))[0])

    for place in range(3):
        nudge = np.eye(3)[place] * 1e-6
        slope = (loss(logits + nudge) - loss(logits - nudge)) / 2e-6
        assert asked.gradient(logits)[place] == pytest.approx(slope, abs=1e-8)


def test_smooth_labels_are_reached_and_sharp_ones_never():
    logits = np.log([0.1, 0.6, 0.3])
    smooth, sharp = (ThreeClasses(0, each, 1.0).descent(logits, 1.0, 400) for each in (0.3, 0.0))
    np.testing.assert_allclose(smooth[-1], [0.8, 0.1, 0.1], atol=1e-4)
    assert (np.diff(sharp[10:, 0]) > 0).all()
    assert sharp[-1, 0] < 1


def test_temperature_goes_from_the_largest_alone_to_the_same_for_each():
    way = ThreeClasses(0, 0.0, 1.0).by_temperature(np.log([0.2, 0.5, 0.3]))
    np.testing.assert_allclose(way[0], [0, 1, 0], atol=1e-4)
    np.testing.assert_allclose(way[-1], 1 / 3, atol=0.03)


@every_loss
def test_every_loss_survives_every_extreme(kind):
    lab = LossExplorer(
        loss=kind(),
        target=-3,
        rate=100,
        steps=500,
        start=-8,
        outside=(8, -8),
        temperature=0.05,
        smoothing=0.9,
    )
    for answers in ("numbers", "classes"):
        lines = lab.with_(answers=answers).lines()
        assert all(np.isfinite([line.slope, line.middle]).all() for line in lines)
    assert all(np.isfinite(each.errors).all() for each in lab.courses())
    assert np.isfinite(lab.softmax.descent(lab.logits, lab.rate, lab.steps)).all()
    assert np.isfinite(lab.over_output().value).all()
