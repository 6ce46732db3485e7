"""A module of PyTorch with its weights."""

from playground.exports.targets.pytorch.target import PytorchModule

__all__ = ["PytorchModule"]
