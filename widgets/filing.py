"""Filing: new, open, save, recent files, autosave and recovery of the document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from playground.experiment import Experiment
from playground.files import experiment_file, names
from playground.files.autosave import Recovered
from playground.files.experiment_file import SavedExperiment
from playground.files.fingerprint import Found
from playground.files.problem import FileProblem
from playground.folders import home
from playground.words import shortened
from widgets.background import Background
from widgets.document import Document
from widgets.keeper import Keeper, Known, matching
from widgets.png import to_png
from widgets.preferences import Preferences
from widgets.presence import one_that_answers
from widgets.sentences import sentence
from widgets.training_link import TrainingLink
from widgets.waiting import WaitingNote
from widgets.writing import Desk, Ways, Writing

if TYPE_CHECKING:
    from playground.files.laboratory_file import SavedLaboratory


class Filing(QObject):
    """Moves the document between window, training thread and disk; everything slow runs in the background.

    Signals:
        opened: another experiment is open.
        look_asked: what an example that was opened shows inside (see `names.LOOKS`).
        laboratory_opened: a file held a laboratory instead; that and the file.
        message: a sentence for the status bar.
        problem: a sentence on what went wrong.
        not_saved: why nothing was saved, and what asks for another file.
        recent_changed: the list of recent files is another.
    """

    opened = Signal()
    look_asked = Signal(object)
    laboratory_opened = Signal(object, Path)
    message = Signal(str)
    problem = Signal(str)
    not_saved = Signal(str, object)
    recent_changed = Signal()

    def __init__(
        self,
        document: Document,
        link: TrainingLink,
        preferences: Preferences,
        window: QWidget,
        recovery_folder: Path | None = None,
    ) -> None:
        super().__init__(window)
        self._document, self._link, self._preferences, self._window = document, link, preferences, window
        self.picture: Callable[[], bytes] = bytes
        """Makes the PNG that a file shows of itself."""
        self.waiting = WaitingNote()
        """Says that saving waits, to be put where it is seen."""
        self._background = Background(self)
        self.keeper = Keeper(document, link, recovery_folder or _data_folder() / "recovery", self)
        self.keeper.message.connect(self.message)
        self.keeper.problem.connect(self.problem)
        self.keeper.chosen.connect(self.recover)

    def close(self, keeps: bool = False) -> None:
        """End; what is under way is finished, and no recovery file is left behind unless it is to be kept."""
        self._background.close()
        self.keeper.close(keeps)

    def wait(self) -> None:
        """Wait for what is under way, once the window is gone."""
        self._background.wait()
        self.keeper.wait()

    # --- opening ----------------------------------------------------------------------------------------

    def new(self) -> None:
        """Begin with a fresh experiment, once unsaved work is cared for."""
        self.leave(lambda: self.show(SavedExperiment(Experiment())))

    def open(self) -> None:
        """Ask for a file and open it."""
        self.leave(self._ask_and_open)

    def open_file(self, path: Path) -> None:
        """Open this file, once unsaved work is cared for."""
        self.leave(lambda: self._load(path))

    def open_example(self, path: Path, name: str) -> None:
        """Open an example as a document without a file."""
        self.leave(lambda: self._load(path, name))

    def show(self, saved: SavedExperiment, path: Path | None = None, name: str = "") -> None:
        """Make this the open document."""
        self._link.open(saved.experiment, saved.checkpoint)
        on_disk = Found(saved.fingerprint, datetime.now(UTC)) if path else Found()
        self._document.open(saved.experiment, path, name, on_disk, saved.repeated, saved.search)
        self.keeper.discard()
        self.opened.emit()

    def _ask_and_open(self) -> None:
        from widgets.dialogs import questions

        if path := questions.file_to_open(self._window, self._folder()):
            self._load(path)

    def _load(self, path: Path, example: str = "") -> None:
        def done(saved: SavedExperiment | SavedLaboratory) -> None:
            if example and isinstance(saved, SavedExperiment):
                self.show(saved, name=example)
                if (look := names.LOOKS.get(path.stem)) is not None:
                    self.look_asked.emit(look)
                return
            self.remember(path)
            if isinstance(saved, SavedExperiment) and saved.lesson:  # what was handed in stays as it is
                self.show(saved, name=path.stem)
                self.message.emit(self.tr("Opened {name}; saving makes another file.").format(name=path.name))
            elif isinstance(saved, SavedExperiment):
                self.show(saved, path)
                self.message.emit(self.tr("Opened {name}.").format(name=path.name))
            else:
                self.laboratory_opened.emit(saved, path)

        self._background.run(lambda: _load_any(path), done, lambda error: self._tell(path, error))

    # --- saving -----------------------------------------------------------------------------------------

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save in the document's file, asking for one if there is none; then go on."""
        path = self._document.path
        if path is None or path.suffix.lower() != names.SUFFIX:
            self.save_as(then)
        else:
            self._write(path, then, replaces=False)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask where to save, save, then go on."""
        from widgets.dialogs import questions

        path = self._document.path
        name = self._document.name
        ours = path and path.suffix.lower() in (names.SUFFIX, ".json", names.PICTURE)
        title = Path(name).stem if ours else name
        suggestion = self._folder() / names.suggest(title, names.SUFFIX)
        if path := questions.file_to_save(self._window, suggestion):
            self._write(path, then, replaces=True)

    def save_picture(self) -> None:
        """Ask where to save a picture of the window with the experiment inside, and save it."""
        from widgets.dialogs import questions

        suggestion = self._folder() / names.suggest(Path(self._document.name).stem, names.PICTURE)
        if (path := questions.picture_to_save(self._window, suggestion)) is None:
            return
        shown = self._window.grab().toImage()
        document = self._document
        present, repeated, search = document.present, document.repeated, document.search

        def written(known: Known) -> None:
            saved = SavedExperiment(*matching(present, known), repeated=repeated, search=search)
            self._background.run(
                lambda: experiment_file.save_picture(path, to_png(shown), saved),
                lambda _: self.message.emit(self.tr("Saved {name}.").format(name=path.name)),
                lambda error: self._tell(path, error),
            )

        self._background.follow(
            self._link.session.checkpoint(), written, lambda error: self._tell(path, error)
        )

    def _write(self, path: Path, then: Callable[[], object] | None, replaces: bool) -> None:
        def saved() -> None:
            self.keeper.discard()
            self.remember(path)
            self.message.emit(self.tr("Saved {name}.").format(name=path.name))
            if then is not None:
                then()

        def failed(error: Exception) -> None:
            if not isinstance(error, FileProblem):
                raise error
            self.not_saved.emit(sentence(error.text), lambda: self.save_as(then))

        desk = Desk(self._document, self._link, self._background, self.waiting, self._window)
        ways = Ways(saved, lambda: self.save_as(then), failed)
        leaves = then is not None
        way_out = self.tr("Close without the last step") if leaves else self.tr("Save without the last step")
        Writing(desk, path, self.picture(), ways, replaces).begin(way_out)

    # --- leaving, recovering ----------------------------------------------------------------------------

    def leave(self, go_on: Callable[[], object]) -> None:
        """Leave the document: go on once the person has said what to do with unsaved work."""
        if not self._document.modified:
            go_on()
            return
        from widgets.dialogs import questions

        answer = questions.about_unsaved(self._window, self._document.name)
        if answer is questions.Answer.SAVE:
            self.save(go_on)
        elif answer is questions.Answer.DISCARD:
            go_on()

    def recover(self, recovered: Recovered) -> None:
        """Open recovered work; it counts as unsaved, and is given up only when it is kept again."""

        def done(saved: SavedExperiment) -> None:
            self.show(saved, recovered.document, "" if recovered.document else self.tr("Recovered"))
            self._document.mark_trained()
            self.keeper.keep(lambda kept: recovered.discard() if kept else None)

        self._background.run(recovered.load, done, lambda error: self._tell(recovered.file, error))

    # --- small things -----------------------------------------------------------------------------------

    def remember(self, path: Path) -> None:
        """List a file among the recent ones."""
        self._preferences.add_recent(path)
        self.recent_changed.emit()

    def _tell(self, path: Path, error: Exception) -> None:
        if isinstance(error, FileProblem):
            said = sentence(error.text)
            self.problem.emit(said if path.name in said else f"{shortened(path.name)}: {said}")
        else:
            raise error

    def _folder(self) -> Path:
        """Where a dialog begins; it would hang at a network share that is dead."""
        files = [self._document.path, *self._preferences.recent[:1]]
        return one_that_answers([path.parent for path in files if path is not None], home())


def _load_any(path: Path) -> SavedExperiment | SavedLaboratory:
    """What a file holds; laboratories are known from then on."""
    if not experiment_file.is_laboratory(path):
        return experiment_file.load(path)
    from playground.files import laboratory_file

    return laboratory_file.load(path)


def _data_folder() -> Path:
    location = QStandardPaths.StandardLocation.AppDataLocation
    return Path(QStandardPaths.writableLocation(location))
