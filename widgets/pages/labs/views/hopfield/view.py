"""The laboratory of Hopfield networks: patterns painted, damaged, and recalled by two kinds of them."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from playground.labs.hopfield.laboratory import Hopfield
from playground.labs.hopfield.recall import ModernRecall, Recall, weights
from playground.numbers.writing import figures, fixed, whole
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.patterns.frame import PatternsFrame
from widgets.pages.labs.view import LabView
from widgets.pages.labs.views.hopfield.capacity import CapacityFrame
from widgets.pages.labs.views.hopfield.edits import HopfieldEdits
from widgets.pages.labs.views.hopfield.grids import GridsFrame
from widgets.plots.curves import Curve, CurvePlot
from widgets.theme import current
from widgets.workspace import Workspace

SWEEP_FRAMES = 45
"""Frames in which every neuron is asked once."""
STEP_FRAMES = 12
"""Frames from one step of the whole network to the next."""


class HopfieldView(LabView[Hopfield]):
    """Stored patterns on top, four grids in the middle, the energy and the capacity below."""

    def __init__(self, document: LabDocument[Hopfield], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self._shown: Hopfield | None = None
        self._frame = 0
        self.edits = HopfieldEdits(document)
        self.patterns, self.grids = PatternsFrame(self.edits), GridsFrame(self.edits)
        self.energies, self.capacity = EnergyPlot(), CapacityFrame()
        self.capacity.measure.clicked.connect(self._measure)
        self._energy = LabFrame(self.tr("Energy"), self.energies)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self._energy, 1)
        below.addWidget(self.capacity, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.patterns)
        column.addWidget(self.grids, 3)
        column.addLayout(below, 2)
        self.setFocusProxy(self.grids.cue)
        theme.themes.changed.connect(self._show_recall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the grids as much as their squares need, and the plots the rest."""
        super().resizeEvent(event)
        self.grids.suit(self.width())

    def keys(self) -> dict[str, str]:
        """How pixels are painted without a mouse."""
        return {
            self.tr("Arrows, Enter"): self.tr("Go from pixel to pixel of a grid, and turn one over."),
            self.tr("Left, Right"): self.tr("Choose another of the stored patterns."),
        }

    def show_value(self, value: Hopfield) -> None:
        """Show patterns and cue, and begin from there."""
        before, self._shown = self._shown, value
        if before is None or (before.patterns, before.side) != (value.patterns, value.side):
            self.patterns.show_patterns(value)
            self._tell_load(value)
        self.patterns.wall.choose(value.current)
        self.grids.show_cue()
        self.reset()

    def _tell_load(self, lab: Hopfield) -> None:
        count, neurons = len(lab.stored), lab.neurons
        words = self.tr("{count} in {neurons} neurons: {load} a neuron")
        self.patterns.show_remark(
            words.format(count=whole(count), neurons=whole(neurons), load=fixed(count / neurons, 3))
        )

    def reset(self) -> None:
        """Begin from the damaged pattern."""
        lab = self.edits.lab
        self._recall = Recall(weights(lab.stored, lab.rule), lab.cue, lab.update, lab.order())
        self._modern = ModernRecall(lab.stored, lab.cue, lab.beta)
        self._frame = 0
        self._show_recall()

    # --- recall -----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Go on, or from the start once both have ended."""
        if self._recall.ended and self._modern.ended:
            self.reset()
        super().begin()

    def advance(self) -> None:
        """Ask some neurons, and now and then let a network turn as a whole."""
        as_a_whole = self._frame % STEP_FRAMES == 0
        self._frame += 1
        if self.edits.lab.update == "one":
            self._recall.advance(-(-self.edits.lab.neurons // SWEEP_FRAMES))
        elif as_a_whole:
            self._recall.advance()
        if as_a_whole:
            self._modern.advance()
        self._show_recall()
        if self._recall.ended == "rest" and self._modern.ended:
            self.set_running(False)

    def step(self) -> None:
        """One neuron or all of them, and one step of the modern network."""
        self._recall.advance()
        self._modern.advance()
        self._show_recall()

    def _show_recall(self, *_: object) -> None:
        words = self.grids.show_recall(self._recall, self._modern)
        if not self._recall.turned:
            words = self.tr("Press Run: both networks begin from the damaged pattern.")
        self.energies.show_energies(self._recall, self._modern, self.edits.lab.neurons)
        self._energy.show_remark(self._course())
        self.told.emit(words)

    def _course(self) -> str:
        if self._recall.ended == "rest":
            return self.tr("at rest after {0} sweeps").format(figures(self._recall.sweeps, 2))
        return self.tr("a neuron, over sweeps")

    # --- capacity ---------------------------------------------------------------------------------------

    def _measure(self) -> None:
        lab = self.edits.lab
        self.capacity.measure_or_stop(lab.neurons, lab.damage / 100, lab.seed)

    def end(self) -> None:
        """Measure no more either."""
        super().end()
        self.capacity.steps.close()


class EnergyPlot(CurvePlot):
    """The energies of both networks, a neuron, over how often each was asked."""

    def __init__(self) -> None:
        super().__init__(self.tr("Energy a neuron"), self.tr("sweeps"), from_zero=False)

    def show_energies(self, classic: Recall, modern: ModernRecall, neurons: int) -> None:
        """Show how both went down so far."""
        courses = [dict(each) for each in (classic.energies, modern.energies)]
        x = np.array(sorted(set().union(*courses)))
        names = (self.tr("Hopfield"), self.tr("modern"))
        colours = current().lines[1], current().lines[2]
        curves = []
        for course, name, colour in zip(courses, names, colours, strict=True):
            values = np.array([course.get(place, np.nan) for place in x.tolist()]) / neurons
            own = np.isfinite(values)
            if course:
                curves.append(Curve(name, values, colour, own=own))
        self.show_curves(x, curves)
