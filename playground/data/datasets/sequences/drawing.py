"""What recipes of sequences share: how many and how long they are, and what is behind their last step."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Recipe
from playground.data.sample import Column, Floats
from playground.randomness import Source
from playground.value import Basic, Typical, Unit

Whole = NDArray[np.int64]

SequenceCount = Annotated[
    int,
    Field(ge=10, le=50_000, title="Samples", description="How many are drawn, 500 to 5,000 as a rule."),
    Typical(100, 5000),
    Basic(),
]
Shorter = Annotated[
    float,
    Field(
        ge=0,
        le=75,
        title="Shorter by",
        description="How much shorter a sequence may be at most; at 0 all are of one length.",
    ),
    Unit("%"),
    Typical(0, 75),
]


class SequenceRecipe(Recipe):
    """Sequences that are drawn by chance."""

    samples: SequenceCount = 1000

    @property
    def columns(self) -> tuple[Column, ...]:
        return ()


def lengths_of(count: int, longest: int, shorter: float, source: Source, least: int = 2) -> Whole:
    """How long so many sequences are, (count,): evenly spread, and none shorter than by so many percent."""
    shortest = max(int(np.ceil(longest * (1 - shorter / 100))), least)
    return longest - np.floor(source.uniform(count) * (longest - shortest + 1)).astype(np.int64)


def ended(values: Floats, lengths: Whole) -> Floats:
    """Sequences (n, time, …) with NaN behind the last step of each."""
    behind = np.arange(values.shape[1]) >= lengths[:, np.newaxis]
    values[behind] = np.nan
    return values


def one_of(codes: NDArray[Any], symbols: int) -> Floats:
    """Sequences (n, time) of codes as (n, time, symbols), with 1 at the place of each; NaN where it is −1."""
    rows = np.vstack([np.eye(symbols), np.full(symbols, np.nan)])
    found: Floats = rows[codes]
    return found
