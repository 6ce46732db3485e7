"""What a terrain is: a loss over two weights, its slope, and the part of the plane that is seen of it."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from playground.text import Text
from playground.value import Kind

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]


class Terrain(Kind):
    """A loss f(x, y) over two weights."""

    box: ClassVar[Box] = (-2.0, 2.0, -2.0, 2.0)
    """What is seen of the plane: x from, to, y from, to."""

    begin: ClassVar[tuple[float, float]] = (-1.5, 1.0)
    """Where a race usually begins."""

    lowest: ClassVar[float | None] = 0.0
    """The loss at the deepest place; None where there is none."""

    @property
    def seen(self) -> Box:
        """What is seen of the plane, for one that depends on its settings."""
        return self.box

    @property
    def start(self) -> tuple[float, float]:
        """Where a race usually begins, for one that depends on its settings."""
        return self.begin

    @property
    def bottom(self) -> float | None:
        """The loss at the deepest place, for one that depends on its settings."""
        return self.lowest

    @abstractmethod
    def value(self, x: Floats, y: Floats) -> Floats:
        """The loss at places, arrays of one shape."""

    @abstractmethod
    def slope(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """∂f/∂x and ∂f/∂y at places."""

    def noisy_slope(self, x: float, y: float, chance: Generator) -> Floats:
        """The gradient (2,) that one step sees, for a terrain that is made of samples."""
        return np.array(self.slope(np.float64(x), np.float64(y)))  # type: ignore[arg-type]

    @property
    def steepest(self) -> float | None:
        """The largest curvature λ, where it is the same everywhere; plain descent needs a rate below 2/λ."""
        return None

    @property
    def remark(self) -> Text | None:
        """What there is to be said of it as it is set."""
        return None
