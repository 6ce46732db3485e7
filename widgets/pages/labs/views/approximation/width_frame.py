"""What width and depth do: errors of trained networks, and on demand how layers fold a line."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QWidget

from playground.labs.approximation import Approximation
from playground.labs.approximation.width_and_depth import Errors, measured, needed_wide
from playground.numbers.writing import whole
from playground.text import Text
from widgets import theme
from widgets.labels import link_button
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.views.approximation.plots import FoldingPlot, WidthPlot
from widgets.pages.labs.views.approximation.refused import allowed
from widgets.steps import Steps
from widgets.tips import tip

NOTHING = Errors({}, 0)


class WidthFrame(LabFrame):
    """Measures off the window's thread, anew for another target or other neurons."""

    def __init__(self) -> None:
        self.errors, self.folding = WidthPlot(), FoldingPlot()
        self.other = link_button("")
        self.other.clicked.connect(self._turn)
        content = QWidget()
        self._plots = QStackedLayout(content)
        self._plots.addWidget(self.errors)
        self._plots.addWidget(self.folding)
        super().__init__(self.errors.title, content, (self.other,))
        self.found, self._lab, self._about = NOTHING, Approximation.usual(), object()
        self.steps = Steps(self)
        self.steps.came.connect(self._take)
        theme.themes.changed.connect(self._draw)
        self._name_other()

    def show_lab(self, lab: Approximation) -> None:
        """Show the folds, and measure where it is about something else."""
        self._lab, about = lab, (lab.target, lab.brick)
        if about != self._about:
            self._about, self.found = about, NOTHING
            self.steps.begin(allowed(measured(lab)))
        self._draw()

    def end(self) -> None:
        """Measure no more."""
        self.steps.close()

    def _take(self, found: Errors | Text) -> None:
        if isinstance(found, Errors):
            new = found.found is not self.found.found
            self.found = found
            if new:
                self.errors.show_errors(found)
        self._show_remark()

    def _draw(self, *_: object) -> None:
        self.errors.show_errors(self.found)
        self.folding.show_folds(self._lab.folds)
        self._show_remark()

    @property
    def _folds(self) -> bool:
        return self._plots.currentWidget() is self.folding

    def _show_remark(self) -> None:
        folds = self._lab.folds
        if self._folds:
            words = self.tr("{deep} neurons in {folds} layers, {wide} in one")
            numbers = {"deep": 2 * folds, "folds": folds, "wide": needed_wide(folds)}
            self.show_remark(words.format(**{name: whole(number) for name, number in numbers.items()}))
        elif self.found.share < 1:
            self.show_remark(self.tr("training {share} %").format(share=whole(round(100 * self.found.share))))
        else:
            self.show_remark(self.tr("trained, the middle one of three"))

    def _turn(self) -> None:
        """Show the other of the two plots."""
        shown = self.errors if self._folds else self.folding
        self._plots.setCurrentWidget(shown)
        self.show_title(shown.title)
        self._name_other()
        self._show_remark()

    def _name_other(self) -> None:
        to_errors, to_folding = (
            self.tr("Show what width and depth do."),
            self.tr("Show how layers fold a line."),
        )
        self.other.setText(self.tr("errors") if self._folds else self.tr("folding"))
        self.other.setToolTip(tip(to_errors if self._folds else to_folding))
