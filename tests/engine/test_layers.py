"""Every layer does what PyTorch's or a plain formula does, forward and backward."""

import re
from math import prod

import numpy as np
import pytest
from grids import UNJOINED, shape_for
from pytorch_values import TOLERANCE, VALUES, array

from playground.engine.activations import Linear, PRelu, Tanh
from playground.engine.layers import (
    ActivationLayer,
    Add,
    BatchNorm,
    Concatenate,
    Dense,
    Dropout,
    GaussianNoise,
    LayerNorm,
    LayerProblem,
    Maxout,
    Scale,
    Tensor,
    TiedDense,
    Wires,
)
from playground.randomness import Pcg64

REFERENCES = {entry["kind"]: entry for entry in VALUES["layers"]}
FLOAT64 = np.dtype(np.float64)


class Bench:
    """One layer on arrays of its own, as a network would wire it; gradients begin as NaN."""

    def __init__(self, layer, *inputs, parameters=None, state=None, training=True, streams=None, shape=None):
        self.inputs = [self._tensor(values) for values in inputs]
        shapes = [shape or shape_for(layer, (len(values),)) for values in inputs]
        samples = np.shape(inputs[0])[1]
        shared = [np.shape(parameters[name]) for name in layer.shares]
        units = prod(layer.output_shape((*shapes, *shared)))
        self.output = self._tensor(np.full((units, samples), np.nan))
        self.upstream = self._tensor(np.full((units, samples), np.nan))
        self.input_gradients = [self._tensor(np.full(np.shape(values), np.nan)) for values in inputs]
        self.parameters = parameters or {}
        self.gradients = {name: np.full_like(block, np.nan) for name, block in self.parameters.items()}
        self.state = state or {}
        operations = layer.bind(
            Wires(
                inputs=tuple(self.inputs),
                output=self.output,
                input_gradients=tuple(self.input_gradients) if training else (None,) * len(inputs),
                output_gradient=self.upstream if training else None,
                parameters=self.parameters,
                gradients=self.gradients,
                state=self.state,
                training=training,
                streams=streams,
                shapes=tuple(shapes),
            )
        )
        self._forward, self._backward = operations.forward, operations.backward

    def _tensor(self, values):
        values = array(values)
        tensor = Tensor.empty(*values.shape, FLOAT64)
        tensor.values[:] = values
        return tensor

    def forward(self):
        for operation in self._forward:
            operation()
        return self.output.values

    def backward(self, upstream):
        self.upstream.values[:] = upstream
        for operation in self._backward:
            operation()
        gradients = [tensor.values for tensor in self.input_gradients]
        return gradients[0] if len(gradients) == 1 else gradients


def with_bias(weights, bias):
    return np.ascontiguousarray(np.column_stack([array(weights), array(bias)]))


# --- dense ------------------------------------------------------------------------------------------


def test_a_dense_layer_is_pytorchs():
    entry = REFERENCES["dense"]
    bench = Bench(
        Dense(units=4, activation=Linear()),
        entry["input"],
        parameters={"weights": with_bias(entry["weights"], entry["bias"])},
    )
    np.testing.assert_allclose(bench.forward(), entry["output"], **TOLERANCE)
    np.testing.assert_allclose(bench.backward(entry["upstream"]), entry["input_gradient"], **TOLERANCE)
    found = bench.gradients["weights"]
    np.testing.assert_allclose(found[:, :-1], entry["weights_gradient"], **TOLERANCE)
    np.testing.assert_allclose(found[:, -1], entry["bias_gradient"], **TOLERANCE)


def test_a_dense_layer_applies_its_activation_and_the_chain_rule():
    entry = REFERENCES["dense"]
    parameters = {"weights": with_bias(entry["weights"], entry["bias"])}
    bench = Bench(Dense(units=4, activation=Tanh()), entry["input"], parameters=parameters)
    z, upstream = array(entry["output"]), array(entry["upstream"])
    np.testing.assert_allclose(bench.forward(), np.tanh(z), **TOLERANCE)
    bench.backward(upstream)
    delta = upstream / np.cosh(z) ** 2
    np.testing.assert_allclose(bench.gradients["weights"][:, -1], delta.sum(axis=1), **TOLERANCE)
    np.testing.assert_allclose(
        bench.gradients["weights"][:, :-1], delta @ array(entry["input"]).T, **TOLERANCE
    )


