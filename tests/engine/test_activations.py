"""Every activation has PyTorch's values, the slopes of central differences, and no bad numbers."""

import numpy as np
import pytest
from differences import central_difference
from pytorch_values import TOLERANCE, array, entries, without_reference
from variants import variants

from playground.engine.activations import (
    Activation,
    ActivationWires,
    LeakyRelu,
    Relu,
    Sigmoid,
    Softmax,
    Softplus,
    Tanh,
)

EVERY = pytest.mark.parametrize("activation", variants(Activation))
REFERENCES = pytest.mark.parametrize(("activation", "entry"), entries("activations", Activation))

NEAR_NOUGHT = [0.0, -0.0, 5e-324, -5e-324, 2.3e-308, -2.3e-308, 1e-45, -1e-45, 1e-9, -1e-9]
FAR = [-1e4, -750.0, -89.0, -88.0, -30.0, 30.0, 88.0, 89.0, 750.0, 1e4]


@pytest.fixture
def z():
    """Four neurons, nine samples; no value near a kink, of which there are at 0, ±1 and ±2."""
    z = np.random.default_rng(1).normal(0, 2, (4, 9))
    near = np.abs(z - np.round(z)) < 0.01
    return np.where(near, z + 0.1, z)


def backward(activation, z, gradient):
    out = np.empty_like(z)
    activation.backward(z, activation(z), gradient, out, np.empty_like(z))
    return out


def test_every_activation_has_a_reference():
    assert without_reference("activations", Activation) == []


@REFERENCES
def test_values_are_those_of_pytorch(activation, entry):
    np.testing.assert_allclose(activation(_grid(entry["z"])), _grid(entry["value"]), **TOLERANCE)


@REFERENCES
def test_slopes_are_those_of_pytorch(activation, entry):
    np.testing.assert_allclose(activation.slope(_grid(entry["z"])), _grid(entry["slope"]), **TOLERANCE)


def _grid(numbers):
    return np.atleast_2d(array(numbers))


@pytest.mark.parametrize(
    ("activation", "entry"),
    [case for case in entries("activations", Activation) if "upstream" in case.values[1]],
)
def test_what_couples_neurons_has_the_vector_jacobian_product_of_pytorch(activation, entry):
    found = backward(activation, array(entry["z"]), array(entry["upstream"]))
    np.testing.assert_allclose(found, entry["input_gradient"], **TOLERANCE)


@EVERY
def test_the_slope_is_how_a_neuron_moves_with_its_own_net_input(activation, z):
    for row in range(len(z)):
        measured = central_difference(lambda: activation(z)[row].sum(), z, 1e-5)[row]  # noqa: B023
        np.testing.assert_allclose(activation.slope(z)[row], measured, rtol=1e-7, atol=1e-9)


@EVERY
def test_the_backward_pass_is_the_gradient_of_any_weighted_sum(activation, z):
    weights = np.random.default_rng(2).normal(size=z.shape)
    measured = central_difference(lambda: (weights * activation(z)).sum(), z, 1e-5)
    np.testing.assert_allclose(backward(activation, z, weights), measured, rtol=1e-7, atol=1e-8)


@EVERY
def test_values_lie_in_the_range_it_promises(activation, z):
    low, high = activation.range
    assert low <= activation(z).min()
    assert activation(z).max() <= high


@EVERY
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_net_inputs_give_finite_values_and_slopes_in_silence(activation, dtype):
    z = np.array([NEAR_NOUGHT, FAR, FAR[::-1]], dtype)
    with np.errstate(all="raise", under="ignore"):
        values, slopes = activation(z), activation.slope(z)
        passed = backward(activation, z, np.ones_like(z))
    assert np.isfinite(values).all()
    assert np.isfinite(slopes).all()
    assert np.isfinite(passed).all()
    low, high = activation.range
    assert low <= values.min()
    assert values.max() <= high


@EVERY
def test_far_out_too_single_precision_agrees_with_double(activation):
    z = np.array([NEAR_NOUGHT, FAR, FAR[::-1]], np.float32)
    np.testing.assert_allclose(activation(z), activation(z.astype(np.float64)), rtol=2e-6, atol=1e-7)


