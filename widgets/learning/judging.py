"""Judges the goals of a step a few times a second, by what is seen of training and by what was answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from playground.files.experiment_file import SavedExperiment
from playground.lessons.goals import Judgement, LessonGoal
from playground.lessons.observed import Observed
from playground.training.snapshot import Snapshot
from widgets.background import Background
from widgets.training_link import shown
from widgets.workspace import Workspace

PAUSE = 200
"""Milliseconds between two judgements."""

Truths = tuple[float | None, ...]


class Judging(QObject):
    """Knows how near each goal of a step is.

    What was reached once stays reached, whatever is done afterwards.

    Signals:
        judged: something is judged otherwise than before.
        reached: a goal that was not reached before; its number.
    """

    judged = Signal()
    reached = Signal(int)

    def __init__(
        self, workspace: Workspace, in_front: Callable[[], tuple[str, str]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._in_front = workspace, in_front
        self._goals: tuple[LessonGoal, ...] = ()
        self._given: dict[int, float] = {}
        self._truths: Truths = ()
        self._number = 0
        self._observed = Observed(workspace.document.experiment)
        self.judgements: tuple[Judgement, ...] = ()
        """One for each goal."""
        self._background = Background(self)
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self.judge)
        workspace.link.painted.connect(self._see)

    @property
    def all_reached(self) -> bool:
        """Whether every goal was reached."""
        return all(judgement.reached for judgement in self.judgements)

    def begin(
        self, goals: Sequence[LessonGoal], reached: Collection[int], begun: SavedExperiment | None
    ) -> None:
        """Judge these goals from now on, of which some are reached.

        `begun` is what the step opened, of which answers are known.
        """
        self._goals, self._given, self._truths = tuple(goals), {}, ()
        self._observed = Observed(self._workspace.document.present)
        if (latest := shown(self._workspace.link)) is not None:
            self._see(latest)
        self.judgements = tuple(Judgement(number in reached) for number in range(len(self._goals)))
        self._number += 1
        number = self._number
        if begun is not None and any(goal.asks == "number" for goal in goals):
            work = tuple(goals)
            self._background.run(
                lambda: tuple(goal.truth(begun) for goal in work),
                lambda truths: self._know(number, truths),
            )
        self._timer.start()

    def answer(self, goal: int, given: float) -> None:
        """Take an answer to a question."""
        self._given[goal] = given
        self.judge()

    def given(self, goal: int) -> float | None:
        """What was answered to a question of the step, if anything."""
        return self._given.get(goal)

    def stop(self) -> None:
        """Judge no more."""
        self._timer.stop()
        self._goals = ()
        self.judgements = ()

    def close(self) -> None:
        """End."""
        self.stop()
        self._background.close()

    def judge(self) -> None:
        """Judge all goals by what is known now."""
        workspace = self._workspace
        page, laboratory = self._in_front()
        findings = workspace.doctor.findings or ()
        seen = replace(
            self._observed,
            experiment=workspace.document.present,
            troubles=frozenset((finding.trouble.tag(), finding.layer_id) for finding in findings),
            page=page,
            laboratory=laboratory,
        )
        found = tuple(self._judged(seen, number, goal) for number, goal in enumerate(self._goals))
        before, self.judgements = self.judgements, found
        new = [number for number, each in enumerate(found) if each.reached and not before[number].reached]
        for number in new:
            self.reached.emit(number)
        if found != before:
            self.judged.emit()

    def _judged(self, seen: Observed, number: int, goal: LessonGoal) -> Judgement:
        truth = self._truths[number] if number < len(self._truths) else None
        found = goal.judge(replace(seen, given=self._given.get(number), truth=truth))
        return replace(found, reached=True) if self.judgements[number].reached else found

    def _see(self, snapshot: Snapshot) -> None:
        """Note what training shows of the document as it is now; nothing of an earlier moment."""
        if not self._goals or snapshot.back is not None:
            return
        present = self._workspace.document.present
        if snapshot.experiment is present or snapshot.experiment == present:
            self._observed = self._observed.seeing(snapshot)

    def _know(self, number: int, truths: Truths) -> None:
        if number == self._number:
            self._truths = truths
            self.judge()
