"""Backpropagation through any network agrees with central differences, parameters and inputs alike."""

import numpy as np
import pytest
from differences import central_difference, relative_error
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.engine.activations import Activation, Linear, Relu, Sigmoid, Softmax, Tanh
from playground.engine.graph import INPUT, Architecture
from playground.engine.layers import ActivationLayer, Add, BatchNorm, Concatenate, Dense, Dropout, Layer
from playground.engine.losses import CrossEntropy, Loss, SquaredError
from playground.engine.network import Network

ACTIVATIONS = st.sampled_from([member() for member in Activation.members()])
SAMPLES = 5


@st.composite
def hidden_layers(draw, inputs):
    """One to five layers of every kind, most of them reading the one before, some an earlier one."""
    units = {INPUT: inputs}
    layers = []
    for number in range(draw(st.integers(1, 5))):
        before = draw(st.sampled_from(list(units)))
        layer_id = f"layer{number}"
        layer = draw(LAYERS[draw(st.sampled_from(sorted(LAYERS)))]).with_(id=layer_id, inputs=(before,))
        if layer.merges:
            fitting = [name for name in units if type(layer) is Concatenate or units[name] == units[before]]
            others = draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=2))
            layer = layer.with_(inputs=(before, *others))
        layers.append(layer)
        units[layer_id] = layer.output_units(tuple(units[name] for name in layer.inputs))
    return layers


LAYERS = {
    "dense": st.builds(Dense, units=st.integers(1, 4), activation=ACTIVATIONS),
    "activation": st.builds(ActivationLayer, activation=ACTIVATIONS),
    "batch_norm": st.builds(BatchNorm, epsilon=st.sampled_from([0.01, 0.1])),
    "dropout": st.builds(Dropout, probability=st.sampled_from([0.0, 0.3, 0.6])),
    "add": st.just(Add()),
    "concatenate": st.just(Concatenate()),
}


def unread(layers):
    read = {name for layer in layers for name in layer.inputs}
    return tuple(layer.id for layer in layers if layer.id not in read)


@st.composite
def problems(draw):
    """A network, a loss that suits it, and how many classes the targets are of (0: numbers)."""
    inputs = draw(st.integers(1, 3))
    classes = draw(st.sampled_from([0, 2, 3]))
    loss = draw(st.sampled_from([member() for member in Loss.members() if member().suits(classes)]))
    hidden = draw(hidden_layers(inputs))
    activation = loss.output_activation(classes, draw(ACTIVATIONS))
    output = Dense(id="output", units=loss.outputs(classes), activation=activation, inputs=("join",))
    join = Concatenate(id="join", inputs=unread(hidden))
    seed = draw(st.integers(0, 2**16))
    return Architecture(layers=(*hidden, join, output)), inputs, loss, classes, seed


class Bench:
    """A network in float64 with random parameters, inputs and targets, its gradient measured both ways."""

    def __init__(self, architecture, inputs, loss, classes, seed=0):
        random = np.random.default_rng(seed)
        self.loss = loss
        self.dropout = np.random.default_rng(seed + 1)
        self.network = Network(architecture, inputs, "float64", self.dropout)
        self.network.parameters[:] = random.normal(0, 0.7, self.network.parameters.size)
        self.plan = self.network.plan(SAMPLES, loss, input_gradient=True)
        self.plan.input[:, :-1] = random.normal(size=(SAMPLES, inputs))
        labels = random.integers(classes, size=SAMPLES) if classes else random.normal(size=SAMPLES)
        low = 0.0 if architecture.output.activation.range[0] >= 0 else -1.0
        self.plan.target[:] = loss.code(labels, classes, low)
        self._chance = self.dropout.bit_generator.state

    def value(self):
        self.dropout.bit_generator.state = self._chance
        for operation in self.plan.forward:
            operation()
        return self.loss.value(self.plan.net_outputs, self.plan.outputs, self.plan.target.T)

    def backpropagated(self):
        self.dropout.bit_generator.state = self._chance
        self.plan.step()
        return self.network.gradients.copy(), self.plan.input_gradient.copy()

    def measured(self, h):
        inputs = self.plan.input[:, :-1]
        return (
            central_difference(self.value, self.network.parameters, h),
            central_difference(self.value, inputs, h),
        )

    def stands_near_a_kink(self):
        """Whether two measurements of different fineness contradict each other."""
        pairs = zip(self.measured(1e-5), self.measured(2e-6), strict=True)
        return any(relative_error(finer, coarser) > 1e-6 for coarser, finer in pairs)


