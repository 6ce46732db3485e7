"""The flat vectors, their named pieces, and plans of any batch size."""

import numpy as np
import pytest
from grids import UNJOINED, grid_for

from playground.engine.activations import Linear, Sigmoid, Softmax, Tanh
from playground.engine.graph import INPUT, Architecture
from playground.engine.layers import (
    ActivationLayer,
    BatchNorm,
    Concatenate,
    Dense,
    Dropout,
    Flatten,
    GaussianNoise,
    Maxout,
    TiedDense,
)
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy, SquaredError
from playground.engine.network import CHUNK, PLANS_KEPT, Network
from playground.randomness import Pcg64

ARCHITECTURE = Architecture(
    layers=(
        Dense(id="first", units=3, activation=Linear()),
        BatchNorm(id="norm"),
        ActivationLayer(id="bend", activation=Tanh()),
        Dropout(id="drop", probability=0.5),
        Concatenate(id="join", inputs=("drop", INPUT)),
        Dense(id="output", units=2, activation=Softmax()),
    )
)
SHAPES = {
    "first.weights": (3, 2),
    "first.bias": (3,),
    "norm.gamma": (3,),
    "norm.beta": (3,),
    "output.weights": (2, 5),
    "output.bias": (2,),
}


def build(architecture=ARCHITECTURE, dtype="float64", seed=7):
    network = Network(architecture, (2,), dtype, Pcg64(seed=seed).streams())
    network.initialize(Pcg64(seed=seed).streams().init)
    return network


def inputs(samples):
    return np.random.default_rng(samples).normal(size=(samples, 2))


def by_hand(network, x):
    """The network at test time, written out."""
    tensors = {name: tensor.copy() for name, tensor in network.tensors()}
    mean, variance = network.state["norm", "running_mean"], network.state["norm", "running_variance"]
    hidden = x @ tensors["first.weights"].T + tensors["first.bias"]
    hidden = (hidden - mean) / np.sqrt(variance + 1e-5) * tensors["norm.gamma"] + tensors["norm.beta"]
    joined = np.hstack([np.tanh(hidden), x])
    z = np.exp(joined @ tensors["output.weights"].T + tensors["output.bias"])
    return z / z.sum(axis=1, keepdims=True)


# --- the vectors ------------------------------------------------------------------------------------


def test_every_parameter_has_one_name():
    network = build()
    assert {name: tensor.shape for name, tensor in network.tensors()} == SHAPES
    assert network.parameters.size == sum(np.prod(shape) for shape in SHAPES.values())
    for _, tensor in network.tensors():
        tensor[...] += 1000
    assert network.parameters.min() > 900
    assert network.parameters.max() < 1100


def test_tensors_are_views_of_the_vector_they_are_asked_of():
    network = build()
    dict(network.tensors(network.gradients))["norm.beta"][:] = 5
    assert np.count_nonzero(network.gradients == 5) == 3
    assert not np.shares_memory(network.gradients, network.parameters)
    for vector in (None, network.gradients):
        for _, tensor in network.tensors(vector):
            assert np.shares_memory(tensor, network.parameters if vector is None else vector)


def test_only_weights_are_penalized():
    network = build()
    for name, mask in network.tensors(network.penalized):
        assert (mask == (1 if name.endswith(".weights") else 0)).all()


def test_the_span_of_a_layer_holds_all_its_tensors():
    network = build()
    spans = network.spans()
    assert list(spans) == ["first", "norm", "output"]
    for name, tensor in network.tensors():
        part = network.parameters[spans[name.split(".")[0]]]
        assert np.shares_memory(part, tensor)
    assert [span.start for span in spans.values()] == [0, 9, 15]
    assert spans["output"].stop == network.parameters.size


def test_running_averages_are_named_too():
    assert {name: values.tolist() for name, values in build().state_tensors()} == {
        "norm.running_mean": [0, 0, 0],
        "norm.running_variance": [1, 1, 1],
    }


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_all_arrays_are_of_one_precision(dtype):
    network = build(dtype=dtype)
    plan = network.plan(4, CrossEntropy(), input_gradient=True)
    arrays = [network.parameters, network.gradients, network.penalized, *network.state.values()]
    arrays += [plan.input, plan.target, plan.outputs, plan.input_gradient, *plan.values.values()]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}
    plan.step()
    assert network.predict(inputs(3)).dtype == np.dtype(dtype)


