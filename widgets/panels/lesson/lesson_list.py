"""The lessons there are, with how far one came in each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from playground.lessons.progress import LessonProgress
from playground.lessons.shelf import TOUR, ShelvedLesson
from playground.words import shortened
from widgets.elided_label import ElidedLabel
from widgets.labels import label, link_button, show_text
from widgets.learning.classroom import Classroom
from widgets.learning.lesson_file import LessonShelf
from widgets.panels.lesson.goal_row import GoalSign
from widgets.panels.scroll import ScrollingColumn
from widgets.sentences import sentence
from widgets.space_key import leave_space_key


class LessonCard(QPushButton):
    """A lesson: its number, 0 for none, and title, what it is about, and how far one came."""

    def __init__(self, number: int, shelved: ShelvedLesson, progress: LessonProgress) -> None:
        super().__init__()
        self.setProperty("role", "card")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        plan = shelved.plan
        title = shelved.path.name if plan is None else plan.title
        words = sentence(shelved.problem) if plan is None else plan.summary
        self.setAccessibleName(title)
        self.setToolTip(words)
        self.setEnabled(plan is not None)
        column = QVBoxLayout(self)
        column.setContentsMargins(11, 8, 11, 9)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(8)
        numbered = self.tr("{number}  {title}").format(number=number, title=title)
        name = ElidedLabel(numbered if number else title)
        name.setProperty("role", "heading")
        head.addWidget(name, 1)
        if progress.finished:
            sign = GoalSign()
            sign.show_reached(True)
            head.addWidget(sign)
        elif plan is not None:
            head.addWidget(label(self.tr("{count} min").format(count=plan.minutes), "caption"))
        column.addLayout(head)
        column.addWidget(label(words, "muted", wraps=True))
        begun = bool(progress.step or progress.reached) and not progress.finished
        state = self.tr("done") if progress.finished else self.tr("begun") if begun else self.tr("new")
        self.setAccessibleDescription(f"{words} ({state})")
        if plan is not None and begun:
            bar = QProgressBar(maximum=len(plan.steps), value=progress.step, textVisible=False)
            bar.setFixedHeight(4)
            column.addWidget(bar)

    def heightForWidth(self, width: int) -> int:
        """As high as its words."""
        return self.layout().totalHeightForWidth(width)


class LessonList(QWidget):
    """Offers lessons.

    Signals:
        chosen: a lesson (`ShelvedLesson`).
        data_chosen: data of the class, a file or a folder.
        open_asked: a lesson of one's own is wanted.
    """

    chosen = Signal(object)
    data_chosen = Signal(Path)
    open_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[LessonCard] = []
        self.data: list[QPushButton] = []
        self._scroll = ScrollingColumn()
        self._scroll.column.setSpacing(7)
        own = QPushButton(self.tr("Open a lesson…"))
        own.setToolTip(self.tr("Open a lesson of your own, or one that lies on a shared disk."))
        own.clicked.connect(self.open_asked)
        foot = QFrame()
        inside = QHBoxLayout(foot)
        inside.setContentsMargins(12, 6, 12, 10)
        inside.addWidget(own)
        self._lesson: ShelvedLesson | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_next())
        column.addWidget(self._scroll, 1)
        column.addWidget(foot)

    def _make_next(self) -> QFrame:
        self.suggested = label(wraps=True)
        self.way = link_button("", self.tr("Open this lesson."))
        self.way.clicked.connect(lambda: self.chosen.emit(self._lesson))
        frame = QFrame()
        frame.setProperty("role", "goal")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.setSpacing(4)
        inside.addWidget(label(self.tr("What next?"), "heading"))
        inside.addWidget(self.suggested)
        inside.addWidget(self.way, 0, Qt.AlignmentFlag.AlignLeft)
        around = QFrame()
        margins = QVBoxLayout(around)
        margins.setContentsMargins(12, 8, 12, 0)
        margins.addWidget(frame)
        return around

    def show_suggestion(self, text: str, lesson: ShelvedLesson | None) -> None:
        """Say what to try next, and lead to a lesson that says more."""
        self._lesson = lesson
        show_text(self.suggested, text)
        plan = lesson.plan if lesson else None
        self.way.setVisible(plan is not None)
        if plan is not None:
            self.way.setText(self.tr("Lesson: {title}").format(title=plan.title))

    def show_lessons(self, shelf: LessonShelf, classroom: Classroom) -> None:
        """Offer these, those of the class first."""
        column = self._scroll.column
        while (item := column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cards, self.data = [], []
        if shelf.of_class or shelf.data:
            column.addWidget(label(self.tr("Folder “{name}”").format(name=shelf.name), "heading", wraps=True))
            self._add_cards(shelf.of_class, 1, classroom)
            self._add_data(shelf.data)
            column.addSpacing(6)
            column.addWidget(label(self.tr("With the program"), "heading"))
        tour = [each for each in shelf.own[:1] if each.path.name == TOUR.name]
        self._add_cards(shelf.own, 1 - len(tour), classroom)
        column.addStretch(1)
        leave_space_key(self)

    def _add_cards(self, lessons: Sequence[ShelvedLesson], first: int, classroom: Classroom) -> None:
        for number, shelved in enumerate(lessons, first):
            card = LessonCard(number, shelved, classroom.book.of(shelved.name))
            card.clicked.connect(lambda _checked=False, shelved=shelved: self.chosen.emit(shelved))
            self.cards.append(card)
            self._scroll.column.addWidget(card)

    def _add_data(self, paths: Sequence[Path]) -> None:
        if paths:
            self._scroll.column.addWidget(label(self.tr("Data to learn from"), "muted"))
        for path in paths:
            tip = self.tr("Learn from {name}; undo takes it back.").format(name=path.name)
            button = link_button(elided(path.name), tip)
            button.setAccessibleName(path.name)
            button.clicked.connect(lambda _checked=False, path=path: self.data_chosen.emit(path))
            self.data.append(button)
            self._scroll.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def elided(name: str) -> str:
    """A name that fits a button, in which & is no sign of a key."""
    return shortened(name, 34).replace("&", "&&")
