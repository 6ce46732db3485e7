"""A second run beside the one that the document is about, trained in turn with it on the same thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.experiment import Experiment
from playground.randomness import Pcg64
from playground.training.checkpoint import Checkpoint
from playground.training.run import Run
from playground.training.snapshot import Snapshot
from widgets.background import Background
from widgets.document import Document
from widgets.training_link import TrainingLink

MOST_SEED = 2**32 - 1


class SecondRun(QObject):
    """An experiment that learns behind the one in front, until it is closed."""

    def __init__(
        self, link: TrainingLink, experiment: Experiment, checkpoint: Checkpoint | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.document = Document(experiment, self)
        self._link = link
        self.number = link.add(experiment, checkpoint)
        self.document.changed.connect(self._apply)

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest that is known of it."""
        return self._link.beside.get(self.number)

    def close(self) -> None:
        """End it, and forget all of it."""
        self._link.drop(self.number)
        self.deleteLater()

    def _apply(self, experiment: Experiment) -> None:
        aside, gesture = self.document.aside, self.document.gesture
        self._link.session.ask(lambda run: run.apply(experiment, aside, gesture), self.number)


class SecondRuns(QObject):
    """Begins and closes the second run of a document; there is one at most.

    Signals:
        changed: there is another second run now, or none.
    """

    changed = Signal()

    def __init__(self, document: Document, link: TrainingLink, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._link = document, link
        self._background = Background(self)
        self.second: SecondRun | None = None
        document.opened.connect(self.close)

    def begin_with_another_seed(self) -> None:
        """Begin one at epoch 0 that differs in the seed alone."""
        self._begin(with_another_seed(self._document.experiment), None)

    def begin_from_here(self) -> None:
        """Begin one where the first now stands."""
        document = self._document.number

        def begin(state: tuple[Experiment, Checkpoint] | None) -> None:
            if state is not None and document == self._document.number:
                self._begin(*state)

        self._background.follow(self._link.session.checkpoint(), begin)

    def close(self) -> None:
        """End the second run, if there is one."""
        if self.second is not None:
            self.second.close()
            self.second = None
            self.changed.emit()

    def _begin(self, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        self.close()
        self.second = SecondRun(self._link, experiment, checkpoint, self)
        if self._link.running:
            self._link.session.ask(Run.start, self.second.number)
        self.changed.emit()


def with_another_seed(experiment: Experiment) -> Experiment:
    """The same with the next seed."""
    chance = experiment.randomness
    if isinstance(chance, Pcg64):
        other = chance.with_(seed=(chance.seed + 1) % (MOST_SEED + 1))
    else:
        other = chance.with_(seed=f"{chance.seed[:62]}1")
    return experiment.with_(randomness=other)
