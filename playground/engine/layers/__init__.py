"""The layers, one file a family; every module here is imported, and its members are known."""

from playground.engine.layers.activation import ActivationLayer
from playground.engine.layers.base import Edges, Layer, LayerProblem, Operations, Tensor, Wires
from playground.engine.layers.dense import Dense, TiedDense
from playground.engine.layers.dropout import Dropout
from playground.engine.layers.layer_norm import LayerNorm
from playground.engine.layers.maxout import Maxout
from playground.engine.layers.merge import Add, Concatenate
from playground.engine.layers.noise import GaussianNoise
from playground.engine.layers.normalization import BatchNorm
from playground.engine.layers.scale import Scale
from playground.engine.layers.shape import Flatten, Reshape
from playground.value import know_members

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
    "Scale",
    "Tensor",
    "TiedDense",
    "Wires",
]

know_members(__name__, __path__)
