"""The document of a laboratory: its settings as one frozen value, with an undo stack of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from playground.labs import Laboratory

L = TypeVar("L", bound=Laboratory)


class LabDocument(QObject, Generic[L]):
    """A laboratory that is open.

    Signals:
        changed: its settings are others now.
    """

    changed = Signal(object)

    def __init__(self, value: L, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self.path: Path | None = None
        """The file that it was read from or saved in."""
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(500)

    def edit(self, after: L, text: str, gesture: int = -1) -> None:
        """Replace the settings, undoably; edits of one gesture become one step of undo."""
        if after != self.value:
            self.undo_stack.push(_ReplaceLaboratory(self, after, text, gesture))

    def put(self, value: L) -> None:
        """Show other settings without a step of undo (the undo stack calls this)."""
        self.value = value
        self.changed.emit(value)

    def open(self, value: L, path: Path | None) -> None:
        """Begin anew with these settings, which nothing can undo."""
        self.undo_stack.clear()
        self.path = path
        self.put(value)


class _ReplaceLaboratory(QUndoCommand):
    def __init__(self, document: LabDocument, after: Laboratory, text: str, gesture: int) -> None:
        super().__init__(text)
        self._document, self._gesture = document, gesture
        self._before, self._after = document.value, after

    def id(self) -> int:
        return self._gesture

    def redo(self) -> None:
        self._document.put(self._after)

    def undo(self) -> None:
        self._document.put(self._before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        assert isinstance(other, _ReplaceLaboratory)
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True
