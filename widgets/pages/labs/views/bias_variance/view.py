"""The laboratory of bias and variance: all fits on top, errors by size and their parts below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from playground.engine.stopping import EarlyStopping
from playground.labs.bias_variance import BiasVariance
from playground.labs.bias_variance.errors import Fits, SizeErrors
from playground.numbers.writing import whole
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.stepped import SteppedView
from widgets.pages.labs.table import LabTable
from widgets.pages.labs.turning import TurnedPage, TurningFrame
from widgets.pages.labs.views.bias_variance.fits_plot import FitsPlot
from widgets.pages.labs.views.bias_variance.plots import PartsPlot, StackPlot
from widgets.pages.labs.views.bias_variance.words import error_rows, size_name, sized, told
from widgets.tips import tip
from widgets.workspace import Workspace

AT_ONCE = 6
"""So many sizes are worked out before they are shown."""
SHARE = 20
"""Percent of the samples that are kept aside for validation at most."""
LEAST = 150
"""Pixels that each part is high at least."""


class BiasVarianceView(SteppedView[BiasVariance]):
    """A run lets the sets come one after another."""

    def __init__(self, document: LabDocument[BiasVariance], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.fits, self.stack, self.parts = FitsPlot(), StackPlot(), PartsPlot()
        self.fits.setObjectName("picture")
        self.errors = LabTable(3)
        self._fits: Fits | None = None
        self._found: list[SizeErrors] = []
        self._found_of: BiasVariance | None = None  # whose errors these are
        self.use = QPushButton(self.tr("Stop my network early"))
        self.use.setToolTip(
            tip(self.tr("Keep validation samples aside, and stop training when they get worse."))
        )
        self.use.clicked.connect(self._use)
        for plot in (self.stack, self.parts):
            plot.led.connect(self._lead)
        self._lay_out()
        self.setFocusProxy(self.stack)
        theme.themes.changed.connect(self._show_all)

    def _lay_out(self) -> None:
        self.above = LabFrame(self.tr("Fits"), self.fits)
        self.frame = TurningFrame(
            (
                TurnedPage(
                    self.tr("Bias², variance and noise"),
                    self.stack,
                    self.tr("bias and variance"),
                    self.tr("Show bias², variance and noise by the size of the model."),
                ),
                TurnedPage(
                    self.tr("Training, validation and test"),
                    self.parts,
                    self.tr("parts of the data"),
                    self.tr("Show the errors of one model on training, validation and test data."),
                ),
            )
        )
        table = LabFrame(self.tr("Errors"), self.errors)
        self.table = table
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.frame, 3)
        below.addWidget(table, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.above, self.frame, table):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            part.setMinimumHeight(LEAST)
        column.addWidget(self.above, 3)
        column.addLayout(below, 2)

    def uses(self) -> Sequence[QPushButton]:
        """Validation can end the training of a network in time."""
        return (self.use,)

    def keys(self) -> dict[str, str]:
        """How the size is led without a mouse."""
        return {self.tr("Left, Right"): self.tr("Lead the size along; with Shift farther.")}

    @property
    def length(self) -> int:
        """One a set."""
        return self.lab.sets

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: BiasVariance) -> None:
        """Fit anew, and have the errors of all sizes worked out."""
        self.see_all()
        self._fits = value.fits()
        known = self._found_of is not None and value.with_(size=0) == self._found_of.with_(size=0)
        if not known or value.size not in [each.size for each in self._found]:
            self._found, self._found_of = [], value
            self._steps.begin(self._pieces(value))
        self._show_all()

    @staticmethod
    def _pieces(lab: BiasVariance) -> Iterator[list[SizeErrors]]:
        """What is found so far, after some more sizes."""
        found: list[SizeErrors] = []
        for errors in lab.errors():
            found.append(errors)
            if len(found) % AT_ONCE == 0:
                yield list(found)
        yield found

    def take(self, found: object) -> None:
        """Show what is found so far."""
        assert isinstance(found, list)
        self._found = found
        self._show_errors()

    def _lead(self, place: float, gesture: int) -> None:
        size = round(place)
        text = self.tr("Take {size}").format(size=sized(self.lab, size))
        self.document.edit(self.lab.with_(size=size), text, gesture)

    # --- showing ----------------------------------------------------------------------------------------

    def _show_all(self, *_: object) -> None:
        self.show_steps()
        self._show_errors()

    def show_steps(self) -> None:
        """Show the fits of so many sets as are seen."""
        if self._fits is not None:
            self.fits.show_fits(self._fits, self.lab.noise, self.seen)
            words = self.tr("{size}, {seen} of {sets} sets")
            self.above.show_remark(
                words.format(
                    size=sized(self.lab, self.lab.size), seen=whole(self.seen), sets=whole(self.lab.sets)
                )
            )

    def _show_errors(self) -> None:
        lab, fits = self.lab, self._fits
        if fits is None:
            return
        name, most = size_name(lab), lab.sizes[-1]
        ignorance = float(np.var(fits.truth)) + lab.noise**2
        for plot in (self.stack, self.parts):
            plot.show_top(ignorance)
        self.stack.show_stack(name, self._found, lab.noise**2, most, lab.size)
        self.parts.show_parts(name, self._found, most, lab.size)
        here = next((each for each in self._found if each.size == lab.size), None)
        self.errors.show_rows(("", self.tr("squared"), ""), error_rows(lab, fits, here))
        self.table.show_remark(sized(lab, lab.size))
        self.told.emit(told(lab, fits, self._found))

    def _use(self) -> None:
        """Let training of the present network end in time, by samples that are kept aside for it."""
        document = self.workspace.document
        experiment, data = document.experiment, document.experiment.data
        if not data.steers:
            data = data.with_(validation_percent=max(1, min(SHARE, (100 - data.train_percent) // 2)))
        training = experiment.training.with_(stopping=EarlyStopping())
        document.edit(experiment.with_(data=data, training=training), self.tr("Stop early"))
        self.workspace.page_asked.emit("design")
        self.workspace.notice.say(self.tr("Training ends now when validation gets worse."), bad=False)
