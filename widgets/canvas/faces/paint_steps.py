"""Paints a recurrent layer: rows of states with the loop, or cells with arrows from step to step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from playground.analysis.ranges import neuron_ranges
from playground.data.sample import subscript
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.timeline import ARROW, Timeline
from widgets.canvas.parts import Role
from widgets.pictures import signed_image
from widgets.quick import draw_part
from widgets.theme import Theme

HEAD = 4.0
"""How long the head of an arrow is."""
FOOT = 22.0
"""How long the arrow is from an input to its cell, and from a cell to what it gives."""
ROUND = 5.0
"""The radius of the loop's corners."""
INPUT = 18.0
"""The side of the square of an input."""


# --- folded -----------------------------------------------------------------------------------------


def paint_loop(painter: QPainter, brush: Brush, card: Card) -> None:
    """The arrow from the states back to them."""
    tiles = card.tiles
    block = tiles[0].rect.united(tiles[-1].rect)
    top, out, back = block.top() - 12, block.right() + 9, block.left() - 11
    middle, end = block.center().y(), QPointF(block.left() - 2, block.center().y())
    path = QPainterPath(QPointF(block.right() + 2, middle))
    for corner, after in (
        ((out, middle), (out, middle - ROUND)),
        ((out, top), (out - ROUND, top)),
        ((back, top), (back, top + ROUND)),
        ((back, middle), (end.x(), middle)),
    ):
        path.lineTo(_towards(corner, path.currentPosition()))
        path.quadTo(QPointF(*corner), _towards(corner, QPointF(*after)))
    path.lineTo(end)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_line(brush.theme))
    painter.drawPath(path)
    _head(painter, brush.theme, end, 1.0)


def paint_handle(painter: QPainter, brush: Brush, card: Card) -> None:
    """The button that unrolls: three cells in a row, or one where it folds them."""
    place = card.area(Role.UNROLL)
    if place is None:
        return
    painter.setPen(QPen(QColor(brush.theme.border), 1))
    painter.setBrush(QColor(brush.theme.control))
    painter.drawRoundedRect(place, 5, 5)
    painter.setPen(QPen(QColor(brush.theme.muted), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    middle = place.center()
    for shift in (0.0,) if card.steps else (-8.0, 0.0, 8.0):
        painter.drawRect(QRectF(middle.x() + shift - 2.5, middle.y() - 2.5, 5, 5))


def paint_rows(painter: QPainter, brush: Brush, card: Card, states: np.ndarray | None) -> None:
    """The state of each visible neuron over time; of an unrolled card the last one alone."""
    tiles, image = card.tiles, _image(card, states, brush.theme)
    if image is None:
        for tile in tiles:
            painter.fillRect(tile.rect, QColor(brush.theme.zero))
        return
    first, wide = (image.width() - 1, 1) if card.steps else (0, image.width())
    blends = _unblended(painter)
    for row, tile in enumerate(tiles):
        draw_part(painter, tile.rect, image, QRectF(first, row, wide, 1))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, blends)
    if not card.steps and 0 < len(brush.steps) < image.width():
        for tile in tiles:
            gone = tile.rect.width() * (1 - len(brush.steps) / image.width())
            fade(
                painter,
                brush.theme,
                QRectF(tile.rect.right() - gone, tile.rect.top(), gone, tile.rect.height()),
            )


def _towards(corner: tuple[float, float], other: QPointF) -> QPointF:
    """The point a little before a corner, on the way from there to another point."""
    line = QLineF(QPointF(*corner), other)
    line.setLength(ROUND)
    return line.p2()


# --- unrolled ---------------------------------------------------------------------------------------


def paint_cells(painter: QPainter, brush: Brush, card: Card, line: Timeline) -> None:
    """What of the cells stands still: arrows, and the names of inputs and states."""
    theme, last = brush.theme, 0.0
    marks = getattr(card.layer, "marks", ("",))
    columns = [line.column(step) for step in line.cells]
    for step, column in zip(line.cells, columns, strict=True):
        middle = column.center().x()
        for start in (column.bottom() + FOOT, column.top() - 2):
            painter.setPen(_line(theme))
            painter.drawLine(QLineF(middle, start, middle, start - FOOT + 4))
            _head(painter, theme, QPointF(middle, start - FOOT + 4), 0.0)
        _name(painter, brush, middle, column.top() - FOOT - 16, f"h{subscript(step + 1)}")
        _name(painter, brush, middle, column.bottom() + FOOT + INPUT + 1, f"x{subscript(step + 1)}")
    if line.thin:
        between = line.between
        for y in (between.top() - FOOT - 16, between.bottom() + FOOT):
            _name(painter, brush, between.center().x(), y, "…")
        columns.insert(line.head, between)
    for left, right in pairwise(columns):
        _onward(painter, theme, left.right(), right.left(), line, marks)
        last = right.right()
    end = last or columns[0].right()
    _onward(painter, theme, end, end + ARROW, line, ("",))


def paint_live_cells(
    painter: QPainter,
    brush: Brush,
    card: Card,
    line: Timeline,
    states: np.ndarray | None,
    layer: LayerSnapshot | None,
) -> None:
    """The states as colours, and what goes in at each step."""
    image = _image(card, states, brush.theme)
    if image is None or image.width() != line.steps:
        for step in line.cells:
            painter.fillRect(line.column(step), QColor(brush.theme.zero))
        return
    blends = _unblended(painter)
    for step in line.cells:
        draw_part(painter, line.column(step), image, QRectF(step, 0, 1, image.height()))
    if line.thin:
        source = QRectF(line.thin.start, 0, len(line.thin), image.height())
        draw_part(painter, line.between, image, source)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, blends)
    _paint_given(painter, brush, line, layer)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(brush.theme.outline), 1))
    for step in line.cells:
        painter.drawRect(line.column(step))
    for step in range(len(brush.steps), line.steps) if brush.steps else ():
        fade(painter, brush.theme, line.column(step))


