"""Points of two classes: truth tables, and clouds with or without a line between them."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from typing import ClassVar, Literal

import numpy as np
from numpy.random import default_rng
from pydantic import Field

from playground.labs.lines.perceptron import Floats, Signs
from playground.value import Kind

ASIDE = 1.5
"""How far from the middle the border between two clouds is, so that the bias has to be learnt as well."""
CORNERS = np.array([(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)])


class PointsToPart(Kind):
    """Points of the plane, each of one of two classes."""

    seen: ClassVar[tuple[float, float]] = (-6.0, 6.0)
    """What is seen of both axes."""

    @abstractmethod
    def drawn(self) -> tuple[Floats, Signs]:
        """Points (n, 2) and their signs ±1."""


class TruthTable(PointsToPart):
    """The four corners of a square, as inputs of 0 and 1."""

    seen = (-0.6, 1.6)
    wanted: ClassVar[tuple[int, int, int, int]]
    """The outputs for (0, 0), (0, 1), (1, 0) and (1, 1)."""

    def drawn(self) -> tuple[Floats, Signs]:
        return CORNERS, 2 * np.array(self.wanted) - 1


class And(TruthTable):
    kind: Literal["and"] = "and"
    title = "AND"
    help = "1 where both inputs are 1."
    formula = "t = x y"
    advice = "To see where the one line lies that leaves a single corner alone."
    wanted = (0, 0, 0, 1)


class Or(TruthTable):
    kind: Literal["or"] = "or"
    title = "OR"
    help = "1 where any input is 1."
    formula = "t = x + y − x y"
    advice = "A line as for AND, nearer to the other corner."
    wanted = (0, 1, 1, 1)


class Nand(TruthTable):
    kind: Literal["nand"] = "nand"
    title = "NAND"
    help = "0 where both inputs are 1; any other gate can be built of such alone."
    formula = "t = 1 − x y"
    advice = "AND turned round: the same line, with its arrow the other way."
    wanted = (1, 1, 1, 0)


class ExclusiveOr(TruthTable):
    kind: Literal["exclusive_or"] = "exclusive_or"
    title = "XOR"
    help = "1 where the inputs differ: no line has both ones on one side and both zeros on the other."
    formula = "t = x + y − 2 x y"
    advice = "Build it by hand of two lines, one that is OR and one that is NAND."
    wanted = (0, 1, 1, 0)
    reference = "Minsky & Papert 1969."


class PointsByChance(PointsToPart):
    """Points that are drawn by chance."""

    count: int = Field(40, ge=4, le=200, title="Points", description="Of both classes together.")
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="Which points.")


class CloudsApart(PointsByChance):
    kind: Literal["parted"] = "parted"
    title = "Two clouds"
    help = "A gap lies between the classes, as wide as is said."
    formula = "t = 1 where the place is past the border"
    advice = "Narrow the gap to see the rule make more mistakes."

    gap: float = Field(0.5, ge=0.05, le=4, title="Gap", description="Between the classes; narrow is hard.")

    def drawn(self) -> tuple[Floats, Signs]:
        chance = default_rng(self.seed)
        angle = chance.uniform(0, 2 * np.pi)
        across = np.array([np.cos(angle), np.sin(angle)])
        points = chance.uniform(-5, 5, (self.count, 2))
        signs = np.where(points @ across > ASIDE, 1, -1)
        signs[:2] = 1, -1
        points[:2] = (ASIDE + 1) * across, (ASIDE - 1) * across
        return points + signs[:, np.newaxis] * across * self.gap / 2, signs


class CloudsMixed(PointsByChance):
    kind: Literal["mixed"] = "mixed"
    title = "Clouds that overlap"
    help = "Some points lie among those of the other class: no line parts them all."
    formula = "means at (1.2, 1.2) and (−1.2, −1.2), σ = 1.6"
    advice = "To see that the rule never rests where no line is right."

    def drawn(self) -> tuple[Floats, Signs]:
        chance = default_rng(self.seed)
        signs = np.where(np.arange(self.count) % 2 == 0, 1, -1)
        return signs[:, np.newaxis] * 1.2 + 1.6 * chance.standard_normal((self.count, 2)), signs


class InCorner(PointsByChance):
    kind: Literal["corner"] = "corner"
    title = "A corner"
    help = "One class lies in a corner of the plane: two lines, both of which must agree."
    formula = "t = 1 where x > 0 and y > 0"
    advice = "Lay two lines along the axes and let both agree."

    def drawn(self) -> tuple[Floats, Signs]:
        points = default_rng(self.seed).uniform(-5, 5, (self.count, 2))
        return points, np.where((points > 0).all(axis=1), 1, -1)


class InTriangle(PointsByChance):
    kind: Literal["inside"] = "inside"
    title = "A triangle"
    help = "One class lies in a triangle: three lines, all of which must agree."
    formula = "t = 1 where y > −2 and y < 3.5 − 1.6 |x|"
    advice = "Lay three lines along its sides and let all agree."

    def drawn(self) -> tuple[Floats, Signs]:
        points = default_rng(self.seed).uniform(-5, 5, (self.count, 2))
        x, y = points.T
        return points, np.where((y > -2) & (y < 3.5 - 1.6 * np.abs(x)), 1, -1)
