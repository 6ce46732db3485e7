"""A page of the Explain tab: what one class is, in words, in a formula and in a picture."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from playground.analysis.curves import BOWL
from playground.data import Dataset, Feature
from playground.engine.activations import Activation
from playground.value import Kind
from widgets.lab_links import AkinLabs
from widgets.labels import label, show_or_hide, show_text
from widgets.panels.explain import sequence_diagrams  # noqa: F401 - registers its drawings
from widgets.panels.explain.data_picture import DataPicture
from widgets.panels.explain.diagram import Diagram, DiagramPicture
from widgets.panels.explain.drawings import Scene, picture
from widgets.panels.explain.words import FieldWords, field_words, formula_html, property_rows
from widgets.panels.inputs import is_place
from widgets.panels.layer import Facts
from widgets.panels.scroll import ScrollingColumn
from widgets.plots.function_plot import FunctionPlot, Functions
from widgets.plots.path_plot import PathPlot
from widgets.sentences import said

PLOT_HEIGHT = 172
FORMULA_PIXELS = 15


class ExplainPage(ScrollingColumn):
    """Shows one value; empty parts are left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = label(role="heading")
        self.sentence = label(role="muted", wraps=True)
        self.formula = _rich_label()
        self.functions = FunctionPlot()
        self.path = PathPlot()
        self.diagram = DiagramPicture()
        self.data = DataPicture()
        self.caption = label(role="caption", wraps=True)
        self.properties = Facts()
        self.advice = _rich_label()
        self.fields = _rich_label()
        self.source = label(role="caption", wraps=True)
        self.laboratories = AkinLabs()
        for plot in (self.functions, self.path):
            plot.setFixedHeight(PLOT_HEIGHT)
        self.column.setSpacing(8)
        for widget in (
            self.heading,
            self.sentence,
            self.formula,
            self.functions,
            self.path,
            self.diagram,
            self.data,
            self.caption,
            self.properties,
            self.advice,
            self.fields,
            self.source,
        ):
            self.column.addWidget(widget)
        self.column.addWidget(self.laboratories)
        self.column.addStretch(1)

    def show_value(self, value: Kind, scene: Scene) -> None:
        """Show what a value is, as it is set now."""
        shown = scene.theme
        show_text(self.heading, said(value))
        show_text(self.sentence, said(value, "help"))
        self.formula.setStyleSheet(
            f"background: {shown.canvas}; border: 1px solid {shown.border}; border-radius: 6px;"
            f"padding: 7px 10px; font-size: {FORMULA_PIXELS}px;"
        )
        show_or_hide(self.formula, formula_html(said(value, "formula")))
        self._show_picture(value, scene)
        rows = property_rows(value) if isinstance(value, Activation) else ()
        self.properties.show_rows(rows)
        self.properties.setVisible(bool(rows))
        advice = said(value, "advice")
        advice = _heading(self.tr("When to use it")) + escape(advice) if advice else ""
        show_or_hide(self.advice, advice)
        show_or_hide(self.fields, self._fields_html(field_words(value), shown.muted))
        source = said(value, "reference").removesuffix(".")
        show_or_hide(self.source, self.tr("Source: {source}").format(source=source) if source else "")
        self.laboratories.show_akin(value)

    def show_progress(self, epoch: float | None) -> None:
        """Mark how far training is, where the picture is drawn over epochs."""
        self.functions.show_place(epoch)

    def _show_picture(self, value: Kind, scene: Scene) -> None:
        found = picture(value, scene)
        content = None if found is None else found.content
        if isinstance(content, Functions):
            self.functions.show_functions(said(value), content)
        elif isinstance(content, Diagram):
            self.diagram.show_diagram(said(value), content)
        elif content is not None:
            self.path.show_path(said(value), BOWL.tolist(), content)
        self._show_data(value, scene.experiment.data.dataset)
        self.functions.setVisible(isinstance(content, Functions))
        self.diagram.setVisible(isinstance(content, Diagram))
        self.path.setVisible(content is not None and not isinstance(content, Functions | Diagram))
        show_or_hide(self.caption, "" if found is None else found.caption)

    def _show_data(self, value: Kind, dataset: Dataset) -> None:
        of_plane = isinstance(value, Feature) and len(dataset.columns) > 1 and is_place(dataset)
        feature = value if of_plane else None
        shown = isinstance(value, Dataset) or feature is not None
        if shown:
            self.data.show_data(dataset, feature)
        self.data.setVisible(shown)

    def _fields_html(self, fields: tuple[FieldWords, ...], muted: str) -> str:
        if not fields:
            return ""
        return _heading(self.tr("Settings")) + "".join(_field_html(field, muted) for field in fields)


def _field_html(field: FieldWords, muted: str) -> str:
    bounds = f" <span style='color: {muted}'>· {escape(field.bounds)}</span>" if field.bounds else ""
    return (
        "<table width='100%' cellspacing='0' cellpadding='0' style='margin-top: 5px'>"
        f"<tr><td width='100%'>{escape(field.title)}{bounds}</td>"
        f"<td align='right' style='white-space: pre; padding-left: 8px'>{escape(field.value)}</td></tr>"
        f"<tr><td colspan='2' style='color: {muted}'>{escape(field.help)}</td></tr></table>"
    )


def _heading(text: str) -> str:
    return f"<p style='margin: 0 0 4px 0; font-weight: 600'>{escape(text)}</p>"


def _rich_label() -> QLabel:
    result = QLabel()
    result.setTextFormat(Qt.TextFormat.RichText)
    result.setWordWrap(True)
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result
