"""The data of an experiment: which dataset, which inputs of it, and how it is split and scaled."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from math import ceil
from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationInfo, field_validator, model_validator

from playground.data import splitting
from playground.data.augmentation import Augmentation, refuse_others
from playground.data.dataset import Dataset, Samples, Task
from playground.data.datasets.recipes.two_classes import Circle
from playground.data.features import Feature, Whole, available, columns, compute, usual
from playground.data.graphs.sample_graph import node_columns
from playground.data.prepared import PreparedData, Split, by_row
from playground.data.sample import Floats, completed, flattened, seen, some
from playground.data.scaling import NoScaling, Scaling, fitted_to
from playground.data.splitting import Rule
from playground.randomness import Pcg64, Source
from playground.shapes import GraphShape
from playground.text import Text, say
from playground.value import AnyOf, Basic, InvalidValue, Titles, Typical, Unit, Value

MOST_AUGMENTATIONS = 8


class Data(Value):
    """What a network learns from."""

    dataset: Annotated[AnyOf[Dataset], Basic()] = Field(
        Circle(), title="Dataset", description="Where the samples come from."
    )
    inputs: Annotated[tuple[AnyOf[Feature], ...], Basic()] = Field(
        usual(Circle()),
        min_length=1,
        validate_default=True,
        title="Inputs",
        description="What the network is given of each sample; x₁ and x₂ as a rule.",
    )
    train_percent: Annotated[float, Unit("%"), Typical(1, 99)] = Field(
        50.0,
        gt=0,
        le=100,
        title="Training share",
        description="How much of the data is learnt from, 50 to 80 % as a rule; the rest tests the network.",
    )
    split: Annotated[Rule, Titles({"random": "By chance", "column": "As the data say"})] = Field(
        "random",
        title="Split",
        description="How samples are parted: by chance, each class by its share, first to last, or as given.",
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
        NoScaling.usual(),
        title="Scaling",
        description="How the inputs are brought to one scale, measured on the training samples alone.",
    )
    target_scaling: AnyOf[Scaling] = Field(
        NoScaling.usual(),
        title="Target scaling",
        description="How values to predict are scaled for training and its loss; answers and errors are not.",
    )
    augmentations: tuple[AnyOf[Augmentation], ...] = Field(
        (),
        max_length=MOST_AUGMENTATIONS,
        title="Augmentation",
        description="How training samples are varied in each epoch; every loss shown is of them as they are.",
    )

    @field_validator("inputs")
    @classmethod
    def _fit_the_dataset(cls, inputs: tuple[Feature, ...], info: ValidationInfo) -> tuple[Feature, ...]:
        dataset: Dataset | None = info.data.get("dataset")
        if dataset is None:  # refused already
            return inputs
        offered = dict.fromkeys(available(dataset))
        before: set[Feature] = set()
        for feature in inputs:
            if feature in before:
                raise ValueError(say("data.input_twice", "{input} is there twice", input=feature.name))
            if feature not in offered and not _checked(feature, dataset):
                raise ValueError(
                    say(
                        "data.no_input",
                        "{dataset} has no input {input}",
                        dataset=dataset.named(),
                        input=feature.name if str(feature.name) else feature.named(),
                    )
                )
            before.add(feature)
        others = (feature for feature in inputs if feature not in offered)
        return (*(feature for feature in offered if feature in before), *others)

    @model_validator(mode="after")
    def _split_as_can_be(self) -> Self:
        if self.split == "column" and self.dataset.sides is None:
            raise ValueError(
                say(
                    "data.no_sides",
                    "{dataset} does not say which samples to train on; choose another split",
                    dataset=self.dataset.named(),
                )
            )
        if self.dataset.overlap and self.split in ("random", "stratified"):
            raise ValueError(
                say(
                    "data.windows_overlap",
                    "the windows of {dataset} overlap, so that by chance the test would be of what "
                    "was learnt; split in order",
                    dataset=self.dataset.named(),
                )
            )
        return self

    @field_validator("augmentations")
    @classmethod
    def _vary_what_is_there(
        cls, augmentations: tuple[Augmentation, ...], info: ValidationInfo
    ) -> tuple[Augmentation, ...]:
        if (dataset := info.data.get("dataset")) is not None:
            refuse_others(augmentations, dataset)
        return augmentations

    @model_validator(mode="after")
    def _train_on_something(self) -> Self:
        grows = self.dataset.grows
        if not (grows or self.train_samples):
            raise ValueError(
                say(
                    "data.none_to_train",
                    "{share} % of {count} samples leaves none to train on; "
                    "take more samples or a larger training share",
                    share=self.train_percent,
                    count=self.dataset.count,
                )
            )
        total = self.train_percent + self.validation_percent
        if total > 100:
            raise ValueError(
                say(
                    "data.shares_above_all",
                    "training and validation share take {total} % of the samples, more than all",
                    total=total,
                )
            )
        if not (grows or self._validates):
            raise ValueError(
                say(
                    "data.none_to_validate",
                    "{share} % of {count} samples leaves none to validate on",
                    share=self.validation_percent,
                    count=self.dataset.count,
                )
            )
        return self

    @property
    def _validates(self) -> bool:
        """Whether there are samples to validate on, where there is a share of them."""
        return self.split == "column" or not self.validation_percent or bool(self.validation_samples)

    @property
    def problem(self) -> Text | None:
        """Why nothing can be learnt of it as it is; None when something can."""
        if (problem := self.dataset.problem) or self._validates:
            return problem
        return say(
            "data.too_few_to_validate",
            "{share} % of {count} samples leaves none to validate on; add some, or take no validation share.",
            share=self.validation_percent,
            count=self.dataset.count,
        )

    @property
    def task(self) -> Task:
        """What there is to learn."""
        if self.targets == "inputs":
            return Task("regression", sizes=self.input_shape)
        return self.dataset.task

    @property
    def scales_targets(self) -> bool:
        """Whether the targets are values that are scaled by themselves."""
        return may_scale_targets(self) and self.target_scaling != NoScaling()

    @property
    def train_samples(self) -> int:
        """How many samples are learnt from; one at least where they come one by one."""
        if self.split == "column" and (sides := self.dataset.sides):
            return sides[0]
        count = self.dataset.count
        return max(int(count * self.train_percent / 100), min(count, int(self.dataset.grows)))

    @property
    def steers(self) -> bool:
        """Whether a share of the samples is to steer the training."""
        return bool(self.validation_samples if self.split == "column" else self.validation_percent)

    @property
    def validation_samples(self) -> int:
        """How many samples steer the training."""
        if self.split == "column" and (sides := self.dataset.sides):
            return sides[1]
        return max(self.dataset.count * self.validation_percent // 100 - self.dataset.overlap, 0)

    @property
    def input_shape(self) -> tuple[int, ...]:
        """How the values that the network is given of a sample are arranged."""
        shape = self.dataset.shape
        if self.inputs == (Whole(),) and (shape.is_sequence or not self.scaling.mixes):
            own = node_columns(shape) if shape.is_graph and self.scaling == NoScaling() else 0
            return GraphShape(shape.sizes, own) if own else shape.sizes
        row = (len(columns(self.inputs, self.dataset)),)
        return GraphShape(row) if self.dataset.are_nodes else row

    @property
    def input_names(self) -> tuple[str, ...]:
        """What the network's inputs are called: the columns, or the components that are made of them."""
        return self.scaling.names(tuple(column.name for column in columns(self.inputs, self.dataset)))

    def with_dataset(self, dataset: Dataset) -> Self:
        """The same with another dataset, with the inputs for it, and scaled as is usual for it.

        Shares that would leave none of its samples to train or to validate on are raised to one of them.
        """
        scaled = {}
        if self.scaling == self.dataset.usual_scaling:
            scaled["scaling"] = dataset.usual_scaling
        if self.target_scaling == self.dataset.usual_target_scaling:
            scaled["target_scaling"] = dataset.usual_target_scaling
        fitted = self.fitted_to(dataset) | self._shares_of(dataset)
        return self.with_(split=self._split_of(dataset), **scaled, **fitted)

    def fitted_to(self, dataset: Dataset) -> dict[str, Any]:
        """Another dataset, with those inputs and augmentations that fit it."""
        fitting = tuple(each for each in self.augmentations if each.fits(dataset))
        return {"dataset": dataset, "inputs": self.inputs_for(dataset), "augmentations": fitting}

    @property
    def unvaried(self) -> tuple[object, ...]:
        """All but the augmentations: what makes the samples, their inputs and their split."""
        return tuple(getattr(self, name) for name in type(self).model_fields if name != "augmentations")

    def _split_of(self, dataset: Dataset) -> Rule:
        """As the data say, where they begin to say it."""
        if dataset.overlap:
            return "in_order"
        if dataset.sides is None:
            return "random" if self.split == "column" or self.dataset.overlap else self.split
        return self.split if self.dataset.sides else "column"

    def inputs_for(self, dataset: Dataset) -> tuple[Feature, ...]:
        """Those inputs that another dataset has too, or the usual ones where they are usual or none fits."""
        if self.inputs == usual(self.dataset):
            return usual(dataset)
        offered = set(available(dataset))
        fitting = (feature for feature in self.inputs if feature in offered or _fits(feature, dataset))
        return tuple(fitting) or usual(dataset)

    def _shares_of(self, dataset: Dataset) -> dict[str, float]:
        if dataset.grows:
            return {}
        least = ceil(100 / dataset.count)
        train, validation = self.train_percent, self.validation_percent
        if int(dataset.count * train / 100) < 1:
            train = least
        if validation and dataset.count * validation < 100:
            validation = least
        return {"train_percent": train, "validation_percent": int(min(validation, 100 - train))}

    def prepare(self, source: Source) -> PreparedData:
        """Take the samples, then their order, and make of them what the network takes.

        Raises:
            InvalidValue: when the samples cannot be had, or an input has no value for one of them.
        """
        samples = self.dataset.take(source)
        order = source.permutation(len(samples.targets))
        chosen, steering, rest = splitting.split(
            self.split,
            samples,
            order,
            self.train_samples,
            self.validation_samples,
            self.dataset.overlap,
        )
        raw, fill = samples.raw, self.dataset.fill(some(samples.raw, chosen))
        raw = completed(raw, fill)
        inputs = compute(self.inputs, raw, self.dataset)
        shape = self.dataset.shape
        if not shape.is_sequence and np.isnan(inputs).any():
            _refuse_samples(self.inputs, raw, self.dataset)
        fitted = fitted_to(inputs[chosen], self.scaling, shape.sizes[-1] if shape.is_sequence else 0)

        of_targets = None
        if self.scales_targets:
            of_step = (*self.task.sizes, 1)[1] if shape.is_sequence else 0
            values = flattened(samples.targets[chosen]).astype(np.float64)
            of_targets = fitted_to(values, self.target_scaling, of_step)

        def side(rows: NDArray[np.int64]) -> Split:
            scaled, labels = fitted.apply(inputs[rows]), samples.targets[rows]
            truth = scaled if self.targets == "inputs" else labels
            targets = truth if of_targets is None else by_row(of_targets.apply, labels)
            return Split(some(raw, rows), scaled, targets, labels, truth, rows)

        train, nodes = side(chosen), samples.nodes
        if nodes is not None:
            nodes = replace(nodes, raw=completed(nodes.raw, fill))
        known = train.raw if nodes is None else nodes.raw
        return PreparedData(
            task=self.task,
            dataset=self.dataset,
            columns=seen(self.dataset.columns, known) if self.dataset.columns else (),
            features=self.inputs,
            scaling=fitted,
            fill=fill,
            target_scaling=of_targets,
            train=train,
            test=side(rest),
            validation=side(steering) if len(steering) else None,
            nodes=nodes,
        )


