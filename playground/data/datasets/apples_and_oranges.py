"""Apples and oranges, as small pictures in colour."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Task
from playground.data.pictures import drawing
from playground.data.pictures.recipe import DrawnPictures
from playground.data.sample import Floats
from playground.record import record
from playground.value import Typical, Unit

Mask = NDArray[np.bool_]
LEAF, BARK = np.array([0.25, 0.5, 0.15]), np.array([0.35, 0.22, 0.12])


class ApplesAndOranges(DrawnPictures):
    kind: Literal["apples_and_oranges"] = "apples_and_oranges"
    title = "Apples and oranges"
    help = "Apples, red or green, with a stem, and oranges with their pores, in all lights."
    advice = (
        "For a first network that sees colours: most fruits are told by their hue, some by their form alone."
    )

    side: Annotated[int, Unit("px"), Typical(8, 24)] = Field(
        20,
        ge=8,
        le=32,
        title="Size",
        description="Pixels along each side, 12 to 28 as a rule; the inputs grow with its square.",
    )
    variety: Annotated[float, Unit("%")] = Field(
        100.0,
        ge=0,
        le=100,
        title="Variety",
        description="How much fruits differ in hue, size, place, light, stem and leaf; at 0 all are alike.",
    )

    @property
    def task(self) -> Task:
        """Say which fruit it is."""
        return Task("classification", ("apple", "orange"))

    @property
    def channels(self) -> int:
        return 3

    @property
    def chances(self) -> int:
        return len(_Chances.__dataclass_fields__)

    def picture(self, classes: NDArray[np.int64], numbers: Floats) -> Floats:
        pulled = 0.5 + (numbers - 0.5) * self.variety / 100
        chances = _Chances(*pulled.T[..., np.newaxis])
        return drawing.blended(_painted(classes[:, np.newaxis] == 0, chances, self.side), self.side)


@record(eq=False)
class _Chances:
    """What makes each fruit its own, (n, 1) each, 0 to 1; a half is what is usual."""

    size: Floats
    aside: Floats
    up: Floats
    tilt: Floats
    width: Floats
    dimple: Floats
    sort: Floats
    hue: Floats
    strength: Floats
    ripeness: Floats
    blush: Floats
    light: Floats
    height: Floats
    phase: Floats
    stem: Floats
    leaf: Floats
    ground: Floats
    ground_hue: Floats


def _painted(apple: Mask, chances: _Chances, side: int) -> Floats:
    """The colours (n, p, 3) of all points."""
    x, y = _places(chances, side)
    far, around = np.hypot(x, y), np.arctan2(x, y)  # from the middle; from the top
    edge = far / np.where(apple, _apple_edge(around, chances), 1.0)
    colours = _ground(x, y, chances)
    _put(colours, edge < 1, _skin(apple, edge, around, chances))
    _put(colours, _in_stem(apple, x, y, chances), BARK)
    _put(colours, _in_leaf(apple, x, y, chances), LEAF * (0.8 + 0.5 * chances.light[..., np.newaxis]))
    return np.clip(colours, 0, 1)


def _places(chances: _Chances, side: int) -> tuple[Floats, Floats]:
    """Where the points are as the fruits see them, (n, p) across and up, the skin about 1 away."""
    x, y = drawing.points(side)
    x, y = x - 0.3 * (chances.aside - 0.5), y + 0.08 - 0.2 * (chances.up - 0.5)
    radius = 0.62 + 0.24 * (chances.size - 0.5)
    x, y = drawing.turned(x, y, 1.2 * (chances.tilt - 0.5))
    return x / (radius * (1 + 0.2 * (chances.width - 0.5))), y / radius


def _apple_edge(around: Floats, chances: _Chances) -> Floats:
    """How far the skin of an apple is from its middle: less at the stem, and a little less below."""
    below = np.pi - np.abs(around)
    dent = (0.12 + 0.2 * chances.dimple) * np.exp(-((around / 0.5) ** 2))
    edge: Floats = 1.02 - dent - 0.1 * np.exp(-((below / 0.4) ** 2)) - 0.08 * np.exp(-((below / 1.2) ** 2))
    return edge


def _skin(apple: Mask, edge: Floats, around: Floats, chances: _Chances) -> Floats:
    """The colours (n, p, 3) of points on fruits, round and in the light."""
    flat = np.minimum(edge, 1)
    normal = flat * np.sin(around), flat * np.cos(around), np.sqrt(1 - flat * flat)
    main, other = _hues(apple, chances)
    blush = np.clip(0.5 + normal[0] * np.cos(6 * chances.phase) + normal[1] * np.sin(6 * chances.phase), 0, 1)
    streaks = np.sin(14 * around + 40 * chances.phase) * flat
    pores = np.sin(15 * normal[0] + 30 * chances.phase) * np.sin(17 * normal[1] + 20 * chances.phase)
    share = (chances.blush * (blush + np.where(apple, 0.2 * streaks, 0)))[..., np.newaxis]
    colours = main[:, np.newaxis] * (1 - share) + other[:, np.newaxis] * share
    bright, gloss = _lit(normal, apple, chances)
    bright *= 1 + np.where(apple, 0.04 * streaks, 0.07 * pores)
    shown: Floats = colours * bright[..., np.newaxis] + gloss[..., np.newaxis]
    return shown


def _hues(apple: Mask, chances: _Chances) -> tuple[Floats, Floats]:
    """The main and the other colour (n, 3) of each fruit: a third of the apples are green or yellow."""
    hue, sort, ripeness = chances.hue - 0.5, chances.sort, chances.ripeness
    green = apple & (sort > 0.68)
    main = np.where(green, 0.2 + 0.12 * hue, np.where(apple, 0.0 + 0.08 * hue, 0.085 + 0.05 * hue))
    other = np.where(green, 0.12 + 0.1 * hue, np.where(apple, 0.1 + 0.1 * hue, 0.115 + 0.04 * hue))
    strength = np.where(apple, 0.65 + 0.3 * chances.strength, 0.8 + 0.2 * chances.strength)
    brightness = np.where(apple, 0.65 + 0.25 * ripeness, 0.85 + 0.15 * ripeness)
    first, last = (drawing.rgb(each[:, 0], strength[:, 0], brightness[:, 0]) for each in (main, other))
    return first, last


def _lit(normal: tuple[Floats, Floats, Floats], apple: Mask, chances: _Chances) -> tuple[Floats, Floats]:
    """How bright each point is, and how much it mirrors of the light, (n, p) each; apples mirror more."""
    x, y = 1.4 * (chances.light - 0.5) - 0.2, 0.3 + 0.7 * chances.height
    length = np.sqrt(x * x + y * y + 1)
    towards = normal[0] * x / length + normal[1] * y / length + normal[2] / length
    mirrored = 2 * towards * normal[2] - 1 / length  # towards the eye, which is right above
    bright = 0.42 + 0.62 * np.maximum(towards, 0)
    gloss: Floats = np.where(apple, 0.5, 0.25) * np.maximum(mirrored, 0) ** np.where(apple, 24.0, 10.0)
    return bright, gloss


def _in_stem(apple: Mask, x: Floats, y: Floats, chances: _Chances) -> Mask:
    """A stem out of the dimple of most apples, and the button of most oranges."""
    bent = 0.5 * (chances.stem - 0.5) * np.maximum(y - 0.6, 0)
    stem = (np.abs(x - bent) < 0.055) & (y > 0.62) & (y < 1.0 + 0.3 * chances.stem)
    button = np.hypot(x, (y - 0.72) * 1.6) < 0.11
    return np.where(apple, stem, button) & (chances.stem > 0.15)


def _in_leaf(apple: Mask, x: Floats, y: Floats, chances: _Chances) -> Mask:
    """A leaf at a third of the apples, and at few oranges."""
    side = np.where(chances.light > 0.5, 1.0, -1.0)
    along, across = drawing.turned(x - 0.32 * side, y - 1.02, side * 0.35)
    inside: Mask = (along / 0.34) ** 2 + (across / 0.14) ** 2 < 1
    return inside & (chances.leaf > np.where(apple, 0.66, 0.85))


def _ground(x: Floats, y: Floats, chances: _Chances) -> Floats:
    """A table or a cloth (n, p, 3) with the shadow of the fruit."""
    dark = chances.ground < 0.3
    brightness = np.where(dark, 0.15 + chances.ground, 0.55 + 0.45 * chances.ground)
    plain = drawing.rgb(chances.ground_hue[:, 0], 0.35 * chances.phase[:, 0], brightness[:, 0])
    shadow = 0.45 * np.exp(-((x / 1.1) ** 2) - ((y + 0.95) / 0.3) ** 2)
    ground: Floats = plain[:, np.newaxis] * ((1 + 0.06 * y) * (1 - shadow))[..., np.newaxis]
    return ground


def _put(colours: Floats, where: Mask, over: Floats) -> None:
    """Paint over these points."""
    np.copyto(colours, over, where=where[..., np.newaxis])
