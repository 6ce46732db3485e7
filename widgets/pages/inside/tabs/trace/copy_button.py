"""A button that takes a trace to the clipboard: as text, as LaTeX, or as NumPy code."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from playground.analysis.inspections.trace.copying import as_code, as_latex, as_text
from playground.analysis.inspections.trace.trace import Trace


class CopyTraceButton(QToolButton):
    """Copies the trace that is shown.

    Signals:
        message: a sentence for the status bar.
    """

    message = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trace: Trace | None = None
        self.setText(self.tr("Copy"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(self.tr("Copy the whole trace as text, LaTeX or NumPy code"))
        menu = QMenu(self)
        menu.addAction(self.tr("As text"), self.copy_text)
        menu.addAction(self.tr("As LaTeX"), lambda: self._copy(as_latex))
        menu.addAction(self.tr("As NumPy code"), lambda: self._copy(as_code))
        self.setMenu(menu)

    def copy_text(self) -> None:
        """Copy it as text."""
        self._copy(as_text)

    def _copy(self, write: Callable[[Trace], str]) -> None:
        if self.trace is not None:
            QGuiApplication.clipboard().setText(write(self.trace))
            self.message.emit(self.tr("Copied the trace."))
