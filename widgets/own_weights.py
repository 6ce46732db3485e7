"""Weights out of files of other programs: read off the window's thread, and put in place undoably."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from playground.experiment import Experiment
from playground.folders import home
from playground.training.aside import Aside
from playground.training.choosing import Choice
from playground.training.trainer import Trainer
from widgets.background import Background, raised
from widgets.document import Document
from widgets.preferences import Preferences
from widgets.presence import one_that_answers
from widgets.sentences import sentence
from widgets.training_link import TrainingLink

if TYPE_CHECKING:
    from playground.weights.taking import Taken

FOLDER = "weights/folder"
"""Where preferences keep the folder of the last weights."""


class OwnWeights(QObject):
    """Opens files of weights; what reads them is imported when there are some.

    Signals:
        told: what went where, when they are in place.
        problem: a sentence why they are not.
    """

    told = Signal(str)
    problem = Signal(str)

    def __init__(
        self, document: Document, link: TrainingLink, preferences: Preferences, window: QWidget
    ) -> None:
        super().__init__(window)
        self._document, self._link = document, link
        self._preferences, self._window = preferences, window
        self._background = Background(self)

    def ask(self) -> None:
        """Ask for a file of weights, and open it."""
        from playground.weights.reading import SUFFIXES
        from widgets.dialogs import questions

        last = self._preferences.text(FOLDER)
        folder = one_that_answers([Path(last)] if last else [], home())
        if path := questions.weights_to_open(self._window, folder, SUFFIXES):
            self.open(path)

    def open(self, path: Path) -> None:
        """Put the weights of a file onto the network, or make the network that they are of."""
        experiment, choice = self._document.present, self._link.session.choice
        self._background.run(
            lambda: _prepared(path, experiment, choice),
            lambda made: self._put(path, experiment, *made),
            self._fail,
        )

    def close(self) -> None:
        """Read no more."""
        self._background.close()

    def _put(self, path: Path, experiment: Experiment, taken: Taken, aside: Aside) -> None:
        if self._document.present is not experiment:  # edited meanwhile
            self.open(path)
            return
        self._preferences.keep_text(FOLDER, str(path.parent))
        words = self.tr("Open weights of {name}").format(name=path.name)
        if taken.is_new:
            self._document.before_edit()
            self._document.exchange(taken.experiment, aside, words)
        else:
            session, weights = self._link.session, taken.weights
            self._document.act(
                words,
                lambda: session.ask(lambda run: run.type(weights)),
                lambda: session.ask(lambda run: run.take_back(weights)),
            )
        self.told.emit(sentence(taken.report))

    def _fail(self, error: Exception) -> None:
        from playground.weights.found import WeightsProblem

        if isinstance(error, WeightsProblem):
            self.problem.emit(sentence(error.text))
        else:
            raised(error)


def _prepared(path: Path, experiment: Experiment, choice: Choice) -> tuple[Taken, Aside]:
    """What becomes of the experiment, and a run of it where its network is another."""
    from playground.weights import reading
    from playground.weights.taking import take

    taken = take(experiment, reading.read(path), path.name)
    aside = Aside(exchanges=True)
    if taken.is_new:
        aside.trainer = Trainer(taken.experiment, choice=choice)
        aside.trainer.set_weight(taken.weights)
    return taken, aside
