"""Layers on pictures and sequences do what PyTorch's do, forward and backward, whole or in parts."""

import numpy as np
import pytest
from differences import central_difference, relative_error
from grids import UNJOINED, shape_for
from pytorch_values import TOLERANCE, array, entries, without_reference

from playground.engine.activations import Linear, PRelu, Relu, Softmax, Tanh
from playground.engine.arrays import Shape
from playground.engine.graph import Architecture, remarks, resolve
from playground.engine.layers import BatchNorm, Dense, Flatten, Layer, LayerProblem, Tensor, Wires, columns
from playground.engine.layers.convolution import Conv1D, Conv2D
from playground.engine.layers.dropout import ChannelDropout
from playground.engine.layers.pooling import AveragePool, MaxPool, Upsample
from playground.engine.layers.recurrent import Recurrent
from playground.engine.layers.sliding import Side
from playground.engine.layers.transposed import ConvTranspose
from playground.engine.losses import SquaredError
from playground.engine.network import Network
from playground.randomness import Pcg64

FLOAT64 = np.dtype(np.float64)


def flat(values):
    """PyTorch's (n, channels, …) as the engine has it: (units, n), the channels last."""
    values = array(values)
    return np.moveaxis(values, (0, 1), (-1, -2)).reshape(-1, len(values))


def tensor(values):
    made = Tensor.empty(*values.shape, FLOAT64)
    made.values[:] = values
    return made


class Bound:
    """A layer bound to an input of a shape; gradients begin as NaN."""

    def __init__(self, layer, shape: Shape, values, weights=None):
        self.shape = layer.output_shape((shape,))
        units, samples = int(np.prod(self.shape)), values.shape[1]
        self.output, self.upstream = (tensor(np.full((units, samples), np.nan)) for _ in range(2))
        self.slopes = tensor(np.full(values.shape, np.nan))
        blocks = {} if weights is None else {"weights": weights}
        self.gradients = {name: np.full_like(block, np.nan) for name, block in blocks.items()}
        wires = Wires(
            (tensor(values),), self.output, (self.slopes,), self.upstream, blocks, self.gradients,
            training=True, shapes=(shape,),
        )  # fmt: skip
        self.operations = layer.bind(wires)

    def run(self, upstream):
        for operation in self.operations.forward:
            operation()
        self.upstream.values[:] = upstream
        for operation in self.operations.backward:
            operation()


def bound(layer, entry):
    _, channels, *sides = array(entry["x"]).shape
    weights = None
    if "w" in entry:
        kernels = array(entry["w"])
        weights = np.column_stack([kernels.reshape(len(kernels), -1), array(entry["b"])])
        layer = layer.with_(activation=Linear())
    return Bound(layer, (*sides, channels), flat(entry["x"]), weights)


@pytest.mark.parametrize("at_once", [1 << 22, 1], ids=["whole", "a sample at a time"])
@pytest.mark.parametrize(("layer", "entry"), entries("grids", Layer))
def test_a_layer_on_a_grid_is_pytorchs(layer, entry, at_once, monkeypatch):
    monkeypatch.setattr(columns, "MOST_COLUMNS", at_once)
    bench = bound(layer, entry)
    bench.run(flat(entry["upstream"]))
    np.testing.assert_allclose(bench.output.values, flat(entry["output"]), **TOLERANCE)
    np.testing.assert_allclose(bench.slopes.values, flat(entry["x_gradient"]), **TOLERANCE)
    if "w" in entry:
        found, kernels = bench.gradients["weights"], array(entry["w_gradient"])
        np.testing.assert_allclose(found[:, :-1], kernels.reshape(len(kernels), -1), **TOLERANCE)
        np.testing.assert_allclose(found[:, -1], entry["b_gradient"], **TOLERANCE)


def test_every_layer_that_asks_for_a_grid_has_a_reference():
    without = set(without_reference("grids", Layer))
    without -= {kind.tag() for kind in Layer.members() if issubclass(kind, Recurrent)}  # have their own
    without -= {"self_attention", "dense_at_each_step", "embedding", "positional_encoding", "external_memory"}
    asks = [kind.tag() for kind in UNJOINED if kind.axes and kind.tag() in without]
    assert asks == ["channel_dropout"]  # PyTorch draws other numbers


@pytest.mark.parametrize("activation", [Relu(), PRelu(), Softmax()], ids=lambda each: each.tag())
def test_a_batch_in_parts_is_the_same_batch(activation, monkeypatch):
    """Weights of the activation, too, gather what all parts say of them."""
    found = []
    for at_once in (1 << 22, 700):
        monkeypatch.setattr(columns, "MOST_COLUMNS", at_once)
        hidden = (Conv2D(id="conv", filters=3, activation=activation), Flatten(id="flat"))
        network = Network(Architecture(layers=(*hidden, Dense(id="output", units=2))), (5, 6, 2), "float64")
        network.initialize(Pcg64().streams().init)
        plan = network.plan(7, SquaredError(), input_gradient=True)
        plan.input[:, :-1] = np.random.default_rng(1).normal(size=(7, 60))
        plan.step()
        found.append((plan.outputs.copy(), network.gradients.copy(), plan.input_gradient.copy()))
    for whole, parted in zip(*found, strict=True):
        np.testing.assert_allclose(parted, whole, rtol=1e-12, atol=1e-14)


