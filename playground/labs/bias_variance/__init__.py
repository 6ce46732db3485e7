"""The laboratory in which a model is fitted again and again to samples of the same truth."""

from playground.labs.bias_variance.laboratory import BiasVariance

__all__ = ["BiasVariance"]
