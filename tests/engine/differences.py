"""Slopes measured by central differences: the independent judge of every gradient."""

import numpy as np


def central_difference(function, x, h=1e-6):
    """The gradient of a number with respect to every entry of x, which is put back."""
    slope = np.empty_like(x)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + h
        above = function()
        x[index] = kept - h
        below = function()
        x[index] = kept
        slope[index] = (above - below) / (2 * h)
    return slope


def relative_error(found, expected, floor=1e-9):
    """The length of the difference as a share of the longer of the two; below the floor, of the floor."""
    longer = max(np.linalg.norm(found), np.linalg.norm(expected), floor)
    return np.linalg.norm(np.subtract(found, expected)) / longer
