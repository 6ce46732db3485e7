"""The way of a signal through layers: against closed forms, SciPy's integrals and differences."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from playground.engine.activations import Activation, Linear, Relu, Sigmoid, Sine, Step, Tanh
from playground.engine.initializers import ConstantWeights, HeNormal, Initializer, Normal, XavierNormal, Zeros
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.labs.activations import ActivationExplorer, pairs
from playground.labs.activations.as_one import as_one
from playground.labs.activations.pairs import members, tried
from playground.labs.activations.signal import BINS, DeepStack, LayerShares, passage
from playground.labs.activations.using import with_activation
from playground.labs.activations.wide import expected, squares
from playground.randomness import GeneratorSource

every_activation = pytest.mark.parametrize(
    "activation", [each.usual() for each in Activation.ready()], ids=repr
)
every_initializer = pytest.mark.parametrize("kind", Initializer.ready(), ids=lambda kind: kind.tag())


@pytest.mark.parametrize("activation", [Tanh(), Sine(), Sigmoid()], ids=repr)
def test_the_gradient_that_comes_back_is_that_of_differences(activation):
    source = GeneratorSource(np.random.default_rng(0))
    stack = DeepStack.drawn(activation, XavierNormal(), 3, 4, source)
    inputs, weighs = source.normal((4, 5)), source.normal((4, 5))
    net, out = stack.forward(inputs)
    found = stack.back(net, out, weighs)
    upper = DeepStack(activation, stack.weights[1:])

    def total(z):
        return float((upper.forward(activation(z))[1][-1] * weighs).sum())

    for place in ((0, 0), (3, 4)):
        nudge = np.zeros_like(inputs)
        nudge[place] = 1e-6
        slope = (total(net[0] + nudge) - total(net[0] - nudge)) / 2e-6
        assert found[0][place] == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("variance", [0.01, 1.0, 30.0])
def test_means_of_squares_are_those_of_closed_forms(variance):
    assert squares(Relu(), variance) == pytest.approx((variance / 2, 0.5))
    falls = np.exp(-2 * variance)
    assert squares(Sine(), variance) == pytest.approx(((1 - falls) / 2, (1 + falls) / 2), rel=1e-9)


def test_means_of_squares_are_those_of_scipy():
    value, slope = squares(Tanh(), 2.0)
    spread = np.sqrt(2.0)
    assert value == pytest.approx(quad(lambda z: np.tanh(spread * z) ** 2 * norm.pdf(z), -10, 10)[0])
    assert slope == pytest.approx(quad(lambda z: np.cosh(spread * z) ** -4 * norm.pdf(z), -10, 10)[0])


@pytest.mark.parametrize(("activation", "gain"), [(Relu(), 2.0), (Linear(), 1.0)], ids=repr)
def test_he_keeps_relu_and_xavier_keeps_what_is_straight_in_wide_layers(activation, gain):
    found = expected(activation, gain, 1.0, 20)
    np.testing.assert_allclose(found.net, 1.0)
    np.testing.assert_allclose(found.gradients / found.gradients[-1], 1.0)


@pytest.mark.parametrize("activation", [Tanh(), Sigmoid(), Sine()], ids=repr)
def test_a_signal_through_wide_layers_is_as_expected(activation):
    lab = ActivationExplorer(activation=activation, width=256, depth=5)
    found, wide = lab.passage(), lab.expected()
    np.testing.assert_allclose(found.net, wide.net, rtol=0.25)
    np.testing.assert_allclose(found.gradients, wide.gradients, rtol=0.25)


def test_relu_needs_twice_the_variance():
    he, xavier = (passage(Relu(), each(), 20, 100, 1.0, 1) for each in (HeNormal, XavierNormal))
    assert abs(he.strays) < 1
    assert xavier.signal_ratio == pytest.approx(2.0**-19, rel=0.9)


def test_ten_linear_layers_are_one_and_bent_ones_are_not():
    line, bent = (as_one(each, XavierNormal(), 10, 30, 1) for each in (Linear(), Sine()))
    assert line.left < 1e-20
    assert line.differs < 1e-12
    np.testing.assert_allclose(line.one, line.outputs[0], atol=1e-12)
    slope, middle = np.polyfit(bent.along, bent.outputs[0], 1)
    np.testing.assert_allclose(bent.one, middle + slope * bent.along, atol=1e-12)
    assert bent.left > 0.05
    assert bent.differs is None


def test_a_line_that_does_not_arrive_is_none():
    assert as_one(Linear(), Zeros(), 10, 8, 1) is None
    assert as_one(Linear(), ConstantWeights(value=10), 50, 128, 1) is None


@every_activation
def test_every_activation_survives_every_extreme(activation):
    for sigma, spread in ((10.0, 100.0), (1e-3, 0.01)):
        found = passage(activation, Normal(sigma=sigma), 50, 64, spread, 1)
        assert found.signal_ratio >= 0
        assert not np.isnan(found.strays)
        assert LayerShares.of(found.values).shares.shape == (50, BINS)


@every_initializer
def test_every_initializer_survives_the_narrowest_layers(kind):
    lab = ActivationExplorer(initializer=kind(), width=2, depth=50)
    assert not np.isnan(lab.passage().strays)
    assert lab.gain >= 0


def test_shares_of_a_layer_are_counted_over_what_nearly_all_keep_within():
    values = np.random.default_rng(0).standard_normal((2, 10_000))
    found = LayerShares.of(values)
    np.testing.assert_allclose(found.edges[[0, -1]], [norm.ppf(0.005), norm.ppf(0.995)], atol=0.15)
    np.testing.assert_allclose(found.shares.sum(axis=1), 0.99, atol=0.005)


def test_the_table_has_all_that_there_is_as_it_is_set(monkeypatch):
    monkeypatch.setattr(pairs, "WIDTH", 8)
    table = members(Tanh(), Normal(sigma=0.5))
    assert [type(each) for each in table.activations] == list(Activation.ready())
    assert Normal(sigma=0.5) in table.initializers
    *_, last = tried(Tanh(), Normal(sigma=0.5), 4, 1)
    assert not np.isnan(last.powers).any()
    nothing = [type(each) for each in last.initializers].index(Zeros)
    assert (last.powers[:, nothing] == -np.inf).all()


def test_nothing_comes_back_through_a_step():
    assert passage(Step(), XavierNormal(), 3, 20, 1.0, 1).gradient_ratio == 0


def test_hidden_layers_take_both_and_the_output_keeps_its_own():
    before = Experiment()
    after = with_activation(before, Relu(), HeNormal())
    *hidden, output = after.network.layers
    assert {(each.activation, each.initializer) for each in hidden if isinstance(each, Dense)} == {
        (Relu(), HeNormal())
    }
    assert output == before.network.layers[-1]
