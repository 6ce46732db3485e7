"""The tab Landscape: where the network is among all the weights that it could have."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.analysis.inspection import Inspection
from playground.analysis.inspections.landscape.inspection import Landscape
from playground.analysis.inspections.landscape.route import SeenTrajectory
from playground.analysis.inspections.landscape.survey import LossGrid
from playground.text import Text
from playground.training.moved import MovedWeights
from playground.training.snapshot import Snapshot, State
from widgets.pages.inside.tab import InsideTab
from widgets.pages.inside.tabs.landscape.figure import NOWHERE
from widgets.pages.inside.tabs.landscape.head import LandscapeHead
from widgets.pages.inside.tabs.landscape.line_card import EARLIER, FIRST
from widgets.pages.inside.tabs.landscape.names import axis_names, grid_told
from widgets.pages.inside.tabs.landscape.pictures import LandscapePictures
from widgets.pages.inside.tabs.landscape.relief import Relief
from widgets.pages.inside.tabs.landscape.side import LandscapeSide
from widgets.pages.inside.tabs.landscape.works import LandscapeWorks
from widgets.sentences import sentence
from widgets.workspace import Workspace

AWAY = 0.02
"""How far from the plane, as a share of its width, the network may rest before another one is laid."""

AGAIN = 2.0
"""Seconds between two planes while it trains, at least."""

DRAWN = {"side", "logarithmic", "surface"}
"""Settings for which nothing is surveyed anew."""


class LandscapeTab(InsideTab):
    """A plane is laid through where the network rests; while it trains, its path grows over the plane."""

    def __init__(self, value: Inspection, workspace: Workspace, parent: QWidget) -> None:
        assert isinstance(value, Landscape)
        super().__init__(value, workspace, parent)
        self.settings = value
        self.head: LandscapeHead = LandscapeHead()
        self.side = LandscapeSide(value)
        self.pictures = LandscapePictures()
        self.works = LandscapeWorks(workspace.link, self)
        self.grid: LossGrid | None = None
        self._latest: Snapshot | None = None
        self._of: tuple[object, ...] = ()
        self._stood: tuple[object, ...] = ()
        """What told, at rest, where the network was when that was asked last."""
        self._laid = 0.0
        self._lay_out()
        self._connect()
        self._show_view()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.pictures, 1)
        row.addWidget(self.side)

    def _connect(self) -> None:
        works, side = self.works, self.side
        side.edited.connect(self.set_value)
        side.line.changed.connect(self._begin_line)
        self.value_changed.connect(self._take_settings)
        self.head.surface_asked.connect(lambda surface: self.set_value(self.settings.with_(surface=surface)))
        self.head.anew.connect(self.lay)
        self.head.given_up.connect(works.give_up)
        self.pictures.chosen.connect(self.put)
        works.sighted.connect(self._begin)
        works.followed.connect(self._show_route)
        works.survey.found.connect(self._show_grid)
        works.survey.refused.connect(self._refuse)
        works.curves.found.connect(side.curvature.show_found)
        works.curves.refused.connect(lambda why: side.curvature.show_nothing(sentence(why)))
        works.line.found.connect(side.line.show_losses)
        works.line.refused.connect(lambda why: side.line.show_nothing(sentence(why)))
        for work in works.all:
            work.moved.connect(self._show_work)

    # --- following the run ----------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Let the path grow; lay another plane for another network or other data."""
        self._latest = snapshot
        running = snapshot.state is State.RUNNING
        self.works.rest(gently=running)
        self.side.show_network(snapshot, {run.number: run.name for run in self.workspace.runs.runs})
        of = (snapshot.run, snapshot.experiment, snapshot.state is State.BLOCKED)
        if of != self._of:
            self._of = of
            if self.settings.plane == "weights":
                self.set_value(self.side.fitted(self.settings))
            self.lay()
        elif running or (stands := _where(snapshot)) != self._stood:
            self._stood = () if running else stands
            self.works.look(running)

    def lay(self) -> None:
        """Lay the plane through where the network is now, and find all that is told of it."""
        self._laid = perf_counter()
        self.works.ask()

    def _begin(self) -> None:
        sight = self.works.sight
        self.side.line.show_trajectory(sight.trajectory if sight is not None else ())
        if sight is None or sight.moment is None:
            self.works.give_up()
            self._refuse(sight.problem if sight is not None else None)
            return
        averages = bool(sight.moment.state)
        self.side.show_remark(
            self.tr("Batch norm goes by its running averages, as they are now.") if averages else ""
        )
        self.side.curvature.epoch = sight.progress
        self._say_what_comes()
        self.works.begin_survey(self.settings)
        self._begin_line()
        if not self._running:
            self.works.begin_curvature(self.settings)

    @property
    def _running(self) -> bool:
        return self._latest is not None and self._latest.state is State.RUNNING

    def _say_what_comes(self) -> None:
        """Say what will be seen, where there is nothing yet."""
        soon = self.tr("Working it out…")
        if self.grid is None:
            self.pictures.show_relief(None, ("", ""), soon)
        if not self.side.curvature.known:
            later = self.tr("It is worked out when training rests.")
            self.side.curvature.show_nothing(later if self._running else soon)

    def _begin_line(self) -> None:
        start, line = self.side.line.start, self.side.line
        if isinstance(start, int):
            self.works.begin_line_from_run(self.settings, start)
        elif start == EARLIER and line.point is None:
            line.show_nothing(self.tr("No earlier epoch is remembered."))
        else:
            self.works.begin_line(self.settings, line.point if start != FIRST else None)

    # --- showing what is found ------------------------------------------------------------------------

    def _show_grid(self, grid: LossGrid) -> None:
        if self.grid is None or grid.plane is not self.grid.plane:
            self.pictures.show_route(NOWHERE)
        self.grid = grid
        self._show_relief()

    def _show_relief(self) -> None:
        grid, settings = self.grid, self.settings
        if grid is None or self._latest is None:
            return
        relief = Relief(grid, settings.side, settings.logarithmic)
        names = axis_names(settings, grid.plane, self._latest.experiment.network)
        if relief.is_empty:
            nowhere = self.tr("Nowhere on this plane is the loss a finite number.")
            self.pictures.show_relief(None, names, nowhere)
        else:
            self.pictures.show_relief(relief, names)

    def _refuse(self, why: Text | None) -> None:
        self.grid = None
        self.pictures.show_relief(None, ("", ""), sentence(why))
        if self.works.sight is None or self.works.sight.moment is None:
            self.side.curvature.show_nothing("")
            self.side.line.show_nothing("")

    def _show_route(self, seen: SeenTrajectory | None) -> None:
        if seen is None or self.grid is None or self._latest is None:
            return
        self.pictures.show_route(seen.places)
        if self._running:
            left = not self.grid.plane.holds(seen.places[-1]) and perf_counter() > self._laid + AGAIN
        else:
            left = seen.away > AWAY or not self.grid.plane.holds(seen.places[-1])
        if left and not self.works.busy:
            self.lay()

    def _show_work(self) -> None:
        works = self.works
        names = (self.tr("Landscape"), self.tr("Line"), self.tr("Curvature"))
        self.head.show_work(dict(zip(names, works.all, strict=True)), grid_told(self.grid))
        if not works.busy:
            works.look(self._running)

    # --- acting ---------------------------------------------------------------------------------------

    def _take_settings(self, value: Landscape) -> None:
        if value.plane == "weights" and (fitted := self.side.fitted(value)) != value:
            self.set_value(fitted)
            return
        before, self.settings = self.settings, value
        self.side.show_value(value)
        changed = {name for name in Landscape.model_fields if getattr(before, name) != getattr(value, name)}
        self._show_view()
        if changed <= DRAWN:
            self._show_relief()
        elif changed == {"directions"}:
            self.works.begin_curvature(value)
        else:
            self.lay()

    def _show_view(self) -> None:
        self.pictures.show_view(self.settings.surface)
        self.head.show_view(self.settings.surface)

    def put(self, x: float, y: float) -> None:
        """Put the network to a place of the plane, undoably."""
        plane, relief = self.works.plane, self.pictures.map.relief
        if plane is None or relief is None:
            return
        if relief.is_hole(x, y):
            self.workspace.message.emit(self.tr("There the loss is no finite number."))
            return
        moved, session = MovedWeights(plane.at(x, y)), self.workspace.link.session
        self.workspace.document.act(
            self.tr("Moved to this place"),
            lambda: session.ask(lambda run: run.type(moved)),
            lambda: session.ask(lambda run: run.take_back(moved)),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look from here by H, stop working by Escape."""
        if event.key() == Qt.Key.Key_H and not event.modifiers():
            self.lay()
        elif event.key() == Qt.Key.Key_Escape and self.works.busy:
            self.works.give_up()
        else:
            super().keyPressEvent(event)

    def keys(self) -> dict[str, str]:
        """What keys do here."""
        return {
            self.tr("Arrows"): self.tr("Move the cross over the landscape"),
            self.tr("Enter"): self.tr("Put the network where the cross is"),
            self.tr("Shift+Arrows"): self.tr("Turn the surface"),
            "+ −": self.tr("Come nearer to the surface, or go farther"),
            "0": self.tr("See the surface as at first"),
            "H": self.tr("Lay the plane through where the network is now"),
            self.tr("Esc"): self.tr("Stop working on the landscape"),
        }

    def take_focus(self) -> None:
        """Let the keyboard move the cross."""
        self.pictures.setFocus()

    def end(self) -> None:
        """Work no more."""
        self.works.close()


def _where(snapshot: Snapshot) -> tuple[object, ...]:
    """What changes when the network stands elsewhere."""
    return snapshot.run, snapshot.step, str(snapshot.train.loss), snapshot.marks  # NaN is no other than NaN
