"""The base of the plots of what training recorded, epoch by epoch, with marks where something was changed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from playground.numbers.writing import figures
from playground.training.snapshot import Snapshot
from widgets.figures.columns import Columns
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.notes import Note, NoteMarks
from widgets.rest import Rest, follows_on
from widgets.sentences import sentence
from widgets.theme import Theme, current

PAUSE = 100
"""Milliseconds between two pictures while training runs: a curve over many epochs changes little in one."""

TOLD = 20
"""Marks that are described to those who do not see them; the latest."""


class HistoryPlot(CurvePlot):
    """Curves over the epochs, drawn anew only while they are seen and when there is something new."""

    NAME: ClassVar[str]
    """What is drawn, in English."""

    def __init__(
        self, parent: QWidget | None = None, *, logarithmic: bool = False, from_zero: bool = True
    ) -> None:
        super().__init__(
            self.name(), self.tr("epoch"), logarithmic=logarithmic, from_zero=from_zero, parent=parent
        )
        self._snapshot: Snapshot | None = None
        self._drawn: Snapshot | None = None
        self._rest = Rest(self._draw_latest, PAUSE, self)
        self.marks = NoteMarks()
        self.marks.show_theme(current())
        self.canvas.addItem(self.marks, ignoreBounds=True)

    @classmethod
    def name(cls) -> str:
        """What is drawn, in the language of the person."""
        return QCoreApplication.translate("HistoryPlot", cls.NAME)

    @abstractmethod
    def curves(self, snapshot: Snapshot, theme: Theme) -> Sequence[Curve]:
        """The curves of a snapshot's history."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what is recorded up to this moment; while training runs, only now and then."""
        self._snapshot = snapshot
        if self.isVisible() and not self._is_drawn(snapshot):
            self._rest.ask(at_once=not follows_on(self._drawn, snapshot))

    def _draw_latest(self) -> None:
        if self._snapshot is not None and self.isVisible() and not self._is_drawn(self._snapshot):
            self._draw_history(self._snapshot)

    def _is_drawn(self, snapshot: Snapshot) -> bool:
        drawn = self._drawn
        return (
            drawn is not None
            and drawn.history is snapshot.history
            and drawn.experiment.network is snapshot.experiment.network
        )

    def _draw_history(self, snapshot: Snapshot) -> None:
        self._drawn = snapshot
        self._show_marks(snapshot)
        if "epoch" in snapshot.history:
            self.show_curves(snapshot.history["epoch"], self.curves(snapshot, current()))

    # --- marks --------------------------------------------------------------------------------------

    def _show_marks(self, snapshot: Snapshot) -> None:
        notes = [Note(mark.epoch, tuple(map(sentence, mark.lines))) for mark in snapshot.marks]
        if notes != self.marks.notes:
            self.marks.show_notes(notes)
            self.stops = replace(self.stops, notes=notes)
            words = (f"{self.x_name} {figures(note.x, 5)}: {', '.join(note.lines)}" for note in notes[-TOLD:])
            self.setAccessibleDescription("; ".join(words))

    def columns(self) -> Columns:
        """The recorded numbers, and where something was changed, what that was."""
        columns = super().columns()
        stops = self.stops
        if not stops.notes or not len(stops.x):
            return columns
        changes = [", ".join(stops.noted.get(place, ())) for place in range(len(stops.x))]
        return columns | {self.tr("changed"): np.array(changes)}

    # --- keeping up ---------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was recorded meanwhile."""
        super().showEvent(event)
        if self._snapshot is not None:
            self._draw_history(self._snapshot)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self.marks.show_theme(theme)
        if self._snapshot is not None:
            self._draw_history(self._snapshot)
