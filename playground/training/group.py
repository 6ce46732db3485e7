"""The runs of a session, the one in front first, and what keeps those beside it level with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from playground.experiment import Experiment
from playground.training import lockstep
from playground.training.aside import Aside
from playground.training.checkpoint import Checkpoint
from playground.training.choosing import NUMPY
from playground.training.distances import Distances
from playground.training.run import Run
from playground.training.snapshot import Snapshot, State, View

BESIDE = View(maps=False, resolution=64, vitals=False)
"""What is on screen of a run behind the one in front, where nobody looks at it."""


class RunGroup:
    """Runs that learn together.

    Attributes:
        runs: by number, the one in front first.
        choice: by which machine runs that begin are trained.
        in_round: whether some have done steps of this round that others still have to do.
    """

    def __init__(self) -> None:
        self.runs: dict[int, Run] = {}
        self.in_round = False
        self._speed: float | None = None
        self.choice = NUMPY
        self._view, self._beside = View(), BESIDE
        self._distances = Distances()
        self._catching: set[int] = set()

    @property
    def running(self) -> list[Run]:
        """Those that train."""
        return [run for run in self.runs.values() if run.state is State.RUNNING]

    @property
    def hurries(self) -> bool:
        """Whether some have to come level with others, however slow the speed is."""
        looks_back = any(run.learner.past is not None for run in self.runs.values())
        return self.in_round or bool(self._catching) or looks_back

    @property
    def _front(self) -> Run:
        return next(iter(self.runs.values()))

    # --- learning ---------------------------------------------------------------------------------------

    def train(self, running: Sequence[Run]) -> None:
        """Train for a slice: one run alone, several in turn, or those that catch up with one that waits."""
        if self._front.learner.past is not None:  # who looks back finds the others at rest
            for run in running:
                if run is self._front:
                    run.train(run.stride.run_slice)
                else:
                    run.pause()
        elif self._front.state is not State.RUNNING and self._catching:
            for run in running:
                self._follow_front(run)
        elif len(running) == 1:
            running[0].train(running[0].stride.run_slice)
        else:
            for level_before, level in lockstep.rounds(running):
                self.in_round = not level and (level_before or self.in_round)
                if level:
                    self._distances.note_epoch(*self.runs.values())

    def settle(self) -> None:
        """Let all finish the round under way, so that what is asked now finds them level."""
        if self.in_round:
            lockstep.level(self.running)
            self.in_round = False

    def _follow_front(self, run: Run) -> None:
        place = lockstep.stands(self._front)
        if run.number in self._catching:
            lockstep.follow(run, place)
        if lockstep.is_level(run, place):
            self._catching.discard(run.number)
            run.pause()

    # --- telling ----------------------------------------------------------------------------------------

    def snapshots(self, runs: Sequence[Run]) -> dict[int, Snapshot]:
        """What these look like now, by their numbers."""
        self._distances.note(*self.runs.values())
        found = {}
        for run in runs:
            snapshot, apart = run.snapshot(), self._distances.of(run.number)
            found[run.number] = snapshot if apart is None else replace(snapshot, apart=apart)
        return found

    # --- requests ---------------------------------------------------------------------------------------

    def open(self, number: int, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        """Leave all runs and begin with another."""
        for kept in (self.runs, self._distances, self._catching):
            kept.clear()
        self.in_round = False
        self.add(number, experiment, checkpoint)

    def add(self, number: int, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        """Begin a run."""
        run = Run(number, experiment, checkpoint, self.choice)
        run.stride.set_speed(self._speed)
        self.runs[number] = run
        self._show_all()

    def drop(self, number: int) -> None:
        """Forget a run."""
        self.runs.pop(number, None)
        self._distances.forget(number)
        self._catching.discard(number)
        self._show_all()

    def take_over(self, number: int, aside: Aside) -> None:
        """Forget a run, and put what it has learnt aside, for the one in front to go on with."""
        if (run := self.runs.get(number)) is not None:
            aside.trainer = run.learner.trainer
            self.drop(number)

    def start(self) -> None:
        """Train all runs, to the nearest of their goals."""
        self._catching.clear()
        lockstep.start(self.runs.values())

    def step(self, whole_epoch: bool) -> None:
        """Train all runs on a batch, or to the end of the epoch, then pause."""
        self._catching.clear()
        lockstep.step(self.runs.values(), whole_epoch)

    def catch_up(self, number: int) -> None:
        """Train a run until it is level with the one in front, and with that from there on."""
        if (run := self.runs.get(number)) is not None:
            self._front.come_back()
            self._catching.add(number)
            run.start()

    def pause(self) -> None:
        """Let every run stop after the step under way."""
        self._catching.clear()
        for run in self.runs.values():
            run.pause()

    def set_speed(self, steps_per_second: float | None) -> None:
        """At most so many steps a second, in every run."""
        self._speed = steps_per_second
        for run in self.runs.values():
            run.stride.set_speed(steps_per_second)

    def look(self, view: View) -> None:
        """See this of the run in front."""
        self._view = view
        self._show_all()

    def look_beside(self, maps: bool) -> None:
        """See the maps of the runs behind it too, or none."""
        self._beside = replace(self._beside, maps=maps)
        self._show_all()

    def _show_all(self) -> None:
        """Say to each what is seen of it, and its share of the time for that."""
        for place, run in enumerate(self.runs.values()):
            run.look(replace(self._beside if place else self._view, share=1 / len(self.runs)))
