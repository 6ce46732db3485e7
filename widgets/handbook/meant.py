"""What a person means who asks for help: the thing that has the keyboard, or lies around it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from playground.value import Kind
from widgets.forms.form import Form
from widgets.forms.kind_control import KindControl

Meant = Kind | type[Kind] | str | None
"""A member of a family, as it is set or as such, or the name of a page of the manual."""


def meant_at(widget: QWidget | None) -> Kind | type[Kind] | None:
    """What a widget, or the nearest around it, chooses or sets; None where that is no member of a family."""
    while widget is not None:
        kind = getattr(widget, "kind", None)
        if isinstance(kind, type) and issubclass(kind, Kind):
            return kind
        found = widget.value if isinstance(widget, Form | KindControl) else None
        if isinstance(found, Kind):
            return found
        widget = widget.parentWidget()
    return None
