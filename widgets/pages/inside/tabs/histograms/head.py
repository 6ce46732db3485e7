"""What stands beside the tabs while histograms are shown: of which layer, and of which of its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.analysis.inspections.histograms import Histograms
from widgets.forms.control import Combo
from widgets.labels import label
from widgets.sentences import shown_field

LEAST = 120
"""The width of the box of layers, in which most names fit."""


class HistogramsHead(QWidget):
    """Two boxes, of layers and of quantities.

    Signals:
        layer_chosen: the id of another layer.
        quantity_chosen: the name of another quantity.
    """

    layer_chosen = Signal(str)
    quantity_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layer, quantity = (shown_field(Histograms, name) for name in ("layer", "quantity"))
        self.layers, self.quantities = Combo(), Combo()
        for box, field in ((self.layers, layer), (self.quantities, quantity)):
            box.setAccessibleName(field.title)
            box.setToolTip(field.help)
        for choice, title in quantity.titles.items():
            self.quantities.addItem(title, choice)
        self.layers.activated.connect(lambda _: self.layer_chosen.emit(self.layers.currentData()))
        self.quantities.activated.connect(lambda _: self.quantity_chosen.emit(self.quantities.currentData()))
        self.layers.setMinimumWidth(LEAST)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(label(layer.title, role="muted"))
        row.addWidget(self.layers)
        row.addWidget(self.quantities)

    def offer(self, layers: Sequence[tuple[str, str]]) -> None:
        """Offer these layers, pairs of id and name."""
        known = [
            (self.layers.itemData(place), self.layers.itemText(place)) for place in range(self.layers.count())
        ]
        if known != list(layers):
            self.layers.clear()
            for layer_id, name in layers:
                self.layers.addItem(name, layer_id)

    def show_value(self, layer: str, quantity: str) -> None:
        """Show what is chosen."""
        self.layers.setCurrentIndex(self.layers.findData(layer))
        self.quantities.setCurrentIndex(self.quantities.findData(quantity))
