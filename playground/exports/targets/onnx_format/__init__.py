"""A file in the Open Neural Network Exchange format."""

from playground.exports.targets.onnx_format.target import OnnxFormat

__all__ = ["OnnxFormat"]
