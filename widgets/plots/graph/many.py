"""Paints the nodes and edges of a large graph into pictures at once: as strokes they would take too long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from playground.data.graphs.node_graph import NodeGraph
from widgets.colouring import Floats, Pixels
from widgets.plots.graph.content import UNLABELLED, GraphContent
from widgets.theme import Theme

MANY = 1000
"""Nodes, or edges, from which a graph is large."""

MOST_DOTS = 4_000_000
"""Dots of which all edges together are drawn at most; of longer ones some are left out."""

CHUNK = 2000
"""Edges that are drawn at once."""

FAINT = 0.3
"""How opaque a single edge is; where many cross it is denser."""

EDGE = 64
"""Pixels about a picture into which squares may reach."""

TRAIN = 0


def is_large(graph: NodeGraph) -> bool:
    """Whether a graph is drawn so."""
    return max(graph.count, len(graph.edges)) > MANY


def edges_picture(graph: NodeGraph, pixels: Floats, width: int, height: int, colour: str) -> QImage:
    """The edges between the places of the nodes in pixels (nodes, 2); it may be made on any thread."""
    density = _density(graph, pixels, width, height)
    red, green, blue, _ = QColor(colour).getRgb()
    alpha = 1 - (1 - FAINT) ** density
    picture = np.empty((height, width, 4), np.uint8)
    picture[...] = (alpha[..., np.newaxis] * np.array([blue, green, red, 255])).astype(np.uint8)
    return QImage(picture.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _density(graph: NodeGraph, pixels: Floats, width: int, height: int) -> Floats:
    """How many edges pass each pixel, (height, width)."""
    ends = np.concatenate([pixels[graph.edges[:, 0]], pixels[graph.edges[:, 1]]], axis=1)
    far = 2 * max(width, height)
    ends = ends[(np.abs(ends) < far).all(axis=1)]
    lengths = np.abs(ends[:, 2:] - ends[:, :2]).max(axis=1, initial=1.0)
    if lengths.sum() > MOST_DOTS:
        ends = ends[:: int(lengths.sum() // MOST_DOTS) + 1]
    counts = np.zeros(width * height)
    for start in range(0, len(ends), CHUNK):
        places = _passed(ends[start : start + CHUNK])
        x, y = places.T
        inside = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        counts += np.bincount(y[inside] * width + x[inside], minlength=width * height)
    return counts.reshape(height, width)


def _passed(ends: Floats) -> NDArray[np.int64]:
    """The pixels (n, 2) that lines (m, 4) pass."""
    steps = np.maximum(np.ceil(np.abs(ends[:, 2:] - ends[:, :2]).max(axis=1)), 1).astype(np.int64)
    line = np.repeat(np.arange(len(ends)), steps)
    along = np.arange(len(line)) - np.repeat(np.cumsum(steps) - steps, steps)
    share = (along / steps[line])[:, np.newaxis]
    return np.floor(ends[line, :2] + share * (ends[line, 2:] - ends[line, :2])).astype(np.int64)


def nodes_picture(
    content: GraphContent, pixels: Floats, width: int, height: int, size: int, colours: Pixels, theme: Theme
) -> QImage:
    """The nodes as squares of so many pixels: with a frame where they are learnt from or have no label.

    A node that is wrong has a square of the colour of text within.
    """
    seen = ((pixels > 0) & (pixels < (width, height))).all(axis=1)
    picture = np.zeros((height + 2 * EDGE, width + 2 * EDGE), np.uint32)
    sides = content.drawn.sides
    for side, frame in ((TRAIN, theme.text), (UNLABELLED, theme.muted)):
        _squares(picture, pixels[seen & (sides == side)], size + 2, QColor(frame).rgb())
    _squares(picture, pixels[seen], size, colours[seen])
    _squares(picture, pixels[seen & content.wrong], max(size // 2, 1), QColor(theme.text).rgb())
    inside = np.ascontiguousarray(picture[EDGE:-EDGE, EDGE:-EDGE])
    return QImage(inside.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _squares(picture: Pixels, middles: Floats, side: int, colour: Pixels | int) -> None:
    """Fill a square about each of the middles (n, 2), of a picture that has so many more pixels about it."""
    flat, width = picture.ravel(), picture.shape[1]
    corners = np.rint(middles - side / 2).astype(np.int64) + EDGE
    first = corners[:, 1] * width + corners[:, 0]
    for down in range(side):
        for right in range(side):
            flat[first + down * width + right] = colour