def test_the_largest_that_comes_first_takes_the_whole_gradient():
    bench = Bound(MaxPool(), (2, 2, 1), np.ones((4, 1)))
    bench.run(np.array([[3.0]]))
    assert bench.slopes.values.ravel().tolist() == [3, 0, 0, 0]


@pytest.mark.parametrize("length", range(1, 9))
@pytest.mark.parametrize("size", [1, 2, 3, 4])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_same_padding_gives_a_window_for_each_stride(length, size, stride):
    side = Side.of(length, size, stride, padding="same")
    assert side.count == -(-length // stride)
    assert side.after - side.before in (0, 1)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_transposed_convolution_is_as_large_as_people_expect(size, stride):
    """PyTorch's (n − 1) s + k without padding, Keras's n s with "same"."""
    whole = ConvTranspose(kernel=size, stride=stride, padding="valid", filters=3)
    assert whole.output_shape(((5, 6, 2),)) == (4 * stride + size, 5 * stride + size, 3)
    assert whole.with_(padding="same").output_shape(((5, 6, 2),)) == (5 * stride, 6 * stride, 3)


def test_no_window_of_a_causal_convolution_sees_what_comes_later():
    layer = Conv1D(filters=1, kernel=3, padding="causal", activation=Linear())
    values, weights = np.zeros((6, 6)), np.array([[1.0, 1, 1, 0]])
    np.fill_diagonal(values, 1)  # sample t is 1 at step t alone
    bench = Bound(layer, (6, 1), values, weights)
    bench.run(np.zeros((6, 6)))
    assert (np.triu(bench.output.values, 1) == 0).all()


# --- what they refuse -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("layer", "shape", "sentence"),
    [
        (Conv2D(), (64,), "Conv 2D reads pictures, height × width × channels, and is given 64."),
        (Conv2D(kernel=5), (4, 8, 1), "A window of Conv 2D is larger than its input of 4×8"),
        (Conv2D(groups=2), (8, 8, 3), "Its 2 groups cannot share 3 channels and 8 filters equally"),
        (Conv1D(), (8, 8, 1), "Conv 1D reads sequences, steps × columns, and is given 8×8×1."),
        (Conv1D(kernel=9), (4, 1), "A window of Conv 1D is larger than its input of 4"),
        (MaxPool(), (12,), "Max pool reads pictures or sequences, and is given 12"),
        (AveragePool(size=9), (4, 4, 1), "A window of Average pool is larger than its input of 4×4"),
        (
            ConvTranspose(),
            (64,),
            "Conv transpose reads pictures, height × width × channels, and is given 64.",
        ),
        (ConvTranspose(stride=16), (64, 64, 2), "It would give 1024×1024×8; take a smaller stride."),
        (Upsample(factor=16), (64, 64, 2), "It would give 1024×1024×2; take a smaller factor."),
    ],
)
def test_what_does_not_fit_says_why(layer, shape, sentence):
    with pytest.raises(LayerProblem) as problem:
        layer.output_shape((shape,))
    assert sentence in str(problem.value.text)


@pytest.mark.parametrize("layer", [kind() for kind in UNJOINED if kind.axes], ids=lambda each: each.tag())
def test_nothing_is_sent_back_in_inference_nor_where_nobody_learns(layer):
    shape = shape_for(layer, ())
    network = Network(Architecture(layers=(layer, Flatten(id="flat"), Dense(id="output", units=1))), shape)
    network.initialize(Pcg64().streams().init)
    inputs = np.ones((3, int(np.prod(shape))))
    plan = network.plan(3, SquaredError())
    plan.input[:, :-1] = inputs
    plan.step()
    np.testing.assert_allclose(network.predict(inputs), plan.outputs.T, rtol=1e-6)


def test_shapes_follow_through_a_network():
    layers = (
        Conv2D(id="a", filters=16), MaxPool(id="b"), Conv2D(id="c", filters=32), MaxPool(id="d"),
        Flatten(id="e"), Dense(id="f", units=10),
    )  # fmt: skip
    graph = resolve(Architecture(layers=layers), (16, 16, 1))
    assert [node.shape for node in graph.nodes] == [
        (14, 14, 16), (7, 7, 16), (5, 5, 32), (2, 2, 32), (128,), (10,)
    ]  # fmt: skip
    assert graph.parameters == (9 + 1) * 16 + (16 * 9 + 1) * 32 + 129 * 10


