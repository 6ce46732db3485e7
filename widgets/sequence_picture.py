"""Sequences as pictures: tracks of numbers over time, or a strip of symbols."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from playground.data import Dataset, Samples
from playground.data.sample import SampleShape
from playground.training.continuing import MOST_STEPS
from widgets.theme import Theme, class_colours

Floats = NDArray[np.floating]

CELL = 18.0
"""The widest that a symbol's square becomes, in pixels."""
SIGNS = {" ": "␣", "\n": "↵", "\t": "⇥"}
"""What is drawn of a symbol that leaves no ink."""


@dataclass(frozen=True, eq=False)
class Track:
    """Values over steps (n,), NaN where there is none, and how they are called and drawn."""

    name: str
    steps: Floats
    values: Floats
    colour: str
    dashed: bool = False
    width: float = 1.6


def ends_of(tracks: Sequence[Track], room: float = 0.08) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ranges of steps and of values that hold all tracks, with some room above and below."""
    steps = np.concatenate([track.steps for track in tracks])
    values = np.concatenate([track.values for track in tracks])
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    margin = room * (high - low) or 0.5
    return (float(steps.min()), float(max(steps.max(), steps.min() + 1))), (low - margin, high + margin)


def paint_tracks(painter: QPainter, area: QRectF, tracks: Sequence[Track]) -> None:
    """Draw tracks into an area, all to one scale."""
    across, up = ends_of(tracks)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for track in tracks:
        style = Qt.PenStyle.DashLine if track.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(track.colour), track.width, style, Qt.PenCapStyle.RoundCap))
        places = list(_places(track, across, up, area))
        painter.drawPolyline(places)
        if len(places) == 1:
            painter.setPen(QPen(QColor(track.colour), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(places)


def _places(
    track: Track, across: tuple[float, float], up: tuple[float, float], area: QRectF
) -> Iterator[QPointF]:
    there = np.isfinite(track.values)
    left = area.left() + (track.steps[there] - across[0]) / (across[1] - across[0]) * area.width()
    top = area.bottom() - (track.values[there] - up[0]) / (up[1] - up[0]) * area.height()
    return map(QPointF, left.tolist(), top.tolist())


def text_of(raw: Floats, symbols: Sequence[str]) -> list[str]:
    """The symbols of a sequence (time, symbols), as far as it goes; of a blend the stronger one."""
    there = ~np.isnan(raw).any(axis=1)
    return [symbols[place] for place in raw[there].argmax(axis=1).tolist()]


def shown_symbol(symbol: str) -> str:
    """A symbol as it is drawn, one that leaves no ink by a sign for it."""
    return SIGNS.get(symbol, symbol)


def paint_symbols(
    painter: QPainter,
    area: QRectF,
    symbols: Sequence[str],
    colours: Sequence[str],
    most: int,
    shades: Sequence[str] = (),
) -> None:
    """Draw symbols one after the other, in as many rows as it takes, each in its colour.

    They are as large, and begin as high, as `most` of them would; behind the first ones are `shades`, if any.
    """
    across, side = _grid(max(most, len(symbols), 1), area)
    rows = -(-max(most, len(symbols)) // across)
    fitting = QFont(painter.font())
    fitting.setPixelSize(max(min(round(side * 0.78), round(CELL * 0.78)), 5))
    painter.setFont(fitting)
    top = area.top() + max(area.height() - rows * side, 0) / 2
    for place, (symbol, colour) in enumerate(zip(symbols, colours, strict=True)):
        row, column = divmod(place, across)
        cell = QRectF(area.left() + column * side, top + row * side, side, side)
        if place < len(shades):
            painter.fillRect(cell, QColor(shades[place]))
        painter.setPen(QColor(colour))
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, shown_symbol(symbol))


def _grid(count: int, area: QRectF) -> tuple[int, float]:
    """How many symbols stand in a row, and how wide each is, so that all fit and are as large as can be."""
    rows = 1
    while (side := min(area.width() / -(-count // rows), area.height() / rows)) < CELL and (
        area.height() / (rows + 1) > side
    ):
        rows += 1
    side = min(side, CELL)
    return max(int(area.width() / side), 1), side


def track_colours(theme: Theme, count: int) -> list[str]:
    """A colour for each of so many columns; the first of the theme's is left to what is true of them."""
    colours = theme.lines[1:]
    return [colours[place % len(colours)] for place in range(count)]


