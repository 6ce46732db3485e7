"""The small fields in which a weight, a bias or a name is typed, right where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from widgets.canvas.info import weight_of
from widgets.canvas.values import short
from widgets.forms.numbers import parse_number

if TYPE_CHECKING:
    from widgets.canvas.view import NetworkView

FIELD_HEIGHT = 28


class InPlaceEditor(QLineEdit):
    """A field over the canvas: Enter or a click elsewhere takes the text, Esc leaves everything as it was.

    It closes without effect as well when the document changes: what it is about may be gone.
    """

    entered = Signal(str)

    def __init__(self, text: str, area: QRect, name: str, view: NetworkView) -> None:
        super().__init__(text, view)
        self._before = text
        self._done = False
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setGeometry(area)
        self.editingFinished.connect(self._take)
        view.document.changed.connect(self._close)
        self.selectAll()
        self.show()
        self.setFocus()

    def accepts(self, text: str) -> bool:
        """Whether the text can be taken."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc, as if nothing had been typed; no key goes on to the canvas."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)
        event.accept()  # the line leaves Enter to its parent, which would open the field again

    def _take(self) -> None:
        if self._done:
            return
        text = self.text()
        if text != self._before and not self.accepts(text):
            self.setProperty("refused", True)
            self.style().unpolish(self)
            self.style().polish(self)
            if not self.hasFocus():
                self._close()
            return
        self._close()
        if text != self._before:
            self.entered.emit(text)

    def _close(self) -> None:
        self._done = True
        if self.hasFocus():  # else it is where the person clicked
            self.parentWidget().setFocus()
        self.hide()
        self.deleteLater()


class ValueEditor(InPlaceEditor):
    """The field for a number."""

    def __init__(self, value: float, at: QPoint, name: str, view: NetworkView) -> None:
        area = QRect(0, 0, 84, FIELD_HEIGHT)
        area.moveCenter(at)
        super().__init__(short(value), held_inside(area, view.rect()), name, view)

    def accepts(self, text: str) -> bool:
        try:
            parse_number(text)
        except ValueError:
            return False
        return True


def held_inside(area: QRect, bounds: QRect) -> QRect:
    """The area, moved so far that it lies inside the bounds."""
    moved = QRect(area)
    moved.moveRight(min(moved.right(), bounds.right() - 4))
    moved.moveBottom(min(moved.bottom(), bounds.bottom() - 4))
    moved.moveLeft(max(moved.left(), bounds.left() + 4))
    moved.moveTop(max(moved.top(), bounds.top() + 4))
    return moved


def edit_value(view: NetworkView, layer_id: str, unit: int, source: int, at: QPointF) -> None:
    """Let the weight of an edge be typed, or with source −1 a bias."""
    layer = view.snapshot.layers.get(layer_id) if view.snapshot else None
    value = weight_of(layer, unit, source)
    if value is None:
        return
    name = view.tr("Bias") if source < 0 else view.tr("Weight")
    editor = ValueEditor(value, at.toPoint(), name, view)
    editor.entered.connect(
        lambda text: view.weight_edited.emit(layer_id, unit, source, float(parse_number(text)))
    )


def edit_name(view: NetworkView, layer_id: str) -> None:
    """Let the name of a layer be typed, over its title."""
    card = view.scene.card(layer_id)
    if card is None or card.layer is None:
        return
    area = QRect(0, 0, max(round(card.rect.width() * view.camera.zoom), 120), FIELD_HEIGHT)
    title = QPointF(card.rect.center().x(), card.rect.top() + 18)
    area.moveCenter(view.camera.to_screen(title).toPoint())
    editor = InPlaceEditor(card.title, held_inside(area, view.rect()), view.tr("Name"), view)
    editor.entered.connect(lambda text: view.commands.rename(layer_id, text))
