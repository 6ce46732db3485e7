"""Which rows of a form are seen: those that have an effect, for beginners those that they need."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtWidgets import QWidget

from playground.fields import basic_fields
from playground.value import Value
from widgets.forms.control import Control
from widgets.forms.kind_control import KindControl

Names = Collection[str]


class FewerRows:
    """Shows and hides the rows of a form, label and control together."""

    def __init__(
        self, value_class: type[Value], controls: Mapping[str, Control], labels: Mapping[str, QWidget]
    ) -> None:
        self._value_class, self._controls, self._labels = value_class, controls, labels
        self._left_out: Names = ()
        self._only: Names | None = None
        self._kept: Names | None = None

    @property
    def has_more(self) -> bool:
        """Whether there is anything that beginners are not shown."""
        basic = basic_fields(self._value_class)
        return any(name not in basic for name in self._controls)

    def leave_out(self, names: Names) -> None:
        """Hide the rows of these fields, which have no effect."""
        self._left_out = names
        self._see()

    def simplify(self, kept: Names | None) -> None:
        """Show what is for beginners alone, and the fields that are `kept`; None for all rows."""
        self._kept = kept
        self.show_only(None if kept is None else basic_fields(self._value_class) | frozenset(kept))

    def show_only(self, names: Names | None) -> None:
        """Show the rows of these fields; None for all."""
        self._only = names
        self._see()

    def _see(self) -> None:
        only, kept = self._only, self._kept
        for name, control in self._controls.items():
            plain = only is None or name in only
            for widget in filter(None, (self._labels.get(name), control)):
                widget.setVisible(plain and name not in self._left_out)
            if isinstance(control, KindControl):
                control.simplify(None if kept is not None and name in kept else kept, alone=not plain)
