"""The picture of the edges of a large graph, made off the window's thread whenever it would be another."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from playground.data.graphs.node_graph import NodeGraph
from widgets.background import Background
from widgets.colouring import Floats
from widgets.plots.graph.many import edges_picture


class EdgesPicture(QObject):
    """Gives the newest picture that there is, and makes the one that is wanted.

    Signals:
        ready: another one is there.
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background: Background | None = None
        self._image = QImage()
        self._key: tuple[object, ...] = ()
        self._busy = False

    def of(self, graph: NodeGraph, pixels: Floats, width: int, height: int, colour: str, now: bool) -> QImage:
        """The edges between places in pixels (nodes, 2), or the last ones until then, unless `now`."""
        key = (graph, pixels.tobytes(), width, height, colour)
        if key == self._key:
            return self._image
        if now:
            self._key, self._image = key, edges_picture(graph, pixels, width, height, colour)
        elif not self._busy:
            self._busy = True
            self._background = self._background or Background(self)
            self._background.run(
                lambda: (key, edges_picture(graph, pixels, width, height, colour)), self._take
            )
        return self._image

    def _take(self, made: tuple[tuple[object, ...], QImage]) -> None:
        self._key, self._image = made
        self._busy = False
        self.ready.emit()
