"""Every loss has PyTorch's values and gradients, those of central differences, and stays finite far out."""

import math
import re

import numpy as np
import pytest
from differences import central_difference
from pytorch_values import TOLERANCE, array, entries, without_reference
from variants import variants

from playground.engine.activations import Activation, Linear, Relu, Sigmoid, Softmax, Step, Tanh
from playground.engine.losses import (
    AbsoluteError,
    BinaryCrossEntropy,
    CrossEntropy,
    Hinge,
    Huber,
    Loss,
    Perceptron,
    SquaredError,
    ZeroOne,
)

EVERY = pytest.mark.parametrize(
    "loss",
    [
        *variants(Loss),
        pytest.param(Huber(delta=0.3), id="huber delta=0.3"),
        pytest.param(BinaryCrossEntropy(label_smoothing=0.2), id="binary_cross_entropy smoothed"),
        pytest.param(CrossEntropy(label_smoothing=0.2), id="cross_entropy smoothed"),
    ],
)
TASKS = pytest.mark.parametrize("classes", [0, 2, 3, 5])
SAMPLES = 6


def gradient(loss, z, a, t):
    out = np.full_like(a, np.nan)
    loss.gradient(z, a, t, out, np.full_like(a, np.nan))
    return out


def activated(loss, z):
    """The output of a layer that the loss was made for."""
    return loss.activations[0]()(z) if loss.activations else Linear()(z)


class Case:
    """Random outputs and targets of a task that the loss suits."""

    def __init__(self, loss, classes, scale=2.0, dtype=np.float64):
        random = np.random.default_rng(classes)
        self.loss = loss
        self.activation = loss.output_activation(classes, Tanh())
        self.z = random.normal(0, scale, (loss.outputs(classes), SAMPLES)).astype(dtype)
        labels = random.integers(classes, size=SAMPLES) if classes else random.normal(size=SAMPLES)
        low = 0.0 if self.activation.range[0] >= 0 else -1.0
        self.t = loss.code(labels, classes, low).T.astype(dtype)

    @property
    def a(self):
        return self.activation(self.z)

    def value(self):
        return self.loss.value(self.z, self.a, self.t)

    def gradient(self):
        return gradient(self.loss, self.z, self.a, self.t)


# --- references -------------------------------------------------------------------------------------


def test_every_loss_has_a_reference():
    assert without_reference("losses", Loss) == ["zero_one"]  # PyTorch has none


def coded(loss, entry):
    """The targets as our losses take them, by way of their own coding."""
    targets = np.array(entry["targets"])
    if entry["target_coding"] == "class index":
        return loss.code(targets, len(entry["outputs"]), 0.0).T
    if entry["target_coding"] == "numbers":
        return array(targets)
    low = 0.0 if entry["target_coding"] == "0/1" else -1.0
    return loss.code((targets[0] > 0).astype(int), 2, low).T


@pytest.mark.parametrize(("loss", "entry"), entries("losses", Loss))
def test_values_and_gradients_are_those_of_pytorch(loss, entry):
    z, t = array(entry["outputs"]), coded(loss, entry)
    a = activated(loss, z)
    assert loss.value(z, a, t) == pytest.approx(entry["loss"], rel=1e-9, abs=1e-9)
    np.testing.assert_allclose(gradient(loss, z, a, t), entry["gradient"], **TOLERANCE)


# --- by definition ----------------------------------------------------------------------------------


@EVERY
@TASKS
def test_the_gradient_agrees_with_central_differences(loss, classes):
    if not loss.suits(classes):
        return
    case = Case(loss, classes, scale=1.0)  # saturated outputs would come near the kinks at errors of 1
    if loss.from_logits:
        measured = central_difference(case.value, case.z, 1e-5)
    else:
        a = case.a
        measured = central_difference(lambda: loss.value(case.z, a, case.t), a, 1e-5)
    np.testing.assert_allclose(case.gradient(), measured, rtol=1e-7, atol=1e-9)


@EVERY
@TASKS
def test_it_is_a_mean_over_samples(loss, classes):
    if not loss.suits(classes):
        return
    case = Case(loss, classes)
    z, a, t = case.z, case.a, case.t
    each = [loss.value(z[:, [n]], a[:, [n]], t[:, [n]]) for n in range(SAMPLES)]
    np.testing.assert_allclose(loss.each(z, a, t), each, rtol=1e-12)
    assert case.value() == pytest.approx(sum(each) / SAMPLES, rel=1e-12)
    slopes = [gradient(loss, z[:, [n]], a[:, [n]], t[:, [n]]) for n in range(SAMPLES)]
    np.testing.assert_allclose(case.gradient(), np.hstack(slopes) / SAMPLES, rtol=1e-12, atol=1e-15)


