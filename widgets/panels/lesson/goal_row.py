"""One goal of a step: whether it is reached, how near it is, and where a question is answered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from playground.lessons.goals import Judgement, LessonGoal
from playground.numbers.reading import Ambiguous, NotANumber, parse_number
from widgets import theme
from widgets.forms.local import local_signs
from widgets.forms.local import sentence as why_not
from widgets.icons import icon
from widgets.labels import label, show_or_hide, together
from widgets.sentences import sentence

SIGN = 20
SHORT = 14
"""Letters that have room beside what a goal asks for; more stand below it."""


class GoalSign(QWidget):
    """A tick on a green ground once a goal is reached, a circle until then."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = False
        self.setFixedSize(SIGN, SIGN)

    def show_reached(self, reached: bool) -> None:
        """Show one or the other."""
        if reached != self.reached:
            self.reached = reached
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        shown = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            circle = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            if not self.reached:
                painter.setPen(QPen(QColor(shown.accent), 1.4))
                painter.drawEllipse(circle)
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shown.good))
            painter.drawEllipse(circle)
            icon("check", shown.panel).paint(painter, circle.toRect().adjusted(3, 3, -3, -3))


class GoalRow(QFrame):
    """Shows a goal as it is judged.

    Signals:
        answered: a question was answered: the number, or that of a choice from 1.
    """

    answered = Signal(float)

    def __init__(self, goal: LessonGoal) -> None:
        super().__init__()
        self.goal = goal
        self.setProperty("role", "goal")
        self.sign = GoalSign()
        self.words = label(together(sentence(goal.told)), wraps=True)
        self.now = label(role="muted")
        self.reply = label(role="muted", wraps=True)
        self.refusal = label(role="error", wraps=True)
        self.bar = QProgressBar(maximum=1000, textVisible=False)
        self.bar.setFixedHeight(4)
        self.line: QLineEdit | None = None
        self.choices: list[QRadioButton] = []
        row = QHBoxLayout()
        row.setSpacing(9)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self.now, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(6)
        self._column.addLayout(row)
        if goal.asks == "number":
            self._column.addLayout(self._number_line())
        elif goal.asks == "choice":
            self._add_choices()
        for widget in (self.refusal, self.reply, self.bar):
            self._column.addWidget(widget)
            widget.hide()

    def show_judgement(self, judgement: Judgement, is_next: bool) -> None:
        """Show how near it is; the next goal to be reached stands out."""
        self.sign.show_reached(judgement.reached)
        said = sentence(judgement.now)
        below = bool(self.goal.asks) or len(said) > SHORT
        show_or_hide(self.reply, together(said) if below else "")
        show_or_hide(self.now, "" if below else said)
        waits = judgement.share is not None and not judgement.reached
        self.bar.setVisible(waits)
        if waits:
            self.bar.setValue(int(1000 * max(0.0, min(1.0, judgement.share or 0.0))))
        state = self.tr("reached") if judgement.reached else self.tr("not reached yet")
        self.setAccessibleName(self.tr("Goal: {goal}").format(goal=self.words.text()))
        self.setAccessibleDescription(f"{state}, {said}" if said else state)
        if self.property("next") != is_next:
            self.setProperty("next", is_next)
            self.style().unpolish(self)
            self.style().polish(self)

    def show_given(self, given: float | None) -> None:
        """Show an answer that was given before."""
        if given is not None and 1 <= given <= len(self.choices):
            self.choices[int(given) - 1].setChecked(True)

    def _number_line(self) -> QHBoxLayout:
        self.line = QLineEdit()
        self.line.setAccessibleName(self.words.text())
        self.line.setPlaceholderText(self.tr("A number"))
        self.line.setFixedWidth(96)
        self.line.returnPressed.connect(self._answer)
        self.line.textEdited.connect(lambda: self.refusal.hide())
        check = QPushButton(self.tr("Check"))
        check.clicked.connect(self._answer)
        row = QHBoxLayout()
        row.setContentsMargins(SIGN + 9, 0, 0, 0)
        row.addWidget(self.line)
        row.addWidget(check)
        row.addStretch(1)
        return row

    def _answer(self) -> None:
        assert self.line is not None
        if not self.line.text().strip():
            return
        try:
            given = float(parse_number(self.line.text(), signs=local_signs()))
        except (NotANumber, Ambiguous) as problem:
            show_or_hide(self.refusal, why_not(problem))
            return
        self.refusal.hide()
        self.answered.emit(given)
        if self.sign.reached:
            self.line.clearFocus()  # so that Space trains again
        else:
            self.line.selectAll()

    def _add_choices(self) -> None:
        group = QButtonGroup(self)
        for number, words in enumerate(self.goal.options, 1):
            button = QRadioButton()
            button.setAccessibleName(words)
            button.clicked.connect(partial(self.answered.emit, float(number)))
            group.addButton(button)
            self.choices.append(button)
            row = QHBoxLayout()
            row.setContentsMargins(SIGN + 9, 0, 0, 0)
            row.setSpacing(4)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(ChoiceWords(words, button), 1)
            self._column.addLayout(row)

    def minimumSizeHint(self) -> QSize:
        """As high as its words need in the width there is."""
        return QSize(0, super().minimumSizeHint().height())


class ChoiceWords(QWidget):
    """The words of a choice, over as many lines as they need; a click chooses it."""

    def __init__(self, words: str, button: QRadioButton) -> None:
        super().__init__()
        self._button = button
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.addWidget(label(together(words), wraps=True))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._button.click()
