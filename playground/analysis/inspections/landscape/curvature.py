"""How the training loss curves where the network is: a slope, a valley, a saddle or a minimum?

Products of the Hessian with vectors are differences of exact gradients, in double precision whatever the
network's own; only what can be learnt is moved.  Kinks, as of ReLU, do not count, as in automatic
differentiation: where one lies ahead, the difference is that behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playground.analysis.inspections.landscape.absent import NoLandscape
from playground.analysis.inspections.landscape.lanczos import Spectrum, lanczos
from playground.analysis.inspections.landscape.objective import Objective
from playground.analysis.inspections.landscape.planes import Floats
from playground.analysis.piecemeal import WorkPiece
from playground.numbers.writing import figures
from playground.text import Text, say

FLAT = 1e-4
"""A curvature that is no more than this share of the largest counts as none."""

GAIN, LEAST_GAIN = 0.01, 1e-6
"""The share of the loss, and how much of it at least, that a step downhill must gain on a slope."""

STEP = float(np.sqrt(np.finfo(np.float64).eps))
"""How far weights are moved for a difference, beside their own length: so little that few kinks are near."""

KINK = 0.01
"""The differences ahead and behind are of one piece when they differ by less than this share."""


@dataclass(frozen=True, eq=False)
class Curvature:
    """What is known of the Hessian at one place.

    Attributes:
        spectrum: its curvatures in the directions that were searched.
        parameters: how many can be learnt, which is how many directions there are.
        loss: the training loss there, and `gradient` the length of its gradient.
        lowest, highest: (p,) the directions of the smallest and the largest curvature.
    """

    spectrum: Spectrum
    parameters: int
    loss: float
    gradient: float
    lowest: Floats
    highest: Floats

    @property
    def largest(self) -> float:
        """The largest eigenvalue."""
        return float(self.spectrum.values[-1])

    @property
    def smallest(self) -> float:
        """The smallest eigenvalue."""
        return float(self.spectrum.values[0])

    @property
    def searched(self) -> int:
        """In how many directions."""
        return len(self.spectrum.values)

    @property
    def negative(self) -> int:
        """In how many of them the loss curves down; in the whole space there are at least as many."""
        return int(np.count_nonzero(self.spectrum.values < -self._least))

    @property
    def positive(self) -> int:
        """In how many of them it curves up."""
        return int(np.count_nonzero(self.spectrum.values > self._least))

    @property
    def gain(self) -> float:
        """By how much one step against the gradient lowers the loss where it curves most: ‖g‖² / 2|λ|."""
        most = float(np.abs(self.spectrum.values).max())
        return self.gradient**2 / (2 * most) if most > 0 else self.gradient

    @property
    def sloping(self) -> bool:
        """Whether the place is far from one where the gradient is 0."""
        return self.gain > max(GAIN * abs(self.loss), LEAST_GAIN)

    @property
    def verdict(self) -> Text:
        """What kind of place it is."""
        down, up, searched = self.negative, self.positive, self.searched
        if self.sloping:
            return say(
                "curvature.slope",
                "A slope, neither saddle nor minimum: the gradient has length {gradient}.  "
                "The loss curves down in {down} of {searched} directions.",
                gradient=figures(self.gradient, 2),
                down=down,
                searched=searched,
            )
        if down and up:
            return say(
                "curvature.saddle",
                "A saddle: the loss curves down in {down} of {searched} directions and up in {up}.",
                down=down,
                searched=searched,
                up=up,
            )
        if down:
            return say(
                "curvature.top",
                "A top: the loss curves down in {down} of {searched} directions and up in none.",
                down=down,
                searched=searched,
            )
        if up:
            return _minimum(up, searched)
        return say("curvature.flat", "Flat: it curves in none of {searched} directions.", searched=searched)

    @property
    def _least(self) -> float:
        return FLAT * float(np.abs(self.spectrum.values).max())


def _minimum(up: int, searched: int) -> Text:
    if up == searched:
        return say(
            "curvature.minimum",
            "A minimum: the loss curves up in all {searched} directions.",
            searched=searched,
        )
    return say(
        "curvature.valley",
        "A minimum with a flat floor: of {searched} directions the loss curves up in {up}, down in none.",
        searched=searched,
        up=up,
    )


def _of_one_piece(ahead: Floats, behind: Floats) -> Floats:
    """The mean of both differences of the gradient; the smaller one where a kink sets them apart."""
    sizes = [float(np.linalg.norm(way)) for way in (ahead, behind)]
    if np.linalg.norm(ahead - behind) <= KINK * max(sizes):
        return (ahead + behind) / 2
    return ahead if sizes[0] < sizes[1] else behind


def curvature(objective: Objective, steps: int) -> Iterator[WorkPiece[Curvature]]:
    """Where an objective in double precision begins, in at most so many directions.

    Raises:
        NoLandscape: at the first piece, where nothing can be learnt, or the loss is no finite number.
    """
    start, trainable = objective.start, objective.network.trainable
    free = np.flatnonzero(np.ones_like(start) if trainable is None else trainable)
    gradient = objective.gradient(start)[free]
    loss = objective.losses(start).train
    if not len(free):
        raise NoLandscape(say("curvature.nothing_learnt", "Nothing of this network can be learnt."))
    if not np.isfinite(gradient).all() or not np.isfinite(loss):
        raise NoLandscape(say("curvature.no_number", "Here the loss is no finite number."))
    step = STEP * (1 + float(np.linalg.norm(start[free])))

    def product(way: Floats) -> Floats:
        moved = np.zeros_like(start)
        moved[free] = step * way
        ahead = objective.gradient(start + moved)[free] - gradient
        behind = gradient - objective.gradient(start - moved)[free]
        return _of_one_piece(ahead, behind) / step

    for piece in lanczos(product, len(free), steps, np.random.default_rng(0)):
        found = piece.found
        if found is None:
            yield WorkPiece(piece.done, piece.total)
            continue
        lowest, highest = np.zeros((2, len(start)))
        lowest[free], highest[free] = found.lowest, found.highest
        length = float(np.linalg.norm(gradient))
        known = Curvature(found, len(free), loss, length, lowest, highest)
        yield WorkPiece(piece.done, piece.total, known)
