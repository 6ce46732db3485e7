"""Every regularizer moves weights down its own penalty, and never touches a bias."""

import numpy as np
import pytest
from differences import central_difference
from variants import variants

from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense
from playground.engine.network import Network
from playground.engine.optimizers import Adam, GradientDescent, Optimizer
from playground.engine.regularizers import (
    L1,
    L2,
    ElasticNet,
    MaxNorm,
    NoRegularizer,
    Regularizer,
    WeightDecay,
)
from playground.fields import describe

EVERY = pytest.mark.parametrize("regularizer", variants(Regularizer))

W = np.array([0.8, -0.5, 0.3, -2.0, 1.5, 0.7])
MASK = np.array([1.0, 1.0, 0.0, 1.0, 1.0, 0.0])  # two neurons of two inputs, each with its bias behind


class Descent:
    """Parameters under an optimizer and a regularizer, step by step."""

    def __init__(self, regularizer, optimizer=None, w=W, mask=MASK):
        self.w, self.mask = np.array(w), np.array(mask)
        self.rows = (self.w.reshape(2, 3)[:, :2],) if mask is MASK else ()
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
            self.regularizer.after_update(self.w, rate, self.mask, self.rows, self.memory, work)
        return self.w


@EVERY
def test_a_step_without_error_goes_down_the_penalty(regularizer):
    w, rate = W.copy(), 1e-3
    measured = central_difference(lambda: regularizer.penalty(w, MASK), w, 1e-5)
    moved = Descent(regularizer).step(np.zeros(len(W)), rate)
    np.testing.assert_allclose(moved, W - rate * measured, rtol=1e-9, atol=1e-12)


@EVERY
def test_the_slope_of_the_penalty_is_that_of_its_values(regularizer):
    w = W.copy()
    measured = central_difference(lambda: regularizer.penalty(w, MASK), w, 1e-5)
    np.testing.assert_allclose(regularizer.slope(W, MASK), measured, rtol=1e-9, atol=1e-12)


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
    assert WeightDecay(strength=0.3).penalty(W, MASK) == pytest.approx(0.3 * square / 2)
    assert MaxNorm().penalty(W, MASK) == 0  # a bound is no price


@pytest.mark.parametrize("kind", Regularizer.members(), ids=lambda member: member.tag())
def test_every_regularizer_explains_itself(kind):
    assert kind.title
    assert kind.formula
    assert kind.advice.endswith(".")
    assert kind.help.endswith(".")
    for field in describe(kind):
        assert field.title
        assert field.help.endswith("."), field.name


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


@pytest.mark.parametrize("optimizer", variants(Optimizer))
def test_what_is_typed_into_a_cut_weight_stays_whatever_the_gradient_and_the_optimizer(optimizer):
    descent = Descent(L1(strength=10, method="tf_playground"), optimizer, w=[0.3], mask=[1.0])
    for _ in range(200):
        descent.step([0.1], 0.01)
        if descent.w[0] == 0:
            break
    for typed in (2.5, -0.75):
        descent.w[0] = typed
        for _ in range(50):
            descent.step([-3.0], 0.01)
            assert descent.w[0] == typed


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


# --- proximal L1 ------------------------------------------------------------------------------------


def soft_threshold(w, threshold):
    return np.sign(w) * np.maximum(np.abs(w) - threshold, 0)


@pytest.mark.parametrize("optimizer", variants(Optimizer))
def test_the_proximal_step_is_the_soft_threshold_of_the_plain_one(optimizer):
    plain, shrunk = Descent(NoRegularizer(), optimizer), Descent(L1(strength=2, method="proximal"), optimizer)
    gradient = np.linspace(-1, 1, 6)
    expected = np.where(MASK == 1, soft_threshold(plain.step(gradient, 0.3), 0.6), plain.w)
    np.testing.assert_allclose(shrunk.step(gradient, 0.3), expected, rtol=1e-12, atol=0)


def test_proximal_weights_become_exactly_zero_and_can_come_back():
    descent = Descent(L1(strength=0.5, method="proximal"))
    for _ in range(100):
        descent.step(np.zeros(6), 0.1)
    assert not descent.w[MASK == 1].any()
    assert descent.step(np.full(6, -3.0), 0.1)[0] > 0


@pytest.mark.parametrize("method", ["subgradient", "proximal"])
def test_a_strength_below_zero_drives_weights_away_from_zero(method):
    descent = Descent(L1(strength=-2, method=method))
    descent.step(np.zeros(6), rate=0.1)
    np.testing.assert_allclose(descent.w, W + 0.2 * np.sign(W) * MASK)


