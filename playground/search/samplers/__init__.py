"""Samplers, a module each, which are found by themselves."""

from playground.search.samplers.base import Sampler
from playground.search.samplers.random import RandomSearch
from playground.value import know_members

__all__ = ["RandomSearch", "Sampler"]

know_members(__name__, __path__)
