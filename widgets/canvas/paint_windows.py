"""Paints the window over a map: what it sees in the layers before, and how that is summed up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.analysis.ranges import symmetric_level
from playground.engine.arrays import Array, Places
from playground.numbers.writing import cell as with_places
from playground.numbers.writing import figures, short
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.info import neuron_name
from widgets.canvas.parts import Part
from widgets.canvas.state import ViewState
from widgets.canvas.windows import Looked, SeenFrom, maps_of, part_of_tile
from widgets.colouring import diverging_colours, places
from widgets.contrast import readable_on
from widgets.sentences import said
from widgets.theme import Theme

MOST_CELLS = 11
"""A window that sees more values each way is not shown value by value."""
CELL, NUMBERED = 14.0, 35.0
"""The side of a value without and with its number, of which there is room for few."""
MOST_NUMBERED = 5
PADDING, BETWEEN, LINE = 12.0, 26.0, 17.0
TILE_COUNTS = 100
"""How much worse it is to hide the tile that is pointed at than as much of a card."""


def paint_fields(painter: QPainter, state: ViewState, seen: SeenFrom, theme: Theme) -> None:
    """The value in its tile, what its window sees in the layer before, and what that is made of."""
    tile = state.tile_rect(seen.spot.layer_id, seen.spot.unit)
    found = maps_of(state, seen.spot.layer_id)
    if tile is None or found is None:
        return
    own = part_of_tile(tile, found[0].shape[1:], *_ranges(seen.spot.row, seen.spot.column))
    direct = {source.id for source in _sources(state, seen)}
    for card in state.scene.cards:
        if card.id in seen.fields and (shown := maps_of(state, card.id)) is not None:
            for part in _seen_tiles(card, seen, card.id in direct):
                area = _area(part.rect, shown[0].shape[1:], seen.fields[card.id])
                _outline(painter, area, theme, strong=card.id in direct)
                if card.id in direct and part is _first(card, seen):
                    _rays(painter, area, own, theme)
    _outline(painter, own, theme, strong=True)


def _ranges(row: int, column: int) -> tuple[range, range]:
    return range(row, row + 1), range(column, column + 1)


def _sources(state: ViewState, seen: SeenFrom) -> Iterator[Card]:
    """The card that the layer reads, or the nearest before it that shows anything."""
    cards = [card for card in state.scene.cards if card.id in seen.fields and card.tiles]
    yield from cards[-1:]


def _seen_tiles(card: Card, seen: SeenFrom, direct: bool) -> tuple[Part, ...]:
    """The tiles that hold what is seen: of a pool, or of a filter in a group, those of their channels."""
    if not direct or not isinstance(seen, Looked) or seen.given.ndim != 3:
        return card.tiles
    first = seen.first_channel
    return tuple(tile for tile in card.tiles if first <= tile.unit < first + seen.sum.patch.shape[2])


def _first(card: Card, seen: SeenFrom) -> Part | None:
    return next(iter(_seen_tiles(card, seen, True)), None)


def _area(tile: QRectF, size: tuple[int, int], seen: Places) -> QRectF:
    """Of a sequence, which goes from left to right, all columns are seen."""
    rows, columns = (range(size[0]), seen[0]) if len(seen) == 1 else seen
    return part_of_tile(tile, size, rows, columns)


def _outline(painter: QPainter, area: QRectF, theme: Theme, strong: bool) -> None:
    """A frame that is seen on any colour."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.canvas, 2.6), (theme.accent if strong else theme.muted, 1.3)):
        pen = QPen(QColor(colour), width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(area)


def _rays(painter: QPainter, start: QRectF, end: QRectF, theme: Theme) -> None:
    """From what is seen to the value that it makes."""
    painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(start.topRight(), end.topLeft()))
    painter.drawLine(QLineF(start.bottomRight(), end.bottomLeft()))


# --- the card of numbers ----------------------------------------------------------------------------


def told(seen: Looked) -> tuple[str, tuple[str, ...]]:
    """A heading and lines that say what the value is and of what it is made."""
    where = [str(at + 1) for at in seen.place]
    words = _tr("{0} · row {1}, column {2}") if len(where) == 2 else _tr("{0} · step {1}")
    name = neuron_name(seen.card, seen.channel)
    return words.format(name, *where), tuple(_lines(seen))


def _lines(seen: Looked) -> Iterator[str]:
    sums, value = seen.sum, figures(seen.value, 3)
    if sums.kernel is None:
        count = int(sums.real.sum())
        largest = int(np.count_nonzero(sums.terms)) <= 1
        yield (_tr("largest {0}") if largest else _tr("mean of {1}: {0}")).format(value, count)
        return
    if len(sums.by_channel) > 1:
        shown = _shown_channel(seen)
        yield _tr("Of {0} channels, {1} adds most: {2}").format(
            len(sums.by_channel), seen.first_channel + shown + 1, figures(float(sums.by_channel[shown]), 3)
        )
    total, bias = figures(float(sums.terms.sum()), 3), figures(abs(sums.bias), 3)
    sign = "−" if sums.bias < 0 else "+"
    yield _tr("Σ {0} {1} bias {2} = z {3}").format(total, sign, bias, figures(sums.total, 3))
    yield f"{said(seen.layer.activation)}(z) = {value}"


