"""Several inputs together: those that a dataset has, and what they give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from playground.data.dataset import Dataset
from playground.data.features.feature import Feature
from playground.data.sample import Column, Floats


def available(dataset: Dataset) -> tuple[Feature, ...]:
    """Every input that the samples of a dataset have, in the order networks take them."""
    return tuple(feature for kind in Feature.members() for feature in kind.offered(dataset))


def usual(dataset: Dataset) -> tuple[Feature, ...]:
    """What a network is given of a dataset as a rule: all that it has, and no function of it."""
    return tuple(feature for feature in available(dataset) if feature.plain)


def columns(features: Iterable[Feature], dataset: Dataset) -> tuple[Column, ...]:
    """The columns that some features of a dataset give."""
    return tuple(column for feature in features for column in feature.columns(dataset))


def compute(features: Sequence[Feature], raw: Floats, dataset: Dataset) -> Floats:
    """Their values (n, k) for n samples (n, …) of the dataset; NaN where there is none."""
    found = [feature.compute(raw, dataset) for feature in features]
    return found[0] if len(found) == 1 else np.concatenate(found, axis=1)
