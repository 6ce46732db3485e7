"""The augmentations, by what they vary; every module here is imported, and its members are known."""

from playground.data.augmentation.base import Augmentation, refuse_others, varied
from playground.value import know_members

__all__ = ["Augmentation", "refuse_others", "varied"]

know_members(__name__, __path__)
