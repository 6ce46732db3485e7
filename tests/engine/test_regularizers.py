"""Every regularizer moves weights down its own penalty, and never touches a bias."""

import numpy as np
import pytest
from differences import central_difference
from variants import variants

from playground.engine.optimizers import GradientDescent, Optimizer
from playground.engine.regularizers import L1, L2, ElasticNet, NoRegularizer, Regularizer

EVERY = pytest.mark.parametrize("regularizer", variants(Regularizer))

W = np.array([0.8, -0.5, 0.3, -2.0, 1.5, 0.7])
MASK = np.array([1.0, 1.0, 0.0, 1.0, 1.0, 0.0])  # the third and the last are biases


class Descent:
    """Parameters under an optimizer and a regularizer, step by step."""

    def __init__(self, regularizer, optimizer=None, w=W, mask=MASK):
        self.w, self.mask = np.array(w), np.array(mask)
        self.regularizer, self.optimizer = regularizer, optimizer or GradientDescent()
        self.memory = tuple(np.ones_like(self.w) for _ in regularizer.slots)
        self.optimizer_memory = tuple(np.zeros_like(self.w) for _ in self.optimizer.slots)
        self.steps = 0

    def step(self, gradient, rate):
        self.steps += 1
        g, work = np.array(gradient, np.float64), np.full_like(self.w, np.nan)
        if self.regularizer.acts_before_update:
            self.regularizer.before_update(self.w, g, self.mask, self.memory, work)
        self.optimizer.update(self.w, g, self.optimizer_memory, rate, self.steps, work)
        if self.regularizer.acts_after_update:
            self.regularizer.after_update(self.w, rate, self.mask, self.memory, work)
        return self.w


@EVERY
def test_a_step_without_error_goes_down_the_penalty(regularizer):
    w, rate = W.copy(), 1e-3
    measured = central_difference(lambda: regularizer.penalty(w, MASK), w, 1e-5)
    moved = Descent(regularizer).step(np.zeros(len(W)), rate)
    np.testing.assert_allclose(moved, W - rate * measured, rtol=1e-9, atol=1e-12)


@EVERY
def test_biases_are_neither_charged_nor_moved(regularizer):
    descent = Descent(regularizer)
    for _ in range(5):
        descent.step(np.zeros(len(W)), 0.5)
    np.testing.assert_array_equal(descent.w[MASK == 0], W[MASK == 0])
    other_biases = np.where(MASK == 0, 9.0, W)
    assert regularizer.penalty(other_biases, MASK) == regularizer.penalty(W, MASK)


@EVERY
def test_the_gradient_of_the_error_passes_on_to_biases(regularizer):
    moved = Descent(regularizer).step(np.full(len(W), 2.0), 0.25)
    np.testing.assert_allclose(moved[MASK == 0], W[MASK == 0] - 0.5, rtol=1e-12)


@EVERY
def test_weights_of_zero_cost_nothing_and_stay(regularizer):
    descent = Descent(regularizer, w=np.zeros(6))
    assert regularizer.penalty(descent.w, MASK) == 0
    assert not descent.step(np.zeros(6), 0.1).any()


def test_the_penalties_are_those_of_their_formulas():
    weights = [0.8, -0.5, -2.0, 1.5]
    absolute, square = sum(map(abs, weights)), sum(w * w for w in weights)
    assert NoRegularizer().penalty(W, MASK) == 0
    assert L1(strength=0.3).penalty(W, MASK) == pytest.approx(0.3 * absolute)
    assert L2(strength=0.3).penalty(W, MASK) == pytest.approx(0.3 * square / 2)
    both = ElasticNet(l1=0.3, l2=0.7).penalty(W, MASK)
    assert both == pytest.approx(0.3 * absolute + 0.7 * square / 2)


# --- TensorFlow Playground's L1 ---------------------------------------------------------------------

CUTTING = L1(strength=0.5, method="tf_playground")


def tf_playground_link(weight, gradients, rate, strength):
    """One link of TensorFlow Playground (nn.ts): L1 with its rule about crossing zero."""
    dead, path = False, []
    for gradient in gradients:
        if not dead:
            slope = (weight > 0) - (weight < 0)
            weight -= rate * gradient
            moved = weight - rate * strength * slope
            if weight * moved < 0:
                weight, dead = 0.0, True
            else:
                weight = moved
        path.append(weight)
    return path


@pytest.mark.parametrize("seed", range(20))
def test_tf_playgrounds_l1_follows_the_original_link_by_link(seed):
    random = np.random.default_rng(seed)
    start, gradients = random.normal(0, 0.5, 8).tolist(), random.normal(0, 0.3, (40, 8))
    descent = Descent(CUTTING, w=start, mask=np.ones(8))
    path = np.array([descent.step(gradient, 0.1).copy() for gradient in gradients])
    expected = [tf_playground_link(start[k], gradients[:, k].tolist(), 0.1, 0.5) for k in range(8)]
    np.testing.assert_allclose(path.T, expected, rtol=1e-12, atol=1e-15)


def test_a_weight_that_the_penalty_takes_across_zero_is_zero():
    assert Descent(CUTTING, w=[0.01], mask=[1.0]).step([0.0], 0.1) == 0


@pytest.mark.parametrize("optimizer", variants(Optimizer))
def test_a_cut_weight_stays_zero_whatever_the_gradient_and_the_optimizer(optimizer):
    strength = L1(strength=10, method="tf_playground")
    descent = Descent(strength, optimizer, w=[0.3, 0.3], mask=[1.0, 0.0])
    for _ in range(200):
        descent.step([0.1, 0.1], 0.01)
        if descent.w[0] == 0:
            break
    assert descent.w[0] == 0
    for _ in range(50):
        descent.step([-3.0, -3.0], 0.01)
        assert descent.w[0] == 0
    assert descent.w[1] != 0


def test_a_cut_weight_has_no_gradient_to_show():
    descent = Descent(CUTTING, w=[0.01, 0.8], mask=[1.0, 1.0])
    descent.step([0.0, 0.0], 0.1)
    g = np.array([3.0, 3.0])
    CUTTING.before_update(descent.w, g, descent.mask, descent.memory, np.empty(2))
    assert g.tolist() == [0, 3]


def test_the_subgradient_lets_a_weight_come_back():
    descent = Descent(L1(strength=0.5), w=[0.01], mask=[1.0])
    descent.step([0.0], 0.1)
    assert descent.step([-3.0], 0.1)[0] > 0
