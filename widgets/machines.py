"""The machine that trains: which one is chosen, and machine code made ready in the background."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from playground.text import Text
from playground.training.choosing import Choice, Name
from playground.training.session import TrainingSession
from widgets.preferences import Preferences
from widgets.sentences import sentence

if TYPE_CHECKING:
    from playground.training.compiled.making import Making

PRECISIONS = ("float32", "float64")


class Machines(QObject):
    """Tells a session which machine is wanted; until `begin`, NumPy trains.

    Signals:
        message: a sentence for the status bar.
    """

    message = Signal(str)
    _said = Signal(Text)
    _made = Signal()

    def __init__(
        self, session: TrainingSession, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._preferences = session, preferences
        self._making: Making | None = None
        self._begun = False
        queued = Qt.ConnectionType.QueuedConnection
        self._said.connect(lambda words: self.message.emit(sentence(words)), queued)
        self._made.connect(lambda: self._tell(anew=self._preferences.machine == "compiled"), queued)

    @property
    def begun(self) -> bool:
        """Whether it did."""
        return self._begun

    def begin(self) -> None:
        """Train by the machine that was chosen last, as soon as it is ready."""
        self._begun = True
        self._tell(anew=False)
        self._make_ready()

    def choose(self, name: Name) -> None:
        """Train by this machine from now on, and at the next start."""
        self._preferences.machine = name
        self._tell(anew=True)
        self._make_ready()
        if name == "compiled" and not find_spec("numba"):
            from playground.training.compiled.knowledge import MISSING

            self.message.emit(sentence(MISSING))

    def close(self) -> None:
        """Give up what is being made, without waiting."""
        if self._making is not None:
            self._making.stop(timeout=0)

    def _tell(self, anew: bool) -> None:
        self._session.choose(Choice(self._preferences.machine, waits=False), anew)

    def _make_ready(self) -> None:
        """Compile or load, once, where there is something to do that with and for."""
        if self._making is None and self._preferences.machine != "numpy" and find_spec("numba"):
            from playground.training.compiled.making import Making

            self._making = Making(PRECISIONS, self._said.emit, lambda _: self._made.emit())
            self._making.start()
