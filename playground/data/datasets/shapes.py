"""Plain figures such as circles and stars, as small pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Task
from playground.data.pictures import drawing
from playground.data.pictures.recipe import DrawnPictures
from playground.data.sample import Floats
from playground.value import Unit

Inside = Callable[[Floats, Floats], NDArray[np.bool_]]
"""Which places across and up lie in a figure that reaches about 1 far from its middle."""


def _in_star(x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Beyond one at most of the five lines that its points lie between."""
    angles = 2 * np.pi * np.arange(5) / 5
    beyond = sum((-np.cos(angle) * y + np.sin(angle) * x > 0.309).astype(np.int8) for angle in angles)
    return np.asarray(beyond) <= 1


FIGURES: dict[str, Inside] = {
    "circle": lambda x, y: x * x + y * y < 0.72,
    "square": lambda x, y: np.maximum(np.abs(x), np.abs(y)) < 0.72,
    "triangle": lambda x, y: np.maximum(np.abs(x) * 0.866 + y * 0.5, -y) < 0.5,
    "cross": lambda x, y: (np.minimum(np.abs(x), np.abs(y)) < 0.3) & (np.maximum(np.abs(x), np.abs(y)) < 0.9),
    "ring": lambda x, y: np.abs(x * x + y * y - 0.55) < 0.28,
    "star": _in_star,
    "crescent": lambda x, y: (x * x + y * y < 0.85) & ((x - 0.45) ** 2 + y * y > 0.5),
    "bar": lambda x, y: (np.abs(x) < 0.3) & (np.abs(y) < 0.95),
}
"""By what they are called; so many classes are the first of them."""


class Shapes(DrawnPictures):
    kind: Literal["shapes"] = "shapes"
    title = "Shapes"
    help = "Circles, squares, triangles and other figures, anywhere, turned, bright on dark."
    advice = (
        "To see what a network makes of a figure that is never in the same place twice; begin without shift."
    )

    classes: int = Field(
        3,
        ge=2,
        le=len(FIGURES),
        title="Classes",
        description="Circle, square, triangle, cross, ring, star, crescent, bar: so many of them.",
    )
    reach: Annotated[float, Unit("%")] = Field(
        70.0,
        ge=30,
        le=100,
        title="Figure",
        description="How much of the picture a figure fills, 50 to 80 % as a rule; it varies by a quarter.",
    )
    shift: Annotated[float, Unit("%")] = Field(
        50.0,
        ge=0,
        le=100,
        title="Shift",
        description="How far from the middle it may be, of the room that there is; more is harder.",
    )
    turn: Annotated[float, Unit("°")] = Field(
        30.0,
        ge=0,
        le=180,
        title="Turn",
        description="How far it may be turned to either side, 0 to 45° as a rule; more is harder.",
    )
    colour: bool = Field(
        False,
        title="In colour",
        description="Any colour on any other, red, green and blue, instead of greys; three times the inputs.",
    )

    @property
    def task(self) -> Task:
        """Say which figure it is."""
        return Task("classification", tuple(FIGURES)[: self.classes])

    @property
    def channels(self) -> int:
        return 3 if self.colour else 1

    @property
    def chances(self) -> int:
        return 10

    def picture(self, classes: NDArray[np.int64], numbers: Floats) -> Floats:
        covered = np.empty((len(classes), *drawing.points(self.side)[0].shape))
        for place, inside in enumerate(tuple(FIGURES.values())[: self.classes]):
            rows = classes == place
            covered[rows] = inside(*self._places(numbers[rows]))
        figure, ground = (colours[:, np.newaxis, np.newaxis] for colours in self._colours(numbers))
        share = drawing.blended(covered[..., np.newaxis], self.side)
        drawn: Floats = ground + share * (figure - ground)
        return drawn

    def _places(self, numbers: Floats) -> tuple[Floats, Floats]:
        """Where the points are as the figures see them, (n, p) across and up."""
        size, angle, aside, up = numbers[:, :4].T[..., np.newaxis]
        radius = self.reach / 100 * (0.75 + 0.25 * size)
        room = (1 - radius) * self.shift / 100
        x, y = drawing.points(self.side)
        x, y = x - room * (2 * aside - 1), y - room * (2 * up - 1)
        return drawing.turned(x / radius, y / radius, np.radians(self.turn) * (2 * angle - 1))

    def _colours(self, numbers: Floats) -> tuple[Floats, Floats]:
        """Those of figures and of what is around them, (n, channels) each."""
        brightness, darkness, hue, other, strong, pale = numbers[:, 4:].T
        bright, dark = 0.65 + 0.35 * brightness, 0.25 * darkness
        if not self.colour:
            return bright[:, np.newaxis], dark[:, np.newaxis]
        return drawing.rgb(hue, 0.5 + 0.5 * strong, bright), drawing.rgb(other, 0.8 * pale, 0.1 + dark)
