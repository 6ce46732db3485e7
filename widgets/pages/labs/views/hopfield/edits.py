"""What a person does to a Hopfield network: to its patterns, and to the damaged one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.labs.hopfield.laboratory import Hopfield
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.patterns.edits import PatternEdits, inked


class HopfieldEdits(PatternEdits[Hopfield]):
    """Another pattern begins without anything painted on it."""

    def __init__(self, document: LabDocument[Hopfield]) -> None:
        super().__init__(document, {"painted": ""})

    def damage(self, row: int, column: int, ink: bool, gesture: int) -> None:
        """Paint a pixel of the damaged one."""
        lab = self.lab
        before = lab.painted if len(lab.painted) == lab.neurons else "." * lab.neurons
        painted = inked(before, row * lab.side + column, ink)
        self._edit(_tr("Paint the damage"), gesture, painted=painted)

    def clean(self) -> None:
        """Take away what was painted on the damaged one."""
        self._edit(_tr("Clean"), painted="")


def _tr(text: str) -> str:
    return QCoreApplication.translate("HopfieldEdits", text)