def _shown_channel(seen: Looked) -> int:
    return int(np.abs(seen.sum.by_channel).argmax())


def _grids(seen: Looked) -> list[tuple[str, Array, float]]:
    """What is shown value by value: its caption, its numbers, and which of them has the full colour."""
    sums, channel = seen.sum, _shown_channel(seen)
    if not sums.patch.size:
        return []
    grids = [(_tr("seen"), sums.patch[..., channel], symmetric_level(seen.given))]
    if sums.kernel is not None:
        grids.append((_tr("kernel"), sums.kernel[..., channel], symmetric_level(sums.kernel)))
        grids.append((_tr("products"), sums.terms[..., channel], symmetric_level(sums.terms)))
    return grids


def paint_sum(painter: QPainter, seen: Looked, beside: QRectF | None, state: ViewState, brush: Brush) -> None:
    """The card with the window's numbers: beside its tile, or in the corner where it hides least."""
    heading, lines = told(seen)
    down, across = seen.sum.patch.shape[:2]
    grids = _grids(seen) if max(down, across) <= MOST_CELLS else []
    cell = NUMBERED if max(down, across) <= MOST_NUMBERED else CELL
    side = QSizeF(across * cell, down * cell)
    room = len(grids) * side.width() + max(len(grids) - 1, 0) * BETWEEN
    width = max(room, brush.width(heading, True), *(brush.width(line) for line in lines)) + 2 * PADDING
    height = 2 * PADDING + LINE * (1 + len(lines)) + (side.height() + LINE + 8 if grids else 0)
    size = QSizeF(width, height)
    box = _place(size, beside, state, seen)
    theme = brush.theme
    fill = QColor(theme.control)
    fill.setAlpha(248)
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 7, 7)
    left, top, inner = box.left() + PADDING, box.top() + PADDING - 2, width - 2 * PADDING
    begin = Qt.AlignmentFlag.AlignLeft
    brush.text(painter, QRectF(left, top, inner + 4, LINE), heading, theme.text, begin, bold=True)
    top += LINE + 4
    for place, (caption, values, level) in enumerate(grids):
        corner = QPointF(left + place * (side.width() + BETWEEN), top)
        brush.text(painter, QRectF(corner, QSizeF(side.width(), LINE)), caption, theme.muted)
        real = np.ones_like(seen.sum.real) if caption == _tr("kernel") else seen.sum.real
        _paint_cells(painter, brush, corner + QPointF(0, LINE), cell, values, level, real)
        if place:
            sign = QRectF(corner.x() - BETWEEN, top + LINE, BETWEEN, side.height())
            brush.text(painter, sign, "×" if place == 1 else "=", theme.muted, bold=True)
    top += side.height() + LINE + 6 if grids else 0
    for line in lines:
        brush.text(painter, QRectF(left, top, inner + 4, LINE), line, theme.text, begin)
        top += LINE


def _place(size: QSizeF, beside: QRectF | None, state: ViewState, seen: Looked) -> QRectF:
    """Right of a tile where there is room, else in the corner that hides least."""
    view = state.size
    if beside is None or beside.right() + 14 + size.width() > view.width() - 4:
        return _in_a_corner(size, state, seen)
    box = QRectF(QPointF(beside.right() + 14, beside.center().y() - size.height() / 2), size)
    box.moveTop(max(min(box.top(), view.height() - size.height() - 4), 4))
    return box


def _in_a_corner(size: QSizeF, state: ViewState, seen: Looked) -> QRectF:
    """The corner where least is hidden of the cards that it is about, and above all not the tile."""
    view, shown = state.size, {seen.card.id, *seen.fields}
    cards = [(state.camera.rect_to_screen(card.rect), 1) for card in state.scene.cards if card.id in shown]
    if (tile := state.tile_rect(seen.spot.layer_id, seen.spot.unit)) is not None:
        cards.append((state.camera.rect_to_screen(tile), TILE_COUNTS))
    right, bottom = view.width() - size.width() - 10, view.height() - size.height() - 10
    corners = [QRectF(QPointF(x, y), size) for x, y in ((10, bottom), (right, bottom), (10, 10), (right, 10))]
    return min(corners, key=lambda box: sum(_surface(box.intersected(card)) * much for card, much in cards))


def _surface(rect: QRectF) -> float:
    return rect.width() * rect.height() if rect.isValid() else 0.0


def _paint_cells(
    painter: QPainter,
    brush: Brush,
    corner: QPointF,
    cell: float,
    values: Array,
    level: float,
    real: np.ndarray,
) -> None:
    """Numbers on their colours; beyond the border of the picture there is none, and a dash."""
    theme = brush.theme
    colours = diverging_colours(places(np.nan_to_num(values), -level, level).ravel(), theme)
    for (row, column), full in zip(np.ndindex(values.shape), colours, strict=True):
        area = QRectF(corner.x() + column * cell, corner.y() + row * cell, cell - 1, cell - 1)
        colour = QColor(full if real[row, column] else theme.canvas)
        painter.fillRect(area, colour)
        if cell == NUMBERED:
            text = _written(float(values[row, column])) if real[row, column] else "0"
            ink = readable_on(colour).name() if real[row, column] else theme.muted
            brush.text(painter, area, text, ink)


def _written(value: float) -> str:
    return with_places(round(value, 2), 2) if abs(value) < 10 else short(value, 2)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasInfo", text)
