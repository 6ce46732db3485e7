"""The laboratory of normalization: what the scale of inputs does to learning, and batch norm to a network."""

from playground.labs.normalization.laboratory import Normalizing

__all__ = ["Normalizing"]
