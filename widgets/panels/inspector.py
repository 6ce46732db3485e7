"""The inspector: settings of the training and of the selected layers, in tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from widgets.document import Document
from widgets.panels.layer import LayerPanel
from widgets.panels.training import TrainingPanel


class Inspector(QFrame):
    """The training panel and the layer panel, of which one is seen."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setMinimumWidth(260)
        self.training = TrainingPanel(document)
        self.layer = LayerPanel(document)
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(self.tr("Inspector"))
        self.tabs.addTab(self.training, self.tr("Training"))
        self.tabs.addTab(self.layer, self.tr("Layer"))
        self.tabs.setTabToolTip(0, self.tr("How the network learns."))
        self.tabs.setTabToolTip(1, self.tr("What the selected layers are and do."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.tabs)

    def show_layers(self, ids: Sequence[str]) -> None:
        """Answer a selection made by a person: show these layers; without any the tab stays."""
        self.layer.show_layers(ids)
        if ids:
            self.tabs.setCurrentWidget(self.layer)
