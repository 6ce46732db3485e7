"""What stands beside the tabs: map or surface, how far the work is, and a fresh look."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from playground.numbers.writing import duration, percent
from widgets.elided_label import ElidedLabel
from widgets.labels import link_button
from widgets.pages.inside.tabs.landscape.slow_work import SlowWork
from widgets.plots.toggle_tab import ToggleTab
from widgets.tips import tip

FELT = 1.0
"""Seconds of work that are left from which they are told."""


class LandscapeHead(QWidget):
    """Tells how far the work is.

    Signals:
        surface_asked: the person wants to see the surface, or the map.
        anew: the person wants the plane laid through where the network is now.
        given_up: the person does not want to wait.
    """

    surface_asked = Signal(bool)
    anew = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.map_tab, self.surface_tab = ToggleTab(self.tr("Map")), ToggleTab(self.tr("Surface"))
        self.map_tab.setToolTip(self.tr("See the loss from above, with lines of equal loss."))
        self.surface_tab.setToolTip(
            self.tr("See the loss as a surface; drag to turn it, turn the wheel to come nearer.")
        )
        self.map_tab.clicked.connect(lambda: self.surface_asked.emit(False))
        self.surface_tab.clicked.connect(lambda: self.surface_asked.emit(True))
        self.state = ElidedLabel()
        self.state.setProperty("role", "muted")
        self.stop = link_button(self.tr("Cancel"), tip(self.tr("Keep what is found so far."), "Esc"))
        self.stop.clicked.connect(self.given_up)
        self.stop.hide()
        self.here = QPushButton(self.tr("Look from here"))
        self.here.setToolTip(tip(self.tr("Lay the plane through where the network is now."), "H"))
        self.here.clicked.connect(self.anew)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(16, 0, 0, 0)
        column.addLayout(row)
        column.addStretch(1)
        row.setSpacing(14)
        for widget in (self.map_tab, self.surface_tab):
            row.addWidget(widget)
        row.addWidget(self.state, 1)
        for button in (self.stop, self.here):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)

    def show_view(self, surface: bool) -> None:
        """Say which of both is seen."""
        self.map_tab.setChecked(not surface)
        self.surface_tab.setChecked(surface)

    def show_work(self, named: dict[str, SlowWork], otherwise: str) -> None:
        """Say how far the work is that goes on, by its name, or else something else."""
        going = [(name, work.work) for name, work in named.items() if work.busy and work.work is not None]
        self.stop.setVisible(bool(going))
        if not going:
            self._say(otherwise)
            return
        name, work = going[0]
        said = self.tr("{work}: {share}").format(work=name, share=percent(work.done))
        if work.left > FELT:
            said += self.tr(", {time} left").format(time=duration(work.left))
        self._say(said)

    def _say(self, text: str) -> None:
        if text != self.state.text():
            self.state.setText(text)
            self.state.setToolTip(text)
