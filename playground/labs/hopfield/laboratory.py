"""The settings of the laboratory of Hopfield networks, with the patterns that a person painted."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.random import Generator, default_rng
from pydantic import Field

from playground.labs.base import Try
from playground.labs.letters import letter
from playground.labs.patterned import LARGEST, MOST_PATTERNS, SMALLEST, Bits, Floats, Patterned, bits
from playground.value import Hidden, Logarithmic, Titles, Typical, Unit

Strokes = Annotated[str, Field(pattern=r"^[01.]*$", max_length=LARGEST**2)]

USUAL = tuple(bits(letter(name, 10)) for name in "TOX")
ALIKE = tuple(bits(letter(name, 10)) for name in "COUEPSHN")


class Hopfield(Patterned):
    kind: Literal["hopfield"] = "hopfield"
    shelf = 14
    title = "Hopfield network"
    akin = ("Layer.external_memory", "Layer.self_attention")
    question = "How can a network remember a whole picture from a damaged piece of it?"
    help = "Patterns are stored in the weights between neurons; a damaged one falls into the nearest."
    answer = (
        "Each pattern is a valley of the energy. A neuron turns where its neighbours pull it, which never "
        "leads uphill while they turn one at a time. Too many patterns run into one another, and there are "
        "valleys that nobody stored: negatives and mixtures."
    )
    formula = "sᵢ ← sign(Σⱼ wᵢⱼ sⱼ),   E = −½ sᵗWs,   W = XᵗX / n;   modern: ξ ← Xᵗ softmax(β Xξ)"
    advice = "To see memory without backpropagation, and attention, which is a step of the modern one."
    reference = "Hopfield 1982. Ramsauer et al. 2020."
    tries = (
        Try("Damage half of the pixels.", {"damage": 50.0}),
        Try(
            "Let all neurons turn at once.",
            {"patterns": USUAL, "rule": "hebb", "update": "all", "damage": 50.0, "seed": 9, "painted": ""},
        ),
        Try(
            "Store letters that look alike, by Hebb's rule.",
            {"patterns": ALIKE, "rule": "hebb", "update": "one", "painted": ""},
        ),
        Try(
            "Store the same by the projection rule.",
            {"patterns": ALIKE, "rule": "projection", "update": "one", "painted": ""},
        ),
        Try("Blur what the modern one remembers.", {"beta": 0.005}),
    )

    side: int = Field(
        10, ge=SMALLEST, le=LARGEST, title="Grid", description="Pixels along a side; each is a neuron."
    )
    rule: Annotated[Literal["hebb", "projection"], Titles({"hebb": "Hebb", "projection": "Projection"})] = (
        Field(
            "hebb",
            title="Rule",
            description="Hebb adds up what patterns have in common; projection keeps alike ones apart too.",
        )
    )
    update: Annotated[Literal["one", "all"], Titles({"one": "One at a time", "all": "All at once"})] = Field(
        "one",
        title="Neurons turn",
        description="One at a time the energy never rises; all at once two states may take turns for ever.",
    )
    damage: Annotated[float, Unit("%")] = Field(
        20.0, ge=0, le=100, title="Damage", description="Share of the pixels that are turned over."
    )
    beta: Annotated[float, Logarithmic(0.001), Typical(0.001, 1)] = Field(
        0.1,
        gt=0,
        le=100,
        title="Modern: β",
        description="How sharply the modern network chooses; a small β blends several patterns.",
    )
    seed: int = Field(
        1,
        ge=0,
        le=999_999,
        title="Seed",
        description="Which pixels are damaged, and in what order neurons turn.",
    )
    patterns: Annotated[tuple[Bits, ...], Hidden()] = Field(USUAL, max_length=MOST_PATTERNS)
    painted: Annotated[Strokes, Hidden()] = ""
    """Pixels painted over the damaged pattern; a dot where there is none."""

    @property
    def grid(self) -> int:
        """Its side."""
        return self.side

    @property
    def neurons(self) -> int:
        """One a pixel."""
        return self.pixels

    @property
    def damaged(self) -> Floats:
        """The chosen pattern (n,) with pixels turned over, without what was painted on it."""
        if self.current < 0:
            return -np.ones(self.neurons)
        state: Floats = self.stored[self.current].copy()
        order = default_rng([self.seed, 0]).permutation(self.neurons)
        state[order[: round(self.neurons * self.damage / 100)]] *= -1
        return state

    @property
    def cue(self) -> Floats:
        """What the networks begin from (n,)."""
        state = self.damaged.copy()
        if len(self.painted) == self.neurons:
            painted = np.array(list(self.painted))
            state[painted == "1"], state[painted == "0"] = 1, -1
        return state

    def order(self) -> Generator:
        """The chance that says in what order neurons turn."""
        return default_rng([self.seed, 1])
