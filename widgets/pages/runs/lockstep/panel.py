"""The panel of one of the runs side by side: what it makes of the data, and how well."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from playground.numbers.writing import NONE, figures, loss, whole
from playground.training.snapshot import Snapshot, State
from widgets import theme
from widgets.elided_label import ElidedLabel
from widgets.icons import icon
from widgets.labels import label, show_text
from widgets.pages.runs.colours import run_colour
from widgets.pages.runs.lockstep.output import RunOutput
from widgets.pages.runs.lockstep.tiles import TilesOfLayers
from widgets.panels.run_bar import score
from widgets.panels.states import state_word
from widgets.sentences import sentence
from widgets.tips import tip

MARGIN, SWATCH = 12, 10
WIDE = 330
"""From this width on the layers stand beside the map."""
NARROW = 200
SHARE = 0.34
"""The part of the width that is theirs."""


class RunPanel(QFrame):
    """Map, layers, loss and accuracy of a run; what it does otherwise in words; what can be done with it.

    Signals:
        chosen: it is to take the place of the one in front.
        settings_asked: its settings are to be seen.
        close_asked: it is to end.
    """

    chosen = Signal()
    settings_asked = Signal()
    close_asked = Signal()

    def __init__(self, name: str, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAccessibleName(name)
        self.name, self.place, self.colour = name, place, place
        self.snapshot: Snapshot | None = None
        """What it shows."""
        self._make_head()
        self.output, self.layers = RunOutput(name), TilesOfLayers()
        self.result = ElidedLabel()
        self.result.setProperty("role", "heading")
        self.apart = ElidedLabel()
        self.what = ElidedLabel()
        for shown in (self.apart, self.what):
            shown.setProperty("role", "muted")
        self.picture = QHBoxLayout()
        self.picture.setSpacing(MARGIN)
        self.picture.addWidget(self.output, 2)
        self.picture.addWidget(self.layers, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 8, MARGIN, 10)
        column.setSpacing(6)
        column.addLayout(self._head)
        column.addLayout(self.picture, 1)
        for shown in (self.result, self.what, self.apart):
            column.addWidget(shown)
        self._make_buttons(column)

    def _make_head(self) -> None:
        self.swatch = QLabel()
        self.epoch = ElidedLabel()
        self.epoch.setProperty("role", "muted")
        self.epoch.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.title = label(self.name, "heading")
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Close this run; the others go on."))
        self.close_button.setAccessibleName(self.tr("Close {run}").format(run=self.name))
        self.close_button.clicked.connect(self.close_asked)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.swatch)
        self._head.addWidget(self.title)
        self._head.addWidget(self.epoch, 1)
        self._head.addWidget(self.close_button)

    def _make_buttons(self, column: QVBoxLayout) -> None:
        self.go_on = QPushButton(self.tr("Go on with it"))
        self.go_on.setToolTip(self.tr("Let it take the place of the run in front; undo brings that back."))
        self.go_on.clicked.connect(self.chosen)
        self.settings = QToolButton()
        self.settings.setAutoRaise(True)
        self.settings.setToolTip(self.tr("Settings: change how it learns from here on."))
        self.settings.setAccessibleName(self.tr("Settings of {run}").format(run=self.name))
        self.settings.clicked.connect(self.settings_asked)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.go_on, self.settings, self.close_button):
            keeps_room = button.sizePolicy()
            keeps_room.setRetainSizeWhenHidden(True)  # so that all maps are of one size
            button.setSizePolicy(keeps_room)
            button.setVisible(self.place > 0)
        row.addWidget(self.go_on)
        row.addStretch(1)
        row.addWidget(self.settings)
        column.addLayout(row)
        self.recolour()

    def recolour(self) -> None:
        """Take on the colours of another theme."""
        self.close_button.setIcon(icon("close", theme.current().muted))
        self.settings.setIcon(icon("edit", theme.current().muted))
        colour = QPixmap(SWATCH, SWATCH)
        colour.fill(QColor(run_colour(self.colour)))
        self.swatch.setPixmap(colour)
        self.layers.recolour()
        self.output.recolour(self._message())

    def show_colour(self, index: int) -> None:
        """Take on one of the colours of runs."""
        if index != self.colour:
            self.colour = index
            self.recolour()

    def show_picture(self) -> None:
        """Show what the run makes of the data."""
        if self.snapshot is not None:
            self.output.show_snapshot(self.snapshot, self._message())
            self.layers.show_snapshot(self.snapshot)
            self._find_room()

    def show_numbers(self, snapshot: Snapshot, front: Snapshot | None = None) -> None:
        """Show how well the run does now, beside the one in front."""
        self.snapshot = snapshot
        show_text(self.epoch, self._epoch(snapshot))
        self._show_result(snapshot)
        self._tell(self.apart, self._distance(snapshot, front))

    def _show_result(self, snapshot: Snapshot) -> None:
        """Loss and accuracy with their names, or as numbers alone where room is short."""
        lost = loss(snapshot.test.loss)
        words = self.tr("Test loss {loss}   {score}").format(loss=lost, score=self._score(snapshot))
        fits = self.result.fontMetrics().horizontalAdvance(words) <= self.result.width()
        show_text(self.result, words if fits else f"{lost}   {score(snapshot)}")
        self.result.setToolTip(tip(words))

    def tell(self, what: str) -> None:
        """Say what it does otherwise."""
        self._tell(self.what, what)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the layers out where there is no room for them."""
        super().resizeEvent(event)
        self.layers.setMaximumWidth(max(40, round(SHARE * self.width())))
        self._find_room()

    def _find_room(self) -> None:
        self.go_on.setText(self.tr("Go on with it") if self.width() >= NARROW else self.tr("Go on"))
        self.layers.setVisible(bool(self.layers.layers) and self.width() >= WIDE)

    def _tell(self, shown: ElidedLabel, words: str) -> None:
        if shown.text() != words:
            shown.setText(words)
            shown.setToolTip(tip(words))

    def _message(self) -> str:
        if self.snapshot is None or self.snapshot.message is None:
            return self.tr("There is nothing to see yet.")
        return sentence(self.snapshot.message)

    def _epoch(self, snapshot: Snapshot) -> str:
        if snapshot.state in (State.DIVERGED, State.BLOCKED):
            return state_word(snapshot.state)
        return self.tr("epoch {epoch}").format(epoch=whole(snapshot.epoch))

    def _score(self, snapshot: Snapshot) -> str:
        said = score(snapshot)
        if said == NONE:
            return ""
        words = self.tr("R² {score}") if "r2" in snapshot.test.metrics else self.tr("accuracy {score}")
        return words.format(score=said)

    def _distance(self, snapshot: Snapshot, front: Snapshot | None) -> str:
        """How far its weights are from those of the run in front."""
        if snapshot.apart is None:
            return self.tr("in front")
        if snapshot.state is State.BLOCKED:
            return ""
        if not snapshot.apart and front is not None and snapshot.progress != front.progress:
            return self.tr("not level with the one in front yet")
        if not snapshot.apart:
            return self.tr("weights of another shape")
        far, step = snapshot.apart["apart"][-1], snapshot.apart["step"][-1]
        return self.tr("weights apart ‖Δ‖ {far} after {steps} steps").format(
            far=figures(float(far), 3), steps=whole(int(step))
        )
