"""The typeface of the program, Inter, which comes with it and looks the same on every machine."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

FOLDER = Path(__file__).parent.parent / "resources" / "fonts"
FAMILY = "Inter"
PIXELS = 12.5
LARGER = 1.15
"""How much larger text is in the beginner's view."""

logger = logging.getLogger(__name__)


@cache
def load() -> None:
    """Make the typeface known to Qt.  Letters that it lacks, such as Chinese ones, are the system's."""
    for file in sorted(FOLDER.glob("*.otf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            logger.warning("%s cannot be loaded; the system's typeface is used", file)


class _Size:
    """How large text is, of its usual size."""

    factor = 1.0


def enlarge(on: bool) -> bool:
    """Let text be larger from now on, or as usual again; whether that is a change."""
    before, _Size.factor = _Size.factor, LARGER if on else 1.0
    return _Size.factor != before


def pixels(usual: float) -> int:
    """So many pixels, or as many more as text is larger now."""
    return round(usual * _Size.factor)


def font() -> QFont:
    """The typeface in the program's present size, with figures of equal width."""
    load()
    chosen = QFont(FAMILY)
    screen = QGuiApplication.primaryScreen()
    chosen.setPointSizeF(PIXELS * _Size.factor * 72 / (screen.logicalDotsPerInch() if screen else 96))
    chosen.setFeature(QFont.Tag("tnum"), 1)
    return chosen
