"""Pruners, a module each, which are found by themselves."""

from playground.search.pruners.base import Pruner
from playground.search.pruners.never import NeverPrune
from playground.value import know_members

__all__ = ["NeverPrune", "Pruner"]

know_members(__name__, __path__)
