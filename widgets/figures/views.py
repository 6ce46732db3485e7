"""Every view of a page as a figure: plots, the network, tables, and whatever else paints itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeGuard

import numpy as np
from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QAbstractButton, QTableView, QWidget

from widgets.figures.columns import Columns
from widgets.figures.files import Drawable
from widgets.figures.ground import is_laid, lay
from widgets.theme import Theme, current, shown_as

LEAST = QSize(120, 60)
"""What is smaller is a part of something else."""

MOST_ROWS = 100_000
"""Rows of a table that are written."""


class Recolourable(Protocol):
    """A figure that can be drawn in the colours of another theme."""

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""


class SeenWidget:
    """A widget as it is seen."""

    def __init__(self, title: str, widget: QWidget) -> None:
        self.title, self.widget = title, widget

    def figure_size(self) -> QSize:
        """Its size on the screen."""
        return QWidget.size(self.widget)

    def paint_figure(self, painter: QPainter) -> None:
        """Let the widget draw itself, with what is in it."""
        lay(painter, QRect(QPoint(), self.figure_size()), current().panel)
        flags = QWidget.RenderFlag.DrawChildren
        if is_laid():
            flags |= QWidget.RenderFlag.DrawWindowBackground
        self.widget.render(painter, QPoint(), QRegion(), flags)

    def columns(self) -> Columns:
        """Nobody knows its numbers."""
        return {}


class SeenTable(SeenWidget):
    """A table, with what stands in all of its cells."""

    def __init__(self, title: str, widget: QTableView) -> None:
        super().__init__(title, widget)
        self._table = widget

    def columns(self) -> Columns:
        """What stands in the columns that are shown, in their order there."""
        model, header = self._table.model(), self._table.horizontalHeader()
        if model is None:
            return {}
        places = [header.logicalIndex(place) for place in range(model.columnCount())]
        rows = range(min(model.rowCount(), MOST_ROWS))
        found: dict[str, Any] = {}
        for column in places:
            if not self._table.isColumnHidden(column):
                name = _text(model.headerData(column, Qt.Orientation.Horizontal))
                cells = [_text(model.index(row, column, QModelIndex()).data()) for row in rows]
                found[_unused(name or str(column + 1), found)] = np.array(cells, dtype=np.str_)
        return found


def views_of(page: QWidget) -> list[Drawable]:
    """All views of a page that are seen now, from the left and the top, and the whole page last."""
    found = sorted(_seen(page), key=lambda pair: (pair[1].y() // 40, pair[1].x()))
    return [*(view for view, _ in found), SeenWidget(page.tr("Whole page"), page)]


def is_recolourable(view: object) -> TypeGuard[Recolourable]:
    """Whether a view can be drawn in the colours of another theme."""
    return hasattr(view, "show_theme")


def _seen(page: QWidget) -> Iterator[tuple[Drawable, QPoint]]:
    """The views within something, each with its place; parts of a view are none of their own."""
    for child in page.children():
        if not isinstance(child, QWidget) or not child.isVisible() or child.isWindow():
            continue
        view = _view(child)
        if view is None:
            yield from ((inner, place + child.pos()) for inner, place in _seen(child))
        else:
            yield view, child.pos()


def _view(widget: QWidget) -> Drawable | None:
    own: Any = getattr(widget, "figure", widget)
    if hasattr(own, "paint_figure") and hasattr(own, "figure_size"):
        return own if own.figure_size().width() and own.figure_size().height() else None
    size = QWidget.size(widget)
    large = size.width() >= LEAST.width() and size.height() >= LEAST.height()
    if not large or not widget.accessibleName():
        return None
    if isinstance(widget, QTableView):
        return SeenTable(widget.accessibleName(), widget)
    return SeenWidget(widget.accessibleName(), widget) if _paints_itself(widget) else None


def _paints_itself(widget: QWidget) -> bool:
    """Whether it draws a picture of its own, as no button, frame or place for others does."""
    kind = next(each for each in type(widget).__mro__ if "paintEvent" in vars(each))
    of_ours = kind.__module__.startswith("widgets.") and not isinstance(widget, QAbstractButton)
    return of_ours and not any(isinstance(child, QWidget) for child in widget.children())


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _unused(name: str, names: dict[str, Any]) -> str:
    while name in names:
        name += "′"
    return name


@contextmanager
def recoloured(view: Drawable, colours: Theme) -> Iterator[None]:
    """Let a view be drawn in the colours of another theme, and then in its own again."""
    before = current()
    another = view if is_recolourable(view) and colours is not before else None
    try:
        with shown_as(colours):
            if another is not None:
                another.show_theme(colours)
            yield
    finally:
        if another is not None:
            another.show_theme(before)
