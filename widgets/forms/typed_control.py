"""The controls of fields that are typed: what is entered counts on Enter or when the focus leaves."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from playground.fields import FieldDescription
from playground.numbers.reading import Ambiguous, NotANumber, parse_row
from playground.numbers.writing import entry
from playground.text import Text
from widgets.forms.both_ways import pop_up
from widgets.forms.control import Control
from widgets.forms.dice import add_dice
from widgets.forms.local import local_signs, sentence
from widgets.gesture import new_gesture


class TypedLine(QLineEdit):
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
        self.line = TypedLine()
        self.line.editingFinished.connect(self._entered)
        self.line.reverted.connect(self._revert)
        self.line.textEdited.connect(lambda: self.refuse(""))
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.line.customContextMenuRequested.connect(self._open_menu_of_line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self._use(self.line)

    def _open_menu_of_line(self, place: QPoint) -> None:
        """What any line of text offers, and below it what can be tried."""
        menu = self.line.createStandardContextMenu()
        menu.setParent(self, menu.windowFlags())
        menu.addSeparator()
        self.add_trials(menu)
        add_dice(menu, self, self.field.name)
        pop_up(menu, self.line.mapToGlobal(place))

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
        if self._is_as_it_was(self.line.text()):
            self._revert()
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

    def _is_as_it_was(self, text: str) -> bool:
        """Whether the text is that of the present value, whatever it would be read as; the unit may lack."""
        if self._value is None:
            return False
        written, unit = self._write(self._value), self.field.unit
        return text.removesuffix(unit).strip() == written.removesuffix(unit).strip()

    def _settle(self) -> None:
        if not (self._problem and self.line.isModified()):  # what was refused stays, to be mended
            super()._settle()

    def drop(self) -> None:
        """Show the value again in place of what is half typed, or was refused."""
        self.line.setModified(False)
        self._revert()

    def _revert(self) -> None:
        self.refuse("")
        self._settle()


def drop_typed(within: QWidget) -> None:
    """Drop what is half typed in a widget's controls: what it was meant for is gone."""
    for control in within.findChildren(TypedControl):
        control.drop()


class TextControl(TypedControl):
    """A field of plain text."""

    def hint(self, text: str) -> None:
        """Show this while nothing is typed."""
        self.line.setPlaceholderText(text)

    def point_at(self, problem: Text) -> None:
        """Put the cursor where the text cannot be read; that is at its end when the problem does not say."""
        before = self.line.text()[: _place(problem)]
        self.line.setCursorPosition(len(before.encode("utf-16-le", "surrogatepass")) // 2)

    def _write(self, value: str) -> str:
        return value

    def _read(self, text: str) -> str:
        return text


class NumbersControl(TypedControl):
    """A row of numbers, typed with semicolons, or commas and spaces, between them."""

    def _write(self, value: tuple[float, ...]) -> str:
        return ", ".join(map(_written, value))

    def _read(self, text: str) -> tuple[float, ...]:
        known = {_written(number): number for number in self._value or ()}
        try:
            return tuple(parse_row(text, local_signs(), self._whole(), known))
        except (NotANumber, Ambiguous) as problem:
            raise ValueError(f"{self.field.title}: {sentence(problem)}") from None

    def _whole(self) -> bool:
        return all(isinstance(number, int) for number in self.field.default)


def _place(problem: Text) -> int | None:
    """The place of a character that is told in a text, or in one that it is made of."""
    for name, argument in problem.arguments:
        if name == "character" and isinstance(argument, int):
            return argument - 1
        if isinstance(argument, Text) and (place := _place(argument)) is not None:
            return place
    return None


def _written(number: float) -> str:
    return entry(number, places=1)
