"""The controls of fields that are typed: what is entered counts on Enter or when the focus leaves."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from playground.value import FieldDescription
from playground.words import shortened
from widgets.forms.control import Control
from widgets.forms.numbers import format_number, parse_number
from widgets.gesture import new_gesture


class Line(QLineEdit):
    """A line edit in which Escape takes back what was typed."""

    reverted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back on Escape; an unchanged line leaves the key to the window."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.reverted.emit()
        else:
            super().keyPressEvent(event)


class TypedControl(Control):
    """A line of text that stands for a value; subclasses say how to read and write it."""

    def __init__(self, field: FieldDescription, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = Line()
        self.line.editingFinished.connect(self._entered)
        self.line.reverted.connect(self._revert)
        self.line.textEdited.connect(lambda: self.refuse(""))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self._use(self.line)

    def _write(self, value: Any) -> str:
        """A value as text."""
        raise NotImplementedError

    def _read(self, text: str) -> Any:
        """The value of a text; raises ValueError with a sentence when there is none."""
        raise NotImplementedError

    def _show(self, value: Any) -> None:
        text = self._write(value)
        if text != self.line.text():
            self.line.setText(text)
            self.line.home(False)
        self.line.setModified(False)

    def _entered(self) -> None:
        if not self.line.isModified():
            return
        try:
            value = self._read(self.line.text())
        except ValueError as error:
            self.refuse(str(error))
            return
        if value == self._value:
            self._revert()
        else:
            self._edit(value, new_gesture())

    def _settle(self) -> None:
        if not (self._problem and self.line.isModified()):  # what was refused stays, to be mended
            super()._settle()

    def _revert(self) -> None:
        self.refuse("")
        self._settle()


class TextControl(TypedControl):
    """A field of plain text."""

    def _write(self, value: str) -> str:
        return value

    def _read(self, text: str) -> str:
        return text


class NumbersControl(TypedControl):
    """A row of numbers, typed with commas or semicolons between them."""

    def _write(self, value: tuple[float, ...]) -> str:
        return ", ".join(format_number(number, places=1) for number in value)

    def _read(self, text: str) -> tuple[float, ...]:
        entries = [entry for entry in text.replace(";", ",").split(",") if entry.strip()]
        return tuple(self._number(entry.strip()) for entry in entries)

    def _number(self, entry: str) -> float:
        try:
            return parse_number(entry)
        except ValueError:
            sentence = self.tr("{field}: “{entry}” is not a number")
            raise ValueError(sentence.format(field=self.field.title, entry=shortened(entry))) from None
