"""A button of its colour for each class that can be painted, and one for a class more."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from playground.data.datasets.painted import MOST_CLASSES
from widgets.icons import icon
from widgets.plots.output_meaning import class_names
from widgets.plots.painting import edits
from widgets.plots.painting.dots import class_dots
from widgets.plots.painting.painting import Painting
from widgets.theme import current, themes
from widgets.tips import tip

SIDE = 22


class Swatch(QAbstractButton):
    """A round patch of colour; the chosen one has a ring."""

    def __init__(self) -> None:
        super().__init__()
        self.colour = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(12)

    def sizeHint(self) -> QSize:
        """Large enough for a finger of the mouse."""
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the patch."""
        shown, side = current(), float(min(self.width(), self.height()))
        room = QRectF(0, 0, side, side)
        room.moveCenter(QRectF(self.rect()).center())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = QColor(self.colour)
            edge = QPen(QColor(shown.border), 1)  # by which white is seen on white
            painter.setPen(Qt.PenStyle.NoPen if colour.hsvSaturation() else edge)
            painter.setBrush(colour)
            gap = side * 0.18
            painter.drawEllipse(room.adjusted(gap, gap, -gap, -gap))
            if self.isChecked() or self.hasFocus() or self.underMouse():
                colour = shown.text if self.isChecked() else shown.outline
                painter.setPen(QPen(QColor(shown.focus if self.hasFocus() else colour), 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(room.adjusted(1, 1, -1, -1))


class Swatches(QWidget):
    """Which class is painted."""

    def __init__(self, painting: Painting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painting = painting
        self.buttons = tuple(Swatch() for _ in range(MOST_CLASSES))
        self.more = QToolButton()
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for number, button in enumerate(self.buttons):
            group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(lambda _checked, number=number: edits.choose_class(painting, number))
        row.addWidget(self.more)
        row.addStretch(1)
        self.more.setAutoRaise(True)
        self.more.setFixedSize(SIDE, SIDE)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setAccessibleName(self.tr("Add class"))
        self.more.setToolTip(tip(self.tr("Add class"), self.tr("Have a class more, up to eight.")))
        self.more.clicked.connect(lambda: edits.add_class(painting))
        themes.changed.connect(self._show_icon)
        self._show_icon()

    def show_classes(self) -> None:
        """Show a button for each class there is, the painted one chosen."""
        points = self._painting.points
        names = class_names(points.task)
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(names))
        for number, (name, colour) in enumerate(zip(names, class_dots(points), strict=True)):
            button = self.buttons[number]
            button.colour = colour
            button.setText(name)
            button.setAccessibleName(self.tr("Class {name}").format(name=name))
            button.setToolTip(tip(f"{name}  ({number + 1})", self.tr("Paint points of this class.")))
            button.update()
        if names:
            self.buttons[self._painting.class_number].setChecked(True)
        self.more.setVisible(len(names) < MOST_CLASSES)

    def _show_icon(self) -> None:
        self.more.setIcon(icon("plus", current().muted))
