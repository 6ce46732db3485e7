"""Calculations written out line by line, to be worked out and read: as symbols, LaTeX, NumPy or numbers."""

from playground.engine.calculation.equation import Equation, Values, worked

__all__ = ["Equation", "Values", "worked"]