@EVERY
@TASKS
def test_single_precision_agrees_with_double(loss, classes):
    if not loss.suits(classes):
        return
    double, single = Case(loss, classes), Case(loss, classes, dtype=np.float32)
    assert single.gradient().dtype == np.float32
    assert single.value() == pytest.approx(double.value(), rel=1e-5)
    np.testing.assert_allclose(single.gradient(), double.gradient(), rtol=1e-5, atol=1e-6)


@EVERY
@TASKS
@pytest.mark.parametrize("scale", [1e2, 1e4])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_logits_give_finite_values_and_gradients_in_silence(loss, classes, scale, dtype):
    if not loss.suits(classes):
        return
    case = Case(loss, classes, scale, dtype)
    with np.errstate(all="raise", under="ignore"):
        assert math.isfinite(case.value())
        assert np.isfinite(case.gradient()).all()


def test_a_confident_mistake_costs_as_much_as_the_logit_is_large():
    z = np.array([[1e4, -1e4]])
    assert BinaryCrossEntropy().value(z, Sigmoid()(z), np.array([[0.0, 1.0]])) == 1e4
    assert BinaryCrossEntropy().value(z, Sigmoid()(z), np.array([[1.0, 0.0]])) == 0
    z = np.array([[1e4], [0.0], [-1e4]])
    assert CrossEntropy().value(z, Softmax()(z), np.array([[0.0], [0.0], [1.0]])) == 2e4


def test_binary_cross_entropy_is_cross_entropy_of_two_outputs():
    z = np.array([[0.7, -2.0, 3.0]])
    t = np.array([[1.0, 1.0, 0.0]])
    both, coded_both = np.vstack([np.zeros_like(z), z]), np.vstack([1 - t, t])
    one = BinaryCrossEntropy().value(z, Sigmoid()(z), t)
    assert one == pytest.approx(CrossEntropy().value(both, Softmax()(both), coded_both), rel=1e-14)


@pytest.mark.parametrize("delta", [0.5, 1.0, 3.0])
def test_huber_is_half_the_square_near_and_a_straight_line_far_away(delta):
    near, far = np.array([[0.9 * delta]]), np.array([[-7.0 * delta]])
    target = np.zeros((1, 1))
    assert Huber(delta=delta).value(near, near, target) == pytest.approx(0.81 * delta**2 / 2)
    assert Huber(delta=delta).value(far, far, target) == pytest.approx(6.5 * delta**2)
    assert gradient(Huber(delta=delta), far, far, target) == -delta


def test_a_huge_delta_makes_huber_half_the_squared_error():
    a, t = np.array([[1.5, -40.0]]), np.array([[0.5, 7.0]])
    assert Huber(delta=1e6).value(a, a, t) == SquaredError(half=True).value(a, a, t)


def test_label_smoothing_gives_every_class_its_share_of_the_target():
    codes = CrossEntropy(label_smoothing=0.3).code(np.array([2, 0]), 3, 0.0)
    np.testing.assert_allclose(codes, [[0.1, 0.1, 0.8], [0.8, 0.1, 0.1]])
    codes = BinaryCrossEntropy(label_smoothing=0.2).code(np.array([0, 1]), 2, 0.0)
    np.testing.assert_allclose(codes, [[0.1], [0.9]])


@pytest.mark.parametrize("loss", [member() for member in Loss.members()], ids=lambda loss: loss.kind)
def test_the_plain_form_of_a_loss_smooths_nothing(loss):
    assert loss.plain == loss
    if "label_smoothing" in type(loss).model_fields:
        assert loss.with_(label_smoothing=0.2).plain == loss


def test_smoothing_two_classes_is_the_same_with_one_output_and_with_two():
    z, labels = np.array([[0.7, -2.0, 3.0]]), np.array([1, 1, 0])
    both = np.vstack([np.zeros_like(z), z])
    one, two = BinaryCrossEntropy(label_smoothing=0.3), CrossEntropy(label_smoothing=0.3)
    expected = two.value(both, Softmax()(both), two.code(labels, 2, 0.0).T)
    assert one.value(z, Sigmoid()(z), one.code(labels, 2, 0.0).T) == pytest.approx(expected, rel=1e-14)


def test_the_gradient_of_the_perceptron_is_its_rule():
    """Rosenblatt's: a sample that is wrong, or on the border, pulls by its target, and no other."""
    z = np.array([[2.0, -0.5, 3.0, -1.0, 0.0, 0.0]])
    t = np.array([[1.0, 1.0, -1.0, -1.0, 1.0, -1.0]])
    a = Step()(z)
    assert (-6 * gradient(Perceptron(), z, a, t)).tolist() == [[0, 1, -1, 0, 1, -1]]
    assert Perceptron().value(z, a, t) == pytest.approx(3.5 / 6)


