"""The control of the split into training and test samples, written as shares: 70:30."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from playground.data import Data
from playground.numbers.writing import plain
from widgets.forms import NumberControl
from widgets.sentences import shown_field


class SplitControl(NumberControl):
    """The share of the training samples in percent; 70, 70:30 and 7:3 may all be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("SplitControl", "Train : test")
        super().__init__(replace(shown_field(Data, "train_percent"), title=title, unit=""), parent)

        self._validation = 0

    def show_split(self, train: float, validation: int) -> None:
        """Show the share of the training samples beside what validation leaves to the test."""
        if validation != self._validation:
            self._validation, self._value = validation, None
        self.set_value(train)

    def _write(self, value: float) -> str:
        return f"{plain(value)}:{plain(100 - value - self._validation)}"

    def _read(self, text: str) -> float:
        train, colon, test = text.replace("%", "").partition(":")
        if not colon:
            return super()._read(train)
        part, rest, shared = super()._read(train), self._rest(test), 100 - self._validation
        return part if part + rest == shared else round(shared * part / (part + rest))

    def _rest(self, text: str) -> float:
        """The other part, which may be 0: then nothing is left to test on."""
        return 0.0 if text.strip() == "0" else super()._read(text)
