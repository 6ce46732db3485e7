"""What several panels need of fields: finding one, telling which changed, putting them in rows."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from playground.value import Value
from widgets.forms import Control
from widgets.forms.dice import FieldDice, RowLabel, begin_all
from widgets.forms.form import LABEL_GAP
from widgets.labels import label, show_or_hide
from widgets.tips import tip


def changes(before: Value, after: Value) -> dict[str, object]:
    """The fields, with their new values, in which a value differs from another of its class."""
    names = type(before).model_fields
    return {name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)}


class FieldRow(QWidget):
    """A control in a row like those of a form: its label at the left, its refusal below."""

    def __init__(self, control: Control, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = RowLabel(control.field.title)
        title.setProperty("role", "muted")
        control.dice = title.dice = self.dice = FieldDice(self, control, title, control.field.name)
        title.setBuddy(control.inputs[0])
        title.setContentsMargins(0, 0, LABEL_GAP, 0)
        title.setToolTip(tip(control.field.title, control.field.help))
        problem = label(role="error", wraps=True)
        problem.hide()
        control.refused.connect(lambda sentence: show_or_hide(problem, sentence))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, label_width)
        grid.setColumnStretch(1, 1)
        grid.addWidget(title, 0, 0)
        grid.addWidget(control, 0, 1)
        grid.addWidget(problem, 1, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Know whether the field varies in a search."""
        super().showEvent(event)
        begin_all({"": self.dice}, self)
