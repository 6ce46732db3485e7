"""Vital signs, histograms and a diagnosis work for graphs, sequences, pictures and shared weights."""

import numpy as np
import pytest

from playground.analysis.diagnosis import diagnose
from playground.analysis.diagnosis.record import Record
from playground.engine.activations import Relu
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, TiedDense
from playground.experiment import Experiment
from playground.files.examples import examples
from playground.training.distributions import DistributionsObserver
from playground.training.trainer import Trainer
from playground.training.vitals import VitalsObserver

KINDS = (
    "one_neuron", "iris", "painted", "digits_cnn", "vae", "series", "adding_lstm", "attention", "memory",
    "karate", "karate_gcn",
)  # fmt: skip
EXAMPLES = {example.name: example for example in examples() if example.name in KINDS}
"""One of each kind of data and of layers."""


def looked_at(trainer):
    vitals = VitalsObserver(trainer).see(running=False)
    found = DistributionsObserver(trainer).see(running=False)
    return vitals, found, diagnose(Record.of(trainer, vitals))


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_network_can_be_looked_at(name):
    trainer = Trainer(EXAMPLES[name].experiment)
    before = trainer.network.parameters.copy()
    for _ in range(2):
        vitals, found, findings = looked_at(trainer)
        layers = {layer.id for layer in trainer.experiment.network.layers}
        assert set(vitals.layers) == layers
        assert set(found.layers) == layers
        assert not [finding for finding in findings if finding.grave]
        trainer.run(1)
    learnt = [layer for layer in vitals.layers.values() if layer.update_ratio > 0]
    assert learnt
    assert not np.array_equal(trainer.network.parameters, before)


def test_shared_weights_are_those_of_their_owner():
    start = Experiment().with_data(Experiment().data.with_(targets="inputs"))
    layers = (
        Dense(id="encoder", units=1, activation=Relu()),
        TiedDense(id="output", of="encoder"),
    )
    trainer = Trainer(start.with_(network=Architecture(layers=layers)).fitted())
    trainer.run(3)
    vitals, found, _ = looked_at(trainer)
    assert vitals.layers["encoder"].update_ratio > 0
    assert np.isnan(vitals.layers["output"].update_ratio)  # it has biases of its own alone
    assert set(found.layers["output"]) == {"biases", "net_inputs", "activations"}


def test_one_neuron_has_nothing_to_be_compared_with():
    layers = (
        Dense(id="output", units=1, activation=EXAMPLES["one_neuron"].experiment.network.output.activation),
    )
    trainer = Trainer(EXAMPLES["one_neuron"].experiment.with_(network=Architecture(layers=layers)))
    vitals, *_ = looked_at(trainer)
    assert np.isnan(vitals.layers["output"].difference)
    assert np.isnan(vitals.layers["output"].similarity)
