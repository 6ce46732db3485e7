"""The settings of the laboratory of activations."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.engine.activations import Activation, Linear, Relu, Selu, Sigmoid, Sine, Softmax, Tanh
from playground.engine.initializers import HeNormal, Initializer, LeCunNormal, Normal, XavierNormal
from playground.labs.activations.as_one import AsOne, as_one
from playground.labs.activations.signal import SignalTravel, passage
from playground.labs.activations.wide import Expected, expected
from playground.labs.base import Laboratory, Try
from playground.randomness import GeneratorSource
from playground.value import AnyOf, Hidden, Logarithmic

FARTHEST = 4.0
"""How far from 0 the net inputs are that are seen of a curve."""


class ActivationExplorer(Laboratory):
    kind: Literal["activations"] = "activations"
    shelf = 3
    title = "Activations"
    akin = ("Activation", "Initializer")
    question = "What does an activation make of a signal, and what is left of it after twenty layers?"
    help = "The curve of an activation and its slope, and a signal on its way through many layers of it."
    answer = (
        "Each layer multiplies the variance of a signal by n Var(w) and by what the activation lets through; "
        "that of the gradient by n Var(w) and its mean squared slope. Xavier makes n Var(w) 1, for what is "
        "straight at 0; He makes it 2, as ReLU lets half through; LeCun suits SELU. Linear layers, however "
        "many, are one matrix: only the bend makes depth worth anything."
    )
    formula = "Var(zₗ₊₁) = n Var(w) E[f(zₗ)²];   Var(δₗ) = n Var(w) E[f′(zₗ)²] Var(δₗ₊₁)"
    advice = "To choose activation and initial weights together, before a network is deep."
    reference = "LeCun et al. 1998. Glorot & Bengio 2010. He et al. 2015. Poole et al. 2016."
    tries = (
        Try(
            "See the sigmoid lose the gradient.",
            {"activation": Sigmoid(), "initializer": XavierNormal(), "depth": 20, "place": 3.0},
        ),
        Try("Give ReLU the weights of Xavier.", {"activation": Relu(), "initializer": XavierNormal()}),
        Try("Give it those of He.", {"activation": Relu(), "initializer": HeNormal()}),
        Try("Let SELU bring any signal to one size.", {
            "activation": Selu(), "initializer": LeCunNormal(), "spread": 5.0
        }),
        Try("Make ten layers one.", {"activation": Linear(), "initializer": XavierNormal(), "depth": 10}),
        Try("Bend them by a sine.", {"activation": Sine(), "initializer": XavierNormal(), "depth": 10}),
        Try("Begin with weights far too large.", {"activation": Tanh(), "initializer": Normal(sigma=1.0)}),
    )  # fmt: skip

    activation: AnyOf[Activation] = Field(
        Tanh(), title="Activation", description="What every neuron makes of its net input."
    )
    initializer: AnyOf[Initializer] = Field(
        XavierNormal(), title="Initial weights", description="How the weights of every layer are drawn."
    )
    depth: int = Field(
        20, ge=2, le=50, title="Layers", description="How many layers the signal goes through."
    )
    width: Annotated[int, Logarithmic(2)] = Field(
        100, ge=2, le=256, title="Neurons", description="How many neurons, and inputs, every layer has."
    )
    spread: Annotated[float, Logarithmic(1e-2)] = Field(
        1.0, gt=0, le=100, title="Input σ", description="Standard deviation of the inputs; 1 when scaled."
    )
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="Which inputs and weights.")
    place: Annotated[float, Hidden()] = Field(1.0, ge=-FARTHEST, le=FARTHEST)
    """The net input at which the slope is looked at."""

    @property
    def here(self) -> tuple[float, float]:
        """Value and slope at the place, beside a neuron whose net input is 0, which only softmax minds."""
        z = np.array([[self.place], [0.0]])
        return float(self.activation(z)[0, 0]), float(self.activation.slope(z)[0, 0])

    @property
    def gain(self) -> float:
        """N · Var(w) of a layer, measured on its weights."""
        source = GeneratorSource(np.random.default_rng(self.seed))
        return float(self.width * self.initializer.draw(source, (self.width, self.width)).var())

    def passage(self) -> SignalTravel:
        """How a signal travels through the layers."""
        return passage(self.activation, self.initializer, self.depth, self.width, self.spread, self.seed)

    def expected(self) -> Expected | None:
        """The same in infinitely wide layers; None where weights are all alike, or neurons are coupled."""
        if isinstance(self.activation, Softmax) or not (gain := self.gain):
            return None
        return expected(self.activation, gain, gain * self.spread**2, self.depth)

    def as_one(self) -> AsOne | None:
        """What the layers make of a straight line."""
        return as_one(self.activation, self.initializer, self.depth, self.width, self.seed)
