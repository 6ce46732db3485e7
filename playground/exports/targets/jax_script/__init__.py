"""A pure function of JAX with its weights."""

from playground.exports.targets.jax_script.target import JaxScript

__all__ = ["JaxScript"]
