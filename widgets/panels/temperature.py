"""The slider of the temperature at which a network writes on by itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.fields import FieldDescription
from playground.training.snapshot import TEMPERATURE
from widgets.forms import control_for
from widgets.panels.fields import FieldRow


class TemperatureRow(QWidget):
    """Its name, and the slider.

    Signals:
        chosen: another temperature.
    """

    chosen = Signal(float)

    def __init__(self, names: int, parent: QWidget | None = None) -> None:
        """Make it, with so many pixels for its name."""
        super().__init__(parent)
        self.value = TEMPERATURE
        self.control = control_for(_description())
        self.control.set_value(TEMPERATURE)
        self.control.edited.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(FieldRow(self.control, names))

    def _take(self, value: float, *_: object) -> None:
        self.value = float(value)
        self.control.set_value(value)
        self.chosen.emit(self.value)


def _description() -> FieldDescription:
    return FieldDescription(
        "temperature",
        _tr("Temperature"),
        _tr("How freely it writes on: at 0 always the likeliest, at 1 as its probabilities say."),
        float,
        TEMPERATURE,
        low=0.0,
        high=2.0,
        slider=(0.0, 1.5),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("TemperatureRow", text)
