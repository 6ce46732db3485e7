"""The landscape: the loss over a plane through the weights, how it curves, and along straight lines."""

from playground.analysis.inspections.landscape.inspection import Landscape

__all__ = ["Landscape"]
