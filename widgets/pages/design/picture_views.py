"""What is seen of pictures below the data: a strip of them, and a pad to draw one."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.training.snapshot import Snapshot
from widgets.plots.pictures.strip import SampleStrip
from widgets.workspace import Workspace

MARGIN = 12


class PictureViews(QWidget):
    """Stays in sight below the settings of the data, which scroll."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = SampleStrip(workspace.link)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 4, MARGIN, 10)
        column.setSpacing(8)
        column.addWidget(self.strip)
        self.strip.space_chosen.connect(workspace.link.looking.over)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Let the strip follow."""
        self.strip.show_snapshot(snapshot)

    def end(self) -> None:
        """Let nothing work any more."""
        self.strip.end()
