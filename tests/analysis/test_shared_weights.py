"""W Wᵗ and angles to principal components are those of the mathematics."""

import numpy as np
import pytest
from scipy.linalg import subspace_angles

from playground.analysis.shared_weights import (
    from_identity,
    products,
    sharing,
)
from playground.engine.activations import Linear, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten, TiedDense
from playground.experiment import Experiment
from playground.training.principal_angle import largest_angle, linear_pair, principal_components

RNG = np.random.default_rng(5)
LINEAR = Linear()


def network(*before, code=LINEAR, output=LINEAR):
    first = Dense(id="code", units=2, activation=code)
    last = TiedDense(id="output", of="code", activation=output)
    return Architecture(layers=(*before, first, last))


def test_orthonormal_rows_are_at_no_distance_from_the_identity_and_others_are():
    turned = np.array([[3, 4, 0], [-4, 3, 0]]) / 5
    np.testing.assert_allclose(products(turned), np.eye(2), atol=1e-15)
    assert from_identity(products(turned)) == pytest.approx(0, abs=1e-15)
    assert from_identity(products(np.array([[1.0, 2, 0], [0, 0.5, 0]]))) == 4  # 5 where 1 should be


def test_the_products_of_single_numbers_are_worked_out_as_of_double():
    weights = RNG.normal(size=(3, 50)).astype(np.float32)
    exact = weights.astype(np.float64)
    np.testing.assert_allclose(products(weights), exact @ exact.T, rtol=1e-12)


def test_a_direction_between_two_axes_is_at_half_a_right_angle():
    axes = np.eye(3)
    assert largest_angle(np.array([[5.0, 5, 0]]), axes[:1]) == pytest.approx(45)
    assert largest_angle(np.array([[1.0, 0, 0], [0, 1, 1]]), axes[:2]) == pytest.approx(45)
    assert largest_angle(np.array([[1.0, 1, 0], [2, -7, 0]]), axes[:2]) == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize(("units", "inputs"), [(1, 4), (2, 5), (4, 13), (8, 9)])
@pytest.mark.parametrize("moved", [1.0, 0.01])
def test_angles_are_those_of_scipy(units, inputs, moved):
    components = np.linalg.qr(RNG.normal(size=(inputs, inputs)))[0][:units]
    weights = RNG.normal(size=(units, units)) @ components + moved * RNG.normal(size=(units, inputs))
    expected = np.degrees(subspace_angles(weights.T, components.T).max())
    assert largest_angle(weights, components) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("weights", [np.zeros((2, 3)), np.array([[1.0, 0, 0], [2, 0, 0]])])
def test_weights_that_span_too_little_miss_a_component_altogether(weights):
    assert largest_angle(weights, np.eye(3)[:2]) == pytest.approx(90)


def test_principal_components_point_where_samples_vary_most_whatever_their_mean():
    singular = np.array([9.0, 3, 1, 0.2])
    axes = np.linalg.qr(RNG.normal(size=(4, 4)))[0]
    samples = RNG.normal(size=(5000, 4)) * singular @ axes.T + 100
    found = principal_components(samples)
    np.testing.assert_allclose(found @ found.T, np.eye(4), atol=1e-12)
    np.testing.assert_allclose(np.abs(np.sum(found * axes.T, axis=1)), 1, atol=0.01)


def test_of_pictures_a_component_has_all_pixels():
    pictures = RNG.normal(size=(20, 2, 3))
    np.testing.assert_allclose(principal_components(pictures), principal_components(pictures.reshape(20, 6)))
    assert principal_components(np.arange(4.0).reshape(4, 1)).shape == (1, 1)


def test_who_shares_whose_weights():
    layers = (Dense(id="a", units=5), Dense(id="b", units=2), TiedDense(id="c", of="b"))
    assert sharing(Architecture(layers=(*layers, TiedDense(id="d", of="a")))) == {"a": ("d",), "b": ("c",)}
    assert sharing(Architecture(layers=(Dense(id="a", units=33), TiedDense(id="d", of="a")))) == {}
    assert sharing(Architecture(layers=layers[:2])) == {}


def test_components_matter_to_one_linear_layer_and_its_transpose_alone():
    start = Experiment()
    start = start.with_(data=start.data.with_(targets="inputs"))
    assert linear_pair(start.with_(network=network())) == "code"
    assert linear_pair(start.with_(network=network(Flatten(id="flat"))))
    assert not linear_pair(start.with_(network=network(code=Tanh())))
    assert not linear_pair(start.with_(network=network(output=Tanh())))
    assert not linear_pair(start.with_(network=network(Dense(id="more", units=3, activation=Linear()))))
    assert not linear_pair(Experiment(network=network()))
