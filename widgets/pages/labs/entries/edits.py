"""What a person does to those that take part: they are set, come and go."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from playground.value import Kind
from widgets.gesture import new_gesture
from widgets.pages.labs.document import L, LabDocument
from widgets.pages.labs.edits import LabEdits
from widgets.sentences import said


class EntryEdits(LabEdits[L]):
    """Edits of one field of a laboratory, a tuple; each is one step of undo, or one for each gesture."""

    def __init__(self, document: LabDocument[L], field: str) -> None:
        super().__init__(document)
        self._field = field

    @property
    def entries(self) -> tuple[Any, ...]:
        """Those that take part now."""
        found: tuple[Any, ...] = getattr(self.lab, self._field)
        return found

    def set_entry(self, place: int, entry: Kind, gesture: int, text: str) -> None:
        """Let one have other settings."""
        self._let_take_part((*self.entries[:place], entry, *self.entries[place + 1 :]), text, gesture)

    def add(self, kind: type[Kind]) -> None:
        """Let another take part, as it usually is."""
        text = _tr("Add {name}").format(name=said(kind))
        self._let_take_part((*self.entries, kind()), text, new_gesture())

    def remove(self, place: int) -> None:
        """Let one take part no more."""
        entries = self.entries
        text = _tr("Remove {name}").format(name=said(entries[place]))
        self._let_take_part((*entries[:place], *entries[place + 1 :]), text, new_gesture())

    def _let_take_part(self, entries: tuple[Any, ...], text: str, gesture: int) -> None:
        self._document.edit(self.lab.with_(**{self._field: entries}), text, gesture)


def _tr(text: str) -> str:
    return QCoreApplication.translate("EntryEdits", text)
