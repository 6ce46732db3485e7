"""The plots beside the graph: errors by the step, swelling formulas, what slopes and graphs cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from playground.labs.differentiation.cost import JacobianCost, work_over_calls
from playground.labs.differentiation.graph import ExpressionGraph
from playground.labs.differentiation.numerical import Differences, errors
from playground.labs.differentiation.symbolic import Swell
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.notes import Note, NoteMarks
from widgets.theme import Theme, current

NOTHING = 1e-17
"""An error as small as that is as good as none."""
LOST = 1e3
"""One as large is as good as lost."""
POWERS = 6
"""The number of inputs goes up to this power of ten."""


class NotedPlot(CurvePlot):
    """A plot of curves with upright marks."""

    def __init__(self, title: str, x_name: str, *, logarithmic: bool = True) -> None:
        super().__init__(title, x_name, logarithmic=logarithmic)
        self._marks = NoteMarks()
        self._marks.show_theme(current())
        self.canvas.addItem(self._marks)

    def show_notes(self, *notes: Note) -> None:
        """Mark these places."""
        self.stops = replace(self.stops, notes=notes)
        self._marks.show_notes(notes)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._marks.show_theme(theme)


class ErrorPlot(NotedPlot):
    """How far off differences are, by the step that they take."""

    def __init__(self) -> None:
        super().__init__(self.tr("Error over the step"), self.tr("log₁₀ h"))
        self.x_limits = (-16.0, 0.0)

    def show_differences(self, found: Differences, exact: float, step: float) -> None:
        """Show what each step leads to, and mark the one that is set."""
        lines, x = current().lines, np.log10(found.sizes)
        named = (
            (self.tr("forward"), found.forward, lines[3]),
            (self.tr("central"), found.central, lines[1]),
            (self.tr("complex"), found.complex_step, lines[0]),
        )
        curves = []
        for name, estimates, colour in named:
            off = errors(estimates, exact)
            curves.append(Curve(name, np.clip(off, NOTHING, LOST), colour))
        self.show_curves(x, curves)
        self.show_notes(Note(float(np.log10(step)), ("h",)))


class SwellPlot(CurvePlot):
    """How long the derivative gets when the expression is put into itself."""

    def __init__(self) -> None:
        super().__init__(self.tr("Operations of the slope"), self.tr("times f in itself"), logarithmic=True)

    def show_swell(self, found: Sequence[Swell]) -> None:
        """Show what was counted so far."""
        lines = current().lines
        x = np.array([each.times for each in found], np.float64)
        self.x_limits = (1.0, max(2.0, float(len(found))))
        counts = np.array([(each.written, each.shared, each.reverse) for each in found], np.float64)
        names = (self.tr("formula"), self.tr("parts shared"), self.tr("reverse mode"))
        colours = (lines[5], lines[3], lines[1])
        self.show_curves(
            x,
            [
                Curve(name, counts[:, place], colour, width=2.2)
                for place, (name, colour) in enumerate(zip(names, colours, strict=True))
            ]
            if len(found)
            else (),
        )


class CostPlot(NotedPlot):
    """What all slopes of a network cost by the number of its inputs."""

    def __init__(self) -> None:
        super().__init__(self.tr("Products for all slopes"), self.tr("log₁₀ n"))
        self.x_limits = (0.0, float(POWERS))

    def show_cost(self, inputs: int, outputs: int) -> None:
        """Show it for so many outputs, and mark how many inputs are set."""
        lines = current().lines
        counts = np.unique(np.geomspace(1, 10**POWERS, 97).round().astype(int)).tolist()
        costs = [JacobianCost(count, outputs) for count in counts]
        self.show_curves(
            np.log10(np.array(counts, np.float64)),
            [
                Curve(self.tr("forward"), np.array([float(each.forward) for each in costs]), lines[3]),
                Curve(self.tr("reverse"), np.array([float(each.reverse) for each in costs]), lines[1]),
                Curve(self.tr("central"), np.array([float(each.central) for each in costs]), lines[5]),
            ],
        )
        self.show_notes(Note(float(np.log10(inputs)), ("n",)))


class CallsPlot(CurvePlot):
    """What graphs cost over calls, made at each or once."""

    def __init__(self) -> None:
        super().__init__(self.tr("Nodes made and worked out"), self.tr("call"))

    def show_graph(self, recorded: ExpressionGraph) -> None:
        """Show it for the graph that a call records."""
        lines = current().lines
        dynamic, static = work_over_calls(recorded)
        self.x_limits = (0.0, float(len(dynamic) - 1))
        self.show_curves(
            np.arange(len(dynamic), dtype=np.float64),
            [
                Curve(self.tr("at every call"), dynamic, lines[3]),
                Curve(self.tr("once, optimized"), static, lines[1]),
            ],
        )
