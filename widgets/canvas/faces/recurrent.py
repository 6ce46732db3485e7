"""The card of a recurrent layer: the state of each neuron over time, and, unrolled, a cell for each step."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter

from playground.engine.arrays import norm
from playground.engine.layers import Layer
from playground.engine.layers.recurrent import Recurrent
from playground.numbers.writing import figures
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject, more_part
from widgets.canvas.faces.paint_steps import (
    paint_cells,
    paint_handle,
    paint_live_cells,
    paint_loop,
    paint_rows,
)
from widgets.canvas.faces.shared import SharedFace, complete, framed
from widgets.canvas.faces.timeline import ARROW, Timeline, width_of
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import BUTTONS, FOOTER, HEADER, MORE

ROW, HIGH = 16.0, 13.0
"""From one neuron to the next below, and how high its row is."""
WIDE, LEFT, RIGHT = 100.0, 26.0, 18.0
"""The width of the rows, and what is free beside them for the loop."""
LOOP, ABOVE, BELOW = 20.0, 42.0, 60.0
"""What is free above rows for the loop, above cells for what comes out, and below for what goes in."""
OUTLET = 13.0
MOST_NUMBERS = 6
"""Values that are written out of a step."""


class RecurrentFace(SharedFace):
    """Rows of states over time with a loop; unrolled the loop is drawn as cells, one a step."""

    kinds: ClassVar[tuple[type[Layer], ...]] = (Recurrent,)

    def wide(self, subject: Subject) -> float:
        if subject.unrolled:
            return LEFT + width_of(subject.steps) + ARROW + OUTLET + RIGHT
        return LEFT + WIDE + RIGHT

    def own_card(self, subject: Subject, left: float) -> Card:
        layer = subject.layer
        assert isinstance(layer, Recurrent)
        subject = replace(subject, units=layer.units * len(layer.marks))
        rect, block = self._frame(subject, left)
        count, first = subject.visible(subject.units, ROW)
        left, wide = (block.right() - OUTLET, OUTLET) if subject.unrolled else (block.left(), WIDE)
        tiles = tuple(
            Part(Role.TILE, QRectF(left, block.top() + row * ROW + (ROW - HIGH) / 2, wide, HIGH), first + row)
            for row in range(count)
        )
        bottom = rect.bottom() - FOOTER - BUTTONS - (MORE if subject.units > count else 0)
        inner = (
            _handle(rect, subject.unrolled),
            *tiles,
            *(_cells(subject, block) if subject.unrolled else ()),
            *more_part(subject.units, count, rect.left(), bottom, rect.width()),
        )
        return replace(
            complete(subject, rect, inner, subject.units, left - rect.left() - 2),
            pictures=layer.gives == "all",
            steps=subject.steps if subject.unrolled else 0,
        )

    def _frame(self, subject: Subject, left: float) -> tuple[QRectF, QRectF]:
        """The card, and what of it the states take, around the axis of the canvas."""
        count, _ = subject.visible(subject.units, ROW)
        height, more = count * ROW, MORE if subject.units > count else 0
        above, below = (ABOVE, BELOW) if subject.unrolled else (LOOP, 0.0)
        rect = framed(subject, left, self.wide(subject), height, above, below + more)
        top = rect.top() + HEADER + above
        return rect, QRectF(left + LEFT, top, rect.width() - LEFT - RIGHT, height)

    # --- painting ---

    def paint_still(self, painter: QPainter, brush: Brush, card: Card) -> None:
        if card.steps:
            paint_cells(painter, brush, card, timeline_of(card))
        else:
            paint_loop(painter, brush, card)
        paint_handle(painter, brush, card)

    def paint_own(self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None) -> None:
        states = None if layer is None else layer.states
        paint_rows(painter, brush, card, states)
        if card.steps:
            paint_live_cells(painter, brush, card, timeline_of(card), states, layer)

    # --- reading ---

    def measures(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        """What there is to read of a step."""
        states = None if layer is None else layer.states
        if layer is None or states is None or not 0 <= unit < len(states):
            return ()
        known = layer.given is not None and layer.given.ndim == 2
        change = states[unit] - (states[unit - 1] if unit else 0)
        return (
            *((_tr("given {0}").format(_numbers(layer.given[unit])),) if known else ()),
            _tr("state {0}").format(_numbers(states[unit])),
            _tr("length {0}, changed by {1}").format(_short(norm(states[unit])), _short(norm(change))),
        )

    def of_neuron(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        states = None if layer is None else layer.states
        if states is None or not 0 <= unit < states.shape[1]:
            return ()
        own = states[:, unit]
        return (
            _tr("at the last step {0}").format(_short(float(own[-1]))),
            _tr("over time {0} to {1}").format(_short(float(own.min())), _short(float(own.max()))),
        )


def timeline_of(card: Card) -> Timeline:
    """Where the steps of an unrolled card stand."""
    tiles = card.tiles
    top = tiles[0].rect.top() - (ROW - HIGH) / 2
    return Timeline(card.steps, card.rect.left() + LEFT, top, len(tiles) * ROW)


def _handle(rect: QRectF, unrolled: bool) -> Part:
    """What unrolls the card, on the loop, or folds it, in the corner."""
    left, top = (
        (rect.right() - 42, rect.top() + 10) if unrolled else (rect.center().x() - 15, rect.top() + 43)
    )
    return Part(Role.UNROLL, QRectF(left, top, 30, 16))


def _cells(subject: Subject, block: QRectF) -> tuple[Part, ...]:
    """A part for each step, with what goes in and comes out."""
    line = Timeline(subject.steps, block.left(), block.top(), block.height())
    return tuple(
        Part(Role.STEP, line.column(step).adjusted(0, 2 - ABOVE, 0, BELOW - 4), step)
        for step in range(line.steps)
    )


def _numbers(values: np.ndarray) -> str:
    shown = ", ".join(figures(value, 2) for value in values.tolist()[:MOST_NUMBERS])
    return f"{shown}, …" if len(values) > MOST_NUMBERS else shown


def _short(value: float) -> str:
    return figures(value, 3)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasCards", text)
