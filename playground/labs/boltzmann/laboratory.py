"""The settings of the laboratory of restricted Boltzmann machines."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Annotated, Literal, NamedTuple

import numpy as np
from pydantic import Field

from playground.labs.base import Try
from playground.labs.letters import letter
from playground.labs.patterned import MOST_PATTERNS, Bits, Floats, Patterned, bits
from playground.value import Hidden, Logarithmic, Titles, Typical

PAINTED_SIDE, BARS_SIDE = 8, 4
TEST_EVERY = 7
"""Of so many digits, which follow one another in their order, one is kept for the test."""

USUAL = tuple(bits(letter(name, PAINTED_SIDE)) for name in "THLEXO")


class Pictures(NamedTuple):
    """What is learnt from and what is tested with, (n, pixels) of 0 to 1, and how long a side is."""

    train: Floats
    test: Floats
    side: int


class Boltzmann(Patterned):
    kind: Literal["boltzmann"] = "boltzmann"
    shelf = 15
    title = "Boltzmann machine"
    akin = ("Layer.tied_dense", "Layer.variational")
    question = "How can a network learn what pictures look like when nobody says what they are?"
    help = "Hidden units learn to explain pictures: the machine dreams, and learns to dream of the data."
    answer = (
        "Each tile is what one hidden unit looks for: blue where it wants ink, orange where it wants none. "
        "Data are made likelier and dreams unlikelier, until dreams look like data. A free energy of the "
        "test that rises above that of training is overfitting."
    )
    formula = (
        "E = −vᵗb − hᵗc − hᵗWv,   p(hⱼ = 1 | v) = σ(cⱼ + Σᵢ wⱼᵢ vᵢ),   ΔW = η (h vᵗ of data − h vᵗ of dreams)"
    )
    advice = "To see learning without targets, and how deep networks were first trained: layer by layer."
    reference = "Smolensky 1986. Hinton 2002."
    tries = (
        Try(
            "Learn bars and stripes, with exact likelihood.",
            {"data": "bars", "hidden": 8, "rate": 0.1, "batch": 30, "steps": 5},
        ),
        Try("Make do with eight hidden units.", {"hidden": 8}),
        Try("Let dreams last ten steps.", {"steps": 10}),
        Try("Learn what you paint.", {"data": "painted", "batch": 1, "hidden": 24}),
        Try("Overdo the learning rate.", {"rate": 1.0}),
    )

    data: Annotated[
        Literal["digits", "bars", "painted"],
        Titles({"digits": "Digits", "bars": "Bars and stripes", "painted": "Painted"}),
    ] = Field("digits", title="Pictures", description="What it learns from.")
    hidden: Annotated[int, Logarithmic(1), Typical(2, 128)] = Field(
        48, ge=1, le=256, title="Hidden units", description="How many features it can learn."
    )
    steps: Annotated[int, Logarithmic(1), Typical(1, 20)] = Field(
        1, ge=1, le=100, title="Steps k", description="How long it dreams for each update; 1 works well."
    )
    rate: Annotated[float, Logarithmic(0.001), Typical(0.001, 1)] = Field(
        0.05, gt=0, le=10, title="Learning rate", description="How far a step goes; 0.01 to 0.1 is usual."
    )
    momentum: float = Field(
        0.5, ge=0, lt=1, title="Momentum", description="Share of the last step that is taken along."
    )
    decay: Annotated[float, Logarithmic(0.00001), Typical(0, 0.1)] = Field(
        0.0002,
        ge=0,
        le=1,
        title="Weight decay",
        description="How strongly weights are drawn to 0; 0.0002 is usual.",
    )
    batch: Annotated[int, Logarithmic(1), Typical(1, 200)] = Field(
        20, ge=1, le=1000, title="Batch size", description="Pictures an update; 10 to 100 is usual."
    )
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="The first weights, and all chance.")
    patterns: Annotated[tuple[Bits, ...], Hidden()] = Field(USUAL, max_length=MOST_PATTERNS)

    @property
    def grid(self) -> int:
        """That of the digits."""
        return PAINTED_SIDE

    @property
    def inputs(self) -> int:
        """Visible units, one a pixel."""
        return BARS_SIDE**2 if self.data == "bars" else self.pixels

    def pictures(self) -> Pictures:
        """What there is to learn from."""
        if self.data == "bars":
            return Pictures(bars_and_stripes(BARS_SIDE), bars_and_stripes(BARS_SIDE), BARS_SIDE)
        if self.data == "painted":
            inked = (self.stored + 1) / 2 if len(self.stored) else np.zeros((1, self.pixels))
            return Pictures(inked, inked, self.grid)
        return _digits()


@lru_cache(maxsize=1)
def _digits() -> Pictures:
    from playground.data.datasets.digits import Digits

    inked = np.asarray(Digits().load().raw, np.float64).reshape(-1, 64) / 16
    tested = np.arange(len(inked)) % TEST_EVERY == 0
    return Pictures(inked[~tested], inked[tested], 8)


@lru_cache(maxsize=2)
def bars_and_stripes(side: int) -> Floats:
    """All pictures of full rows or of full columns, each once (MacKay 2003)."""
    lines = [np.array(line) for line in product((0.0, 1.0), repeat=side)]
    rows = np.array([np.repeat(line, side) for line in lines])
    columns = np.array([np.tile(line, side) for line in lines])
    return np.unique(np.concatenate([rows, columns]), axis=0)
