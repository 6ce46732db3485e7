"""A functional model of Keras 3 with its weights."""

from playground.exports.targets.keras_model.target import KerasModel

__all__ = ["KerasModel"]
