"""Formulas that people type, such as `sin(2 x₁) + x₂²`: read by a grammar of our own, nothing is ever run."""

from playground.data.formulas.formula import LARGEST, LONGEST, Formula
from playground.data.formulas.names import Names
from playground.data.formulas.reading import read

__all__ = ["LARGEST", "LONGEST", "Formula", "Names", "read"]
