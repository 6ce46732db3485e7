"""The inspector: settings of the training and of the selected layers, and what they mean, in tabs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QApplication, QFrame, QTabWidget, QVBoxLayout, QWidget

from playground.training.snapshot import Snapshot
from widgets.document import Document
from widgets.forms import KindControl
from widgets.panels.diagnosis import DiagnosisPanel
from widgets.panels.explain import ExplainPanel
from widgets.panels.explain.topics import TRAINING
from widgets.panels.layer import LayerPanel
from widgets.panels.training import TrainingPanel

BASIC_TABS = (0, 1)
"""Training and layer, which beginners are shown too."""


class Inspector(QFrame):
    """The training panel, the layer panel, the explanations and the diagnosis, of which one is seen."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.training = TrainingPanel(document)
        self.layer = LayerPanel(document)
        self.explain = ExplainPanel(document)
        self.diagnosis = DiagnosisPanel(document)
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName(self.tr("Inspector"))
        self.tabs.tabBar().setAccessibleName(self.tr("Inspector"))
        self.tabs.addTab(self.training, self.tr("Training"))
        self.tabs.addTab(self.layer, self.tr("Layer"))
        self.tabs.addTab(self.explain, self.tr("Explain"))
        self.tabs.addTab(self.diagnosis, self.tr("Diagnosis"))
        self.tabs.setTabToolTip(0, self.tr("How the network learns."))
        self.tabs.setTabToolTip(1, self.tr("What the selected layers are and do."))
        self.tabs.setTabToolTip(2, self.tr("What lies behind whatever you touched last."))
        self.tabs.setTabToolTip(3, self.tr("What is wrong with the network, and what may help."))
        self._kept = frozenset[int]()
        self.tabs.currentChanged.connect(self._see_tabs)
        for panel in (self.training, self.layer):
            panel.more.changed.connect(self._see_tabs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.tabs)
        QApplication.instance().focusChanged.connect(self._follow_focus)

    def show_layers(self, ids: Sequence[str]) -> None:
        """Answer a selection made by a person: show or explain these layers; without any the tab stays."""
        self.layer.show_layers(ids)
        self.explain.show_layers(ids)
        if ids and self.tabs.currentWidget() not in (self.explain, self.diagnosis):
            self.tabs.setCurrentWidget(self.layer)

    def simplify(self, on: bool) -> None:
        """Show fewer settings and tabs, or all again."""
        self.training.more.simplify(on)
        self.layer.more.simplify(on)

    def keep(self, settings: Collection[str], tabs: Collection[int]) -> None:
        """Show these settings and tabs in any case, for as long as they are pointed at."""
        self._kept = frozenset(tabs)
        self.training.more.keep(settings)
        self.layer.more.keep(settings)
        self._see_tabs()

    def _see_tabs(self) -> None:
        """Training and layer, and the one in front; all of them where all settings are seen."""
        fewer = self.training.more.leaves_out and self.layer.more.leaves_out
        for at in range(self.tabs.count()):
            wanted = at in BASIC_TABS or at == self.tabs.currentIndex() or at in self._kept
            self.tabs.setTabVisible(at, wanted or not fewer)

    def show_diagnosis(self) -> None:
        """Bring what is wrong to the front."""
        self.tabs.setTabVisible(self.tabs.indexOf(self.diagnosis), True)
        self.tabs.setCurrentWidget(self.diagnosis)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """See how far training is."""
        self.training.show_snapshot(snapshot)
        self.explain.show_snapshot(snapshot)

    def _follow_focus(self, _before: QWidget | None, widget: QWidget | None) -> None:
        """Explain the setting that a person has gone to."""
        if widget is None or not self.isAncestorOf(widget):
            return
        for place, form in ((TRAINING, self.training.form), (self.explain.layer_id, self.layer.form)):
            for name, control in form.controls.items() if form else ():
                if isinstance(control, KindControl) and control.holds(widget):
                    self.explain.explain(place, name)
