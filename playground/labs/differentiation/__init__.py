"""The laboratory in which one expression is differentiated in four ways."""

from playground.labs.differentiation.laboratory import Differentiation

__all__ = ["Differentiation"]
