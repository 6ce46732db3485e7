"""The rail at the window's left: a button for each page, the one in front marked."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from widgets import theme
from widgets.fonts import pixels
from widgets.icons import icon
from widgets.pages.entry import PageEntry

WIDTH, NARROW = 64, 44
"""Pixels with titles below the icons, and without."""
HEIGHT, LOW = 56, 40
ICON = 22
TITLE_PIXELS = 11
BAR = QRectF(0, 12, 2, 0)
"""The mark of the page in front: where it begins, and how wide it is."""


class RailButton(QAbstractButton):
    """An icon with its title below, or alone."""

    def __init__(self, entry: PageEntry, action: QAction) -> None:
        super().__init__()
        self._icon = entry.icon
        self._narrow = False
        self.setText(entry.title)
        self.setAccessibleName(entry.title)
        self.setAccessibleDescription(entry.tip)
        self.setToolTip(action.toolTip())
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(action.trigger)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, or its title too."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The same for all."""
        return QSize(NARROW, LOW) if self._narrow else QSize(WIDTH, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, mark, icon and title."""
        shown = theme.current()
        colour = shown.accent if self.isChecked() else shown.text if self.underMouse() else shown.muted
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            height = ICON if self._narrow else ICON + 4 + QFontMetricsF(self._font()).height()
            top = (self.height() - height) / 2
            place = QRectF((self.width() - ICON) / 2, top, ICON, ICON).toRect()
            icon(self._icon, colour).paint(painter, place)
            if not self._narrow:
                self._paint_title(
                    painter, QRectF(0, top + ICON + 4, self.width(), self.height() - top - ICON - 4)
                )

    def _paint_ground(self, painter: QPainter) -> None:
        shown = theme.current()
        painter.setPen(QPen(QColor(shown.focus), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
        lit = self.isChecked() or self.underMouse()
        painter.setBrush(QColor(shown.hover) if lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(5.5, 2.5, -5.5, -2.5), 8, 8)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shown.accent))
            painter.drawRect(QRectF(0, BAR.top(), BAR.width(), self.height() - 2 * BAR.top()))

    def _paint_title(self, painter: QPainter, area: QRectF) -> None:
        shown = theme.current()
        painter.setFont(self._font())
        painter.setPen(QColor(shown.text if self.isChecked() or self.underMouse() else shown.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self.text())

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(pixels(TITLE_PIXELS))
        font.setBold(self.isChecked())
        return font


class Rail(QWidget):
    """The buttons of all pages, one below the other; arrow keys go from one to the next."""

    def __init__(
        self,
        entries: dict[PageEntry, QAction],
        foot: tuple[PageEntry, QAction],
        parent: QWidget | None = None,
    ) -> None:
        """Buttons of pages by what they say, and one at the foot, which is ticked as its action is."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Pages"))
        self.buttons = {entry.name: RailButton(entry, action) for entry, action in entries.items()}
        self._entries = tuple(entries)
        self._plain, self._kept = False, frozenset[str]()
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 1, 6)
        column.setSpacing(4)
        for button in self.buttons.values():
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch(1)
        self.foot = RailButton(*foot)
        foot[1].toggled.connect(self.foot.setChecked)
        column.addWidget(self.foot)
        theme.themes.changed.connect(self.update)

    def show_front(self, name: str) -> None:
        """Mark the page in front."""
        self.buttons[name].setChecked(True)
        self._see()

    def simplify(self, on: bool) -> None:
        """Show the pages for beginners, and the one in front; or all again."""
        self._plain = on
        self._see()

    def keep(self, places: Collection[str]) -> None:
        """Show in any case the pages that a lesson is about, among other places of the window."""
        self._kept = frozenset(place.removeprefix("page:") for place in places)
        self._see()

    def _see(self) -> None:
        for entry in self._entries:
            button = self.buttons[entry.name]
            wanted = entry.basic or button.isChecked() or entry.name in self._kept
            button.setVisible(wanted or not self._plain)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or their titles too."""
        for button in (*self.buttons.values(), self.foot):
            button.set_narrow(narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and a line towards the pages."""
        shown = theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(shown.panel))
            painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(shown.border))
