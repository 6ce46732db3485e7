"""What a run says of the data, as the output panel shows it: a map, a curve, one sample, or a graph."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedLayout, QWidget

from playground.training.snapshot import Snapshot
from widgets.plots.decision_map import DecisionMap
from widgets.plots.drawn_points import drawn_points
from widgets.plots.late_output import curves_of
from widgets.plots.map_content import MapContent
from widgets.plots.output_meaning import OutputMeaning, output_meaning
from widgets.sentences import sentence

if TYPE_CHECKING:
    from widgets.plots.fitted_curve import FittedCurve
    from widgets.plots.graph.view import GraphView
    from widgets.plots.sample_view import SampleView


LEAST = 100
"""Pixels of a map with its bar, at least."""


class RunOutput(QWidget):
    """The view that suits what maps are drawn over; those that are rare are made when they are needed."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._drawn: Snapshot | None = None
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self.map = DecisionMap(title)
        self.map.menu_button.hide()
        self.map.setMinimumSize(LEAST, LEAST)
        self._pages.addWidget(self.map)

    @cached_property
    def curve(self) -> FittedCurve:
        """What takes the map's place for data with one input."""
        from widgets.plots.fitted_curve import FittedCurve  # pyqtgraph takes long to load

        curve = FittedCurve(self._title, self)
        self._pages.addWidget(curve)
        return curve

    @cached_property
    def sample(self) -> SampleView:
        """What takes the map's place for one sample."""
        from widgets.plots.sample_view import SampleView

        sample = SampleView(self._title, self)
        sample.menu_button.hide()
        self._pages.addWidget(sample)
        return sample

    @cached_property
    def graph(self) -> GraphView:
        """What takes the map's place for the nodes of a graph."""
        from widgets.plots.graph.view import GraphView

        graph = GraphView(self._title, self)
        graph.menu_button.hide()
        self._pages.addWidget(graph)
        return graph

    def show_snapshot(self, snapshot: Snapshot, message: str) -> None:
        """Show the network's answers, or a message where there are none."""
        before, self._drawn = self._drawn, snapshot
        if before is None or before.data is not snapshot.data:
            self._show_points(snapshot)
        if before is not None and before.output is snapshot.output and snapshot.output is not None:
            return
        if snapshot.data.graph is not None and snapshot.of_nodes is not None:
            self._show_graph(snapshot)
        elif snapshot.data.chosen is not None and snapshot.output is not None:
            self._show_sample(snapshot)
        else:
            self._show_meaning(snapshot, output_meaning(snapshot), message)

    def recolour(self, message: str) -> None:
        """Take on the colours of another theme."""
        shown, self._drawn = self._drawn, None
        if shown is not None:
            self.show_snapshot(shown, message)

    def _show_points(self, snapshot: Snapshot) -> None:
        points = drawn_points(snapshot)
        self.map.show_points(points.training, points.test)
        if len(snapshot.data.axes) == 1:
            self.curve.show_points(points.training, points.test, points.lanes)

    def _show_meaning(self, snapshot: Snapshot, meaning: OutputMeaning | None, message: str) -> None:
        if meaning is None:
            self._pages.setCurrentWidget(self.map)
            self.map.show_map(None, message)
        elif meaning.outputs.ndim == 2:
            (axis,) = snapshot.data.axes
            self._pages.setCurrentWidget(self.curve)
            self.curve.show_fit(sentence(axis.title), axis.range, meaning.outputs, curves_of(meaning))
        else:
            across, up = snapshot.data.axes
            names = (sentence(across.title), sentence(up.title))
            self._pages.setCurrentWidget(self.map)
            self.map.show_map(
                MapContent(meaning.outputs, meaning.colouring, across.range, up.range, names, meaning.names)
            )

    def _show_graph(self, snapshot: Snapshot) -> None:
        from widgets.plots.graph.content import graph_content

        if (content := graph_content(snapshot)) is not None:
            self._pages.setCurrentWidget(self.graph)
            self.graph.show_content(content)

    def _show_sample(self, snapshot: Snapshot) -> None:
        from widgets.plots.sample_content import sample_content

        if (content := sample_content(snapshot)) is not None:
            self._pages.setCurrentWidget(self.sample)
            self.sample.show_content(content)
