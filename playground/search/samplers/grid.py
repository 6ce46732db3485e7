"""Grid search."""

from __future__ import annotations

from math import gcd, prod
from typing import Annotated, Literal

from pydantic import Field

from playground.search.asked import Asked, Settings
from playground.search.samplers.base import Sampler
from playground.search.variation import Plain
from playground.value import Typical

GOLDEN = 0.618033988749895


class GridSearch(Sampler):
    kind: Literal["grid"] = "grid"
    title = "Grid"
    help = "Tries every combination of a few values of each setting."
    formula = "n₁ × n₂ × … × n_d trials"
    advice = "For one to three settings; with more, most trials repeat values that have been tried."

    points: Annotated[int, Typical(2, 10)] = Field(
        5, ge=1, le=1000, title="Points", description="So many values of each number; choices are all tried."
    )

    def trials(self, asked: Asked) -> int:
        return min(asked.trials, prod(map(len, self._values(asked))))

    def settings(self, asked: Asked) -> Settings:
        values = self._values(asked)
        place = _place(asked, prod(map(len, values)))
        found: dict[str, Plain] = {}
        for variation, choices in zip(reversed(asked.variations), reversed(values), strict=True):
            place, index = divmod(place, len(choices))
            found[variation.path] = choices[index]
        return {variation.path: found[variation.path] for variation in asked.variations}

    def _values(self, asked: Asked) -> list[tuple[Plain, ...]]:
        return [variation.grid(self.points) for variation in asked.variations]


def _place(asked: Asked, size: int) -> int:
    """The place in the grid of a trial: in order where all are tried, else spread all over it, none twice."""
    if asked.trials >= size:
        return asked.number % size
    stride = max(round(GOLDEN * size), 1)
    while gcd(stride, size) != 1:
        stride += 1
    return (asked.seed + asked.number * stride) % size
