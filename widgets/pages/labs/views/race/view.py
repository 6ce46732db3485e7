"""The laboratory of the race: the landscape with all ways on top, losses, rates and racers below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtWidgets import QPushButton

from playground.engine.optimizers import Optimizer
from playground.labs.race import Race
from playground.labs.race.racing import RateSweep, Way
from playground.numbers.writing import NONE, figures, whole
from playground.value import Kind
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.entries import EntriesFrame
from widgets.pages.labs.stepped import SteppedView
from widgets.pages.labs.terrain_stage import TerrainStage
from widgets.pages.labs.turning import TurnedPage, TurningFrame
from widgets.pages.labs.views.race.edits import RaceEdits
from widgets.pages.labs.views.race.plots import RacePlot, SweepPlot
from widgets.sentences import counted, said, sentence
from widgets.tips import tip
from widgets.workspace import Workspace


class RaceView(SteppedView[Race]):
    """All is worked out when anything changes; a run lets the steps be seen one after another."""

    def __init__(self, document: LabDocument[Race], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.edits = RaceEdits(document)
        self._ways: tuple[Way, ...] = ()
        self._of: Race | None = None  # whose ways these are
        self._swept: RateSweep | None = None
        self._asked: Race | None = None  # what is worked out, however it is seen
        self._grounded: object = None
        self.stage = TerrainStage()
        self.losses, self.rates = RacePlot(), SweepPlot()
        self.racers = EntriesFrame(
            self.tr("Racers"),
            self.edits,
            Optimizer.ready(),
            _rate,
            (self.tr("Add a racer"), self.tr("Let another optimizer take part.")),
        )
        self.racers.opened.connect(self.edits.choose)
        self.use = QPushButton(self.tr("Use the first in my network"))
        self.use.setToolTip(
            tip(self.tr("Let the present network learn by the optimizer that got there first."))
        )
        self.use.clicked.connect(self._use)
        self.stage.moved.connect(self.edits.begin_at)
        self.stage.surface_asked.connect(self.edits.see_surface)
        self._lay_out()
        self.setFocusProxy(self.stage)
        theme.themes.changed.connect(self.show_steps)

    def _lay_out(self) -> None:
        self.frame = TurningFrame(
            (
                TurnedPage(
                    self.losses.title,
                    self.losses,
                    self.tr("losses"),
                    self.tr("Show the losses over the steps."),
                ),
                TurnedPage(
                    self.rates.title,
                    self.rates,
                    self.tr("rate sweep"),
                    self.tr("Show what other rates lead to."),
                ),
            )
        )
        self.frame.turned.connect(self.show_steps)
        self.arrange(self.stage, (self.frame, self.racers))

    def uses(self) -> Sequence[QPushButton]:
        """The optimizer that was first can train the network."""
        return (self.use,)

    def keys(self) -> dict[str, str]:
        """How the start is led without a mouse."""
        return {
            self.tr("Arrows"): self.tr("Lead the start over the landscape; from above with Shift farther."),
            self.tr("Shift+Arrows"): self.tr("Turn the surface."),
            "+ −": self.tr("Come nearer to the surface, or go farther."),
            "0": self.tr("See the surface as at first."),
        }

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: Race) -> None:
        """Show who takes part, and work the race out."""
        left, right, low, high = value.terrain.seen
        x, y = value.begins
        self.stage.show_start(((x - left) / (right - left), (y - low) / (high - low)))
        self.racers.show_entries(value.racers)
        self.racers.show_remark(self.tr("steps to ε = {goal}").format(goal=figures(value.epsilon, 3)))
        self.stage.show_view(value.surface)
        of, self._asked = self._asked, value.with_(surface=False)
        if of == self._asked:
            return
        self.see_all()
        self._steps.begin(self._stages(value))

    def _stages(self, lab: Race) -> Iterator[object]:
        """What is worked out on another thread: the ground if it is another, the ways, and the sweep."""
        if lab.terrain != self._grounded:
            yield lab.terrain, lab.ground()
        yield lab, lab.ways()
        yield lab.sweep()

    def take(self, found: object) -> None:
        """Show a piece of what was worked out."""
        if isinstance(found, RateSweep):
            self._swept = found
        elif isinstance(found, tuple) and isinstance(found[0], Race):
            self._of, self._ways = found
        elif isinstance(found, tuple):
            self._grounded, (ground, marks) = found
            self.stage.show_ground(ground, self._grounded.seen, marks)
        self.show_steps()

    @property
    def length(self) -> int:
        """The steps of the race."""
        return self.edits.lab.steps

    # --- showing ----------------------------------------------------------------------------------------

    def show_steps(self, *_: object) -> None:
        """Show so many steps of all ways, and what is to be said of them."""
        lab = self._of
        if lab is None or len(self.racers.rows) != len(self._ways):
            return
        steps = min(self.seen, lab.steps)
        names = [said(racer) for racer in lab.racers]
        self.stage.show_ways(names, self._ways, steps)
        self.losses.show_ways(names, self._ways, lab.terrain.bottom, lab.steps, steps)
        for row, way in zip(self.racers.rows, self._ways, strict=True):
            row.show_told(*self._how_it_does(lab, way, steps))
        if self._swept is not None:
            chosen = names[lab.chosen]
            plain = lab.racers[lab.chosen].tag() == "gradient_descent"
            steepest = lab.terrain.steepest if plain else None
            begun = float(self._ways[lab.chosen].losses[0])
            self.rates.show_sweep(chosen, lab.chosen, self._swept, lab.terrain.bottom, begun)
            self.rates.show_border(None if steepest is None else 2 / steepest)
        self.frame.show_remark(self._remark(lab, names, steps))
        self.use.setEnabled(self._first() is not None)
        self.told.emit(self._told(lab, names))

    def _how_it_does(self, lab: Race, way: Way, steps: int) -> tuple[str, bool]:
        """When a racer was at the goal, or where it is, and whether it ran away."""
        if way.lost and steps >= len(way.losses):
            return self.tr("ran away"), True
        if lab.goal is not None and (there := way.steps_to(lab.goal)) is not None and there <= steps:
            return whole(there), False
        return (NONE if lab.goal is not None else figures(float(way.losses[steps]), 3)), False

    def _remark(self, lab: Race, names: list[str], steps: int) -> str:
        if self.frame.front is self.rates:
            return counted("{name}, {count} step", "{name}, {count} steps", lab.steps, name=names[lab.chosen])
        return self.tr("step {step} of {steps}").format(step=whole(steps), steps=whole(lab.steps))

    def _first(self) -> int | None:
        """The place of who was first at the goal, or is lowest at the end; None if all ran away."""
        lab = self._of
        if lab is None:
            return None
        goal = lab.goal if lab.goal is not None else -np.inf
        there = [
            (found if (found := way.steps_to(goal)) is not None else np.inf, float(way.losses[-1]), place)
            for place, way in enumerate(self._ways)
            if not way.lost
        ]
        return min(there)[2] if there else None

    def _told(self, lab: Race, names: list[str]) -> str:
        told = [sentence(lab.terrain.remark)] if lab.terrain.remark is not None else []
        first = self._first()
        if lab.goal is not None and first is not None:
            there = self._ways[first].steps_to(lab.goal)
            nobody = counted(
                "Nobody gets to the goal in {count} step.",
                "Nobody gets to the goal in {count} steps.",
                lab.steps,
            )
            told.append(nobody if there is None else _there_first(names[first], there))
        if (steepest := lab.terrain.steepest) is not None:
            words = self.tr("Plain descent runs away from η > 2/λ = {rate} on.")
            told.append(words.format(rate=figures(2 / steepest, 3)))
        return " ".join(told)

    def _use(self) -> None:
        """Let the present network learn by the first."""
        first = self._first()
        if first is None or self._of is None:
            return
        racer, document = self._of.racers[first], self.workspace.document
        training = document.experiment.training.with_(optimizer=racer)
        text = self.tr("Use {name}").format(name=said(racer))
        document.edit(document.experiment.with_(training=training), text)
        self.workspace.page_asked.emit("design")
        words = self.tr("The network learns by {name} now, with the settings it raced with.")
        self.workspace.notice.say(words.format(name=said(racer)), bad=False)


def _rate(racer: Kind) -> str:
    """What stands behind the name of a racer."""
    assert isinstance(racer, Optimizer)
    return f"η {figures(racer.learning_rate, 3)}"


def _there_first(name: str, steps: int) -> str:
    return counted(
        "{name} is there first, after {count} step.",
        "{name} is there first, after {count} steps.",
        steps,
        name=name,
    )
