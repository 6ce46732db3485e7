"""What a Boltzmann machine has learnt, as the beginning of a dense network."""

from __future__ import annotations

import numpy as np

from playground.data.datasets.digits import Digits
from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture
from playground.engine.initializers import Pretrained
from playground.engine.layers import Dense, Flatten
from playground.experiment import Experiment
from playground.labs.boltzmann.machine import RestrictedMachine


def pretrained(experiment: Experiment, machine: RestrictedMachine) -> Experiment:
    """The experiment on digits, with one hidden layer whose first weights are those of a machine.

    What the machine looks at is what the network does: brightness from 0 to 1.
    """
    block = np.column_stack([machine.weights, machine.hidden])
    hidden = Dense(
        id="pretrained", units=len(block), activation=Sigmoid(), initializer=Pretrained.holding(block)
    )
    layers = (Flatten(id="flatten1"), hidden, Dense(id="output", units=10))
    on_digits = experiment.with_data(experiment.data.with_dataset(Digits()))
    return on_digits.with_(network=Architecture(layers=layers)).fitted()
