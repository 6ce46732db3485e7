"""What is seen of pictures below the data: a strip of them, and a pad to draw one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.data import GivenPicture
from playground.data.sample import Floats
from playground.data.spaces import OneSample
from playground.training.snapshot import Snapshot
from widgets.pages.design.attributions import Attributions
from widgets.plots.pictures.draw_panel import DrawPanel
from widgets.plots.pictures.pad import pad_keys
from widgets.plots.pictures.strip import SampleStrip
from widgets.plots.pictures.weights_view import WeightsView
from widgets.plots.sample_content import sample_content
from widgets.plots.sample_view import SampleView
from widgets.workspace import Workspace

MARGIN = 12


class PictureViews(QWidget):
    """Stays in sight below the settings of the data, which scroll."""

    def __init__(self, workspace: Workspace, sample: SampleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looking = workspace.link.looking
        self._before: OneSample = OneSample()
        """The sample that was seen before there was a drawing."""
        self._latest: Snapshot | None = None
        self.strip, self.drawing = SampleStrip(workspace.link), DrawPanel()
        self.weights = WeightsView()
        """Lies in the panel of the layer."""
        self.attributions = Attributions(workspace.link, sample, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 4, MARGIN, 10)
        column.setSpacing(8)
        column.addWidget(self.strip)
        column.addWidget(self.drawing)
        self.strip.space_chosen.connect(self._looking.over)
        self.strip.judged_changed.connect(self._show_looks)
        self.drawing.drawn.connect(self._show_drawing)
        self._show_looks()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the samples, and what the drawing is taken for."""
        self._latest = snapshot
        self.weights.show_snapshot(snapshot)
        self.strip.show_snapshot(snapshot)
        self.attributions.show_snapshot(snapshot)
        space = snapshot.data.space
        if isinstance(space, OneSample):
            self._before = space
        content = sample_content(snapshot) if isinstance(space, GivenPicture) else None
        if content is not None:
            self.drawing.show_answer(content.sentence)

    def showEvent(self, event: QShowEvent) -> None:
        """Know the panel that this lies in."""
        super().showEvent(event)
        self.parentWidget().installEventFilter(self)
        self.strip.suit(self.parentWidget().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be lower in a low panel."""
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self.strip.suit(self.parentWidget().height())
        return super().eventFilter(watched, event)

    def keys(self) -> dict[str, str]:
        """Those of the pad, and what they do."""
        return pad_keys()

    def end(self) -> None:
        """Let nothing work any more."""
        self.strip.end()
        self.attributions.end()

    def _show_looks(self) -> None:
        judged = self.strip.judged
        self.drawing.show_looks(None if judged is None else judged.looks)

    def _show_drawing(self, sample: Floats | None) -> None:
        """Let output and canvas show what is drawn, and the sample of before when the pad is empty again."""
        if sample is not None:
            self._looking.over(GivenPicture.of(sample))
        elif self._latest is not None and isinstance(self._latest.data.space, GivenPicture):
            self._looking.over(self._before)
