"""The settings of the laboratory of penalties on weights, and of dropout."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.engine.regularizers import L1, L2, ElasticNet, Regularizer
from playground.labs.base import Laboratory, Try
from playground.labs.regularization.dropping import SubNetworks, sub_networks
from playground.labs.regularization.shrinking import Price, cheapest, cost, loss, path
from playground.value import Hidden, Logarithmic, Titles, Typical, Unit

Floats = NDArray[np.float64]

STRENGTHS = np.geomspace(1e-3, 10, 81)
"""At which ways are drawn, twenty a power of ten."""
REACH = 2.0
"""How far from 0 the best weights may be."""

Coordinate = Annotated[float, Field(ge=-REACH, le=REACH)]
PENALTIES = {"l2": "L2", "l1": "L1", "elastic": "Elastic net"}
OUTPUTS = {"linear": "Linear", "sigmoid": "Sigmoid"}
INPUTS = 4


class Regularization(Laboratory):
    kind: Literal["regularization"] = "regularization"
    title = "Regularization"
    shelf = 12
    akin = ("Regularizer", "Layer.dropout", "Trouble.overfitting")
    question = "Why does L1 make weights vanish, L2 make them small, and dropout make many networks of one?"
    help = "The price of weights as a ball that the loss touches, and dropout as all networks that it leaves."
    answer = (
        "The loss wants its middle, the price wants 0: they meet where an ellipse touches the ball. The ball "
        "of L1 has corners on the axes, where a weight is 0; that of L2 is round, and shares a sum among "
        "equal inputs. Dropout trains all networks that are left when neurons go; the whole one, its neurons "
        "scaled, is about their average."
    )
    formula = "E = L + λ (α Σ|w| + (1 − α) ½ Σw²);   dropout: E y(mask) ≈ y(p · w)"
    advice = "To choose between L1, L2 and dropout for a network of your own."
    reference = "Tibshirani 1996. Zou & Hastie 2005. Hinton et al. 2012. Baldi & Sadowski 2013."
    tries = (
        Try("Take L1: the ellipse touches a corner.", {"penalty": "l1", "strength": 0.5}),
        Try("Take L1 and L2 together.", {"penalty": "elastic", "strength": 0.5}),
        Try("Let both weights vanish.", {"penalty": "l1", "strength": 8.0}),
        Try("Lean on one input alone.", {"spread": 0.0}),
        Try("Let the output be linear: dropout is an average exactly.", {"output": "linear"}),
        Try("Keep few neurons.", {"kept": 20.0, "hidden": 8}),
    )

    penalty: Annotated[Literal["l2", "l1", "elastic"], Titles(PENALTIES)] = Field(
        "l2", title="Penalty", description="What weights cost: their squares, their sizes, or some of both."
    )
    strength: Annotated[float, Logarithmic(1e-3), Typical(1e-3, 10)] = Field(
        0.3, ge=0, le=1000, title="Strength λ", description="How much weights cost."
    )
    share: float = Field(
        0.5, ge=0.01, le=0.99, title="Share α", description="Of L1 in the elastic net; the rest is of L2."
    )
    condition: Annotated[float, Logarithmic(1)] = Field(
        6.0,
        ge=1,
        le=100,
        title="Stretch κ",
        description="How much steeper the loss is one way than the other.",
    )
    turned: Annotated[float, Unit("°")] = Field(
        30.0, ge=-90, le=90, title="Turned by", description="Of the ellipses; at 0 they lie along the axes."
    )
    spread: Annotated[float, Unit("%")] = Field(
        100.0,
        ge=0,
        le=100,
        title="Spread",
        description="Four equal inputs: 0 % takes one of them alone, 100 % a quarter of each.",
    )
    hidden: int = Field(4, ge=1, le=8, title="Neurons", description="Hidden neurons that dropout may drop.")
    kept: Annotated[float, Unit("%")] = Field(
        50.0, ge=1, le=100, title="Kept p", description="The chance of each neuron to stay."
    )
    output: Annotated[Literal["linear", "sigmoid"], Titles(OUTPUTS)] = Field(
        "sigmoid", title="Output", description="Of the network with dropout."
    )
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="Which weights that network has.")
    best: Annotated[tuple[Coordinate, Coordinate], Hidden()] = (1.1, 1.2)
    """The weights that the loss alone would choose."""

    @property
    def alpha(self) -> float:
        """The share of L1 in the penalty."""
        return {"l1": 1.0, "l2": 0.0}.get(self.penalty, self.share)

    @property
    def curvature(self) -> Floats:
        """That of the loss (2, 2), of which the smaller is 1/√κ and the larger √κ."""
        angle = np.radians(self.turned)
        axes: Floats = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        bent: Floats = axes @ np.diag([self.condition**-0.5, self.condition**0.5]) @ axes.T
        return bent

    def price(self, strength: float | None = None) -> Price:
        """The penalty, or one of another strength."""
        return Price(self.strength if strength is None else strength, self.alpha)

    def weights(self, strength: float | None = None) -> Floats:
        """What loss and penalty choose together (2,)."""
        weights: Floats = self._chosen(np.array([self.strength if strength is None else strength]))[0]
        return weights

    def way(self) -> Floats:
        """The same for all strengths (k, 2)."""
        return self._chosen(STRENGTHS)

    def _chosen(self, strengths: Floats) -> Floats:
        l1, l2 = strengths * self.alpha, strengths * (1 - self.alpha)
        return cheapest(np.array(self.best), self.curvature, l1, l2)

    def loss(self, weights: Floats) -> float:
        """How far above its least the loss is."""
        return loss(weights, np.array(self.best), self.curvature)

    def radius(self, weights: Floats) -> float:
        """What weights cost for λ = 1: how large the ball is on which they lie."""
        return cost(weights, self.price(1.0))

    def paths(self) -> Floats:
        """The weights of measurements of wines (k, p) for all strengths."""
        return path(STRENGTHS, self.alpha)

    def shared(self, spread: float | None = None) -> Floats:
        """Weights of four equal inputs (4,) whose sum is 1."""
        part = (self.spread if spread is None else spread) / 100
        weights: Floats = (1 - part) * np.eye(INPUTS)[0] + part / INPUTS
        return weights

    def networks(self) -> SubNetworks:
        """What all networks that dropout leaves say."""
        return sub_networks(self.hidden, self.kept / 100, self.output == "sigmoid", self.seed)

    @property
    def regularizer(self) -> Regularizer:
        """The same penalty for a network, as strong as there may be."""
        if self.penalty == "elastic":
            price = self.price(min(self.strength, 10.0))
            return ElasticNet(l1=price.l1, l2=price.l2)
        return (L1 if self.penalty == "l1" else L2)(strength=self.strength)