def sample_tracks(raw: Floats, dataset: Dataset, theme: Theme) -> list[Track]:
    """The columns of a sequence (time, columns)."""
    steps = np.arange(len(raw), dtype=float)
    colours = track_colours(theme, raw.shape[1])
    return [Track("", steps, column, colour) for column, colour in zip(raw.T, colours, strict=True)]


def beside(raw: Floats, answer: Floats, dataset: Dataset) -> list[tuple[Floats, Floats]]:
    """Steps and values of what is answered for a sequence: the steps that follow it, or one for each step.

    An answer that belongs to no step, such as a sum, is none of them.
    """
    sizes, columns = dataset.task.sizes, raw.shape[1]
    if dataset.task.classes:
        return []
    if dataset.continues:
        last = int((~np.isnan(raw).all(axis=1)).sum())
        values = np.reshape(answer, (-1, columns))
        before = raw[last - 1] if last else np.full(columns, np.nan)
        return [
            (np.arange(last - 1.0, last + len(values)), np.concatenate([before[place : place + 1], column]))
            for place, column in enumerate(values.T)
        ]
    if len(sizes) == 2 and sizes[0] == len(raw):
        return [(np.arange(float(len(raw))), column) for column in np.reshape(answer, sizes).T]
    return []


def paint_sequences(
    painter: QPainter, dataset: Dataset, samples: Samples, area: QRectF, theme: Theme, rows: int
) -> None:
    """Draw the first samples below one another."""
    height = area.height() / rows
    for place, raw in enumerate(samples.raw[:rows]):
        row = QRectF(area.left(), area.top() + place * height, area.width(), height).adjusted(0, 1, 0, -1)
        target = samples.targets[place]
        paint_sequence(painter, dataset, raw, target, row, theme)


def paint_sequence(
    painter: QPainter, dataset: Dataset, raw: Floats, target: Floats, area: QRectF, theme: Theme
) -> None:
    """Draw one sequence: symbols in the colour of its class, or lines."""
    paint_answered(painter, dataset, raw, target, None, area, theme)


def paint_answered(
    painter: QPainter,
    dataset: Dataset,
    raw: Floats,
    target: Floats | None,
    said: Floats | None,
    area: QRectF,
    theme: Theme,
    onward: Floats | None = None,
) -> None:
    """Draw a sequence with what is true of it, what the network says, and how it goes on, where known."""
    shape: SampleShape = dataset.shape
    if not shape.symbols:
        tracks = sample_tracks(raw, dataset, theme)
        for answer, colour, width in ((target, theme.lines[0], 2.6), (said, theme.test, 1.6)):
            if answer is not None:
                found = beside(raw, answer, dataset)
                tracks += [Track("", at, values, colour, width=width) for at, values in found]
        if onward is not None:
            found = beside(raw, onward, dataset)
            tracks += [Track("", at, values, theme.test, dashed=True) for at, values in found]
        paint_tracks(painter, area, tracks)
        return
    text, classes = text_of(raw, shape.symbols), dataset.task.classes
    plain = target is None or dataset.continues or not classes
    colour = theme.text if plain else class_colours(classes)[int(target)]
    more = [] if onward is None else text_of(onward, shape.symbols)
    colours = [colour] * len(text) + [theme.test] * len(more)
    room = len(raw) + (0 if onward is None else MOST_STEPS)
    paint_symbols(painter, area, text + more, colours, room)
