"""A script of Python that needs NumPy alone."""

from playground.exports.targets.numpy_script.target import NumpyScript

__all__ = ["NumpyScript"]
