"""Networks that pass messages within a molecule learn what dense ones only learn by heart."""

from playground.data.datasets.recipes.molecules import Molecules
from playground.engine.activations import Relu, Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.message_passing import MessagePassing
from playground.engine.layers.readout import GraphReadout
from playground.engine.optimizers import Adam
from playground.experiment import Experiment, Training
from playground.training.trainer import Trainer

OUTPUT = Dense(id="output", units=1, activation=Sigmoid())
DENSE = (Flatten(id="a"), Dense(id="b", units=32, activation=Relu()))
PASSING = (MessagePassing(id="a", units=8), MessagePassing(id="b", units=8), GraphReadout(id="c"))


def accuracy(*layers):
    """Of the test samples, after fifteen epochs of an experiment on whether N or O is at an end."""
    given = (
        Experiment()
        .with_dataset(Molecules(samples=400))
        .with_(
            network=Architecture(layers=(*layers, OUTPUT)),
            training=Training(optimizer=Adam(learning_rate=0.02), batch_size=20),
        )
    )
    assert given.problems() == ()
    assert not given.takes_whole_graph
    trainer = Trainer(given)
    for _ in range(15):
        trainer.run_epoch()
    return trainer.recorder.measures[1].metrics["accuracy"]


def test_what_is_at_an_end_is_told_by_messages_and_a_read_out():
    passing = accuracy(*PASSING)
    assert passing > 0.9
    assert passing > accuracy(*DENSE) + 0.15
