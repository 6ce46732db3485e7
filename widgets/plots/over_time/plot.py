"""The plot of what goes on in a layer over time, of the chosen sample: a heat map that moves as it learns."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from playground.experiment import Experiment
from playground.training.snapshot import Snapshot
from widgets.forms.control import Combo
from widgets.plots.heat_map.plot import HeatMapPlot
from widgets.plots.over_time.content import TimeContent, chosen_layer, reads_sequences, time_content, title_of


class OverTimePlot(HeatMapPlot):
    """States, gates or weights of attention of the selected layer; arrow keys move what is read out."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Over time")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content: TimeContent | None = None
        self._layer_id = self._wanted = ""
        self._names: tuple[str, ...] = ()
        self.box = Combo()
        self.box.setAccessibleName(self.tr("What is shown"))
        self.box.textActivated.connect(self._choose)
        self.lay_out(self.box)

    @classmethod
    def suits(cls, experiment: Experiment) -> bool:
        """Whether a layer reads sequences."""
        return reads_sequences(experiment)

    def take(self, snapshot: Snapshot) -> None:
        """See the chosen sample as it is now, in the layer of the selected that has something to show."""
        self._layer_id = chosen_layer(snapshot, self._selected, self._layer_id)
        self.content = time_content(snapshot, self._layer_id, self._wanted)
        self._offer()

    def _offer(self) -> None:
        """Fill the box with what the layer shows."""
        content = self.content
        names = () if content is None else content.names
        if names != self._names:
            self._names = names
            self.box.clear()
            self.box.addItems([title_of(name) for name in names])
        self.box.setVisible(len(names) > 1)
        if content is not None:
            self.box.setCurrentIndex(names.index(content.name))

    def _choose(self, title: str) -> None:
        self._wanted = next((name for name in self._names if title_of(name) == title), "")
        self._see()

    def shown_content(self) -> TimeContent | None:
        """The array that is shown."""
        return self.content

    def nothing(self) -> str:
        """Why nothing is shown."""
        return self.tr("No layer here reads a sequence step by step, or no sample is chosen.")

    def heading(self) -> str:
        """The layer, and which of its arrays it is."""
        return "" if self.content is None else f"{self.content.title} · {title_of(self.content.name)}"

    def short_heading(self) -> str:
        """The layer alone, where the box says which array it is."""
        return self.heading() if self.content is None or len(self.content.names) < 2 else self.content.title
