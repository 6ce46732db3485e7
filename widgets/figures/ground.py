"""The ground that figures lie on, which is left out of files that are to lie on another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter


class _Ground:
    laid = True


def is_laid() -> bool:
    """Whether figures are painted with their ground."""
    return _Ground.laid


def lay(painter: QPainter, area: QRect | QRectF, colour: str) -> None:
    """Paint the ground of a figure, unless it is left out."""
    if _Ground.laid:
        painter.fillRect(area, QColor(colour))


def filling(colour: str) -> QBrush:
    """What fills the sheet of a figure: its colour, or nothing."""
    return QBrush(QColor(colour)) if _Ground.laid else QBrush(Qt.BrushStyle.NoBrush)


@contextmanager
def laid(ground: bool) -> Iterator[None]:
    """Paint with the ground, or without, for as long as this lasts."""
    before, _Ground.laid = _Ground.laid, ground
    try:
        yield
    finally:
        _Ground.laid = before