@EVERY
def test_single_precision_agrees_with_double_to_its_last_digits(activation, z):
    single = z.astype(np.float32)
    assert activation(single).dtype == activation.slope(single).dtype == np.float32
    double = single.astype(np.float64)
    np.testing.assert_allclose(activation(single), activation(double), rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(activation.slope(single), activation.slope(double), rtol=1e-6, atol=3e-7)


@EVERY
def test_nothing_is_changed_but_the_arrays_meant_for_it(activation, z):
    kept, gradient = z.copy(), np.ones_like(z)
    a = activation(z)
    given = a.copy()
    activation.backward(z, a, gradient, np.empty_like(z), np.empty_like(z))
    np.testing.assert_array_equal(z, kept)
    np.testing.assert_array_equal(a, given)
    assert (gradient == 1).all()


@EVERY
def test_bound_operations_do_what_the_functions_do(activation, z):
    a, gradient, out = np.empty_like(z), np.random.default_rng(3).normal(size=z.shape), np.empty_like(z)
    blocks = {parameter.name: np.empty(parameter.shape) for parameter in activation.learned(len(z))}
    for parameter in activation.learned(len(z)):
        parameter.initialize(None, blocks[parameter.name])
    gradients = {name: np.empty_like(block) for name, block in blocks.items()}
    forward, back = activation.bind(ActivationWires(z, a, gradient, out, blocks, gradients))
    for operation in [*forward, *back]:
        operation()
    np.testing.assert_allclose(a, activation(z), rtol=1e-14)
    np.testing.assert_allclose(out, backward(activation, z, gradient), rtol=1e-14)
    assert activation.bind(ActivationWires(z, a, None, None, blocks, gradients))[1] == []


@pytest.mark.parametrize(
    ("activation", "entry"),
    [case for case in entries("activations", Activation) if "parameter_slopes" in case.values[1]],
)
@pytest.mark.parametrize("choices", [{"learn": True}, {"shared": True}, {"shared": False}])
def test_learned_slopes_have_the_gradients_of_pytorch(activation, entry, choices):
    if set(choices) - set(type(activation).model_fields):
        return  # a choice of the other one
    learning = activation.with_(**choices)
    z = np.stack([array(entry["z"]), array(entry["z"])[::-1]])
    upstream = np.random.default_rng(4).normal(size=z.shape)
    (parameter,) = learning.learned(len(z))
    blocks, gradients = (
        {parameter.name: np.empty(parameter.shape)},
        {parameter.name: np.empty(parameter.shape)},
    )
    parameter.initialize(None, blocks[parameter.name])
    wires = ActivationWires(z, np.empty_like(z), upstream, np.empty_like(z), blocks, gradients)
    forward, back = learning.bind(wires)
    for operation in [*forward, *back]:
        operation()
    slopes = array(entry["parameter_slopes"][parameter.name])
    expected = upstream * np.stack([slopes, slopes[::-1]])
    each = expected.sum(axis=1)
    np.testing.assert_allclose(
        gradients[parameter.name], each if len(blocks[parameter.name]) > 1 else [each.sum()], **TOLERANCE
    )


@pytest.mark.parametrize(("activation", "left"), [(Relu(), 0.0), (LeakyRelu(gamma=0.2), 0.2)])
def test_at_a_kink_the_slope_is_the_left_one(activation, left):
    np.testing.assert_allclose(activation.slope(np.array([0.0, -0.0])), left)


def test_limits_are_reached_far_out():
    far = np.array([-1e4, 1e4])
    np.testing.assert_allclose(Sigmoid()(far), [0, 1], atol=1e-300)
    np.testing.assert_array_equal(Tanh()(far), [-1, 1])
    np.testing.assert_array_equal(Softplus()(far), [0, 1e4])
    np.testing.assert_array_equal(Softmax()(far.reshape(2, 1)).ravel(), [0, 1])


def test_shares_of_softmax_add_up_to_one(z):
    np.testing.assert_allclose(Softmax()(z * 100).sum(axis=0), 1)
