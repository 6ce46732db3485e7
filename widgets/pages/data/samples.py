"""What the page Data shows: the sheet of the newest data, the newest answers, and the rows wished for.

All of it is worked out off the window's thread, and what nobody wants any more is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from playground.data.prepared import PreparedData
from playground.experiment import Experiment
from playground.text import Text
from playground.training.moment import GivenUp, Moment
from playground.training.run import Run
from playground.training.snapshot import Snapshot, State
from playground.value import InvalidValue
from widgets.background import Background
from widgets.pages.data.arrangement import Arrangement, Wish
from widgets.pages.data.sheet import Sheet
from widgets.pages.data.verdict import Verdict
from widgets.sentences import sentence
from widgets.training_link import TrainingLink

PAUSE = 1.0
"""Seconds between two answers while training runs, at least."""

REST = 4.0
"""They rest for so many times as long as they took, so that training goes on."""


@dataclass(frozen=True, eq=False)
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


@dataclass(frozen=True, eq=False)
class Outcome:
    """What there is to show of an experiment; without a sheet, the `problem` why not."""

    experiment: Experiment | None = None
    sheet: Sheet | None = None
    moment: Moment | None = None
    verdict: Verdict | None = None
    arrangement: Arrangement | None = None
    wish: Wish = Wish()  # noqa: RUF009 (it never changes)
    problem: Text | None = None


class SampleRows(QObject):
    """Follows the run in front while its page is seen.

    Signals:
        sheet_changed: other samples are there, or none.
        answered: the network says otherwise.
        arranged: other rows are shown, or in another order.
    """

    sheet_changed = Signal()
    answered = Signal()
    arranged = Signal()

    def __init__(self, link: TrainingLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._background = Background(self)
        self._shown = Outcome()
        self._busy = False
        self._seen: tuple[object, ...] = ()
        self._waiting: Snapshot | None = None
        self._next = 0.0
        self._ended = False
        self.wish = Wish()

    @property
    def sheet(self) -> Sheet | None:
        """The samples; None before they are there."""
        return self._shown.sheet

    @property
    def verdict(self) -> Verdict | None:
        """What the network says of them; None while it cannot."""
        return self._shown.verdict

    @property
    def moment(self) -> Moment | None:
        """The network that said it."""
        return self._shown.moment

    @property
    def arrangement(self) -> Arrangement | None:
        """The rows that are shown."""
        return self._shown.arrangement

    @property
    def problem(self) -> str:
        """Why there are no samples."""
        return sentence(self._shown.problem)

    def end(self) -> None:
        """Work no more."""
        self._ended = True
        self._background.close()

    # --- asking -----------------------------------------------------------------------------------------

    def see(self, snapshot: Snapshot) -> None:
        """Ask for what is new in a snapshot, at once or when it is time to."""
        if self._busy:
            self._waiting = snapshot
        elif _what_counts(snapshot) != self._seen and (
            snapshot.state is not State.RUNNING or perf_counter() >= self._next
        ):
            self._ask(snapshot)

    def wish_for(self, wish: Wish) -> None:
        """Show other rows, or in another order."""
        self.wish = wish
        self._arrange()

    def in_background(self, work: Callable[[], object], done: Callable[[object], object]) -> None:
        """Let something be worked out on the same thread, which the network answers on."""
        if not self._ended:
            self._background.run(work, done)

    def _ask(self, snapshot: Snapshot) -> None:
        self._busy, self._seen = True, _what_counts(snapshot)
        begun = perf_counter()
        answer = self._link.session.answer(Known.of)
        self._background.follow(answer, lambda known: self._work_out(known, begun))

    def _work_out(self, known: Known | None, begun: float) -> None:
        if known is None or self._ended:
            self._busy = False
            return
        before, wish = self._shown, self.wish

        def given_up() -> bool:
            waiting = self._waiting
            return self._ended or (waiting is not None and waiting.experiment.data != known.experiment.data)

        def failed(error: Exception) -> None:
            if not isinstance(error, GivenUp):
                raise error
            self._show(Outcome(), begun)

        self._background.run(
            lambda: _worked_out(known, before, wish, given_up),
            lambda outcome: self._show(outcome, begun),
            failed,
        )

    # --- showing ----------------------------------------------------------------------------------------

    def _show(self, outcome: Outcome, begun: float) -> None:
        now = perf_counter()
        self._next = now + max(PAUSE, REST * (now - begun))
        self._busy = False
        if outcome.arrangement is not None or outcome.problem is not None:
            other = outcome.sheet is not self._shown.sheet or outcome.sheet is None
            self._shown = outcome
            (self.sheet_changed if other else self.answered).emit()
            if outcome.wish != self.wish:
                self._arrange()
            elif not other and outcome.wish.column is not None:
                self.arranged.emit()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.see(waiting)

    def _arrange(self) -> None:
        sheet, verdict, wish = self._shown.sheet, self._shown.verdict, self.wish
        if sheet is None or self._ended:
            return

        def done(arrangement: Arrangement) -> None:
            if self._shown.sheet is sheet and self.wish == wish:
                self._shown = replace(self._shown, arrangement=arrangement, wish=wish)
                self.arranged.emit()

        self._background.run(lambda: Arrangement.of(sheet, verdict, wish), done)


def _worked_out(known: Known, before: Outcome, wish: Wish, given_up: Callable[[], bool]) -> Outcome:
    """What there is to show of what a run knows."""
    moment, experiment, sheet = known.moment, known.experiment, before.sheet
    if experiment.data.problem is not None:
        return Outcome(experiment, problem=experiment.data.problem)
    try:
        data = moment.data if moment is not None else _prepared(experiment, before)
    except InvalidValue as problem:
        return Outcome(experiment, problem=problem.text)
    if sheet is None or sheet.data is not data:
        sheet = Sheet.of(data)
    verdict = None if moment is None else Verdict.of(moment, sheet, given_up)
    fitting = wish if wish.column is None or wish.column < len(sheet.columns) else Wish(side=wish.side)
    return Outcome(experiment, sheet, moment, verdict, Arrangement.of(sheet, verdict, fitting), wish)


def _prepared(experiment: Experiment, before: Outcome) -> PreparedData:
    """The data of an experiment that cannot train, drawn as for training."""
    seen = before.experiment
    drawn = None if seen is None else (seen.data, seen.randomness)
    if before.sheet is not None and drawn == (experiment.data, experiment.randomness):
        return before.sheet.data
    return experiment.data.prepare(experiment.randomness.streams().data)


def _what_counts(snapshot: Snapshot) -> tuple[object, ...]:
    """What the answers follow from: the experiment, and all that changes weights."""
    loss = str(snapshot.train.loss)  # as text: NaN differs from itself
    blocked = snapshot.state is State.BLOCKED
    return snapshot.run, id(snapshot.experiment), snapshot.step, blocked, loss, snapshot.marks
