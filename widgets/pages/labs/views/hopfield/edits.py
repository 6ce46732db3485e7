"""What a person does to the patterns of a Hopfield network: each is one edit of the laboratory's document."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.labs.hopfield.laboratory import Hopfield, bits
from playground.labs.hopfield.letters import LETTERS, letter
from playground.labs.hopfield.recall import Floats
from widgets.gesture import new_gesture
from widgets.pages.labs.document import LabDocument


class HopfieldEdits:
    """Stores, chooses, paints and forgets patterns."""

    def __init__(self, document: LabDocument) -> None:
        self._document = document
        self._choosing = new_gesture()

    @property
    def lab(self) -> Hopfield:
        """The settings as they are."""
        value = self._document.value
        assert isinstance(value, Hopfield)
        return value

    @property
    def wanted(self) -> Floats:
        """The chosen pattern (n,); an empty one where there is none."""
        lab = self.lab
        return lab.stored[lab.current] if lab.current >= 0 else -np.ones(lab.neurons)

    def choose(self, number: int) -> None:
        """Damage another pattern; going through several is one step of undo."""
        self._edit(_tr("Choose a pattern"), self._choosing, chosen=number, painted="")

    def add(self, pattern: str) -> None:
        """Store one more."""
        patterns = (*self.lab.patterns, pattern)
        self._edit(_tr("Store a pattern"), patterns=patterns, chosen=len(patterns) - 1, painted="")

    def add_empty(self) -> None:
        """Store one without ink."""
        self.add("0" * self.lab.neurons)

    def add_letter(self) -> None:
        """Store the first letter that is not stored yet."""
        drawn = [bits(letter(name, self.lab.side)) for name in LETTERS]
        unused = [pattern for pattern in drawn if pattern not in self.lab.patterns]
        self.add((unused or drawn)[0])

    def add_random(self) -> None:
        """Store one of chance."""
        chance = np.random.default_rng([self.lab.seed, len(self.lab.patterns)])
        self.add(bits(np.where(chance.random(self.lab.neurons) < 0.5, 1, -1)))

    def delete(self) -> None:
        """Forget the chosen one."""
        lab = self.lab
        patterns = tuple(each for place, each in enumerate(lab.patterns) if place != lab.current)
        self._edit(_tr("Forget a pattern"), patterns=patterns, painted="")

    def paint(self, row: int, column: int, ink: bool, gesture: int) -> None:
        """Paint a pixel of the chosen one, or of the first where there is none."""
        if self.lab.current < 0:
            self.add_empty()
        lab = self.lab
        pattern = _painted(bits(lab.stored[lab.current]), row * lab.side + column, ink)
        patterns = tuple(pattern if at == lab.current else each for at, each in enumerate(lab.patterns))
        self._edit(_tr("Paint a pattern"), gesture, patterns=patterns)

    def damage(self, row: int, column: int, ink: bool, gesture: int) -> None:
        """Paint a pixel of the damaged one."""
        lab = self.lab
        before = lab.painted if len(lab.painted) == lab.neurons else "." * lab.neurons
        painted = _painted(before, row * lab.side + column, ink)
        self._edit(_tr("Paint the damage"), gesture, painted=painted)

    def clean(self) -> None:
        """Take away what was painted on the damaged one."""
        self._edit(_tr("Clean"), painted="")

    def _edit(self, text: str, gesture: int = -1, **changes: object) -> None:
        self._document.edit(self.lab.with_(**changes), text, gesture)


def _painted(pixels: str, place: int, ink: bool) -> str:
    return pixels[:place] + ("1" if ink else "0") + pixels[place + 1 :]


def _tr(text: str) -> str:
    return QCoreApplication.translate("HopfieldEdits", text)
