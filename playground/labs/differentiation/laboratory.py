"""The settings of the laboratory in which one expression is differentiated in four ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import AfterValidator, Field

from playground.data.formulas import LONGEST
from playground.labs.base import Laboratory, Try
from playground.text import Text, say
from playground.value import Hidden, InvalidValue, Logarithmic, Titles, Typical, Value

if TYPE_CHECKING:
    from playground.data.formulas.formula import Formula
    from playground.labs.differentiation.graph import ExpressionGraph
    from playground.labs.differentiation.numerical import Differences
    from playground.labs.differentiation.sweeps import SweepStep

VARIABLES = ("x", "y", "z")
NEAR, JUMP = 1e-7, 1e-3
"""How far to both sides slopes are looked at, and by how much those of a kink differ."""
Share = Annotated[float, Field(ge=0, le=1)]
Place = Annotated[float, Typical(-3, 3)]

NUMBERS = {"reverse": "Reverse", "forward": "Forward"}
BY = {"x": "x", "y": "y", "z": "z"}
BUILT = {"call": "Dynamic", "once": "Static"}


def _read(text: str) -> Formula:
    from playground.data.formulas.names import Names
    from playground.data.formulas.reading import read

    return read(text, Names(VARIABLES))


def _checked(text: str) -> str:
    """An expression of at least one variable.

    Raises:
        InvalidValue: a sentence that says where it cannot be read, or what it lacks.
    """
    if not _read(text).columns:
        raise InvalidValue(say("differentiation.constant", "must contain x, y or z"))
    return text


class NodeSpot(Value):
    """Where a person put a node, as shares of what is seen."""

    node: Annotated[str, Field(max_length=LONGEST + 8)]
    across: Share
    down: Share


class Differentiation(Laboratory):
    kind: Literal["differentiation"] = "differentiation"
    shelf = 5
    title = "Differentiation"
    akin = ("Activation", "Loss")
    question = "How does a program know the slope of whatever you type, and why backward?"
    help = (
        "One expression differentiated as a formula, by differences, and forward and backward on its graph."
    )
    answer = (
        "A formula swells, and differences round off: too large a step bends, too small a one loses "
        "digits. Dual numbers and adjoints are exact, and need only the slope of each operation. Forward "
        "takes a pass for every input, backward one for every output: a loss is one output of a million "
        "weights, and so networks learn backward."
    )
    formula = (
        "f′ ≈ (f(x + h) − f(x)) / h;   f′ ≈ Im f(x + ih) / h;   forward: v̇ = Σ ∂v/∂u · u̇;   "
        "reverse: ū = Σ ∂v/∂u · v̄"
    )
    advice = "To see what backpropagation is before it stands in a network of your own."
    reference = "Linnainmaa 1970. Griewank & Walther 2008. Baydin et al. 2018."
    tries = (
        Try("Put the logistic map into itself: the formula swells.", {"expression": "4x (1 - x)", "x": 0.3}),
        Try("A sigmoid neuron with its weight and bias.", {"expression": "1 / (1 + exp(-(x y + z)))"}),
        Try(
            "Let a part occur twice, and build the graph once.",
            {"expression": "sin(x y) exp(sin(x y)) + 2 * 3 x", "built": "once"},
        ),
        Try("Go forward by x instead.", {"mode": "forward", "by": "x"}),
        Try("Take too small a step.", {"step": 1e-14}),
        Try("Stand on a kink.", {"expression": "max(0, x) + y", "x": 0.0}),
    )

    expression: Annotated[str, Field(max_length=LONGEST), AfterValidator(_checked)] = Field(
        "log(x) + x y - sin(y)",
        min_length=1,
        title="f",
        description="Of x, y and z, numbers, + − * / ^ ( ) and functions such as sin, exp, log and max.",
    )
    x: Place = Field(2.0, ge=-1000, le=1000, title="x", description="Where the slope is taken.")
    y: Place = Field(5.0, ge=-1000, le=1000, title="y", description="Where the slope is taken.")
    z: Place = Field(1.0, ge=-1000, le=1000, title="z", description="Where the slope is taken.")
    by: Annotated[Literal["x", "y", "z"], Titles(BY)] = Field(
        "x", title="Slope by", description="The variable by which is differentiated."
    )
    mode: Annotated[Literal["reverse", "forward"], Titles(NUMBERS)] = Field(
        "reverse",
        title="Mode",
        description="Forward carries slopes by one input along; reverse brings back those of one output.",
    )
    built: Annotated[Literal["call", "once"], Titles(BUILT)] = Field(
        "call",
        title="Graph",
        description="A dynamic graph is recorded as the program runs; a static one is made once.",
    )
    step: Annotated[float, Logarithmic(1e-16)] = Field(
        1e-5, gt=0, le=1, title="Step h", description="How far differences go."
    )
    inputs: Annotated[int, Logarithmic(1)] = Field(
        1000, ge=1, le=1_000_000, title="Inputs n", description="Of the network whose cost is counted."
    )
    outputs: Annotated[int, Logarithmic(1)] = Field(
        1, ge=1, le=1_000_000, title="Outputs m", description="Of the network whose cost is counted."
    )
    spots: Annotated[tuple[NodeSpot, ...], Hidden()] = Field((), max_length=400)
    """Nodes that were dragged."""

    @property
    def at(self) -> dict[str, float]:
        """The place at which the slope is taken."""
        return {"x": self.x, "y": self.y, "z": self.z}

    @property
    def parsed(self) -> Formula:
        """The expression as it is understood."""
        return _read(self.expression)

    def graph(self) -> ExpressionGraph:
        """Its operations, as the graph is built now."""
        from playground.labs.differentiation.graph import optimized, recorded

        found = recorded(self.parsed)
        return optimized(found) if self.built == "once" else found

    def sweep(self) -> tuple[SweepStep, ...]:
        """The steps of differentiating on the graph."""
        from playground.labs.differentiation.sweeps import forward, reverse

        return (
            forward(self.graph(), self.at, self.by)
            if self.mode == "forward"
            else reverse(self.graph(), self.at)
        )

    def differences(self) -> Differences:
        """The slope by steps of all sizes."""
        from playground.labs.differentiation.numerical import differences

        return differences(self.graph(), self.at, self.by)

    @property
    def slope(self) -> float:
        """The slope by the variable that is set, as exact as numbers are; NaN or infinite where none is."""
        from playground.labs.differentiation.sweeps import gradient

        return gradient(self.graph(), self.at).get(self.by, 0.0)

    def flaw(self) -> Text | None:
        """Why there is no value, or no slope, where it stands; None where both are."""
        formula = self.parsed
        here = {name: np.array([value]) for name, value in self.at.items()}
        if (flaw := formula.flaw(here, formula.compute(here, 1))) is not None:
            return flaw
        if not np.isfinite(self.slope):
            return say("differentiation.no_slope", "has a value there, but no slope: it is infinitely steep")
        return None

    @property
    def on_kink(self) -> bool:
        """Whether the slope to the left is another than that to the right."""
        from playground.labs.differentiation.sweeps import gradient

        graph, here = self.graph(), self.at
        left, right = (
            gradient(graph, {**here, self.by: here[self.by] + way}).get(self.by, 0.0) for way in (-NEAR, NEAR)
        )
        return bool(abs(right - left) > JUMP * (1 + abs(self.slope)))

    def spot_of(self, node: str) -> tuple[float, float] | None:
        """Where a person put a node; None where nobody did."""
        return next(((spot.across, spot.down) for spot in self.spots if spot.node == node), None)

    def with_spot(self, node: str, across: float, down: float) -> Differentiation:
        """The same with a node put elsewhere."""
        others = tuple(spot for spot in self.spots if spot.node != node)[-399:]
        return self.with_(spots=(*others, NodeSpot(node=node, across=across, down=down)))
