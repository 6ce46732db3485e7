"""A header of C, for programs and for small devices."""

from playground.exports.targets.c_header.target import CHeader

__all__ = ["CHeader"]
