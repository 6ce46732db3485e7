"""What the small card beside the pointer says of a neuron, a bias, an edge or a problem."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from playground.analysis.ranges import symmetric_level
from playground.analysis.weight_pictures import picture_before, weight_pictures
from playground.engine.arrays import norm
from playground.engine.graph import INPUT, Graph
from playground.numbers.writing import figures, percent
from playground.record import record
from playground.training.snapshot import LayerSnapshot, Snapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces import face_of
from widgets.canvas.layout import Layout
from widgets.canvas.parts import Role, Target
from widgets.field_words import field_told
from widgets.pictures import signed_image
from widgets.step_names import step_names
from widgets.theme import Theme

WIDEST = 260.0
HIGHEST, LARGEST_WEIGHT = 112.0, 12
PADDING = 10.0


@record(eq=False)
class Info:
    """A heading, the lines below it, and the weights of a neuron as a picture (height, width)."""

    heading: str
    lines: tuple[str, ...] = ()
    picture: NDArray[np.floating] | None = None


def describe(target: Target, layout: Layout, snapshot: Snapshot | None) -> Info | None:
    """What there is to say of a target; None when nothing is."""
    card = layout.card(target.layer_id)
    if card is None:
        return None
    layer, unit = snapshot.layers.get(card.id) if snapshot else None, target.unit
    match target.role:
        case Role.BIAS:
            return Info(neuron_name(card, unit), _bias_lines(layer, unit))
        case Role.TILE:
            return _of_neuron(card, layer, unit, snapshot)
        case Role.EDGE:
            name = _edge_name(layout, card, unit, target.source)
            return Info(name, _edge_lines(layer, unit, target.source))
        case Role.PIECES | Role.KERNEL | Role.MEASURES:
            return Info(neuron_name(card, unit), face_of(type(card.layer)).measures(layer, unit))
        case Role.STEP:
            return Info(_step_name(card, unit, snapshot), face_of(type(card.layer)).measures(layer, unit))
        case Role.SKIP:
            ends = (layout.card(target.source_id), card)
            return Info(" → ".join(end.title for end in ends if end))
        case _ if card.problem:
            return Info(card.title, (card.problem,))
        case Role.BADGE:
            return Info(card.title, (card.remark,))
    return None


def _of_neuron(card: Card, layer: LayerSnapshot | None, unit: int, snapshot: Snapshot | None) -> Info:
    """A neuron, with its weights as a picture where it looks at one directly."""
    own = face_of(type(card.layer)).of_neuron(layer, unit) if card.layer is not None else ()
    name, lines = neuron_name(card, unit), own or _neuron_lines(layer, unit)
    if snapshot is None or layer is None:
        return Info(name, lines)
    if snapshot.data.chosen is not None and (seen := _field(card, snapshot.experiment.graph)):
        lines = (*lines, _tr("each value sees {0}").format(seen))
    shape = picture_before(snapshot.experiment.graph, card.id)
    pictures = weight_pictures(layer.weights, shape)
    if pictures is None or shape is None or unit >= len(pictures):
        return Info(name, lines)
    return Info(name, (*lines, weights_told(pictures[unit], shape[2])), pictures[unit])


def _field(card: Card, graph: Graph) -> str:
    """How much of the picture a value of a layer's maps sees."""
    return field_told(graph, card.position) if 0 <= card.position < len(graph.nodes) else ""


def weights_told(picture: NDArray[np.floating], channels: int) -> str:
    """What a picture of weights shows, in words."""
    words = _tr("weights {0} to {1}")
    if channels == 3:
        words = _tr("weights of red, green and blue, {0} to {1}")
    return words.format(_short(float(picture.min())), _short(float(picture.max())))


def neuron_name(card: Card, unit: int) -> str:
    """What people call a neuron: "Dense 2 · neuron 3", or the name of an input."""
    if card.id == INPUT:
        return next((tile.text for tile in card.tiles if tile.unit == unit), _tr("Input"))
    words = _tr("{0} · channel {1}") if card.pictures and not card.shared else _tr("{0} · neuron {1}")
    return words.format(card.title, unit + 1)


def _step_name(card: Card, step: int, snapshot: Snapshot | None) -> str:
    """What a step is called, and which symbol it is: "LSTM 1 · step 7 of 50 · a"."""
    names = () if snapshot is None else step_names(snapshot)
    words = _tr("{0} · step {1} of {2}").format(card.title, step + 1, card.steps)
    return f"{words} · {names[step]}" if step < len(names) and names[step] else words


def weight_of(layer: LayerSnapshot | None, unit: int, source: int) -> float | None:
    """The live weight of an edge, or with source −1 the bias; None where there is none."""
    values = None if layer is None else layer.bias if source < 0 else layer.weights
    place = (unit,) if source < 0 else (unit, source)
    return _at(values, *place)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasInfo", text)


def _edge_name(layout: Layout, card: Card, unit: int, source: int) -> str:
    bundle = next((bundle for bundle in layout.bundles if bundle.layer_id == card.id), None)
    start = layout.card(bundle.source_id) if bundle else None
    if start is None:
        return neuron_name(card, unit)
    begin = neuron_name(start, source) if start.id == INPUT else f"{start.title} · {source + 1}"
    return f"{begin} → {card.title} · {unit + 1}"


