"""Asking the run in front what it knows: at once while it rests, and at a gentle rate while it trains."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QObject

from playground.experiment import Experiment
from playground.record import record
from playground.training.moment import GivenUp, Moment
from playground.training.run import Run
from playground.training.snapshot import Snapshot, State
from widgets.background import Background
from widgets.training_link import TrainingLink

PAUSE = 1.0
"""Seconds between two answers while training runs, at least."""

REST = 4.0
"""They rest for so many times as long as they took, so that training goes on."""

T = TypeVar("T")
GivenUpYet = Callable[[], bool]


@record(eq=False)
class Known:
    """What a run answers: its experiment, and what it has learnt of that; None when it cannot learn it."""

    experiment: Experiment
    moment: Moment | None

    @classmethod
    def of(cls, run: Run) -> Known:
        """What is known now."""
        learner = run.learner
        trainer = learner.trainer
        can = trainer is not None and trainer.experiment.data == learner.experiment.data
        return cls(learner.experiment, Moment.of(trainer) if trainer is not None and can else None)


class Asking(QObject):
    """Follows the run in front as long as it is told of its snapshots.

    What is known of it goes to `work`, which says on the window's thread what to work out elsewhere; what
    comes of that goes to `show`, None where it was given up.
    """

    def __init__(
        self,
        link: TrainingLink,
        work: Callable[[Known, GivenUpYet], Callable[[], T]],
        show: Callable[[T | None], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link, self._work, self._show = link, work, show
        self._background = Background(self)
        self._busy = False
        self._seen: tuple[object, ...] = ()
        self._waiting: Snapshot | None = None
        self._next = 0.0
        self.ended = False

    def see(self, snapshot: Snapshot) -> None:
        """Ask for what is new in a snapshot, at once or when it is time to."""
        if self._busy:
            self._waiting = snapshot
        elif what_counts(snapshot) != self._seen and (
            snapshot.state is not State.RUNNING or perf_counter() >= self._next
        ):
            self._ask(snapshot)

    def ask_anew(self) -> None:
        """Ask again at the next snapshot, though it may be the same."""
        self._seen, self._next = (), 0.0

    def in_background(self, work: Callable[[], object], done: Callable[[object], object]) -> None:
        """Let something be worked out on the same thread, which the network answers on."""
        if not self.ended:
            self._background.run(work, done)

    def end(self) -> None:
        """Work no more."""
        self.ended = True
        self._background.close()

    def _ask(self, snapshot: Snapshot) -> None:
        self._busy, self._seen = True, what_counts(snapshot)
        begun = perf_counter()
        answer = self._link.session.answer(Known.of)
        self._background.follow(answer, lambda known: self._work_out(known, begun))

    def _work_out(self, known: Known | None, begun: float) -> None:
        if known is None or self.ended:
            self._busy = False
            return

        def given_up() -> bool:
            waiting = self._waiting
            return self.ended or (waiting is not None and waiting.experiment.data != known.experiment.data)

        def failed(error: Exception) -> None:
            if not isinstance(error, GivenUp):
                raise error
            self._answer(None, begun)

        work = self._work(known, given_up)
        self._background.run(work, lambda outcome: self._answer(outcome, begun), failed)

    def _answer(self, outcome: object, begun: float) -> None:
        now = perf_counter()
        self._next = now + max(PAUSE, REST * (now - begun))
        self._busy = False
        self._show(outcome)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.see(waiting)


def what_counts(snapshot: Snapshot) -> tuple[object, ...]:
    """What the answers follow from: the experiment, and all that changes weights."""
    loss = str(snapshot.train.loss)  # as text: NaN differs from itself
    blocked = snapshot.state is State.BLOCKED
    return snapshot.run, id(snapshot.experiment), snapshot.step, blocked, loss, snapshot.marks