def test_the_perceptron_takes_signs_whatever_its_output_gives():
    assert Perceptron().code(np.array([0, 1]), 2, 0.0).tolist() == [[-1], [1]]


def test_the_zero_one_loss_is_the_share_of_mistakes():
    z = np.array([[0.5, -0.1, 0.0, -3.0]])
    for low in (0.0, -1.0):
        t = ZeroOne().code(np.array([1, 1, 0, 0]), 2, low).T
        assert ZeroOne().value(z, z, t) == 0.5
    z = np.array([[1.0, 0.0], [0.5, 2.0], [-3.0, 0.5]])
    assert ZeroOne().value(z, z, ZeroOne().code(np.array([0, 2]), 3, 0.0).T) == 0.5


def test_hinge_sums_over_the_wrong_classes_as_weston_and_watkins_do():
    a = np.array([[1.0, 0.0], [0.5, 2.0], [-3.0, 0.5]])
    labels = np.array([0, 2])
    by_hand = [
        sum(max(0, 1 + a[j, n] - a[label, n]) for j in range(3) if j != label)
        for n, label in enumerate(labels)
    ]
    assert Hinge().value(a, a, Hinge().code(labels, 3, -1.0).T) == pytest.approx(sum(by_hand) / 2)


# --- coding and fitting -----------------------------------------------------------------------------


def test_two_classes_are_coded_as_low_and_one():
    assert SquaredError().code(np.array([0, 1, 1]), 2, -1.0).tolist() == [[-1], [1], [1]]
    assert BinaryCrossEntropy().code(np.array([0, 1]), 2, 0.0).tolist() == [[0], [1]]


def test_several_classes_are_coded_one_hot():
    assert SquaredError().code(np.array([2, 0]), 3, -1.0).tolist() == [[0, 0, 1], [1, 0, 0]]


def test_numbers_are_not_coded():
    assert SquaredError().code(np.array([2.5, -1.0]), 0, -1.0).tolist() == [[2.5], [-1.0]]


@EVERY
@TASKS
def test_coded_targets_have_a_column_for_each_output(loss, classes):
    if loss.suits(classes):
        targets = np.arange(SAMPLES) % max(classes, 1)
        assert loss.code(targets, classes, 0.0).shape == (SAMPLES, loss.outputs(classes))


@EVERY
def test_every_loss_suits_something(loss):
    assert any(loss.suits(classes) for classes in (0, 2, 3))


@EVERY
@TASKS
def test_the_output_it_asks_for_can_learn_every_target(loss, classes):
    """Whatever the output was before: its range holds the targets, and it moves with its net input."""
    if not loss.suits(classes):
        return
    targets = np.arange(SAMPLES) % classes if classes else np.linspace(-9, 9, SAMPLES)
    z = np.random.default_rng(4).normal(size=(loss.outputs(classes), SAMPLES))
    for current in Activation.members():
        activation = loss.output_activation(classes, current())
        assert loss.accepts(activation)
        assert np.ptp(activation(z), axis=1).min() > 0
        if not loss.from_logits:
            low, high = activation.range
            coded_targets = loss.code(targets, classes, 0.0 if low >= 0 else -1.0)
            assert low <= coded_targets.min()
            assert coded_targets.max() <= high


def test_every_loss_is_explained():
    for loss in Loss.members():
        assert loss.title
        assert loss.formula.startswith("L = ")
        assert loss.advice
        assert re.fullmatch(r"[A-Z].* \d{4}\.", loss.reference)


def test_only_a_loss_without_a_slope_cannot_train():
    assert [loss for loss in Loss.members() if not loss.trainable] == [ZeroOne]


def test_an_output_without_a_slope_is_for_the_perceptron_alone():
    assert [loss for loss in Loss.members() if loss().accepts(Step())] == [Perceptron]


def test_an_output_that_suits_is_left_as_it_is():
    assert Perceptron().output_activation(2, Step()) == Step()
    assert Perceptron().output_activation(2, Tanh()) == Linear()
    assert SquaredError().output_activation(2, Step()) == Tanh()
    assert AbsoluteError().output_activation(0, Step()) == Linear()
    assert SquaredError().output_activation(2, Sigmoid()) == Sigmoid()
    assert SquaredError().output_activation(3, Softmax()) == Softmax()
    assert SquaredError().output_activation(2, Relu()) == Tanh()
    assert SquaredError().output_activation(0, Relu()) == Linear()
