"""The step of a lesson: text, formula, goals, hints and what was learnt."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from playground.lessons.plan import LessonStep
from widgets.labels import label, link_button, show_text, together
from widgets.learning.classroom import Classroom
from widgets.panels.lesson.goal_row import GoalRow
from widgets.panels.scroll import MARGIN, ScrollingColumn
from widgets.space_key import leave_space_key

TITLE_PIXELS = 17


class StepView(ScrollingColumn):
    """Shows one step, made anew for each.

    Signals:
        answered: a question was answered: the number of its goal, and the answer.
        hint_asked: one hint more is wanted.
    """

    answered = Signal(int, float)
    hint_asked = Signal()

    def __init__(self, step: LessonStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step = step
        self._begun = False
        column = self.column
        column.setSpacing(8)
        title = label(step.title, "heading", wraps=True)
        font = title.font()
        font.setPixelSize(TITLE_PIXELS)
        font.setBold(True)
        title.setFont(font)
        column.addWidget(title)
        for paragraph in paragraphs(step.text):
            column.addWidget(label(together(paragraph), wraps=True))
        if step.formula:
            column.addWidget(_formula(step.formula))
        self.rows = [GoalRow(goal) for goal in step.goals]
        if self.rows:
            column.addSpacing(4)
            column.addWidget(label(self.tr("Goals"), "heading"))
        for number, row in enumerate(self.rows):
            row.answered.connect(partial(self.answered.emit, number))
            column.addWidget(row)
        self._hints = [label(role="warning", wraps=True) for _ in step.hints]
        for hint in self._hints:
            hint.hide()
            column.addWidget(hint)
        self.more = link_button("", self.tr("Hints come one at a time."))
        self.more.clicked.connect(self.hint_asked)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.learnt = label(together(step.learnt), "learnt", wraps=True)
        self.learnt.hide()
        column.addWidget(self.learnt)
        column.addStretch(1)
        leave_space_key(self)

    def show_state(self, classroom: Classroom) -> None:
        """Show what is reached, and the hints that were asked for."""
        judged = classroom.judging.judgements
        following = next((number for number, each in enumerate(judged) if not each.reached), None)
        for number, (row, judgement) in enumerate(zip(self.rows, judged, strict=True)):
            row.show_judgement(judgement, number == following)
        done = following is None
        self._show_hints(0 if done else classroom.hints, offers=not done)
        self._show_and_reach(self.learnt, bool(self._step.learnt) and done)
        self._begun = True

    def _show_hints(self, count: int, offers: bool) -> None:
        total = len(self._hints)
        for number, (shown, hint) in enumerate(zip(self._hints, self._step.hints, strict=True), 1):
            words = self.tr("Hint {number} of {total}: {hint}").format(number=number, total=total, hint=hint)
            show_text(shown, together(words))
            self._show_and_reach(shown, number <= count)
        show_text(self.more, self.tr("Next hint") if count else self.tr("Show a hint"))
        self.more.setVisible(offers and count < total)

    def _show_and_reach(self, shown: QWidget, on: bool) -> None:
        """Show what is read next, scrolled to once there is room for it; or hide it."""
        new = on and shown.isHidden() and self._begun
        shown.setVisible(on)
        if new:
            QTimer.singleShot(0, shown, lambda: self.ensureWidgetVisible(shown, 0, MARGIN))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: lines of one belong together, an empty line is between two."""
    return [" ".join(part.split()) for part in text.strip().split("\n\n") if part.strip()]


def _formula(text: str) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "goal")
    shown = label(text.strip(), wraps=True)
    shown.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    fixed.setPixelSize(12)
    shown.setFont(fixed)
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(8, 8, 8, 8)
    inside.addWidget(shown)
    return frame
