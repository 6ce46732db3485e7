"""The laboratory in which learning-rate schedules lie over one another and train a network."""

from playground.labs.schedules.laboratory import Schedules

__all__ = ["Schedules"]
