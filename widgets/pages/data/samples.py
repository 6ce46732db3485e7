"""What the page Data shows: the sheet of the newest data, the newest answers, and the rows wished for.

All of it is worked out off the window's thread, and what nobody wants any more is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from playground.data.prepared import PreparedData
from playground.experiment import Experiment
from playground.text import Text
from playground.training.moment import Moment
from playground.training.snapshot import Snapshot
from playground.value import InvalidValue
from widgets.asking import Asking, GivenUpYet, Known
from widgets.pages.data.arrangement import Arrangement, Wish
from widgets.pages.data.sheet import Sheet
from widgets.pages.data.verdict import Verdict
from widgets.sentences import sentence
from widgets.training_link import TrainingLink


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
        self._asking = Asking(link, self._work, self._show, self)
        self._shown = Outcome()
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
        self._asking.end()

    # --- asking -----------------------------------------------------------------------------------------

    def see(self, snapshot: Snapshot) -> None:
        """Ask for what is new in a snapshot, at once or when it is time to."""
        self._asking.see(snapshot)

    def wish_for(self, wish: Wish) -> None:
        """Show other rows, or in another order."""
        self.wish = wish
        self._arrange()

    def in_background(self, work: Callable[[], object], done: Callable[[object], object]) -> None:
        """Let something be worked out on the same thread, which the network answers on."""
        self._asking.in_background(work, done)

    def _work(self, known: Known, given_up: GivenUpYet) -> Callable[[], Outcome]:
        before, wish = self._shown, self.wish
        return lambda: _worked_out(known, before, wish, given_up)

    # --- showing ----------------------------------------------------------------------------------------

    def _show(self, outcome: Outcome | None) -> None:
        if outcome is None or (outcome.arrangement is None and outcome.problem is None):
            return
        other = outcome.sheet is not self._shown.sheet or outcome.sheet is None
        self._shown = outcome
        (self.sheet_changed if other else self.answered).emit()
        if outcome.wish != self.wish:
            self._arrange()
        elif not other and outcome.wish.hangs_on_answers:
            self.arranged.emit()

    def _arrange(self) -> None:
        sheet, verdict, wish = self._shown.sheet, self._shown.verdict, self.wish
        if sheet is None:
            return

        def done(arrangement: Arrangement) -> None:
            if self._shown.sheet is sheet and self.wish == wish:
                self._shown = replace(self._shown, arrangement=arrangement, wish=wish)
                self.arranged.emit()

        self._asking.in_background(lambda: Arrangement.of(sheet, verdict, wish), done)


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
        if data.dataset.shape.is_picture:
            _ = sheet.looks  # which takes a while
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
