"""The left of the tab Trace: one sample through the network, what it costs, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from playground.analysis.inspections.trace.samples import Around
from playground.analysis.inspections.trace.trace import Trace
from playground.numbers.writing import decimals, figures, whole
from widgets.pages.inside.tabs.trace.copy_button import CopyTraceButton
from widgets.pages.inside.tabs.trace.network_picture import NetworkPicture
from widgets.pages.inside.tabs.trace.panels import TitledPanel, muted
from widgets.sentences import counted, sentence

CHANCES = {"dropout", "channel_dropout", "gaussian_noise", "variational"}
MOST_TOLD = 3
"""Outputs and targets whose values are told in words."""


class SamplePanel(TitledPanel):
    """Shows the network with the numbers of a step.

    Signals:
        of_chosen: whether the step is on one sample or on the next batch.
    """

    of_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.of = QComboBox()
        super().__init__("", self.of, parent)
        self.heading.setText(self.tr("Network"))
        self.of.setAccessibleName(self.tr("Step on"))
        self.of.addItem(self.tr("One sample"), "sample")
        self.of.addItem(self.tr("The next batch"), "batch")
        self.of.activated.connect(lambda at: self.of_chosen.emit(self.of.itemData(at)))
        self.network = NetworkPicture(self)
        self.told = QLabel(self)
        self.told.setWordWrap(True)
        self.notes = muted()
        self.chance = QCheckBox(self.tr("Dropout and noise as in training"), self)
        self.chance.hide()
        self.copy = CopyTraceButton(self)
        self.next_wrong = QPushButton(self.tr("Next wrong sample"), self)
        self.next_wrong.setToolTip(
            self.tr("Go to the next sample of the chosen set that is taken for another class (N)")
        )
        row = QHBoxLayout()
        row.addWidget(self.copy)
        row.addWidget(self.next_wrong)
        row.addStretch(1)
        self.column.addWidget(self.network, 1)
        for widget in (self.told, self.notes, self.chance):
            self.column.addWidget(widget)
        self.column.addLayout(row)

    def show_problem(self, words: str) -> None:
        """Say why there is nothing to show; "" where there is."""
        self.network.setVisible(not words)
        if words:
            self.copy.trace = None
            self.told.setText(words)
            self.notes.setText("")

    def show_trace(self, trace: Trace, around: Around, names: Sequence[str]) -> None:
        """Say which step it is, and what it costs; `names` are those of classes, none for numbers."""
        self.copy.trace = trace
        tracing = trace.tracing
        self.of.setCurrentIndex(self.of.findData(tracing.of))
        kinds = {node.layer.tag() for node in trace.ran.network.graph.nodes}
        self.chance.setVisible(tracing.learns and bool(kinds & CHANCES))
        self.chance.blockSignals(True)
        self.chance.setChecked(tracing.chance)
        self.chance.blockSignals(False)
        self.told.setText(self._told(trace, around, names))
        notes = " ".join(sentence(note) for note in trace.notes)
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))

    def show_stage(self, trace: Trace, number: int) -> None:
        """Light the network as far as a stage."""
        self.network.show_trace(trace, number)

    def _told(self, trace: Trace, around: Around, names: Sequence[str]) -> str:
        amount, tracing = figures(trace.loss, 4), trace.tracing
        if tracing.of == "batch":
            return counted(
                "Mean over the {count} sample of the next batch · loss {amount}",
                "Mean over the {count} samples of the next batch · loss {amount}",
                len(trace.ran.rows),
                amount=amount,
            )
        number = whole(trace.row + 1)
        judged = around.judged
        if names and judged.shares is not None:
            words = self.tr("Sample {number} · truth {truth} · P(truth) {share} · loss {amount}")
            truth = names[int(judged.truth[tracing.sample])]
            share = decimals(float(judged.shares[tracing.sample]))
            return words.format(number=number, truth=truth, share=share, amount=amount)
        output = trace.ran.a[trace.ran.network.graph.nodes[-1].layer.id][:, 0]
        words = self.tr("Sample {number} · truth {truth} · output {output} · loss {amount}")
        return words.format(
            number=number,
            truth=_few(trace.ran.target[:, 0]),
            output=_few(output),
            amount=amount,
        )


def _few(values: np.ndarray) -> str:
    texts = [decimals(float(value)) for value in values[:MOST_TOLD]]
    return ", ".join([*texts, "…"] if len(values) > MOST_TOLD else texts)
