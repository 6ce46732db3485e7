"""Colours between two others, and the ink that can be read on them."""

from __future__ import annotations

from PySide6.QtGui import QColor

LIGHT, DARK = "#ffffff", "#000000"


def mixed(first: str, second: str, share: float) -> QColor:
    """A colour between two, so far (0 to 1) towards the second."""
    ends = zip(QColor(first).getRgb()[:3], QColor(second).getRgb()[:3], strict=True)
    return QColor(*(round(start + share * (end - start)) for start, end in ends))


def readable_on(ground: QColor) -> QColor:
    """White or black, whichever has the greater contrast with a colour: at least 4.58 on any."""
    return max(QColor(LIGHT), QColor(DARK), key=lambda ink: contrast(ink, ground))


def contrast(first: QColor, second: QColor) -> float:
    """The contrast ratio of two colours as WCAG defines it, 1 to 21; small text needs 4.5."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: QColor) -> float:
    """The relative luminance of a colour as WCAG defines it, 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
