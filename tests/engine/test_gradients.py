"""Backpropagation through any network agrees with central differences, parameters and inputs alike."""

from math import prod

import numpy as np
import pytest
from differences import central_difference, relative_error
from grids import grid_for
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.data.graphs.node_graph import NodeGraph
from playground.engine.activations import Activation, Linear, Relu, Sigmoid, Softmax, Tanh
from playground.engine.graph import INPUT, Architecture
from playground.engine.layers import (
    ActivationLayer,
    Add,
    Concatenate,
    Dense,
    Dropout,
    Flatten,
    Layer,
    LayerProblem,
    Reshape,
    TiedDense,
)
from playground.engine.layers.readout import GraphReadout
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy, Loss, SquaredError
from playground.engine.network import Network
from playground.fields import describe
from playground.randomness import Pcg64
from playground.shapes import GraphShape

ACTIVATIONS = st.sampled_from([member() for member in Activation.members()])
FROZEN = st.sampled_from([False, False, False, True])
SAMPLES = 5
LINKS = NodeGraph(SAMPLES, np.array([[0, 1], [1, 2], [0, 2], [2, 3]]), np.array([1.0, 0.5, 2.0, -0.7]))
"""Edges for the layers that ask for them; one node has none."""


@st.composite
def hidden_layers(draw, inputs):
    """One to six layers of every kind, most of them reading the one before, some an earlier one."""
    shapes = {INPUT: (inputs,)}
    layers = []
    for number in range(draw(st.integers(1, 6))):
        encoders = [layer for layer in layers if type(layer) is Dense]
        layer = draw(members().filter(lambda layer, encoders=encoders: encoders or not layer.shares))
        blocks = ()
        if layer.shares:
            encoder = draw(st.sampled_from(encoders))
            layer = layer.sharing(dict.fromkeys(layer.shares.values(), encoder.id))
            blocks = ((encoder.units, prod(shapes[encoder.inputs[0]]) + 1),)
        fitting = [name for name in shapes if works(layer, shapes[name], *blocks)]
        assume(fitting)
        before = draw(st.sampled_from(fitting))
        if type(layer) is Reshape:
            layer = layer.with_(shape=draw(st.sampled_from(arrangements(prod(shapes[before])))))
        reads = [before]
        if layer.merges:
            fitting = [name for name in shapes if works(layer, shapes[before], shapes[name])]
            reads += draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=2))
        layer = layer.with_(id=f"layer{number}", inputs=tuple(reads))
        layers.append(layer)
        shapes[layer.id] = layer.output_shape((*(shapes[name] for name in reads), *blocks))
    return layers


def works(layer, *shapes):
    """Whether a layer can read this; a Reshape is yet to be given its shape.  Samples are nodes."""
    if layer.reads_graph and len(shapes[0]) > 1:
        return False
    try:
        layer.output_shape(shapes)
    except LayerProblem:
        return type(layer) is Reshape
    return True


