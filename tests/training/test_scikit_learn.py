"""What small networks reach on real sets, beside scikit-learn's own network on the same split."""

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from playground.data.datasets.breast_cancer import BreastCancer
from playground.data.datasets.digits import Digits
from playground.data.datasets.iris import Iris
from playground.data.datasets.wine import Wine
from playground.engine.activations import Relu
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.optimizers import Adam
from playground.experiment import Experiment
from playground.randomness import Pcg64
from playground.training.trainer import Trainer

SEEDS = range(3)


def trained(dataset, units, epochs, seed):
    """A trainer that has learnt with one hidden layer, on 70 % of the samples."""
    start = Experiment(randomness=Pcg64(seed=seed)).with_dataset(dataset)
    flat = () if dataset.shape.is_row else (Flatten(id="flat"),)
    hidden = Dense(id="hidden", units=units, activation=Relu())
    network = Architecture(layers=(*flat, hidden, start.network.output))
    training = start.training.with_(batch_size=32, optimizer=Adam(learning_rate=0.01))
    data = start.data.with_(train_percent=70)
    trainer = Trainer(start.with_(network=network, training=training, data=data).fitted())
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def accuracies(dataset, units, epochs, seed):
    """Ours and theirs, as shares of the test samples."""
    trainer = trained(dataset, units, epochs, seed)
    prepared = trainer.experiment.data.prepare(Pcg64(seed=seed).streams().data)
    theirs = MLPClassifier((units,), batch_size=32, learning_rate_init=0.01, max_iter=1000, random_state=seed)
    theirs.fit(prepared.train.inputs, prepared.train.labels)
    ours = trainer.recorder.evaluate()[1].metrics["accuracy"]
    return ours, theirs.score(prepared.test.inputs, prepared.test.labels)


@pytest.mark.parametrize(
    ("dataset", "units", "epochs"),
    [(Iris(), 8, 60), (Wine(), 8, 40), (BreastCancer(), 8, 15), (Digits(), 32, 25)],
    ids=lambda value: value.tag() if hasattr(value, "tag") else str(value),
)
def test_a_small_network_is_right_as_often_as_that_of_scikit_learn(dataset, units, epochs):
    ours, theirs = np.mean([accuracies(dataset, units, epochs, seed) for seed in SEEDS], axis=0)
    assert ours >= theirs - 0.02
