"""The layers, one file a family; importing this package makes every one known."""

from playground.engine.layers.activation import ActivationLayer
from playground.engine.layers.base import Layer, LayerProblem, Operations, Tensor, Wires
from playground.engine.layers.dense import Dense
from playground.engine.layers.dropout import Dropout
from playground.engine.layers.merge import Add, Concatenate
from playground.engine.layers.normalization import BatchNorm

__all__ = [
    "ActivationLayer",
    "Add",
    "BatchNorm",
    "Concatenate",
    "Dense",
    "Dropout",
    "Layer",
    "LayerProblem",
    "Operations",
    "Tensor",
    "Wires",
]
