"""A notice: a strip above the canvas that says what happened and offers what can be done about it."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from widgets import theme
from widgets.icons import icon
from widgets.spoken import announce

LONG_WORD = re.compile(r"\S{30,}")
PIECE = re.compile(r"\S{8}")
BREAK = "\N{ZERO WIDTH SPACE}"


class Notice(QFrame):
    """One sentence with up to a few buttons; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Notice"))
        self._sign = QLabel()
        self._text = QLabel()
        self._said = ""
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)  # a file may have any name
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Close this notice."))
        self._close.clicked.connect(self.clear)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.setSpacing(10)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        self._buttons: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        """The sentence on show, "" for none."""
        return "" if self.isHidden() else self._said

    def say(
        self, text: str, buttons: dict[str, Callable[[], object]] | None = None, bad: bool = True
    ) -> None:
        """Show a sentence, with buttons that do something and close it."""
        self.clear()
        now = theme.current()
        self._sign.setPixmap(
            icon("warning" if bad else "info", now.bad if bad else now.accent).pixmap(18, 18)
        )
        self._close.setIcon(icon("close", now.muted))
        self._said = text
        self._text.setText(_breakable(text))
        for title, act in (buttons or {}).items():
            button = QPushButton(title)
            button.clicked.connect(self.clear)
            button.clicked.connect(act)
            self._row.insertWidget(self._row.count() - 1, button)
            self._buttons.append(button)
        self.show()
        self._insist()
        announce(self, text, urgent=bad)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Insist on the height of the whole sentence: what is around the window's centre does not ask."""
        super().resizeEvent(event)
        self._insist()

    def _insist(self) -> None:
        self.setMinimumHeight(self._row.totalHeightForWidth(self.width()))

    def reword(self, text: str) -> None:
        """Put the sentence on show in other words; its buttons stay."""
        self._said = text
        self._text.setText(text)

    def clear(self) -> None:
        """Say nothing."""
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        self.hide()


def _breakable(text: str) -> str:
    """The text with places to break a line in words that would make the window wider, as long names are."""
    return LONG_WORD.sub(lambda word: PIECE.sub(lambda piece: piece[0] + BREAK, word[0]), text)
