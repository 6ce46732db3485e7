"""Small graphs like molecules, of which something is to be told as a whole."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Recipe, Task
from playground.data.sample import Axis, Floats, SampleShape, Targets
from playground.randomness import Source
from playground.value import Basic, Titles, Typical

ATOMS = ("C", "N", "O")
SHARES = (0.7, 0.15, 0.15)
"""How often each atom is drawn."""

BONDS = 3
"""Bonds that an atom has at most."""

FEWEST = 6
RING_OF_SIX, RING_OF_FIVE = 0.5, 0.75
"""Of how many molecules each kind of ring is a part, counted up; the others have none."""


class Molecules(Recipe):
    kind: Literal["molecules"] = "molecules"
    title = "Molecules"
    help = (
        "Small graphs of atoms C, N and O, half of them with a ring of six, and something of them as a whole."
    )
    advice = "Dense layers count atoms well, and hardly see a ring, as atoms are listed in any order."
    reference = "Duvenaud et al. 2015."

    samples: Annotated[int, Typical(100, 5000), Basic()] = Field(
        1000, ge=10, le=50_000, title="Samples", description="How many molecules are drawn."
    )
    most: int = Field(
        10, ge=FEWEST, le=20, title="Atoms", description="How many atoms a molecule has at most; 6 at least."
    )
    asked: Annotated[
        Literal["polar", "ring", "hetero"],
        Titles({"polar": "Polar or not", "ring": "A ring of six", "hetero": "N and O, counted"}),
    ] = Field(
        "polar",
        title="To tell",
        description="Whether N or O is at an end, whether there is a ring of six, or how many N and O.",
    )

    @property
    def task(self) -> Task:
        """Tell the chosen property."""
        if self.asked == "hetero":
            return Task("regression")
        return Task("classification", ("no", "yes"))

    @property
    def columns(self) -> tuple[()]:
        """None: a molecule is given whole."""
        return ()

    @property
    def shape(self) -> SampleShape:
        names = (*ATOMS, *(f"to {number}" for number in range(1, self.most + 1)))
        return SampleShape((Axis("nodes", self.most), Axis("columns", len(names), names)))

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Molecules (n, most, 3 + most): atoms, and behind them bonds; and their property (n,)."""
        n, most = self.samples, self.most
        numbers = source.uniform((n, most + 6, most))
        counts = FEWEST + (numbers[:, -1, 0] * (most - FEWEST + 1)).astype(int)
        ring = np.select([numbers[:, -2, 0] < RING_OF_SIX, numbers[:, -2, 0] < RING_OF_FIVE], [6, 5], 0)
        bonds = _bonds(counts, ring, numbers[:, :most])
        atoms = np.searchsorted(np.cumsum(SHARES)[:-1], numbers[:, -3], side="right")
        there = np.arange(most) < counts[:, np.newaxis]
        kinds = np.eye(len(ATOMS))[atoms] * there[..., np.newaxis]
        truth = self._truth(kinds, bonds, ring)
        order = np.argsort(np.where(there, numbers[:, -4], 2), axis=1)
        raw = np.concatenate([_ordered(kinds, order), _ordered(_turned(bonds, order), order)], axis=2)
        return raw, self._disturbed(truth, numbers[:, -5, 0], numbers[:, -6, 0])

    def _truth(self, kinds: Floats, bonds: Floats, ring: NDArray[np.int64]) -> Targets:
        hetero: Floats = kinds[..., 1:].sum(axis=2)
        if self.asked == "ring":
            return np.asarray(ring == 6, np.int64)
        if self.asked == "hetero":
            return np.asarray(hetero.sum(axis=1))
        at_end = bonds.sum(axis=2) == 1
        return np.asarray((hetero * at_end).any(axis=1), np.int64)

    def _disturbed(self, truth: Targets, chance: Floats, other: Floats) -> Targets:
        """The truth, some of it turned over, or moved by up to two atoms."""
        if self.asked == "hetero":
            return truth + (4 * other - 2) * self.noise / 100
        return np.where(chance < self.noise / 200, 1 - truth, truth)


def _bonds(counts: NDArray[np.int64], ring: NDArray[np.int64], chance: Floats) -> Floats:
    """The bonds (n, most, most): a ring or none, and each further atom at one before it that has room."""
    n, most = chance.shape[0], chance.shape[-1]
    bonds, every = np.zeros((n, most, most)), np.arange(n)
    for atom in range(1, most):
        room = (np.arange(most) < atom) & (bonds.sum(axis=2) < BONDS)
        drawn = np.where(room, chance[:, atom], -1).argmax(axis=1)
        before = np.where(atom < ring, atom - 1, drawn)
        there = (atom < counts).astype(float)
        bonds[every, atom, before] = bonds[every, before, atom] = there
        bonds[ring == atom + 1, atom, 0] = 1
        bonds[:, 0, atom] = bonds[:, atom, 0]
    return bonds


def _ordered(values: Floats, order: NDArray[np.intp]) -> Floats:
    """The rows (n, most, k) of each molecule in another order."""
    ordered: Floats = np.take_along_axis(values, order[..., np.newaxis], axis=1)
    return ordered


def _turned(bonds: Floats, order: NDArray[np.intp]) -> Floats:
    """The bonds with their columns in another order."""
    turned: Floats = np.take_along_axis(bonds, order[:, np.newaxis], axis=2)
    return turned
