"""Runs beside the one that the document is about, trained in lockstep with it on the same thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.experiment import Experiment
from playground.training.aside import Aside
from playground.training.checkpoint import Checkpoint
from playground.training.seeds import with_seed
from playground.training.snapshot import Snapshot
from widgets.background import Background
from widgets.document import Document
from widgets.listeners import let_go
from widgets.training_link import TrainingLink

MOST = 3
"""Runs beside the one in front."""


class BesideRun(QObject):
    """An experiment that learns behind the one in front, until it is closed.

    Attributes:
        document: its experiment, with an undo stack of its own.
        place: 1 to `MOST`, which no other one has.
    """

    def __init__(
        self,
        link: TrainingLink,
        experiment: Experiment,
        checkpoint: Checkpoint | None,
        place: int,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.document = Document(experiment, self)
        self.place = place
        self._link = link
        self.number = link.add(experiment, checkpoint)
        self.listen()

    def listen(self) -> None:
        """Let the run follow its document."""
        self.document.changed.connect(self._apply)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.tr("Beside {number}").format(number=self.place)

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest that is known of it."""
        return self._link.beside.get(self.number)

    def _apply(self, experiment: Experiment) -> None:
        aside, gesture = self.document.aside, self.document.gesture
        self._link.session.ask(lambda run: run.apply(experiment, aside, gesture), self.number)


class BesideRuns(QObject):
    """Begins and closes the runs beside that of a document.

    Signals:
        changed: others are beside it now.
        edited: the experiment of one is another now.
        begun: one more is.
        refused: why there cannot be one more.
    """

    changed = Signal()
    edited = Signal()
    begun = Signal()
    refused = Signal(str)

    def __init__(self, document: Document, link: TrainingLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._link = document, link
        self._background = Background(self)
        self.runs: tuple[BesideRun, ...] = ()
        """By their places."""
        self._listen()

    def _listen(self) -> None:
        self._document.opened.connect(self._open)
        self._document.tried.connect(self.begin)

    def let_go(self) -> None:
        """Tell nobody any more, and hear the document anew (see `TrainingLink.listen`)."""
        let_go(self.changed, self.edited, self.begun, self.refused)
        self._listen()
        for run in self.runs:
            run.document.let_go()
            run.listen()
            self._follow(run)

    @property
    def room(self) -> int:
        """How many more there may be."""
        return MOST - len(self.runs)

    def begin(self, experiment: Experiment) -> None:
        """Begin one at epoch 0, which catches up with the one in front."""
        self._begin(experiment, None)

    def begin_with_another_seed(self) -> None:
        """Begin one at epoch 0 that differs in the seed alone."""
        known = [run.document.experiment.randomness for run in self.runs]
        others = (with_seed(self._document.experiment, number) for number in range(1, MOST + 2))
        self._begin(next(other for other in others if other.randomness not in known), None)

    def begin_from_here(self) -> None:
        """Begin one where the first now stands."""
        document = self._document.number

        def begin(state: tuple[Experiment, Checkpoint] | None) -> None:
            if state is not None and document == self._document.number:
                self._begin(*state)

        self._background.follow(self._link.session.checkpoint(), begin)

    def go_on_with(self, run: BesideRun) -> None:
        """Let a run take the place of the one in front, undoably."""
        aside = Aside(exchanges=True)
        self._link.take_over(run.number, aside)
        self._forget(run)
        text = self.tr("Go on with {run}").format(run=run.name)
        self._document.exchange(run.document.experiment, aside, text)

    def close(self, run: BesideRun) -> None:
        """End a run, and forget all of it."""
        self._link.drop(run.number)
        self._forget(run)

    def close_all(self) -> None:
        """End all of them."""
        for run in self.runs:
            self.close(run)

    def _open(self) -> None:
        """Another document is open: end all, and begin those that its file holds where they stand."""
        self.close_all()
        saved, self._link.saved_beside = self._link.saved_beside, ()
        for experiment, checkpoint in saved:
            self._add(experiment, checkpoint)

    def _forget(self, run: BesideRun) -> None:
        self.runs = tuple(other for other in self.runs if other is not run)
        run.deleteLater()
        self.changed.emit()

    def _begin(self, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        if not self.room:
            self.refused.emit(self.tr("Four runs stand side by side at most; close one first."))
            return
        run = self._add(experiment, checkpoint)
        self._link.session.beside.catch_up(run.number)
        self._document.mark_trained()
        self.begun.emit()

    def _add(self, experiment: Experiment, checkpoint: Checkpoint | None) -> BesideRun:
        taken = [run.place for run in self.runs]
        place = next(place for place in range(1, MOST + 1) if place not in taken)
        run = BesideRun(self._link, experiment, checkpoint, place, self)
        self.runs = tuple(sorted((*self.runs, run), key=lambda run: run.place))
        self._follow(run)
        self.changed.emit()
        return run

    def _follow(self, run: BesideRun) -> None:
        run.document.changed.connect(lambda _: self.edited.emit())
        run.document.tried.connect(self.begin)
