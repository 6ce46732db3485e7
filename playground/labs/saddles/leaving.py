"""How long plain descent stays at a saddle: the terrain, and the time that the linearized way takes."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from math import inf, log, log1p
from typing import Annotated, Literal

from pydantic import Field

from playground.labs.race.terrain import Floats, Terrain
from playground.value import Logarithmic

AWAY = 0.5
"""How far from the ridge is as good as gone; the valleys are at 1."""


class TwoValleys(Terrain):
    kind: Literal["two_valleys"] = "two_valleys"
    title = "Two valleys"
    help = "A saddle between two minima: the loss falls along x to the saddle, and along y away from it."
    formula = "f = ½ x² + ¼ λ (y² − 1)²"
    advice = "Begin on the ridge, at y = 0: plain descent stays there the longer, the nearer to it it began."
    box = (-2.0, 2.0, -1.5, 1.5)
    begin = (-1.8, 1e-6)

    down: Annotated[float, Logarithmic(0.01)] = Field(
        0.5, ge=0.01, le=2, title="λ down", description="How steeply the loss falls away from the ridge."
    )

    def value(self, x: Floats, y: Floats) -> Floats:
        return x * x / 2 + self.down * (y * y - 1) ** 2 / 4

    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return x, self.down * y * (y * y - 1)


def expected_steps(offset: float, rate: float, down: float) -> float:
    """Steps until the distance from the ridge, which grows by 1 + ηλ a step near the saddle, is `AWAY`."""
    if not offset:
        return inf
    return max(0.0, log(AWAY / abs(offset)) / log1p(rate * down))
