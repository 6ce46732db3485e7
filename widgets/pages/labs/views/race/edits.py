"""What a person does to a race: where it begins, and who takes part."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.engine.optimizers import Optimizer
from playground.labs.race import Race
from widgets.gesture import new_gesture
from widgets.pages.labs.document import LabDocument
from widgets.sentences import said


class RaceEdits:
    """Each is one step of undo, or one for each gesture."""

    def __init__(self, document: LabDocument) -> None:
        self._document = document

    @property
    def lab(self) -> Race:
        """The settings as they are."""
        value = self._document.value
        assert isinstance(value, Race)
        return value

    def begin_at(self, x: float, y: float, gesture: int) -> None:
        """Let all begin there, as shares of what is seen."""
        self._document.edit(self.lab.with_(start=(x, y)), _tr("Move the start"), gesture)

    def set_racer(self, place: int, racer: Optimizer, gesture: int, text: str) -> None:
        """Let one race with other settings."""
        racers = self.lab.racers
        self._let_race((*racers[:place], racer, *racers[place + 1 :]), text, gesture)

    def add(self, kind: type[Optimizer]) -> None:
        """Let another take part."""
        text = _tr("Add {name}").format(name=said(kind))
        self._let_race((*self.lab.racers, kind()), text, new_gesture())

    def remove(self, place: int) -> None:
        """Let one take part no more."""
        racers = self.lab.racers
        text = _tr("Remove {name}").format(name=said(racers[place]))
        self._let_race((*racers[:place], *racers[place + 1 :]), text, new_gesture())

    def choose(self, place: int) -> None:
        """Sweep the rate of this one."""
        text = _tr("Sweep the rate of {name}").format(name=said(self.lab.racers[place]))
        self._document.edit(self.lab.with_(swept=place), text, new_gesture())

    def _let_race(self, racers: tuple[Optimizer, ...], text: str, gesture: int) -> None:
        self._document.edit(self.lab.with_(racers=racers), text, gesture)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RaceEdits", text)
