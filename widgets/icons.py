"""The program's icons by its own names, drawn in the colours of the theme being shown."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from widgets import theme

FOLDER = Path(__file__).parent.parent / "resources" / "icons"
MARGIN = 1 / 16
"""The share of its room that an icon leaves free on each side."""

NAMES = {
    # running
    "run": "play-fill",
    "pause": "pause-fill",
    "step_batch": "caret-right-bold",
    "step_epoch": "skip-forward",
    "reset": "arrow-counter-clockwise",
    "same_start": "clock-counter-clockwise",
    # editing
    "undo": "arrow-u-up-left",
    "redo": "arrow-u-up-right",
    "cut": "scissors",
    "copy": "copy",
    "paste": "clipboard-text",
    "duplicate": "copy-simple",
    "delete": "trash",
    "rename": "pencil-simple",
    "edit": "pencil-simple",
    "paint": "pencil-simple",
    "draw": "paint-brush",
    "eraser": "eraser",
    "choose": "cursor",
    "plus": "plus",
    "grip": "dots-six-vertical",
    "minus": "minus",
    "pin": "push-pin",
    "dice": "dice-five",
    "freeze": "snowflake",
    "activation": "wave-sine",
    "unroll": "columns",
    "window": "grid-nine",
    "fold": "arrows-in-simple",
    # files
    "new": "file-plus",
    "open": "folder-open",
    "save": "floppy-disk",
    "save_as": "floppy-disk-back",
    "link": "link",
    "examples": "books",
    # looking
    "zoom_in": "magnifying-glass-plus",
    "zoom_out": "magnifying-glass-minus",
    "zoom_fit": "corners-out",
    "search": "magnifying-glass",
    "layout": "layout",
    "close": "x",
    "more": "dots-three",
    "down": "caret-down",
    "right": "caret-right",
    "left": "caret-left",
    # pages
    "design": "tree-structure",
    "data": "table",
    "pictures": "grid-nine",
    "inside": "eye",
    "runs": "chart-line",
    "labs": "flask",
    "learn": "graduation-cap",
    # the program
    "command": "command",
    "keyboard": "keyboard",
    "dark": "moon",
    "light": "sun",
    "info": "info",
    "good": "check-circle",
    "warning": "warning",
    "check": "check",
}
"""The program's name of each icon, and the name of its file, as in the Phosphor set."""


def icon(name: str, colour: str | None = None) -> QIcon:
    """An icon by the program's name or its file's, in the given colour or in the theme's of text.

    An icon keeps its colour: ask again when `themes.changed` is emitted.

    Raises:
        FileNotFoundError: when there is none of this name; while something is painted it would be too late.
    """
    now = theme.current()
    return _icon(NAMES.get(name, name), colour or now.text, now.disabled)


def _file(name: str) -> Path:
    return FOLDER / f"{name}.svg"


@cache
def _icon(file: str, colour: str, disabled: str) -> QIcon:
    if not _file(file).exists():
        raise FileNotFoundError(f"There is no icon {file!r}.")
    return QIcon(_Drawing(file, colour, disabled))


@cache
def _renderer(file: str, colour: str) -> QSvgRenderer:
    drawing = _file(file).read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))


class _Drawing(QIconEngine):
    """Draws a file when an icon is painted, in whatever size that is."""

    def __init__(self, file: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._file, self._colour, self._disabled = file, colour, disabled

    def clone(self) -> QIconEngine:
        return _Drawing(self._file, self._colour, self._disabled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = self._disabled if mode == QIcon.Mode.Disabled else self._colour
        margin = rect.height() * MARGIN
        place = QRectF(rect).adjusted(margin, margin, -margin, -margin)
        _renderer(self._file, colour).render(painter, place)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        result = QPixmap(size)
        if size.isEmpty():  # on a button without room nothing can be painted
            return result
        result.fill(Qt.GlobalColor.transparent)
        with QPainter(result) as painter:
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        return result
