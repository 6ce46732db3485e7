"""The laboratory of batches: a walk down with the gradients behind it, and a sweep of sizes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from playground.labs.batch_noise import BatchNoise
from playground.labs.batch_noise.samples import Floats, scatter
from playground.labs.batch_noise.sweep import fastest
from playground.labs.batch_noise.walk import Walk
from playground.labs.race.racing import Way
from playground.labs.race.terrain import Box
from playground.numbers.writing import figures, whole
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.stepped import SteppedView
from widgets.pages.labs.terrain_map import TerrainMap
from widgets.pages.labs.views.batch_noise.arrows import GradientArrows
from widgets.pages.labs.views.batch_noise.strip import EpochStrip
from widgets.pages.labs.views.batch_noise.sweep import BatchSweep
from widgets.sentences import sentence
from widgets.tips import tip
from widgets.workspace import Workspace

WALKED = ("count", "batch", "rate", "noise", "epochs", "seed", "start")
"""The settings of the walk; the others are those of the sweep."""


@dataclass(frozen=True, eq=False)
class Walked:
    """A walk by batches, one by all samples, and the ground below them."""

    walk: Walk
    whole: Walk
    ground: Floats
    seen: Box


class BatchNoiseView(SteppedView[BatchNoise]):
    """The walk is worked out at once; a run shows it step after step. A sweep is asked for by itself."""

    def __init__(self, document: LabDocument[BatchNoise], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self._walked: Walked | None = None
        self._asked: tuple[object, ...] = ()
        self.map, self.arrows, self.strip = TerrainMap(), GradientArrows(), EpochStrip()
        self.map.setObjectName("picture")
        self.sweep = BatchSweep(workspace, self)
        self.use = QPushButton(self.tr("Use the fastest in my network"))
        self.use.setToolTip(tip(self.tr("Take the batch size that was first at the goal, with its rate.")))
        self.setFocusProxy(self.map)
        self._lay_out()
        self.map.moved.connect(self._begin_at)
        self.sweep.changed.connect(self._show_use)
        self.use.clicked.connect(self._use)
        theme.themes.changed.connect(self.show_steps)

    def _lay_out(self) -> None:
        self._gradients = LabFrame(self.tr("Gradients"), self.arrows, (self.arrows.menu_button,))
        self.epoch = LabFrame(self.tr("Epoch"), self.strip)
        rows = [QHBoxLayout(), QHBoxLayout()]
        for row in rows:
            row.setSpacing(8)
        rows[0].addWidget(self.map, 3)
        rows[0].addWidget(self._gradients, 2)
        rows[1].addWidget(self.sweep.plots, 1)
        rows[1].addWidget(self.sweep.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(rows[0], 5)
        column.addWidget(self.epoch)
        column.addLayout(rows[1], 4)

    def uses(self) -> Sequence[QPushButton]:
        """The batch size that was fastest."""
        return (self.use,)

    def keys(self) -> dict[str, str]:
        """How the start is led without a mouse."""
        return {self.tr("Arrows"): self.tr("Lead the start over the landscape; with Shift farther.")}

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: BatchNoise) -> None:
        """Walk anew where that is another walk, and show what a sweep with these settings found."""
        self.map.show_start(value.start)
        self.sweep.show_lab(value)
        before, self._asked = self._asked, tuple(getattr(value, name) for name in WALKED)
        if before != self._asked:
            self.see_all()
            self._steps.begin(_walked(value))

    def take(self, found: object) -> None:
        """Show a walk."""
        assert isinstance(found, Walked)
        self._walked = found
        self.map.show_ground(found.ground, found.seen)
        self.show_steps()

    @property
    def length(self) -> int:
        """The steps of the walk."""
        return 0 if self._walked is None else self._walked.walk.length

    def end(self) -> None:
        """Measure no more either."""
        super().end()
        self.sweep.close()

    def _begin_at(self, x: float, y: float, gesture: int) -> None:
        self.document.edit(self.lab.with_(start=(x, y)), self.tr("Move the start"), gesture)

    # --- showing ----------------------------------------------------------------------------------------

    def show_steps(self, *_: object) -> None:
        """Show the walk up to where it is seen."""
        if self._walked is None:
            return
        lab, walk, whole_walk = self.lab, self._walked.walk, self._walked.whole
        moment = walk.moment(self.seen)
        passed = self.seen // walk.per_epoch
        names = (self.tr("batches of {size}").format(size=whole(lab.size)), self.tr("all samples"))
        self.map.show_ways(names, (walk.way, _first(whole_walk.way, passed)), self.seen)
        self.arrows.show_moment(moment)
        self.strip.show_moment(moment, lab.size)
        words = self.tr("epoch {epoch} of {epochs}, iteration {iteration} of {iterations}, {updates} updates")
        self.epoch.show_remark(
            words.format(
                epoch=whole(moment.epoch + 1),
                epochs=whole(lab.epochs),
                iteration=whole(moment.iteration + 1),
                iterations=whole(walk.per_epoch),
                updates=whole(self.seen),
            )
        )
        self._gradients.show_remark(self.tr("a step goes along the mean"))
        self._show_use()

    def _show_use(self) -> None:
        """Say what is to be said, and offer what a sweep found."""
        found = self.sweep.found
        self.use.setEnabled(fastest(found) is not None)
        self.told.emit(" ".join(filter(None, (self._told_of_walk(), self._told_of_sweep()))))

    def _told_of_walk(self) -> str:
        if self._walked is None:
            return ""
        lab, walk = self.lab, self._walked.walk
        if walk.way.lost:
            return self.tr("It ran away: the steps are too long for what single batches say.")
        slopes = walk.moment(self.seen).slopes
        size, noise = float(np.hypot(*slopes.mean(axis=0))), scatter(slopes, lab.size).deviation
        if not noise:
            return self.tr("All samples at once, or all of one mind: no noise.")
        words = self.tr(
            "Here the mean of {size} misses the gradient, which is {gradient} long, by about {noise}."
        )
        return words.format(size=whole(lab.size), noise=figures(noise, 2), gradient=figures(size, 2))

    def _told_of_sweep(self) -> str:
        state, found = self.sweep.state, self.sweep.found
        if state.refused is not None:
            return sentence(state.refused)
        if state.progress < 1:
            words = self.tr("Measure, and a copy of the network learns with one batch size after another.")
            return "" if found else words
        best = fastest(found)
        if best is None:
            return self.tr("No batch size gets to the goal.")
        words = self.tr("Batches of {size} get to the goal first, in {seconds} s and {epochs} epochs.")
        row = found[best]
        return words.format(
            size=whole(row.batch),
            seconds=figures(row.seconds_to or 0.0, 2),
            epochs=whole(row.epochs_to or 0),
        )

    # --- the network ------------------------------------------------------------------------------------

    def _use(self) -> None:
        """Let the present network learn by the batch size that was fastest."""
        found = self.sweep.found
        if (best := fastest(found)) is None:
            return
        document, size = self.workspace.document, found[best].batch
        of = self.sweep.chosen(best).training
        training = document.experiment.training
        changes = {"batch_size": size, "full_batch": False}
        if self.lab.trained == "mine":
            changes["optimizer"] = of.optimizer
        text = self.tr("Use batches of {size}").format(size=whole(size))
        document.edit(document.experiment.with_(training=training.with_(**changes)), text)
        self.workspace.page_asked.emit("design")
        words = self.tr("The network learns by batches of {size} now.")
        self.workspace.notice.say(words.format(size=whole(size)), bad=False)


def _walked(lab: BatchNoise) -> Iterator[Walked]:
    """What is worked out on another thread."""
    samples = lab.samples()
    yield Walked(lab.walk(samples), lab.whole(samples), lab.ground(samples), samples.seen)


def _first(way: Way, steps: int) -> Way:
    """So many steps of a way."""
    return Way(way.places[: steps + 1], way.losses[: steps + 1], way.lost)
