"""The control of a field with a few fixed choices: a combo box."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.fields import FieldDescription
from playground.numbers.writing import entry
from widgets.forms.both_ways import Others
from widgets.forms.control import Combo, Control
from widgets.gesture import new_gesture


class ChoiceControl(Control):
    """A combo box of the values of a `Literal`."""

    def __init__(self, field: FieldDescription, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.combo = Combo()
        self.combo.addItems([choice_title(field, choice) for choice in field.choices])
        self.combo.setCurrentIndex(-1)
        self.combo.activated.connect(self._chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.combo)
        self._use(self.combo)

    def others(self) -> Others:
        """The other choices."""
        choices = (choice for choice in self.field.choices if choice != self._value)
        return [(choice_title(self.field, choice), choice) for choice in choices]

    def _show(self, value: Any) -> None:
        self.combo.setCurrentIndex(self.field.choices.index(value))

    def _chosen(self, index: int) -> None:
        if (choice := self.field.choices[index]) != self._value:
            self._edit(choice, new_gesture())


def choice_title(field: FieldDescription, choice: Any) -> str:
    """How people read a choice: by its title; numbers as numbers."""
    return field.titles[choice] if choice in field.titles else entry(choice)
