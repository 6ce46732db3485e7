"""The lesson panel: the lessons there are, or the step of the one that is under way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.lessons.suggestion import Suggestion
from widgets import theme
from widgets.elided_label import ElidedLabel
from widgets.icons import icon
from widgets.labels import label, show_or_hide
from widgets.learning.classroom import Classroom
from widgets.learning.lesson_file import LessonShelf
from widgets.panels.lesson.lesson_list import LessonList
from widgets.panels.lesson.step_view import StepView
from widgets.preferences import Preferences
from widgets.sentences import sentence
from widgets.space_key import leave_space_key

PAUSE = 1000
"""Milliseconds between two suggestions."""


class LessonPanel(QFrame):
    """Shows what the classroom gives; never modal.

    Signals:
        closed: the panel is to go, and the lesson to be left.
        open_asked: a lesson of one's own is wanted.
        data_chosen: data of the class are wanted, a file or a folder.
        hand_in_asked: what was done is to be handed in.
    """

    closed = Signal()
    open_asked = Signal()
    data_chosen = Signal(Path)
    hand_in_asked = Signal()

    def __init__(
        self,
        classroom: Classroom,
        preferences: Preferences,
        suggest: Callable[[], Suggestion],
        parent: QWidget | None = None,
    ) -> None:
        """`suggest` tells what to try next."""
        super().__init__(parent)
        self.classroom, self._preferences, self._suggest = classroom, preferences, suggest
        self._shelf = LessonShelf()
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self._show_suggestion)
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Lesson"))
        self.step_view: StepView | None = None
        """The step in front, while a lesson is under way."""
        self.list = LessonList()
        self.list.chosen.connect(classroom.begin)
        self.list.open_asked.connect(self.open_asked)
        self.list.data_chosen.connect(self.data_chosen)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._make_head())
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._make_foot())
        classroom.changed.connect(self._show_step)
        classroom.judged.connect(self._show_state)
        classroom.left.connect(self.show_list)
        theme.themes.changed.connect(self._recolour)
        self._recolour()
        leave_space_key(self)
        self.show_list()

    def _make_head(self) -> QWidget:
        self.name = ElidedLabel()
        self.name.setProperty("role", "heading")
        self.place = label(role="muted")
        self.menu_button = QToolButton(autoRaise=True, popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setAccessibleName(self.tr("What else can be done"))
        self.menu_button.setToolTip(self.tr("Begin again, see all lessons, or leave this one."))
        self.close_button = QToolButton(autoRaise=True)
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close the lessons; your own work comes back."))
        self.close_button.clicked.connect(self.closed)
        menu = QMenu(self)
        menu.addAction(self.tr("Begin this &step again"), self.classroom.begin_step_anew)
        menu.addAction(self.tr("Begin the &lesson again"), self.classroom.begin_anew)
        menu.addAction(self.tr("&Hand in…"), self.hand_in_asked.emit)
        menu.addAction(self.tr("&All lessons"), lambda: self.classroom.leave())
        self.menu_button.setMenu(menu)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedHeight(4)
        self.problem = label(role="error", wraps=True)
        head = QWidget()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.name, 1)
        row.addWidget(self.place)
        row.addWidget(self.menu_button)
        row.addWidget(self.close_button)
        row.setContentsMargins(0, 0, 7, 0)
        inside = QVBoxLayout(head)
        inside.setContentsMargins(12, 7, 0, 5)
        inside.setSpacing(6)
        inside.addLayout(row)
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, 12, 0)
        below.addWidget(self.bar)
        below.addWidget(self.problem)
        inside.addLayout(below)
        self.problem.hide()
        return head

    def _make_foot(self) -> QWidget:
        classroom = self.classroom
        self.back = QPushButton(self.tr("‹ Back"))
        self.skip = QPushButton(self.tr("Skip"))
        self.next = QPushButton(self.tr("Next ›"))
        self.next.setDefault(True)
        self.back.setToolTip(self.tr("To the step before."))
        self.skip.setToolTip(self.tr("Go on without the goals that are left."))
        self.back.clicked.connect(lambda: classroom.go(classroom.progress.step - 1))
        self.hand_in = QPushButton(self.tr("Hand in…"))
        self.hand_in.setToolTip(self.tr("Give your teacher the network and your answers."))
        self.hand_in.clicked.connect(self.hand_in_asked)
        self.skip.clicked.connect(self._go_on)
        self.next.clicked.connect(self._go_on)
        self.foot = QWidget()
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.back, self.skip, self.next):
            row.addWidget(button, 1)
        column = QVBoxLayout(self.foot)
        column.setContentsMargins(12, 8, 12, 11)
        column.setSpacing(8)
        column.addWidget(self.hand_in)
        column.addLayout(row)
        return self.foot

    # --- showing ----------------------------------------------------------------------------------------

    def show_lessons(self, shelf: LessonShelf) -> None:
        """Offer these."""
        self._shelf = shelf
        self.list.show_lessons(shelf, self.classroom)
        self._show_suggestion()
        self._timer.start()

    def _show_suggestion(self) -> None:
        """Say what to try next, as long as the lessons are seen."""
        if not self.list.isVisible():
            self._timer.stop()
            return
        found = self._suggest()
        lesson = next((each for each in self._shelf.lessons if each.name == found.lesson), None)
        self.list.show_suggestion(sentence(found.text), lesson)

    def show_list(self) -> None:
        """Show the lessons there are."""
        self._drop_step()
        for part in (self.bar, self.foot, self.menu_button, self.place, self.problem):
            part.hide()
        self.name.setText(self.tr("Lessons"))
        self.list.show()
        self.classroom.reader.read_shelf(self._preferences.lesson_folder, self.show_lessons)

    def _show_step(self) -> None:
        classroom = self.classroom
        plan, step = classroom.plan, classroom.step
        if plan is None or step is None:
            return
        self._drop_step()
        self.list.hide()
        self.step_view = view = StepView(step)
        view.answered.connect(classroom.answer)
        view.hint_asked.connect(classroom.show_hint)
        self._column.insertWidget(1, view, 1)
        for number, row in enumerate(view.rows):
            row.show_given(classroom.judging.given(number))
        at, count = classroom.progress.step, len(plan.steps)
        self.name.setText(plan.title)
        self.name.setToolTip(plan.summary)
        self.place.setText(self.tr("{step} / {count}").format(step=at + 1, count=count))
        self.bar.setMaximum(count)
        self.bar.setValue(at + 1)
        for part in (self.bar, self.foot, self.menu_button, self.place):
            part.show()
        self.back.setEnabled(at > 0)
        is_last = at == count - 1
        self.next.setText(self.tr("Finish") if is_last else self.tr("Next ›"))
        self.hand_in.setVisible(is_last and self._is_of_class())
        self._show_state()

    def _is_of_class(self) -> bool:
        """Whether there is a class to hand in to."""
        lesson = self.classroom.lesson
        comes_along = lesson is not None and lesson.shelved.comes_along
        return not comes_along or self._preferences.lesson_folder is not None

    def _show_state(self) -> None:
        """Show what is reached: the way on is open once all of it is."""
        if self.step_view is None:
            return
        self.step_view.show_state(self.classroom)
        show_or_hide(self.problem, sentence(self.classroom.problem))
        done = self.classroom.judging.all_reached
        self.next.setEnabled(done)
        self.skip.setEnabled(not done)

    def _drop_step(self) -> None:
        if self.step_view is not None:
            self._column.removeWidget(self.step_view)
            self.step_view.hide()
            self.step_view.deleteLater()
            self.step_view = None

    # --- going on ---------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        classroom = self.classroom
        assert classroom.plan is not None
        if classroom.progress.step + 1 < len(classroom.plan.steps):
            classroom.go(classroom.progress.step + 1)
        else:
            classroom.finish()

    def _recolour(self) -> None:
        self.menu_button.setIcon(icon("more"))
        self.close_button.setIcon(icon("close"))
