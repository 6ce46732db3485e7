"""Handing in: a pupil's lesson goes into the folder of the class, and a teacher sees what came there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from playground.files.experiment_file import SavedExperiment, save
from playground.files.names import SUFFIX, suggest
from playground.files.problem import FileProblem
from playground.folders import home
from widgets.background import Background
from widgets.keeper import Known, matching
from widgets.lesson_desk import LessonDesk
from widgets.preferences import Preferences
from widgets.presence import one_that_answers
from widgets.sentences import sentence
from widgets.workspace import Workspace

if TYPE_CHECKING:
    from playground.lessons.handing_in import HandIn
    from widgets.dialogs.hand_in import HandInDialog


@dataclass(frozen=True)
class _Work:
    """What is on its way: all that was done, and where it shall go."""

    folder: Path
    lesson: Path
    record: HandIn
    saved: SavedExperiment


class HandingIn(QObject):
    """Hands in the lesson that is under way, and shows what was handed in.

    What handing in needs is imported when it is first asked for.
    """

    def __init__(
        self, window: QMainWindow, workspace: Workspace, lessons: LessonDesk, preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._window, self._workspace, self._lessons = window, workspace, lessons
        self._preferences = preferences
        self._background = Background(self)
        self.dialog: HandInDialog | None = None
        """The question of who hands in where, while it is open."""

    def ask(self) -> None:
        """Ask for name and folder, with what is known of them, and hand in."""
        from playground.lessons.handing_in import done, earlier
        from widgets.dialogs.hand_in import HandInDialog

        room = self._lessons.classroom
        lesson = None if room is None else room.lesson
        if room is None or lesson is None or self.dialog is not None:
            return
        path, preferences = lesson.shelved.path, self._preferences
        folder = preferences.lesson_folder if lesson.shelved.comes_along else path.absolute().parent
        author = preferences.author

        def look(folder: Path, pupil: str, then: Callable[[datetime | None], object]) -> None:
            self._background.run(lambda: earlier(folder, path, pupil, author), then)

        goals = done(lesson.plan, room.progress, sentence)
        self.dialog = dialog = HandInDialog(
            lesson.plan.title, goals, preferences.pupil, folder, look, self._window
        )
        dialog.folder_asked.connect(lambda: self._ask_for_folder(dialog))
        dialog.accepted.connect(lambda: self._begin(dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._forget)
        dialog.open()

    def show_table(self) -> None:
        """Show what was handed in."""
        from widgets.dialogs.handed_in import HandedInDialog

        dialog = HandedInDialog(self._preferences.lesson_folder, self._window)
        dialog.file_chosen.connect(self._workspace.filing.open_file)
        dialog.folder_asked.connect(lambda: self._ask_for_folder(dialog))
        dialog.show()

    def close(self) -> None:
        """End; what is being written is finished."""
        self._background.close()

    def _ask_for_folder(self, dialog: HandInDialog | object) -> None:
        from widgets.dialogs import questions

        kept = self._preferences.lesson_folder
        start = one_that_answers([] if kept is None else [kept], home())
        if folder := questions.folder_to_open(self._window, start, self.tr("The folder of the class")):
            dialog.show_folder(folder)

    def _forget(self) -> None:
        self.dialog = None

    # --- handing in -------------------------------------------------------------------------------------

    def _begin(self, dialog: HandInDialog) -> None:
        """Gather what is handed in as it is now, once the training thread answers."""
        from playground.lessons.handing_in import HandIn, done

        room, folder = self._lessons.classroom, dialog.folder
        lesson = None if room is None else room.lesson
        if room is None or lesson is None or folder is None:
            return
        preferences, workspace = self._preferences, self._workspace
        preferences.pupil = dialog.pupil
        if lesson.shelved.comes_along:
            preferences.lesson_folder = folder
        path = lesson.shelved.path
        record = HandIn(
            pupil=dialog.pupil,
            author=preferences.author,
            lesson=lesson.plan.title,
            file=path.name,
            time=datetime.now(UTC).replace(microsecond=0),
            finished=room.progress.finished or room.judging.all_reached,
            goals=done(lesson.plan, room.progress, sentence),
        )
        document, picture = workspace.document, workspace.filing.picture()
        present, repeated, search = document.present, document.repeated, document.search

        def gathered(known: Known) -> None:
            content = SavedExperiment(*matching(present, known), picture, repeated=repeated, search=search)
            self._write(_Work(folder, path, record, content))

        workspace.message.emit(self.tr("Handing in…"))
        self._background.follow(workspace.link.session.checkpoint(), gathered)

    def _write(self, work: _Work) -> None:
        """Write it into the folder of the class; where that fails, nothing of it is lost."""
        from playground.lessons.handing_in import fingerprint_of, hand_in

        def write() -> Path:
            record = work.record.with_(fingerprint=fingerprint_of(work.lesson))
            return hand_in(work.folder, work.lesson, work.saved, record)

        def written(path: Path) -> None:
            words = self.tr("Handed in as {name}.").format(name=path.name)
            self._workspace.message.emit("")
            self._workspace.notice.say(words, bad=False)

        self._background.run(write, written, lambda error: self._refused(work, error))

    def _refused(self, work: _Work, error: Exception) -> None:
        if not isinstance(error, FileProblem):
            raise error
        self._workspace.message.emit("")
        self._offer(work, sentence(error.text))

    def _write_in_another(self, work: _Work) -> None:
        from widgets.dialogs import questions

        folder = questions.folder_to_open(self._window, home(), self.tr("The folder of the class"))
        if folder is None:
            self._kept(work)
        else:
            self._write(replace(work, folder=folder))

    def _save_elsewhere(self, work: _Work) -> None:
        """Save the same file where the pupil can write, to be given to the teacher in another way."""
        from widgets.dialogs import questions

        suggestion = home() / suggest(f"{work.record.pupil} - {work.record.lesson}", SUFFIX)
        path = questions.file_to_save(self._window, suggestion)
        if path is None:
            self._kept(work)
            return
        content = replace(work.saved, lesson=work.record.model_dump(mode="json"))

        def saved(_: object) -> None:
            self._workspace.notice.say(
                self.tr("Saved {name}: give that file to your teacher.").format(name=path.name), bad=False
            )

        self._background.run(lambda: save(path, content), saved, lambda error: self._refused(work, error))

    def _kept(self, work: _Work) -> None:
        """Offer the same again where the person gave up choosing."""
        self._offer(work, self.tr("Nothing is handed in yet."))

    def _offer(self, work: _Work, words: str) -> None:
        """Say why nothing is handed in, and offer the ways that are left."""
        choices = {
            self.tr("Another folder…"): lambda: self._write_in_another(work),
            self.tr("Save elsewhere…"): lambda: self._save_elsewhere(work),
        }
        self._workspace.notice.say(words, choices)
