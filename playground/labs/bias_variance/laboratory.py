"""The settings of the laboratory in which a model is fitted again and again to samples of the same truth."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray
from pydantic import Field

from playground.data.datasets.recipes.drawing import OfLine
from playground.data.formulas.checking import formula_over
from playground.data.sample import LINE
from playground.labs.base import Laboratory, Try
from playground.labs.bias_variance.errors import Fits, SizeErrors
from playground.labs.bias_variance.fitting import MOST, fitted, neurons, powers
from playground.labs.threads import one_thread
from playground.value import Logarithmic, Titles

Floats = NDArray[np.float64]

GRID = 121
PLACES = 40
"""Sizes at which curves are worked out, besides the small ones."""
SMALL = 12
LARGEST = 1e3
"""A truth that is larger is cut off there."""

MODELS = {"polynomial": "Polynomial", "network": "Network"}


class BiasVariance(Laboratory):
    kind: Literal["bias_variance"] = "bias_variance"
    shelf = 13
    title = "Bias and variance"
    akin = ("Trouble.overfitting", "Trouble.underfitting", "Stopping", "Regularizer")
    question = "Why does a larger model fit better and still predict worse, and then better again?"
    help = "One model is fitted to many samples of a truth: it errs on average, or by chance."
    answer = (
        "Too small a model is wrong in the same way each time: bias. Too large a one follows the noise of "
        "its samples: variance. Noise itself stays. With as many weights as samples variance peaks; of still "
        "more the smallest that fit are taken, and it falls again. Training data set the weights, "
        "validation data choose the size, test data are asked once, at the end."
    )
    formula = "E(y − g)² = (f − E g)² + Var g + σ²;   error = bias² + variance + noise, of fits g"
    advice = "To know whether a larger network, more samples or a penalty helps."
    reference = "Geman et al. 1992. Belkin et al. 2019. Schaeffer et al. 2023."
    tries = (
        Try("Take too small a model.", {"size": 1}),
        Try("Take too large a one.", {"size": 14}),
        Try("Give that one five times the samples.", {"size": 14, "samples": 60}),
        Try("Put a price on its weights instead.", {"size": 14, "penalty": 1e-2}),
        Try("Go on to double descent.", {"model": "network", "size": 45, "noise": 0.1}),
        Try("Let validation choose with three samples.", {"held": 3}),
    )

    truth: OfLine = Field(
        "sin(3x)",
        min_length=1,
        title="Truth f(x)",
        description="What samples are drawn from, x from −1 to 1.",
    )
    model: Annotated[Literal["polynomial", "network"], Titles(MODELS)] = Field(
        "polynomial",
        title="Model",
        description="The network has ReLU neurons drawn by chance; only its last layer learns.",
    )
    size: int = Field(
        4,
        ge=0,
        le=MOST,
        title="Size",
        description="Degree of the polynomial, or neurons of the network; one weight more learns.",
    )
    samples: int = Field(15, ge=3, le=60, title="Samples n", description="That each model is fitted to.")
    noise: float = Field(
        0.3, ge=0, le=2, title="Noise σ", description="Standard deviation of what is added to each sample."
    )
    penalty: Annotated[float, Logarithmic(1e-8)] = Field(
        0.0,
        ge=0,
        le=10,
        title="Penalty λ",
        description="Price of the squared weights; without one the smallest that fit best are taken.",
    )
    sets: int = Field(40, ge=2, le=100, title="Sets", description="How often samples are drawn anew.")
    held: int = Field(
        10, ge=1, le=60, title="Validation", description="Samples kept aside to choose the size by."
    )
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="Which samples are drawn.")

    @property
    def sizes(self) -> list[int]:
        """Those at which curves are worked out: up to three times the samples, and the one that is set."""
        most = min(MOST, max(3 * self.samples, self.size, SMALL))
        places = [*range(SMALL), *np.linspace(0, most, PLACES).round().astype(int).tolist()]
        return sorted({*places, self.samples - 1, self.size} & set(range(most + 1)))

    @property
    def drawn(self) -> tuple[Floats, Floats]:
        """The samples of all sets, x and y (sets, n)."""
        return self._sampled(1, (self.sets, self.samples))

    def fits(self) -> Fits:
        """What models of the size that is set make of the sets."""
        return self._fits(self.size)

    def errors(self) -> Iterator[SizeErrors]:
        """The errors of models of every size, from the smallest on."""
        x, y = self._sampled(2, (1, self.held))
        for size in self.sizes:
            found, weights = self._fits(size), self._weights(size)[:1]
            yield SizeErrors(
                size,
                found.bias,
                found.variance,
                self._off(self._features(found.x[:1], size), weights, found.y[:1]),
                self._off(self._features(x, size), weights, y),
                float(np.mean((found.predictions[0] - found.truth) ** 2)) + self.noise**2,
            )

    def true_at(self, x: Floats) -> Floats:
        """The truth at places of any shape."""
        return _true(self.truth, x)

    def _sampled(self, stream: int, shape: tuple[int, int]) -> tuple[Floats, Floats]:
        """Each of n samples lies somewhere in its own nth of the line, so that none is without neighbours."""
        chance = default_rng([self.seed, stream])
        parts = (np.arange(shape[1]) + chance.uniform(0, 1, shape)) / shape[1]
        x = 2 * parts - 1
        return x, self.true_at(x) + self.noise * chance.standard_normal(shape)

    def _features(self, x: Floats, size: int) -> Floats:
        return powers(x, size) if self.model == "polynomial" else neurons(x, size, self.seed)

    def _weights(self, size: int) -> Floats:
        """Those of all sets (sets, size + 1)."""
        x, y = self.drawn
        with one_thread():
            return fitted(self._features(x, size), y, self.penalty)

    def _fits(self, size: int) -> Fits:
        grid = np.linspace(-1, 1, GRID)
        predictions = self._weights(size) @ self._features(grid, size).T
        return Fits(*self.drawn, grid, self.true_at(grid), predictions)

    @staticmethod
    def _off(features: Floats, weights: Floats, targets: Floats) -> float:
        """The mean squared error of the model of one set."""
        return float(np.mean((np.einsum("snp,sp->sn", features, weights) - targets) ** 2))


@lru_cache(maxsize=64)
def _formula_values(text: str, places: bytes) -> Floats:
    x = np.frombuffer(places)
    values = formula_over(text, LINE).compute({"x": x}, x.size)
    return np.clip(np.nan_to_num(values), -LARGEST, LARGEST)


def _true(text: str, x: Floats) -> Floats:
    return _formula_values(text, np.ascontiguousarray(x).tobytes()).reshape(x.shape)