@pytest.mark.parametrize("kind", UNJOINED, ids=lambda kind: kind.tag())
def test_float32_agrees_with_float64_to_its_precision(kind):
    layer = TiedDense(id="x", of="first") if kind is TiedDense else kind(id="x")
    units, grid = grid_for(layer, 4)
    hidden = (Dense(id="first", units=units), *grid, layer, Flatten(id="flat"))
    architecture = Architecture(layers=(*hidden, Dense(id="output", units=2)))
    gradients = {}
    for dtype in ("float32", "float64"):
        network = Network(architecture, (2,), dtype)  # chance draws other numbers in another precision
        network.initialize(Pcg64().streams().init)
        plan = network.plan(6, SquaredError(), input_gradient=True)
        plan.input[:, :-1] = inputs(6)
        plan.step()
        assert {values.dtype for values in plan.values.values()} == {np.dtype(dtype)}
        gradients[dtype] = network.gradients
    scale = np.abs(gradients["float64"]).max()
    np.testing.assert_allclose(gradients["float32"], gradients["float64"], atol=1e-4 * scale)


def test_initial_weights_are_drawn_layer_by_layer_from_one_source():
    network, source = build(), Pcg64(seed=7).streams().init
    tensors = dict(network.tensors())
    for name, shape in (("first", (3, 2)), ("output", (2, 5))):
        drawn = Dense(units=1).initializer.draw(source, shape)
        np.testing.assert_array_equal(tensors[f"{name}.weights"], drawn)


def test_initializing_again_resets_running_averages():
    network = build()
    for values in network.state.values():
        values += 3
    network.initialize(Pcg64().streams().init)
    assert {name: values[0] for name, values in network.state_tensors()} == {
        "norm.running_mean": 0,
        "norm.running_variance": 1,
    }


# --- running it -------------------------------------------------------------------------------------


@pytest.mark.parametrize("samples", [1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 17])
def test_predictions_are_those_of_the_formulas_however_many_samples(samples):
    network, x = build(), inputs(samples)
    np.testing.assert_allclose(network.predict(x), by_hand(network, x), rtol=1e-12)


def test_nothing_comes_of_no_samples():
    assert build().predict(np.empty((0, 2))).shape == (0, 2)


def test_prediction_neither_drops_out_nor_moves_averages_nor_gradients():
    network, x = build(), inputs(6)
    first = network.predict(x)
    np.testing.assert_array_equal(network.predict(x), first)
    assert not network.gradients.any()
    assert dict(network.state_tensors())["norm.running_mean"].tolist() == [0, 0, 0]


def test_the_activations_of_every_layer_can_be_looked_at():
    network, x = build(), inputs(6)
    values = network.activations(x)
    assert {name: layer.shape for name, layer in values.items()} == {
        "first": (3, 6), "norm": (3, 6), "bend": (3, 6), "drop": (3, 6), "join": (5, 6), "output": (2, 6)
    }  # fmt: skip
    np.testing.assert_array_equal(values["join"], np.vstack([values["bend"], x.T]))
    np.testing.assert_allclose(values["output"].T, network.predict(x), rtol=1e-14)


def test_a_plan_is_made_once_for_a_batch_size_and_a_loss():
    network = build()
    plan = network.plan(4, SquaredError())
    assert network.plan(4, SquaredError()) is plan
    assert network.plan(4, SquaredError(half=True)) is not plan
    assert network.plan(4) is not plan
    assert network.plan(5, SquaredError()) is not plan
    assert network.plan(4, SquaredError(), input_gradient=True) is not plan


def test_only_a_few_plans_are_kept_the_latest():
    network = build()
    used, first = network.plan(100), network.plan(1)
    for samples in range(2, PLANS_KEPT + 1):
        assert network.plan(100) is used
        network.plan(samples)
    assert network.plan(100) is used
    assert network.plan(1) is not first


def test_plans_of_all_sizes_see_the_same_parameters():
    network = build()
    small, large = network.plan(2), network.plan(6)
    network.parameters += 0.5
    small.run(inputs(6)[:2])
    large.run(inputs(6))
    np.testing.assert_allclose(small.outputs, large.outputs[:, :2], rtol=1e-14)


def test_one_step_writes_every_gradient():
    network = build(
        Architecture(layers=(Dense(id="a", units=2), Dense(id="b", units=1, activation=Sigmoid())))
    )
    network.gradients[:] = np.nan
    plan = network.plan(3, BinaryCrossEntropy())
    plan.input[:, :-1], plan.target[:] = inputs(3), 1
    plan.step()
    assert np.isfinite(network.gradients).all()


# --- frozen layers ----------------------------------------------------------------------------------


def stepped(*layers, loss=None):
    """A network after one step of backpropagation, its gradients at first NaN."""
    network = build(Architecture(layers=layers))
    network.gradients[:] = np.nan
    plan = network.plan(3, loss or SquaredError())
    plan.input[:, :-1], plan.target[:] = inputs(3), 1
    plan.step()
    return network


def test_nothing_is_paid_for_frozen_layers_where_there_are_none():
    layers = (Dense(id="a"), Dense(id="b"))
    plain, frozen = stepped(*layers), stepped(layers[0].with_(frozen=True), layers[1])
    assert plain.trainable is None
    operations = [len(network.plan(3, SquaredError()).operations) for network in (plain, frozen)]
    assert operations[1] == operations[0] + 1


