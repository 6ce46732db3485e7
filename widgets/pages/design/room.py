"""Docks that give way while the page is small, and have their places back when it is large again."""

from __future__ import annotations

from unicodedata import east_asian_width

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QSizePolicy, QWidget

from widgets import theme
from widgets.docks import MARGIN, PanelDocks

CANVAS = QSize(500, 300)
"""What the network has at least before panels give way to it."""
PLOTS = 190
"""As low as plots may be before they fold."""
NO_LIMIT = 16_777_215
"""The height that Qt gives to what has no other limit."""


class DrawerTab(QAbstractButton):
    """A word written upwards at the page's edge, which opens and closes the panel beside it.

    Signs of Chinese, Japanese and Korean stand one below the other, as they do in books.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(self.tr("Show or hide this panel."))
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setContentsMargins(MARGIN, 8, 0, 0)
        theme.themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as a line is high, as high as the word is wide."""
        metrics, margins = self.fontMetrics(), self.contentsMargins()
        stacked = len(self.text()) * metrics.height()
        length = stacked if self._is_stacked else metrics.horizontalAdvance(self.text())
        strip = QSize(metrics.height() + 10, length + 24)
        return strip.grownBy(margins)

    @property
    def _is_stacked(self) -> bool:
        return any(east_asian_width(sign) == "W" for sign in self.text())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a strip with the word at its top."""
        shown = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(shown.focus if self.hasFocus() else shown.border), 1))
            painter.setBrush(QColor(shown.hover if self.underMouse() else shown.panel))
            strip = QRectF(self.contentsRect())
            painter.drawRoundedRect(strip.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            painter.setPen(QColor(shown.text if self.isChecked() or self.underMouse() else shown.muted))
            length = self.sizeHint().height() - strip.top()
            if self._is_stacked:
                column = QRectF(strip.left(), strip.top(), strip.width(), length)
                painter.drawText(column, Qt.AlignmentFlag.AlignCenter, "\n".join(self.text()))
                return
            painter.translate(strip.left(), strip.top() + length)
            painter.rotate(-90)
            word = QRectF(0, 0, length, strip.width())
            painter.drawText(word, Qt.AlignmentFlag.AlignCenter, self.text())


class Room(QObject):
    """Shares a small page out: the plots fold to their tabs, the data panel becomes a drawer.

    The layout that a person made of a large page is remembered meanwhile.
    """

    plots_asked_to_fold = Signal(bool)

    def __init__(self, page: QMainWindow, docks: PanelDocks, tab: DrawerTab) -> None:
        super().__init__(page)
        self._page, self._docks, self.tab = page, docks, tab
        self.low = self._narrow = self._gives_way = False
        self._plots_height = PLOTS
        self._fresh = False
        self._kept: QByteArray | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._remember)
        tab.hide()
        tab.clicked.connect(lambda: docks["data"].setVisible(tab.isChecked()))
        docks["data"].toggleViewAction().toggled.connect(tab.setChecked)  # also while the page is hidden
        for dock in docks.values():
            dock.installEventFilter(self)
            dock.dockLocationChanged.connect(self._moved)

    def restore(self, state: QByteArray | None) -> None:
        """Put the panels where they were kept; None for their first places."""
        self._docks.restore(state)
        self._kept = state
        self._fresh = state is None

    def reset(self) -> None:
        """Put every panel back to its place."""
        self.plots_asked_to_fold.emit(False)
        self._docks.reset()
        self._kept = None
        self.low = self._narrow = False
        self.tab.hide()
        self.share()

    def state(self) -> QByteArray:
        """The layout of the large page, to be restored at the next start."""
        if (self.low or self._narrow) and self._kept is not None:
            return self._kept
        return self._page.saveState()

    def give_way(self, on: bool) -> None:
        """Let the data panel be a drawer however wide the page is, or no more."""
        if on != self._gives_way:
            self._gives_way = on
            self.share()

    def share(self) -> None:
        """Answer a change of the page's size; at the first, panels that nobody has sized take theirs."""
        if self._fresh:
            self._fresh = False
            self._docks.suit()
        low, narrow = self._is_low(), self._is_narrow()
        if (low, narrow) == (self.low, self._narrow):
            return
        was_narrow, was_low = self._narrow, self.low
        self.low, self._narrow = low, narrow
        if low != was_low:
            self.plots_asked_to_fold.emit(low)
        if narrow != was_narrow:
            self._use_drawer(narrow)
        if not (low or narrow):
            self._give_back()

    def _is_low(self) -> bool:
        return self._page.height() < CANVAS.height() + PLOTS

    def _is_narrow(self) -> bool:
        sides = (self._docks["data"], self._docks["inspector"])
        return self._gives_way or self._page.width() < CANVAS.width() + sum(
            dock.minimumSizeHint().width() for dock in sides
        )

    def size_plots(self, height: int | None) -> None:
        """Let the plots be just so high; None for as high as they were."""
        dock = self._docks["plots"]
        dock.place.setMaximumHeight(NO_LIMIT if height is None else height)
        if height is not None:
            self._plots_height = max(dock.height(), PLOTS)
        else:
            self._page.resizeDocks([dock], [self._plots_height], Qt.Orientation.Vertical)

    def _use_drawer(self, on: bool) -> None:
        dock = self._docks["data"]
        left = self._page.dockWidgetArea(dock) == Qt.DockWidgetArea.LeftDockWidgetArea
        if on and left and not dock.isFloating() and not dock.isHidden():
            self.tab.show()
            dock.hide()
        elif not on and not self.tab.isHidden():
            self.tab.hide()
            dock.show()

    def _give_back(self) -> None:
        """The kept layout, but for panels that were opened or closed in the meantime."""
        closed = {name: dock.isHidden() for name, dock in self._docks.items()}
        self._docks.restore(self._kept)
        for name, dock in self._docks.items():
            dock.setHidden(closed[name])

    # --- remembering ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember every layout that a person makes of the large page."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._later.start()
        return super().eventFilter(watched, event)

    def _moved(self) -> None:
        self._later.start()

    def _remember(self) -> None:
        if self._page.isVisible() and not (self._is_low() or self._is_narrow()):
            self._kept = self._page.saveState()
