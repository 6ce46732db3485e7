"""The laboratory of penalties on weights, and of dropout."""

from playground.labs.regularization.laboratory import Regularization

__all__ = ["Regularization"]
