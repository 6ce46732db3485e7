"""The laboratory of lines: the perceptron's rule, and what a few neurons cut out of the plane."""

from playground.labs.lines.laboratory import Lines

__all__ = ["Lines"]
