"""The lesson that is under way: its step, what is reached of it, and the file that it stands in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from playground.lessons.plan import LessonPlan, LessonStep
from playground.lessons.progress import NEW, LessonProgress
from playground.lessons.shelf import ShelvedLesson
from playground.text import Text
from widgets.learning.judging import Judging
from widgets.learning.lesson_book import LessonBook
from widgets.learning.lesson_file import LessonReader, LessonShelf, OpenedLesson
from widgets.learning.own_work import Made, OwnWork
from widgets.preferences import Preferences
from widgets.sentences import sentence
from widgets.workspace import Workspace


class Classroom(QObject):
    """Gives a lesson, a step at a time; the person's own work comes back when it is left.

    Signals:
        changed: another lesson or step is in front, or its file says something else now.
        judged: a goal was judged otherwise than before, a hint asked for, or the file cannot be read.
        left: no lesson is under way any more.
        brought_back: the own work is open again; what opens instead what was made in the lesson.
    """

    changed = Signal()
    judged = Signal()
    left = Signal()
    brought_back = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        preferences: Preferences,
        in_front: Callable[[], tuple[str, str]],
        own_work: OwnWork,
        parent: QObject,
    ) -> None:
        """`in_front` tells the page in front, and the laboratory there."""
        super().__init__(parent)
        self._workspace = workspace
        for signal in (self.changed, self.left):
            signal.connect(lambda: workspace.be_in_lesson(self.lesson is not None))
            signal.connect(lambda: workspace.meant.emit(meant(self.step)))
        self.own_work = own_work
        self.book = LessonBook(preferences)
        self.reader = LessonReader(self)
        self.reader.read_anew.connect(self._take_anew)
        self.judging = Judging(workspace, in_front, self)
        self.judging.reached.connect(lambda goal: self._keep(self.progress.having(self.progress.step, goal)))
        self.judging.judged.connect(self.judged)
        self.lesson: OpenedLesson | None = None
        """The lesson that is under way, with its file."""
        self.hints = 0
        """How many hints of the step were asked for."""
        self.problem: Text | None = None
        """Why the file cannot be read as it is now, while it is being written; None where it can."""

    # --- what is under way ------------------------------------------------------------------------------

    @property
    def plan(self) -> LessonPlan | None:
        """The lesson that is under way."""
        return self.lesson.plan if self.lesson else None

    @property
    def progress(self) -> LessonProgress:
        """How far the person came in it."""
        return self.book.of(self.lesson.shelved.name) if self.lesson else NEW

    @property
    def step(self) -> LessonStep | None:
        """The step in front."""
        return self.lesson.plan.steps[self.progress.step] if self.lesson else None

    # --- what a person does -----------------------------------------------------------------------------

    def begin(self, shelved: ShelvedLesson, opens: bool = True) -> None:
        """Begin a lesson, or go on with it where it was left; or say what is wrong with it.

        What its step works with is opened, unless it is open still.
        """
        if shelved.problem is not None:
            self._refuse(shelved.problem)
        else:
            self.reader.open(shelved, lambda lesson: self._have(lesson, opens), self._refuse)

    def go(self, step: int) -> None:
        """Bring a step to the front."""
        lesson = self.lesson
        if lesson is None or not 0 <= step < len(lesson.plan.steps):
            return
        before = lesson.plan.begins_at(self.progress.step)
        self._keep(self.progress.at(step))
        self._show_step(opens=lesson.plan.begins_at(step) != before)

    def answer(self, goal: int, given: float) -> None:
        """Take an answer to a question of the step, and note it."""
        self._keep(self.progress.answered(self.progress.step, goal, given))
        self.judging.answer(goal, given)

    def finish(self) -> None:
        """Note that the lesson was done to its end, and leave it."""
        self._keep(self.progress.at(0).with_(finished=True))
        self.leave()

    def begin_step_anew(self) -> None:
        """Open once more what the step begins with; the menu that offers it may outlive the lesson."""
        if self.lesson is not None:
            self._show_step(opens=True)

    def begin_anew(self) -> None:
        """Begin the lesson from its first step, with nothing reached."""
        if self.lesson is not None:
            self._keep(NEW.with_(finished=self.progress.finished))
            self._show_step(opens=True)

    def show_hint(self) -> None:
        """Show one hint more."""
        if self.step is not None and self.hints < len(self.step.hints):
            self.hints += 1
            self.judged.emit()

    def leave(self, then: Callable[[], object] = lambda: None) -> None:
        """Leave the lesson: the own work comes back, once the person has cared for what was opened since."""

        def gone(made: Made | None) -> None:
            self.lesson = None
            self.reader.stop()
            self.judging.stop()
            self.left.emit()
            then()
            if made is not None:
                self.brought_back.emit(made)

        self.own_work.bring_back(gone)

    def close(self) -> Path | None:
        """End; the file of the lesson that was under way."""
        self.reader.close()
        self.judging.close()
        return self.lesson.shelved.path if self.lesson else None

    # --- how it goes ------------------------------------------------------------------------------------

    def _have(self, lesson: OpenedLesson, opens: bool) -> None:
        self.lesson, self.problem = lesson, None
        self.reader.stop()
        if not lesson.shelved.comes_along:
            self.reader.watch(lesson)
        self._keep(self.progress.at(min(self.progress.step, len(lesson.plan.steps) - 1)))
        self._show_step(opens)

    def _take_anew(self, lesson: OpenedLesson | None, problem: Text | None) -> None:
        """Go on by what the file says now; as before, while it cannot be read."""
        before, self.problem = self.lesson, problem
        if lesson is None or before is None:
            self.judged.emit()
            return
        step = min(self.progress.step, len(lesson.plan.steps) - 1)
        opens = lesson.opens(step) != before.opens(self.progress.step)
        self.lesson = lesson
        self._keep(self.progress.at(step))
        self._show_step(opens)

    def _show_step(self, opens: bool) -> None:
        """Show the step in front, with what it begins with where that is not open yet."""
        lesson, step = self.lesson, self.progress.step
        assert lesson is not None
        self.hints = 0
        begins = lesson.opens(step)
        if opens and lesson.saved(step) is not None:
            self.own_work.put_aside(lambda: self._open(lesson, step))
            return
        if opens and begins is not None:
            self._workspace.handed.emit("labs", begins.laboratory)
        self._watch_step()

    def _open(self, lesson: OpenedLesson, step: int) -> None:
        saved = lesson.saved(step)
        if lesson is self.lesson and step == self.progress.step and saved is not None:
            self._workspace.page_asked.emit("design")
            self.own_work.show(saved, lesson.plan.title)
            self._watch_step()

    def _watch_step(self) -> None:
        lesson, progress = self.lesson, self.progress
        assert lesson is not None
        reached = {goal for step, goal in progress.reached if step == progress.step}
        self.judging.begin(lesson.plan.steps[progress.step].goals, reached, lesson.saved(progress.step))
        self.changed.emit()

    def _keep(self, progress: LessonProgress) -> None:
        assert self.lesson is not None
        self.book.keep(self.lesson.shelved.name, progress)

    def _refuse(self, problem: Text) -> None:
        self._workspace.notice.say(sentence(problem))


def begin_next(room: Classroom) -> None:
    """Begin the first lesson that was not done to its end, or the last of all."""

    def begin(shelf: LessonShelf) -> None:
        whole = [each for each in shelf.lessons if each.plan is not None]
        room.begin(next((each for each in whole if not room.book.of(each.name).finished), whole[-1]))

    room.reader.read_shelf(None, begin)


def meant(step: LessonStep | None) -> tuple[str, ...]:
    """The places that a step rings, and the settings that are to be changed in it."""
    if step is None:
        return ()
    paths = (getattr(goal, "path", "").removesuffix(".kind") for goal in step.goals)
    return (*(callout.place for callout in step.callouts), *(f"setting:{path}" for path in paths if path))
