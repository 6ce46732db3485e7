"""The settings of the laboratory of normalization."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.scaling import MinMax, NoScaling, PcaWhitening, Scaling, Standardize
from playground.engine.layers import BatchNorm
from playground.labs.base import Laboratory, Try
from playground.labs.normalization.batches import AmongOthers, NormalizedBatches
from playground.labs.normalization.drift import DeepNetwork, Drift, drifting
from playground.labs.normalization.samples import ColumnUnits, MeasuredSamples, drawn
from playground.labs.normalization.two_weights import TwoWeights
from playground.text import Text
from playground.value import AnyOf, Hidden, Logarithmic, Typical

Floats = NDArray[np.floating]
Share = Annotated[float, Field(ge=0, le=1)]

FARTHEST = 12.0
"""How far, in standard deviations, the sample outside may lie."""
ALONE = 0
"""The sample whose fate in batches is followed."""


class Scaled(NamedTuple):
    """What a scaling makes of the inputs: its name, the inputs (n, 2), and how steep the loss is then."""

    name: Text
    inputs: Floats
    weights: TwoWeights


class Normalizing(Laboratory):
    kind: Literal["normalization"] = "normalization"
    title = "Normalization"
    shelf = 11
    akin = ("Scaling", "Layer.batch_norm", "Layer.layer_norm")
    question = "Why does a network learn faster from numbers of like size, and what does batch norm add?"
    help = "Scalings and batch norm on two columns, on the valley of two weights, and in a deep network."
    answer = (
        "Columns of unlike size, or far from 0, make the loss a narrow valley: the rate must suit the steep "
        "side. If all inputs are positive, each sample lets all weights of a neuron rise or all fall, so "
        "that the way zigzags. Scaling makes the valley round. Batch norm does so in every layer, by the "
        "batch: what a sample becomes depends on the others, which is noise that also regularizes."
    )
    formula = "x′ = (x − μ) / σ;   κ = λ_max / λ_min of XᵗX / n"
    advice = "Before choosing how inputs are scaled, or where batch norm goes."
    reference = "LeCun et al. 1998. Ioffe & Szegedy 2015. Santurkar et al. 2018."
    tries = (
        Try("Make one column far wider.", {"scaling": NoScaling(), "norm": False, "ratio": 30.0}),
        Try("Standardize them.", {"scaling": Standardize(), "norm": False}),
        Try("Whiten columns that go together.", {"scaling": PcaWhitening(), "norm": False, "together": 0.9}),
        Try("Put one sample far outside of 0 to 1.", {
            "scaling": MinMax(), "norm": False, "outside": True, "place": (10.0, 10.0)
        }),
        Try("Let every input be positive.", {
            "scaling": NoScaling(), "norm": False, "mean": 4.0, "ratio": 1.0
        }),
        Try("Normalize by batches of four.", {"norm": True, "batch": 4}),
        Try("Let a deep network learn fast.", {"layers": 4, "speed": 3.0}),
    )  # fmt: skip

    scaling: AnyOf[Scaling] = Field(
        NoScaling(), title="Scaling", description="How the inputs are scaled before the neuron."
    )
    norm: bool = Field(
        False, title="Batch norm", description="Normalizes the scaled inputs once more, batch by batch."
    )
    batch: Annotated[int, Logarithmic(1)] = Field(
        16, ge=1, le=64, title="Batch size", description="Samples that batch norm sees together."
    )
    mean: float = Field(
        2.0,
        ge=0,
        le=10,
        title="Mean",
        description="Of both columns, in standard deviations; from 3 on all are positive.",
    )
    ratio: Annotated[float, Logarithmic(1)] = Field(
        5.0, ge=1, le=100, title="Ratio", description="How many times wider the second column is."
    )
    together: float = Field(
        0.5, ge=-0.99, le=0.99, title="Correlation", description="How much the columns go together."
    )
    outside: bool = Field(False, title="One outside", description="Puts one sample where it is led.")
    rate: Annotated[float, Typical(0.05, 1.1)] = Field(
        0.9,
        gt=0,
        le=2,
        title="Rate × λ/2",
        description="Learning rate as a share of 2/λ, its border.",
    )
    layers: int = Field(3, ge=1, le=8, title="Layers", description="Hidden layers of the deep network.")
    speed: Annotated[float, Logarithmic(0.01)] = Field(
        1.0, gt=0, le=30, title="Its rate", description="Learning rate of the deep network."
    )
    steps: Annotated[int, Logarithmic(1)] = Field(
        60,
        ge=1,
        le=200,
        title="Steps",
        description="Steps down the valley; five each of the network.",
    )
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="Which samples, batches and weights.")
    place: Annotated[
        tuple[
            Annotated[float, Field(ge=-FARTHEST, le=FARTHEST)],
            Annotated[float, Field(ge=-FARTHEST, le=FARTHEST)],
        ],
        Hidden(),
    ] = (6.0, 6.0)
    """Where the sample outside is, in standard deviations."""
    start: Annotated[tuple[Share, Share], Hidden()] = (0.12, 0.8)
    """Where the way down begins, as shares of what is seen."""

    @property
    def columns(self) -> ColumnUnits:
        """How the columns are measured."""
        return ColumnUnits(self.mean, self.ratio)

    @cached_property
    def samples(self) -> MeasuredSamples:
        """Inputs as they are measured, and targets."""
        outside = self.place if self.outside else None
        return drawn(self.columns, self.together, outside, self.seed)

    @cached_property
    def inputs(self) -> Floats:
        """The inputs (n, 2) as the neuron gets them."""
        scaled = self.scaled_by(self.scaling)
        return self.batches.in_batches(self.batch) if self.norm else scaled

    @property
    def batches(self) -> NormalizedBatches:
        """A batch norm behind the scaling, before anything was shown to it but what it warmed up with."""
        return NormalizedBatches(self.scaled_by(self.scaling), self.batch, self.seed)

    @cached_property
    def weights(self) -> TwoWeights:
        """The loss of the neuron."""
        return TwoWeights(self.inputs, self.samples.targets)

    def scaled_by(self, scaling: Scaling) -> Floats:
        """The inputs by a scaling alone."""
        return scaling.fit(self.samples.inputs).apply(self.samples.inputs)

    def every_scaling(self) -> tuple[Scaled, ...]:
        """What each scaling makes of the inputs, and batch norm of them as they are."""
        found = [
            Scaled(kind.named(), self.scaled_by(kind.usual()), TwoWeights(self.scaled_by(kind.usual()), y))
            for y in [self.samples.targets]
            for kind in Scaling.ready()
        ]
        normal = NormalizedBatches(self.samples.inputs, self.batch, self.seed).in_batches(self.batch)
        return (*found, Scaled(BatchNorm.named(), normal, TwoWeights(normal, self.samples.targets)))

    def among_others(self) -> AmongOthers:
        """What becomes of the first value of one sample in batches."""
        return self.batches.among_others(ALONE, 0)

    def deep(self, norm: bool) -> Iterator[Drift]:
        """The deep network as it learns, with batch norm or without."""
        return drifting(DeepNetwork(self.layers, self.speed, self.batch, self.seed, norm), self.steps)