def arrangements(units):
    """Rows, columns, and as many values."""
    return [(units,), *((rows, units // rows) for rows in range(1, units + 1) if units % rows == 0)]


@st.composite
def members(draw):
    """An example of any kind of layer, by turns with any activation, and frozen now and then."""
    layer = draw(st.sampled_from([layer for kind in Layer.members() for layer in kind.examples()]))
    for field in describe(type(layer)):
        if field.members == Activation.members():
            layer = layer.with_(**{field.name: draw(ACTIVATIONS)})
        elif field.name == "frozen":
            layer = layer.with_(frozen=draw(FROZEN))
    return layer


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
    rows = tuple(Flatten(id=f"flat_{name}", inputs=(name,)) for name in unread(hidden))
    join = Concatenate(id="join", inputs=tuple(row.id for row in rows))
    seed = draw(st.integers(0, 2**16))
    return Architecture(layers=(*hidden, *rows, join, output)), inputs, loss, classes, seed


class Bench:
    """A network in float64 with random parameters, inputs and targets, its gradient measured both ways."""

    def __init__(self, architecture, inputs, loss, classes, seed=0):
        random = np.random.default_rng(seed)
        self.loss = loss
        self.streams = Pcg64(seed=seed + 1).streams()
        self.network = Network(architecture, GraphShape((inputs,)), "float64", self.streams)
        self.network.parameters[:] = random.normal(0, 0.7, self.network.parameters.size)
        self.plan = self.network.plan(SAMPLES, loss, input_gradient=True, links=LINKS)
        self.plan.input[:, :-1] = random.normal(size=(SAMPLES, inputs))
        labels = random.integers(classes, size=SAMPLES) if classes else random.normal(size=SAMPLES)
        low = 0.0 if architecture.output.activation.range[0] >= 0 else -1.0
        self.plan.target[:] = loss.code(labels, classes, low)
        self._chance = self.streams.state()

    def value(self):
        self.streams.restore(self._chance)
        for operation in self.plan.forward:
            operation()
        of_data = self.loss.value(self.plan.net_outputs, self.plan.outputs, self.plan.target.T)
        return of_data + self.plan.term()

    def backpropagated(self):
        self.streams.restore(self._chance)
        self.plan.step()
        return self.network.gradients.copy(), self.plan.input_gradient.copy()

    def measured(self, h):
        """Of all parameters, 0 for those that are frozen, and of the inputs."""
        slopes = central_difference(self.value, self.network.parameters, h)
        if self.network.trainable is not None:
            slopes *= self.network.trainable
        return slopes, central_difference(self.value, self.plan.input[:, :-1], h)

    def stands_near_a_kink(self):
        """Whether two measurements of different fineness contradict each other."""
        pairs = zip(self.measured(1e-5), self.measured(2e-6), strict=True)
        return any(relative_error(finer, coarser) > 1e-6 for coarser, finer in pairs)


def assert_gradients_agree(bench):
    for found, measured in zip(bench.backpropagated(), bench.measured(1e-5), strict=True):
        assert relative_error(found, measured) < 1e-6


EXAMPLES = [layer for kind in Layer.members() if kind is not GraphReadout for layer in kind.examples()]


@pytest.mark.parametrize("layer", EXAMPLES, ids=lambda layer: f"{layer.tag()} {layer}"[:60])
def test_every_layer_sends_back_the_gradient_of_what_it_does(layer):
    units, grid = grid_for(layer, 4)
    owner = Dense(id="dense", units=units)
    middle = layer.with_(id="middle", inputs=("dense", "dense") if layer.merges else ())
    layers = (owner, *grid, middle, Flatten(id="flat"), Dense(id="output", units=2, activation=Linear()))
    assert_gradients_agree(Bench(Architecture(layers=layers), 3, SquaredError(), 0))


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
    plain = bench.network.plan(SAMPLES, SquaredError(), links=LINKS)
    plain.input[:], plain.target[:] = bench.plan.input, bench.plan.target
    expected, _ = bench.backpropagated()
    plain.step()
    np.testing.assert_array_equal(bench.network.gradients, expected)
    assert plain.input_gradient is None
    assert len(plain.operations) == len(bench.plan.operations) - 1


# --- shared weights, other shapes -------------------------------------------------------------------


def encoder(layer_id, units, *inputs):
    return Dense(id=layer_id, units=units, inputs=inputs, activation=Tanh())


def decoder(layer_id, of, *inputs):
    return TiedDense(id=layer_id, of=of, inputs=inputs, activation=Sigmoid())


TIED = {
    "an autoencoder": (encoder("a", 3), encoder("b", 2), decoder("c", "b"), decoder("d", "a")),
    "two layers tied to one": (
        encoder("a", 3),
        decoder("b", "a", "a"),
        decoder("c", "a", "a"),
        Add(id="d", inputs=("b", "c")),
        encoder("e", 2),
    ),
    "weights used three times in a row": (
        encoder("a", 2),
        decoder("b", "a"),
        encoder("c", 2),
        decoder("d", "a"),
    ),
    "a tied layer that learns while the other does not": (
        encoder("a", 3).with_(frozen=True),
        decoder("b", "a"),
    ),
    "a tied layer that does not learn while the other does": (
        encoder("a", 3),
        decoder("b", "a").with_(frozen=True),
    ),
}


@pytest.mark.parametrize("layers", TIED.values(), ids=TIED)
def test_shared_weights_get_the_sum_of_what_their_layers_say(layers):
    bench = Bench(Architecture(layers=layers), 2, SquaredError(), 0)
    bench.plan.target[:] = 0.3
    assert_gradients_agree(bench)


def test_a_tied_output_learns_from_its_net_input():
    layers = (encoder("a", 3), decoder("b", "a"))
    assert_gradients_agree(Bench(Architecture(layers=layers), 1, BinaryCrossEntropy(), 2))


def test_gradients_flow_through_shapes_that_several_layers_read():
    layers = (
        Reshape(id="grid", shape=(2, 2)),
        Flatten(id="row"),
        Reshape(id="again", shape=(4, 1), inputs=("grid",)),
        Flatten(id="flat"),
        encoder("a", 4, "row"),
        Add(id="sum", inputs=("a", "row", "flat", INPUT)),
        encoder("b", 1),
    )
    assert_gradients_agree(Bench(Architecture(layers=layers), 4, SquaredError(), 0))


def test_shapes_cost_nothing():
    layers = (encoder("a", 4), Reshape(id="grid", shape=(2, 2)), Flatten(id="row"), encoder("b", 1))
    plans = [
        Bench(Architecture(layers=chosen), 2, SquaredError(), 0).plan for chosen in (layers, layers[::3])
    ]
    assert len(plans[0].operations) == len(plans[1].operations)
    assert np.shares_memory(plans[0].values["row"], plans[0].values["a"])
