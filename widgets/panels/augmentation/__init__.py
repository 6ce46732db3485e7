"""How training samples are varied: a list of augmentations, and what they make of a few samples."""

from widgets.panels.augmentation.editor import AugmentationEditor

__all__ = ["AugmentationEditor"]