def test_a_dense_layer_starts_with_drawn_weights_and_its_own_bias():
    layer = Dense(units=3, bias=0.1)
    (parameter,) = layer.parameters(((2,),))
    block = np.full(parameter.shape, np.nan)
    parameter.initialize(Pcg64().streams().init, block)
    assert (block[parameter.parts["bias"]] == 0.1).all()
    expected = layer.initializer.draw(Pcg64().streams().init, (3, 2))
    np.testing.assert_array_equal(block[parameter.parts["weights"]], expected)


# --- batch norm -------------------------------------------------------------------------------------


@pytest.fixture
def norm():
    """The reference's batch norm with its parameters and a state of its own."""
    entry = REFERENCES["batch_norm"]
    layer = BatchNorm(**entry["parameters"])
    parameters = {name: array(entry[name]) for name in ("gamma", "beta")}
    return layer, parameters, dict(layer.state(((3,),)))


def test_batch_norm_is_pytorchs_over_several_batches_with_running_averages(norm):
    layer, parameters, state = norm
    for batch in REFERENCES["batch_norm"]["batches"]:
        bench = Bench(layer, batch["input"], parameters=parameters, state=state)
        np.testing.assert_allclose(bench.forward(), batch["output"], **TOLERANCE)
        np.testing.assert_allclose(bench.backward(batch["upstream"]), batch["input_gradient"], **TOLERANCE)
        for name, gradient in bench.gradients.items():
            np.testing.assert_allclose(gradient, batch[f"{name}_gradient"], **TOLERANCE)
        np.testing.assert_allclose(state["running_mean"], batch["running_mean"], **TOLERANCE)
        np.testing.assert_allclose(state["running_variance"], batch["running_variance_unbiased"], **TOLERANCE)


def test_batch_norm_uses_the_running_averages_at_test_time_and_leaves_them(norm):
    layer, parameters, state = norm
    entry = REFERENCES["batch_norm"]
    state["running_mean"][:] = entry["batches"][-1]["running_mean"]
    state["running_variance"][:] = entry["batches"][-1]["running_variance_unbiased"]
    kept = {name: values.copy() for name, values in state.items()}
    shown = entry["inference"]
    bench = Bench(layer, shown["input"], parameters=parameters, state=state, training=False)
    np.testing.assert_allclose(bench.forward(), shown["output_unbiased"], **TOLERANCE)
    for name, values in state.items():
        np.testing.assert_array_equal(values, kept[name])


def test_batch_norm_begins_with_scale_one_and_shift_zero():
    for parameter in BatchNorm().parameters(((3,),)):
        block = np.full(parameter.shape, np.nan)
        parameter.initialize(Pcg64().streams().init, block)
        assert block.tolist() == [1.0 if parameter.name == "gamma" else 0.0] * 3


def test_a_batch_of_one_sample_goes_by_the_running_averages_and_leaves_them(norm):
    layer, parameters, state = norm
    state["running_mean"][:], state["running_variance"][:] = [1, 2, 3], [4, 5, 6]
    kept = {name: values.copy() for name, values in state.items()}
    x, upstream = np.array([[3.0], [1.0], [-2.0]]), np.array([[1.0], [-2.0], [0.5]])
    deviation = np.sqrt(np.array([4, 5, 6]) + layer.epsilon)
    normal = (x[:, 0] - [1, 2, 3]) / deviation
    bench = Bench(layer, x, parameters=parameters, state=state)
    gamma, beta = parameters["gamma"], parameters["beta"]
    np.testing.assert_allclose(bench.forward()[:, 0], gamma * normal + beta, **TOLERANCE)
    np.testing.assert_allclose(
        bench.backward(upstream)[:, 0], upstream[:, 0] * gamma / deviation, **TOLERANCE
    )
    np.testing.assert_allclose(bench.gradients["gamma"], upstream[:, 0] * normal, **TOLERANCE)
    np.testing.assert_allclose(bench.gradients["beta"], upstream[:, 0], **TOLERANCE)
    for name, values in state.items():
        np.testing.assert_array_equal(values, kept[name])


