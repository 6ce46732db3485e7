"""Measuring: what every epoch records is cheap, and the detail is that of the same outputs."""

import math

import numpy as np
import pytest
from training_examples import experiment, regression, train

from playground.data.datasets.recipes import Blobs
from playground.engine import network
from playground.engine.metrics import auc, classify, confusion_matrix
from playground.training.evaluator import Evaluator
from playground.training.measures import Measures
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer

DETAIL = {"accuracy", "zero_one", "precision", "recall", "f1", "auc"}


def trained(start, steps=12):
    trainer = Trainer(start)
    train(trainer, steps)
    return trainer


def three_classes():
    return experiment().with_dataset(Blobs(samples=60, classes=3))


@pytest.mark.parametrize("start", [experiment(), three_classes()], ids=["two", "three"])
def test_the_detail_is_that_of_the_network_s_outputs(start):
    trainer = trained(start)
    for found, samples in zip(
        trainer.recorder.evaluate(detailed=True), (trainer.sides.train, trainer.sides.test), strict=True
    ):
        labels = samples.split.targets
        outputs = trainer.network.predict(samples.split.inputs)
        predicted = classify(outputs, (trainer.sides.low + 1) / 2)
        classes = trainer.data.task.classes
        assert set(found.metrics) == DETAIL
        assert found.metrics["accuracy"] == pytest.approx(np.mean(predicted == labels))
        assert found.metrics["auc"] == auc(outputs, labels)
        np.testing.assert_array_equal(found.confusion, confusion_matrix(labels, predicted, classes))


def test_the_detail_agrees_with_what_is_recorded():
    trainer = trained(three_classes())
    for brief, detailed in zip(
        trainer.recorder.evaluate(), trainer.recorder.evaluate(detailed=True), strict=True
    ):
        assert (brief.loss, brief.confusion) == (detailed.loss, None)
        assert brief.metrics == {"accuracy": pytest.approx(detailed.metrics["accuracy"])}


def test_numbers_have_no_detail():
    trainer = trained(regression())
    assert trainer.recorder.evaluate() == trainer.recorder.evaluate(detailed=True)
    assert set(trainer.recorder.measures[0].metrics) == {"mae", "rmse", "r2"}
    assert trainer.recorder.measures[0].confusion is None


def test_many_samples_are_measured_piece_by_piece(monkeypatch):
    trainer = trained(experiment())
    whole = trainer.recorder.evaluate(detailed=True)
    monkeypatch.setattr(network, "CHUNK", 7)
    for pieces, before in zip(trainer.recorder.evaluate(detailed=True), whole, strict=True):
        assert pieces.loss == pytest.approx(before.loss, rel=1e-12)
        assert pieces.metrics == pytest.approx(before.metrics)
        np.testing.assert_array_equal(pieces.confusion, before.confusion)


def test_the_history_records_no_detail():
    trainer = trained(experiment())
    Observer(trainer).snapshot(Progress(1, State.PAUSED, 9, 0.0, ""))
    names = {name for name in trainer.recorder.history.columns() if name.startswith(("train_", "test_"))}
    assert names == {"train_loss", "train_accuracy", "test_loss", "test_accuracy"}


def test_a_snapshot_of_a_paused_training_is_detailed_and_measured_once(monkeypatch):
    trainer = trained(experiment())
    observer = Observer(trainer)
    paused = Progress(1, State.PAUSED, 9, 0.0, "")
    first = observer.snapshot(paused)
    assert first.test.confusion.sum() == len(trainer.sides.test.inputs)
    assert set(first.train.metrics) == DETAIL
    monkeypatch.setattr(trainer.recorder, "evaluate", None)
    assert observer.snapshot(paused).test is first.test


def test_samples_of_one_class_have_no_auc():
    trainer = trained(experiment())
    samples = trainer.sides.test
    samples.split.targets[:] = 0
    evaluator = Evaluator(trainer.network, trainer.experiment.training.loss, 2, 0.5)
    found = evaluator.measure(samples, detailed=True)
    assert math.isnan(found.metrics["auc"])


def test_measures_are_compared_by_their_numbers():
    matrix = np.eye(2, dtype=np.int64)
    assert Measures(1.0, {"accuracy": 1.0}, matrix) == Measures(1.0, {"accuracy": 1.0})
