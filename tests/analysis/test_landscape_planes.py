"""Planes through the weights: filter-normalized, along the path, or along two weights."""

import numpy as np
import pytest
from landscape_examples import circle, linear, moment_of

from playground.analysis.inspections.landscape.objective import Objective
from playground.analysis.inspections.landscape.planes import path_plane, random_plane, weights_plane
from playground.analysis.inspections.landscape.survey import survey
from playground.engine.activations import Sigmoid
from playground.engine.initializers import Zeros
from playground.engine.layers import BatchNorm, Dense
from playground.files.examples import examples

BY_NAME = {example.name: example for example in examples()}


def network_of(experiment):
    return moment_of(experiment).network


@pytest.mark.parametrize("name", ["xor", "digits_cnn", "text_gru", "karate_gcn", "autoencoder"])
def test_a_random_direction_is_as_long_as_the_weights_of_every_neuron_or_filter(name):
    network = network_of(BY_NAME[name].experiment)
    plane = random_plane(network, 3, 1.0)
    for way in (plane.across, plane.up):
        for weights, moved in zip(network.weight_rows(), network.weight_rows(way), strict=True):
            np.testing.assert_allclose(
                np.linalg.norm(moved, axis=1), np.linalg.norm(weights, axis=1), rtol=1e-5
            )
        assert not way[network.penalized == 0].any()


def test_the_two_directions_are_at_right_angles():
    plane = random_plane(network_of(circle()), 1, 1.0)
    assert plane.across @ plane.up == pytest.approx(0, abs=1e-12)


def test_biases_and_batch_norm_stay_where_they_are():
    layers = (Dense(id="a", units=3), BatchNorm(id="norm"), Dense(id="output", units=1, activation=Sigmoid()))
    network = network_of(circle(*layers))
    plane = random_plane(network, 0, 1.0)
    names = {name for name, piece in network.tensors(plane.across) if piece.any()}
    assert names == {"a.weights", "output.weights"}


def test_the_same_number_draws_the_same_directions():
    network = network_of(circle())
    first, again, other = (random_plane(network, seed, 1.0).across for seed in (4, 4, 5))
    np.testing.assert_array_equal(first, again)
    assert not np.allclose(first, other)


def test_a_single_weight_is_seen_over_its_bias():
    network = network_of(BY_NAME["sine"].experiment.with_(network=linear().network))
    plane = random_plane(network, 0, 1.0)
    assert [name for name, piece in network.tensors(plane.up) if piece.any()] == ["dense0.bias"]


def test_weights_that_are_all_zero_have_directions_all_the_same():
    layers = (Dense(id="output", units=1, activation=Sigmoid(), initializer=Zeros()),)
    assert np.linalg.norm(random_plane(network_of(circle(*layers)), 0, 1.0).across) == pytest.approx(1)


def test_where_all_is_frozen_there_is_no_plane():
    layers = (Dense(id="output", units=1, activation=Sigmoid(), frozen=True),)
    assert random_plane(network_of(circle(*layers)), 0, 1.0) is None


def test_a_frozen_layer_does_not_move():
    layers = (Dense(id="a", units=3, frozen=True), Dense(id="output", units=1, activation=Sigmoid()))
    network = network_of(circle(*layers))
    assert not random_plane(network, 0, 1.0).across[network.spans()["a"]].any()


def test_the_plane_of_a_path_is_that_of_its_principal_components():
    network = network_of(circle())
    chance = np.random.default_rng(0)
    path = network.parameters + chance.standard_normal((30, 3)) * [3, 2, 0.1] @ chance.standard_normal(
        (3, 13)
    )
    path[-1] = network.parameters
    plane = path_plane(network, path)
    _, lengths, ways = np.linalg.svd(path - network.parameters, full_matrices=False)
    assert abs(plane.across @ ways[0]) == pytest.approx(1)
    assert abs(plane.up @ ways[1]) == pytest.approx(1)
    assert plane.shares == pytest.approx(tuple(lengths[:2] ** 2 / (lengths**2).sum()))
    assert all(plane.holds(place) for place in plane.places(path))


def test_a_straight_path_is_seen_with_a_direction_beside_it():
    network = network_of(circle())
    path = network.parameters + np.linspace(-1, 0, 5)[:, np.newaxis] * np.arange(13.0)
    plane = path_plane(network, path)
    assert plane.shares == pytest.approx((1, 0))
    assert plane.across @ plane.up == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(plane.places(path)[:, 1], 0, atol=1e-9)


def test_what_has_not_moved_has_no_path():
    network = network_of(circle())
    assert path_plane(network, network.parameters[np.newaxis]) is None


def test_places_and_parameters_belong_together_though_directions_are_aslant():
    network = network_of(circle())
    across, up = np.zeros((2, 13))
    across[:2], up[1:4] = 1, 1
    plane = weights_plane(network, across, up, 1.0)
    np.testing.assert_allclose(plane.places(plane.at(0.3, -0.7)[np.newaxis]), [[0.3, -0.7]])


def test_two_weights_that_are_one_make_no_plane():
    network = network_of(circle())
    way = np.eye(13)[2]
    assert weights_plane(network, way, way, 1.0) is None
    assert weights_plane(network, way, np.zeros(13), 1.0) is None


def test_the_loss_of_a_linear_neuron_over_two_weights_is_its_parabola():
    moment = moment_of(linear())
    objective = Objective(moment, 1000)
    plane = weights_plane(objective.network, *np.eye(3)[[0, 2]], 1.0)
    grid = [piece.found for piece in survey(objective, plane, 11) if piece.found is not None]
    assert [len(each.x) for each in grid] == [9, 11]
    inputs, targets = moment.data.train.inputs, moment.data.train.targets.ravel()
    row, column = 7, 2
    x, y = grid[-1].x[column], grid[-1].y[row]
    w = np.array([x, moment.parameters[1], y])
    errors = inputs @ w[:2] + w[2] - targets
    assert grid[-1].train[row, column] == pytest.approx((errors**2).mean() / 2)
    assert grid[-1].samples == (len(inputs), len(moment.data.test.inputs))
    (here,) = plane.places(moment.parameters[np.newaxis])
    assert here == pytest.approx(moment.parameters[[0, 2]])


def test_what_is_no_number_is_a_hole():
    objective = Objective(moment_of(linear(3).with_(precision="float32")), 1000)
    plane = random_plane(objective.network, 0, 1e30)
    with np.errstate(all="ignore"):
        *_, last = survey(objective, plane, 9)
    assert last.found.holes == 81 - 1
    assert np.isfinite(last.found.train[4, 4])
