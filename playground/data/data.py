"""The data of an experiment: which dataset, which inputs of it, and how it is split and scaled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationInfo, field_validator, model_validator

from playground.data.dataset import Dataset, Floats, Samples, Targets, Task
from playground.data.features import Feature, compute, first_order
from playground.data.generators import Circle
from playground.data.scaling import Fitted, NoScaling, Scaling
from playground.randomness import Pcg64, Source
from playground.value import AnyOf, Titles, Typical, Unit, Value


@dataclass(frozen=True, eq=False)
class Split:
    """One side of the split into training and test samples."""

    coordinates: Floats
    """(n, d) as the dataset drew them."""
    inputs: Floats
    """(n, k) as the network takes them."""
    targets: Targets
    """(n,) class indices or values, or (n, k) the inputs themselves: what is to be learnt."""
    labels: Targets
    """(n,) class indices or values, as the dataset drew them."""


@dataclass(frozen=True, eq=False)
class PreparedData:
    """Data ready for training."""

    task: Task
    names: tuple[str, ...]
    """What the d coordinates are called."""
    domain: tuple[float, float]
    """The range that is drawn of every coordinate."""
    features: tuple[Feature, ...]
    input_names: tuple[str, ...]
    """What the k inputs are called."""
    scaling: Fitted
    train: Split
    test: Split
    validation: Split | None = None
    """For choices made while training; None when the data have no such share."""

    def transform(self, coordinates: Floats) -> Floats:
        """The inputs (n, k) of any places (n, d), such as the points of a decision map."""
        return self.scaling.apply(compute(self.features, coordinates))


class Data(Value):
    """What a network learns from."""

    dataset: AnyOf[Dataset] = Field(Circle(), title="Dataset", description="Where the samples come from.")
    inputs: tuple[AnyOf[Feature], ...] = Field(
        first_order(2),
        min_length=1,
        validate_default=True,
        title="Inputs",
        description="What the network is given of each sample; x₁ and x₂ as a rule.",
    )
    train_percent: Annotated[int, Unit("%")] = Field(
        50,
        ge=1,
        le=99,
        title="Training share",
        description="How much of the data is learnt from, 50 to 80 % as a rule; the rest tests the network.",
    )
    targets: Annotated[
        Literal["dataset", "inputs"],
        Titles({"inputs": "The inputs"}),
    ] = Field(
        "dataset",
        title="Targets",
        description="What to predict: what the dataset asks, or the inputs themselves (an autoencoder).",
    )
    validation_percent: Annotated[int, Unit("%"), Typical(0, 40)] = Field(
        0,
        ge=0,
        le=98,
        title="Validation",
        description="How much steers early stopping and the plateau rule, 10 to 20 % when they are used.",
    )
    scaling: AnyOf[Scaling] = Field(
        NoScaling(),
        title="Scaling",
        description="How the inputs are brought to one scale, measured on the training samples alone.",
    )

    @field_validator("inputs")
    @classmethod
    def _fit_the_dataset(cls, inputs: tuple[Feature, ...], info: ValidationInfo) -> tuple[Feature, ...]:
        dataset: Dataset | None = info.data.get("dataset")
        for position, feature in enumerate(inputs):
            if feature in inputs[:position]:
                raise ValueError(f"{feature.title} is there twice")
            if dataset and feature.needs > dataset.dimension:
                raise ValueError(f"{feature.title} needs two coordinates, and {dataset.title} has one")
        members = Feature.members()
        return tuple(sorted(inputs, key=lambda feature: members.index(type(feature))))

    @model_validator(mode="after")
    def _train_on_something(self) -> Self:
        if self.dataset.samples * self.train_percent < 100:
            raise ValueError(
                f"{self.train_percent} % of {self.dataset.samples} samples leaves none to train on; "
                "take more samples or a larger training share"
            )
        total = self.train_percent + self.validation_percent
        if total > 99:
            raise ValueError(
                f"training and validation share take {total} % of the samples; leave at least 1 % to test on"
            )
        if self.validation_percent and self.dataset.samples * self.validation_percent < 100:
            raise ValueError(
                f"{self.validation_percent} % of {self.dataset.samples} samples leaves none to validate on"
            )
        return self

    @property
    def task(self) -> Task:
        """What there is to learn."""
        if self.targets == "inputs":
            return Task("regression", numbers=len(self.inputs))
        return self.dataset.task

    @property
    def train_samples(self) -> int:
        """How many samples are learnt from."""
        return self.dataset.samples * self.train_percent // 100

    @property
    def input_names(self) -> tuple[str, ...]:
        """What the network's inputs are called: the features, or the components that are made of them."""
        return self.scaling.names(tuple(feature.title for feature in self.inputs))

    def with_dataset(self, dataset: Dataset) -> Self:
        """The same with another dataset, without the inputs that it cannot give."""
        fitting = tuple(feature for feature in self.inputs if feature.needs <= dataset.dimension)
        return self.with_(dataset=dataset, inputs=fitting or first_order(dataset.dimension))

    def prepare(self, source: Source) -> PreparedData:
        """Draw the samples, then their order, and make of them what the network takes."""
        samples = self.dataset.generate(source)
        n = len(samples.targets)
        order = source.permutation(n)
        count = self.train_samples
        steering = order[count : count + n * self.validation_percent // 100]
        chosen, rest = order[:count], order[count + len(steering) :]
        inputs = compute(self.inputs, samples.coordinates)
        fitted = self.scaling.fit(inputs[chosen])

        def split(rows: NDArray[np.int64]) -> Split:
            scaled, labels = fitted.apply(inputs[rows]), samples.targets[rows]
            targets = scaled if self.targets == "inputs" else labels
            return Split(samples.coordinates[rows], scaled, targets, labels)

        return PreparedData(
            task=self.task,
            names=samples.names,
            domain=self.dataset.domain,
            features=self.inputs,
            input_names=self.input_names,
            scaling=fitted,
            train=split(chosen),
            test=split(rest),
            validation=split(steering) if len(steering) else None,
        )


def preview(dataset: Dataset, count: int = 200) -> Samples:
    """A few samples of a dataset, always the same, for a picture of it."""
    return dataset.with_(samples=count).generate(Pcg64(seed=0).streams().data)
