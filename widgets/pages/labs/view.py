"""What every view of a laboratory can do: show its settings, run, pause, take a step and begin anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from playground.labs import Memory
from widgets.pages.labs.document import L, LabDocument
from widgets.workspace import Workspace

FRAME = 16
"""Milliseconds from one step to the next while a laboratory runs by itself."""

GAP = 8
"""Pixels between what stands in the middle of a laboratory."""


class LabView(QWidget, Generic[L]):
    """The middle of a laboratory's page; a subclass stands in the module of `views` called like its kind.

    A widget in it by the name of `picture` is what the gallery shows of it.

    Signals:
        told: what is to be said of what is seen now.
        running_changed: it runs by itself now, or rests.
        message: a sentence for the status bar.
    """

    told = Signal(str)
    running_changed = Signal(bool)
    message = Signal(str)

    def __init__(self, document: LabDocument[L], workspace: Workspace) -> None:
        super().__init__()
        self.document, self.workspace = document, workspace
        self.running = False
        self._timer = QTimer(self, interval=FRAME)
        self._timer.timeout.connect(self.advance)

    def arrange(
        self, above: QWidget, below: tuple[QWidget, QWidget], shares: tuple[int, int] = (3, 2)
    ) -> None:
        """Put one thing above two others, whose heights have these shares."""
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for part, share in zip(below, (3, 2), strict=True):
            row.addWidget(part, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(above, shares[0])
        column.addLayout(row, shares[1])

    @property
    def lab(self) -> L:
        """The settings as they are."""
        return self.document.value

    # --- what a laboratory does -------------------------------------------------------------------------

    def show_value(self, value: L) -> None:
        """Show these settings; others than before, or for the first time."""
        raise NotImplementedError

    def advance(self) -> None:
        """Go on by a frame, while it runs by itself."""
        raise NotImplementedError

    def step(self) -> None:
        """Go on by one step."""
        raise NotImplementedError

    def reset(self) -> None:
        """Begin anew with the same settings."""
        raise NotImplementedError

    # --- what some do besides ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin to run: another way than by a timer is a subclass's own."""
        self._timer.start()

    def rest(self) -> None:
        """Run no more."""
        self._timer.stop()

    def uses(self) -> Sequence[QPushButton]:
        """Buttons that bring what is seen here into the network of the person."""
        return ()

    def keys(self) -> dict[str, str]:
        """Keys of its own, with what they do."""
        return {}

    def memory(self) -> Memory:
        """What cannot be had from the settings alone, for a file."""
        return {}

    def restore(self, memory: Memory) -> None:
        """Take back what a file remembers.

        Raises:
            ValueError: when it does not belong to the settings.
        """

    def end(self) -> None:
        """Let nothing be worked out any more."""
        self.set_running(False)

    # --- running ----------------------------------------------------------------------------------------

    def set_running(self, running: bool) -> None:
        """Run by itself, or rest."""
        if running == self.running:
            return
        self.running = running
        (self.begin if running else self.rest)()
        self.running_changed.emit(running)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen does not run."""
        super().hideEvent(event)
        self.set_running(False)
