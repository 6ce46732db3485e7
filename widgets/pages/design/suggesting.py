"""Says below the output what a beginner may do next, and does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout

from playground.value import InvalidValue
from widgets.gesture import new_gesture
from widgets.panels.next_step import NextStepCard
from widgets.panels.output import OutputPanel
from widgets.sentences import sentence
from widgets.training_link import shown
from widgets.workspace import Workspace

if TYPE_CHECKING:
    from playground.lessons.next_step import NextStep

PAUSE = 400
"""Milliseconds between two looks at the state."""


class Suggesting(QObject):
    """Looks at the state when it changes, as long as the card is wanted; before that nothing is made."""

    def __init__(self, workspace: Workspace, output: OutputPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._output = workspace, output
        self.card: NextStepCard | None = None
        self.step: NextStep | None = None
        """What is suggested."""
        self._on = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._look)
        workspace.document.changed.connect(self.see)
        workspace.lesson_under_way.connect(self._show_or_hide)

    def show(self, on: bool) -> None:
        """Suggest something, or nothing any more."""
        self._on = on
        if on and self.card is None:
            self.card = NextStepCard(self._output)
            self.card.chosen.connect(self._do)
            column = self._output.layout()
            assert isinstance(column, QVBoxLayout)
            column.insertWidget(column.indexOf(self._output.boxes), self.card)
        self._show_or_hide()

    def see(self, *_: object) -> None:
        """Look at the state soon; something of it may be other than it was."""
        if self._on and not self._timer.isActive():
            self._timer.start()

    def _show_or_hide(self) -> None:
        """A lesson says itself what to do next."""
        if self.card is not None:
            wanted = self._on and not self._workspace.in_lesson
            self.card.setVisible(wanted)
            if wanted:
                self._look()

    def _look(self) -> None:
        from playground.lessons.next_step import next_step

        if self.card is None or not self._on:
            return
        self.step = next_step(self._workspace.document.present, shown(self._workspace.link))
        self.card.show_step(sentence(self.step.text), sentence(self.step.button))

    def _do(self) -> None:
        """Do what is suggested, as one step of undo where it is an edit."""
        step, workspace = self.step, self._workspace
        if step is None:
            return
        if step.cure is not None:
            document = workspace.document
            try:
                document.edit(step.cure.change(document.experiment), sentence(step.cure.title), new_gesture())
            except InvalidValue as problem:
                workspace.message.emit(sentence(problem.text))
        elif step.press == "run":
            workspace.run_or_pause()
        elif step.press == "reset":
            workspace.draw_new_weights()
        elif step.press == "lesson":
            workspace.next_lesson_asked.emit()
        elif step.place:
            workspace.layer_asked.emit(step.place)
        self.see()
