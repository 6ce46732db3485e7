"""Where layers read the graph whose nodes are the samples, each step and each answer takes all of it."""

import json

import numpy as np
import pytest
from training_examples import is_finite

from playground.data import Data
from playground.data.augmentation import Augmentation
from playground.data.datasets.karate import Karate
from playground.data.datasets.recipes.graphs import StochasticBlocks
from playground.data.features.of_samples import OfColumn
from playground.engine.activations import Sigmoid, Softmax
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Dropout
from playground.engine.layers.graph_attention import GraphAttention
from playground.engine.layers.graph_convolution import GraphConvolution
from playground.engine.layers.message_passing import MessagePassing
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy
from playground.engine.optimizers import Adam
from playground.experiment import Experiment, Training
from playground.files.examples import examples
from playground.randomness import Pcg64
from playground.training.moment import Moment
from playground.training.trainer import Trainer

KINDS = pytest.mark.parametrize("kind", [GraphConvolution, GraphAttention, MessagePassing])


def club(*layers, seed=0, **training):
    layers = layers or (GraphConvolution(id="a"), Dropout(id="b"))
    output = Dense(id="output", units=1, activation=Sigmoid())
    data = Data(dataset=Karate(), inputs=(OfColumn(column="spectral 1"),), split="column")
    return Experiment(
        data=data,
        network=Architecture(layers=(*layers, output)),
        training=Training(**training),
        randomness=Pcg64(seed=seed),
    )


def blocks(**changes):
    """Three groups of twenty, by a graph convolution on their own hints."""
    dataset = StochasticBlocks(neighbours=False, **changes)
    data = Data(
        dataset=dataset, inputs=tuple(OfColumn(column=f"hint {name}") for name in "ABC"), split="column"
    )
    output = GraphConvolution(id="output", units=3, activation=Softmax())
    layers = (GraphConvolution(id="a", units=8), output)
    training = Training(loss=CrossEntropy(), optimizer=Adam(learning_rate=0.02))
    return Experiment(data=data, network=Architecture(layers=layers), training=training)


def test_the_club_is_told_apart_by_two_of_its_members():
    """The median of ten seeds, after the epochs of the example."""
    example = next(each for each in examples() if each.name == "karate_gcn").load().experiment
    found = []
    for seed in range(10):
        trainer = Trainer(example.with_(randomness=Pcg64(seed=seed)))
        assert len(trainer.data.train.inputs) == 2
        for _ in range(example.training.epochs):
            trainer.run_epoch()
        found.append(trainer.recorder.measures[1].metrics["accuracy"])
    assert np.median(found) >= 0.95


def test_groups_are_told_by_their_neighbours_better_than_by_themselves():
    graph = blocks()
    rows = graph.with_(
        network=Architecture(
            layers=(Dense(id="a", units=8), Dense(id="output", units=3, activation=Softmax()))
        )
    )
    trainers = Trainer(graph), Trainer(rows)
    for trainer in trainers:
        for _ in range(150):
            trainer.run_epoch()
    told, alone = (trainer.recorder.measures[1].metrics["accuracy"] for trainer in trainers)
    assert told > alone + 0.1


@KINDS
def test_each_epoch_is_one_step_whatever_the_batch_size_and_the_order(kind):
    found = []
    for training in ({"batch_size": 1}, {"batch_size": 3, "shuffle": False}, {"last_batch": "carry"}):
        trainer = Trainer(club(kind(id="a"), **training))
        for _ in range(5):
            trainer.run_epoch()
        assert (trainer.step, trainer.steps_per_epoch) == (5, 1)
        assert trainer.experiment.remark is None
        found.append(trainer.network.parameters.copy())
    for other in found[1:]:
        np.testing.assert_array_equal(found[0], other)


def test_a_step_is_down_the_mean_loss_of_the_nodes_that_are_learnt_from():
    trainer = Trainer(club(GraphConvolution(id="a")).with_(precision="float64"))
    trainer.run(1)
    network, step = trainer.network, 1e-6
    network.parameters[:] -= trainer.update.moved  # as it was
    gradient = network.gradients.copy()
    for place in range(len(network.parameters)):
        losses = []
        for move in (step, -step):
            network.parameters[place] += move
            losses.append(trainer.recorder.evaluate()[0].loss)
            network.parameters[place] -= move
        assert (losses[0] - losses[1]) / (2 * step) == pytest.approx(gradient[place], abs=1e-8)


def test_weights_of_classes_count_among_the_nodes_that_are_learnt_from():
    plain, weighed = (
        Trainer(club(GraphConvolution(id="a"), loss=BinaryCrossEntropy(class_weights=how)))
        for how in ("equal", "balanced")
    )
    for trainer in (plain, weighed):
        trainer.run_epoch()
    np.testing.assert_allclose(plain.network.gradients, weighed.network.gradients, rtol=1e-5)  # two of each


def test_an_answer_about_a_node_is_the_same_wherever_it_is_asked():
    trainer = Trainer(blocks())
    for _ in range(3):
        trainer.run_epoch()
    moment, data = Moment.of(trainer), trainer.data
    judged = moment.judge(data.test)
    of_all = trainer.network.predict(data.transform(data.nodes.raw), data.nodes.graph)
    np.testing.assert_array_equal(judged.outputs, of_all[data.nodes.of_samples[data.test.rows]])
    assert np.mean(judged.losses) == pytest.approx(trainer.recorder.measures[1].loss, rel=1e-6)
    asked = moment.ask(data.test.raw, data.test.rows)
    np.testing.assert_array_equal(asked.outputs, judged.outputs)


def test_a_row_that_is_asked_about_without_a_place_has_no_neighbours():
    trainer = Trainer(blocks())
    moment, raw = Moment.of(trainer), trainer.data.test.raw
    each = [moment.ask(row[np.newaxis]).outputs[0] for row in raw[:4]]
    np.testing.assert_allclose(moment.ask(raw[:4]).outputs, each, rtol=1e-6)
    assert not np.allclose(moment.ask(raw).outputs, moment.judge(trainer.data.test).outputs)


@KINDS
def test_a_run_that_is_taken_up_again_goes_on_bit_for_bit(kind):
    given = club(kind(id="a"), Dropout(id="b", probability=0.3))
    whole, first = Trainer(given), Trainer(given)
    for trainer, epochs in ((whole, 7), (first, 3)):
        for _ in range(epochs):
            trainer.run_epoch()
    second = Trainer(given, first.checkpoint())
    for _ in range(4):
        second.run_epoch()
    np.testing.assert_array_equal(second.network.parameters, whole.network.parameters)
    assert json.dumps(second.checkpoint().numbers["streams"]) == json.dumps(
        whole.checkpoint().numbers["streams"]
    )


def test_nodes_without_edges_and_a_single_labelled_one_train():
    trainer = Trainer(blocks(within=0, across=0, labelled=1))
    trainer.run_epoch()
    assert is_finite(trainer.recorder.measures[1].loss)


def test_augmentation_is_refused_where_nodes_belong_together():
    augmentation = next(kind() for kind in Augmentation.members() if kind.fits(Karate()))
    given = club()
    told = given.with_(data=given.data.with_(augmentations=(augmentation,))).problems()
    assert "varies sample by sample, and nodes belong to their graph" in str(told[0].text)