def test_at_the_proximal_minimum_weak_weights_are_zero_and_strong_ones_shorter():
    """Of ½Σ(w − c)² + λΣ|w| the minimum is the soft threshold of c."""
    wanted = np.array([0.8, -0.3, 0.0, -2.0, 0.5, 0.0])
    descent = Descent(L1(strength=0.6, method="proximal"))
    for _ in range(400):
        descent.step(descent.w - wanted, 0.1)
    np.testing.assert_allclose(descent.w[MASK == 1], soft_threshold(wanted[MASK == 1], 0.6), atol=1e-12)


# --- decoupled weight decay -------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer", variants(Optimizer))
def test_decay_takes_the_same_share_off_every_weight_after_any_update(optimizer):
    plain, decayed = Descent(NoRegularizer(), optimizer), Descent(WeightDecay(strength=0.5), optimizer)
    gradient = np.linspace(-1, 1, 6)
    expected = plain.step(gradient, 0.2) * np.where(MASK == 1, 0.9, 1)
    np.testing.assert_allclose(decayed.step(gradient, 0.2), expected, rtol=1e-12)


def test_decay_is_not_rescaled_by_adam_as_l2_is():
    for regularizer, even in ((WeightDecay(strength=0.5), True), (L2(strength=0.5), False)):
        shares = 1 - Descent(regularizer, Adam()).step(np.zeros(6), 0.01)[MASK == 1] / W[MASK == 1]
        assert np.allclose(shares, shares[0]) == even


# --- max-norm ---------------------------------------------------------------------------------------


def test_a_neuron_above_the_bound_is_shortened_and_one_below_left_alone():
    moved = Descent(MaxNorm(limit=1.0)).step(np.zeros(6), 0.1)
    np.testing.assert_array_equal(moved[:3], W[:3])
    np.testing.assert_allclose(moved[3:5], W[3:5] / np.hypot(*W[3:5]), rtol=1e-14)
    assert moved[5] == W[5]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_no_neuron_of_a_network_exceeds_the_bound(dtype):
    layers = (
        Dense(id="wide", units=5),
        BatchNorm(id="norm"),
        Dense(id="output", units=3, activation=Sigmoid()),
    )
    network = Network(Architecture(layers=layers), (4,), dtype)
    w = network.parameters
    w[:] = np.random.default_rng(5).normal(0, 1, w.size)
    before = {name: tensor.copy() for name, tensor in network.tensors()}
    rows, work = network.weight_rows(), np.empty_like(w)
    assert all(np.shares_memory(each, w) for each in rows)
    limit = float(np.median(np.linalg.norm(before["wide.weights"], axis=1)))
    MaxNorm(limit=limit).after_update(w, 0.1, network.penalized, rows, (), work)
    for name, tensor in network.tensors():
        if not name.endswith("weights"):
            np.testing.assert_array_equal(tensor, before[name], err_msg=name)
            continue
        norms = np.linalg.norm(before[name], axis=1)
        np.testing.assert_allclose(np.linalg.norm(tensor, axis=1), np.minimum(norms, limit), rtol=1e-6)
        np.testing.assert_array_equal(tensor[norms < limit], before[name][norms < limit])


def test_weights_are_bounded_while_they_learn():
    descent = Descent(MaxNorm(limit=0.7), Adam())
    for _ in range(50):
        descent.step(np.full(6, -1.0), 0.1)
        assert (np.linalg.norm(descent.rows[0], axis=1) <= 0.7 + 1e-12).all()
    assert (descent.w[MASK == 0] > 1).all()


# --- weights whose squares single precision cannot hold ----------------------------------------------


@pytest.mark.filterwarnings("ignore:overflow")
def test_a_huge_weight_vector_is_shortened_in_its_direction():
    w = np.array([3e20, 4e20, 0.6, 0.8], np.float32)
    rows = (w.reshape(2, 2),)
    MaxNorm(limit=2.0).after_update(w, 0.1, np.ones_like(w), rows, (), np.empty_like(w))
    np.testing.assert_allclose(w, [1.2, 1.6, 0.6, 0.8], rtol=1e-6)


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("regularizer", [L2(strength=0.1), WeightDecay(strength=0.1)])
def test_the_price_of_a_huge_weight_is_finite(regularizer):
    w = np.array([2e20, 1.0], np.float32)
    assert regularizer.penalty(w, np.ones_like(w)) == pytest.approx(0.1 * 0.5 * 4e40, rel=1e-6)
