"""The laboratory of differentiation: the graph on top, plots and the table of all ways below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from playground.labs.differentiation import Differentiation
from playground.labs.differentiation.cost import JacobianCost
from playground.labs.differentiation.graph import optimized, recorded
from playground.labs.differentiation.sweeps import SweepStep
from playground.labs.differentiation.symbolic import Swell, SymbolicDerivative, derivative, swell
from playground.numbers.writing import figures
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame, say_in, words
from widgets.pages.labs.turning import TurnedPage, TurningFrame
from widgets.pages.labs.view import LabView
from widgets.pages.labs.views.differentiation.graph_figure import GraphFigure
from widgets.pages.labs.views.differentiation.layout import spots
from widgets.pages.labs.views.differentiation.plots import CallsPlot, CostPlot, ErrorPlot, SwellPlot
from widgets.pages.labs.views.differentiation.telling import Telling
from widgets.pages.labs.views.differentiation.ways import WaysTable, ways_of
from widgets.sentences import sentence
from widgets.steps import Steps
from widgets.tips import tip
from widgets.workspace import Workspace

FRAMES = 14
"""Frames that a step stays, and of how many a whole sweep consists at most."""
MOST_FRAMES = 280
LEAST = 150
"""Pixels that each part is high at least."""


class DifferentiationView(LabView[Differentiation]):
    """All is worked out at once but for formulas; a run goes through the graph a node at a time."""

    def __init__(self, document: LabDocument[Differentiation], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.graph = GraphFigure()
        self.graph.setObjectName("picture")
        self.errors, self.swell, self.costs, self.calls = ErrorPlot(), SwellPlot(), CostPlot(), CallsPlot()
        self.written = words("", "")
        self.ways = WaysTable()
        self._telling = Telling()
        self._sweep: Sequence[SweepStep] = ()
        self._at: int | None = None  # the step that is seen; None for the last
        self._frames = 0
        self._of: tuple[object, ...] = ()
        self._formula: SymbolicDerivative | None = None
        self._swollen: list[Swell] = []
        self._steps = Steps(self)
        self._steps.came.connect(self._take)
        self.graph.moved.connect(self._move)
        self.use = QPushButton(self.tr("Check my network’s slopes"))
        self.use.setToolTip(
            tip(self.tr("Hold backpropagation in your own network against differences, weight by weight."))
        )
        self.use.clicked.connect(lambda: workspace.handed.emit("inside", "gradient_check"))
        self._lay_out()
        self.setFocusProxy(self.graph)
        theme.themes.changed.connect(self._show_all)

    def _lay_out(self) -> None:
        self.above = LabFrame(self.graph.title, self.graph)
        formula = QWidget()
        column = QVBoxLayout(formula)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.written)
        column.addWidget(self.swell, 1)
        self.frame = TurningFrame(
            (
                TurnedPage(
                    self.errors.title,
                    self.errors,
                    self.tr("step"),
                    self.tr("Show how far off differences are."),
                ),
                TurnedPage(
                    self.swell.title, formula, self.tr("formula"), self.tr("Show how the formula swells.")
                ),
                TurnedPage(
                    self.costs.title, self.costs, self.tr("cost"), self.tr("Show what all slopes cost.")
                ),
                TurnedPage(
                    self.calls.title,
                    self.calls,
                    self.tr("calls"),
                    self.tr("Show what graphs cost, made at every call or once."),
                ),
            )
        )
        table = LabFrame(self.tr("All ways"), self.ways)
        for part in (self.above, self.frame, table):
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
            part.setMinimumHeight(LEAST)
        self.arrange(self.above, (self.frame, table))

    def uses(self) -> Sequence[QPushButton]:
        """The same is seen on one's own network."""
        return (self.use,)

    def keys(self) -> dict[str, str]:
        """How nodes are chosen and led without a mouse."""
        return {self.tr("Arrows"): self.tr("Choose a node; with Shift lead it.")}

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: Differentiation) -> None:
        """Show the graph, and have formulas made."""
        others = (value.expression, value.built, value.mode, value.by)
        if others != self._of:
            self._at = None
        formulas = (value.expression, value.by, *value.at.values())
        if formulas != self._formulas_of:
            self._formula, self._swollen = None, []
            self._steps.begin(self._stages(value))
        self._of, self._formulas_of = others, formulas
        self._show_all()

    _formulas_of: tuple[object, ...] = ()

    @staticmethod
    def _stages(lab: Differentiation) -> Iterator[object]:
        """What takes long: the derivative as a formula, and how it swells."""
        graph = recorded(lab.parsed)
        yield derivative(graph, lab.at, lab.by)
        yield from swell(graph, lab.by)

    def _take(self, found: object) -> None:
        if isinstance(found, SymbolicDerivative):
            self._formula = found
        elif isinstance(found, Swell):
            self._swollen.append(found)
        self._show_formula()
        self._show_ways()

    def _move(self, node: int, across: float, down: float, gesture: int) -> None:
        moved = self.lab.with_spot(self.graph.graph.nodes[node].key, across, down)
        self.document.edit(moved, self.tr("Move a node"), gesture)

    # --- running ----------------------------------------------------------------------------------------

    @property
    def _last(self) -> int:
        return len(self._sweep) - 1

    def begin(self) -> None:
        """Go on, or from the start once all was seen."""
        if self._at is None or self._at >= self._last:
            self._at = 0
        self._frames = 0
        super().begin()
        self._show_step()

    def advance(self) -> None:
        """Stay a while, then go on by a node."""
        self._frames += 1
        if self._frames < max(1, min(FRAMES, MOST_FRAMES // len(self._sweep))):
            return
        self._frames = 0
        self._at = min((self._at or 0) + 1, self._last)
        self._show_step()
        if self._at >= self._last:
            self.set_running(False)

    def step(self) -> None:
        """Go on by a node; from the start once all was seen."""
        self._at = 1 if self._at is None or self._at >= self._last else self._at + 1
        self._at = min(self._at, self._last)
        self._show_step()

    def reset(self) -> None:
        """Go back to where nothing is known."""
        self._at = 0
        self._show_step()

    def end(self) -> None:
        """Work nothing out any more."""
        super().end()
        self._steps.close()

    # --- showing ----------------------------------------------------------------------------------------

    def _show_all(self, *_: object) -> None:
        lab, graph = self.lab, self.lab.graph()
        self._sweep = lab.sweep()
        values = [float(value) for value in graph.values(lab.at)]
        places = zip(graph.nodes, spots(graph), strict=True)
        self.graph.show_graph(
            graph, [lab.spot_of(node.key) or usual for node, usual in places], graph.slopes(values)
        )
        exact = lab.slope if lab.flaw() is None else np.nan
        self.errors.show_differences(lab.differences(), exact, lab.step)
        self.costs.show_cost(lab.inputs, lab.outputs)
        self.calls.show_graph(recorded(lab.parsed))
        self._show_step()
        self._show_formula()
        self._show_ways()

    def _show_step(self) -> None:
        at = None if self._at is None else min(self._at, self._last)
        step = replace(self._sweep[-1], node=-1) if at is None else self._sweep[at]
        self.graph.show_step(step, self._telling.legend(self.lab))
        self.above.show_remark(self._telling.step(self.graph.graph, self.lab, step, at, self._last))
        self.told.emit(self._told())

    def _show_formula(self) -> None:
        self.swell.show_swell(self._swollen)
        say_in(self.written, self._telling.formula(self.lab, self._formula))

    def _show_ways(self) -> None:
        lab = self.lab
        exact = lab.slope if lab.flaw() is None else np.nan
        self.ways.show_ways(lab.by, ways_of(lab, self._formula, exact), exact)

    def _told(self) -> str:
        lab = self.lab
        if (flaw := lab.flaw()) is not None:
            return f"{lab.expression}: {sentence(flaw)}."
        told = [
            self.tr("∂f/∂{by} = {slope} here.").format(by=lab.by, slope=figures(lab.slope, 6)),
            self._telling.built(
                len(recorded(lab.parsed).nodes), len(optimized(recorded(lab.parsed)).nodes), lab
            ),
            self._telling.cost(JacobianCost(lab.inputs, lab.outputs)),
        ]
        if lab.on_kink:
            told.insert(1, self.tr("This is a kink: to the left the slope is another than to the right."))
        return " ".join(told)
