"""A film in the making: trained and packed on a thread, drawn on the window's in short pieces between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from playground.animation.films import film
from playground.animation.reel import FilmFrame, Reel
from playground.training.snapshot import Snapshot
from widgets.film.stage import FilmStage
from widgets.steps import Steps

OF_DRAWING = 0.8
"""The share of the work that drawing is; the rest is writing."""

LOOK = 150
"""Milliseconds between two looks at how far it is."""


class Called(Exception):
    """The film was called off."""


class Shooting(QObject):
    """Makes one film, until it is there or called off.

    Signals:
        drawn: another frame is there.
        progressed: the share that is done, and the seconds that are left, −1 when nobody knows.
        made: the film, as the content of a file.
        ended: nothing more comes.
    """

    drawn = Signal(object)
    progressed = Signal(float, float)
    made = Signal(bytes)
    ended = Signal()

    def __init__(self, stage: FilmStage, frames: int, parent: QObject) -> None:
        """On this stage, so many frames."""
        super().__init__(parent)
        self._stage, self._frames = stage, frames
        self._steps = Steps(self)
        self._steps.came.connect(self._take)
        self._painting = QTimer(self, interval=0)
        self._painting.timeout.connect(self._paint)
        self._looking = QTimer(self, interval=LOOK)
        self._looking.timeout.connect(self._tell)
        self._pieces: Iterator[None] = iter(())
        self._done: SimpleQueue[FilmFrame | None] = SimpleQueue()
        self._shot = self._written = 0
        self.called_off = False

    def begin(self, moments: Callable[[], Iterator[Snapshot]], ending: str, fps: float) -> None:
        """Film these moments, which are worked out on the thread."""
        self._began = monotonic()
        self._looking.start()
        self._steps.begin(self._work(moments, ending, fps))

    def call_off(self) -> None:
        """Make no film."""
        if not self.called_off:
            self.called_off = True
            self._done.put(None)
            self._end()

    def _work(
        self, moments: Callable[[], Iterator[Snapshot]], ending: str, fps: float
    ) -> Iterator[Snapshot | bytes]:
        """Moments to be drawn, and then the film; all of it on the thread."""
        reel = Reel()
        for moment in moments():
            yield moment
            frame = self._done.get()
            if frame is None:
                return
            reel.add(frame)
        try:
            yield film(reel, ending, fps, self._note)
        except Called:
            return

    def _note(self, written: int) -> None:
        self._written = written
        if self.called_off:
            raise Called

    # --- on the window's thread -------------------------------------------------------------------------

    def _take(self, thing: Snapshot | bytes) -> None:
        if isinstance(thing, Snapshot):
            self._pieces = self._stage.pieces(thing)
            self._painting.start()
            return
        self.made.emit(thing)
        self._end()

    def _paint(self) -> None:
        """Paint another piece of the frame."""
        if next(self._pieces, self) is not self:
            return
        self._painting.stop()
        if self.called_off:
            return
        frame = self._stage.frame()
        self._shot += 1
        self._done.put(frame)
        self.drawn.emit(frame)

    def _tell(self) -> None:
        share = OF_DRAWING * self._shot / self._frames + (1 - OF_DRAWING) * self._written / self._frames
        share = min(share, 1.0)
        past = monotonic() - self._began
        self.progressed.emit(share, past * (1 - share) / share if share > 0.02 else -1.0)

    def _end(self) -> None:
        self._painting.stop()
        self._looking.stop()
        self._steps.close()
        self._stage.close()
        self._stage.deleteLater()
        self.ended.emit()
