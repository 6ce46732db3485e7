"""The datasets that have their samples are learnt as well as is known of them, and as a whole run goes on."""

import numpy as np
import pytest

from playground.data.datasets.digits import Digits
from playground.data.datasets.wine import Wine
from playground.engine.activations import Relu, Softmax
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.optimizers import Adam
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.training.trainer import Trainer


def learnt(dataset, *hidden, epochs):
    start = Experiment().with_dataset(dataset)
    layers = (*hidden, Dense(id="output", units=dataset.task.classes, activation=Softmax()))
    training = start.training.with_(batch_size=32, optimizer=Adam(learning_rate=0.01))
    data = start.data.with_(train_percent=70)
    trainer = Trainer(start.with_(network=Architecture(layers=layers), training=training, data=data))
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def test_a_flatten_and_a_dense_layer_read_digits():
    trainer = learnt(Digits(), Flatten(id="flat"), Dense(id="hidden", units=32, activation=Relu()), epochs=25)
    assert trainer.recorder.evaluate()[1].metrics["accuracy"] >= 0.95


def test_a_few_neurons_tell_the_growers_of_wine_apart():
    trainer = learnt(Wine(), Dense(id="hidden", units=6), epochs=60)
    assert trainer.recorder.evaluate()[1].metrics["accuracy"] >= 0.95


def test_without_standardizing_wine_is_learnt_much_worse():
    """Proline is about a thousand, hue about one: the reason for its usual scaling."""
    plain = Experiment().with_dataset(Wine())
    plain = plain.with_(data=plain.data.with_(scaling={"kind": "none"}))
    scaled, unscaled = Trainer(Experiment().with_dataset(Wine())), Trainer(plain)
    for trainer in (scaled, unscaled):
        for _ in range(20):
            trainer.run_epoch()
    losses = [trainer.recorder.evaluate()[1].loss for trainer in (scaled, unscaled)]
    assert losses[0] < losses[1] / 2


@pytest.mark.parametrize("dataset", [Digits(), Wine()], ids=lambda dataset: dataset.tag())
def test_switching_to_it_and_back_leaves_a_network_that_can_train(dataset):
    start = Experiment()
    there = start.with_dataset(dataset)
    assert there.problems() == ()
    back = there.with_dataset(start.data.dataset)
    assert back.problems() == ()
    assert [type(layer) for layer in back.network.layers] == [type(layer) for layer in start.network.layers]
    assert back.data.scaling == start.data.scaling


def test_digits_go_on_bit_for_bit_from_their_file():
    hidden = Dense(id="hidden", units=8, activation=Relu())
    trainer = learnt(Digits(), Flatten(id="flat"), hidden, epochs=1)
    trainer.run(11)
    opened = loads(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    resumed = Trainer(opened.experiment, opened.checkpoint)
    for each in (trainer, resumed):
        for _ in range(3):
            each.run(100)
    np.testing.assert_array_equal(trainer.network.parameters, resumed.network.parameters)
