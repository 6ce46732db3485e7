"""The menu of a control that lets another value of its field be tried beside the present one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from playground.fields import FieldDescription, beyond

MARK = "tries_beside"
"""The property of a widget whose edits, with the gesture `TRIAL`, are tried beside what there is."""

FACTORS = (3, 10)
AT_ONCE = 3
"""So many other values may be tried at once."""

Others = Sequence[tuple[str, Any]]
"""Other values of a field, and what people call them."""


Attempt = Callable[[Any], object]


def tries(control: QWidget) -> bool:
    """Whether other values of this control can be tried."""
    place: QWidget | None = control
    while place is not None and not place.property(MARK):
        place = place.parentWidget()
    return place is not None


def multiples(field: FieldDescription, value: float, write: Callable[[float], str]) -> Others:
    """A number times and through the factors, where its field allows that."""
    found: dict[float, str] = {}
    for factor in FACTORS:
        for sign, number in (("×", value * factor), ("÷", value / factor)):
            if field.type is int:
                number = round(number)
            if number != value and number not in found and beyond(field, number) is None:
                found[number] = f"{sign} {factor}\t{write(number)}"
    return [(title, number) for number, title in found.items()]


def add_trials(menu: QMenu, others: Others, attempt: Attempt, typed: Attempt | None = None) -> None:
    """Add a list of other values, one of which `attempt` is given; `typed` gets a text that is entered."""
    inner = menu.addMenu(_tr("Try it both ways"))
    for title, value in others:
        inner.addAction(title).triggered.connect(partial(_call, attempt, value))
    if 1 < len(others) <= AT_ONCE:
        inner.addSeparator()
        inner.addAction(_tr("All of them")).triggered.connect(
            partial(_call_all, attempt, [value for _, value in others])
        )
    if typed is not None:
        inner.addSeparator()
        inner.addAction(_tr("Another value…")).triggered.connect(partial(_ask, menu.parentWidget(), typed))
    inner.setEnabled(bool(inner.actions()))


def pop_up(menu: QMenu, at: QPoint) -> None:
    """Open a menu at a point of the screen; it goes after use."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)


def _call(attempt: Attempt, value: Any, checked: bool = False) -> None:
    attempt(value)


def _call_all(attempt: Attempt, values: Sequence[Any], checked: bool = False) -> None:
    for value in values:
        attempt(value)


def _ask(parent: QWidget, typed: Attempt, checked: bool = False) -> None:
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(_tr("Try it both ways"))
    dialog.setLabelText(_tr("Another value"))
    dialog.textValueSelected.connect(typed)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _tr(text: str) -> str:
    return QCoreApplication.translate("BothWays", text)
