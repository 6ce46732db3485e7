"""What explains the open tab of the page Inside, at its right, made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from playground.analysis.inspection import Inspection
from widgets import theme
from widgets.document import Document

if TYPE_CHECKING:
    from widgets.panels.explain.page import ExplainPage


class InspectionWords(QFrame):
    """The title, help, formula and settings of an inspection."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._document = document
        self.page: ExplainPage | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)

    def explain(self, value: Inspection) -> None:
        """Say what it is, with its settings as they are."""
        from widgets.panels.explain.drawings import Scene
        from widgets.panels.explain.page import ExplainPage

        if self.page is None:
            self.page = ExplainPage(self)
            self._column.addWidget(self.page)
        experiment = self._document.experiment
        self.page.show_value(value, Scene(experiment, experiment.network.output.id, 1, theme.current()))