def may_scale_targets(data: Data) -> bool:
    """Whether the targets are values, and not classes or the inputs themselves."""
    return data.targets == "dataset" and not data.dataset.task.classes


def without_effect(data: Data) -> frozenset[str]:
    """The fields that change nothing as the others are."""
    of_targets = () if may_scale_targets(data) else ("target_scaling",)
    of_shares = ("train_percent", "validation_percent") if data.split == "column" else ()
    return frozenset((*of_targets, *of_shares))


def _refuse_samples(inputs: tuple[Feature, ...], raw: Floats, dataset: Dataset) -> None:
    """Say which input has no value for some of the samples."""
    for feature in inputs:
        if (flaw := feature.flaw(raw, dataset)) is not None:
            raise _without_value(feature, flaw)


def _without_value(feature: Feature, why: Text) -> InvalidValue:
    return InvalidValue(say("data.input_flaw", "Input {input} {why}", input=feature.name, why=why))


def _checked(feature: Feature, dataset: Dataset) -> bool:
    """Whether a dataset has an input that it does not offer.

    Raises:
        InvalidValue: a sentence that names the input and says why not, where there is more to say.
    """
    try:
        return feature.fits(dataset)
    except InvalidValue as problem:
        raise _without_value(feature, problem.text) from None


def _fits(feature: Feature, dataset: Dataset) -> bool:
    """Whether a dataset has an input that it does not offer, and never mind why not."""
    with suppress(InvalidValue):
        return feature.fits(dataset)
    return False


def preview(dataset: Dataset, count: int = 200) -> Samples:
    """A few samples of a dataset, always the same, for a picture of it.

    Raises:
        InvalidValue: when the samples cannot be had.
    """
    return dataset.few(count, Pcg64(seed=0).streams().data)
