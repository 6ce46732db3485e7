"""The laboratory of normalization: inputs and the valley of two weights on top, batch norm below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QGridLayout, QPushButton

from playground.labs.normalization import Normalizing
from playground.labs.normalization.batches import AmongOthers
from playground.labs.normalization.drift import EVERY, Drift
from playground.labs.normalization.laboratory import FARTHEST, Scaled
from playground.labs.race.racing import Way
from playground.numbers.writing import figures, whole
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.dots_plot import Dots, DotsPlot
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.stepped import SteppedView
from widgets.pages.labs.terrain_map import TerrainMap
from widgets.pages.labs.turning import TurnedPage, TurningFrame
from widgets.pages.labs.views.normalization.plots import AmongOthersPlot, DriftPlot
from widgets.pages.labs.views.normalization.rows import ScalingRows
from widgets.pages.labs.views.normalization.words import batch_told, drift_told, together_told, valley_told
from widgets.plots.function_plot import Functions
from widgets.sentences import said
from widgets.tips import tip
from widgets.workspace import Workspace


@dataclass(frozen=True, eq=False)
class ScaledInputs:
    """What was worked out of the inputs: ground, way down, every scaling, and one sample in batches."""

    lab: Normalizing
    ground: np.ndarray
    way: Way
    steps: int | None
    rows: Sequence[tuple[Scaled, int | None]]
    among: AmongOthers


@dataclass(frozen=True, eq=False)
class BothDrifts:
    """The net inputs without batch norm and with it."""

    without: Drift
    norm: Drift


class NormalizationView(SteppedView[Normalizing]):
    """All is worked out on a thread; a run lets the way down and the drift be seen step by step."""

    def __init__(self, document: LabDocument[Normalizing], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self._found: ScaledInputs | None = None
        self._drifts: BothDrifts | None = None
        self._drifted: object = None  # the settings that these are of
        self.given = DotsPlot(self.tr("Inputs as they are"))
        self.scaled = DotsPlot(self.tr("Inputs as they are scaled"))
        self.rows, self.map = ScalingRows(), TerrainMap()
        self.gradients = DotsPlot(self.tr("Gradient of each sample"))
        self.among, self.drift = AmongOthersPlot(), DriftPlot()
        self.map.setObjectName("picture")
        self.use = QPushButton(self.tr("Use this scaling in my network"))
        self.use.setToolTip(tip(self.tr("Scale the inputs of the present network in this way.")))
        self.use.clicked.connect(self._use)
        self.given.led.connect(self._move_sample)
        self.map.moved.connect(self._move_start)
        self._lay_out()
        self.setFocusProxy(self.map)
        theme.themes.changed.connect(self._show_found)

    def _lay_out(self) -> None:
        tr = self.tr
        self.inputs = TurningFrame(
            (
                TurnedPage(tr("Every scaling"), self.rows, tr("all"), tr("Show what each scaling does.")),
                TurnedPage(tr("Inputs"), self.given, tr("inputs"), tr("Show the inputs as they are.")),
                TurnedPage(tr("Scaled"), self.scaled, tr("scaled"), tr("Show them as they are scaled.")),
            )
        )
        self.valley = TurningFrame(
            (
                TurnedPage(tr("Loss over two weights"), self.map, tr("valley"), tr("Show the way down.")),
                TurnedPage(
                    tr("Gradient of each sample"),
                    self.gradients,
                    tr("gradients"),
                    tr("Show which way each sample pushes the weights at the start."),
                ),
            )
        )
        self.frames = {
            "among": LabFrame(tr("One sample in many batches"), self.among),
            "drift": LabFrame(self.drift.title, self.drift),
        }
        for frame in (self.inputs, self.valley):
            frame.turned.connect(self._show_found)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place, frame in enumerate((self.inputs, self.valley, *self.frames.values())):
            grid.addWidget(frame, *divmod(place, 2))
        for side in range(2):
            grid.setColumnStretch(side, 1)
        grid.setRowStretch(0, 4)
        grid.setRowStretch(1, 3)

    @property
    def length(self) -> int:
        """The steps down the valley."""
        return self.lab.steps

    def uses(self) -> Sequence[QPushButton]:
        """The scaling can be that of the network's inputs."""
        return (self.use,)

    def keys(self) -> dict[str, str]:
        """How places are led without a mouse."""
        return {self.tr("Arrows"): self.tr("Lead the start, or the sample outside; with Shift farther.")}

    # --- what a person does -----------------------------------------------------------------------------

    def _move_start(self, x: float, y: float, gesture: int) -> None:
        self.document.edit(self.lab.with_(start=(x, y)), self.tr("Move the start"), gesture)

    def _move_sample(self, x: float, y: float, gesture: int) -> None:
        standard = self.lab.columns.standard(np.array([x, y]))
        place = tuple(np.clip(standard, -FARTHEST, FARTHEST).tolist())
        self.document.edit(self.lab.with_(place=place), self.tr("Move the sample"), gesture)

    def _use(self) -> None:
        document, scaling = self.workspace.document, self.lab.scaling
        data = document.experiment.data.with_(scaling=scaling)
        after = document.experiment.with_(data=data).fitted()
        document.edit(after, self.tr("Use {name}").format(name=said(scaling)))
        self.workspace.page_asked.emit("design")
        words = self.tr("The inputs of the network are scaled now: {name}.")
        self.workspace.notice.say(words.format(name=said(scaling)), bad=False)

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: Normalizing) -> None:
        """Put the start in its place, and work out the rest."""
        self.map.show_start(value.start)
        self.see_all()
        self._steps.begin(self._stages(value))

    def _stages(self, lab: Normalizing) -> Iterator[object]:
        """What is worked out on another thread; the deep network only where it is another."""
        yield _scaled_inputs(lab)
        asked = lab.layers, lab.speed, lab.batch, lab.seed, lab.steps
        if asked != self._drifted:
            for without, norm in zip(lab.deep(norm=False), lab.deep(norm=True), strict=True):
                yield asked, BothDrifts(without, norm)

    def take(self, found: object) -> None:
        """Show a piece of what was worked out."""
        if isinstance(found, ScaledInputs):
            self._found = found
            self.map.show_ground(found.ground, found.lab.weights.seen)
            self._show_found()
        elif isinstance(found, tuple):
            asked, self._drifts = found
            whole_way = self._drifts.norm.looks == self._drifts.norm.quantiles.shape[1]
            self._drifted = asked if whole_way else None
        self.show_steps()

    # --- showing ----------------------------------------------------------------------------------------

    def _show_found(self, *_: object) -> None:
        """Show what does not change from step to step."""
        if (found := self._found) is not None:
            self._show_inputs(found)
            self._show_gradients(found)
            self.among.show_found(found.among, found.lab.batch)
            size = self.tr("upright line: batches of {size}").format(size=whole(found.lab.batch))
            self.frames["among"].show_remark(size)
            self.show_steps()

    def show_steps(self) -> None:
        """Show so many steps, and what is to be said."""
        if (found := self._found) is None:
            return
        lab, seen = found.lab, min(self.seen, found.lab.steps)
        self.map.show_ways([self.tr("descent")], [found.way], seen)
        step = self.tr("κ {condition}, step {step}").format(
            condition=figures(lab.weights.condition, 3), step=whole(seen)
        )
        self.valley.show_remark(step if self.valley.front is self.map else together_told(lab))
        told = [valley_told(lab, found.steps), batch_told(lab, found.among)]
        if (drifts := self._drifts) is not None:
            self.drift.show_drifts(drifts.without, drifts.norm, EVERY, self.seen)
            told.append(drift_told(drifts.without, drifts.norm))
        self.told.emit(" ".join(told))

    def _show_inputs(self, found: ScaledInputs) -> None:
        """Draw the page of inputs that is in front."""
        lab, name = found.lab, said(found.lab.scaling)
        if self.inputs.front is self.rows:
            self.rows.show_rows(found.rows, lab.outside)
            words = self.tr("first column; κ, steps to the bottom")
        elif self.inputs.front is self.given:
            dots = Dots(*lab.samples.inputs.T, led=lab.outside)
            self.given.show_cloud(dots, self.tr("Inputs as they are"), self.tr("first column"))
            words = self.tr("drag the large dot") if lab.outside else self.tr("second column over the first")
        else:
            title = self.tr("Inputs as they are scaled")
            self.scaled.show_cloud(Dots(*lab.inputs.T), title, self.tr("scaled first column"))
            words = self.tr("{scaling}, then batch norm").format(scaling=name) if lab.norm else name
        self.inputs.show_remark(words)

    def _show_gradients(self, found: ScaledInputs) -> None:
        if self.valley.front is not self.gradients:
            return
        weights = found.lab.weights
        gradients = weights.gradients(weights.place(found.lab.start))
        end = float(np.abs(gradients[:, 0]).max()) * 1.05 + 1e-12
        functions = Functions(self.tr("∂L/∂w₁"), np.array([-end, end]), [])
        dots = Dots(gradients[:, 0], gradients[:, 1])
        self.gradients.show_dots(dots, self.tr("Gradient of each sample"), functions)


def _scaled_inputs(lab: Normalizing) -> ScaledInputs:
    weights = lab.weights
    start = weights.place(lab.start)
    way = weights.descent(start, lab.rate * 2 / float(weights.curvatures[1]), lab.steps)
    rows = [
        (row, row.weights.steps_needed(row.weights.place(lab.start), lab.rate)) for row in lab.every_scaling()
    ]
    steps = weights.steps_needed(start, lab.rate)
    return ScaledInputs(lab, weights.ground(), way, steps, rows, lab.among_others())