# --- dropout ----------------------------------------------------------------------------------------


def test_dropout_silences_its_share_and_scales_up_the_rest():
    bench = Bench(Dropout(probability=0.25), np.ones((50, 400)), streams=Pcg64().streams())
    values, counts = np.unique(bench.forward(), return_counts=True)
    np.testing.assert_allclose(values, [0, 4 / 3])
    assert counts[0] / counts.sum() == pytest.approx(0.25, abs=0.01)


def test_dropout_passes_the_gradient_where_it_passed_the_value():
    bench = Bench(Dropout(probability=0.5), np.ones((5, 40)), streams=Pcg64().streams())
    passed = bench.forward().copy()
    np.testing.assert_array_equal(bench.backward(np.full((5, 40), 3.0)), 3 * passed)


def test_dropout_chooses_anew_in_each_pass():
    bench = Bench(Dropout(probability=0.5), np.ones((5, 40)), streams=Pcg64().streams())
    first = bench.forward().copy()
    assert not np.array_equal(bench.forward(), first)


def test_dropout_changes_nothing_at_test_time():
    x = np.random.default_rng(2).normal(size=(5, 4))
    bench = Bench(Dropout(probability=0.5), x, streams=Pcg64().streams(), training=False)
    np.testing.assert_array_equal(bench.forward(), x)


# --- maxout -----------------------------------------------------------------------------------------


def maxout(entry, **changes):
    """The reference's layer as the engine holds it: the biases are one more column of every piece."""
    pieces = np.concatenate([array(entry["weights"]), array(entry["bias"])[..., np.newaxis]], axis=-1)
    return Maxout(units=4, pieces=2).with_(**changes), pieces


def test_maxout_is_pytorchs():
    entry = REFERENCES["maxout"]
    layer, pieces = maxout(entry)
    bench = Bench(layer, entry["input"], parameters={"pieces": pieces})
    np.testing.assert_allclose(bench.forward(), entry["output"], **TOLERANCE)
    np.testing.assert_allclose(bench.backward(entry["upstream"]), entry["input_gradient"], **TOLERANCE)
    found = bench.gradients["pieces"]
    np.testing.assert_allclose(found[..., :-1], entry["weights_gradient"], **TOLERANCE)
    np.testing.assert_allclose(found[..., -1], entry["bias_gradient"], **TOLERANCE)


@pytest.mark.parametrize("pieces", [2, 3, 5])
def test_maxout_of_any_number_of_pieces_is_the_largest_sum(pieces):
    blocks = np.random.default_rng(5).normal(size=(pieces, 4, 3))
    bench = Bench(Maxout(units=4, pieces=pieces), PARTS[0], parameters={"pieces": blocks})
    sums = blocks[..., :-1] @ PARTS[0] + blocks[..., -1:]
    np.testing.assert_allclose(bench.forward(), sums.max(axis=0), **TOLERANCE)
    bench.backward(np.ones((4, 4)))
    shares = sums.argmax(axis=0) == np.arange(pieces)[:, np.newaxis, np.newaxis]
    np.testing.assert_allclose(bench.gradients["pieces"][..., -1], shares.sum(axis=-1), **TOLERANCE)


def test_of_equal_pieces_the_first_gets_the_whole_gradient():
    blocks = np.ones((3, 2, 3))
    bench = Bench(Maxout(units=2, pieces=3), PARTS[0], parameters={"pieces": blocks})
    bench.forward()
    bench.backward(np.full((2, 4), 0.1))
    np.testing.assert_allclose(bench.gradients["pieces"][0, :, -1], 0.4)
    assert not bench.gradients["pieces"][1:].any()


