"""Samplers, a module each, which are found by themselves."""

from playground.search.samplers.base import Sampler
from playground.search.samplers.random import RandomSearch
from playground.search.samplers.tpe import TreeParzen
from playground.value import know_members

__all__ = ["RandomSearch", "Sampler", "TreeParzen"]

know_members(__name__, __path__)
