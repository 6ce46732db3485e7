"""The settings of the laboratory of lines."""

from __future__ import annotations

from functools import cached_property
from math import cos, degrees, radians, sin
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.labs.base import Laboratory, Try
from playground.labs.lines.perceptron import Floats, RuleLearning, Signs, heights, learn
from playground.labs.lines.points import (
    And,
    CloudsApart,
    CloudsMixed,
    ExclusiveOr,
    InCorner,
    InTriangle,
    Nand,
    PointsToPart,
)
from playground.value import AnyOf, Hidden, Kind, Titles, Typical, Unit, Value

MOST_LINES = 3
JOINTS = {"and": "all are (AND)", "or": "any is (OR)", "nand": "not all are (NAND)", "most": "most are"}


class ThresholdLine(Value):
    """A neuron with a threshold: it is 1 on the side to which the arrow at its place points."""

    x: Annotated[float, Typical(-6, 6)] = Field(0.0, ge=-100, le=100, title="x", description="Of its place.")
    y: Annotated[float, Typical(-6, 6)] = Field(0.0, ge=-100, le=100, title="y", description="Of its place.")
    angle: Annotated[float, Unit("°")] = Field(
        0.0, ge=-180, le=180, title="Turned by", description="Where its weights point; 0 is to the right."
    )

    @property
    def weights(self) -> Floats:
        """w₁, w₂ and b, with w of length 1."""
        w = np.array([cos(radians(self.angle)), sin(radians(self.angle))])
        return np.array([*w, -w @ (self.x, self.y)])

    def moved(self, x: float, y: float) -> ThresholdLine:
        """The same at another place."""
        return self.with_(x=float(np.clip(x, -100, 100)), y=float(np.clip(y, -100, 100)))

    def pointing_at(self, x: float, y: float) -> ThresholdLine:
        """The same with the arrow towards another place."""
        if (x, y) == (self.x, self.y):
            return self
        return self.with_(angle=degrees(float(np.arctan2(y - self.y, x - self.x))))


class Laying(Kind):
    """Who lays the lines."""


class ByRule(Laying):
    kind: Literal["by_rule"] = "by_rule"
    title = "By the rule"
    help = "One line, which every point on its wrong side moves."
    formula = "w ← w + t x on a mistake"
    advice = "To watch it learn, a mistake at a time."
    reference = "Rosenblatt 1958."


class ByHand(Laying):
    kind: Literal["by_hand"] = "by_hand"
    title = "By hand"
    help = "Up to three lines that you lay, and one more neuron that joins them."
    formula = "1 where w · x + b > 0"
    advice = "To find out what a few neurons can and cannot do."

    lines: int = Field(1, ge=1, le=MOST_LINES, title="How many", description="Neurons with a threshold.")
    joined: Annotated[Literal["and", "or", "nand", "most"], Titles(JOINTS)] = Field(
        "and", title="1 where", description="What one more neuron makes of them."
    )

    @property
    def joint(self) -> tuple[float, float]:
        """The weight of every line in the neuron that joins them, and its bias."""
        least = {"and": self.lines, "nand": self.lines, "or": 1, "most": self.lines // 2 + 1}[self.joined]
        return (-1.0, least - 0.5) if self.joined == "nand" else (1.0, 0.5 - least)


USUAL = (
    ThresholdLine(x=0.5, y=0.5, angle=45),
    ThresholdLine(x=1.0, y=1.0, angle=-135),
    ThresholdLine(x=0.0, y=1.0, angle=-45),
)


class Lines(Laboratory):
    kind: Literal["lines"] = "lines"
    shelf = 1
    title = "Perceptron and lines"
    question = "What can one neuron part, what can it never, and what do two or three of them?"
    help = "Points of two classes, parted by the perceptron's rule or by lines that are laid by hand."
    answer = (
        "A neuron with a threshold is a line: 1 on one side, 0 on the other. The rule adds every point that "
        "is on the wrong side, and is done after (R/γ)² mistakes at most if any line parts the points; if "
        "none does, it never is. Two or three lines, joined by one more neuron, cut out corners or "
        "triangles."
    )
    formula = "w ← w + t x on a mistake, t = ±1;   mistakes ≤ (R / γ)²"
    advice = "To see why a network needs a hidden layer."
    reference = "Rosenblatt 1958. Novikoff 1962. Minsky & Papert 1969."
    akin = ("Activation.step", "Loss.perceptron")
    tries = (
        Try("Narrow the gap, and see the bound grow.", {"points": CloudsApart(gap=0.1), "way": ByRule()}),
        Try("Learn AND.", {"points": And(), "way": ByRule()}),
        Try("Ask it for XOR.", {"points": ExclusiveOr(), "way": ByRule()}),
        Try("Build NAND by hand.", {"points": Nand(), "way": ByHand(lines=1)}),
        Try("Build XOR of two lines.", {"points": ExclusiveOr(), "way": ByHand(lines=2)}),
        Try("Cut out a corner.", {"points": InCorner(), "way": ByHand(lines=2)}),
        Try(
            "Cut out a triangle.",
            {"points": InTriangle(count=100), "way": ByHand(lines=3)},
        ),
        Try("Points that no line parts.", {"points": CloudsMixed(), "way": ByRule()}),
    )

    points: AnyOf[PointsToPart] = Field(CloudsApart(), title="Points", description="What is to be parted.")
    way: AnyOf[Laying] = Field(
        ByRule(), title="Lines", description="Laid by the rule of the perceptron, or by you."
    )
    laid: Annotated[tuple[ThresholdLine, ...], Hidden()] = Field(
        USUAL, min_length=MOST_LINES, max_length=MOST_LINES
    )
    """The lines by hand, of which the first ones are used."""
    chosen: Annotated[int, Hidden()] = Field(0, ge=0, lt=MOST_LINES)

    @property
    def by_hand(self) -> ByHand:
        """How lines are laid by hand; one of them while the rule does."""
        return self.way if isinstance(self.way, ByHand) else ByHand()

    @property
    def lines(self) -> int:
        """How many are laid by hand."""
        return self.by_hand.lines

    @property
    def shown(self) -> int:
        """The place of the chosen line, among those used."""
        return min(self.chosen, self.lines - 1)

    @property
    def used(self) -> tuple[ThresholdLine, ...]:
        """The lines by hand that are used."""
        return self.laid[: self.lines]

    @cached_property
    def drawn(self) -> tuple[Floats, Signs]:
        """Points (n, 2) and their signs ±1."""
        return self.points.drawn()

    def learnt(self) -> RuleLearning:
        """All mistakes of the rule."""
        return learn(*self.drawn)

    def answers(self, points: Floats) -> tuple[Floats, Floats]:
        """What each line (lines, n) and the neuron that joins them (n,) say, 0 or 1."""
        each = np.array([heights(points, line.weights) > 0 for line in self.used], np.float64)
        weight, bias = self.by_hand.joint
        return each, (weight * each.sum(axis=0) + bias > 0).astype(np.float64)

    @property
    def right(self) -> int:
        """How many points the lines by hand have right."""
        points, signs = self.drawn
        return int(np.count_nonzero(2 * self.answers(points)[1] - 1 == signs))

    def with_line(self, place: int, line: ThresholdLine) -> Lines:
        """The same with another line in a place, which is the chosen one then."""
        return self.with_(laid=(*self.laid[:place], line, *self.laid[place + 1 :]), chosen=place)
