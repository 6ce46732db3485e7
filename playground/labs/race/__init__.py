"""The laboratory in which optimizers race down a landscape of two weights."""

from playground.labs.race.laboratory import Race

__all__ = ["Race"]
