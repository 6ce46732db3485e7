"""How numbers become colours, wherever they are drawn: tiles, maps, points on them, biases, thumbnails.

A number has a place of 0 to 255 between two ends, and a place has a colour.  What the ends are of a neuron
is said in `playground.analysis.ranges`.  A colouring is a frozen value, so that a widget knows by comparison
when to draw points and colour bar anew.  Pixels and tables of colours are uint32 numbers 0xffrrggbb, the
format of QImage's Format_RGB32.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from playground.analysis.ranges import ANY, Range, neuron_ranges, symmetric_level
from playground.numbers.writing import short
from playground.record import record
from widgets.refining import refine, refined_sums
from widgets.theme import Theme, class_colours, diverging_table

Floats = NDArray[np.floating]
Pixels = NDArray[np.uint32]

FADE_STEPS = 64
MOST = 10_800
"""The upper end of a range on a grid that is made finer: two bytes hold thrice as many."""
LAST = 255
"""The place of the upper end in the diverging colours."""


def places(values: NDArray[np.generic], low: Floats | float, high: Floats | float) -> NDArray[np.uint8]:
    """Where values stand between two ends, 0 to 255; what is no number stands in the middle."""
    if np.isnan(values).any():  # rare, and costly to mend
        values = np.where(np.isnan(values), (low + high) / 2, values)
    place = np.maximum(values, low)
    np.minimum(place, high, out=place)
    np.subtract(place, low, out=place)
    np.multiply(place, LAST / (high - low), out=place)
    np.add(place, 0.5, out=place)
    return place.astype(np.uint8)


def neuron_places(maps: Floats, bounds: Range = ANY) -> NDArray[np.uint8]:
    """Where the values of neurons (n, ...) stand, each neuron between its own ends."""
    low, high = neuron_ranges(maps, bounds).T.reshape(2, -1, *[1] * (maps.ndim - 1)).astype(maps.dtype)
    return places(maps, low, high)


def channel_pixels(maps: Floats) -> Pixels:
    """Red, green and blue of a picture (3, height, width), each from black to its own full colour."""
    low, high = float(maps.min()), float(maps.max())
    levels = places(maps, low, high if high > low else low + 1).astype(np.uint32)
    return 0xFF000000 | levels << np.array([16, 8, 0], np.uint32)[:, np.newaxis, np.newaxis]


@cache
def diverging_pixels(theme: Theme) -> Pixels:
    """The colour of each place, as pixels (256,)."""
    return pack(diverging_table(theme))


@cache
def _two_pixels(theme: Theme) -> Pixels:
    """The colours of both ends, each for its half of the places."""
    return np.repeat(diverging_pixels(theme)[[0, LAST]], 128)


@cache
def _grade_pixels(theme: Theme, discretize: bool, last: int) -> Pixels:
    """The colour of each grade up to the last."""
    seen = np.floor(np.linspace(0, LAST, last + 1) + 0.5).astype(np.intp)
    return (_two_pixels(theme) if discretize else diverging_pixels(theme))[seen]


def diverging_colours(seen: NDArray[np.uint8], theme: Theme) -> list[str]:
    """The colours of places, for a pen."""
    return [f"#{colour & 0xFFFFFF:06x}" for colour in diverging_pixels(theme)[seen].tolist()]


@record
class ColourKey:
    """A colour bar from its lower end up: either blended between two ends, or a block for each name."""

    colours: tuple[str, ...]
    ends: tuple[str, str] | None = None
    names: tuple[str, ...] = ()


class Colouring(Protocol):
    """A rule that gives every output a colour."""

    def pixels(self, outputs: Floats, theme: Theme, discretize: bool, parts: int = 1) -> Pixels:
        """Colours (r, r) of outputs (m, r, r), or of the grid that has so many parts a step."""

    def point_colours(self, targets: NDArray[np.generic], theme: Theme) -> list[str]:
        """The colour of each of the targets (n,)."""

    def key(self, theme: Theme, discretize: bool) -> ColourKey:
        """What the colour bar shows."""


@record
class Diverging:
    """One output, from orange at `low` over the middle to blue at `high`.

    Targets are classes 0 and 1 when `two_classes`, or else values on the same scale.
    """

    low: float = -1.0
    high: float = 1.0
    two_classes: bool = False

    def pixels(self, outputs: Floats, theme: Theme, discretize: bool, parts: int = 1) -> Pixels:
        """Colours of the only output (1, r, r).

        Between the points of a grid lie whole numbers, each with its colour: that takes half the time.
        """
        if parts == 1:
            return self._table(theme, discretize)[self._places(outputs[0])]
        if np.isnan(outputs).any():
            outputs = np.where(np.isnan(outputs), (self.low + self.high) / 2, outputs)
        last = MOST // (parts * parts)
        grades = (outputs - self.low) * (last / (self.high - self.low))
        grades = np.clip(grades + 0.5, -last, 2 * last)  # beyond the ends, for what lies between
        fine = refined_sums(np.floor(grades).astype(np.int16), parts)[0]
        return _grade_pixels(theme, discretize, last * parts * parts).take(fine, mode="clip")

    def point_colours(self, targets: NDArray[np.generic], theme: Theme) -> list[str]:
        """Full colours for classes; for values the table's, in few steps."""
        if self.two_classes:
            return [theme.positive if target == 1 else theme.negative for target in targets]
        return diverging_colours(self._places(targets) // 8 * 8 + 4, theme)

    def key(self, theme: Theme, discretize: bool) -> ColourKey:
        """The table's ends and middle, or two halves."""
        middle = (theme.negative, theme.positive) if discretize else (theme.zero,)
        ends = (short(self.low, 3), short(self.high, 3))
        return ColourKey((theme.negative, *middle, theme.positive), ends)

    def _places(self, values: NDArray[np.generic]) -> NDArray[np.uint8]:
        return places(values, self.low, self.high)

    def _table(self, theme: Theme, discretize: bool) -> Pixels:
        return _two_pixels(theme) if discretize else diverging_pixels(theme)


@record
class ByClass:
    """An output for each class: the colour of the largest, faded where the next one comes near.

    A lead of 1 over the runner-up gives the full colour: a sure probability, or the margin that losses
    without probabilities ask for.
    """

    names: tuple[str, ...]

    def pixels(self, outputs: Floats, theme: Theme, discretize: bool, parts: int = 1) -> Pixels:
        """Colours of one output a class, (classes, r, r)."""
        winner, lead = winner_and_lead(refine(outputs, parts) if parts > 1 else outputs)
        if discretize:
            return self._table(theme)[:, -1][winner]
        fade = np.minimum(lead * FADE_STEPS, FADE_STEPS - 1).astype(np.intp)
        return self._table(theme).ravel()[winner * FADE_STEPS + fade]

    def point_colours(self, targets: NDArray[np.generic], theme: Theme) -> list[str]:
        """Each class's full colour."""
        colours = class_colours(len(self.names))
        return [colours[int(target)] for target in targets]

    def key(self, theme: Theme, discretize: bool) -> ColourKey:
        """A block for each class."""
        return ColourKey(class_colours(len(self.names)), names=self.names)

    def _table(self, theme: Theme) -> Pixels:
        """(classes, FADE_STEPS): every class's colour, out of the theme's zero."""
        zero = np.array(QColor(theme.zero).getRgb()[:3])
        full = np.array([QColor(colour).getRgb()[:3] for colour in class_colours(len(self.names))])
        share = np.linspace(0, 1, FADE_STEPS)[:, None]
        return pack(np.round(zero + share * (full[:, None, :] - zero)))


def label_colouring(classes: tuple[str, ...], labels: NDArray[np.generic]) -> Colouring:
    """How samples are coloured by what a dataset says of them: by class, or by value around 0."""
    if len(classes) > 2:
        return ByClass(classes)
    if classes:
        return Diverging(-1.0, 1.0, two_classes=True)
    level = symmetric_level(labels)
    return Diverging(-level, level)


def winner_and_lead(outputs: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Which of the outputs (m, r, r) is the largest, and by how much it leads the next one: (r, r) each."""
    winner = (outputs[1] > outputs[0]).astype(np.intp)
    first = np.maximum(outputs[0], outputs[1])
    second = np.minimum(outputs[0], outputs[1])
    for index, output in enumerate(outputs[2:], 2):  # several times faster than sorting
        np.putmask(winner, output > first, index)
        np.maximum(second, np.minimum(first, output), out=second)
        np.maximum(first, output, out=first)
    return winner, first - second


def pack(rgb: NDArray[np.generic]) -> Pixels:
    """Colours (…, 3) of 0 to 255 as numbers 0xffrrggbb."""
    red, green, blue = np.moveaxis(rgb.astype(np.uint32), -1, 0)
    return 0xFF000000 | red << 16 | green << 8 | blue
