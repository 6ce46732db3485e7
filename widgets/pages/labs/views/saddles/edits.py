"""What a person does to a saddle: where descent begins, and from where it is seen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.labs.saddles import Saddles
from widgets.pages.labs.document import LabDocument


class SaddlesEdits:
    """Each is one step of undo, or one for each gesture."""

    def __init__(self, document: LabDocument) -> None:
        self._document = document

    @property
    def lab(self) -> Saddles:
        """The settings as they are."""
        value = self._document.value
        assert isinstance(value, Saddles)
        return value

    def begin_at(self, x: float, y: float, gesture: int) -> None:
        """Let descent begin there, as shares of what is seen."""
        self._document.edit(self.lab.led(x, y), _tr("Move the start"), gesture)

    def see_surface(self, surface: bool) -> None:
        """See the terrain from the side, or from above."""
        text = _tr("See the surface") if surface else _tr("See the map")
        self._document.edit(self.lab.with_(surface=surface), text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SaddlesEdits", text)