def _paint_given(painter: QPainter, brush: Brush, line: Timeline, layer: LayerSnapshot | None) -> None:
    """Below each cell its input: the symbol, or else its values as colours."""
    given = None if layer is None else layer.given
    if given is None or given.ndim != 2 or len(given) != line.steps:
        return
    texts = brush.steps if any(brush.steps) else ()
    image = None if texts else signed_image(*_spread(given.T), brush.theme)
    blends = _unblended(painter)
    for step in line.cells:
        column = line.column(step)
        place = QRectF(column.center().x() - INPUT / 2, column.bottom() + FOOT, INPUT, INPUT)
        if image is not None:
            draw_part(painter, place, image, QRectF(step, 0, 1, image.height()))
        elif step < len(texts):
            brush.text(painter, place, texts[step], brush.theme.text, bold=True)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, blends)


# --- what both have in common -----------------------------------------------------------------------


def _image(card: Card, states: np.ndarray | None, theme: Theme) -> QImage | None:
    """The states of the visible neurons, a row each, a column a step."""
    if states is None or card.tiles[-1].unit >= states.shape[1]:
        return None
    seen = np.nan_to_num(states[:, card.tiles[0].unit : card.tiles[-1].unit + 1].T)
    assert card.layer is not None
    ends = neuron_ranges(states[np.newaxis], card.layer.output_range)[0]
    low, high = ends.tolist() if np.isfinite(card.layer.output_range).all() else _spread(states)[1]
    return signed_image(seen, (low, high), theme)


def _spread(values: np.ndarray) -> tuple[np.ndarray, tuple[float, float]]:
    """Values, and a range around 0 that they are seen in."""
    level = float(neuron_ranges(values[np.newaxis], (-np.inf, np.inf))[0, 1])
    return np.nan_to_num(values), (-level, level)


def _onward(
    painter: QPainter, theme: Theme, left: float, right: float, line: Timeline, marks: Sequence[str]
) -> None:
    """An arrow for each direction, at the height of its neurons."""
    for place, mark in enumerate(marks):
        y = line.top + line.height * (2 * place + 1) / (2 * len(marks))
        start, end = (right - 3, left + 2) if mark else (left + 3, right - 2)
        painter.setPen(_line(theme))
        painter.drawLine(QLineF(start, y, end, y))
        _head(painter, theme, QPointF(end, y), -1.0 if mark else 1.0)


def _head(painter: QPainter, theme: Theme, end: QPointF, right: float) -> None:
    """The head of an arrow: to the right with 1, to the left with −1, upward with 0."""
    back = QPointF(-right * HEAD, 0 if right else HEAD)
    side = QPointF(0, HEAD * 0.7) if right else QPointF(HEAD * 0.7, 0)
    painter.setBrush(QColor(theme.muted))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPolygon(QPolygonF([end, end + back + side, end + back - side]))


def _name(painter: QPainter, brush: Brush, middle: float, top: float, name: str) -> None:
    brush.text(painter, QRectF(middle - 24, top, 48, 15), name, brush.theme.muted)


def fade(painter: QPainter, theme: Theme, place: QRectF) -> None:
    """Steps that the sample does not have."""
    colour = QColor(theme.card)
    colour.setAlpha(190)
    painter.fillRect(place, colour)


def _line(theme: Theme) -> QPen:
    return QPen(
        QColor(theme.muted), 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


def _unblended(painter: QPainter) -> bool:
    """Draw pixels as squares from here on; returns whether they were blended before."""
    before = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    return before