def test_every_piece_of_maxout_is_drawn_like_the_weights_of_a_dense_layer():
    layer = Maxout(units=3, pieces=2, bias=0.1)
    (parameter,) = layer.parameters(((2,),))
    block = np.full(parameter.shape, np.nan)
    parameter.initialize(Pcg64().streams().init, block)
    assert (block[parameter.parts["bias"]] == 0.1).all()
    source = Pcg64().streams().init
    drawn = [layer.initializer.draw(source, (3, 2)) for _ in range(2)]
    np.testing.assert_array_equal(block[parameter.parts["weights"]], drawn)


# --- tied dense -------------------------------------------------------------------------------------


def test_a_tied_layer_is_a_dense_layer_of_the_transposed_weights():
    weights, bias, upstream = PARTS[1], np.array([0.3, -0.2, 0.1, 0.4]), np.arange(16.0).reshape(4, 4)
    shared = {"weights": with_bias(weights, [9, 9]), "bias": bias}  # the encoder's biases do not matter
    tied = Bench(TiedDense(activation=Tanh()), PARTS[0], parameters=shared)
    own = {"weights": with_bias(weights.T, bias)}
    dense = Bench(Dense(units=4, activation=Tanh()), PARTS[0], parameters=own)
    np.testing.assert_allclose(tied.forward(), dense.forward(), **TOLERANCE)
    np.testing.assert_allclose(tied.backward(upstream), dense.backward(upstream), **TOLERANCE)
    expected = dense.gradients["weights"]
    np.testing.assert_allclose(tied.gradients["weights"][:, :-1], expected[:, :-1].T, **TOLERANCE)
    np.testing.assert_allclose(tied.gradients["bias"], expected[:, -1], **TOLERANCE)
    assert not tied.gradients["weights"][:, -1].any()


# --- layer norm -------------------------------------------------------------------------------------


def test_layer_norm_is_pytorchs():
    entry = REFERENCES["layer_norm"]
    parameters = {name: array(entry[name]) for name in ("gamma", "beta")}
    bench = Bench(LayerNorm(**entry["parameters"]), entry["input"], parameters=parameters)
    np.testing.assert_allclose(bench.forward(), entry["output"], **TOLERANCE)
    np.testing.assert_allclose(bench.backward(entry["upstream"]), entry["input_gradient"], **TOLERANCE)
    for name, gradient in bench.gradients.items():
        np.testing.assert_allclose(gradient, entry[f"{name}_gradient"], **TOLERANCE)


def test_layer_norm_of_each_step_is_pytorchs():
    entry = REFERENCES["layer_norm of steps"]
    parameters = {name: array(entry[name]) for name in ("gamma", "beta")}
    layer, shape = LayerNorm(**entry["parameters"]), tuple(entry["shape"])
    bench = Bench(layer, entry["input"], parameters=parameters, shape=shape)
    assert [parameter.size for parameter in layer.parameters((shape,))] == [4, 4]
    np.testing.assert_allclose(bench.forward(), entry["output"], **TOLERANCE)
    np.testing.assert_allclose(bench.backward(entry["upstream"]), entry["input_gradient"], **TOLERANCE)
    for name, gradient in bench.gradients.items():
        np.testing.assert_allclose(gradient, entry[f"{name}_gradient"], **TOLERANCE)


def test_layer_norm_over_all_of_a_sequence_has_a_gamma_for_each_value():
    layer = LayerNorm(epsilon=1e-12, over="sample")
    assert [parameter.size for parameter in layer.parameters(((3, 4),))] == [12, 12]
    values = np.random.default_rng(1).normal(size=(12, 5))
    ones, zeros = np.ones(12), np.zeros(12)
    bench = Bench(layer, values, parameters={"gamma": ones, "beta": zeros}, shape=(3, 4))
    np.testing.assert_allclose(bench.forward(), (values - values.mean(0)) / values.std(0), rtol=1e-6)


