"""The points as they are painted: at once on screen, and a few times a second in the document."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from playground.data.datasets.painted import Painted, can_become
from playground.experiment import Experiment
from playground.value import InvalidValue
from widgets.document import Document
from widgets.gesture import new_gesture

PAUSE = 200
"""Milliseconds between two edits of a stroke that goes on."""

Chosen = NDArray[np.bool_]
NONE: Chosen = np.zeros(0, bool)


def painted_of(experiment: Experiment) -> Painted | None:
    """The samples of an experiment as painted points; None where they cannot be."""
    dataset = experiment.data.dataset
    if not can_become(dataset):
        return None
    try:
        return dataset if isinstance(dataset, Painted) else _from_dataset(experiment)
    except InvalidValue:
        return None


def _from_dataset(experiment: Experiment) -> Painted:
    return Painted.of(experiment.data.dataset, experiment.randomness.streams().data)


class Draft(QObject):
    """Painted points that are ahead of the document for a moment; all of one gesture is one step of undo.

    Signals:
        changed: there are other points, or others are chosen.
        replaced: the document has other points than were painted here (undo, another dataset, …).
    """

    changed = Signal()
    replaced = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.points: Painted | None = None
        """None while nothing is painted."""
        self.chosen = NONE
        self._sent: Experiment | None = None
        self._gesture, self._text = -1, ""
        self._is_new = self._is_ahead = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._send)
        document.changed.connect(self._see)

    def open(self) -> bool:
        """Take the points of the document; whether it has any kind of them."""
        self.points, self._sent = painted_of(self.document.experiment), self.document.experiment
        self.choose(NONE)
        return self.points is not None

    def close(self) -> None:
        """Leave off; what the document does not have yet is gone."""
        self._timer.stop()
        self._is_ahead = False
        self.points = None

    # --- edits ------------------------------------------------------------------------------------------

    def begin(self, text: str) -> None:
        """Begin a gesture, which undo calls so."""
        self.finish()
        self._gesture, self._text, self._is_new = new_gesture(), text, True

    def change(self, points: Painted, chosen: Chosen | None = None) -> None:
        """Show other points; the document has them at once, or in a moment if it had some of this gesture."""
        self.points, self._is_ahead = points, True
        self.choose(np.zeros(points.count, bool) if chosen is None else chosen)
        if self._is_new:
            self._send()
        elif not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """End the gesture."""
        self._send()
        self._is_new = True

    def abandon(self) -> None:
        """End the gesture as if it had never been."""
        self._timer.stop()
        self._is_ahead = False
        if not self._is_new:
            self.document.undo_stack.undo()

    def do(self, text: str, points: Painted, chosen: Chosen | None = None) -> None:
        """Change the points in one gesture."""
        if points is not self.points:
            self.begin(text)
            self.change(points, chosen)
            self.finish()

    def choose(self, chosen: Chosen) -> None:
        """Choose some of the points."""
        count = self.points.count if self.points is not None else 0
        self.chosen = chosen if len(chosen) == count else np.zeros(count, bool)
        self.changed.emit()

    # --- the document -----------------------------------------------------------------------------------

    def _send(self) -> None:
        self._timer.stop()
        if not self._is_ahead or self.points is None:
            return
        self._is_new = self._is_ahead = False
        experiment = self.document.experiment
        self._sent = _with(experiment, self.points)
        self.document.edit(self._sent, self._text, self._gesture)

    def _see(self, experiment: Experiment) -> None:
        if self.points is None or self._sent is None:
            return
        before, self._sent = self._sent, experiment
        if (before.data.dataset, before.randomness) == (experiment.data.dataset, experiment.randomness):
            return
        self._timer.stop()
        self._is_ahead = False
        self.points = painted_of(experiment)
        self.choose(NONE)
        self.replaced.emit()


def _with(experiment: Experiment, points: Painted) -> Experiment:
    data = experiment.data
    if isinstance(data.dataset, Painted):
        return experiment.with_data(data.with_(**data.fitted_to(points)))
    return experiment.with_dataset(points)
