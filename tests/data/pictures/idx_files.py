"""Writes files in the form of MNIST, by the description of that form."""

import struct

import numpy as np


def idx(array, kind=8):
    """An array as an IDX file, by the description of its form."""
    array = np.asarray(array, np.uint8)
    return bytes([0, 0, kind, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()
