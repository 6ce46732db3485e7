"""Letters as patterns of pixels, to be stored by networks that remember."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LETTERS = {
    "A": "01110 10001 10001 11111 10001 10001 10001",
    "C": "01111 10000 10000 10000 10000 10000 01111",
    "E": "11111 10000 10000 11110 10000 10000 11111",
    "H": "10001 10001 10001 11111 10001 10001 10001",
    "I": "11111 00100 00100 00100 00100 00100 11111",
    "J": "00111 00010 00010 00010 00010 10010 01100",
    "L": "10000 10000 10000 10000 10000 10000 11111",
    "N": "10001 11001 11001 10101 10011 10011 10001",
    "O": "01110 10001 10001 10001 10001 10001 01110",
    "P": "11110 10001 10001 11110 10000 10000 10000",
    "S": "01111 10000 10000 01110 00001 00001 11110",
    "T": "11111 00100 00100 00100 00100 00100 00100",
    "U": "10001 10001 10001 10001 10001 10001 01110",
    "V": "10001 10001 10001 10001 01010 01010 00100",
    "X": "10001 10001 01010 00100 01010 10001 10001",
    "Y": "10001 10001 01010 00100 00100 00100 00100",
    "Z": "11111 00001 00010 00100 01000 10000 11111",
}
"""Rows of seven, five pixels each."""

MARGIN = 0.1
"""The share of the side that stays free on each side of a letter."""


def letter(name: str, side: int) -> NDArray[np.int8]:
    """A letter on a square (side, side): +1 where there is ink, −1 elsewhere."""
    drawn = np.array([[int(pixel) for pixel in row] for row in LETTERS[name].split()])
    margin = int(side * MARGIN)
    within = np.linspace(0, 1, side - 2 * margin)
    rows, columns = (np.rint(within * (count - 1)).astype(int) for count in drawn.shape)
    square = -np.ones((side, side), np.int8)
    square[margin : side - margin, margin : side - margin] = 2 * drawn[np.ix_(rows, columns)] - 1
    return square
