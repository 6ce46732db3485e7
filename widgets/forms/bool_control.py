"""The control of a yes-or-no field: a check box that carries its own title."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from playground.fields import FieldDescription
from widgets.forms.both_ways import Others
from widgets.forms.control import Control
from widgets.gesture import new_gesture


class BoolControl(Control):
    """A check box."""

    labelled = False

    def __init__(self, field: FieldDescription, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = QCheckBox(field.title)
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the Space key to the window
        self.box.clicked.connect(lambda checked: self._edit(checked, new_gesture()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addStretch()
        self._use(self.box)

    def others(self) -> Others:
        """The other way."""
        return ((self.tr("Off") if self._value else self.tr("On"), not self._value),)

    def _show(self, value: bool) -> None:
        self.box.setChecked(value)
