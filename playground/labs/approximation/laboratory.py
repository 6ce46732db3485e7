"""The settings of the laboratory in which a function is built of neurons."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.data.datasets.recipes.curves import (
    DRAWN_AT,
    AbsoluteValue,
    Bumps,
    DrawnCurve,
    OverLine,
    Sine,
    Stairs,
)
from playground.labs.approximation.neurons import (
    FAR,
    LEFT,
    RIGHT,
    Floats,
    KinkNeuron,
    Neuron,
    StepNeuron,
    parts,
)
from playground.labs.base import Laboratory, Try
from playground.value import AnyOf, Hidden, Logarithmic, Titles, Typical

MOST_NEURONS = 32
SEEN_AT = np.linspace(LEFT, RIGHT, 301)
"""Places at which functions are drawn and compared."""
BRICKS: dict[str, type[Neuron]] = {"step": StepNeuron, "kink": KinkNeuron}


class Approximation(Laboratory):
    kind: Literal["approximation"] = "approximation"
    shelf = 2
    title = "Universal approximation"
    question = "How can neurons that know one shape only follow any function?"
    help = "A function of x is built of steps or kinks, by hand or by training, to follow another one."
    answer = (
        "Each hidden neuron adds one step or one kink; two steps are a bump, and bumps beside one another "
        "follow any curve, the closer the more there are. That they can does not mean that training finds "
        "it, and further layers, which fold what the first one made, often need fewer."
    )
    formula = "f(x) = c + Σ vᵢ φ(wᵢ x + bᵢ);   k folds: 2k neurons in k layers, 2ᵏ − 1 in one"
    advice = "To see what hidden neurons are for before asking how many."
    akin = ("Layer.dense",)
    reference = "Cybenko 1989. Hornik 1991. Leshno et al. 1993. Telgarsky 2016."
    tries = (
        Try("Follow the wave with three steps.", {"target": Sine(), "brick": "step", "count": 3}),
        Try("Take thirty of them.", {"target": Sine(), "brick": "step", "count": 30, "neurons": ()}),
        Try("Follow it with kinks.", {"target": Sine(), "brick": "kink", "count": 10, "neurons": ()}),
        Try("Two kinks are an absolute value.", {"target": AbsoluteValue(), "brick": "kink", "count": 2}),
        Try(
            "Train kinks to follow a jump.", {"target": Stairs(), "brick": "kink", "count": 4, "neurons": ()}
        ),
        Try("Broad hills and narrow ones.", {"target": Bumps(), "brick": "step", "count": 16, "neurons": ()}),
        Try("Fold a line five times.", {"folds": 5}),
    )

    target: AnyOf[OverLine] = Field(Sine(), title="Target", description="The function to be followed.")
    brick: Annotated[Literal["step", "kink"], Titles({"step": "Steps (sigmoid)", "kink": "Kinks (ReLU)"})] = (
        Field("step", title="Neurons", description="What each hidden neuron adds.")
    )
    count: Annotated[int, Typical(1, MOST_NEURONS)] = Field(
        8, ge=1, le=MOST_NEURONS, title="How many", description="Hidden neurons, laid evenly at first."
    )
    rate: Annotated[float, Logarithmic(1e-4), Typical(1e-4, 0.3)] = Field(
        0.02, gt=0, le=10, title="Learning rate", description="Of Adam, when training goes on from here."
    )
    folds: int = Field(
        3, ge=1, le=7, title="Folds", description="Layers of two neurons each, one behind the other."
    )
    neurons: Annotated[tuple[AnyOf[Neuron], ...], Hidden()] = Field((), max_length=MOST_NEURONS)
    """As they were moved or trained; none, or others than `count` and `brick` say, for those laid evenly."""
    constant: Annotated[float, Hidden()] = Field(0.0, ge=-FAR, le=FAR)
    """What the function has besides them, where they are given."""
    chosen: Annotated[int, Hidden()] = Field(0, ge=0, lt=MOST_NEURONS)

    @property
    def laid(self) -> bool:
        """Whether the neurons stand as they are laid."""
        return len(self.neurons) != self.count or type(self.neurons[0]) is not BRICKS[self.brick]

    @cached_property
    def built(self) -> tuple[tuple[Neuron, ...], float]:
        """The neurons as they are, and the constant."""
        if not self.laid:
            return self.neurons, self.constant
        knots = np.linspace(LEFT, RIGHT, self.count + 1)
        return BRICKS[self.brick].laid(knots, np.clip(np.nan_to_num(self.wanted(knots)), -FAR / 99, FAR / 99))

    def wanted(self, x: Floats) -> Floats:
        """The target at places; not a number where it has no value."""
        with np.errstate(all="ignore"):
            values = np.asarray(self.target.value(x), np.float64)
        return np.where(np.isfinite(values), values, np.nan)

    def function(self, x: Floats) -> Floats:
        """What is built so far, at places."""
        neurons, constant = self.built
        return np.asarray(parts(neurons, x).sum(axis=0) + constant, np.float64)

    def missing(self, x: float) -> float:
        """How much higher the target is at a place; 0 where it has no value."""
        return float(np.nan_to_num(self.wanted(np.array([x])) - self.function(np.array([x])))[0])

    @property
    def shown(self) -> int:
        """The place of the chosen neuron, among those there are."""
        return min(self.chosen, len(self.built[0]) - 1)

    @property
    def error(self) -> float:
        """The mean squared error over what is seen; not a number where the target has no value anywhere."""
        return mean_squared(self.function(SEEN_AT) - self.wanted(SEEN_AT))

    @property
    def where_worst(self) -> float:
        """The place where it is farthest from the target."""
        away = np.abs(np.nan_to_num(self.function(SEEN_AT) - self.wanted(SEEN_AT)))
        return float(SEEN_AT[away.argmax()])

    # --- edits --------------------------------------------------------------------------------------------

    def with_neurons(self, neurons: tuple[Neuron, ...], constant: float) -> Approximation:
        """The same with these neurons."""
        return self.with_(neurons=neurons, constant=constant, count=len(neurons))

    def with_neuron(self, place: int, neuron: Neuron) -> Approximation:
        """The same with another neuron in a place of the list, which is the chosen one then."""
        neurons, constant = self.built
        changed = (*neurons[:place], neuron, *neurons[place + 1 :])
        return self.with_neurons(changed, constant).with_(chosen=place)

    def with_more(self, *added: Neuron) -> Approximation:
        """The same with some more neurons, as many as there is room for; the first of them is chosen."""
        neurons, constant = self.built
        more = (*neurons, *added)
        if len(more) > MOST_NEURONS:
            return self
        return self.with_neurons(more, constant).with_(chosen=len(neurons))

    def without(self, place: int) -> Approximation:
        """The same without a neuron; the last one stays."""
        neurons, constant = self.built
        return (
            self.with_neurons(neurons[:place] + neurons[place + 1 :], constant) if len(neurons) > 1 else self
        )

    def drawn(self, start: tuple[float, float], end: tuple[float, float]) -> Approximation:
        """The same with a target that goes straight from one point (x, y) to another."""
        (left, at_left), (right, at_right) = sorted((start, end))
        values, near = self.wanted(DRAWN_AT), STRIDE / 2
        reached = (left - near <= DRAWN_AT) & (right + near >= DRAWN_AT)
        values[reached] = np.interp(DRAWN_AT[reached], (left, right + 1e-9), (at_left, at_right))
        return self.with_(target=DrawnCurve.through(values))


STRIDE = float(DRAWN_AT[1] - DRAWN_AT[0])


def mean_squared(differences: Floats) -> float:
    """The mean of the squares of those that are numbers."""
    known = differences[np.isfinite(differences)]
    return float(np.mean(known**2)) if len(known) else float("nan")