def test_layer_norm_does_the_same_at_test_time():
    entry = REFERENCES["layer_norm"]
    parameters = {name: array(entry[name]) for name in ("gamma", "beta")}
    bench = Bench(LayerNorm(**entry["parameters"]), entry["input"], parameters=parameters, training=False)
    np.testing.assert_allclose(bench.forward(), entry["output"], **TOLERANCE)


# --- noise ------------------------------------------------------------------------------------------


def test_gaussian_noise_has_the_spread_it_says():
    bench = Bench(GaussianNoise(sigma=0.25), np.full((50, 400), 3.0), streams=Pcg64().streams())
    noise = bench.forward() - 3
    assert noise.mean() == pytest.approx(0, abs=0.01)
    assert noise.std() == pytest.approx(0.25, rel=0.02)
    assert not np.array_equal(bench.forward() - 3, noise)


def test_gaussian_noise_is_drawn_from_the_stream_of_its_name():
    streams = Pcg64().streams()
    before = streams.state()
    Bench(GaussianNoise(), np.ones((5, 4)), streams=streams).forward()
    changed = [name for name, state in streams.state().items() if state != before[name]]
    assert changed == ["noise"]
    expected = Pcg64().streams().noise.standard_normal((5, 4))
    bench = Bench(GaussianNoise(sigma=2.0), np.ones((5, 4)), streams=Pcg64().streams())
    np.testing.assert_array_equal(bench.forward(), 2 * expected + 1)


def test_gaussian_noise_leaves_the_gradient_and_the_values_at_test_time():
    bench = Bench(GaussianNoise(), PARTS[0], streams=Pcg64().streams())
    np.testing.assert_array_equal(bench.backward(PARTS[1]), PARTS[1])
    bench = Bench(GaussianNoise(), PARTS[0], streams=Pcg64().streams(), training=False)
    np.testing.assert_array_equal(bench.forward(), PARTS[0])


# --- joining, activating ----------------------------------------------------------------------------

PARTS = np.random.default_rng(3).normal(size=(3, 2, 4))


@pytest.mark.parametrize("count", [1, 2, 3])
def test_add_sums_and_gives_each_input_the_whole_gradient(count):
    bench = Bench(Add(), *PARTS[:count])
    np.testing.assert_allclose(bench.forward(), PARTS[:count].sum(axis=0), rtol=1e-14)
    bench.backward(PARTS[2])
    for gradient in bench.input_gradients:
        np.testing.assert_array_equal(gradient.values, PARTS[2])


def test_add_refuses_different_sizes_in_a_sentence():
    with pytest.raises(LayerProblem, match="adds layers of 3 and 4 neurons"):
        Add().output_shape(((3,), (4,)))


def test_concatenate_puts_inputs_side_by_side_and_cuts_the_gradient_apart():
    first, second = PARTS[0], PARTS[1][:1]
    bench = Bench(Concatenate(), first, second)
    np.testing.assert_array_equal(bench.forward(), np.vstack([first, second]))
    upstream = np.random.default_rng(4).normal(size=(3, 4))
    one, other = bench.backward(upstream)
    np.testing.assert_array_equal(np.vstack([one, other]), upstream)


def test_an_activation_layer_applies_its_function():
    bench = Bench(ActivationLayer(activation=Tanh()), PARTS[0])
    np.testing.assert_allclose(bench.forward(), np.tanh(PARTS[0]), rtol=1e-15)
    expected = PARTS[1] / np.cosh(PARTS[0]) ** 2
    np.testing.assert_allclose(bench.backward(PARTS[1]), expected, rtol=1e-12)


def test_a_scale_multiplies_and_learns_its_factor_from_all_samples():
    bench = Bench(Scale(), PARTS[0], parameters={"gamma": np.full(len(PARTS[0]), 0.5)})
    np.testing.assert_allclose(bench.forward(), 0.5 * PARTS[0], rtol=1e-15)
    np.testing.assert_allclose(bench.backward(PARTS[1]), 0.5 * PARTS[1], rtol=1e-15)
    np.testing.assert_allclose(bench.gradients["gamma"], (PARTS[0] * PARTS[1]).sum(axis=1), rtol=1e-12)


