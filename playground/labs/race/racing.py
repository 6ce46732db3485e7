"""The race: how each optimizer goes down a terrain, computed by the very classes that train networks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from playground.engine.optimizers import Optimizer
from playground.labs.race.terrain import Floats, Terrain

FAR_AWAY = 1e6
"""Who gets so far from the middle will not come back."""

RATES = 49
"""Rates that a sweep tries, twelve a power of ten."""

COLUMNS, ROWS = 480, 360
"""Places at which a terrain is drawn."""

MARKS = 4
"""Heights whose losses are told."""

CONTRAST = 200.0
"""How many times more levels there are near the bottom than at the top."""


@dataclass(frozen=True, eq=False)
class Way:
    """How one optimizer went.

    Attributes:
        places: (steps + 1, 2), the start and one a step; shorter where it ran away.
        losses: (steps + 1,) at these places, without any noise.
        lost: whether it ran away, or came to where there is no slope to be had.
    """

    places: Floats
    losses: Floats
    lost: bool

    def steps_to(self, loss: float) -> int | None:
        """After how many steps the loss is no more than this; None where it never is."""
        reached = np.flatnonzero(self.losses <= loss)
        return int(reached[0]) if len(reached) else None


def race(
    terrain: Terrain, optimizer: Optimizer, start: tuple[float, float], steps: int, noise: float, seed: int
) -> Way:
    """So many steps from a start, the slope disturbed by so much normal noise on each axis."""
    w, work = np.array(start, np.float64), np.empty(2)
    state = tuple(np.zeros(2) for _ in optimizer.slots)
    chance, rate, lost = default_rng(seed), optimizer.learning_rate, False
    places = [w.copy()]
    with np.errstate(all="ignore"):
        for step in range(1, steps + 1):
            gradient = terrain.noisy_slope(w[0], w[1], chance) + noise * chance.standard_normal(2)
            w *= 1 - rate * optimizer.decoupled_decay
            optimizer.update(w, gradient, state, rate, step, work)
            if lost := not np.abs(w).max() < FAR_AWAY:
                break
            places.append(w.copy())
        way = np.array(places)
        return Way(way, terrain.value(way[:, 0], way[:, 1]), lost)


def sweep(
    terrain: Terrain, optimizer: Optimizer, start: tuple[float, float], steps: int, noise: float, seed: int
) -> RateSweep:
    """The loss after so many steps over the learning rate."""
    rates = np.geomspace(1e-3, 10, RATES)
    ends = []
    for rate in rates.tolist():
        way = race(terrain, optimizer.with_(learning_rate=rate), start, steps, noise, seed)
        ends.append(np.nan if way.lost else float(way.losses[-1]))
    return RateSweep(rates, np.array(ends))


@dataclass(frozen=True, eq=False)
class RateSweep:
    """How low an optimizer gets by the learning rate: rates, and losses at the end (n,), NaN if lost."""

    rates: Floats
    ends: Floats


def ground(terrain: Terrain) -> tuple[Floats, tuple[tuple[float, float], ...]]:
    """How high a terrain is, (rows, columns) from 0 to 1, the lowest y first, and losses of heights."""
    left, right, low, high = terrain.seen
    places = np.meshgrid(np.linspace(left, right, COLUMNS), np.linspace(low, high, ROWS))
    with np.errstate(all="ignore"):
        values, bottom = terrain.value(*places), terrain.bottom
        return levels(values, bottom), level_marks(values, bottom, MARKS)


def levels(values: Floats, bottom: float | None) -> NDArray[np.float64]:
    """How high places are from 0 to 1, by the logarithm of their height above the bottom where there is one.

    NaN where there is no value.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return np.full(values.shape, np.nan)
    low, high = float(known.min()), float(known.max())
    if bottom is None:
        return (values - low) / max(high - low, 1e-300)
    span = max(high - bottom, 1e-300)
    heights: Floats = np.maximum(values - bottom, 0) / span
    shares: Floats = np.log1p(heights * CONTRAST) / np.log1p(CONTRAST)
    return shares


def level_marks(values: Floats, bottom: float | None, count: int) -> tuple[tuple[float, float], ...]:
    """So many heights from 0 to 1, evenly apart, and the losses of places that are as high as that."""
    known = values[np.isfinite(values)]
    if not len(known):
        return ()
    low, high = float(known.min()), float(known.max())
    shares = np.linspace(0, 1, count)
    if bottom is None:
        losses = low + shares * (high - low)
    else:
        losses = bottom + (high - bottom) * np.expm1(shares * np.log1p(CONTRAST)) / CONTRAST
    return tuple(zip(shares.tolist(), losses.tolist(), strict=True))
