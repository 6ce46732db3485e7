"""The laboratory of activations: the curve of one, and what many layers of it make of a signal."""

from playground.labs.activations.laboratory import ActivationExplorer

__all__ = ["ActivationExplorer"]
