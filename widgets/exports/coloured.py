"""Code with its words, texts, numbers and remarks told apart by colour, as far as a glance needs."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QFontDatabase, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from widgets import theme
from widgets.sentences import counted

MOST_LINES, MOST_LETTERS = 200, 160
"""So much is shown; all of it is copied and saved."""

PYTHON = "def return import from for in if else elif while not and or is None True False raise with as class"
C = "static inline const int double float void return for if else while continue typedef define include"
SCRIPT = "function return const let for if else while of new continue"
INSIDE = 1
"""The state of a line at whose end a remark is not over."""

KEYWORDS = {"python": PYTHON, "c": C, "html": SCRIPT}
REMARK = {"python": r"#.*", "c": r"/\*.*?(?:\*/|$)|//.*", "html": r"/\*.*?(?:\*/|$)|<!--.*?-->"}
TEXT = r"\"[^\"]*\"?|'[^']*'?"
NUMBER = r"(?<![\w.#])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?f?\b"


class ColouredCode(QPlainTextEdit):
    """Shows code that can be read and copied, not changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(12)
        self.setFont(font)
        self.setAccessibleName(self.tr("Code"))
        self.code = ""
        self._colours = _Colours(self)
        theme.themes.changed.connect(self._colours.recolour)

    def show_code(self, code: str, language: str) -> None:
        """Show how code begins."""
        self.code = code
        lines = code.splitlines()
        shown = [_short(line) for line in lines[:MOST_LINES]]
        if more := len(lines) - len(shown):
            shown += ["", counted("… and {count} more line", "… and {count} more lines", more)]
        self._colours.speak("" if not code else language)
        self.setPlainText("\n".join(shown))


def _short(line: str) -> str:
    return line if len(line) <= MOST_LETTERS else f"{line[:MOST_LETTERS]} …"


class _Colours(QSyntaxHighlighter):
    """The colours of a language."""

    def __init__(self, shown: QPlainTextEdit) -> None:
        super().__init__(shown.document())
        self._parts: re.Pattern[str] | None = None
        self._styles: dict[str, QTextCharFormat] = {}

    def speak(self, language: str) -> None:
        """Follow the rules of a language from the next text on; "" for none."""
        if language not in KEYWORDS:
            self._parts = None
            return
        words = "|".join(KEYWORDS[language].split())
        self._parts = re.compile(
            rf"(?P<muted>{REMARK[language]})|(?P<good>{TEXT})|(?P<accent>\b(?:{words})\b)|(?P<positive>{NUMBER})"
        )

    def recolour(self) -> None:
        """Take the colours of another theme."""
        self._styles.clear()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour the parts of a line."""
        if self._parts is None:
            return
        start = self._rest_of_remark(text) if self.previousBlockState() == INSIDE else 0
        for found in self._parts.finditer(text, start):
            self._paint(found.start(), found.end(), found.lastgroup or "text")
            if found[0].startswith("/*") and not found[0].endswith("*/"):
                self.setCurrentBlockState(INSIDE)

    def _rest_of_remark(self, text: str) -> int:
        """Colour what belongs to a remark that began further up; where it ends."""
        end = text.find("*/")
        if end < 0:
            self.setCurrentBlockState(INSIDE)
        end = len(text) if end < 0 else end + 2
        self._paint(0, end, "muted")
        return end

    def _paint(self, start: int, end: int, role: str) -> None:
        if role not in self._styles:
            self._styles[role] = QTextCharFormat()
            self._styles[role].setForeground(QColor(getattr(theme.current(), role)))
        self.setFormat(start, end - start, self._styles[role])
