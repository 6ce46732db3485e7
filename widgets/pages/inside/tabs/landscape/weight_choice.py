"""The choice of a weight: its layer, its neuron, and which of the neuron's inputs it weighs."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSpinBox, QWidget

from playground.analysis.inspections.landscape.inspection import ChosenWeight
from playground.training.snapshot import Snapshot
from widgets.sentences import layer_name


class WeightChoice(QWidget):
    """The layer above, neuron and input below it.

    Signals:
        chosen: another weight (`ChosenWeight`).
    """

    chosen = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.layer, self.unit, self.source = QComboBox(), QSpinBox(), QSpinBox()
        self._sizes: dict[str, tuple[int, int]] = {}
        self.layer.setAccessibleName(self.tr("{title}: layer").format(title=title))
        self.unit.setAccessibleName(self.tr("{title}: neuron").format(title=title))
        self.source.setAccessibleName(self.tr("{title}: weight of input").format(title=title))
        self.layer.setToolTip(self.tr("The layer of the weight."))
        self.unit.setToolTip(self.tr("The neuron of the weight."))
        self.source.setToolTip(self.tr("The input that the neuron weighs by it, or its bias."))
        self.source.setSpecialValueText(self.tr("bias"))
        self.source.setMinimum(0)
        self.unit.setMinimum(1)
        self.unit.setPrefix(self.tr("neuron "))
        self.source.setPrefix(self.tr("input "))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(self.layer, 0, 0, 1, 2)
        grid.addWidget(self.unit, 1, 0)
        grid.addWidget(self.source, 1, 1)
        self.layer.activated.connect(self._tell)
        self.unit.valueChanged.connect(self._tell)
        self.source.valueChanged.connect(self._tell)

    def show_layers(self, snapshot: Snapshot) -> None:
        """Offer the weights that the network has."""
        sizes = {
            layer_id: (layer.weights.shape[0], layer.weights.shape[1])
            for layer_id, layer in snapshot.layers.items()
            if layer.weights is not None
        }
        network = snapshot.experiment.network
        names = [layer_name(network, network.index(layer_id)) for layer_id in sizes]
        known = [self.layer.itemText(place) for place in range(self.layer.count())]
        if sizes != self._sizes or names != known:
            self._sizes = sizes
            with QSignalBlocker(self.layer):
                self.layer.clear()
                for layer_id, name in zip(sizes, names, strict=True):
                    self.layer.addItem(name, layer_id)

    def show_weight(self, weight: ChosenWeight) -> None:
        """Show which is chosen."""
        with QSignalBlocker(self.layer), QSignalBlocker(self.unit), QSignalBlocker(self.source):
            self.layer.setCurrentIndex(self.layer.findData(weight.layer_id))
            units, inputs = self._sizes.get(weight.layer_id, (1, 1))
            self.unit.setMaximum(units)
            self.source.setMaximum(inputs)
            self.unit.setValue(weight.unit + 1)
            self.source.setValue(weight.source + 1)

    def fitting(self, weight: ChosenWeight) -> ChosenWeight:
        """The weight, or one that the network has where that is gone."""
        if weight.layer_id in self._sizes or not self._sizes:
            layer_id = weight.layer_id
        else:
            layer_id = next(iter(self._sizes))
        units, inputs = self._sizes.get(layer_id, (1, 1))
        source = weight.source if weight.source < inputs else -1
        return ChosenWeight(layer_id=layer_id, unit=min(weight.unit, units - 1), source=source)

    def _tell(self) -> None:
        layer_id = self.layer.currentData()
        if layer_id is not None:
            asked = ChosenWeight(
                layer_id=layer_id, unit=self.unit.value() - 1, source=self.source.value() - 1
            )
            self.chosen.emit(self.fitting(asked))
