"""The laboratory of batches: gradients of samples, their means, and what sizes of batches cost and bring."""

from playground.labs.batch_noise.laboratory import BatchNoise

__all__ = ["BatchNoise"]
