"""The keeper: keeps unsaved work in a recovery file, and offers what a program that crashed left behind."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from playground.experiment import Experiment
from playground.files.autosave import Autosave, Recovered, recoverable, tidy
from playground.files.experiment_file import SavedExperiment
from playground.files.problem import FileProblem
from playground.training.checkpoint import Checkpoint
from playground.words import moment
from widgets.background import Background
from widgets.document import Document
from widgets.notice import Notice
from widgets.sentences import sentence
from widgets.training_link import TrainingLink

KEEP_SECONDS = 20

logger = logging.getLogger(__name__)

Known = tuple[Experiment, Checkpoint | None]
Now = tuple[Experiment, int, int]
"""The experiment, the step, and the place in the undo stack: a typed weight changes neither of the others."""


class Keeper(QObject):
    """Keeps the document's unsaved work, one write after another on a thread of its own.

    Signals:
        message: a sentence for the status bar.
        problem: a sentence on what went wrong.
        chosen: recovered work, and what was recovered, to be opened.
    """

    message = Signal(str)
    problem = Signal(str)
    chosen = Signal(object)

    def __init__(self, document: Document, link: TrainingLink, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._link = document, link
        self.folder = folder
        """Where recovery files are."""
        self._autosave = Autosave(folder)
        self._kept: Now | None = None
        self._attempt: _Attempt | None = None
        self._told = False
        self._background = Background(self)
        self._background.run(lambda: tidy(folder, datetime.now(UTC)), _nothing, self._log)
        self._timer = QTimer(self, interval=KEEP_SECONDS * 1000)
        self._timer.timeout.connect(self.keep)
        self._timer.start()

    # --- keeping ----------------------------------------------------------------------------------------

    @property
    def kept(self) -> bool:
        """Whether nothing would be lost if the program ended now."""
        return not self._document.modified or self._now() == self._kept

    def keep(self, then: Callable[[bool], object] = lambda _: None) -> None:
        """Keep unsaved work that is not kept yet; then go on, told whether all is kept.

        While the training thread is busy with a long step, what was before it is kept the second time.
        """
        if self.kept or not self._timer.isActive():
            then(self.kept)
        elif self._attempt is None:
            self._attempt = attempt = _Attempt(self._now(), then)
            self._background.follow(
                self._link.session.checkpoint(),
                lambda known: self._write(attempt, matching(attempt.now[0], known)),
                lambda error: self._failed(attempt, error),
            )
        else:
            self._attempt.then.append(then)
            self._write(self._attempt, self._link.session.last_known)

    def discard(self) -> None:
        """Forget what is kept: the document is saved or given up.  Nothing asked for before comes after."""
        self._attempt = self._kept = None
        self._background.run(self._autosave.discard, _nothing, self._log)

    def wait(self) -> None:
        """Wait for what is under way, once the window is gone."""
        self._background.wait()

    def close(self, keeps: bool = False) -> None:
        """End; nothing is left behind unless what is kept shall outlive the program."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        if keeps:
            self._background.run(self._autosave.leave, _nothing, self._log)
        else:
            self.discard()
        self._background.close()

    def _now(self) -> Now:
        step = self._link.latest.step if self._link.latest else 0
        return self._document.present, step, self._document.undo_stack.index()

    def _write(self, attempt: _Attempt, known: Known) -> None:
        if attempt is not self._attempt or attempt.begun:
            return
        attempt.begun = True
        _, step, place = attempt.now
        attempt.now = known[0], known[1].step if known[1] else step, place
        path, fingerprint = self._document.path, self._document.on_disk.fingerprint
        document = self._document
        saved = SavedExperiment(
            *known, fingerprint=fingerprint, repeated=document.repeated, search=document.search
        )
        self._background.run(
            lambda: self._autosave.write(saved, path),
            lambda _: self._succeeded(attempt),
            lambda error: self._failed(attempt, error),
        )

    def _succeeded(self, attempt: _Attempt) -> None:
        if attempt is self._attempt:
            self._kept, self._told = attempt.now, False
            self._end(attempt, kept=True)

    def _failed(self, attempt: _Attempt, error: Exception) -> None:
        """Tell it once; the timer tries again."""
        if attempt is not self._attempt:
            return
        self._log(error)
        if not self._told:
            self._told = True
            sentence = self.tr("Unsaved work cannot be kept for recovery: please save it. {why}")
            self.problem.emit(sentence.format(why=error))
        self._end(attempt, kept=False)

    def _end(self, attempt: _Attempt, kept: bool) -> None:
        self._attempt = None
        for then in attempt.then:
            then(kept)

    @staticmethod
    def _log(error: Exception) -> None:
        logger.warning("recovery files: %s", error)

    # --- offering ---------------------------------------------------------------------------------------

    def offer(self, notice: Notice) -> bool:
        """Offer in a notice what a crashed program left behind; returns whether there is any."""
        found = self.recoverable()
        if not found:
            return False
        latest = found[0]
        if latest.document:
            text = self.tr("The program ended before {name} was saved ({when}).")
        else:
            text = self.tr("The program ended before the experiment was saved ({when}).")
        text = text.format(name=latest.document and latest.document.name, when=moment(latest.time))
        choices = {
            self.tr("Recover"): lambda: self.chosen.emit(latest),
            self.tr("Discard"): lambda: self._decline(found),
        }
        notice.say(text, choices, bad=False)
        return True

    def recoverable(self) -> list[Recovered]:
        """Work that a crashed program left behind, the newest first."""
        return recoverable(self.folder)

    def _decline(self, found: list[Recovered]) -> None:
        def put_aside() -> Path:
            for recovered in found:
                aside = recovered.decline()
            return aside.parent

        def done(folder: Path) -> None:
            self.message.emit(self.tr("Kept for a week in {folder}.").format(folder=folder))

        def failed(error: Exception) -> None:
            if not isinstance(error, FileProblem):
                raise error
            self.problem.emit(sentence(error.text))

        self._background.run(put_aside, done, failed)


class _Attempt:
    """One try to keep the work as it is now."""

    def __init__(self, now: Now, then: Callable[[bool], object]) -> None:
        self.now, self.then, self.begun = now, [then], False


def matching(experiment: Experiment, known: Known | None) -> Known:
    """What is known of this experiment: no more than itself where it never could train."""
    return known if known is not None and known[0] == experiment else (experiment, None)


def _nothing(_: object) -> None:
    pass
