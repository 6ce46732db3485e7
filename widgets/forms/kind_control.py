"""The control of a field that holds one of a family: which member, and below it the member's own fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.fields import FieldDescription, describe
from playground.value import Kind
from widgets import theme
from widgets.forms.both_ways import Others
from widgets.forms.control import Combo, Control
from widgets.forms.dice import FIELD
from widgets.forms.switch import switch
from widgets.gesture import new_gesture
from widgets.sentences import said
from widgets.tips import tip

LABEL_WIDTH = 104
INDENT = 12


class Fields(Protocol):
    """A widget with the fields of a class, which asks for another value by `edited`."""

    value_class: type[Kind]
    controls: Mapping[str, Control]
    edited: SignalInstance

    def inputs(self) -> list[QWidget]:
        """Everything that takes the keyboard focus, in order."""

    def set_value(self, value: Kind) -> None:
        """Show a value."""

    def show_only(self, names: Collection[str] | None) -> None:
        """Show the rows of these fields; None for all."""

    def give_labels(self, width: int) -> None:
        """Let the labels be at least so wide."""

    def put_away(self) -> None:
        """Go, without a word about what is half typed."""


class KindControl(Control):
    """A combo box of the members; `below` holds the form of the chosen one, which is made as told."""

    def __init__(
        self,
        field: FieldDescription,
        make_form: Callable[[type[Kind], int, QWidget], Fields],
        parent: QWidget | None = None,
        label_width: int = LABEL_WIDTH,
    ) -> None:
        super().__init__(field, parent)
        self._make_form, self._label_width = make_form, label_width
        self.form: Fields | None = None
        self.combo = Combo(self)
        self._why_not: Mapping[type[Kind], str] = {}
        self._kept: Collection[str] | None = None
        self._indent = INDENT
        self.combo.addItems([said(member) or member.__name__ for member in field.members])
        self.combo.setCurrentIndex(-1)
        self.combo.opening.connect(self._explain_members)
        self.combo.activated.connect(self._chosen)
        self.below = QWidget(parent)
        self.below.setProperty(FIELD, field.name)
        self.below.hide()
        QVBoxLayout(self.below).setContentsMargins(INDENT, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.combo)
        layout.addWidget(self.below)
        self._use(self.combo)

    def allow(self, why_not: Mapping[type[Kind], str]) -> None:
        """Let only those members be chosen for which no reason is given; the others say theirs."""
        self._why_not, shown = why_not, theme.current()
        for index, member in enumerate(self.field.members):
            why = why_not.get(member, "")
            item = self.combo.model().item(index)
            item.setEnabled(not why)
            item.setForeground(QColor(shown.disabled if why else shown.text))

    def _explain_members(self) -> None:
        for index, member in enumerate(self.field.members):
            words = tip(said(member, "help"), self._why_not.get(member, ""))
            self.combo.setItemData(index, words, Qt.ItemDataRole.ToolTipRole)

    def put_below(self, *widgets: QWidget) -> None:
        """Put something below the fields of the chosen member."""
        for widget in widgets:
            self.below.layout().addWidget(widget)

    def simplify(self, kept: Collection[str] | None, alone: bool) -> None:
        """Show of the member's fields what is for beginners alone, and those that are `kept`; None for all.

        `alone` they stand without the box above them, and as the other rows do.
        """
        self._kept, self._indent = kept, 0 if alone else INDENT
        self._see_fields()

    def _see_fields(self) -> None:
        if self.form is None:
            return
        names = None if self._kept is None else _marked(self.form.value_class) | frozenset(self._kept)
        self.form.show_only(names)
        self.form.give_labels(self._label_width - self._indent)
        self.below.layout().setContentsMargins(self._indent, 0, 0, 0)
        self.below.setVisible(
            bool(self.form.controls if names is None else names & self.form.controls.keys())
        )

    def holds(self, widget: QWidget) -> bool:
        """Whether a widget is its box or in the form below."""
        return self.isAncestorOf(widget) or self.below.isAncestorOf(widget)

    def others(self) -> Others:
        """The other members that may be chosen, with what is set now as far as it suits them."""
        members = (
            member
            for member in self.field.members
            if member is not type(self._value) and not self._why_not.get(member)
        )
        return [(said(member) or member.__name__, switch(self._value, member)) for member in members]

    def _show(self, value: Kind) -> None:
        self.combo.setCurrentIndex(self.field.members.index(type(value)))
        if self.form is None or self.form.value_class is not type(value):
            self._build_form(type(value))
            self.setToolTip(self._help())
        self.form.set_value(value)

    def _help(self) -> str:
        return tip(self.field.help, said(type(self._value), "help"))

    def _build_form(self, member: type[Kind]) -> None:
        if self.form is not None:
            self.form.put_away()
        self.form = self._make_form(member, self._label_width - INDENT, self.below)
        self.form.edited.connect(self._edit)
        self.below.layout().insertWidget(0, self.form)
        self._see_fields()

    def _chosen(self, index: int) -> None:
        member = self.field.members[index]
        if type(self._value) is not member:
            value = member() if self._value is None else switch(self._value, member)
            self._edit(value, new_gesture())


def _marked(member: type[Kind]) -> frozenset[str]:
    """The fields of a member that are for beginners."""
    return frozenset(field.name for field in describe(member) if field.basic)
