"""The ends of the Hessian's spectrum, beside full Hessians, SciPy and mathematics."""

import numpy as np
import pytest
from landscape_examples import circle, found, linear, moment_of
from scipy.linalg import eigvalsh
from scipy.sparse.linalg import eigsh

from playground.analysis.inspections.landscape.absent import NoLandscape
from playground.analysis.inspections.landscape.curvature import curvature
from playground.analysis.inspections.landscape.lanczos import lanczos
from playground.analysis.inspections.landscape.objective import Objective
from playground.engine.activations import Linear, Relu, Sigmoid
from playground.engine.initializers import Zeros
from playground.engine.layers import Dense
from playground.engine.regularizers import L2

ALL = 1_000_000


def objective_of(experiment, epochs=0, **settings):
    return Objective(moment_of(experiment, epochs), ALL, precision="float64", **settings)


def hessian_of(objective, step=1e-5):
    """By differences of the loss alone, which knows nothing of gradients."""
    start, size = objective.start, len(objective.start)
    ways = step * 30 * np.eye(size)

    def loss(moved):
        return objective.losses(start + moved).train

    return np.array(
        [
            [(loss(a + b) - loss(a - b) - loss(b - a) + loss(-a - b)) / (4 * (step * 30) ** 2) for b in ways]
            for a in ways
        ]
    )


def test_the_hessian_of_a_small_network_has_the_same_spectrum():
    objective = objective_of(circle(samples=30), epochs=3)
    known = found(curvature(objective, ALL))
    expected = eigvalsh(hessian_of(objective))
    np.testing.assert_allclose(known.spectrum.values, expected, atol=2e-6)
    assert known.searched == known.parameters == 13


def test_few_steps_find_the_ends_of_a_large_matrix():
    chance = np.random.default_rng(2)
    way = np.linalg.qr(chance.standard_normal((300, 300)))[0]
    matrix = way * np.concatenate([[-4.0, 9.0], chance.uniform(-1, 1, 298)]) @ way.T
    spectrum = found(lanczos(lambda vector: matrix @ vector, 300, 40, chance))
    ends = eigsh(matrix, 1, which="SA")[0][0], eigsh(matrix, 1, which="LA")[0][0]
    assert spectrum.values[[0, -1]] == pytest.approx(ends, rel=1e-9)
    assert (spectrum.errors[[0, -1]] < 1e-6).all()
    np.testing.assert_allclose(matrix @ spectrum.lowest, -4 * spectrum.lowest, atol=1e-6)


def test_curvatures_that_come_several_times_are_all_found():
    matrix = np.diag([2.0] * 5 + [0.0] * 4 + [-1.0] * 2)
    spectrum = found(lanczos(lambda vector: matrix @ vector, 11, ALL, np.random.default_rng(0)))
    np.testing.assert_allclose(spectrum.values, sorted(np.diag(matrix)), atol=1e-12)


def test_a_linear_neuron_has_the_hessian_of_its_inputs():
    moment = moment_of(linear())
    inputs = np.column_stack([moment.data.train.inputs, np.ones(len(moment.data.train.inputs))])
    known = found(curvature(Objective(moment, ALL), ALL))
    np.testing.assert_allclose(known.spectrum.values, eigvalsh(inputs.T @ inputs / len(inputs)), rtol=1e-7)
    assert (known.negative, known.positive) == (0, 3)


def test_a_regularizer_lifts_the_curvature_of_weights():
    plain, lifted = (
        found(curvature(objective_of(linear(regularizer=L2(strength=3.0)), penalized=penalized), ALL))
        for penalized in (False, True)
    )
    assert plain.largest + 3 - 1e-6 >= lifted.largest > plain.largest + 1
    assert lifted.spectrum.values.sum() == pytest.approx(plain.spectrum.values.sum() + 2 * 3)


def test_a_minimum_is_told_from_the_slope_above_it():
    assert found(curvature(objective_of(linear()), ALL)).verdict.key.endswith("slope")
    learnt = found(curvature(objective_of(linear(), epochs=400), ALL))
    assert str(learnt.verdict) == "A minimum: the loss curves up in all 3 directions."


def test_two_linear_layers_of_zeros_are_a_saddle():
    zero = {"activation": Linear(), "initializer": Zeros()}
    network = linear(1).network.with_(
        layers=(Dense(id="dense0", units=1, **zero), Dense(id="dense1", units=1, **zero))
    )
    moment = moment_of(linear().with_(network=network), epochs=0)
    data = moment.data.train
    targets = data.targets.ravel()
    bias = targets.mean()  # the best that outputs without weights can do
    moment.parameters[-1] = bias
    known = found(curvature(Objective(moment, ALL), ALL))
    assert known.gradient == pytest.approx(0, abs=1e-9)
    # ∂²L/∂w∂v = −mean(x (t − mean t)): one direction up and one down for each pair, as far as it goes
    coupling = np.linalg.norm((data.inputs * (targets - bias)[:, np.newaxis]).mean(axis=0))
    assert known.smallest == pytest.approx(-coupling)
    assert (known.negative, known.positive) == (1, 2)
    assert str(known.verdict).startswith("A saddle: the loss curves down in 1 of 5 directions")


def test_what_is_frozen_is_no_direction():
    layers = (Dense(id="a", units=3, frozen=True), Dense(id="output", units=1, activation=Sigmoid()))
    known = found(curvature(objective_of(circle(*layers)), ALL))
    assert known.parameters == 4
    assert not known.highest[:9].any()
    frozen = circle(Dense(id="output", units=1, activation=Sigmoid(), frozen=True))
    with pytest.raises(NoLandscape, match="can be learnt"):
        found(curvature(objective_of(frozen), 9))


def test_where_the_loss_is_no_number_nothing_is_said():
    moment = moment_of(linear())
    moment.parameters[:] = 1e200
    with np.errstate(all="ignore"), pytest.raises(NoLandscape, match="no finite number"):
        found(curvature(Objective(moment, ALL), 5))


def test_a_kink_beside_the_weights_does_not_count():
    output = Dense(id="dense0", units=1, activation=Relu())
    moment = moment_of(linear().with_(network=linear().network.with_(layers=(output,))))
    inputs = np.column_stack([moment.data.train.inputs, np.ones(len(moment.data.train.inputs))])
    nets = inputs[:, :2] @ moment.parameters[:2]
    middle = np.sort(nets)[len(nets) // 2]
    moment.parameters[2] = 1e-10 - middle  # one sample is only just let through
    active = inputs[nets >= middle]
    known = found(curvature(Objective(moment, ALL), ALL))
    np.testing.assert_allclose(known.spectrum.values, eigvalsh(active.T @ active / len(inputs)), rtol=1e-5)
