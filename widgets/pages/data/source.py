"""What the data are: their name, how many there are of them, and what was left out."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from playground.data import Collection, Dataset, OwnPictures, OwnTable, TableSeries
from playground.numbers.writing import by, whole
from widgets.document import Document
from widgets.elided_label import ElidedLabel
from widgets.labels import label, link_button, show_text
from widgets.own_data import OwnData, Source
from widgets.pages.data.samples import SampleRows
from widgets.sentences import counted, said
from widgets.tips import tip


class SourcePanel(QFrame):
    """One line above the table."""

    def __init__(
        self, document: Document, samples: SampleRows, own: OwnData, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._own = own
        self.setProperty("role", "panel")
        self._document, self._samples = document, samples
        self.name = label(role="heading")
        self.facts = ElidedLabel()
        self.facts.setProperty("role", "muted")
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(12, 8, 12, 8)
        self.line.setSpacing(12)
        self.line.addWidget(self.name)
        self.line.addWidget(self.facts, 1)
        self.again = self._link(
            self.tr("read again…"), self.tr("Read the file again, as it is now, and look at it.")
        )
        self.other = self._link(
            self.tr("another file…"),
            self.tr("Learn from a file of your own: CSV, Excel, Parquet, NumPy, or a zip of pictures."),
        )
        self.again.clicked.connect(self._read_again)
        self.other.clicked.connect(own.ask)
        samples.sheet_changed.connect(self._show)
        document.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        dataset = self._document.experiment.data.dataset
        show_text(self.name, self._name_of(dataset))
        facts = " · ".join(self._facts_of(dataset))
        show_text(self.facts, facts)
        self.facts.setToolTip(tip(facts, said(dataset, "help")))

        self.again.setVisible(self._source() is not None)

    def _link(self, text: str, tip: str) -> QPushButton:
        button = link_button(text, tip)
        self.line.addWidget(button)
        return button

    def _source(self) -> Source | None:
        """What the samples were read from, where that was since the program began."""
        dataset = self._document.experiment.data.dataset
        return self._own.source(dataset.key) if isinstance(dataset, Collection) else None

    def _read_again(self) -> None:
        dataset = self._document.experiment.data.dataset
        if (source := self._source()) is not None:
            sizing = dataset.sizing if isinstance(dataset, OwnPictures) else None
            self._own.open(source, self._own.edges(dataset.key), sizing)

    def _name_of(self, dataset: Dataset) -> str:
        return (isinstance(dataset, OwnTable | OwnPictures | TableSeries) and dataset.name) or said(dataset)

    def _facts_of(self, dataset: Dataset) -> list[str]:
        facts = [_samples(dataset)]
        if isinstance(dataset, OwnTable):
            facts.append(counted("{count} column", "{count} columns", len(dataset.held)))
            missing = sum(held.missing for held in dataset.held)
            if missing:
                facts.append(counted("{count} missing value", "{count} missing values", missing))
            if left_out := dataset.rows - dataset.count:
                facts.append(counted("{count} row left out", "{count} rows left out", left_out))
            if dataset.are_nodes:
                facts.append(self.tr("nodes of a graph"))
        elif dataset.columns:
            facts.append(counted("{count} column", "{count} columns", len(dataset.columns)))
        else:
            facts.append(self.tr("samples of {size}").format(size=by(dataset.shape.sizes)))
        if isinstance(dataset, TableSeries) and dataset.filled:
            facts.append(
                counted("{count} missing value filled in", "{count} missing values filled in", dataset.filled)
            )
        if dataset.overlap:
            words = self.tr("{count} left out between two sides, where they would overlap")
            facts.append(words.format(count=whole(dataset.overlap)))
        if classes := dataset.task.classes:
            facts.append(counted("{count} class", "{count} classes", classes))
        return facts


def _samples(dataset: Dataset) -> str:
    """How many samples there are, by what they are."""
    count = dataset.count
    if dataset.shape.is_picture:
        return counted("{count} picture", "{count} pictures", count)
    if not dataset.shape.is_sequence:
        return counted("{count} row", "{count} rows", count)
    if dataset.continues:
        return counted("{count} window", "{count} windows", count)
    return counted("{count} sequence", "{count} sequences", count)
