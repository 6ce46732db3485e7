"""The works behind the tab: one after the other the survey, the line and the curvature of a moment."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, Signal

from playground.analysis.inspections.landscape.inspection import Landscape
from playground.analysis.inspections.landscape.lines import WeightsAt
from playground.analysis.inspections.landscape.look import between, curved, first_weights, surveyed
from playground.analysis.inspections.landscape.planes import LossPlane
from playground.analysis.inspections.landscape.route import Route, SeenTrajectory
from playground.analysis.inspections.landscape.survey import LossGrid
from playground.training.trajectory import TrajectoryPoint
from widgets.background import Background
from widgets.pages.inside.tabs.landscape.sight import Sight, seen_by, weights_at
from widgets.pages.inside.tabs.landscape.slow_work import SlowWork
from widgets.training_link import TrainingLink

LOOK = 0.1
"""Seconds between two looks at where the network is while it trains."""


class LandscapeWorks(QObject):
    """Asks the run in front, and works on what it answers.

    Attributes:
        survey, curves, line: the works; each tells by itself what it finds.
        sight: the moment that they are about; None before the first.

    Signals:
        sighted: there is another moment.
        followed: where the path lies on the plane (`SeenTrajectory`, or None).
    """

    sighted = Signal()
    followed = Signal(object)

    def __init__(self, link: TrainingLink, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self._background = Background(self)
        self.survey, self.curves, self.line = (SlowWork(self._background, self) for _ in range(3))
        self.sight: Sight | None = None
        self._asks = self._asks_again = self._looks = self._looks_again = False
        self._looked = 0.0
        self._route: Route | None = None
        self.survey.found.connect(self._follow)

    @property
    def all(self) -> tuple[SlowWork, ...]:
        """All works, in the order in which they are done."""
        return (self.survey, self.line, self.curves)

    @property
    def busy(self) -> bool:
        """Whether something is asked for or worked on."""
        return self._asks or any(work.busy for work in self.all)

    @property
    def plane(self) -> LossPlane | None:
        """The plane that was surveyed last."""
        return self._route.plane if self._route is not None else None

    def rest(self, gently: bool) -> None:
        """Leave most of the time to training, or take it."""
        for work in self.all:
            work.gently = gently

    def give_up(self) -> None:
        """Work on nothing any more."""
        for work in self.all:
            work.cancel()

    def close(self) -> None:
        """The same, for good."""
        self.give_up()
        self._background.close()

    # --- asking ---------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask for the present moment, which then is told."""
        if self._asks:
            self._asks_again = True
            return
        self._asks = True
        self._background.follow(self._link.session.answer(Sight.of), self._see)

    def _see(self, sight: Sight | None) -> None:
        again, self._asks, self._asks_again = self._asks_again, False, False
        if again:  # what was asked since may be another network
            self.ask()
        elif sight is not None:
            self.sight = sight
            self.sighted.emit()

    def look(self, running: bool) -> None:
        """Ask where the path lies by now; while it trains, not at every frame."""
        route, now = self._route, perf_counter()
        if route is None or (running and now < self._looked + LOOK):
            return
        if self._looks:
            self._looks_again = not running
            return
        self._looks, self._looked = True, now
        answer = self._link.session.answer(seen_by(route))
        self._background.follow(answer, lambda seen: self._tell(route, seen))

    def _tell(self, route: Route, seen: SeenTrajectory | None) -> None:
        again, self._looks, self._looks_again = self._looks_again, False, False
        if route is self._route:
            self.followed.emit(seen)
        if again:
            self.look(running=False)

    def _follow(self, grid: LossGrid) -> None:
        if self._route is None or self._route.plane is not grid.plane:
            self._route = Route(grid.plane)
            self.look(running=False)

    # --- working --------------------------------------------------------------------------------------

    def begin_survey(self, settings: Landscape) -> None:
        """Survey a plane through where the network was at the moment."""
        sight = self.sight
        if sight is not None and (moment := sight.moment) is not None:
            self.survey.begin(lambda: surveyed(moment, sight.trajectory, settings))

    def begin_curvature(self, settings: Landscape) -> None:
        """Find how the loss curves there."""
        if self.sight is not None and (moment := self.sight.moment) is not None:
            self.curves.begin(lambda: curved(moment, settings))

    def begin_line(self, settings: Landscape, point: TrajectoryPoint | None) -> None:
        """Find the losses from an earlier moment, or from the first weights, to there."""
        if self.sight is None or (moment := self.sight.moment) is None:
            return
        if point is None:
            self.line.begin(lambda: between(moment, first_weights(moment.experiment), settings))
        else:
            begin = WeightsAt(point.parameters, point.state)
            self.line.begin(lambda: between(moment, begin, settings))

    def begin_line_from_run(self, settings: Landscape, number: int) -> None:
        """Find the losses from where another run is to there."""

        def begin(there: WeightsAt | None) -> None:
            if there is not None and self.sight is not None and (moment := self.sight.moment) is not None:
                self.line.begin(lambda: between(moment, there, settings))

        self._background.follow(self._link.session.answer(weights_at, number), begin)
