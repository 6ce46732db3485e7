"""The augmentations, by what they vary; every module here is imported when all of them are asked for."""

from playground.data.augmentation.base import (
    Augmentation,
    nodes_belong_together,
    refuse_others,
    varied,
)

__all__ = ["Augmentation", "nodes_belong_together", "refuse_others", "varied"]