# --- what all of them promise -----------------------------------------------------------------------

EVERY = pytest.mark.parametrize("layer", [member() for member in UNJOINED], ids=lambda layer: layer.tag())
COMPUTING = pytest.mark.parametrize(
    "layer", [member() for member in UNJOINED if not member.reshapes], ids=lambda layer: layer.tag()
)


def shapes_for(layer):
    """A row of two values or a grid, and a block of two neurons with three weights each that is shared."""
    return (shape_for(layer, (2,)), *((2, 4) for _ in layer.shares))


def samples_for(layer):
    """Four samples that it can read."""
    return np.random.default_rng(3).normal(size=(prod(shapes_for(layer)[0]), 4))


def bench_of(layer, training):
    parameters = {name: np.ones((2, 4)) for name in layer.shares}
    for parameter in layer.parameters(shapes_for(layer)):
        parameters[parameter.name] = np.empty(parameter.shape)
        parameter.initialize(Pcg64().streams().init, parameters[parameter.name])
    state, streams = dict(layer.state(shapes_for(layer))), Pcg64().streams()
    return Bench(
        layer, samples_for(layer), parameters=parameters, state=state, training=training, streams=streams
    )


@COMPUTING
@pytest.mark.parametrize("training", [True, False])
def test_every_layer_leaves_its_input_and_the_row_of_ones_alone(layer, training):
    bench = bench_of(layer, training)
    bench.forward()
    if training:
        bench.backward(PARTS[1][:1].repeat(len(bench.output.values), axis=0))
    np.testing.assert_array_equal(bench.inputs[0].values, samples_for(layer))
    assert (bench.inputs[0].full[-1] == 1).all()
    assert (bench.output.full[-1] == 1).all()


@COMPUTING
def test_every_layer_fills_its_output_and_every_gradient(layer):
    bench = bench_of(layer, training=True)
    assert np.isfinite(bench.forward()).all()
    assert np.isfinite(bench.backward(np.ones_like(bench.output.values))).all()
    assert all(np.isfinite(gradient).all() for gradient in bench.gradients.values())


@EVERY
def test_no_two_pieces_of_a_layer_go_by_one_name(layer):
    for each in (layer, *type(layer).examples()):
        names = [name for block in each.parameters(shapes_for(layer)) for name in block.parts]
        assert len(set(names)) == len(names)


@EVERY
def test_the_parts_of_every_block_cover_it_once(layer):
    for parameter in layer.parameters(shapes_for(layer)):
        count = np.zeros(parameter.shape, int)
        for index in parameter.parts.values():
            count[index] += 1
        assert (count == 1).all()
        assert set(parameter.penalized) <= set(parameter.parts)
        assert "bias" not in parameter.penalized


@EVERY
def test_every_layer_explains_itself_and_names_its_source(layer):
    assert layer.title
    assert layer.formula
    assert layer.advice.endswith(".")
    assert layer.help.endswith(".")
    assert re.fullmatch(r"[A-Z].* (19|20)\d\d\.", layer.reference)


@EVERY
def test_what_has_parameters_of_its_own_can_be_frozen(layer):
    learned = layer.with_(activation=PRelu()) if hasattr(layer, "activation") else layer
    assert bool(learned.parameters(shapes_for(layer))) == ("frozen" in type(layer).model_fields)


@EVERY
def test_the_edges_of_a_layer_are_views_that_hold_a_weight_for_each_input_of_each_neuron(layer):
    if layer.reshapes:
        return
    bench = bench_of(layer, training=False)
    edges = layer.edges(bench.parameters)
    assert (edges is not None) == (layer.has_neurons and not layer.axes)
    if edges is not None:
        pieces, units = len(edges.bias), len(bench.output.values)
        assert edges.weights.shape == (pieces, units, 2)
        assert edges.bias.shape == (pieces, units)
        for view in (edges.weights, edges.bias):
            assert any(np.shares_memory(view, block) for block in bench.parameters.values())
