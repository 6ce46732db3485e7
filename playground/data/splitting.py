"""Which samples are learnt from, which steer, and which test: by chance, in order, or as the data say."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Samples
from playground.data.sample import Targets, first_values

Rule: TypeAlias = Literal["random", "stratified", "in_order", "column"]
Rows: TypeAlias = NDArray[np.int64]

TRAIN, VALIDATION, TEST = range(3)
"""The sides, as numbers and in the order in which they are taken."""

PARTS = 10
"""Into how many parts of equal size values are cut, so that each side gets its share of each."""


def split(
    rule: Rule, samples: Samples, order: Rows, train: int, validation: int, gap: int = 0
) -> tuple[Rows, Rows, Rows]:
    """The rows to train on, so many of them, those to validate on, and the rest, which test.

    `order` is one of chance; the rows of each side stand in it, unless they are taken in their own.  Then
    a gap of so many rows is left out between two sides, which would have values in common.
    """
    if rule == "column" and samples.sides is not None:
        of_row = samples.sides[order]
        return order[of_row == TRAIN], order[of_row == VALIDATION], order[of_row == TEST]
    if rule == "in_order":
        order = np.arange(len(order))
        steered = train + gap + validation if validation else train
        return order[:train], order[train + gap : steered], order[steered + gap :]
    if rule == "stratified":
        return _in_shares(order, _groups(samples), train, validation)
    return order[:train], order[train : train + validation], order[train + validation :]


def _in_shares(order: Rows, groups: Rows, train: int, validation: int) -> tuple[Rows, Rows, Rows]:
    """Each side with its share of each group, to one sample."""
    places = _evenly(groups[order])
    parts = places[:train], places[train : train + validation], places[train + validation :]
    first, second, third = (order[np.sort(part)] for part in parts)
    return first, second, third


def _evenly(groups: Rows) -> Rows:
    """An order of places in which every beginning has its share of each group."""
    by_group = np.argsort(groups, kind="stable")
    counts = np.bincount(groups)
    starts = np.cumsum(counts) - counts
    rank = np.empty(len(groups))
    rank[by_group] = np.arange(len(groups)) - np.repeat(starts, counts)
    return np.argsort((rank + 0.5) / counts[groups], kind="stable")


def _groups(samples: Samples) -> Rows:
    """The class of each sample, or the tenth that the first of its values lies in that is asked for."""
    targets: Targets = samples.targets
    if samples.task.classes:
        return targets.astype(np.int64)
    values = first_values(targets)
    borders = np.quantile(values, np.linspace(0, 1, PARTS + 1)[1:-1])
    return np.searchsorted(borders, values, side="right")
