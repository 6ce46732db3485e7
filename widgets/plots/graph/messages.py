"""Paints what flows into the node that is pointed at: from each neighbour its share, and the sum of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from playground.numbers.writing import decimals
from playground.training.nodes_seen import SeenMessages
from widgets.motion import motion
from widgets.theme import Theme

WIDEST, THINNEST = 6.0, 1.0
MOST_WRITTEN = 10
"""Messages whose numbers are written beside them."""

EACH, FASTER = 40, 0.02
"""Milliseconds between two pictures, and how far, as a share of an edge, dots move in them."""

DOTS = 0.33
"""How far apart, as a share of an edge, dots move along it."""


class MessageClock(QObject):
    """Moves the dots along the edges, as long as there is a node to flow into.

    Attributes:
        phase: how far they have moved, 0 to 1.

    Signals:
        moved: they are to be drawn again.
    """

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.phase = 0.5
        self._timer = QTimer(self)
        self._timer.setInterval(EACH)
        self._timer.timeout.connect(self._move)
        self._runs = False
        motion.changed.connect(self._suit)

    def run(self, on: bool) -> None:
        """Move, or stand still, as they always do where motion is reduced."""
        self._runs = on
        self._suit()

    def _suit(self) -> None:
        on = self._runs
        if (moves := on and not motion.reduced) != self._timer.isActive():
            (self._timer.start if moves else self._timer.stop)()

    def _move(self) -> None:
        self.phase = (self.phase + FASTER) % 1
        self.moved.emit()


class Inflow(NamedTuple):
    """What a node is brought from one: how much, and by how much that one counts."""

    source: int
    brought: float
    share: float


def flowing_into(messages: SeenMessages, node: int) -> list[Inflow]:
    """What flows into a node, the largest first; what it keeps itself included."""
    those = np.flatnonzero(messages.targets == node)
    order = those[np.argsort(-np.abs(messages.brought[those]), kind="stable")]
    shares = np.abs(messages.brought if messages.shares is None else messages.shares)
    columns = (messages.sources, messages.brought, shares)
    return [Inflow(*row) for row in zip(*(column[order].tolist() for column in columns), strict=True)]


def words_of(messages: SeenMessages, node: int, names: Sequence[str]) -> str:
    """What flows into a node, in a sentence; `names` are those of the nodes it names."""
    found = flowing_into(messages, node)
    if messages.shares is None:
        words = _tr("{brought} from {name}")
    else:
        words = _tr("{brought} from {name} by a weight of {share}")
    shown = ", ".join(
        words.format(brought=decimals(each.brought), name=name, share=decimals(each.share))
        for each, name in zip(found, names, strict=False)
    )
    more = ", …" if len(found) > len(names) else ""
    total = decimals(float(messages.sums[node]))
    return _tr("gets {shares}, together {sum}").format(shares=shown + more, sum=total)


def paint_messages(
    painter: QPainter,
    messages: SeenMessages,
    node: int,
    points: Sequence[QPointF],
    size: float,
    theme: Theme,
    phase: float,
) -> None:
    """Draw a line for each neighbour, as wide as it counts, with dots of what it brings moving along."""
    found = flowing_into(messages, node)
    largest = max((abs(each.share) for each in found), default=0.0) or 1.0
    most = max((abs(each.brought) for each in found), default=0.0) or 1.0
    middle = points[node]
    for source, brought, share in reversed(found):
        colour = QColor(theme.positive if brought >= 0 else theme.negative)
        width = THINNEST + (WIDEST - THINNEST) * abs(share) / largest
        dot = THINNEST + (WIDEST + 3 - THINNEST) * abs(brought) / most
        if source == node:
            painter.setPen(QPen(colour, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, size + 5, size + 5)
            continue
        line = QLineF(points[source], middle)
        faint = QColor(colour)
        faint.setAlphaF(0.55)
        painter.setPen(QPen(faint, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(line)
        painter.setPen(QPen(colour, dot, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints([line.pointAt((phase + start) % 1) for start in np.arange(0, 0.99, DOTS).tolist()])


def paint_numbers(
    painter: QPainter,
    messages: SeenMessages,
    node: int,
    points: Sequence[QPointF],
    size: float,
    theme: Theme,
) -> None:
    """Write what the largest of them bring at the nodes they come from, where there is room."""
    metrics, middle = painter.fontMetrics(), points[node]
    taken = [QRectF(middle.x() - 50, middle.y() - size - 34, 100, size + 44)]  # the node and its name
    found = [each for each in flowing_into(messages, node) if each.source != node]
    for source, brought, _ in found[:MOST_WRITTEN]:
        words, point = decimals(brought), points[source]
        width, height = metrics.horizontalAdvance(words) + 6, metrics.height()
        area = QRectF(point.x() - width / 2, point.y() - size - height - 1, width, height)
        if not any(area.intersects(other) for other in taken):
            taken.append(area)
            _write(painter, words, area, theme)


def _write(painter: QPainter, words: str, area: QRectF, theme: Theme) -> None:
    ground = QColor(theme.canvas)
    ground.setAlphaF(0.8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(area, 3, 3)
    painter.setPen(QColor(theme.text))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Graph", text)
