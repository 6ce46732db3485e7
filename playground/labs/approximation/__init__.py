"""The laboratory in which a function is built of steps and kinks, by hand and by training."""

from playground.labs.approximation.laboratory import Approximation

__all__ = ["Approximation"]
