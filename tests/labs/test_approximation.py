"""A built function is what its neurons say, learns as a network, and folds as theory has it."""

from itertools import islice

import numpy as np
import pytest
from scipy.special import expit

from playground.data.datasets.recipes.curves import (
    DRAWN_AT,
    AbsoluteValue,
    Bumps,
    FormulaCurve,
    OverLine,
    Sine,
    Stairs,
)
from playground.labs.approximation import Approximation
from playground.labs.approximation.laboratory import SEEN_AT
from playground.labs.approximation.network import as_trained, experiment_of, one_epoch, training
from playground.labs.approximation.neurons import KinkNeuron, NeuronWeights, StepNeuron, parts
from playground.labs.approximation.width_and_depth import folded, measured, needed_wide, network_of
from playground.training.trainer import Trainer

BRICK = pytest.mark.parametrize("brick", ["step", "kink"])
X = np.linspace(-6, 6, 97)


def test_a_step_is_a_sigmoid_and_a_kink_a_rectifier():
    step, kink = (
        StepNeuron(place=1, height=-0.5, steepness=3),
        KinkNeuron(place=-2, height=0.7, leftwards=True),
    )
    np.testing.assert_allclose(parts([step], X)[0], -0.5 * expit(3 * (X - 1)), atol=1e-12)
    np.testing.assert_allclose(parts([kink], X)[0], 0.7 * np.maximum(0, -(X + 2)), atol=1e-12)


@pytest.mark.parametrize(
    "row",
    [
        NeuronWeights(2, -3, 0.5),
        NeuronWeights(-2, -3, 0.5),
        NeuronWeights(-40, 7, -1),
        NeuronWeights(0.3, 0, 0),
        NeuronWeights(0, 2, 3),
    ],
)
def test_weights_are_read_as_steps_and_kinks_that_give_the_same_function(row):
    step, besides = StepNeuron.of(row)
    np.testing.assert_allclose(
        parts([step], X)[0] + besides, row.v * expit(row.w * X + row.b), atol=1e-3 if row.w == 0 else 1e-12
    )
    kink, besides = KinkNeuron.of(row)
    np.testing.assert_allclose(
        parts([kink], X)[0] + besides, row.v * np.maximum(0, row.w * X + row.b), atol=1e-12
    )


@pytest.mark.parametrize("count", [1, 2, 7, 32])
def test_kinks_laid_along_a_target_are_its_interpolation(count):
    lab = Approximation(brick="kink", count=count)
    knots = np.linspace(-6, 6, count + 1)
    np.testing.assert_allclose(lab.function(X), np.interp(X, knots, np.sin(knots)), atol=1e-12)


def test_steps_laid_along_a_target_are_level_between_and_come_closer_the_more_there_are():
    errors = [Approximation(brick="step", count=count).error for count in (4, 8, 16, 32)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 0.005
    lab = Approximation(brick="step", count=32)
    assert abs(lab.function(np.array([-6.0]))[0] - np.sin(-6)) < 0.01


def test_two_kinks_are_an_absolute_value_exactly():
    assert Approximation(target=AbsoluteValue(), brick="kink", count=2).error < 1e-24


@pytest.mark.parametrize("kind", [StepNeuron, KinkNeuron])
def test_a_bump_adds_nothing_far_from_its_place(kind):
    added = parts(kind.bump(1.0, 1.0, 0.8), np.array([-5.0, 1.0, 5.0])).sum(axis=0)
    np.testing.assert_allclose(added, [0, 0.8, 0], atol=0.01)


@BRICK
def test_the_network_is_the_built_function(brick):
    lab = Approximation(brick=brick, count=9)
    trainer = Trainer(experiment_of(lab))
    answers = trainer.network.predict(SEEN_AT[:, np.newaxis].astype(np.float32))[:, 0]
    np.testing.assert_allclose(answers, lab.function(SEEN_AT), atol=1e-5)
    np.testing.assert_allclose(as_trained(lab, trainer).lab.function(X), lab.function(X), atol=1e-5)


@BRICK
def test_training_comes_closer_to_the_target(brick):
    lab = Approximation(brick=brick, count=6)
    pieces = training(lab)
    assert min(next(pieces).lab.error for _ in range(12)) < lab.error
    (once,) = one_epoch(lab)
    assert once.epoch == 1


def test_a_rate_that_is_too_large_never_gives_what_is_no_number():
    lab = Approximation(brick="kink", rate=10.0)
    for _, found in zip(range(5), training(lab), strict=False):
        assert np.isfinite(found.lab.function(X)).all()


def test_neurons_that_were_moved_stay_until_there_are_others():
    lab = Approximation(count=4)
    moved = lab.with_neuron(2, lab.built[0][2].with_(place=3.0, height=1.0))
    assert (moved.built[0][2].place, moved.shown) == (3.0, 2)
    assert moved.with_(target=Bumps()).built == moved.built
    assert moved.with_(count=5).laid
    assert moved.with_(brick="kink").laid
    assert moved.with_more(StepNeuron()).count == 5
    assert moved.without(0).count == 3


def test_the_last_neuron_stays_and_there_is_room_for_thirty_two():
    one, full = Approximation(count=1), Approximation(count=32)
    assert one.without(0) == one
    assert full.with_more(StepNeuron()) == full


def test_a_pencil_draws_the_target_straight_from_point_to_point():
    lab = Approximation().drawn((2.0, 1.0), (-2.0, -1.0))
    np.testing.assert_allclose(lab.wanted(np.array([-2.0, 0.0, 1.0])), [-1, 0, 0.5], atol=1e-6)
    np.testing.assert_allclose(lab.wanted(DRAWN_AT[:5]), np.sin(DRAWN_AT[:5]), atol=1e-9)
    assert lab.drawn((0.0, 99.0), (0.0, 99.0)).wanted(np.array([0.0]))[0] == 3


@pytest.mark.parametrize("formula", ["1e9 x", "1e-9 x", "1 / (x - 0.0123)", "0"])
@BRICK
def test_no_target_is_so_extreme_that_a_number_is_none(formula, brick):
    lab = Approximation(target=FormulaCurve(expression=formula), brick=brick)
    assert np.isfinite(lab.function(X)).all()
    assert np.isfinite(lab.error)
    (once,) = one_epoch(lab)
    assert np.isfinite(once.lab.function(X)).all()


@pytest.mark.parametrize("kind", OverLine.members(), ids=lambda kind: kind.tag())
@BRICK
def test_every_curve_can_be_followed(kind, brick):
    lab = Approximation(target=kind(), brick=brick, count=32)
    assert lab.error < (0.2 if kind in (Stairs,) else 0.15)
    assert experiment_of(lab).problems() == ()


def test_folds_have_two_to_the_k_straight_pieces():
    x = np.linspace(0, 1, 2**10 + 1)
    for folds in range(1, 8):
        y = folded(x, folds)
        bends = np.count_nonzero(np.abs(np.diff(y, 2)) > 1e-9)
        assert bends == needed_wide(folds)
        assert (y.min(), y.max()) == (0, 1)


def test_errors_are_measured_of_wide_and_deep_networks_of_as_many_neurons():
    lab = Approximation(target=Sine(), brick="kink")
    assert [layer.units for layer in network_of(lab, 3, 16).network.layers] == [6, 5, 5, 1]
    pieces = list(islice(measured(lab, epochs=1), 8))  # of each size three networks, and their middle error
    assert [set(piece.found) for piece in pieces] == 3 * [set()] + 4 * [{(1, 2)}] + [{(1, 2), (1, 4)}]
    shares = [piece.share for piece in pieces]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(2 / 12)
