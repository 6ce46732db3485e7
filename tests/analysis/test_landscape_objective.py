"""The loss as a function of the weights is what the curves show, and its gradient is that of its values."""

import numpy as np
import pytest
from landscape_examples import circle, moment_of

from playground.analysis.inspections.landscape.objective import Objective
from playground.engine.activations import Sigmoid
from playground.engine.layers import BatchNorm, Dense, Dropout
from playground.engine.losses import BinaryCrossEntropy
from playground.engine.regularizers import L2, MaxNorm
from playground.files.examples import examples
from playground.training.moment import Moment
from playground.training.trainer import Trainer

ALL = 1_000_000
NETWORKS = ("skip", "autoencoder", "vae", "sparse", "digits_cnn", "adding_lstm", "text_gru", "karate_gcn")
"""A branch, tied weights, terms of layers, convolution, recurrence with gaps, a whole graph as a batch."""

BY_NAME = {example.name: example for example in examples()}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_gradient_is_the_slope_of_the_loss_in_any_direction(name):
    objective = Objective(moment_of(BY_NAME[name].experiment), 20, precision="float64")
    chance = np.random.default_rng(1)
    place = objective.start + 0.01 * chance.standard_normal(len(objective.start))  # off the kinks of ReLU
    way = chance.standard_normal(len(objective.start))
    way /= np.linalg.norm(way)
    ahead, behind = (objective.losses(place + step * way).train for step in (1e-6, -1e-6))
    assert objective.gradient(place) @ way == pytest.approx((ahead - behind) / 2e-6, rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("name", ["digits_cnn", "adding_lstm", "karate_gcn", "vae"])
def test_the_loss_where_the_network_is_is_that_of_the_run(name):
    trainer = Trainer(BY_NAME[name].experiment)
    objective = Objective(Moment.of(trainer), ALL)
    shown = [side.loss for side in trainer.recorder.measures]
    assert objective.losses(objective.start) == pytest.approx(shown, rel=1e-6)


def test_batch_norm_goes_by_its_running_averages_and_dropout_is_left_out():
    layers = (
        Dense(id="hidden", units=4),
        BatchNorm(id="norm"),
        Dropout(id="dropout", probability=0.5),
        Dense(id="output", units=1, activation=Sigmoid()),
    )
    trainer = Trainer(circle(*layers))
    trainer.run_epoch()
    objective = Objective(Moment.of(trainer), ALL)
    shown = [side.loss for side in trainer.recorder.measures]
    assert objective.losses(objective.start) == pytest.approx(shown)
    averages = objective.network.state["norm", "running_mean"].copy()
    objective.gradient(objective.start + 1)
    np.testing.assert_array_equal(objective.network.state["norm", "running_mean"], averages)


def test_it_is_the_loss_by_the_true_labels_though_training_smooths_them():
    smooth = circle(loss=BinaryCrossEntropy(label_smoothing=0.2, class_weights="balanced"))
    plain = circle()
    first, second = (Objective(moment_of(experiment), ALL) for experiment in (smooth, plain))
    assert first.losses(first.start) == second.losses(second.start)
    np.testing.assert_allclose(first.gradient(first.start), second.gradient(second.start))


def test_regularization_counts_only_when_it_is_asked_for():
    moment = moment_of(circle(regularizer=L2(strength=0.5)))
    without, penalized = Objective(moment, ALL), Objective(moment, ALL, penalized=True)
    weights = np.concatenate([rows.ravel() for rows in without.network.weight_rows()])
    charged = 0.25 * (weights**2).sum()
    assert penalized.losses(moment.parameters).test == pytest.approx(
        without.losses(moment.parameters).test + charged
    )
    added = penalized.gradient(moment.parameters) - without.gradient(moment.parameters)
    np.testing.assert_allclose(added, 0.5 * moment.parameters * without.network.penalized, atol=1e-12)


def test_a_bound_on_weights_charges_nothing():
    moment = moment_of(circle(regularizer=MaxNorm()))
    without, penalized = Objective(moment, ALL), Objective(moment, ALL, penalized=True)
    assert penalized.losses(moment.parameters) == without.losses(moment.parameters)


def test_what_is_frozen_has_no_slope():
    layers = (
        Dense(id="hidden", units=3, frozen=True),
        Dense(id="output", units=1, activation=Sigmoid()),
    )
    objective = Objective(moment_of(circle(*layers)), ALL)
    gradient = objective.gradient(objective.start)
    assert not gradient[objective.network.spans()["hidden"]].any()
    assert gradient[objective.network.spans()["output"]].all()


def test_few_samples_are_taken_from_all_over_a_side():
    moment = moment_of(circle())
    few = Objective(moment, 5)
    assert few.samples == (5, 5)
    train = moment.data.train
    first, last = (Objective(moment, 1)._train.rows[0], few._train.rows[-1])
    assert (first, last) == (train.rows[0], train.rows[-1])


def test_a_network_in_single_precision_has_a_gradient_in_double():
    objective = Objective(moment_of(circle(precision="float32")), ALL, precision="float64")
    assert objective.gradient(objective.start).dtype == np.float64
