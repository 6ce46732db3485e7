"""Places of samples on two or three axes, which keep their orientation from one moment to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.engine.arrays import Array

WIDE = 256
"""Of more units, components are found through as many samples at most."""


@dataclass(frozen=True, eq=False)
class Projection:
    """Takes values (…, units) to places (…, axes), all within −1 and 1 of the samples.

    Attributes:
        middle: (units,); axes: (units, axes); scale: what comes to 1.
        share: how much of the variance is seen.
    """

    middle: Array
    axes: Array
    scale: float
    share: float

    def __call__(self, values: Array) -> Array:
        places: Array = (values - self.middle) @ self.axes / self.scale
        return places

    def padded(self, count: int) -> Projection:
        """The same with so many axes, along which the last ones nothing changes."""
        axes = np.zeros((len(self.axes), count))
        axes[:, : self.axes.shape[1]] = self.axes
        return Projection(self.middle, axes, self.scale, self.share)

    def turned(self, rotation: Array) -> Projection:
        """The same seen from elsewhere."""
        return Projection(self.middle, self.axes @ rotation, self.scale, self.share)


def on_components(values: Array, count: int) -> Projection:
    """The directions in which samples (n, units) vary most, each turned to where it points most."""
    middle = values.mean(axis=0)
    centred = values - middle
    found = _components(centred, count)
    places = centred @ found
    total = float(np.square(centred).sum())
    share = float(np.square(places).sum()) / total if total else 1.0
    return Projection(middle, found, _largest(places), share)


def on_units(values: Array, units: tuple[int, ...]) -> Projection:
    """The values of some units as they are, their middle in the middle."""
    chosen = [min(unit, values.shape[1] - 1) for unit in units]
    axes = np.zeros((values.shape[1], len(units)))
    axes[chosen, np.arange(len(units))] = 1.0
    middle = (values.min(axis=0) + values.max(axis=0)) / 2
    centred = values - values.mean(axis=0)
    total = float(np.square(centred).sum())
    seen = float(np.square(centred[:, sorted(set(chosen))]).sum())
    return Projection(middle, axes, _largest((values - middle) @ axes), seen / total if total else 1.0)


def rotation(places: Array, onto: Array) -> Array:
    """What turns (or mirrors) places (n, axes) to lie as near as can be to others (Procrustes)."""
    left, _, right = np.linalg.svd(places.T @ onto)
    turned: Array = left @ right
    return turned


def _components(centred: Array, count: int) -> Array:
    """Orthonormal columns (units, count), those beyond the number of units zero."""
    samples, units = centred.shape
    axes = np.zeros((units, count))
    if units <= WIDE:
        _, vectors = np.linalg.eigh(centred.T @ centred)
        found = vectors[:, ::-1][:, :count]
    else:
        few = centred[:: max(1, -(-samples // WIDE))]
        _, vectors = np.linalg.eigh(few @ few.T)
        found = few.T @ vectors[:, ::-1][:, :count]
        found = found / np.maximum(np.linalg.norm(found, axis=0), 1e-300)
    strongest = np.abs(found).argmax(axis=0)
    signs = np.sign(found[strongest, np.arange(found.shape[1])])
    axes[:, : found.shape[1]] = found * np.where(signs == 0, 1, signs)
    return axes


def _largest(places: Array) -> float:
    return float(np.abs(places).max(initial=0.0)) or 1.0
