"""Bringing an activation and its initial weights into a network."""

from __future__ import annotations

from playground.engine.activations import Activation
from playground.engine.initializers import Initializer
from playground.experiment import Experiment


def with_activation(experiment: Experiment, activation: Activation, initializer: Initializer) -> Experiment:
    """Every layer before the output that has an activation and initial weights has these."""
    network = experiment.network
    *hidden, output = network.layers
    changed = [
        layer.with_(activation=activation, initializer=initializer)
        if {"activation", "initializer"} <= type(layer).model_fields.keys()
        else layer
        for layer in hidden
    ]
    return experiment.with_(network=network.with_(layers=(*changed, output)))
