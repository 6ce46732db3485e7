"""What one hidden neuron adds to a function of x: a step, or a kink."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.engine.activations import Activation, Relu, Sigmoid
from playground.value import Kind, Logarithmic, Typical

Floats = NDArray[np.float64]

LEFT, RIGHT = -6.0, 6.0
"""The stretch over which functions are built."""
FAR = 1e4
"""No neuron is farther from the middle, higher or steeper."""
LEVEL = 1e-4
"""Who is less steep than this adds a constant and no more."""
SHARPNESS = 12.0
"""How many times steeper a step is that is laid by hand than one over the whole of its stretch."""

Height = Annotated[float, Typical(-2, 2), Field(ge=-FAR, le=FAR)]
Place = Annotated[float, Typical(LEFT, RIGHT), Field(ge=-FAR, le=FAR)]


class NeuronWeights(NamedTuple):
    """The neuron as a network has it: v · f(w x + b)."""

    w: float
    b: float
    v: float


class Neuron(Kind):
    """One hidden neuron, by what is seen of it; `height` is what it adds, `place` where."""

    activation: ClassVar[Activation]

    place: Place = 0.0
    height: Height = 0.0

    @property
    @abstractmethod
    def row(self) -> NeuronWeights:
        """The same as weights."""

    @classmethod
    @abstractmethod
    def of(cls, row: NeuronWeights) -> tuple[Self, float]:
        """The neuron of these weights, and a constant that the function has besides."""

    @classmethod
    @abstractmethod
    def laid(cls, knots: Floats, values: Floats) -> tuple[tuple[Self, ...], float]:
        """Neurons that follow values at rising knots (n + 1,), n of them, and the constant that is left."""

    @classmethod
    @abstractmethod
    def bump(cls, place: float, width: float, height: float) -> tuple[Self, ...]:
        """Neurons that go up and down again around a place, and add nothing elsewhere."""


class StepNeuron(Neuron):
    kind: Literal["step"] = "step"
    title = "Step"
    help = "A sigmoid neuron: the function rises by the height at its place, sharply or softly."
    formula = "v σ(w (x − p))"
    advice = "Two of them, up and down, are a bump; bumps beside one another follow any function."
    reference = "Cybenko 1989."
    activation = Sigmoid()

    place: Place = Field(0.0, title="Place", description="Where it is half way up.")
    height: Height = Field(0.5, title="Height", description="How far the function rises there.")
    steepness: Annotated[float, Logarithmic(0.1), Typical(0.1, 100)] = Field(
        12.0, ge=LEVEL, le=FAR, title="Steepness", description="The weight w: a large one is a sharp step."
    )

    @property
    def row(self) -> NeuronWeights:
        return NeuronWeights(self.steepness, -self.steepness * self.place, self.height)

    @classmethod
    def of(cls, row: NeuronWeights) -> tuple[Self, float]:
        w, b, v = row
        if abs(w) < LEVEL:
            return cls(place=0.0, height=0.0, steepness=LEVEL), v / (1 + np.exp(-b))
        place, height = float(np.clip(-b / w, -FAR, FAR)), v if w > 0 else -v  # σ(−z) = 1 − σ(z)
        steepness = float(min(abs(w), FAR))
        return cls(place=place, height=height, steepness=steepness), v if w < 0 else 0.0

    @classmethod
    def laid(cls, knots: Floats, values: Floats) -> tuple[tuple[Self, ...], float]:
        places, rises = (knots[1:] + knots[:-1]) / 2, np.diff(values)
        steepness = round(SHARPNESS * len(places) / (knots[-1] - knots[0]), 3)
        steps = tuple(
            cls(place=place, height=rise, steepness=steepness)
            for place, rise in zip(places.tolist(), rises.tolist(), strict=True)
        )
        return steps, float(values[0])

    @classmethod
    def bump(cls, place: float, width: float, height: float) -> tuple[Self, ...]:
        up = cls(place=place - width / 2, height=height, steepness=SHARPNESS)
        return up, up.with_(place=place + width / 2, height=-height)


class KinkNeuron(Neuron):
    kind: Literal["kink"] = "kink"
    title = "Kink"
    help = "A ReLU neuron: the function is bent at its place, and straight everywhere else."
    formula = "v max(0, x − p)"
    advice = "As many straight pieces as there are kinks, and one more."
    reference = "Leshno et al. 1993."
    activation = Relu()

    place: Place = Field(0.0, title="Place", description="Where the function is bent.")
    height: Height = Field(0.5, title="Bend", description="By how much its slope changes there.")
    leftwards: bool = Field(False, title="Faces left", description="Level on the right of its place.")

    @property
    def row(self) -> NeuronWeights:
        w = -1.0 if self.leftwards else 1.0
        return NeuronWeights(w, -w * self.place, self.height)

    @classmethod
    def of(cls, row: NeuronWeights) -> tuple[Self, float]:
        w, b, v = row
        if abs(w) < LEVEL:
            return cls(place=0.0, height=0.0), v * max(b, 0.0)
        place, height = np.clip((-b / w, v * abs(w)), -FAR, FAR).tolist()
        return cls(place=place, height=height, leftwards=w < 0), 0.0

    @classmethod
    def laid(cls, knots: Floats, values: Floats) -> tuple[tuple[Self, ...], float]:
        bends = np.diff(np.diff(values) / np.diff(knots), prepend=0.0)
        kinks = tuple(
            cls(place=place, height=bend)
            for place, bend in zip(knots[:-1].tolist(), bends.tolist(), strict=True)
        )
        return kinks, float(values[0])

    @classmethod
    def bump(cls, place: float, width: float, height: float) -> tuple[Self, ...]:
        slope = 2 * height / width
        bends = ((-width / 2, slope), (0.0, -2 * slope), (width / 2, slope))
        return tuple(cls(place=place + aside, height=bend) for aside, bend in bends)


def rows_of(neurons: Sequence[Neuron]) -> Floats:
    """All of them as weights, (n, 3): w, b and v."""
    return np.array([neuron.row for neuron in neurons], np.float64).reshape(-1, 3)


def parts(neurons: Sequence[Neuron], x: Floats) -> Floats:
    """What each neuron adds at places (m,), (n, m)."""
    if not neurons:
        return np.empty((0, len(x)))
    w, b, v = rows_of(neurons).T[:, :, np.newaxis]
    z, a = np.asarray(w * x + b), np.empty((len(neurons), len(x)))
    neurons[0].activation.forward(z, a, np.empty_like(z))
    return np.asarray(v * a, np.float64)
