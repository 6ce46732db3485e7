"""Smoothed labels are what training aims at, and nothing is measured by them but the loss that says so."""

import numpy as np
import pytest
from training_examples import experiment

from playground.data.datasets.recipes import Blobs
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy
from playground.training.trainer import Trainer

SMOOTHING = 0.2


def two_classes():
    return experiment()


def three_classes():
    return experiment().with_dataset(Blobs(samples=60, classes=3))


EXPERIMENTS = pytest.mark.parametrize("make", [two_classes, three_classes])


def smoothed(start, smoothing=SMOOTHING):
    """The same experiment with smoothed labels, and a share of the samples for validation."""
    start = start.with_(data=start.data.with_(validation_percent=20))
    loss = start.training.loss.with_(label_smoothing=smoothing)
    return start.with_(training=start.training.with_(loss=loss))


def after(start, epochs=5):
    trainer = Trainer(start)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def probabilities(trainer, samples):
    """What the network gives to each class, (samples, classes)."""
    outputs = trainer.network.predict(samples.split.inputs)
    return np.hstack([1 - outputs, outputs]) if outputs.shape[1] == 1 else outputs


def cross_entropy(trainer, samples, smoothing=0.0):
    given = probabilities(trainer, samples)
    classes = given.shape[1]
    targets = np.eye(classes)[samples.split.targets] * (1 - smoothing) + smoothing / classes
    return -(targets * np.log(given)).sum(axis=1).mean()


@EXPERIMENTS
def test_every_side_is_measured_by_its_true_labels(make):
    trainer = after(smoothed(make()))
    train, test = trainer.recorder.measures
    assert train.loss == pytest.approx(cross_entropy(trainer, trainer.sides.train), rel=1e-9)
    assert test.loss == pytest.approx(cross_entropy(trainer, trainer.sides.test), rel=1e-9)
    held_out = cross_entropy(trainer, trainer.sides.validation)
    assert trainer.recorder.validation.loss == pytest.approx(held_out, rel=1e-9)


@EXPERIMENTS
@pytest.mark.parametrize("detailed", [False, True])
def test_the_loss_that_training_makes_small_is_told_beside_it(make, detailed):
    trainer = after(smoothed(make()))
    train, test = trainer.recorder.evaluate(detailed)
    expected = cross_entropy(trainer, trainer.sides.train, SMOOTHING)
    assert train.smoothed == pytest.approx(expected, rel=1e-9)
    assert test.smoothed is trainer.recorder.validation.smoothed is None
    assert trainer.recorder.history.columns()["train_loss_smoothed"][-1] == train.smoothed


@EXPERIMENTS
def test_the_steps_follow_the_smoothed_labels(make):
    """Without hidden layers, the gradient of the biases is the mean of probabilities less targets."""
    start = smoothed(make())
    start = start.with_(
        network=start.network.with_(layers=start.network.layers[-1:]),
        training=start.training.with_(full_batch=True),
    )
    trainer = Trainer(start)
    given = probabilities(trainer, trainer.sides.train)
    classes = given.shape[1]
    targets = np.eye(classes)[trainer.sides.train.split.targets] * (1 - SMOOTHING) + SMOOTHING / classes
    expected = (given - targets).mean(axis=0)
    trainer.run(1)
    found = dict(trainer.network.tensors(trainer.network.gradients))["output.bias"]
    np.testing.assert_allclose(found, expected[-len(found) :], rtol=1e-9)


@pytest.mark.parametrize("loss", [BinaryCrossEntropy(), CrossEntropy()])
def test_without_smoothing_there_is_one_training_loss(loss):
    trainer = after(experiment().with_loss(loss))
    assert trainer.recorder.measures[0].smoothed is None
    assert "train_loss_smoothed" not in trainer.recorder.history.columns()
    assert trainer.sides.train.aims is trainer.sides.train.targets


def test_smoothing_that_comes_later_leaves_a_gap_before_it():
    start = experiment()
    trainer = after(start, 3)
    trainer.apply(start.with_(training=smoothed(start).training))
    trainer.run_epoch()
    column = trainer.recorder.history.columns()["train_loss_smoothed"]
    assert np.isnan(column).tolist() == [True, True, True, False, False]
