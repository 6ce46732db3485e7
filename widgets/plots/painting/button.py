"""The button that begins and ends painting."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from playground.experiment import Experiment
from widgets.icons import icon
from widgets.plots.painting.painting import Painting
from widgets.theme import current, themes
from widgets.tips import tip


class PaintButton(QToolButton):
    """A pencil; disabled where the samples are no points of the plane."""

    def __init__(self, painting: Painting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painting = painting
        self.setAutoRaise(True)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Paint points"))
        self.clicked.connect(painting.toggle)
        painting.turned.connect(self._show)
        painting.document.changed.connect(self._see)
        themes.changed.connect(self._show)
        self._see(painting.document.experiment)

    def _see(self, _experiment: Experiment) -> None:
        offered = self._painting.offered
        self.setEnabled(offered)
        words = self.tr("Paint points on the map, or stop (P).")
        other = self.tr("Points are painted on the plane of x₁ and x₂; choose such a dataset.")
        self.setToolTip(tip(words if offered else other))
        self._show()

    def _show(self) -> None:
        self.setChecked(self._painting.on)
        shown = current()
        self.setIcon(icon("paint", shown.accent if self._painting.on else shown.muted))
