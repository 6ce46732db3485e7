"""The row of layers above the canvas, to drag from, double-click or press Enter on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QToolButton, QWidget

from playground.engine.layers import Layer
from widgets import icons
from widgets.canvas.menus import layer_kinds
from widgets.sentences import said
from widgets.theme import current, themes

SPACING = 6


class Chip(QToolButton):
    """One kind of layer.

    Signals:
        dragged: the pointer, held down, is at this point of the screen.
        dropped: it was released there; `cancelled` when Esc was pressed instead.
        chosen: it was double-clicked, or Enter was pressed.
    """

    dragged = Signal(QPointF)
    dropped = Signal()
    cancelled = Signal()
    chosen = Signal()

    def __init__(self, kind: type[Layer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._pressed: QPointF | None = None
        self._dragging = False
        self.setProperty("role", "chip")
        self.setText(said(kind))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(15, 15))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(self.tr("Add {0}").format(said(kind)))
        self.setToolTip(self.tr("{0}\nDrag it into the network, or double-click.").format(said(kind, "help")))
        self.recolour()

    def recolour(self) -> None:
        """Take the colours of the theme being shown."""
        self.setIcon(icons.icon(self.kind.icon, current().accent))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if self._pressed is None:
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragging:
            self.dragged.emit(event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop."""
        dragging = self._dragging
        self._stop()
        if dragging:
            self.dropped.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose this kind."""
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter, call a drag off with Esc, walk with the arrows."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.chosen.emit()
            case Qt.Key.Key_Escape if self._dragging:
                self._stop()
                self.cancelled.emit()
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.focusPreviousChild()
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.focusNextChild()
            case _:
                event.ignore()

    def _stop(self) -> None:
        self._pressed, self._dragging = None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)


class Shelf(QFrame):
    """The chips that do not fit into the row, laid over what is below it.

    It is no menu of Qt's: that would take the pointer, and nothing could be dragged out of it.
    """

    def __init__(self, chips: Sequence[Chip], opener: QWidget, place: QWidget) -> None:
        super().__init__(place)
        self.chips, self._opener = chips, opener
        self.setProperty("role", "panel")
        self.setAutoFillBackground(True)
        self.setAccessibleName(opener.accessibleName())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACING, SPACING, SPACING, SPACING)
        self._grid.setSpacing(SPACING)
        for chip in chips:
            chip.setParent(self)
            chip.dragged.connect(self.lower)
            for ended in (chip.chosen, chip.dropped, chip.cancelled):
                ended.connect(self.put_away)
        self.hide()

    def show_below(self, chips: Sequence[Chip]) -> None:
        """Lay these chips out below the opener, in as many columns as the height demands."""
        place = self.parentWidget()
        corner = self._opener.mapTo(place, self._opener.rect().bottomLeft())
        for chip in self.chips:
            self._grid.removeWidget(chip)
            chip.setVisible(chip in chips)
        room = place.height() - corner.y() - 3 * SPACING
        rows = max(1, room // (chips[0].sizeHint().height() + SPACING))
        for index, chip in enumerate(chips):
            self._grid.addWidget(chip, index % rows, index // rows)
        self.adjustSize()
        left = max(0, min(corner.x(), place.width() - self.width() - SPACING))
        self.move(left, corner.y() + SPACING)
        self.show()
        self.raise_()
        QApplication.instance().installEventFilter(self)
        chips[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def put_away(self) -> None:
        """Hide, and give the keyboard back to the opener if it is here."""
        holds = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if holds:
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look at no more clicks elsewhere."""
        super().hideEvent(event)
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close when something else is pressed."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            inside = watched is self or self.isAncestorOf(watched)
            if not inside and watched is not self._opener:
                self.put_away()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep a press between the chips from going on to what lies below."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)


class Palette(QWidget):
    """A chip for every kind of layer; those that do not fit are on a shelf that opens.

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
        self.chips = [Chip(kind) for kind in layer_kinds()]
        self.more = QToolButton()
        self.more.setProperty("role", "chip")
        self.more.setText(self.tr("More"))
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.more.setIconSize(QSize(12, 12))
        self.more.setToolTip(self.tr("More layers"))
        self.more.setAccessibleName(self.tr("More layers"))
        self.more.clicked.connect(self._open_or_close)
        self.shelf: Shelf | None = None
        """Made when it is first opened."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for chip in self.chips:
            row.addWidget(chip)
            self._connect(chip)
        row.addWidget(self.more)
        row.addStretch(1)
        themes.changed.connect(self._recolour)
        self._recolour()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one chip and the menu."""
        return QSize(self.chips[0].sizeHint().width() + 80, self.chips[0].sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many chips as fit."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        widths = [chip.sizeHint().width() + SPACING for chip in self.chips]
        everything = sum(widths) - SPACING <= self.width()
        space = self.width() - (0 if everything else self.more.sizeHint().width())
        for chip, width in zip(self.chips, widths, strict=True):
            space = space - width if space >= 0 else -1
            chip.setVisible(everything or space >= 0)
        self.more.setVisible(not everything)
        if self.shelf is not None:
            self.shelf.hide()

    def _connect(self, chip: Chip) -> None:
        chip.chosen.connect(partial(self.chosen.emit, chip.kind))
        chip.dragged.connect(partial(self.dragged.emit, chip.kind))
        chip.dropped.connect(self.dropped)
        chip.cancelled.connect(self.cancelled)

    def _open_or_close(self) -> None:
        if self.shelf is None:
            self.shelf = Shelf([Chip(chip.kind) for chip in self.chips], self.more, self.parentWidget())
            for chip in self.shelf.chips:
                self._connect(chip)
        if self.shelf.isVisible():
            self.shelf.put_away()
        else:
            left_over = zip(self.chips, self.shelf.chips, strict=True)
            self.shelf.show_below([twin for chip, twin in left_over if chip.isHidden()])

    def _recolour(self) -> None:
        for chip in [*self.chips, *(self.shelf.chips if self.shelf else ())]:
            chip.recolour()
        self.more.setIcon(icons.icon("down", current().muted))
        self._share_out()
