"""Laboratories: ideas one can take in the hand, a module each, which is found by itself."""

from playground.labs.base import Laboratory, Memory, Try
from playground.value import know_members

know_members(__name__, __path__)

__all__ = ["Laboratory", "Memory", "Try"]
