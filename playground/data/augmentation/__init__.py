"""The augmentations, by what they vary; every module here is imported, and its members are known."""

from playground.data.augmentation.base import (
    Augmentation,
    nodes_belong_together,
    refuse_others,
    varied,
)
from playground.value import know_members

__all__ = ["Augmentation", "nodes_belong_together", "refuse_others", "varied"]

know_members(__name__, __path__)
