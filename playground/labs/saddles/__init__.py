"""The laboratory of saddle points: why there are so many, where they lie, and how descent leaves them."""

from playground.labs.saddles.laboratory import Saddles

__all__ = ["Saddles"]
