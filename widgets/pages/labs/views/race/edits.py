"""What a person does to a race: where it begins, and who takes part."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.labs.race import Race
from widgets.gesture import new_gesture
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.entries import EntryEdits
from widgets.sentences import said


class RaceEdits(EntryEdits[Race]):
    """Each is one step of undo, or one for each gesture."""

    def __init__(self, document: LabDocument[Race]) -> None:
        super().__init__(document, "racers")

    def begin_at(self, x: float, y: float, gesture: int) -> None:
        """Let all begin there, as shares of what is seen."""
        self._document.edit(self.lab.with_(start=(x, y)), _tr("Move the start"), gesture)

    def see_surface(self, surface: bool) -> None:
        """See the terrain from the side, or from above."""
        text = _tr("See the surface") if surface else _tr("See the map")
        self._document.edit(self.lab.with_(surface=surface), text)

    def choose(self, place: int) -> None:
        """Sweep the rate of this one."""
        text = _tr("Sweep the rate of {name}").format(name=said(self.lab.racers[place]))
        self._document.edit(self.lab.with_(swept=place), text, new_gesture())


def _tr(text: str) -> str:
    return QCoreApplication.translate("RaceEdits", text)
