"""The Explain tab: it follows what a person touches, and explains any of it on demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.engine.graph import INPUT
from playground.engine.schedules import Schedule
from playground.experiment import Experiment
from playground.training.snapshot import Snapshot
from playground.value import Kind
from widgets import theme
from widgets.document import Document
from widgets.forms.control import Combo
from widgets.panels.explain.topics import DATA, TRAINING, Key, Topic, changed, topics
from widgets.panels.scroll import MARGIN

if TYPE_CHECKING:
    from widgets.panels.explain.page import ExplainPage


class ExplainPanel(QWidget):
    """A box of topics, and below it the page of the chosen one; loaded and made when it is first seen.

    Signals:
        laboratory_chosen: the kind of a laboratory that is to be opened.
    """

    laboratory_chosen = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._seen: Experiment | None = document.experiment
        self.layer_id = document.experiment.network.output.id
        """The layer whose topics are offered."""
        self._epoch, self._steps_per_epoch = 0.0, 1
        self._topics: tuple[Topic, ...] = ()
        self._stale = True
        self.key: Key = (TRAINING, "loss")
        """What is explained."""
        self.topic: Combo | None = None
        self.page: ExplainPage | None = None
        document.opened.connect(self._forget)
        document.changed.connect(self._see)
        theme.themes.changed.connect(self._refresh)

    @property
    def meant(self) -> Kind | None:
        """What is explained, as it is set now."""
        found = topics(self._document.experiment, self.layer_id)
        return next((topic.value for topic in found if topic.key == self.key), None)

    # --- following the person ---------------------------------------------------------------------------

    def explain(self, place: str, name: str) -> None:
        """Explain this field of the data, of the training or of a layer; "" is the layer itself."""
        self._turn_to((place, name))
        self._refresh()

    def show_layers(self, ids: Sequence[str]) -> None:
        """Explain the first of the layers that a person selected; the input is the data."""
        if INPUT in ids:
            self.explain(DATA, "dataset")
        elif ids:
            self.explain(ids[0], "")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """See how far training is."""
        self._epoch = snapshot.progress
        steps = max(snapshot.steps_per_epoch, 1)
        if steps != self._steps_per_epoch:
            self._steps_per_epoch = steps
            self._refresh()
        elif self.isVisible():
            self._show_progress()

    def _turn_to(self, key: Key) -> None:
        self.key = key
        if key[0] not in (DATA, TRAINING):
            self.layer_id = key[0]

    def _forget(self) -> None:
        self._seen = None  # whatever is opened was not touched by anyone

    def _see(self, experiment: Experiment) -> None:
        before, self._seen = self._seen, experiment
        if before is not None and (key := changed(before, experiment)):
            self._turn_to(key)
        self._refresh()

    # --- showing ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was touched in the meantime."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _refresh(self) -> None:
        self._stale = not self.isVisible()
        if self._stale:
            return
        from widgets.panels.explain.drawings import Scene

        if self.page is None:
            self._build()
        experiment = self._document.experiment
        if self.layer_id not in (layer.id for layer in experiment.network.layers):
            self.layer_id = experiment.network.output.id
        self._offer(topics(experiment, self.layer_id))
        topic = next((topic for topic in self._topics if topic.key == self.key), self._topics[0])
        self.key = topic.key
        self.topic.setCurrentIndex(self.topic.findText(topic.title))
        scene = Scene(experiment, self.layer_id, self._steps_per_epoch, theme.current())
        self.page.show_value(topic.value, scene)
        self._show_progress()

    def _build(self) -> None:
        from widgets.panels.explain.page import ExplainPage

        self.topic, self.page = Combo(), ExplainPage()
        self.topic.setAccessibleName(self.tr("Topic"))
        self.topic.setAccessibleDescription(
            self.tr("What is explained; it follows what you touch or select.")
        )
        self.topic.textActivated.connect(self._choose)
        self.page.laboratories.chosen.connect(self.laboratory_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MARGIN - 2, 0, 0)
        column.setSpacing(0)
        row = QVBoxLayout()
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.addWidget(self.topic)
        column.addLayout(row)
        column.addWidget(self.page, 1)

    def _offer(self, found: tuple[Topic, ...]) -> None:
        """Fill the box, a line between places."""
        names = [(topic.key, topic.title) for topic in found]
        same = names == [(topic.key, topic.title) for topic in self._topics]
        self._topics = found
        if same:
            return
        self.topic.clear()
        for before, topic in zip((None, *found), found, strict=False):
            if before is not None and before.key[0] != topic.key[0]:
                self.topic.insertSeparator(self.topic.count())
            self.topic.addItem(topic.title)

    def _choose(self, title: str) -> None:
        self.explain(*next(topic.key for topic in self._topics if topic.title == title))

    def _show_progress(self) -> None:
        over_epochs = any(
            topic.key == self.key and isinstance(topic.value, Schedule) for topic in self._topics
        )
        self.page.show_progress(self._epoch if over_epochs and self._epoch else None)
