"""Labels and links in the roles that the style sheet knows, made in one line."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton


def label(text: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """A label of plain text; `role` is one of `widgets.theme`."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wraps)
    if role:
        result.setProperty("role", role)
    return result


def link_button(text: str, tip: str = "") -> QPushButton:
    """A button that looks like a link."""
    result = QPushButton(text)
    result.setProperty("role", "link")
    result.setToolTip(tip)
    return result


_WITHIN = re.compile(r"(?<=\d) (?=%)|(?<=[^\W\d]) (?=[=<>≈] [−\w(])|(?<=[=<>≈]) (?=[−\w(])")


def together(text: str) -> str:
    """The same text, in which no line ends within “50 %” or “z = 0”."""
    return _WITHIN.sub("\u00a0", text)


def show_text(shown: QLabel, text: str) -> None:
    """Give a label its text, without any work when that is what it says already."""
    if shown.text() != text:
        shown.setText(text)


def show_live(shown: QLabel, text: str) -> None:
    """Give a label a text that changes many times a second.

    It keeps the room of the widest so far, as Qt lays the whole window out anew for a label that may grow.
    """
    if shown.text() == text:
        return
    shown.setText(text)
    shown.ensurePolished()
    needed = shown.sizeHint()
    if needed.width() > shown.maximumWidth() or shown.minimumSize() != shown.maximumSize():
        shown.setFixedSize(max(needed.width(), shown.minimumWidth()), needed.height())


def show_or_hide(shown: QLabel, text: str) -> None:
    """Show a text, or no label at all when there is none."""
    show_text(shown, text)
    shown.setVisible(bool(text))


def give_role(shown: QLabel, role: str) -> None:
    """Give a label another role, without any work when it has it already."""
    if shown.property("role") != role:
        shown.setProperty("role", role)
        shown.style().unpolish(shown)
        shown.style().polish(shown)
