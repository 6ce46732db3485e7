"""The control of whose weights a tied layer turns around."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.engine import edits
from playground.engine.graph import Architecture
from playground.engine.layers import TiedDense
from playground.fields import FieldDescription
from playground.numbers.writing import NONE
from widgets.forms.choice_control import ChoiceControl
from widgets.forms.kind_control import LABEL_WIDTH
from widgets.panels.fields import FieldRow
from widgets.sentences import layer_name, shown_field


class TieRow(QWidget):
    """A box of the dense layers that a tied layer could turn around.

    Signals:
        chosen: the id of the layer that a person wants it to turn around, and the gesture.
    """

    chosen = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control: ChoiceControl | None = None
        self._row: FieldRow | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def show_layer(self, network: Architecture, layer: TiedDense | None) -> None:
        """Show whose weights a layer turns around; nothing without a layer."""
        self.setVisible(layer is not None)
        if layer is None:
            return
        wanted = _field(network, layer)
        if self.control is None or self.control.field != wanted:
            self._build(wanted)
        self.control.set_value(layer.of)

    def _build(self, wanted: FieldDescription) -> None:
        if self._row is not None:
            self._row.hide()
            self._row.deleteLater()
        self.control = ChoiceControl(wanted)
        self.control.edited.connect(lambda owner, gesture, _text: self.chosen.emit(owner, gesture))
        self._row = FieldRow(self.control, LABEL_WIDTH)
        self._layout.addWidget(self._row)


def _field(network: Architecture, layer: TiedDense) -> FieldDescription:
    """The field as one of a few choices: the layers that there are, and what it names if that is none."""
    titles = {other: layer_name(network, network.index(other)) for other in edits.tieable(network, layer.id)}
    if layer.of not in titles:
        titles[layer.of] = NONE
    return replace(shown_field(TiedDense, "of"), type=Literal, choices=tuple(titles), titles=titles)
