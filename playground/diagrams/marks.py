"""What a diagram is made of: strokes, shapes and words at places in points, y downwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Spot: TypeAlias = tuple[float, float]

WIDE = 0.6
"""The mean width of a letter for one of its size; a little more than most typefaces need."""


@dataclass(frozen=True)
class InkLine:
    """A straight line through points, or one curve by four of them; `ink` is 0 for nothing to 1 for black."""

    points: tuple[Spot, ...]
    width: float = 0.8
    ink: float = 1.0
    arrow: bool = False
    curved: bool = False


@dataclass(frozen=True)
class Polygon:
    """A closed outline, filled with so much ink."""

    points: tuple[Spot, ...]
    fill: float = 0.0
    width: float = 1.0


@dataclass(frozen=True)
class Disc:
    """A circle, filled with so much ink."""

    middle: Spot
    radius: float
    fill: float = 0.0
    width: float = 1.0


@dataclass(frozen=True)
class Words:
    """A line of text; `place` is on its base line, at its start, middle or end."""

    place: Spot
    text: str
    size: float = 9.0
    bold: bool = False
    ink: float = 1.0
    anchor: Literal["start", "middle", "end"] = "middle"

    @property
    def reach(self) -> tuple[float, float]:
        """About where it begins and ends."""
        wide = width_of(self.text, self.size)
        begins = self.place[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return begins, begins + wide


SketchMark: TypeAlias = InkLine | Polygon | Disc | Words


@dataclass(frozen=True)
class NetworkDrawing:
    """Marks, the lowest first, on a sheet from (0, 0) to its size."""

    title: str
    width: float
    height: float
    marks: tuple[SketchMark, ...]


def width_of(text: str, size: float) -> float:
    """About how wide a text is: letters of East Asia are as wide as high."""
    return size * sum(1.0 if letter > "\u2e7f" else WIDE for letter in text)


def sheet(title: str, marks: list[SketchMark], margin: float = 12.0) -> NetworkDrawing:
    """The marks, moved so that all of them lie on a sheet."""
    spots = [spot for mark in marks for spot in _corners(mark)]
    left, top = (min(spot[axis] for spot in spots) - margin for axis in (0, 1))
    right, bottom = (max(spot[axis] for spot in spots) + margin for axis in (0, 1))
    moved = tuple(_moved(mark, -left, -top) for mark in marks)
    return NetworkDrawing(title, round(right - left, 1), round(bottom - top, 1), moved)


def _corners(mark: SketchMark) -> list[Spot]:
    if isinstance(mark, Words):
        (begins, ends), y = mark.reach, mark.place[1]
        return [(begins, y - mark.size), (ends, y + mark.size / 3)]
    if isinstance(mark, Disc):
        (x, y), r = mark.middle, mark.radius
        return [(x - r, y - r), (x + r, y + r)]
    return list(mark.points)


def _moved(mark: SketchMark, across: float, down: float) -> SketchMark:
    def to(spot: Spot) -> Spot:
        return round(spot[0] + across, 2), round(spot[1] + down, 2)

    if isinstance(mark, Words):
        return replace(mark, place=to(mark.place))
    if isinstance(mark, Disc):
        return replace(mark, middle=to(mark.middle))
    return replace(mark, points=tuple(map(to, mark.points)))