def test_frozen_parameters_have_no_gradient_and_the_others_theirs():
    layers = (Dense(id="a"), BatchNorm(id="b"), Dense(id="c"))
    free = dict(stepped(*layers).tensors(stepped(*layers).gradients))
    network = stepped(layers[0].with_(frozen=True), layers[1].with_(frozen=True), layers[2])
    for name, gradient in network.tensors(network.gradients):
        np.testing.assert_array_equal(gradient, free[name] if name.startswith("c.") else 0)


def test_frozen_parameters_are_marked_and_not_penalized():
    network = stepped(Dense(id="a", frozen=True), Dense(id="b"))
    for name, mask in network.tensors(network.trainable):
        assert (mask == name.startswith("b.")).all()
    for name, mask in network.tensors(network.penalized):
        assert (mask == (name == "b.weights")).all()


# --- shared weights ---------------------------------------------------------------------------------


def autoencoder(**of_encoder):
    return (Dense(id="code", units=3, **of_encoder), TiedDense(id="output", of="code", bias=0.5))


def test_shared_weights_are_saved_and_penalized_once():
    network = stepped(*autoencoder())
    tensors = dict(network.tensors())
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        "code.weights": (3, 2),
        "code.bias": (3,),
        "output.bias": (2,),
    }
    assert (tensors["output.bias"] == 0.5).all()
    assert network.penalized.sum() == 3 * 2
    assert np.isfinite(network.gradients).all()


def test_a_tied_layer_follows_every_change_of_the_weights_it_shares():
    network = build(Architecture(layers=autoencoder()))
    for scale in (1.0, -2.0):
        network.parameters *= scale
        tensors = dict(network.tensors())
        code = np.tanh(inputs(4) @ tensors["code.weights"].T + tensors["code.bias"])
        expected = np.tanh(code @ tensors["code.weights"] + tensors["output.bias"])
        np.testing.assert_allclose(network.predict(inputs(4)), expected, rtol=1e-12)


def test_shared_weights_are_frozen_with_the_layer_they_belong_to():
    network = stepped(*autoencoder(frozen=True))
    gradients = dict(network.tensors(network.gradients))
    assert not gradients["code.weights"].any()
    assert gradients["output.bias"].all()


# --- single weights ---------------------------------------------------------------------------------


def test_the_edges_of_a_tied_layer_are_the_shared_weights_transposed():
    network = build(Architecture(layers=autoencoder()))
    edges, shared = network.edges("output"), network.edges("code")
    np.testing.assert_array_equal(edges.weights[0], shared.weights[0].T)
    assert edges.bias.tolist() == [[0.5, 0.5]]
    slopes = network.edges("output", network.gradients)
    assert np.shares_memory(slopes.weights, network.gradients)


def test_a_layer_without_neurons_has_no_edges():
    assert build().edges("norm") is None


def test_a_weight_is_set_wherever_it_is_seen():
    network = build(Architecture(layers=autoencoder()))
    network.weight("output", 1, 2)[...] = 7.0
    network.weight("output", 1, -1)[...] = 8.0
    network.weight("code", 0, -1)[...] = 9.0
    tensors = dict(network.tensors())
    assert tensors["code.weights"][2, 1] == 7
    assert tensors["output.bias"].tolist() == [0.5, 8]
    assert tensors["code.bias"].tolist() == [9, 0, 0]


def test_a_weight_is_set_in_all_the_pieces_of_a_neuron():
    network = build(Architecture(layers=(Maxout(id="a", units=3, pieces=2), Dense(id="b"))))
    network.weight("a", 2, 1)[...] = 7.0
    tensors = dict(network.tensors())
    assert (tensors["a.weights"][:, 2, 1] == 7).all()
    assert np.count_nonzero(tensors["a.weights"] == 7) == 2


# --- chance -----------------------------------------------------------------------------------------


def test_layers_draw_from_the_streams_of_the_run_and_from_no_others():
    streams = Pcg64().streams()
    layers = (GaussianNoise(id="a"), Dropout(id="b", probability=0.5), Dense(id="c"))
    network = Network(Architecture(layers=layers), (2,), "float32", streams)
    before = streams.state()
    network.plan(3, SquaredError()).step()
    changed = [name for name, state in streams.state().items() if state != before[name]]
    assert changed == ["dropout", "noise"]


def test_without_streams_nothing_is_left_to_chance():
    layers = (GaussianNoise(id="a"), Dropout(id="b", probability=0.5), Dense(id="c"))
    network = Network(Architecture(layers=layers), (2,))
    plan = network.plan(3, SquaredError())
    plan.step()
    first = plan.outputs.copy()
    plan.step()
    np.testing.assert_array_equal(plan.outputs, first)