def assert_gradients_agree(bench):
    for found, measured in zip(bench.backpropagated(), bench.measured(1e-5), strict=True):
        assert relative_error(found, measured) < 1e-6


def test_the_random_networks_hold_every_kind_of_layer():
    assert set(LAYERS) == {member.tag() for member in Layer.members()}


@settings(max_examples=150, deadline=None)
@given(problems())
def test_backpropagation_agrees_with_central_differences(problem):
    bench = Bench(*problem)
    assume(not bench.stands_near_a_kink())
    assert_gradients_agree(bench)


@pytest.mark.parametrize("loss", [member() for member in Loss.members()], ids=lambda loss: loss.tag())
@pytest.mark.parametrize("classes", [0, 2, 3])
def test_every_loss_sends_its_gradient_through_a_deep_network(loss, classes):
    if not loss.suits(classes):
        return
    output = Dense(units=loss.outputs(classes), activation=loss.output_activation(classes, Tanh()), id="c")
    layers = (Dense(id="a", units=4), Dense(id="b", units=3, activation=Sigmoid()), output)
    assert_gradients_agree(Bench(Architecture(layers=layers), 2, loss, classes))


def test_a_network_of_relu_agrees_away_from_its_kinks():
    layers = (Dense(id="a", units=6, activation=Relu()), Dense(id="b", units=6, activation=Relu()))
    output = Dense(id="c", units=1, activation=Linear())
    bench = Bench(Architecture(layers=(*layers, output)), 2, SquaredError(), 0, seed=2)
    bench.value()
    assert (
        min(abs(values).min() for name, values in bench.plan.values.items() if name != "c") == 0
    )  # some die
    assert_gradients_agree(bench)


def test_an_output_of_softmax_may_be_read_by_a_loss_that_does_not_know_it():
    layers = (Dense(id="a", units=3), Dense(id="b", units=3, activation=Softmax()))
    assert_gradients_agree(Bench(Architecture(layers=layers), 2, SquaredError(), 3))


def test_one_output_layer_alone_has_gradients():
    output = Dense(id="a", units=3, activation=Softmax())
    assert_gradients_agree(Bench(Architecture(layers=(output,)), 2, CrossEntropy(), 3))


def test_the_input_that_several_layers_read_gets_the_sum_of_their_gradients():
    layers = (
        Dense(id="a", units=2),
        Add(id="b", inputs=("a", INPUT, INPUT)),
        Concatenate(id="c", inputs=("b", INPUT)),
        Dense(id="d", units=1),
    )
    assert_gradients_agree(Bench(Architecture(layers=layers), 2, SquaredError(), 0))


def test_a_layer_that_is_read_twice_by_one_layer_counts_twice():
    layers = (Dense(id="a", units=2), Add(id="b", inputs=("a", "a")), Dense(id="c", units=1))
    assert_gradients_agree(Bench(Architecture(layers=layers), 2, SquaredError(), 0))


def test_layers_before_anything_that_learns_pass_the_gradient_to_the_inputs():
    layers = (
        Dropout(id="a", probability=0.5),
        ActivationLayer(id="b", activation=Tanh()),
        Dense(id="c", units=1),
    )
    assert_gradients_agree(Bench(Architecture(layers=layers), 3, SquaredError(), 0))


def test_asking_for_the_input_gradient_changes_no_other_gradient():
    architecture = Architecture(layers=(Dense(id="a", units=3), Dense(id="b", units=1)))
    bench = Bench(architecture, 2, SquaredError(), 0)
    plain = bench.network.plan(SAMPLES, SquaredError())
    plain.input[:], plain.target[:] = bench.plan.input, bench.plan.target
    expected, _ = bench.backpropagated()
    plain.step()
    np.testing.assert_array_equal(bench.network.gradients, expected)
    assert plain.input_gradient is None
    assert len(plain.operations) == len(bench.plan.operations) - 1
