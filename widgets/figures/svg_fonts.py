"""Text of an SVG that keeps its place where our typeface is not there: as wide as drawn, in one like it."""

from __future__ import annotations

import re
from html import unescape

from PySide6.QtGui import QFont, QFontMetricsF

from widgets.fonts import FAMILY

LIKE_OURS = "Helvetica, Arial, sans-serif"
"""Typefaces of about the same widths, which most machines have."""

TEXT = re.compile(
    r'(<text [^>]*?font-family=")([^"]*)(" font-size="([\d.]+)" font-weight="(\d+)"[^>]*?)\s*>([^<]+)</text>'
)


def with_other_fonts(svg: str) -> str:
    """The same, in which every text says how wide it is, and falls back to what is like our typeface."""
    ours, wanted = (f'font-family="{families}"' for families in (FAMILY, f"{FAMILY}, {LIKE_OURS}"))
    return TEXT.sub(_written, svg).replace(ours, wanted)


def _written(found: re.Match[str]) -> str:
    begin, family, end, size, weight, text = found.groups()
    font = QFont(family)
    font.setPixelSize(100)  # whole pixels alone are known
    font.setWeight(QFont.Weight(int(weight)))
    font.setFeature(QFont.Tag("tnum"), 1)
    wide = QFontMetricsF(font).horizontalAdvance(unescape(text)) * float(size) / 100
    length = f' textLength="{round(wide, 2)}" lengthAdjust="spacingAndGlyphs"' if len(text) > 1 else ""
    return f"{begin}{family}{end}{length}>{text}</text>"
