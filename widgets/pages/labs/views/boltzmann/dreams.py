"""Pictures beside what the machine makes of them, and a Gibbs chain: visible, hidden, visible, hidden …."""

from __future__ import annotations

import math

import numpy as np

from playground.labs.boltzmann.learning import Seen
from playground.labs.boltzmann.machine import Floats
from widgets.labels import link_button
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.tiles import TileRow, TileRows
from widgets.tips import tip

PICTURES, LINKS = 6, 6
"""Pictures that are reconstructed, and links of the chain that are shown."""


class ReconstructionsFrame(LabFrame):
    """Pictures of the test above, and below them what comes back from the hidden units."""

    def __init__(self) -> None:
        self.tiles = TileRows(self.tr("Reconstructions"), PICTURES)
        super().__init__(self.tr("Reconstructions"), self.tiles, [self.tiles.menu_button])

    def show_seen(self, seen: Seen) -> None:
        """Show what is made of the same pictures now."""
        given = seen.pictures.test[:PICTURES]
        made = seen.machine.reconstructed(given)
        side = seen.pictures.side
        self.tiles.show_rows(
            [
                TileRow(self.tr("pictures"), given.reshape(-1, side, side)),
                TileRow(self.tr("made of them"), made.reshape(-1, side, side)),
            ]
        )


class ChainFrame(LabFrame):
    """A dream: from a picture or from noise, the newest at the right."""

    def __init__(self) -> None:
        self.tiles = TileRows(self.tr("Gibbs chain"), LINKS)
        self.on = link_button(self.tr("on"), tip(self.tr("Go on by one step, without learning.")))
        self.noise = link_button(self.tr("noise"), tip(self.tr("Begin again from noise.")))
        self.picture = link_button(self.tr("picture"), tip(self.tr("Begin again from the next picture.")))
        links = (self.on, self.noise, self.picture, self.tiles.menu_button)
        super().__init__(self.tr("Gibbs chain"), self.tiles, links)
        self._chance, self._number = np.random.default_rng(7), 0
        self._links: list[tuple[Floats, Floats]] = []
        self._seen: Seen | None = None
        self._next: Floats | None = None
        self.on.clicked.connect(self.dream)
        self.noise.clicked.connect(lambda: self.begin(noise=True))
        self.picture.clicked.connect(lambda: self.begin(noise=False))

    def begin(self, noise: bool) -> None:
        """Begin from noise, or from another picture."""
        if self._seen is None:
            return
        known = self._seen.pictures.test
        self._number = (self._number + (not noise)) % len(known)
        dice = (self._chance.random(known.shape[1]) < 0.5).astype(np.float64)
        self._next, self._links = dice if noise else known[self._number], []
        self.dream()

    def show_seen(self, seen: Seen, goes_on: bool) -> None:
        """Dream with the machine as it is now; a step further, or anew where it sees other pictures."""
        before, self._seen = self._seen, seen
        other = before is None or before.pictures.test.shape != seen.pictures.test.shape
        if other or self._next is None or len(self._links[-1][1]) != len(seen.machine.hidden):
            self._number = -1
            self.begin(noise=False)
        elif goes_on:
            self.dream()

    def dream(self) -> None:
        """One step of the chain."""
        if self._seen is None or self._next is None:
            return
        visible = self._next
        hidden, following = self._seen.machine.gibbs(visible[np.newaxis], self._chance)
        self._links = [*self._links[-LINKS + 1 :], (visible, hidden[0])]
        self._next = following[0]
        side = self._seen.pictures.side
        self.tiles.show_rows(
            [
                TileRow(self.tr("visible"), [v.reshape(side, side) for v, _ in self._links]),
                TileRow(self.tr("hidden"), [folded(h) for _, h in self._links]),
            ]
        )


def folded(units: Floats) -> Floats:
    """Units (n,) as a picture that is about square."""
    width = math.ceil(math.sqrt(len(units)))
    height = -(-len(units) // width)
    picture = np.zeros(width * height)
    picture[: len(units)] = units
    return picture.reshape(height, width)
