"""The form of how a table is written: the fields of a reading, those that a source has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from playground.data.tables import reading
from playground.data.tables.reading import DELIMITERS, ENCODINGS, Reading
from playground.fields import FieldDescription
from playground.value import InvalidValue
from widgets.forms import Control, control_for
from widgets.sentences import sentence, shown_field

BETWEEN = "; "
"""Between the texts that mean a missing value."""


class ReadingForm(QWidget):
    """Asks for another reading as soon as a field is changed.

    Signals:
        edited: the reading that is asked for.
    """

    edited = Signal(object)

    def __init__(self, source: Path | str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._reading = Reading()
        self.controls: dict[str, Control] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)

    def show_reading(self, shown: Reading, sheets: tuple[str, ...] = ()) -> None:
        """Show how it is read; the controls are made when it is first known."""
        self._reading = shown
        if not self.controls:
            self._build(sheets)
        for name, control in self.controls.items():
            value = getattr(shown, name)
            control.set_value(BETWEEN.join(filter(None, value)) if name == "missing" else value)

    def _build(self, sheets: tuple[str, ...]) -> None:
        for place, field in enumerate(_fields(self._source, self._reading, sheets)):
            control = control_for(field)
            control.edited.connect(lambda value, *_, name=field.name: self._edit(name, value))
            row, column = divmod(place, 3)
            if control.labelled:
                title = QLabel(field.title)
                title.setProperty("role", "muted")
                title.setBuddy(control.inputs[0])
                self._grid.addWidget(title, row, 2 * column)
            self._grid.addWidget(control, row, 2 * column + 1)
            self._grid.setColumnStretch(2 * column + 1, 1)
            self.controls[field.name] = control

    def _edit(self, name: str, value: Any) -> None:
        if name == "missing":
            value = tuple(dict.fromkeys(["", *(part.strip() for part in value.split(";"))]))
        try:
            wanted = self._reading.with_(**{name: value})
        except InvalidValue as problem:
            control = self.controls[name]
            control.refuse(sentence(problem.text))
            return
        self.show_reading(wanted)
        self.edited.emit(wanted)


def _fields(source: Path | str, shown: Reading, sheets: tuple[str, ...]) -> list[FieldDescription]:
    """The fields that matter for a source, with what can be chosen."""
    text = reading.is_text(source)
    names = ["delimiter", "decimal", "encoding", "above", "header", "missing"] if text else []
    if text and isinstance(source, str):
        names.remove("encoding")
    if sheets:
        names = ["sheet", "decimal", "above", "header", "missing"]
    choices = {
        "delimiter": (_with(DELIMITERS, shown.delimiter), _delimiter_titles()),
        "encoding": (_with(ENCODINGS, shown.encoding), {}),
        "sheet": (sheets, {}),
    }
    return [_chosen(shown_field(Reading, name), *choices.get(name, ((), {}))) for name in names]


def _chosen(field: FieldDescription, choices: tuple[str, ...], titles: Mapping[str, str]) -> FieldDescription:
    """A field of text as one of a few choices; one of several texts as one text."""
    if choices:
        named = {choice: titles.get(choice, choice) for choice in choices}
        return replace(field, type=Literal, choices=choices, titles=named)
    return replace(field, type=str) if field.type is tuple else field


def _with(usual: tuple[str, ...], value: str) -> tuple[str, ...]:
    return usual if value in usual else (*usual, value)


def _delimiter_titles() -> dict[str, str]:
    return {
        ",": _tr("Comma ,"),
        ";": _tr("Semicolon ;"),
        "\t": _tr("Tab"),
        "|": _tr("Bar |"),
        " ": _tr("Space"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReadingForm", text)
