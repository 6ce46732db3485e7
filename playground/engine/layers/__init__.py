"""The layers, one file a family; importing this package makes every one known."""

from playground.engine.layers.activation import ActivationLayer
from playground.engine.layers.base import Edges, Layer, LayerProblem, Operations, Tensor, Wires
from playground.engine.layers.dense import Dense, TiedDense
from playground.engine.layers.dropout import Dropout
from playground.engine.layers.maxout import Maxout
from playground.engine.layers.merge import Add, Concatenate
from playground.engine.layers.noise import GaussianNoise
from playground.engine.layers.normalization import BatchNorm, LayerNorm
from playground.engine.layers.shape import Flatten, Reshape

__all__ = [
    "ActivationLayer",
    "Add",
    "BatchNorm",
    "Concatenate",
    "Dense",
    "Dropout",
    "Edges",
    "Flatten",
    "GaussianNoise",
    "Layer",
    "LayerNorm",
    "LayerProblem",
    "Maxout",
    "Operations",
    "Reshape",
    "Tensor",
    "TiedDense",
    "Wires",
]
