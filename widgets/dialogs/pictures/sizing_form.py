"""The form of how pictures are brought to one size: its fields beside one another."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.data.pictures.sizing import Sizing
from playground.value import InvalidValue
from widgets.forms import Control, control_for
from widgets.labels import label
from widgets.sentences import sentence, shown_fields


class SizingForm(QWidget):
    """Asks for another sizing as soon as a field is changed.

    Signals:
        edited: the sizing that is asked for.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizing = Sizing()
        self.controls: dict[str, Control] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for field in shown_fields(Sizing):
            control = self.controls[field.name] = control_for(field)
            control.edited.connect(lambda value, *_, name=field.name: self._edit(name, value))
            title = label(field.title, "muted")
            title.setBuddy(control.inputs[0])
            row.addWidget(title)
            row.addWidget(control, 1)

    def show_sizing(self, shown: Sizing) -> None:
        """Show how they are taken."""
        self._sizing = shown
        for name, control in self.controls.items():
            control.set_value(getattr(shown, name))

    def _edit(self, name: str, value: Any) -> None:
        try:
            wanted = self._sizing.with_(**{name: value})
        except InvalidValue as problem:
            control = self.controls[name]
            control.refuse(sentence(problem.text))
            return
        self.show_sizing(wanted)
        self.edited.emit(wanted)
