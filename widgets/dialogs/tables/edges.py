"""The button that asks for the edges of a graph, whose nodes are the rows of a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from playground.data.graphs.files.formats import is_graph
from playground.data.tables.reading import SUFFIXES
from playground.folders import home
from widgets.dialogs import questions


class EdgesButton(QPushButton):
    """A link beside the name of a table.

    Signals:
        chosen: the table that has the edges.
    """

    chosen = Signal(Path)

    def __init__(self, source: Path | str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("its edges…"))
        self._folder = source.parent if isinstance(source, Path) else home()
        self.setProperty("role", "link")
        self.setAutoDefault(False)
        self.setToolTip(
            self.tr(
                "Take the rows for the nodes of a graph, whose edges another table has:\n"
                "columns source, target and perhaps weight."
            )
        )
        self.setVisible(not (isinstance(source, Path) and is_graph(source.name)))
        self.clicked.connect(self._ask)

    def _ask(self) -> None:
        if path := questions.data_to_open(self, self._folder, SUFFIXES):
            self.setText(path.name)
            self.chosen.emit(path)
