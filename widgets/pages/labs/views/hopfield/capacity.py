"""How many patterns are recalled over how many are stored, measured off the window's thread."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QProgressBar, QPushButton

from playground.labs.hopfield.capacity import CAPACITY, Capacity, Course, measured
from playground.numbers.writing import percent, whole
from widgets import theme
from widgets.pages.labs.frames import LabFrame
from widgets.plots.curves import Curve
from widgets.plots.function_plot import FunctionPlot, Functions
from widgets.steps import Steps
from widgets.theme import current
from widgets.tips import tip


class CapacityFrame(LabFrame):
    """How many patterns are recalled over how many are stored, measured on request."""

    def __init__(self) -> None:
        self.plot = FunctionPlot()
        self.measure = QPushButton(self.tr("measure"))
        self.measure.setProperty("role", "link")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        super().__init__(self.tr("Capacity"), self.plot, [self.measure])
        self.column.addWidget(self.progress)
        self.steps = Steps(self)
        self.steps.came.connect(self._show)
        self.steps.ended.connect(self._rest)
        self.found: Capacity | None = None
        theme.themes.changed.connect(self._draw)
        self._rest()
        self._draw()

    def measure_or_stop(self, neurons: int, damage: float, seed: int) -> None:
        """Measure networks of so many neurons, or leave what is under way."""
        if self.steps.busy:
            self.steps.stop()
            return
        self.progress.setValue(0)
        self.progress.show()
        self.measure.setText(self.tr("stop"))
        self.show_remark(
            self.tr("{neurons} neurons; the upright line is at 0.138").format(neurons=whole(neurons))
        )
        self.steps.begin(measured(neurons, damage, seed))

    def _show(self, found: Capacity) -> None:
        self.found = found
        self.progress.setValue(round(100 * found.progress))
        self._draw()

    def _rest(self) -> None:
        self.progress.hide()
        self.measure.setText(self.tr("measure"))
        words = self.tr("Measure on random patterns how many are recalled, for more and more of them.")
        self.measure.setToolTip(tip(words))

    def _draw(self, *_: object) -> None:
        found = self.found or Capacity(np.array([0.0]), {})
        curves = [
            Curve(self._name(course), 100 * rates, colour)
            for (course, rates), colour in zip(found.rates.items(), current().lines[1:], strict=False)
        ]
        functions = Functions(
            self.tr("patterns a neuron"), found.loads, curves, (0.0, 0.33), from_zero=True, reaches=100
        )
        self.plot.unit = " %"
        self.plot.show_functions(self.tr("Patterns recalled"), functions)
        self.plot.show_place(CAPACITY)

    def _name(self, course: Course) -> str:
        name = self.tr("Hebb") if course.rule == "hebb" else self.tr("projection")
        if not course.damage:
            return name
        return self.tr("{rule}, {damage} damaged").format(rule=name, damage=percent(course.damage, 0))
