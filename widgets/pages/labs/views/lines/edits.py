"""What a person does to lines: they are moved, turned and chosen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.labs.lines import Lines
from playground.labs.lines.laboratory import ThresholdLine
from widgets.gesture import new_gesture
from widgets.pages.labs.edits import LabEdits


class LinesEdits(LabEdits[Lines]):
    """Each is one step of undo, or one for each gesture."""

    def move(self, place: int, x: float, y: float, gesture: int) -> None:
        """Bring a line somewhere else."""
        self.set_line(place, self.lab.laid[place].moved(x, y), gesture, _tr("Move the line"))

    def turn(self, place: int, x: float, y: float, gesture: int) -> None:
        """Let the arrow of a line point towards a place."""
        self.set_line(place, self.lab.laid[place].pointing_at(x, y), gesture, _tr("Turn the line"))

    def set_line(self, place: int, line: ThresholdLine, gesture: int, text: str) -> None:
        """Give a line other settings."""
        self._document.edit(self.lab.with_line(place, line), text, gesture)

    def choose(self, place: int) -> None:
        """Show the settings of this line."""
        if place != self.lab.shown:
            self._document.edit(self.lab.with_(chosen=place), _tr("Choose a line"), new_gesture())


def _tr(text: str) -> str:
    return QCoreApplication.translate("LinesEdits", text)
