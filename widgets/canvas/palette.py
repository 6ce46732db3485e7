"""The row of layers above the canvas, to drag from, double-click or press Enter on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from widgets import icons
from widgets.canvas.chip import Chip
from widgets.canvas.kinds import ANY, Axes, layer_groups, layer_kinds
from widgets.canvas.shelf import Shelf
from widgets.theme import current, themes

SPACING = 6
FEW = 3
"""So many chips beginners are shown; the others are on the shelf."""


class Palette(QWidget):
    """Chips for kinds of layers, those for the data first, as many as fit; all are on a shelf that opens.

    Signals:
        chosen: a kind is to be put before the output.
        dragged: a kind is held over this point of the screen; then `dropped` or `cancelled`.
    """

    chosen = Signal(object)
    dragged = Signal(object, QPointF)
    dropped = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axes: Axes = ANY
        self._most = len(layer_kinds())
        self.chips = [Chip(kind) for kind in layer_kinds()]
        self.more = QToolButton()
        self.more.setProperty("role", "chip")
        self.more.setText(self.tr("More"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.more.setIconSize(QSize(12, 12))
        self.more.setToolTip(self.tr("All layers"))
        self.more.setAccessibleName(self.tr("All layers"))
        self.more.clicked.connect(self._open_or_close)
        self.shelf: Shelf | None = None
        """Made when it is first opened."""
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for chip in self.chips:
            row.addWidget(chip)
            self._connect(chip)
        row.addWidget(self.more)
        row.addStretch(1)
        themes.changed.connect(self._recolour)
        self._recolour()

    def suit(self, axes: Axes) -> None:
        """Offer first what reads data with these axes."""
        if axes == self._axes:
            return
        self._axes = axes
        places = {kind: place for place, kind in enumerate(layer_kinds(axes))}
        self.chips.sort(key=lambda chip: places[chip.kind])
        for place, chip in enumerate(self.chips):
            self._row.removeWidget(chip)
            self._row.insertWidget(place, chip)
        if self.shelf is not None:
            self.shelf.deleteLater()
            self.shelf = None
        self._share_out()

    def simplify(self, on: bool) -> None:
        """Show the first few chips alone, or as many as fit."""
        self._most = FEW if on else len(self.chips)
        self._share_out()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one chip and the menu."""
        return QSize(self.chips[0].sizeHint().width() + 80, self.chips[0].sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many chips as fit."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        widths = [chip.sizeHint().width() + SPACING for chip in self.chips]
        space = self.width() - self.more.sizeHint().width()
        for place, (chip, width) in enumerate(zip(self.chips, widths, strict=True)):
            space = space - width if space >= 0 else -1
            chip.setVisible(space >= 0 and place < self._most)
        if self.shelf is not None:
            self.shelf.hide()

    def _connect(self, chip: Chip) -> None:
        chip.chosen.connect(partial(self.chosen.emit, chip.kind))
        chip.dragged.connect(partial(self.dragged.emit, chip.kind))
        chip.dropped.connect(self.dropped)
        chip.cancelled.connect(self.cancelled)

    def _open_or_close(self) -> None:
        if self.shelf is None:
            groups = [(title, [Chip(kind) for kind in kinds]) for title, kinds in layer_groups(self._axes)]
            self.shelf = Shelf(groups, self.more, self.parentWidget())
            for chip in self.shelf.chips:
                self._connect(chip)
        if self.shelf.isVisible():
            self.shelf.put_away()
        else:
            self.shelf.open()

    def _recolour(self) -> None:
        for chip in [*self.chips, *(self.shelf.chips if self.shelf else ())]:
            chip.recolour()
        self.more.setIcon(icons.icon("down", current().muted))
        self._share_out()
