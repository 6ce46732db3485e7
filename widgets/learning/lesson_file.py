"""The file of a lesson: read off the window's thread, and read anew while somebody writes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from playground.files.experiment_file import SavedExperiment
from playground.files.problem import FileProblem
from playground.lessons.plan import Begins, LessonPlan
from playground.lessons.reading import Beginnings, beginnings, read_lesson
from playground.lessons.shelf import (
    FOLDER,
    ShelvedLesson,
    data_in,
    in_language,
    lessons_in,
    opened,
    own_lessons,
)
from playground.text import Text
from widgets.background import Background
from widgets.languages import shown_language

PAUSE = 1000
"""Milliseconds between two looks at the file."""

Mark = tuple[int, int]
"""By which one sees that a file is another: when it was written, and how large it is."""


@dataclass(frozen=True, eq=False)
class OpenedLesson:
    """A lesson with what its steps open, and the mark of its file as that was read."""

    shelved: ShelvedLesson
    plan: LessonPlan
    beginnings: Beginnings
    mark: Mark

    def opens(self, step: int) -> Begins | None:
        """What is open in a step: what it begins with itself, or the nearest one before it."""
        at = self.plan.begins_at(step)
        return None if at is None else self.plan.steps[at].open

    def saved(self, step: int) -> SavedExperiment | None:
        """The experiment of that; None where there is none, as with a laboratory."""
        at = self.plan.begins_at(step)
        return None if at is None else self.beginnings.get(at)


def open_lesson(shelved: ShelvedLesson) -> OpenedLesson:
    """Read a lesson whole.

    Raises:
        FileProblem: when its file is gone, or something in it cannot be.
    """
    mark = _mark(shelved)
    plan = read_lesson(shelved.path)
    return OpenedLesson(shelved, plan, beginnings(plan, shelved.path), mark)


def _mark(shelved: ShelvedLesson) -> Mark:
    """The mark of a file; of one that is gone none that any file has."""
    try:
        found = shelved.path.stat()
    except OSError:
        return (-1, -1)
    return found.st_mtime_ns, found.st_size


@dataclass(frozen=True)
class LessonShelf:
    """The lessons that come with the program; those in the folder of a class, its data, and its name."""

    own: Sequence[ShelvedLesson] = ()
    of_class: Sequence[ShelvedLesson] = ()
    data: Sequence[Path] = ()
    name: str = ""

    @property
    def lessons(self) -> tuple[ShelvedLesson, ...]:
        """All lessons."""
        return (*self.own, *self.of_class)


class LessonReader(QObject):
    """Reads lessons on a thread of its own, as a disk may not answer, and one of them anew once a second.

    Signals:
        read_anew: the lesson as the file says it now, None where that cannot be read, and then why.
    """

    read_anew = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lesson: OpenedLesson | None = None
        self._mark: Mark = (0, 0)
        self._background = Background(self)
        self.timer = QTimer(self, singleShot=True, interval=PAUSE)
        self.timer.timeout.connect(self._look)

    def read_shelf(self, folder: Path | None, then: Callable[[LessonShelf], object]) -> None:
        """Read the lessons that come with the program, and what is in the folder of a class; then go on."""
        language = shown_language.language

        def read() -> LessonShelf:
            if folder is None or folder == FOLDER:
                return LessonShelf(own_lessons(language))
            return LessonShelf(own_lessons(language), lessons_in(folder), data_in(folder), folder.name)

        self._background.run(read, then)

    def read_file(self, path: Path, then: Callable[[ShelvedLesson], object]) -> None:
        """Read the lesson of a file, in the language that is shown; then go on."""
        language = shown_language.language
        self._background.run(lambda: opened(in_language(path, language)), then)

    def open(
        self, shelved: ShelvedLesson, then: Callable[[OpenedLesson], object], refuse: Callable[[Text], object]
    ) -> None:
        """Read a lesson whole; then go on, or say what is wrong with it."""

        def failed(error: Exception) -> None:
            if not isinstance(error, FileProblem):
                raise error
            refuse(error.text)

        self._background.run(lambda: open_lesson(shelved), then, failed)

    def watch(self, lesson: OpenedLesson) -> None:
        """Look at the file of a lesson from now on."""
        self._lesson, self._mark = lesson, lesson.mark
        self.timer.start()

    def stop(self) -> None:
        """Look no more."""
        self.timer.stop()
        self._lesson = None

    def close(self) -> None:
        """End."""
        self.stop()
        self._background.close()

    def _look(self) -> None:
        lesson, mark = self._lesson, self._mark
        assert lesson is not None
        self._background.run(lambda: _looked(lesson.shelved, mark), self._answer)

    def _answer(self, found: tuple[Mark, OpenedLesson | None, Text | None]) -> None:
        if self._lesson is None:
            return
        self.timer.start()
        mark, lesson, problem = found
        if mark != self._mark:
            self._mark = mark
            self.read_anew.emit(lesson, problem)


def _looked(shelved: ShelvedLesson, before: Mark) -> tuple[Mark, OpenedLesson | None, Text | None]:
    mark = _mark(shelved)
    if mark == before or mark == (-1, -1):  # gone for the moment, as while an editor replaces it
        return before, None, None
    try:
        return mark, open_lesson(shelved), None
    except FileProblem as problem:
        return mark, None, problem.text
