"""The settings of the laboratory of Hopfield networks, with the patterns that a person painted."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from pydantic import Field

from playground.labs.base import Laboratory, Try
from playground.labs.hopfield.letters import letter
from playground.value import Hidden, Logarithmic, Titles, Typical, Unit

Floats = NDArray[np.float64]

MOST_PATTERNS = 40
SMALLEST, LARGEST = 4, 20
"""Pixels along a side."""

Bits = Annotated[str, Field(pattern=r"^[01]*$", max_length=LARGEST**2)]
Strokes = Annotated[str, Field(pattern=r"^[01.]*$", max_length=LARGEST**2)]


def bits(states: NDArray[np.floating] | NDArray[np.integer]) -> str:
    """States of +1 and −1 as a text of 1 and 0."""
    return "".join("1" if state > 0 else "0" for state in states.ravel())


USUAL = tuple(bits(letter(name, 10)) for name in "TOX")
ALIKE = tuple(bits(letter(name, 10)) for name in "COUEPSHN")


class Hopfield(Laboratory):
    kind: Literal["hopfield"] = "hopfield"
    title = "Hopfield network"
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
            {"patterns": USUAL, "rule": "hebb", "update": "all", "damage": 50.0, "seed": 4, "painted": ""},
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
    chosen: Annotated[int, Hidden()] = Field(0, ge=0, le=MOST_PATTERNS)
    painted: Annotated[Strokes, Hidden()] = ""
    """Pixels painted over the damaged pattern; a dot where there is none."""

    @property
    def neurons(self) -> int:
        """One a pixel."""
        return self.side**2

    @property
    def stored(self) -> Floats:
        """The patterns (p, n) of +1 and −1, each brought to the grid as it is now; read-only."""
        return _stored(self.patterns, self.side)

    @property
    def current(self) -> int:
        """The pattern that is damaged; −1 where there is none."""
        return min(self.chosen, len(self.patterns) - 1)

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


@lru_cache(maxsize=4)
def _stored(patterns: tuple[str, ...], side: int) -> Floats:
    found = np.array([_on_grid(pattern, side) for pattern in patterns], np.float64).reshape(-1, side**2)
    found.flags.writeable = False
    return found


def _on_grid(pattern: str, side: int) -> NDArray[np.int8]:
    """A pattern of any square grid on another, (side²,) of +1 and −1."""
    old = int(len(pattern) ** 0.5)
    if old * old != len(pattern) or not old:
        return -np.ones(side**2, np.int8)
    places = np.arange(side) * old // side
    square = np.frombuffer(pattern.encode(), np.int8).reshape(old, old) - ord("0")
    grid: NDArray[np.int8] = 2 * square[np.ix_(places, places)] - 1
    return grid.ravel()
