"""The laboratory of Hopfield networks: memory without backpropagation."""

from playground.labs.hopfield.laboratory import Hopfield

__all__ = ["Hopfield"]
