"""The link between window and training thread: edits go there, the newest snapshot comes back."""

from __future__ import annotations

from collections import defaultdict
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

from playground.experiment import Experiment
from playground.training.aside import Aside
from playground.training.checkpoint import Checkpoint
from playground.training.session import TrainingSession
from playground.training.snapshot import Snapshot, State
from playground.training.typed import TypedWeight
from playground.words import shortened
from widgets.document import Document
from widgets.listeners import let_go
from widgets.looking import Looking
from widgets.motion import motion
from widgets.past import Past

FRAME, FRAME_BESIDE = 20, 16
"""Milliseconds from one frame to the next: 50 a second, or 60 beside a machine that goes on meanwhile."""
SOON = 4
"""Milliseconds to the next look into the mailbox while a frame of what runs is late."""
PAINTED = QEvent.Type(QEvent.registerEventType())
AFTER_PAINTING = Qt.EventPriority.LowEventPriority.value - 1
"""Behind the events by which Qt paints, which are of low priority themselves."""


class TrainingLink(QObject):
    """Runs a training session for a document.

    Signals:
        painted: a snapshot to show; training waits until everything has painted it.
        seen_beside: there is something new of a run behind the one in front.
        failed: the training thread died of a fault of the program; its words.
    """

    painted = Signal(Snapshot)
    seen_beside = Signal()
    failed = Signal(str)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._sent = document.experiment
        self._saved_step = 0
        self._frames: list[float] = []
        self.latest: Snapshot | None = None
        """The snapshot on screen."""
        self.saved_beside: tuple[tuple[Experiment, Checkpoint], ...] = ()
        """Runs that a file holds beside the one in front, until somebody begins them."""
        self.beside: dict[int, Snapshot | None] = {}
        """The newest of each run behind the one in front, by its number; None before the first."""
        self.session = TrainingSession(document.experiment, on_error=self._report)
        self.looking = Looking(self.session)
        self.past = Past(document, self.session, self._know)
        self.number = 1
        """The run whose snapshots are shown: each document that is opened has another one."""
        self.listen()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(FRAME)
        self._timer.timeout.connect(self._frame)

    def listen(self, anew: bool = False) -> None:
        """Follow the document; `anew`, when all else that follows either of them is let go."""
        if anew:
            let_go(self.painted, self.seen_beside, self.failed, self.past.changed, self.past.left)
            self._document.let_go()
        self.past.listen()
        self._document.changed.connect(self._apply)

    def start(self) -> None:
        """Start the thread and the frames."""
        self.session.start()
        self.session.want()
        self._timer.start()

    def close(self) -> None:
        """End both, without waiting for the step under way."""
        self._timer.stop()
        self.session.close(timeout=0)

    @property
    def frames_per_second(self) -> float:
        """Frames painted over the last second."""
        now = perf_counter()
        self._frames = [frame for frame in self._frames if now - frame < 1]
        return float(len(self._frames))

    @property
    def running(self) -> bool:
        """Whether training was running when last seen."""
        return self.latest is not None and self.latest.state is State.RUNNING

    def open(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> None:
        """Begin with another experiment, at its checkpoint."""
        self._sent = experiment
        self._saved_step = checkpoint.step if checkpoint else 0
        self.number = self.session.open(experiment, checkpoint)
        self.beside, self.saved_beside = {}, checkpoint.beside if checkpoint else ()

    def add(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> int:
        """Begin a run behind the one in front; returns its number."""
        number = self.session.beside.add(experiment, checkpoint)
        self.beside[number] = None
        self.session.want()
        return number

    def drop(self, number: int) -> None:
        """Forget a run behind the one in front."""
        self.session.beside.drop(number)
        self.beside.pop(number, None)

    def take_over(self, number: int, aside: Aside) -> None:
        """Forget a run behind the one in front, and put what it has learnt aside for that."""
        self.session.beside.take_over(number, aside)
        self.beside.pop(number, None)

    def restart(self) -> None:
        """Let all runs go back to the same initial weights, undoably: undo brings back what was learnt."""
        asides: defaultdict[int, Aside] = defaultdict(Aside)

        def swap() -> None:
            self.session.ask_all(lambda run: run.restart(asides[run.number]))

        self._document.act(self.tr("Same initial weights"), swap, swap)

    def set_weight(self, layer_id: str, unit: int, source: int, value: float) -> None:
        """Set a weight, or with source −1 a bias, undoably: undo puts back that number alone."""
        typed = TypedWeight(layer_id, unit, source, value)
        self._document.act(
            self.tr("Set bias") if source < 0 else self.tr("Set weight"),
            lambda: self.session.ask(lambda run: run.type(typed)),
            lambda: self.session.ask(lambda run: run.take_back(typed)),
        )

    def mark_saved(self, step: int) -> None:
        """The training up to this step is in the file."""
        self._saved_step = step

    def _know(self, experiment: Experiment) -> None:
        """Training knows already of the experiment that is shown next."""
        self._sent = experiment

    def _apply(self, experiment: Experiment) -> None:
        if experiment is not self._sent:
            self._sent = experiment
            self.session.apply(experiment, self._document.aside, self._document.gesture)

    def _frame(self) -> None:
        beside = {number: snapshot for number in self.beside if (snapshot := self.session.take(number))}
        snapshot = self.session.take()
        if snapshot is not None and not (snapshot.run == self.number and self.past.takes(snapshot)):
            self.session.want()  # what is shown now
            snapshot = None
        if snapshot is None and not beside:
            self._timer.setInterval(SOON if self.running else FRAME)
            return
        self._timer.setInterval(self._pause(snapshot or self.latest))
        self.session.hold()
        self.beside |= beside
        if snapshot is not None:
            self._paint(snapshot)
        if beside:
            self.seen_beside.emit()
        QCoreApplication.postEvent(self, QEvent(PAINTED), AFTER_PAINTING)

    def event(self, event: QEvent) -> bool:
        """Let training go on when all is painted."""
        if event.type() == PAINTED:
            self._release()
            return True
        return super().event(event)

    def _pause(self, snapshot: Snapshot | None) -> int:
        usual = FRAME if snapshot is None or snapshot.holds_lock else FRAME_BESIDE
        return motion.pause(usual) if self.running else usual

    def _paint(self, snapshot: Snapshot) -> None:
        self.latest = snapshot
        if snapshot.back is None and snapshot.step != self._saved_step:
            self._document.mark_trained()
        self.painted.emit(snapshot)
        self._frames.append(perf_counter())

    def _release(self) -> None:
        self.session.release()
        self.session.want()

    def _report(self, error: BaseException) -> None:
        self.failed.emit(f"{type(error).__name__}: {shortened(error, 200)}")


def shown(link: TrainingLink) -> Snapshot | None:
    """The snapshot on screen; None where it is of a document that is gone, or of an earlier moment."""
    latest = link.latest
    return latest if latest is not None and latest.run == link.number and latest.back is None else None
