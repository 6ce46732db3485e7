"""Something with a caption above it; side by side, captions and what is below them stand on one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from playground.numbers.writing import NONE
from widgets import theme
from widgets.labels import label, show_live, show_text

LOWER_HEIGHT = 26


def room_for(shown: QLabel, *texts: str) -> int:
    """The width that a label needs for the widest of these texts."""
    measure = label(role=shown.property("role"))
    measure.ensurePolished()
    widths = []
    for text in texts:
        measure.setText(text)
        widths.append(measure.sizeHint().width())
    return max(widths)


class Captioned(QWidget):
    """A caption over any widget."""

    def __init__(self, caption: str, lower: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = label(caption, "caption")
        self.caption.setBuddy(lower)
        box = QWidget()
        box.setFixedHeight(LOWER_HEIGHT)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(lower, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addStretch(1)
        layout.addWidget(self.caption)
        layout.addWidget(box)
        layout.addStretch(1)

    def show_caption(self, caption: str) -> None:
        """Say what is below."""
        show_text(self.caption, caption)


class LargeNumber(Captioned):
    """A large number, cheap to change many times a second; `colour` names one of the theme's colours."""

    def __init__(
        self, caption: str, tip: str, widest: str, colour: str = "text", parent: QWidget | None = None
    ) -> None:
        """Keep room for a text as wide as `widest`, so that nothing moves when the number changes."""
        self.value = label(NONE, "figure")
        super().__init__(caption, self.value, parent)
        self._colour = colour
        self.setToolTip(tip)
        theme.themes.changed.connect(self._dress)
        self._dress()
        self.value.setMinimumWidth(room_for(self.value, widest))

    def show_text(self, text: str) -> None:
        """Show a number."""
        show_live(self.value, text)

    def _dress(self) -> None:
        self.value.setStyleSheet(f"QLabel {{ color: {getattr(theme.current(), self._colour)}; }}")
