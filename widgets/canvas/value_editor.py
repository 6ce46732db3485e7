"""The small fields in which a weight, a bias or a name is typed, right where it is."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from playground.numbers.reading import Ambiguous, NotANumber, parse_number
from playground.numbers.writing import entry, figures
from widgets.canvas.info import weight_of
from widgets.canvas.manners import MANNERS, words
from widgets.canvas.parts import Role, Target
from widgets.canvas.state import ViewState

FIELD_HEIGHT = 28


class InPlaceEditor(QLineEdit):
    """A field over the canvas: Enter or a click elsewhere takes the text, Esc leaves everything as it was.

    Signals:
        entered: the text that was taken.
        left: why a text that cannot be taken was left behind.
    """

    entered = Signal(str)
    left = Signal(str)

    def __init__(self, text: str, area: QRect, name: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._before = text
        self._done = False
        self._problem = QLabel(parent)
        self._problem.setProperty("role", "refusal")
        self._problem.hide()
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setGeometry(area)
        self.editingFinished.connect(self._take)
        self.textEdited.connect(lambda: self._refuse(""))
        self.selectAll()
        self.show()
        self.setFocus()

    def refusal(self, text: str) -> str:
        """Why the text cannot be taken; empty when it can."""
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc, as if nothing had been typed; no key goes on to the canvas."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)
        event.accept()  # the line leaves Enter to its parent, which would open the field again

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the text, also one that was refused on Enter and is left as it is."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._take()

    def _take(self) -> None:
        if self._done:
            return
        text = self.text()
        if text != self._before and (sentence := self.refusal(text)):
            self._refuse(sentence)
            if not self.hasFocus():
                self.left.emit(sentence)
                self.put_away()
            return
        self.put_away()
        if text != self._before:
            self.entered.emit(text)

    def _refuse(self, sentence: str) -> None:
        """Mark the field and say why below it; an empty sentence takes both away."""
        self.setProperty("refused", bool(sentence))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleDescription(sentence)
        self._problem.setText(sentence)
        self._problem.adjustSize()
        below = QRect(self.geometry().bottomLeft() + QPoint(0, 4), self._problem.size())
        self._problem.setGeometry(held_inside(below, self.parentWidget().rect()))
        self._problem.setVisible(bool(sentence))

    def put_away(self) -> None:
        """Close without effect."""
        self._done = True
        self._problem.hide()
        self._problem.deleteLater()
        if self.hasFocus():  # else it is where the person clicked
            self.parentWidget().setFocus()
        self.hide()
        self.deleteLater()


class ValueEditor(InPlaceEditor):
    """The field for a number."""

    def __init__(self, value: float, at: QPoint, name: str, precision: str, parent: QWidget) -> None:
        self._limits = np.finfo(precision)
        area = QRect(0, 0, 84, FIELD_HEIGHT)
        area.moveCenter(at)
        super().__init__(figures(value, 3), held_inside(area, parent.rect()), name, parent)

    def refusal(self, text: str) -> str:
        from widgets.forms.local import sentence as sentence_on

        try:
            number = typed_number(text)
        except (NotANumber, Ambiguous) as problem:
            return sentence_on(problem)
        largest, least = float(self._limits.max), float(self._limits.smallest_subnormal)
        if abs(number) > largest:
            words = self.tr("The largest possible number is {bound}, in {precision}")
            return words.format(bound=entry(largest), precision=self._limits.dtype)
        if 0 < abs(number) < least:
            words = self.tr("Too close to 0; the least possible number is {bound}, in {precision}")
            return words.format(bound=entry(least), precision=self._limits.dtype)
        return ""


def typed_number(text: str) -> float:
    """The number that was typed; infinite when nothing can hold it."""
    from widgets.forms.local import local_signs  # when a number is typed

    return float(parse_number(text, signs=local_signs()))


def held_inside(area: QRect, bounds: QRect) -> QRect:
    """The area, moved so far that it lies inside the bounds."""
    moved = QRect(area)
    moved.moveRight(min(moved.right(), bounds.right() - 4))
    moved.moveBottom(min(moved.bottom(), bounds.bottom() - 4))
    moved.moveLeft(max(moved.left(), bounds.left() + 4))
    moved.moveTop(max(moved.top(), bounds.top() + 4))
    return moved


def value_editor(parent: QWidget, state: ViewState, target: Target) -> ValueEditor | None:
    """A field for the weight of an edge, or for a bias, at the pointer; None where there is none."""
    value = weight_of(state.layer(target.layer_id), target.unit, target.source)
    if value is None:
        return None
    name = words(MANNERS[target.role].name)
    return ValueEditor(value, state.pointer.toPoint(), name, state.experiment.precision, parent)


def name_editor(parent: QWidget, state: ViewState, layer_id: str) -> InPlaceEditor | None:
    """A field for the name of a layer, over its title; None for the inputs."""
    card = state.scene.card(layer_id)
    if card is None or card.layer is None:
        return None
    area = QRect(0, 0, max(round(card.rect.width() * state.camera.zoom), 120), FIELD_HEIGHT)
    title = QPointF(card.rect.center().x(), card.rect.top() + 18)
    area.moveCenter(state.camera.to_screen(title).toPoint())
    return InPlaceEditor(card.title, held_inside(area, parent.rect()), words(MANNERS[Role.NAME].name), parent)