def test_initial_weights_are_drawn_for_what_a_window_sees():
    """He's normal has the variance 2 / fan_in, and fan_in is k · k · channels."""
    layer = Conv2D(filters=64, kernel=3)
    (weights,) = layer.parameters(((8, 8, 16),))
    block = np.empty(weights.shape)
    weights.initialize(Pcg64().streams().init, block)
    assert block[:, :-1].var() == pytest.approx(2 / (9 * 16), rel=0.05)
    assert shape_for(layer, ()) == (3, 4, 2)


# --- channel by channel -----------------------------------------------------------------------------


def normed(shape, values, upstream):
    """What batch norm makes of a batch (units, samples), and all that it leaves behind."""
    layer = BatchNorm(epsilon=0.01)
    blocks = {"gamma": np.array([0.7, -1.2]), "beta": np.array([0.3, 0.1])}
    gradients = {name: np.empty(2) for name in blocks}
    state = dict(layer.state((shape,)))
    output, slopes, given = (tensor(np.full(values.shape, np.nan)) for _ in range(3))
    given.values[:] = upstream
    wires = Wires(
        (tensor(values),), output, (slopes,), given, blocks, gradients, state, training=True, shapes=(shape,)
    )
    operations = layer.bind(wires)
    for operation in (*operations.forward, *operations.backward):
        operation()
    return output.values, slopes.values, {**gradients, **state}


def test_batch_norm_normalizes_each_channel_over_samples_and_places():
    """As it does on rows of all values of a channel, which is PyTorch's."""
    values, upstream = np.random.default_rng(2).normal(1, 2, size=(2, 12, 2, 5))
    rows = (array.transpose(1, 0, 2).reshape(2, 60) for array in (values, upstream))
    *wanted, others = normed((2,), *rows)
    *found, left = normed((3, 4, 2), values.reshape(24, 5), upstream.reshape(24, 5))
    for on_grid, on_rows in zip(found, wanted, strict=True):
        back = on_rows.reshape(2, 12, 5).transpose(1, 0, 2).reshape(24, 5)
        np.testing.assert_allclose(on_grid, back, rtol=1e-12, atol=1e-13)
    for name, expected in others.items():
        np.testing.assert_allclose(left[name], expected, rtol=1e-12, atol=1e-13)


def test_batch_norm_learns_two_numbers_a_channel():
    layers = Conv2D(id="conv", filters=3), BatchNorm(id="norm"), Flatten(id="flat"), Dense(id="out", units=1)
    graph = resolve(Architecture(layers=layers), (6, 6, 1))
    assert graph.nodes[1].shape == (4, 4, 3)
    assert sum(parameter.size for parameter in graph.nodes[1].parameters) == 6


@pytest.mark.parametrize("kind", [Conv2D, ConvTranspose])
def test_the_bias_of_a_convolution_before_batch_norm_is_remarked_upon(kind):
    layer = kind(id="a", activation=Linear())
    rest = BatchNorm(id="norm"), Flatten(id="flat"), Dense(id="out", units=1)
    (remark,) = remarks(resolve(Architecture(layers=(layer, *rest)), (6, 6, 1)))
    assert remark.layer_id == "norm"
    assert "bias of the layer before it has no effect" in str(remark.text)
    bent = layer.with_(activation=Relu())
    assert remarks(resolve(Architecture(layers=(bent, *rest)), (6, 6, 1))) == ()


def test_gradients_through_batch_norm_on_a_grid_agree_with_central_differences():
    layers = (
        Conv2D(id="conv", filters=3, kernel=2, activation=Tanh()), BatchNorm(id="norm", epsilon=0.1),
        Flatten(id="flat"), Dense(id="out", units=1, activation=Linear()),
    )  # fmt: skip
    network = Network(Architecture(layers=layers), (3, 4, 2), "float64")
    random = np.random.default_rng(4)
    network.parameters[:] = random.normal(0, 0.7, network.parameters.size)
    loss = SquaredError()
    plan = network.plan(4, loss)
    plan.input[:, :-1] = random.normal(size=(4, 24))

    def value():
        for operation in plan.forward:
            operation()
        return loss.value(plan.net_outputs, plan.outputs, plan.target.T)

    plan.step()
    found = network.gradients.copy()
    assert relative_error(found, central_difference(value, network.parameters, 1e-5)) < 1e-6


def test_channel_dropout_silences_a_channel_at_all_places_or_at_none():
    layers = (ChannelDropout(id="drop", probability=0.4), Flatten(id="flat"), Dense(id="out", units=1))
    network = Network(Architecture(layers=layers), (3, 4, 2), "float64", Pcg64().streams())
    plan = network.plan(500, SquaredError())
    plan.input[:] = 1
    plan.step()
    kept = plan.values["drop"].reshape(12, 2, 500)
    assert (kept == kept[0]).all()
    np.testing.assert_allclose(np.unique(kept), [0, 1 / 0.6])
    assert kept[0].mean() == pytest.approx(1, abs=0.1)
    np.testing.assert_array_equal(network.activations(np.ones((3, 24)))["drop"], 1)
