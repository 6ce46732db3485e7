"""The graph in the output panel: its view and the bar below it, and what they ask of the space of maps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from playground.data.graphs.over_graph import OverGraph
from playground.numbers.writing import NONE
from playground.training.snapshot import Snapshot
from widgets.plots.graph.bar import GraphBar
from widgets.plots.graph.content import GraphContent, graph_content
from widgets.plots.graph.view import GraphView
from widgets.plots.output_meaning import ReadOutField
from widgets.plots.read_out import ReadOut


class GraphPart(QObject):
    """Shows a snapshot's graph.

    Signals:
        space_chosen: values are to be shown of another node, or nodes lie elsewhere.
    """

    space_chosen = Signal(object)

    def __init__(self, place: QWidget, read_out: ReadOut) -> None:
        super().__init__(place)
        self.view = GraphView(QCoreApplication.translate("Graph", "Graph"), place)
        self.bar = GraphBar()
        self._read_out = read_out
        self._space = OverGraph()
        self.view.pointed.connect(self._show_read_out)
        self.view.chosen.connect(self._choose)
        self.view.moved.connect(self._move)
        self.bar.colour_chosen.connect(self.view.set_colour_by)
        self.bar.put_back_asked.connect(self._put_back)

    def show_snapshot(self, snapshot: Snapshot) -> GraphContent | None:
        """Show what there is of a graph in it; None where nothing is said of it yet."""
        content = graph_content(snapshot)
        if content is not None:
            if isinstance(snapshot.data.space, OverGraph):
                self._space = snapshot.data.space
            self.view.show_content(content)
            self.bar.show_content(content, self.view.colour_by)
            self._show_read_out()
        return content

    def _show_read_out(self) -> None:
        """Read out the node that is lit."""
        content = self.view.content
        if content is None:
            return
        if self.view.lit is not None:
            self._read_out.show_fields(content.fields(self.view.lit))
            return
        blank = [field.caption for field in content.fields(0)] if content.drawn.graph.count else []
        self._read_out.show_fields([ReadOutField(caption, NONE) for caption in blank])

    def _choose(self, node: int) -> None:
        self._ask(node=node)

    def _move(self, node: int, across: float, up: float) -> None:
        assert self.view.content is not None
        key = self.view.content.drawn.graph.key
        moved = {each: (x, y) for each, x, y in self._space.moved} if self._space.of == key else {}
        moved[node] = across, up
        self._ask(moved=tuple((each, *place) for each, place in sorted(moved.items())), of=key)

    def _put_back(self) -> None:
        self.view.put_back()
        self._ask(moved=(), of="")

    def _ask(self, **changes: object) -> None:
        space = self._space.with_(**changes)
        if space != self._space:
            self._space = space
            self.space_chosen.emit(space)
