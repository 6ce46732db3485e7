"""The laboratory of restricted Boltzmann machines: weights, reconstructions and dreams while one learns."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from playground.labs import Memory
from playground.labs.boltzmann.laboratory import Boltzmann
from playground.labs.boltzmann.learning import Seen, check
from playground.labs.boltzmann.pretraining import pretrained
from playground.numbers.writing import figures, fixed, whole
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.patterns.edits import PatternEdits
from widgets.pages.labs.patterns.frame import PatternsFrame
from widgets.pages.labs.patterns.grid import PixelGrid
from widgets.pages.labs.view import LabView
from widgets.pages.labs.views.boltzmann.apprentice import Apprentice
from widgets.pages.labs.views.boltzmann.dreams import ChainFrame, ReconstructionsFrame
from widgets.pages.labs.views.boltzmann.plots import EnergiesPlot, ErrorsPlot
from widgets.pages.labs.views.boltzmann.weights import HiddenUnitsFrame
from widgets.steps import Steps
from widgets.tips import tip
from widgets.workspace import Workspace

PAINTING, ALL_FITS = 170, 560
"""Pixels that painting takes above the others, and how high the view is when all has room."""


def begins_anew(before: Boltzmann | None, after: Boltzmann) -> bool:
    """Whether another machine is needed, or other pictures; all else may change while it learns."""
    if before is None:
        return True
    painted = after.data == "painted" and before.patterns != after.patterns
    return painted or any(
        getattr(before, name) != getattr(after, name) for name in ("data", "hidden", "seed")
    )


class BoltzmannView(LabView[Boltzmann]):
    """Weights at the left, pictures and dreams at the right, curves below."""

    def __init__(self, document: LabDocument[Boltzmann], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self._shown: Boltzmann | None = None
        self._seen: Seen | None = None
        self.units, self.chain, self.made = HiddenUnitsFrame(), ChainFrame(), ReconstructionsFrame()
        self.errors, self.energies = ErrorsPlot(), EnergiesPlot()
        self.use = QPushButton(self.tr("Use in my network"))
        words = self.tr("Begin a network on digits with these weights in its hidden layer, of sigmoids.")
        self.use.setToolTip(tip(words))
        self.use.setEnabled(False)
        self.use.clicked.connect(self._use)
        self._make_painting()
        self._lay_out()
        self._steps = Steps(self)
        self._steps.came.connect(self._take)
        self._steps.ended.connect(lambda: self.set_running(False))
        self.setFocusProxy(self.units.wall)
        theme.themes.changed.connect(self._show)

    # --- assembly ---------------------------------------------------------------------------------------

    def _make_painting(self) -> None:
        edits = PatternEdits(self.document)
        self.patterns, self.pattern = PatternsFrame(edits), PixelGrid(self.tr("Pattern"), paints=True)
        self.pattern.painted.connect(edits.paint)
        self._edits = edits
        self._painting = QWidget()
        row = QHBoxLayout(self._painting)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._pattern = LabFrame(self.tr("Pattern"), self.pattern, [self.pattern.menu_button])
        self._painting.setFixedHeight(PAINTING)
        row.addWidget(self.patterns, 3)
        row.addWidget(self._pattern, 1)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.made, 1)
        right.addWidget(self.chain, 1)
        self.units.wall.setObjectName("picture")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self._painting, 0, 0, 1, 2)
        grid.addWidget(self.units, 1, 0)
        grid.addLayout(right, 1, 1)
        errors = LabFrame(self.tr("Reconstruction error"), self.errors)
        energies = LabFrame(self.tr("Free energy"), self.energies)
        energies.show_remark(self.tr("nats a picture"))
        grid.addWidget(errors, 2, 0)
        grid.addWidget(energies, 2, 1)
        self._curves = (errors, energies)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(1, 5)
        grid.setRowStretch(2, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the curves out where painting takes their room."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        fits = self.height() >= ALL_FITS or self.lab.data != "painted"
        for curves in self._curves:
            curves.setVisible(fits)

    def uses(self) -> Sequence[QPushButton]:
        """The digits that it knows can be learnt by a network."""
        return (self.use,)

    # --- settings ---------------------------------------------------------------------------------------

    def show_value(self, value: Boltzmann) -> None:
        """Go on with other rates, or begin with another machine."""
        before, self._shown = self._shown, value
        self._painting.setVisible(value.data == "painted")
        self._share_out()
        if before is None or before.patterns != value.patterns:
            self.patterns.show_patterns(value)
        self.patterns.wall.choose(value.current)
        self.pattern.show_values(self._edits.wanted)
        if begins_anew(before, value):
            self.reset()
        else:
            self._apprentice.use(value)

    def reset(self) -> None:
        """Begin with the first weights; what ran goes on running."""
        self._begin_with(Apprentice(self.lab))

    def _begin_with(self, apprentice: Apprentice) -> None:
        running = self.running
        self._apprentice = apprentice
        self._steps.begin(apprentice.learning() if running else apprentice.looked_at())

    # --- learning ---------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Learn on the thread."""
        self._steps.begin(self._apprentice.learning())

    def rest(self) -> None:
        """Learn no more than the piece under way."""
        self._steps.finish()

    def step(self) -> None:
        """One update."""
        self._steps.begin(self._apprentice.stepping())

    def _take(self, seen: Seen) -> None:
        self._seen = seen
        self.chain.show_seen(seen, goes_on=self.running)
        self._show()

    def _show(self, *_: object) -> None:
        """Show what was seen last."""
        seen = self._seen
        if seen is None:
            return
        for part in (self.units, self.made, self.errors, self.energies):
            part.show_seen(seen)
        self.use.setEnabled(self.lab.data == "digits" and seen.epoch > 0)
        self.told.emit(self._told(seen))

    def _told(self, seen: Seen) -> str:
        if seen.diverged:
            return self.tr("The weights ran away: choose a smaller learning rate, and reset.")
        if not seen.epoch:
            return self.tr("Press Run: it begins with small weights, and knows no more than mean brightness.")
        words = self.tr("Epoch {epoch}: a picture comes back with a mean squared error of {error}.")
        error = figures(float(seen.history["train_error"][-1]), 2)
        said = words.format(epoch=whole(int(seen.epoch)), error=error)
        likelihood = float(seen.history["likelihood"][-1])
        if math.isfinite(likelihood):
            words = self.tr("Its log-likelihood is {0} nats a picture.")
            said += " " + words.format(fixed(likelihood, 2))
        return said

    # --- the network, files -----------------------------------------------------------------------------

    def _use(self) -> None:
        """Bring the weights into the network, and show that."""
        if self._seen is None:
            return
        workspace = self.workspace
        after = pretrained(workspace.document.experiment, self._seen.machine)
        workspace.document.edit(after, self.tr("Use the Boltzmann machine"))
        workspace.page_asked.emit("design")
        words = self.tr(
            "The network learns digits now: its hidden layer of {count} sigmoids begins with what the "
            "Boltzmann machine learnt. Undo brings back what was there."
        )
        workspace.notice.say(words.format(count=whole(self.lab.hidden)), bad=False)

    def memory(self) -> Memory:
        """What it learnt, as it is seen."""
        return {} if self._seen is None else self._seen.memory

    def restore(self, memory: Memory) -> None:
        """Go on from what a file remembers."""
        if memory:
            check(self.lab, memory)
            self._begin_with(Apprentice(self.lab, memory))

    def end(self) -> None:
        """Learn no more."""
        super().end()
        self._steps.close()
