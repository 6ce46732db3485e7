"""Planes through the weights of a network: from a place, along two directions in the space of parameters.

Filter normalization is that of Li et al. 2018: a random direction, in which every neuron or filter has the
length that its weights have, and biases and parameters of normalization do not move.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.network import Network

Floats = NDArray[np.float64]

MARGIN = 0.3
"""Room around a path, as a share of its extent."""

PARALLEL = 0.999
"""The cosine from which two directions are one."""

LEAST_SPREAD = 1e-9
"""What a path moves in its second direction, as a share of the first, below which it is straight."""


@dataclass(frozen=True, eq=False)
class LossPlane:
    """A plane of places `origin + x · across + y · up`.

    Attributes:
        origin: (p,) the parameters at (0, 0).
        across, up: (p,) the directions; neither is 0, nor are they parallel.
        left, right, low, high: the part of it that is looked at.
        shares: how much of the path's variance each direction holds; None where it has nothing to do with it.
    """

    origin: Floats
    across: Floats
    up: Floats
    left: float
    right: float
    low: float
    high: float
    shares: tuple[float, float] | None = None

    def at(self, x: float, y: float) -> Floats:
        """The parameters (p,) at a place."""
        return self.origin + x * self.across + y * self.up

    def places(self, vectors: Array) -> Floats:
        """The nearest places (n, 2) to parameters (n, p)."""
        directions = np.stack([self.across, self.up])
        moved = (np.asarray(vectors, np.float64) - self.origin) @ directions.T
        found = np.linalg.solve(directions @ directions.T, moved.T).T
        return np.asarray(found, np.float64)

    @property
    def width(self) -> float:
        """How wide the part that is looked at is, in the space of parameters."""
        return float(np.linalg.norm(self.across)) * (self.right - self.left)

    def holds(self, place: Floats) -> bool:
        """Whether a place (2,) lies in the part that is looked at."""
        x, y = place
        return bool(self.left <= x <= self.right and self.low <= y <= self.high)


def random_plane(network: Network, seed: int, reach: float) -> LossPlane | None:
    """Along two random filter-normalized directions; None where nothing can be learnt.

    Neurons with several weights have them at right angles in the two.  Where only one weight can be learnt,
    the second direction is that of the biases.
    """
    chance = np.random.default_rng(seed)
    across, up = np.zeros((2, network.parameters.size), network.dtype)
    every = (network.weight_rows(), network.weight_rows(across), network.weight_rows(up))
    untouched = not any(weights.any() for weights in every[0])
    for weights, first, second in zip(*every, strict=True):
        lengths = np.ones((len(weights), 1)) if untouched else _lengths(weights)
        first[...] = _scaled(chance.standard_normal(weights.shape), lengths)
        other = chance.standard_normal(weights.shape)
        if weights.shape[1] > 1:
            unit = _scaled(np.asarray(first, np.float64), 1.0)
            other -= (other * unit).sum(axis=1, keepdims=True) * unit
        second[...] = _scaled(other, lengths)
    return _spanned(network, across, up, (reach, reach))


def weights_plane(network: Network, across: Array, up: Array, reach: float) -> LossPlane | None:
    """Along two weights, where `across` and `up` (p,) are 1; None where they are one, or are not there.

    Coordinates are the weights themselves; of one that is made of several pieces, how far all are moved.
    """
    if not across.any() or not up.any() or np.array_equal(across, up):
        return None
    now = np.asarray(network.parameters, np.float64)
    ends: list[float] = []
    origin = now.copy()
    for way in (across, up):
        half = 2 * reach * max(1.0, float(np.abs(now[way > 0]).max()))
        value = float(now @ way) if np.count_nonzero(way) == 1 else 0.0
        origin -= value * way
        ends += [value - half, value + half]
    return _plane(origin, across, up, (ends[0], ends[1], ends[2], ends[3]))


def path_plane(network: Network, path: Array) -> LossPlane | None:
    """Along the two principal components of a path (n, p) that leads to where the network is.

    Of a straight one, the second direction is a random one at right angles.  None where nothing has moved.
    """
    now = np.asarray(network.parameters, np.float64)
    moved = np.asarray(path, np.float64) - now
    squares, ways = np.linalg.eigh(moved @ moved.T)
    total = float(squares.clip(0).sum())
    if not total > 0:
        return None
    first = _unit(moved.T @ ways[:, -1])
    straight = len(moved) < 3 or squares[-2] <= LEAST_SPREAD * squares[-1]
    second = _beside(network, first) if straight else _unit(moved.T @ ways[:, -2])
    second -= (second @ first) * first
    if not second.any():
        return None
    second = _unit(second)
    shares = (float(squares[-1]) / total, 0.0 if straight else float(squares[-2]) / total)
    places = np.vstack([moved @ np.stack([first, second]).T, [0.0, 0.0]])
    return _plane(now, first, second, _around(places), shares)


def _around(places: Floats) -> tuple[float, float, float, float]:
    """The part of a plane that holds places (n, 2) with some room, at least a tenth as high as wide."""
    low, high = places.min(axis=0), places.max(axis=0)
    extent = np.maximum(high - low, 0.1 * (high - low).max())
    middle, half = (low + high) / 2, extent * (0.5 + MARGIN)
    (left, bottom), (right, top) = middle - half, middle + half
    return float(left), float(right), float(bottom), float(top)


def _spanned(network: Network, across: Array, up: Array, reach: tuple[float, float]) -> LossPlane | None:
    """The plane around the network; the second direction is that of the biases where both are one."""
    if not across.any():
        return None
    if _cosine(across, up) > PARALLEL:
        up = _of_biases(network)
        if not up.any():
            return None
        up *= np.linalg.norm(across) / np.linalg.norm(up)
    return _plane(network.parameters, across, up, (-reach[0], reach[0], -reach[1], reach[1]))


def _of_biases(network: Network) -> Array:
    """1 where something is learnt that is no weight, 0 elsewhere."""
    learnt = np.ones_like(network.parameters) if network.trainable is None else network.trainable.copy()
    learnt[network.penalized > 0] = 0
    return learnt


def _beside(network: Network, first: Floats) -> Floats:
    """A direction that is not the first."""
    plane = random_plane(network, 0, 1.0)
    if plane is None:
        return np.zeros_like(first)
    return plane.up if _cosine(plane.across, first) > PARALLEL else plane.across.copy()


def _plane(
    origin: Array,
    across: Array,
    up: Array,
    ends: tuple[float, float, float, float],
    shares: tuple[float, float] | None = None,
) -> LossPlane:
    start, first, second = (np.array(vector, np.float64) for vector in (origin, across, up))
    return LossPlane(start, first, second, *ends, shares)


def _lengths(rows: Array) -> Floats:
    """The length of each row, (rows, 1)."""
    return np.asarray(np.linalg.norm(rows, axis=1, keepdims=True), np.float64)


def _scaled(rows: Floats, lengths: Floats | float) -> Floats:
    """The rows with these lengths; a row of zeros stays."""
    present = _lengths(rows)
    scaled: Floats = np.divide(rows * lengths, present, where=present > 0, out=np.zeros_like(rows))
    return scaled


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / np.linalg.norm(vector), np.float64)


def _cosine(first: Array, second: Array) -> float:
    """How far two directions are one, whichever way they point; 1 where the second is none."""
    length = np.linalg.norm(first) * np.linalg.norm(second)
    return float(abs(np.dot(first, second)) / length) if length > 0 else 1.0
