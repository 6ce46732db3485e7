"""Sequences of different length are learnt, measured and asked alike, whatever else is in the batch."""

import numpy as np
import pytest

from playground.data.datasets.sequences.memory import Adding, Echo
from playground.data.datasets.sequences.symbols import SequenceParity
from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Dropout, Flatten
from playground.engine.layers.recurrent import Gru, Lstm, SimpleRnn
from playground.engine.layers.steps import DenseAtEachStep
from playground.engine.optimizers import Adam
from playground.experiment import Experiment
from playground.training.checkpoint import Checkpoint
from playground.training.moment import Moment
from playground.training.trainer import Trainer


def experiment(dataset, *hidden, batch_size=20, **training):
    layers = (*hidden, Dense(id="output", units=1, activation=Linear()))
    made = Experiment(network=Architecture(layers=layers)).with_dataset(dataset)
    return made.with_(training=made.training.with_(batch_size=batch_size, **training), precision="float64")


@pytest.mark.parametrize("dataset", [Adding(samples=60, shorter=60), SequenceParity(samples=60, shorter=60)])
def test_every_sequence_is_answered_as_by_itself(dataset):
    trainer = Trainer(experiment(dataset, Lstm(id="lstm", units=4, reads="both")))
    trainer.run_epoch()
    moment, raw = Moment.of(trainer), trainer.data.test.raw
    together = moment.ask(raw).outputs
    alone = np.vstack([moment.ask(raw[place : place + 1]).outputs for place in range(len(raw))])
    np.testing.assert_allclose(alone, together, rtol=1e-12)
    judged = moment.judge(trainer.data.test)
    np.testing.assert_allclose(judged.outputs, together, rtol=1e-12)
    assert trainer.recorder.measures[1].loss == pytest.approx(judged.losses.mean(), rel=1e-12)


def test_a_longer_window_around_the_same_sequences_teaches_the_same():
    """Three steps more, that no sequence has, change no weight of what is learnt."""
    trainers = [Trainer(experiment(Adding(samples=60, shorter=60), Gru(id="gru", units=4))) for _ in range(2)]
    padded, plain = (trainer.network for trainer in trainers)
    more = np.full((3, 20, 2), np.nan)
    rows = trainers[0].sides.train.inputs[:20, :-1].reshape(20, 8, 2)
    wide = type(plain)(plain.architecture, (11, 2), "float64")
    wide.parameters[:] = plain.parameters
    inputs = np.concatenate([rows, more.transpose(1, 0, 2)], axis=1)
    np.testing.assert_allclose(wide.predict(inputs.reshape(20, -1)), padded.predict(rows.reshape(20, -1)))


@pytest.mark.parametrize("kind", [SimpleRnn, Gru, Lstm])
def test_training_goes_on_from_a_checkpoint_to_the_last_bit(kind):
    layers = (kind(id="a", units=3, gives="all"), Dropout(id="b", probability=0.3), kind(id="c", units=3))
    designed = experiment(Adding(samples=60, shorter=60), *layers, batch_size=7)
    straight, stopped = Trainer(designed), Trainer(designed)
    straight.run_epoch()
    straight.run(3)
    stopped.run_epoch()
    stopped.run(1)
    on = Trainer(designed, Checkpoint.of(stopped.state()))
    on.run(2)
    np.testing.assert_array_equal(on.network.parameters, straight.network.parameters)


def test_an_answer_at_each_step_stays_where_each_step_has_a_target_and_is_dense_elsewhere():
    layers = (Gru(id="gru", units=4, gives="all"), DenseAtEachStep(id="output", units=7))
    start = Experiment(network=Architecture(layers=layers))
    echoed = start.with_dataset(Echo(samples=60, shorter=50))
    assert echoed.network.output == DenseAtEachStep(id="output", units=1, activation=Linear())
    assert not echoed.problems()
    longer = echoed.with_dataset(Echo(samples=60, length=20))
    assert longer.network == echoed.network
    added = echoed.with_dataset(Adding(samples=60))
    assert [type(layer) for layer in added.network.layers] == [Gru, Flatten, Dense]
    assert not added.problems()


def test_an_echo_is_learnt_step_by_step():
    layers = (
        Gru(id="gru", units=12, gives="all"),
        DenseAtEachStep(id="output", units=1, activation=Linear()),
    )
    start = Experiment(network=Architecture(layers=layers)).with_dataset(
        Echo(samples=300, delay=1, shorter=50)
    )
    trainer = Trainer(start.with_(training=start.training.with_(optimizer=Adam(learning_rate=0.02))))
    for _ in range(12):
        trainer.run_epoch()
    assert trainer.recorder.measures[1].metrics["r2"] > 0.8
