"""The laboratory in which noisy numbers are averaged with weights that fade into the past."""

from playground.labs.averages.laboratory import Averages

__all__ = ["Averages"]
