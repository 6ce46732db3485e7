"""Formulas that people type, such as `sin(2 x₁) + x₂²`: read by a grammar of our own, nothing is ever run."""

LONGEST = 200
"""Characters of a formula at most."""