def _neuron_lines(layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
    if layer is None:
        return ()
    row = unit - layer.first_unit
    first = [
        (_tr("bias {0}"), _at(layer.bias, unit)),
        (_tr("mean a {0}"), _at(layer.mean, row)),
    ]
    lines = ["   ".join(text.format(_short(value)) for text, value in first if value is not None)]
    if (share := _at(layer.active, row)) is not None:
        lines.append(_tr("active on {0} of the map").format(percent(share)))
    if layer.weight_gradients is not None and 0 <= unit < len(layer.weight_gradients):
        with np.errstate(over="ignore"):  # of squares, which the length does without
            length = norm(layer.weight_gradients[unit])
        lines.append(_tr("gradient {0}").format(_short(length)))
    return tuple(line for line in lines if line)


def _bias_lines(layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
    if layer is None:
        return ()
    arrays = (layer.bias, layer.bias_gradients, layer.bias_updates)
    return _parameter_lines(_tr("bias {0}"), [_at(array, unit) for array in arrays])


def _edge_lines(layer: LayerSnapshot | None, unit: int, source: int) -> tuple[str, ...]:
    if layer is None:
        return ()
    arrays = (layer.weights, layer.weight_gradients, layer.weight_updates)
    return _parameter_lines(_tr("weight {0}"), [_at(array, unit, source) for array in arrays])


def _parameter_lines(first: str, numbers: list[float | None]) -> tuple[str, ...]:
    """A parameter, its gradient and its last update, each if it is known."""
    texts = (first, _tr("gradient {0}"), _tr("last update {0}"))
    lines = zip(texts, numbers, strict=True)
    return tuple(text.format(_short(number)) for text, number in lines if number is not None)


def _short(number: float) -> str:
    return figures(number, 3)


def _at(values: np.ndarray | None, *place: int) -> float | None:
    """One value of an array, None where it does not reach."""
    if values is None or any(not 0 <= i < size for i, size in zip(place, values.shape, strict=True)):
        return None
    return float(values[place])


def paint_info(painter: QPainter, info: Info, beside: QRectF, view: QSizeF, brush: Brush) -> None:
    """The card, beside what it is about."""
    theme, bold, small = brush.theme, brush.heading, brush.small
    metrics = (QFontMetricsF(bold), QFontMetricsF(small))
    wrap = Qt.TextFlag.TextWordWrap
    heading = metrics[0].boundingRect(QRectF(0, 0, WIDEST, 200), wrap, info.heading)
    rows = [metrics[1].boundingRect(QRectF(0, 0, WIDEST, 200), wrap, line) for line in info.lines]
    picture = _picture_size(info)
    width = max([heading.width(), picture.width(), *(row.width() for row in rows)]) + 2 * PADDING + 2
    height = heading.height() + sum(row.height() + 3 for row in rows) + 2 * PADDING - 4
    height += picture.height() + 6 if info.picture is not None else 0
    box = info_place(QSizeF(width, height), beside, view)
    fill = QColor(theme.control)
    fill.setAlpha(244)
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 7, 7)
    at = QPointF(box.left() + PADDING, box.top() + PADDING - 2)
    painter.setFont(bold)
    painter.setPen(QColor(theme.text))
    painter.drawText(QRectF(at, QSizeF(width - 2 * PADDING + 2, heading.height())), wrap, info.heading)
    painter.setFont(small)
    painter.setPen(QColor(theme.muted))
    y = at.y() + heading.height() + 3
    for row, line in zip(rows, info.lines, strict=True):
        painter.drawText(QRectF(at.x(), y, width - 2 * PADDING + 2, row.height() + 2), wrap, line)
        y += row.height() + 3
    if info.picture is not None:
        _paint_picture(painter, info.picture, QRectF(QPointF(at.x(), y + 4), picture), theme)


def info_place(size: QSizeF, beside: QRectF, view: QSizeF) -> QRectF:
    """Where a card goes: right of what it is about, or left of it, or else below or above."""
    width, height = size.width(), size.height()
    box = QRectF(beside.right() + 12, beside.center().y() - height / 2, width, height)
    if box.right() > view.width() - 4:
        box.moveRight(beside.left() - 12)
    if box.left() < 4:
        below = beside.bottom() + 8 + height < view.height()
        box.moveTop(beside.bottom() + 8 if below else beside.top() - 8 - height)
        box.moveLeft(max(min(beside.center().x() - width / 2, view.width() - width - 4), 4))
    box.moveTop(min(max(box.top(), 4), view.height() - height - 4))
    return box


def _picture_size(info: Info) -> QSizeF:
    """Whole pixels of the screen for each weight, as many as there is room for."""
    if info.picture is None:
        return QSizeF(0, 0)
    height, width = info.picture.shape
    side = max(1, min(LARGEST_WEIGHT, int(WIDEST // width), int(HIGHEST // height)))
    return QSizeF(width * side, height * side)


def _paint_picture(painter: QPainter, picture: NDArray[np.floating], place: QRectF, theme: Theme) -> None:
    level = symmetric_level(picture)
    smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(place, signed_image(np.nan_to_num(picture), (-level, level), theme))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
