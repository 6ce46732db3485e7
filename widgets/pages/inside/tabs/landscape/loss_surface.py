"""The surface of a landscape: painted from the back to the front, turned by dragging.

It needs no graphics hardware, so that it is there on any screen and in files.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)

from widgets.colouring import Floats
from widgets.pages.inside.tabs.landscape.figure import CLICK, KEY_SPACE, LandscapeFigure
from widgets.pages.inside.tabs.landscape.relief import Relief
from widgets.plots.decision_map import ARROWS
from widgets.theme import current

MOST_SIDE, WHILE_TURNED = 35, 23
"""Points a side that are drawn, at rest and while it is turned: more would make that slow."""

FEWER_SHADES = 0xF8F8F8
"""Which bits of a colour count, so that there are few inks to be made."""
TURN, TILT = -0.65, 0.55
"""The view at first, in radians."""
LEAST_TILT, MOST_TILT = 0.08, 1.5
RADIANS_A_PIXEL = 0.008
RADIANS_A_KEY = 0.1
RISE = 0.75
"""How high the highest place stands, beside half the width of the plane."""
LIGHT = np.array([-0.45, -0.35, 0.82])
NEAR = 14
"""Pixels around a point of the surface in which it is pointed at."""


class LossSurface(LandscapeFigure):
    """A landscape from the side; parallel lines stay parallel."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.turn, self.tilt = TURN, TILT
        self.turning = False
        """Whether it is being turned, and drawn in fewer faces."""
        self._dragged: QPointF | None = None

    def view(self) -> tuple[object, ...]:
        """How it is turned, and how finely it is drawn."""
        return self.turn, self.tilt, self.turning

    def rotate(self, turn: float, tilt: float) -> None:
        """Turn it round, and tilt it, by so many radians."""
        self.turn += turn
        self.tilt = float(np.clip(self.tilt + tilt, LEAST_TILT, MOST_TILT))
        self.label.hide()
        self.update()

    # --- where places are -----------------------------------------------------------------------------

    def pixels(self, places: Floats) -> Floats:
        """The pixels (n, 2) of places (n, 2) on the surface; those beyond its edge at the height of it."""
        relief = self.relief
        if relief is None:
            return np.empty((0, 2))
        last = len(relief.grid.x) - 1
        steps = relief.steps(places)
        columns, rows = np.clip(np.round(steps), 0, last).astype(int).T
        lifted = np.column_stack([steps / last * 2 - 1, self._lift(relief.heights[rows, columns], relief)])
        return self._seen(lifted)[:, :2]

    def place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        """The place whose point is nearest to a pixel; of those about as near, the one in front."""
        relief = self.relief
        if relief is None:
            return None
        corners, picked = self._corners(relief)
        seen = self._seen(corners.reshape(-1, 3))
        away = np.hypot(seen[:, 0] - pixel.x(), seen[:, 1] - pixel.y())
        near = np.flatnonzero(away < NEAR)
        if not len(near):
            return None
        best = near[np.argmin(away[near] - 20 * seen[near, 2])]
        row, column = np.divmod(best, len(picked))
        return float(relief.grid.x[picked[column]]), float(relief.grid.y[picked[row]])

    def _lift(self, heights: Floats, relief: Relief) -> Floats:
        """How high heights stand in the picture; a hole at the top."""
        lifted: Floats = RISE * (np.nan_to_num(relief.shares(heights), nan=1.0) * 2 - 1) * 0.6
        return lifted

    def _seen(self, points: Floats) -> Floats:
        """Pixels and nearness (n, 3) of points (n, 3) in the box from −1 to 1."""
        x, y, z = points.T
        across = x * np.cos(self.turn) - y * np.sin(self.turn)
        away = x * np.sin(self.turn) + y * np.cos(self.turn)
        up = z * np.cos(self.tilt) + away * np.sin(self.tilt)
        nearness = z * np.sin(self.tilt) - away * np.cos(self.tilt)
        width, height = self.width() - KEY_SPACE, self.height()
        scale = min(width, height * 1.25) / 2 / 1.45
        return np.column_stack([width / 2 + scale * across, height / 2 - scale * up, nearness])

    def _corners(self, relief: Relief) -> tuple[Floats, NDArray[np.intp]]:
        """The points (n, n, 3) that are drawn, and which rows and columns of the grid they are."""
        size = len(relief.grid.x)
        picked = np.unique(
            np.linspace(0, size - 1, min(size, WHILE_TURNED if self.turning else MOST_SIDE))
            .round()
            .astype(np.intp)
        )
        along = picked / (size - 1) * 2 - 1
        x, y = np.meshgrid(along, along)
        return np.stack([x, y, self._lift(relief.heights[np.ix_(picked, picked)], relief)], axis=-1), picked

    # --- painting -------------------------------------------------------------------------------------

    def paint_ground(self, painter: QPainter, relief: Relief) -> None:
        """Draw the faces from the back to the front."""
        corners, picked = self._corners(relief)
        side = len(picked)
        seen = self._seen(corners.reshape(-1, 3)).reshape(side, side, 3)
        heights = relief.heights[np.ix_(picked, picked)]
        parts = [
            (slice(a, side - 1 + a), slice(b, side - 1 + b)) for a, b in ((0, 0), (0, 1), (1, 1), (1, 0))
        ]
        quads = np.stack([seen[part] for part in parts], axis=2).reshape(-1, 4, 3)
        middles = np.mean([heights[part] for part in parts], axis=0).ravel()
        colours = self._colours(relief, middles, corners)
        order = np.argsort(quads[:, :, 2].mean(axis=1))
        order = order[np.isfinite(middles[order])]
        inks = {colour: _inks(colour) for colour in set(colours.tolist())}
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # or edges between faces shine through
        faces = zip(colours[order].tolist(), quads[order, :, :2].tolist(), strict=True)
        for colour, (first, second, third, fourth) in faces:
            pen, brush = inks[colour]
            painter.setPen(pen)
            painter.setBrush(brush)
            painter.drawConvexPolygon((QPointF(*first), QPointF(*second), QPointF(*third), QPointF(*fourth)))
        painter.restore()
        self._paint_names(painter)
        self.paint_key(painter, relief, 10, self.height() - 10)

    def _colours(self, relief: Relief, middles: Floats, corners: Floats) -> NDArray[np.uint32]:
        """The colour of each face, lighter where it is turned to the light."""
        known = np.nan_to_num(relief.shares(middles), nan=0.0)
        base = relief.table(current())[(known * 255).astype(np.intp)]
        across, up = corners[:-1, 1:] - corners[:-1, :-1], corners[1:, :-1] - corners[:-1, :-1]
        normals = np.cross(across, up).reshape(-1, 3)
        normals /= np.sqrt(np.square(normals).sum(axis=1, keepdims=True))
        shade = 0.72 + 0.38 * np.clip((normals * LIGHT).sum(axis=1), 0, 1)
        channels = [np.minimum((base >> shift & 0xFF) * shade, 255).astype(np.uint32) for shift in (16, 8, 0)]
        packed: NDArray[np.uint32] = channels[0] << 16 | channels[1] << 8 | channels[2]
        return 0xFF000000 | packed & FEWER_SHADES

    def _paint_names(self, painter: QPainter) -> None:
        """Write the names of the axes at the edges of the floor that are in front."""
        painter.setFont(self.small_font())
        painter.setPen(QColor(current().muted))
        front = -1.0 if np.cos(self.turn) > 0 else 1.0
        beside = 1.0 if np.sin(self.turn) < 0 else -1.0
        floor = -0.6 * RISE
        for name, end in zip(
            self.names, ((0, front * 1.12, floor), (-beside * -1.12, 0, floor)), strict=True
        ):
            ((x, y, _),) = self._seen(np.array([end])).tolist()
            painter.drawText(QRectF(x - 110, y - 8, 220, 16), Qt.AlignmentFlag.AlignCenter, name)

    # --- turning --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to turn it, or a click."""
        super().mousePressEvent(event)
        self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn it while it is dragged."""
        pressed, before = self._pressed, self._dragged
        if pressed is None or before is None:
            super().mouseMoveEvent(event)
            return
        if (event.position() - pressed).manhattanLength() > CLICK:
            moved, self.turning = event.position() - before, True
            self.rotate(moved.x() * RADIANS_A_PIXEL, moved.y() * RADIANS_A_PIXEL)
            self._dragged = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Draw it in full again."""
        super().mouseReleaseEvent(event)
        if self.turning:
            self.turning = False
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn it by Shift and arrows."""
        step = ARROWS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.rotate(step[0] * RADIANS_A_KEY, step[1] * RADIANS_A_KEY)
        else:
            super().keyPressEvent(event)


def _inks(colour: int) -> tuple[QPen, QBrush]:
    """What a face of this colour is drawn with: its edges are a little darker."""
    face = QColor.fromRgb(colour)
    return QPen(face.darker(118), 0), QBrush(face)
