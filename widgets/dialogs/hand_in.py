"""The question before a lesson is handed in: who hands in, and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from playground.lessons.handing_in import LONGEST_NAME, GoalDone
from playground.words import moment
from widgets.dialogs.parts import choice
from widgets.elided_label import ElidedLabel
from widgets.labels import label, show_or_hide
from widgets.tab_order import ReadingOrder

WIDTH = 440
PAUSE = 300
"""Milliseconds after the last letter until it is looked whether there is something of this name."""

Look = Callable[[Path, str, Callable[[datetime | None], object]], object]
"""Finds out when the same person handed in last: folder, name, and what is told."""


class HandInDialog(ReadingOrder, QDialog):
    """Asks for the name of the pupil and the folder of the class.

    Signals:
        folder_asked: another folder is wanted.
    """

    folder_asked = Signal()

    def __init__(
        self,
        lesson: str,
        goals: Sequence[GoalDone],
        pupil: str,
        folder: Path | None,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Hand in"))
        self.folder = folder
        """The folder of the class; None until one is chosen."""
        self._look = look
        self.name = QLineEdit(pupil, maxLength=LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("First and last name"))
        self.name.setAccessibleName(self.tr("Your name"))
        self.where = ElidedLabel()
        self.change = QPushButton(self.tr("Choose…"))
        self.change.setToolTip(self.tr("Choose the folder that your teacher named."))
        self.change.setAutoDefault(False)
        self.note = label(role="warning", wraps=True)
        self.buttons, self.accept_button = choice(self.tr("Hand in"))
        self.accept_button.setDefault(True)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._arrange(lesson, goals)
        self.name.textChanged.connect(self._see_name)
        self.change.clicked.connect(self.folder_asked)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._timer.timeout.connect(self._look_for_earlier)
        self._show_where()
        self._see_name()

    @property
    def pupil(self) -> str:
        """The name that is typed."""
        return " ".join(self.name.text().split())

    def show_folder(self, folder: Path) -> None:
        """Hand in there."""
        self.folder = folder
        self._show_where()
        self._see_name()

    def _arrange(self, lesson: str, goals: Sequence[GoalDone]) -> None:
        questions = [goal for goal in goals if goal.asks]
        said = [
            self.tr("{count} of {total} goals reached").format(
                count=sum(goal.reached for goal in goals), total=len(goals)
            )
        ]
        if questions:
            right = sum(goal.reached for goal in questions)
            said.append(self.tr("{count} of {total} answers right").format(count=right, total=len(questions)))
        form = QGridLayout()
        form.setColumnStretch(1, 1)
        form.setVerticalSpacing(8)
        form.addWidget(label(self.tr("Your name"), "muted"), 0, 0)
        form.addWidget(self.name, 0, 1)
        form.addWidget(label(self.tr("Class folder"), "muted"), 1, 0)
        row = QHBoxLayout()
        row.addWidget(self.where, 1)
        row.addWidget(self.change)
        form.addLayout(row, 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(label(lesson, "heading", wraps=True))
        if goals:
            column.addWidget(label(" · ".join(said), "muted", wraps=True))
        column.addLayout(form)
        column.addWidget(
            label(self.tr("The network as it is now and your answers go with it."), "muted", wraps=True)
        )
        column.addWidget(self.note)
        column.addWidget(self.buttons)
        self.note.hide()
        self.setMinimumWidth(WIDTH)

    def _show_where(self) -> None:
        self.where.setText(str(self.folder) if self.folder else self.tr("None chosen yet"))
        self.where.setToolTip(str(self.folder or ""))

    def _see_name(self) -> None:
        self.accept_button.setEnabled(bool(self.pupil) and self.folder is not None)
        show_or_hide(self.note, "")
        self._timer.start()

    def _look_for_earlier(self) -> None:
        folder, pupil = self.folder, self.pupil
        if folder is None or not pupil:
            return

        def told(time: datetime | None) -> None:
            if time is not None and isValid(self) and (folder, pupil) == (self.folder, self.pupil):
                words = self.tr("You handed this in before, {when}; that is replaced.")
                show_or_hide(self.note, words.format(when=moment(time)))

        self._look(folder, pupil, told)
