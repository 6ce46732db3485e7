"""The settings of one of the runs beside the one in front."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from widgets.beside import BesideRun
from widgets.labels import label, show_text
from widgets.panels.training import TrainingPanel


class BesideSettings(QFrame):
    """How a run learns, to be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.run: BesideRun | None = None
        self.training: TrainingPanel | None = None
        self._title = label(role="heading")
        self._title.setContentsMargins(12, 0, 12, 0)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 10, 1, 1)
        self._column.addWidget(self._title)

    def show_run(self, run: BesideRun | None) -> None:
        """Show the settings of this run, or none."""
        if run is self.run:
            return
        self.run = run
        if self.training is not None:
            self.training.setParent(None)
            self.training.deleteLater()
            self.training = None
        if run is not None:
            self.training = TrainingPanel(run.document)
            self._column.addWidget(self.training)
            show_text(self._title, run.name)

    def see(self) -> None:
        """See how far it is."""
        snapshot = None if self.run is None else self.run.snapshot
        if self.training is not None and snapshot is not None:
            self.training.show_snapshot(snapshot)
