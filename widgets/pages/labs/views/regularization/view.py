"""The laboratory of regularization: ball and weights on top, dropout and numbers below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from playground.labs.regularization import Regularization
from playground.labs.regularization.laboratory import STRENGTHS
from playground.labs.regularization.outlines import Floats
from playground.numbers.writing import figures
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.stepped import SteppedView
from widgets.pages.labs.table import LabTable
from widgets.pages.labs.turning import TurnedPage, TurningFrame
from widgets.pages.labs.views.regularization.ball_figure import BallFigure
from widgets.pages.labs.views.regularization.plots import DropoutPlot, PathsPlot, SharingPlot
from widgets.pages.labs.views.regularization.words import number_rows, told
from widgets.sentences import said
from widgets.tips import tip
from widgets.workspace import Workspace

LEAST = 150
"""Pixels that each part is high at least."""


class RegularizationView(SteppedView[Regularization]):
    """A run lets the penalty grow from next to nothing, and ends with the one that is set."""

    def __init__(self, document: LabDocument[Regularization], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.ball, self.paths, self.spread = BallFigure(), PathsPlot(), SharingPlot()
        self.ball.setObjectName("picture")
        self.dropout, self.numbers = DropoutPlot(), LabTable(3)
        self._weights: Floats | None = None  # of the wines, for all strengths
        self._share: float | None = None  # of L1 in their penalty
        self._apart: tuple[object, ...] = ()  # what dropout and sharing were shown for
        self._networks = self.lab.networks()
        self.use = QPushButton(self.tr("Use this penalty in my network"))
        self.use.setToolTip(tip(self.tr("Charge the weights of the present network as much.")))
        self.use.clicked.connect(self._use)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.ball)

    def _lay_out(self) -> None:
        self.frame = TurningFrame(
            (
                TurnedPage(
                    self.tr("Weights over λ"),
                    self.paths,
                    self.tr("weights over λ"),
                    self.tr("Show weights of eight measurements by which the alcohol of wines is told."),
                ),
                TurnedPage(
                    self.tr("One input or a quarter of each"),
                    self.spread,
                    self.tr("one or a quarter"),
                    self.tr("Show what the same output costs by how evenly it is shared."),
                ),
            )
        )
        self.touch = LabFrame(self.tr("Loss and penalty"), self.ball)
        self.below = LabFrame(self.tr("Networks that dropout leaves"), self.dropout)
        table = LabFrame(self.tr("Numbers"), self.numbers)
        for part in (self.touch, self.frame, self.below, table):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
            part.setMinimumHeight(LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_row((self.touch, 1), (self.frame, 1)), 3)
        column.addLayout(_row((self.below, 3), (table, 2)), 2)

    def _connect(self) -> None:
        self.ball.moved.connect(
            lambda x, y, gesture: self.document.edit(
                self.lab.with_(best=(x, y)), self.tr("Move the loss"), gesture
            )
        )
        self.paths.led.connect(
            lambda power, gesture: self.document.edit(
                self.lab.with_(strength=float(10.0**power)), self.tr("Set the strength"), gesture
            )
        )
        self.spread.led.connect(
            lambda spread, gesture: self.document.edit(
                self.lab.with_(spread=spread), self.tr("Set the spread"), gesture
            )
        )
        theme.themes.changed.connect(self._show_all)

    def uses(self) -> Sequence[QPushButton]:
        """The penalty is one of a network's own."""
        return (self.use,)

    def keys(self) -> dict[str, str]:
        """How the loss is led without a mouse."""
        return {
            self.tr("Arrows"): self.tr("Lead the loss, or the strength of the penalty; with Shift farther.")
        }

    @property
    def length(self) -> int:
        """One a strength, from the smallest to the largest."""
        return len(STRENGTHS) - 1

    @property
    def strength(self) -> float:
        """That which is seen: the one that is set, or that of a run."""
        return self.lab.strength if self._at is None else float(STRENGTHS[self.seen])

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: Regularization) -> None:
        """Show where loss and penalty touch, and have the ways of weights worked out."""
        self.see_all()
        if value.alpha != self._share:
            self._share, self._weights = value.alpha, None
            self._steps.begin(self._pieces(value))
        apart = (value.spread, value.hidden, value.kept, value.output, value.seed)
        if apart == self._apart:
            self.show_steps()
        else:
            self._apart = apart
            self._show_all()

    @staticmethod
    def _pieces(lab: Regularization) -> Iterator[Floats]:
        yield lab.paths()

    def take(self, found: object) -> None:
        """Show the weights of the wines."""
        assert isinstance(found, np.ndarray)
        self._weights = found
        self.show_steps()

    def advance(self) -> None:
        """Let it grow, and come back in the end."""
        super().advance()
        if not self.running:
            self._at = None
            self.show_steps()

    # --- showing ----------------------------------------------------------------------------------------

    def _show_all(self, *_: object) -> None:
        lab = self.lab
        self.spread.show_spread(lab)
        self._networks = lab.networks()
        self.dropout.show_networks(self._networks)
        self.below.show_remark(self.tr("{count} of them").format(count=2**lab.hidden))
        self.show_steps()

    def show_steps(self) -> None:
        """Show weights of the strength that is seen."""
        lab, strength = self.lab, self.strength
        weights, networks = lab.weights(strength), self._networks
        self.ball.show_lab(lab, weights, lab.way())
        self.touch.show_remark(f"{said(lab.regularizer)}, λ = {figures(strength, 3)}")
        self.numbers.show_rows(("", "", ""), number_rows(lab, weights, strength, networks))
        here = None
        if self._weights is not None:
            self.paths.show_paths(self._weights, strength)
            here = self._weights[int(np.abs(np.log(STRENGTHS / max(strength, 1e-9))).argmin())]
        self.told.emit(told(lab.with_(strength=strength), weights, here, networks))

    def _use(self) -> None:
        """Let the present network pay for its weights."""
        document, regularizer = self.workspace.document, self.lab.regularizer
        training = document.experiment.training.with_(regularizer=regularizer)
        text = self.tr("Use {name}").format(name=said(regularizer))
        document.edit(document.experiment.with_(training=training), text)
        self.workspace.page_asked.emit("design")
        words = self.tr("The network pays for its weights by {name} now.")
        self.workspace.notice.say(words.format(name=said(regularizer)), bad=False)


def _row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part, share in parts:
        row.addWidget(part, share)
    return row
