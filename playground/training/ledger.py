"""The ledger of a document's runs: a run ends and another begins whenever training is started afresh."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from playground.training.chronicle import NOTHING_KEPT, Chronicle
from playground.training.chronicling import Chronicler
from playground.training.kept_run import KeptRun, KeptRuns, Origin, RunWords, without
from playground.training.trainer import Trainer
from playground.training.waypoints import ROOM, Waypoints

MOST_RUNS = 100
"""Runs that are kept; the oldest that are not pinned go first."""

MOST_BYTES = 2 * ROOM
"""Bytes that the waypoints of all runs may have."""


MOST_OF_CHRONICLES = 8 << 20
"""Bytes that vital signs and histograms of the runs that ended may have."""


class UnderWay:
    """What is known of a run while it goes on, and while it is put aside."""

    def __init__(self, number: int, origin: Origin | None, kept: KeptRun | None = None) -> None:
        self.number, self.origin = number, origin
        self.words = kept.words if kept else RunWords()
        self.waypoints = Waypoints(kept.waypoints if kept else ())
        self._chronicler = Chronicler()

    def pass_by(self, trainer: Trainer) -> None:
        """See what a trainer is before it takes a step."""
        if self.waypoints.pass_by(trainer):
            self._chronicler.note(trainer)

    def has_moved(self, trainer: Trainer) -> bool:
        """Whether it went on from where it began."""
        return trainer.progress > (self.origin.epoch if self.origin else 0)

    def kept(self, trainer: Trainer) -> KeptRun:
        """All of it, as it is now."""
        recorder = trainer.recorder
        return KeptRun(
            self.number, trainer.experiment, trainer.progress, recorder.history.seen(),
            recorder.marks.all(), self.waypoints.all, self.words, self.origin,
            recorder.chronicle.kept(),
        )  # fmt: skip


class Ledger:
    """The runs that ended, and the one under way.

    A run that comes back, as a new start is undone, goes on under its number.
    """

    def __init__(self, known: KeptRuns) -> None:
        self._ended = {run.number: run for run in known.runs}
        self._before = known.run(known.present)
        """What a file tells of the run that it goes on with."""
        self._of: WeakKeyDictionary[Trainer, UnderWay] = WeakKeyDictionary()
        self._trainer: Trainer | None = None

    # --- the run under way ------------------------------------------------------------------------------

    def begin(self, trainer: Trainer, origin: Origin | None = None) -> None:
        """Another trainer learns from now on; the one before has ended, and is kept if it learnt anything."""
        if trainer is self._trainer:
            return
        self._end()
        known = self._of.get(trainer)
        if known is None:
            known = self._of[trainer] = self._new(trainer, origin)
        elif known.number in self._ended and not known.has_moved(trainer):
            known.number = self._next()
        if (run := self._ended.pop(known.number, None)) is not None:
            known.words = run.words
        self._trainer = trainer

    def _new(self, trainer: Trainer, origin: Origin | None) -> UnderWay:
        before, self._before = self._before, None
        if before is not None:
            trainer.recorder.chronicle = Chronicle(before.chronicle)
            return UnderWay(before.number, before.origin, before)
        return UnderWay(self._next(), origin)

    def _next(self) -> int:
        moved = (known.number for trainer, known in self._of.items() if known.has_moved(trainer))
        return 1 + max([0, *self._ended, *moved])

    def _end(self) -> None:
        trainer = self._trainer
        if trainer is None:
            return
        known = self._of[trainer]
        if known.has_moved(trainer):
            known.waypoints.add(trainer)
            if trainer.recorder.measured_step != trainer.step:
                trainer.record()
            self._keep(known.kept(trainer))

    def pass_by(self) -> None:
        """The run under way is about to take a step."""
        assert self._trainer is not None
        self._of[self._trainer].pass_by(self._trainer)

    # --- all of them ------------------------------------------------------------------------------------

    def kept(self) -> KeptRuns:
        """All of them as they are now."""
        if self._trainer is None:
            return KeptRuns(tuple(self._ended.values()))
        present = self._of[self._trainer].kept(self._trainer)
        runs = sorted([*self._ended.values(), present], key=lambda run: run.number)
        return KeptRuns(tuple(runs), present.number)

    def describe(self, number: int, words: RunWords) -> None:
        """Say this of a run."""
        present = self._of.get(self._trainer) if self._trainer is not None else None
        if number in self._ended:
            self._ended[number] = self._ended[number].with_words(words)
        elif present is not None and present.number == number:
            present.words = words

    def delete(self, number: int) -> KeptRun | None:
        """Forget a run that ended; returns what was known of it."""
        return self._ended.pop(number, None)

    def put_back(self, run: KeptRun) -> None:
        """Keep a run that was deleted."""
        self._keep(run)

    def take_in(self, run: KeptRun) -> int:
        """Keep a run from elsewhere, under the next number; returns that."""
        number = self._next_free()
        self._keep(run.numbered(number))
        return number

    def _next_free(self) -> int:
        present = 0 if self._trainer is None else self._of[self._trainer].number
        return max(self._next(), present + 1)

    def _keep(self, run: KeptRun) -> None:
        self._ended[run.number] = run
        self._ended = dict(sorted(self._ended.items()))
        for number in [each.number for each in self._ended.values() if not each.words.pinned]:
            if len(self._ended) < MOST_RUNS:
                break
            del self._ended[number]
        self._forget_chronicles()
        while sum(each.size for each in self._ended.values()) > MOST_BYTES - ROOM:
            self._ended |= {each.number: each for each in [thinner(self._costliest())]}

    def _forget_chronicles(self) -> None:
        """Those of the oldest runs that are not pinned, and at last of those that are, beyond the bound."""
        size = sum(each.chronicle.size for each in self._ended.values())
        for run in sorted(self._ended.values(), key=lambda run: run.words.pinned):
            if size <= MOST_OF_CHRONICLES:
                return
            size -= run.chronicle.size
            self._ended[run.number] = run.with_chronicle(NOTHING_KEPT)

    def _costliest(self) -> KeptRun:
        """The one whose waypoints take most room; a pinned one only where the others have none."""
        return max(self._ended.values(), key=lambda run: (bool(run.size) and not run.words.pinned, run.size))


def thinner(run: KeptRun) -> KeptRun:
    """The same with every second waypoint but the last; at the end without any."""
    waypoints = run.waypoints
    if len(waypoints) < 2:
        return run.with_waypoints(())
    for index in reversed(range(0, len(waypoints) - 1, 2)):
        waypoints = without(waypoints, index)
    return run.with_waypoints(waypoints)
