"""The laboratory of restricted Boltzmann machines: learning without targets, by dreaming."""

from playground.labs.boltzmann.laboratory import Boltzmann

__all__ = ["Boltzmann"]
