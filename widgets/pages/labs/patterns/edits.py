"""What a person does to patterns: each is one edit of the laboratory's document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.labs.letters import LETTERS, letter
from playground.labs.patterned import Floats, Patterned, bits
from widgets.gesture import new_gesture
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.edits import LabEdits

NO_CHANGES: Mapping[str, Any] = {}


P = TypeVar("P", bound=Patterned)


class PatternEdits(LabEdits[P]):
    """Stores, chooses, paints and forgets patterns."""

    def __init__(self, document: LabDocument[P], afresh: Mapping[str, Any] = NO_CHANGES) -> None:
        """`afresh` are the fields that go back to these when another pattern is chosen."""
        super().__init__(document)
        self._afresh = afresh
        self._choosing = new_gesture()

    @property
    def wanted(self) -> Floats:
        """The chosen pattern (n,); an empty one where there is none."""
        lab = self.lab
        return lab.stored[lab.current] if lab.current >= 0 else -np.ones(lab.pixels)

    def choose(self, number: int) -> None:
        """Choose another pattern; going through several is one step of undo."""
        self._edit(_tr("Choose a pattern"), self._choosing, chosen=number, **self._afresh)

    def add(self, pattern: str) -> None:
        """Store one more."""
        patterns = (*self.lab.patterns, pattern)
        self._edit(_tr("Store a pattern"), patterns=patterns, chosen=len(patterns) - 1, **self._afresh)

    def add_empty(self) -> None:
        """Store one without ink."""
        self.add("0" * self.lab.pixels)

    def add_letter(self) -> None:
        """Store the first letter that is not stored yet."""
        drawn = [bits(letter(name, self.lab.grid)) for name in LETTERS]
        unused = [pattern for pattern in drawn if pattern not in self.lab.patterns]
        self.add((unused or drawn)[0])

    def add_random(self) -> None:
        """Store one of chance."""
        chance = np.random.default_rng(len(self.lab.patterns))
        self.add(bits(np.where(chance.random(self.lab.pixels) < 0.5, 1, -1)))

    def delete(self) -> None:
        """Forget the chosen one."""
        lab = self.lab
        patterns = tuple(each for place, each in enumerate(lab.patterns) if place != lab.current)
        self._edit(_tr("Forget a pattern"), patterns=patterns, **self._afresh)

    def paint(self, row: int, column: int, ink: bool, gesture: int) -> None:
        """Paint a pixel of the chosen one, or of the first where there is none."""
        if self.lab.current < 0:
            self.add_empty()
        lab = self.lab
        pattern = inked(bits(lab.stored[lab.current]), row * lab.grid + column, ink)
        patterns = tuple(pattern if at == lab.current else each for at, each in enumerate(lab.patterns))
        self._edit(_tr("Paint a pattern"), gesture, patterns=patterns)

    def _edit(self, text: str, gesture: int = -1, **changes: object) -> None:
        self._document.edit(self._document.value.with_(**changes), text, gesture)


def inked(pixels: str, place: int, ink: bool) -> str:
    """Pixels as a text, with ink or none at a place."""
    return pixels[:place] + ("1" if ink else "0") + pixels[place + 1 :]


def _tr(text: str) -> str:
    return QCoreApplication.translate("PatternEdits", text)
