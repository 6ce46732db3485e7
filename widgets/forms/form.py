"""A form built from the fields of a class, so that whatever can be designed can be edited."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Literal, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from playground.fields import FieldDescription
from playground.value import InvalidValue, Kind, Value
from widgets.forms.bool_control import BoolControl
from widgets.forms.choice_control import ChoiceControl
from widgets.forms.control import Control
from widgets.forms.dice import FieldDice, RowLabel, begin_all
from widgets.forms.fewer_rows import FewerRows
from widgets.forms.kind_control import LABEL_WIDTH, KindControl
from widgets.forms.number_control import NumberControl
from widgets.forms.typed_control import NumbersControl, TextControl, drop_typed
from widgets.gesture import TRIAL
from widgets.sentences import sentence, shown_fields
from widgets.tips import tip

LABEL_GAP = 4

C = TypeVar("C", bound=Control)

_CONTROLS = {
    bool: BoolControl,
    int: NumberControl,
    float: NumberControl,
    str: TextControl,
    tuple: NumbersControl,
    Literal: ChoiceControl,
}


def control_for(
    field: FieldDescription, label_width: int = LABEL_WIDTH, parent: QWidget | None = None
) -> Control:
    """A control for a field; the labels of a kind's own fields are as wide as told.

    Whoever knows where it will be says so: all that is in a widget is styled anew when that moves.

    Raises:
        TypeError: when no control edits such a field.
    """
    if field.members:
        return KindControl(field, _form, parent, label_width)
    if field.paragraphs:
        from widgets.forms.paragraphs_control import ParagraphsControl

        return ParagraphsControl(field, parent)
    if field.type not in _CONTROLS:
        raise TypeError(f"no control edits the field {field.name!r} of type {field.type}")
    return _CONTROLS[field.type](field, parent)


class Form(QWidget):
    """The fields of a class in rows, labels left and controls right.

    A form, like its controls, changes nothing itself: it shows what `set_value` says and asks by `edited`.
    Entries that are refused one by one, but fit together, are asked for together.
    """

    edited = Signal(object, int, str)
    """The whole new value, the gesture it belongs to, and words for the undo menu."""

    def __init__(
        self,
        value_class: type[Value],
        *,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
        label_width: int = LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.value_class = value_class
        self.controls: dict[str, Control] = {}
        self._label_width = label_width
        self._value: Value | None = None
        self._labels: dict[str, RowLabel] = {}
        self._dice: dict[str, FieldDice] = {}
        self._refused: dict[str, Any] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)
        for field in shown_fields(value_class):
            wanted = field.name in only if only is not None else not field.hidden
            if wanted and field.name not in without:
                self._add(field)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.rows = FewerRows(value_class, self.controls, self._labels)
        """Which of them are seen."""

    @property
    def value(self) -> Value | None:
        """What it shows; None before it was given anything."""
        return self._value

    def field(self, name: str) -> QWidget | None:
        """The control of a field, to be pointed at; None where this form has none."""
        return self.controls.get(name)

    def put_away(self) -> None:
        """Go, without a word about what is half typed."""
        drop_typed(self)
        self.hide()
        self.deleteLater()

    def set_value(self, value: Value) -> None:
        """Show a value; only the controls of fields that differ are touched."""
        if value is self._value:
            return
        self._value = value
        for name, control in self.controls.items():
            control.set_value(getattr(value, name))

    def refuse(self, name: str, sentence: str) -> None:
        """Mark the entry of a field as one that cannot be, and say why."""
        self.controls[name].refuse(sentence)

    def hint(self, name: str, text: str) -> None:
        """Show this in a field of text while nothing is typed there."""
        self._control(name, TextControl).hint(text)

    def show_only(self, names: Collection[str] | None) -> None:
        """Show the rows of these fields; None for all."""
        self.rows.show_only(names)

    def give_labels(self, width: int) -> None:
        """Let the labels be at least so wide."""
        self._grid.setColumnMinimumWidth(0, width)

    def allow(self, name: str, why_not: Mapping[type[Kind], str]) -> None:
        """Let only those members of a family be chosen for which no reason is given."""
        self._control(name, KindControl).allow(why_not)

    def put_below(self, name: str, *widgets: QWidget) -> None:
        """Put something below the fields of the member that is chosen for a field."""
        self._control(name, KindControl).put_below(*widgets)

    def _control(self, name: str, kind: type[C]) -> C:
        control = self.controls[name]
        if not isinstance(control, kind):
            raise TypeError(f"the field {name!r} has no {kind.__name__}")
        return control

    def _add(self, field: FieldDescription) -> None:
        control = control_for(field, self._label_width, self)
        control.edited.connect(partial(self._ask, field))
        control.refused.connect(partial(self._forget_refusal, field.name))
        self.controls[field.name] = control
        row = self._grid.rowCount()
        if control.labelled:
            self._labels[field.name] = self._label(field, control)
            self._grid.addWidget(self._labels[field.name], row, 0)
            self._grid.addWidget(control, row, 1)
        else:
            self._grid.addWidget(control, row, 0, 1, 2)
        self._grid.addWidget(_problem_label(control), row + 1, 1)
        self._give_dice(field.name, control)
        if isinstance(control, KindControl):
            self._grid.addWidget(control.below, row + 2, 0, 1, 2)

    def _give_dice(self, name: str, control: Control) -> None:
        label = self._labels.get(name)
        control.dice = self._dice[name] = FieldDice(self, control, label, name)
        if label is not None:
            label.dice = control.dice

    def showEvent(self, event: QShowEvent) -> None:
        """Know which fields vary in a search."""
        super().showEvent(event)
        begin_all(self._dice, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the dice where their rows are now."""
        super().resizeEvent(event)
        self.see_dice()

    def see_dice(self) -> None:
        """See anew which fields vary, as they are those of something else now."""
        for dice in self._dice.values():
            dice.see()

    def _label(self, field: FieldDescription, control: Control) -> RowLabel:
        label = RowLabel(field.title)
        label.setProperty("role", "muted")
        label.setContentsMargins(0, 0, LABEL_GAP, 0)
        label.setToolTip(tip(field.title, field.help))
        label.setBuddy(control.inputs[0])
        label.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        label.customContextMenuRequested.connect(lambda at: control.open_menu(label.mapToGlobal(at)))
        return label

    def _ask(self, field: FieldDescription, new: Any, gesture: int, text: str) -> None:
        if self._value is None:
            return
        try:
            value = self._changed(field.name, new)
        except InvalidValue as error:
            control = self.controls[field.name]
            control.refuse(_sentence(field, error))
            if isinstance(control, TextControl):
                control.point_at(error.text)
            if gesture != TRIAL:
                self._refused[field.name] = new
            return
        if value != self._value:
            self.edited.emit(value, gesture, text)

    def _changed(self, name: str, new: Any) -> Value:
        """The value with one entry changed, or else with all those changed that were refused so far."""
        try:
            return self._value.with_(**{name: new})
        except InvalidValue:
            with suppress(InvalidValue):
                return self._value.with_(**(self._refused | {name: new}))
            raise

    def _forget_refusal(self, name: str, sentence: str) -> None:
        if not sentence:
            self._refused.pop(name, None)


def _form(value_class: type[Value], label_width: int, parent: QWidget) -> Form:
    """The form below the control of a family, for the member that is chosen."""
    return Form(value_class, label_width=label_width, parent=parent)


def _problem_label(control: Control) -> QLabel:
    """The red sentence under a control, there only while an entry is refused."""
    label = QLabel()
    label.setProperty("role", "error")
    label.setWordWrap(True)
    label.hide()
    control.refused.connect(label.setText)
    control.refused.connect(lambda sentence: label.setVisible(bool(sentence)))
    return label


def _sentence(field: FieldDescription, error: InvalidValue) -> str:
    """`rate: must be above 0` as `Learning rate must be above 0`, with the field's title."""
    if not error.faults:
        return sentence(error.text)
    fault = error.faults[0]
    if re.split(r"[.\[]", fault.place)[0] == field.name:
        return f"{field.title}{fault.place.removeprefix(field.name)} {sentence(fault.text)}"
    return f"{fault.place}: {sentence(fault.text)}" if fault.place else sentence(fault.text)
