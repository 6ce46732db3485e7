"""The panel at the right: the settings, how the loss curves, and what lies between two places."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from playground.analysis.inspections.landscape.inspection import Landscape
from playground.training.snapshot import Snapshot
from widgets.forms import Form
from widgets.labels import label, show_or_hide
from widgets.pages.inside.tabs.landscape.curvature_card import CurvatureCard
from widgets.pages.inside.tabs.landscape.line_card import LineCard
from widgets.pages.inside.tabs.landscape.weight_choice import WeightChoice
from widgets.panels.side_panel import SidePanel
from widgets.sentences import shown_field

WIDTH = 296
LABEL_WIDTH = 88

LEFT_OUT = {
    "random": set[str](),
    "path": {"seed", "reach"},
    "weights": {"seed"},
}
"""Fields that say nothing, by the plane."""


class LandscapeSide(SidePanel):
    """Shows the settings, and asks for others.

    Signals:
        edited: other settings (`Landscape`).
    """

    edited = Signal(object)

    def __init__(self, value: Landscape) -> None:
        super().__init__(WIDTH)
        self.value = value
        self.plane = Form(Landscape, only=("plane",), label_width=LABEL_WIDTH)
        self.form = Form(Landscape, without=("plane", "directions"), label_width=LABEL_WIDTH)
        self.weights = {name: WeightChoice(self._title(name)) for name in ("across", "up")}
        self._chosen = QWidget()
        self.remark = label(role="muted", wraps=True)
        self.curvature, self.line = CurvatureCard(), LineCard()
        self.searched = Form(Landscape, only=("directions",), label_width=LABEL_WIDTH)
        self._lay_out()
        self.show_value(value)
        for form in self._forms:
            form.edited.connect(lambda changed, gesture, text: self.edited.emit(changed))
        for name, choice in self.weights.items():
            choice.chosen.connect(
                lambda weight, name=name: self.edited.emit(self.value.with_(**{name: weight}))
            )

    @property
    def _forms(self) -> tuple[Form, ...]:
        return self.plane, self.form, self.searched

    def _title(self, name: str) -> str:
        return shown_field(Landscape, name).title

    def _lay_out(self) -> None:
        column, grid = self.column, QGridLayout(self._chosen)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(0)
        for row, (name, choice) in enumerate(self.weights.items()):
            grid.addWidget(label(self._title(name), "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(choice, row, 1)
        column.addWidget(label(self.tr("Plane"), "heading"))
        column.addWidget(self.plane)
        column.addWidget(self._chosen)
        column.addWidget(self.form)
        column.addWidget(self.remark)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Saddle or minimum?"), "heading"))
        column.addWidget(self.searched)
        column.addWidget(self.curvature)
        column.addSpacing(8)
        column.addWidget(label(self.tr("Along a line"), "heading"))
        column.addWidget(self.line)
        column.addStretch(1)

    def show_value(self, value: Landscape) -> None:
        """Show these settings."""
        self.value = value
        for form in self._forms:
            form.set_value(value)
        self.form.rows.leave_out(LEFT_OUT[value.plane])
        self._chosen.setVisible(value.plane == "weights")
        for name, choice in self.weights.items():
            choice.show_weight(getattr(value, name))

    def show_network(self, snapshot: Snapshot, runs: Mapping[int, str]) -> None:
        """Offer what the network has, and the runs beside it."""
        for name, choice in self.weights.items():
            choice.show_layers(snapshot)
            choice.show_weight(getattr(self.value, name))
        self.line.show_runs(runs)

    def fitted(self, value: Landscape) -> Landscape:
        """The settings with weights that the network has; two different ones at first."""
        across, up = (self.weights[name].fitting(getattr(value, name)) for name in ("across", "up"))
        return value.with_(across=across, up=up) if (across, up) != (value.across, value.up) else value

    def show_remark(self, text: str) -> None:
        """Say something of the plane."""
        show_or_hide(self.remark, text)
