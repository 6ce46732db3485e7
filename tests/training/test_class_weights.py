"""Class weights: in training each class counts as much as any other, however few of it there are.

PyTorch's losses define it for a `weight` of each class: the mean of a batch is Σ wₙ lₙ / Σ wₙ.
"""

import numpy as np
import pytest

from playground.data import Data, OwnTable
from playground.data.tables.reading import guess, read
from playground.engine.activations import Sigmoid, Softmax
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.training.trainer import Trainer

BALANCED = {2: BinaryCrossEntropy(class_weights="balanced"), 3: CrossEntropy(class_weights="balanced")}


def network(classes):
    units, activation = (1, Sigmoid()) if classes == 2 else (classes, Softmax())
    layers = (Dense(id="a", units=4), Dense(id="b", units=units, activation=activation))
    made = Network(Architecture(layers=layers), (2,), "float64")
    made.parameters[:] = np.random.default_rng(1).normal(size=made.parameters.size)
    return made


def weighted_mean(net, inputs, labels, weights):
    """By the definition, from the probabilities alone."""
    outputs = net.predict(inputs)
    shares = outputs if outputs.shape[1] > 1 else np.hstack([1 - outputs, outputs])
    surprises = -np.log(shares[np.arange(len(labels)), labels])
    return (weights * surprises).sum() / weights.sum()


@pytest.mark.parametrize("classes", [2, 3])
def test_a_class_weighs_as_scikit_learn_balances_it(classes):
    labels = np.repeat(np.arange(classes), [8, 1, 3][:classes])
    counts = np.bincount(labels)
    np.testing.assert_allclose(BALANCED[classes].weights(labels), (len(labels) / (classes * counts))[labels])


@pytest.mark.parametrize("classes", [2, 3])
def test_the_gradient_is_that_of_the_weighted_mean_of_a_batch(classes):
    chance = np.random.default_rng(0)
    net, loss, inputs = network(classes), BALANCED[classes], chance.normal(size=(6, 2))
    labels = np.array([0, 0, 0, 0, 1, classes - 1])
    weights = chance.uniform(0.2, 3, 6)
    plan = net.plan(6, loss)
    plan.input[:, :-1] = inputs
    plan.target[:] = loss.code(labels, classes, 0.0)
    plan.weights[:] = weights
    plan.step()
    found, step = net.gradients.copy(), 1e-6
    for place in range(net.parameters.size):
        at = []
        for side in (step, -2 * step):
            net.parameters[place] += side
            at.append(weighted_mean(net, inputs, labels, weights))
        net.parameters[place] += step
        assert found[place] == pytest.approx((at[0] - at[1]) / (2 * step), abs=1e-7)


def rare(loss):
    """One in twenty lies on the right; what a network makes of both after some epochs."""
    chance = np.random.default_rng(0)
    classes = (np.arange(400) % 20 == 0).astype(int)
    places = chance.normal(size=400) + 1.2 * classes
    lines = [
        f"{place},{name}" for place, name in zip(places, np.array(["often", "rare"])[classes], strict=True)
    ]
    text = "\n".join(["x,y", *lines])
    experiment = Experiment().with_dataset(OwnTable.of(read(text, guess(text)), ["y"]))
    training = experiment.training.with_(loss=loss)
    trainer = Trainer(experiment.with_(training=training))
    for _ in range(40):
        trainer.run_epoch()
    return trainer, trainer.recorder.evaluate(detailed=True)[0].confusion


def test_a_rare_class_is_not_forgotten():
    _, equal = rare(BinaryCrossEntropy())
    trainer, balanced = rare(BALANCED[2])
    assert balanced[1, 1] / balanced[1].sum() > 0.6 > equal[1, 1] / equal[1].sum()
    assert trainer.recorder.measures[0].smoothed is None


def test_measures_stay_comparable():
    """The loss that is shown is the plain mean, on both sides."""
    trainer, _ = rare(BALANCED[2])
    data = trainer.data.train
    shares = trainer.network.predict(data.inputs)[:, 0].astype(np.float64)
    expected = -np.log(np.where(data.labels == 1, shares, 1 - shares)).mean()
    assert trainer.recorder.measures[0].loss == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("last_batch", ["keep", "drop", "carry"])
def test_a_weighted_run_goes_on_bit_for_bit(last_batch):
    experiment = Experiment().with_(
        data=Data().with_(train_percent=53),
        training={
            "loss": {"kind": "binary_cross_entropy", "class_weights": "balanced"},
            "last_batch": last_batch,
        },
    )
    trainer = Trainer(experiment)
    trainer.run(40)
    resumed = Trainer(experiment, trainer.checkpoint())
    for each in (trainer, resumed):
        each.run(60)
    np.testing.assert_array_equal(trainer.network.parameters, resumed.network.parameters)
