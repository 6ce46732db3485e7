"""What a person does to schedules: one that comes lasts as long as the training."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.engine.schedules import Schedule
from playground.labs.schedules import Schedules
from playground.labs.schedules.rates import lasting
from playground.value import Kind
from widgets.gesture import new_gesture
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.entries import EntryEdits
from widgets.sentences import said


class ScheduleEdits(EntryEdits[Schedules]):
    """Each is one step of undo, or one for each gesture."""

    def __init__(self, document: LabDocument[Schedules]) -> None:
        super().__init__(document, "schedules")

    def add(self, kind: type[Kind]) -> None:
        """Let another take part, with times that suit the length of the training."""
        schedule = kind()
        assert isinstance(schedule, Schedule)
        text = QCoreApplication.translate("ScheduleEdits", "Add {name}").format(name=said(kind))
        entries = (*self.lab.schedules, lasting(schedule, self.lab.epochs))
        self._document.edit(self.lab.with_(schedules=entries), text, new_gesture())
