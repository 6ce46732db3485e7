"""The goals of a lesson that was handed in, with the answers that were given."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from playground.lessons.handing_in import GoalDone
from widgets import theme
from widgets.icons import icon

SIGN = 16


class AnswerList(QListWidget):
    """A line for each goal, ticked where it was reached."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_tr("Goals and answers"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setIconSize(QSize(SIGN, SIGN))
        self.setSpacing(3)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_goals(self, goals: Sequence[GoalDone], remark: str = "") -> None:
        """Show these, below what there is to know of them besides."""
        self.clear()
        now = theme.current()
        if remark:
            self.addItem(QListWidgetItem(icon("warning", now.warning), remark))
        for goal in goals:
            item = QListWidgetItem(_words(goal))
            sign = icon("good", now.good) if goal.reached else icon("circle-dashed", now.muted)
            item.setIcon(QIcon(sign.pixmap(SIGN, SIGN)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{_state(goal)}: {_words(goal)}")
            item.setToolTip(goal.step)
            self.addItem(item)


def _words(goal: GoalDone) -> str:
    if not goal.given:
        return goal.goal
    answer = _tr("Answer: {answer}") if goal.tries == 1 else _tr("Answer {tries}: {answer}")
    return f"{goal.goal}\n{answer.format(answer=goal.given, tries=goal.tries)}"


def _state(goal: GoalDone) -> str:
    return _tr("reached") if goal.reached else _tr("not reached yet")


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandedIn", text)
