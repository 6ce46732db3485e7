"""What a person does to a saddle: where descent begins, and from where it is seen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.labs.saddles import Saddles
from widgets.pages.labs.edits import LabEdits


class SaddlesEdits(LabEdits[Saddles]):
    """Each is one step of undo, or one for each gesture."""

    def begin_at(self, x: float, y: float, gesture: int) -> None:
        """Let descent begin there, as shares of what is seen."""
        self._document.edit(self.lab.led(x, y), _tr("Move the start"), gesture)

    def see_surface(self, surface: bool) -> None:
        """See the terrain from the side, or from above."""
        text = _tr("See the surface") if surface else _tr("See the map")
        self._document.edit(self.lab.with_(surface=surface), text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SaddlesEdits", text)
