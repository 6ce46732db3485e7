"""The laboratory of losses: what each makes of an output, and which way it pushes."""

from playground.labs.losses.laboratory import LossExplorer

__all__ = ["LossExplorer"]
