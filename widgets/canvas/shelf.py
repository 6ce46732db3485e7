"""The shelf: every kind of layer in groups by what it reads, to be found by typing or by looking."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from widgets.canvas.chip import Chip
from widgets.labels import label

SPACING, MARGIN, HEADING = 6, 10, 20
WIDEST = 560

Group = tuple[str, Sequence[Chip]]
"""A title, and the chips below it."""


class Shelf(QFrame):
    """The chips of all kinds, laid over what is below the row.

    It is no menu of Qt's: that would take the pointer, and nothing could be dragged out of it.
    """

    def __init__(self, groups: Sequence[Group], opener: QWidget, place: QWidget) -> None:
        super().__init__(place)
        self._opener = opener
        self.chips = [chip for _, chips in groups for chip in chips]
        self.setProperty("role", "panel")
        self.setAutoFillBackground(True)
        self.setAccessibleName(opener.accessibleName())
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Find a layer"))
        self.line.setAccessibleName(self.tr("Find a layer"))
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._find)
        self.line.returnPressed.connect(self._choose_first)
        self.groups = Groups(groups)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.groups)
        for ground in (self._area.viewport(), self.groups):
            ground.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addWidget(self.line)
        column.addWidget(self._area)
        for chip in self.chips:
            chip.dragged.connect(self.lower)
            chip.walked_to.connect(self._area.ensureWidgetVisible)
            for ended in (chip.chosen, chip.dropped, chip.cancelled):
                ended.connect(self.put_away)
        self.hide()

    def open(self) -> None:
        """Show all kinds below the opener."""
        place = self.parentWidget()
        corner = self._opener.mapTo(place, self._opener.rect().bottomRight())
        self.line.clear()
        width = min(place.width() - 2 * SPACING, WIDEST)
        bar = self._area.verticalScrollBar().sizeHint().width()
        inside = self.groups.height_for(width - 2 * MARGIN - bar)
        needed = inside + self.line.sizeHint().height() + SPACING + 2 * MARGIN + 4
        self.resize(width, min(needed, place.height() - corner.y() - 3 * SPACING))
        left = min(corner.x() - width, place.width() - width - SPACING)
        self.move(max(left, SPACING), corner.y() + SPACING)
        self.show()
        self.raise_()
        QApplication.instance().installEventFilter(self)
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def put_away(self) -> None:
        """Hide, and give the keyboard back to the opener if it is here."""
        holds = self.isAncestorOf(QApplication.focusWidget() or self)
        self.hide()
        if holds:
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)

    def _find(self, text: str) -> None:
        """Show the kinds whose names, or titles, have these words in them."""
        self.groups.show_those(text.casefold().split())

    def _choose_first(self) -> None:
        if (found := self.groups.shown()) and self.line.text().strip():
            found[0].chosen.emit()

    # --- events ---

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
        """Close with Esc, and go from the line to the chips with ↓."""
        found = self.groups.shown()
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() == Qt.Key.Key_Down and self.line.hasFocus() and found:
            found[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class Groups(QWidget):
    """Chips below titles, in as many lines as the width demands."""

    def __init__(self, groups: Sequence[Group]) -> None:
        super().__init__()
        self.groups: list[tuple[QLabel, Sequence[Chip]]] = []
        for title, chips in groups:
            heading = label(title, role="caption")
            heading.setParent(self)
            for chip in chips:
                chip.setParent(self)
            self.groups.append((heading, chips))

    def shown(self) -> list[Chip]:
        """The chips that are to be seen, in their order."""
        return [chip for _, chips in self.groups for chip in chips if not chip.isHidden()]

    def show_those(self, words: Sequence[str]) -> None:
        """Show the chips that have all of these words, and the titles above any."""
        for heading, chips in self.groups:
            for chip in chips:
                told = f"{chip.text()} {heading.text()}".casefold()
                chip.setVisible(all(word in told for word in words))
            heading.setVisible(any(not chip.isHidden() for chip in chips))
        self._arrange(self.width())

    def height_for(self, width: int) -> int:
        """How high all of it is at a width."""
        return self._arrange(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width there is."""
        super().resizeEvent(event)
        self._arrange(self.width())

    def _arrange(self, width: int) -> int:
        at = QPoint(0, 0)
        for heading, chips in self.groups:
            if heading.isHidden():
                continue
            heading.setGeometry(0, at.y(), width, HEADING)
            at = QPoint(0, at.y() + HEADING + 2)
            line = 0
            for chip in (chip for chip in chips if not chip.isHidden()):
                size = chip.sizeHint()
                if at.x() and at.x() + size.width() > width:
                    at = QPoint(0, at.y() + line + SPACING)
                chip.setGeometry(at.x(), at.y(), min(size.width(), width), size.height())
                at, line = QPoint(at.x() + size.width() + SPACING, at.y()), size.height()
            at = QPoint(0, at.y() + line + SPACING + 4)
        self.setMinimumHeight(at.y())
        return at.y()
