"""The row of layers above the canvas, to drag from, double-click or press Enter on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QToolButton, QWidget

from playground.engine.layers import Layer
from widgets import icons
from widgets.canvas.menus import layer_kinds
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
        self.setText(kind.title)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(15, 15))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(self.tr("Add {0}").format(kind.title))
        self.setToolTip(self.tr("{0}\nDrag it into the network, or double-click.").format(kind.sentence()))
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
            case Qt.Key.Key_Left:
                self.focusPreviousChild()
            case Qt.Key.Key_Right:
                self.focusNextChild()
            case _:
                event.ignore()

    def _stop(self) -> None:
        self._pressed, self._dragging = None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)


class Palette(QWidget):
    """A chip for every kind of layer; those that do not fit are in a menu.

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
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setToolTip(self.tr("More layers"))
        self.more.setAccessibleName(self.tr("More layers"))
        self.more.setMenu(QMenu(self.more))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for chip in self.chips:
            row.addWidget(chip)
            chip.chosen.connect(partial(self.chosen.emit, chip.kind))
            chip.dragged.connect(partial(self.dragged.emit, chip.kind))
            chip.dropped.connect(self.dropped)
            chip.cancelled.connect(self.cancelled)
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
        menu = self.more.menu()
        menu.clear()
        for chip, width in zip(self.chips, widths, strict=True):
            space -= width
            fits = everything or space >= 0
            chip.setVisible(fits)
            if not fits:
                space = -1
                menu.addAction(chip.icon(), chip.kind.title, partial(self.chosen.emit, chip.kind))
        self.more.setVisible(not everything)

    def _recolour(self) -> None:
        for chip in self.chips:
            chip.recolour()
        self.more.setIcon(icons.icon("down", current().muted))
        self._share_out()
