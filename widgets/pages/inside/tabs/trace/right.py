"""The right of the tab Trace: where the sample is, and the samples of its side, the worst first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSplitter, QWidget

from playground.analysis.inspections.trace import SIDE_NAMES, Tracing
from playground.analysis.inspections.trace.samples import Around
from playground.analysis.inspections.trace.source import StepSource
from playground.training.snapshot import Snapshot
from widgets.pages.inside.tabs.trace.panels import TitledPanel, muted
from widgets.pages.inside.tabs.trace.place import SamplePlace
from widgets.pages.inside.tabs.trace.sample_list import SampleList
from widgets.plots.output_meaning import data_colouring


class RightPanel(QSplitter):
    """Shows a sample among the others.

    Signals:
        side_chosen: train, validation or test.
    """

    side_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._snapshot: Snapshot | None = None
        self._click = muted(self.tr("click another"))
        self.where = TitledPanel(self.tr("Where it is"), self._click)
        self.place = SamplePlace(self.where)
        self.where.column.addWidget(self.place, 1)
        self.side = QComboBox()
        self.side.setAccessibleName(self.tr("Side of the split"))
        self.side.activated.connect(lambda at: self.side_chosen.emit(self.side.itemData(at)))
        self.list = TitledPanel(self.tr("Samples, worst first"), self.side)
        self.samples = SampleList(self.list)
        self.list.column.addWidget(self.samples, 1)
        self.list.column.addWidget(muted(self.tr("Every number here is the engine’s own.")))
        self.addWidget(self.where)
        self.addWidget(self.list)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(8)
        self.setSizes([340, 330])

    def see(self, snapshot: Snapshot) -> None:
        """Know how samples are coloured."""
        self._snapshot = snapshot

    def _offer(self, sides: list[str]) -> None:
        """Let those sides be chosen that have samples."""
        if sides != [self.side.itemData(place) for place in range(self.side.count())]:
            titles = {
                "train": self.tr("Training"),
                "validation": self.tr("Validation"),
                "test": self.tr("Test"),
            }
            self.side.clear()
            for name in sides:
                self.side.addItem(titles[name], name)
        self.side.setEnabled(len(sides) > 1)

    def show_around(self, source: StepSource, around: Around, tracing: Tracing) -> None:
        """Show the samples, and the one that is traced; not those of an experiment that is gone."""
        if self._snapshot is None or self._snapshot.experiment != source.experiment:
            return
        data = source.data
        split = data.side(tracing.side) or data.train
        sample = tracing.sample if tracing.of == "sample" else -1
        self._offer([name for name in SIDE_NAMES if data.side(name) is not None])
        self.side.setCurrentIndex(self.side.findData(tracing.side))
        self._click.setVisible(around.plane is not None)
        on_map = around.plane is not None
        self.where.heading.setText(self.tr("Where it is") if on_map else self.tr("The sample"))
        self.place.show_sample(data, split, around.plane, data_colouring(self._snapshot), sample)
        self.samples.show_samples(around.judged, sample)
