"""The run bar: start, pause and steps, how far training is and how well it goes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.numbers.writing import NONE, fixed, loss, percent, short
from playground.training.measures import Measures
from playground.training.snapshot import Snapshot
from widgets import theme
from widgets.panels.action_button import ActionButton
from widgets.panels.captioned import LargeNumber
from widgets.panels.in_words import InWords
from widgets.panels.progress import EpochProgress
from widgets.panels.speed import SpeedControl
from widgets.rest import Rest, follows_on

LESSON_BUTTONS = {"run": "run", "step": "step_batch", "epoch": "step_epoch", "reset": "same_start"}
"""What lessons call some of the buttons."""
FOR_EXPERTS = ("reset", "step_epoch")
"""The buttons that beginners are not shown; their keys act all the same."""
HEIGHT = 62
LARGE_R2 = 1000
"""From here on it is written in few figures: a network that diverges would need the whole bar."""
PAUSE = 60
"""Milliseconds for which the numbers stay while training runs."""


class RunBar(QWidget):
    """Buttons of the training's actions, and the numbers of a snapshot.

    The actions are `run` (ticked while training runs), `step_batch`, `step_epoch`, `reset`, `same_start`.
    """

    speed_changed = Signal(object)
    """Batches a second as a float, or None for as fast as it goes."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {
            "same_start": ActionButton(actions["same_start"], "same_start"),
            "reset": ActionButton(actions["reset"], "reset"),
            "run": ActionButton(actions["run"], "run", checked_icon="pause", primary=True),
            "step_batch": ActionButton(actions["step_batch"], "step_batch"),
            "step_epoch": ActionButton(actions["step_epoch"], "step_epoch"),
        }
        self.progress = EpochProgress()
        self.speed = SpeedControl()
        self.speed.changed.connect(self.speed_changed)
        self.train_loss = LargeNumber(
            self.tr("Training loss"), self.tr("Mean loss over the training samples."), "0.0000", "training"
        )
        self.test_loss = LargeNumber(
            self.tr("Test loss"), self.tr("Mean loss over samples it never learnt from."), "0.0000", "test"
        )
        self.score = LargeNumber(
            self.tr("Test accuracy"), self.tr("How well it does on the test samples."), "> 99.9 %"
        )
        self.words = InWords()
        self.words.hide()
        self.numbers = QWidget()
        """The test loss, or for beginners what stands in place of all numbers."""
        self._snapshot: Snapshot | None = None
        self._rest = Rest(self._show, PAUSE, self)
        self._lay_out()

    def _lay_out(self) -> None:
        self.setFixedHeight(HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 14, 1)
        layout.setSpacing(8)
        for button in self.buttons.values():
            layout.addWidget(button)
        layout.addSpacing(12)
        layout.addWidget(self.progress)
        layout.addSpacing(12)
        layout.addWidget(self.speed)
        layout.addStretch(1)
        inside = QHBoxLayout(self.numbers)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.test_loss)
        inside.addWidget(self.words)
        for figure in (self.train_loss, self.numbers, self.score):
            layout.addSpacing(6)
            layout.addWidget(figure)

    def places(self) -> dict[str, QWidget]:
        """Its parts by the names that lessons have for them."""
        buttons = {name: self.buttons[button] for name, button in LESSON_BUTTONS.items()}
        return buttons | {"speed": self.speed, "numbers": self.numbers}

    def simplify(self, on: bool) -> None:
        """Show fewer buttons, and sentences in place of numbers; or all again."""
        for button in FOR_EXPERTS:
            self.buttons[button].setVisible(not on)
        for number in (self.train_loss, self.test_loss, self.score):
            number.setVisible(not on)
        self.words.setVisible(on)
        if self._snapshot is not None:
            self._show()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the numbers of a snapshot, or in a while those of one that follows."""
        before, self._snapshot = self._snapshot, snapshot
        self._rest.ask(at_once=not follows_on(before, snapshot))

    def _show(self) -> None:
        """Show the numbers of the latest; only what differs is touched."""
        snapshot = self._snapshot
        assert snapshot is not None
        self.progress.show_snapshot(snapshot)
        if not self.words.isHidden():
            self.words.show_snapshot(snapshot)
            return
        self._tell_loss(snapshot.train)
        self.train_loss.show_text(loss(snapshot.train.loss))
        self.test_loss.show_text(loss(snapshot.test.loss))
        metrics = snapshot.test.metrics
        classes = "accuracy" in metrics if metrics else snapshot.experiment.task.classes > 0
        self.score.show_caption(self.tr("Test accuracy") if classes else self.tr("Test R²"))
        self.score.show_text(score(snapshot))

    def _tell_loss(self, train: Measures) -> None:
        words = self.tr("Mean loss over the training samples.")
        if train.smoothed is not None:
            words = self.tr(
                "Mean loss over the training samples by their true labels, comparable with the test loss; "
                "the plot shows the loss by the smoothed labels too, which training makes small."
            )
        elif train.term is not None:
            words = self.tr(
                "Mean loss over the training samples and what layers add to it: {data} of it is of the data."
            ).format(data=loss(train.of_data))
        if words != self.train_loss.toolTip():
            self.train_loss.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and a line towards what is below."""
        shown = theme.current()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(shown.panel))
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(shown.border))


def score(snapshot: Snapshot) -> str:
    """How well it does on the test samples: the accuracy for classes, R² for numbers."""
    metrics = snapshot.test.metrics
    if "accuracy" in metrics:
        return percent(metrics["accuracy"], 1)
    if "r2" not in metrics:
        return NONE
    return fixed(metrics["r2"], 3) if abs(metrics["r2"]) < LARGE_R2 else short(metrics["r2"], 3)
