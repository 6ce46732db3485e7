"""The output panel: what the network says everywhere, drawn with the samples it learns from."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from playground.data import spaces
from playground.numbers.writing import NONE, figures
from playground.training.snapshot import Snapshot, State
from widgets.elided_label import ElidedLabel
from widgets.panels.more_settings import MoreSettings, aside
from widgets.panels.output_boxes import OutputBoxes
from widgets.plots.colour_bar import BAR_SPACE
from widgets.plots.decision_map import DecisionMap
from widgets.plots.drawn_points import drawn_points
from widgets.plots.late_output import brush_of, curves_of, show_answer
from widgets.plots.map_content import MapContent
from widgets.plots.neuron_lines import NO_LINES, neuron_lines
from widgets.plots.output_meaning import (
    OutputMeaning,
    ReadOutField,
    output_meaning,
)
from widgets.plots.painting.button import PaintButton
from widgets.plots.painting.painting import Painting
from widgets.plots.points import Points
from widgets.plots.read_out import ReadOut
from widgets.sentences import column_name, sentence
from widgets.space_key import leave_space_key
from widgets.theme import themes
from widgets.tips import tip

if TYPE_CHECKING:
    from widgets.panels.space_bar import SpaceBar
    from widgets.panels.writes_on import WritesOn
    from widgets.plots.fitted_curve import FittedCurve
    from widgets.plots.graph.part import GraphPart
    from widgets.plots.painting.bar import BrushBar
    from widgets.plots.painting.surface import Surface
    from widgets.plots.sample_view import SampleView

MARGIN = 12


class OutputPanel(QFrame):
    """The map, the fitted curve on a line, or one sample, with a read-out of the place that is pointed at.

    Signals:
        space_chosen: maps are to be drawn over another space.
        temperature_chosen: the network is to write on as freely as this.
    """

    space_chosen = Signal(object)
    temperature_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAccessibleName(self.tr("Output"))
        self._snapshot: Snapshot | None = None
        self._drawn: Snapshot | None = None
        self._meaning: OutputMeaning | None = None
        self._focus_name = self._quantity = ""
        self._paints = False
        self.surface: Surface | None = None
        self.brush_bar: BrushBar | None = None
        """Both made when points are first painted."""
        self.map = DecisionMap(self.tr("Output"))
        self.caption = ElidedLabel()
        self.read_out = ReadOut()
        self.answer = ElidedLabel()
        """What the chosen sample is taken for, in words."""
        self.answer.hide()
        self._lay_out()
        self.map.probed.connect(self._show_read_out)
        self.boxes.discretize.toggled.connect(self.map.set_discretize)
        for box in (self.boxes.test_points, self.boxes.neuron_lines):
            box.toggled.connect(self._draw_anew)
        themes.changed.connect(self._draw_anew)

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Output"))
        heading.setProperty("role", "heading")
        self.caption.setProperty("role", "muted")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(heading)
        header.addWidget(self.caption, 1)
        self._menus = QStackedLayout()
        self._menus.addWidget(self.map.menu_button)
        header.addLayout(self._menus)
        self._header = header
        self._place = QWidget()
        self._pages = QStackedLayout(self._place)
        self._pages.addWidget(self.map)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 6, MARGIN, 8)
        column.setSpacing(8)
        column.addLayout(header)
        column.addWidget(self._place, 1)
        column.addWidget(self.answer)
        self._reading = aside(self.read_out)
        column.addWidget(self._reading)
        self.boxes = OutputBoxes()
        column.addWidget(self.boxes)
        self.more = MoreSettings(lambda: (), lambda: (), (self._reading,), (self.boxes,))
        column.addWidget(self.more)
        column.addStretch(0)
        self._column = column

    @cached_property
    def curve(self) -> FittedCurve:
        """What takes the map's place for data with one input; made when there is such data."""
        from widgets.plots.fitted_curve import FittedCurve  # pyqtgraph takes long to load

        curve = FittedCurve(self.tr("Output"), self._place)
        curve.probed.connect(self._show_read_out)
        self._menus.addWidget(curve.menu_button)
        self._pages.addWidget(curve)
        return curve

    @cached_property
    def space_bar(self) -> SpaceBar:
        """What maps are drawn over; made where there is a choice."""
        from widgets.panels.space_bar import SpaceBar

        bar = SpaceBar()
        bar.hide()
        bar.chosen.connect(self.space_chosen)
        self._column.insertWidget(self._column.indexOf(self.answer) + 1, bar)
        leave_space_key(bar)
        return bar

    @cached_property
    def sample(self) -> SampleView:
        """What takes the map's place for one sample; made when one is chosen."""
        from widgets.plots.sample_view import SampleView

        sample = SampleView(self.tr("Sample"), self._place)
        sample.stepped.connect(self.space_bar.step)
        self._menus.addWidget(sample.menu_button)
        self._pages.addWidget(sample)
        return sample

    @cached_property
    def writes_on(self) -> WritesOn:
        """What the network writes on from, and how freely; made where there is a text."""
        from widgets.panels.writes_on import WritesOn

        part = WritesOn()
        part.hide()
        part.space_chosen.connect(self.space_chosen)
        part.temperature_chosen.connect(self.temperature_chosen)
        self._column.insertWidget(self._column.indexOf(self.answer) + 1, part)
        leave_space_key(part.temperature)
        return part

    @cached_property
    def graph(self) -> GraphPart:
        """What takes the map's place for the nodes of a graph; made when there is one."""
        from widgets.plots.graph.part import GraphPart

        graph = GraphPart(self._place, self.read_out)
        graph.space_chosen.connect(self.space_chosen)
        self._menus.addWidget(graph.view.menu_button)
        self._pages.addWidget(graph.view)
        self._column.insertWidget(self._column.indexOf(self.answer), graph.bar)
        return graph

    def let_paint(self, painting: Painting) -> None:
        """Let points be painted on the map."""
        self._painting, self.paint_button = painting, PaintButton(painting)
        self._header.insertWidget(2, self.paint_button)
        painting.turned.connect(self._turn_painting)

    def _turn_painting(self, on: bool) -> None:
        """Leave the samples to whoever paints them, and make room for the brush; or take it back."""
        self._paints = on
        if on:
            self._pages.setCurrentWidget(self.map)
        if on and self.brush_bar is None:
            self.surface, self.brush_bar = brush_of(self.map, self._painting, self)
            self._column.insertWidget(self._column.indexOf(self._reading), self.brush_bar)
        self._draw_anew()

    # --- what is shown ------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the network as it is at this moment."""
        self._snapshot = snapshot
        if self.isVisible():
            self._draw()

    def set_focus_name(self, name: str) -> None:
        """Say whose output is shown, such as "Dense 2, neuron 3"; empty for the network's."""
        self._focus_name = name
        self._show_caption()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the map square, as wide as the panel; a third check box that does not fit has its own row."""
        super().resizeEvent(event)
        room = self.contentsRect().width() - 2 * MARGIN
        self._place.setMaximumHeight(max(room - BAR_SPACE, 0))
        self.boxes.suit(room)

    def _draw_anew(self) -> None:
        self._drawn = None
        self._draw()

    def _draw(self) -> None:
        """Draw what is new in the snapshot."""
        before, snapshot = self._drawn, self._snapshot
        if snapshot is None:
            return
        self._drawn = snapshot
        if before is None or before.data is not snapshot.data:
            self._show_space(snapshot)
            self._draw_points(snapshot)
        if before is None or before.output is not snapshot.output or snapshot.output is None:
            self._draw_output(snapshot)

    def _show_space(self, snapshot: Snapshot) -> None:
        """Offer other spaces where samples are more than places of a plane; hide what has no meaning here."""
        data, dataset = snapshot.data, snapshot.experiment.data.dataset
        choice = data.space is not None and (dataset.are_nodes or dataset.shape.size > 2)
        if choice or "space_bar" in vars(self):
            self.space_bar.setVisible(choice)
        if choice:
            self.space_bar.show_data(data, spaces.available(dataset))
        writes = data.chosen is not None and dataset.continues and bool(dataset.shape.symbols)
        if writes or "writes_on" in vars(self):
            self.writes_on.setVisible(writes)
        if writes:
            self.writes_on.show_snapshot(snapshot)
        is_plain = data.chosen is None and not self._paints
        self.read_out.setVisible(is_plain or data.graph is not None)
        self.boxes.setVisible(is_plain and data.graph is None)
        if data.graph is not None or "graph" in vars(self):
            self.graph.bar.setVisible(data.graph is not None)

    def _draw_points(self, snapshot: Snapshot) -> None:
        if self._paints:
            self.map.show_points(Points(), Points())
            return
        points = drawn_points(snapshot)
        test = points.test if self.boxes.test_points.isChecked() else Points()
        self.map.show_points(points.training, test)
        if len(snapshot.data.axes) == 1:
            self.curve.show_points(points.training, test, points.lanes)

    def _draw_output(self, snapshot: Snapshot) -> None:
        if snapshot.data.graph is not None and snapshot.of_nodes is not None:
            self._draw_graph(snapshot)
            return
        if snapshot.data.chosen is not None:
            self._draw_sample(snapshot)
            return
        self.answer.hide()
        meaning = output_meaning(snapshot)
        if meaning is None and snapshot.output is not None:
            return  # the next snapshot brings what was asked for
        self._meaning = meaning
        on_line = meaning is not None and meaning.outputs.ndim == 2
        view = self.curve if on_line else self.map
        self._pages.setCurrentWidget(view)
        self._menus.setCurrentWidget(view.menu_button)
        self.boxes.allow_of_plane(not on_line)
        if meaning is None:
            self.map.show_map(None, _reason(snapshot))
        elif on_line:
            (axis,) = snapshot.data.axes
            self.curve.show_fit(sentence(axis.title), axis.range, meaning.outputs, curves_of(meaning))
        else:
            across, up = snapshot.data.axes
            names = (sentence(across.title), sentence(up.title))
            content = MapContent(
                meaning.outputs, meaning.colouring, across.range, up.range, names, meaning.names
            )
            self.map.show_map(content)
            lines = self.boxes.neuron_lines.isChecked()
            self.map.show_segments(neuron_lines(snapshot) if lines else NO_LINES)
        self._quantity = meaning.quantity if meaning else ""
        self._show_caption()
        self._show_read_out()

    def _draw_graph(self, snapshot: Snapshot) -> None:
        if (content := self.graph.show_snapshot(snapshot)) is None:
            return  # the next snapshot brings what was asked for
        self.answer.hide()
        self._pages.setCurrentWidget(self.graph.view)
        self._menus.setCurrentWidget(self.graph.view.menu_button)
        self._quantity = content.score or content.size
        self._show_caption()

    def _draw_sample(self, snapshot: Snapshot) -> None:
        from widgets.plots.sample_content import sample_content

        if (content := sample_content(snapshot)) is None:
            return
        self._meaning = output_meaning(snapshot) if snapshot.focus else None
        self._pages.setCurrentWidget(self.sample)
        self._menus.setCurrentWidget(self.sample.menu_button)
        self.sample.show_content(content)
        show_answer(self.answer, content)
        value = snapshot.output[0] if self._meaning and snapshot.output is not None else None
        number = figures(float(value.ravel()[0]), 3) if value is not None and value.size == 1 else ""
        self._quantity = number or (self._meaning.quantity if self._meaning else "")
        self._quantity = self._quantity or (
            self.tr("truth: {0}").format(content.truth) if content.truth else ""
        )
        self._show_caption()

    def _show_caption(self) -> None:
        text = " · ".join(part for part in (self._quantity, self._focus_name) if part)
        if text != self.caption.text():
            self.caption.setText(text)
            self.caption.setToolTip(tip(text))

    # --- the pointer --------------------------------------------------------------------------------

    def _show_read_out(self) -> None:
        meaning = self._meaning
        if meaning is None or self._snapshot is None:
            self.read_out.show_fields([])
            return
        axes = [column_name(axis.name) for axis in self._snapshot.data.axes]
        if self._pages.currentWidget() is self.map:
            place, values = self.map.probe, self.map.probed_values()
        else:
            place, values = self.curve.probe, self.curve.probed_values()
        if place is None or values is None:
            blank = (*axes, meaning.quantity, *([self.tr("class")] if meaning.classes else []))
            self.read_out.show_fields([ReadOutField(caption, NONE) for caption in blank])
            return
        fields = [ReadOutField.of(name, round(number, 2)) for name, number in zip(axes, place, strict=True)]
        self.read_out.show_fields([*fields, *meaning.describe(values)])


def _reason(snapshot: Snapshot) -> str:
    """Why there is no map."""
    if (lacking := snapshot.experiment.data.problem) is not None:
        return sentence(lacking)
    if snapshot.state is State.BLOCKED:
        return _tr("The network cannot work yet. Its layers say what to change.")
    return _tr("There is nothing to see yet.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("OutputPanel", text)
