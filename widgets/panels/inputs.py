"""The inputs of the network: a check box for each feature that the samples have, and one's own formulas."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from playground.data import Data, Dataset, Feature, available
from playground.data.features import CoordinateFeature, FormulaFeature
from playground.value import InvalidValue
from widgets import theme
from widgets.forms import TextControl
from widgets.labels import label, show_or_hide
from widgets.panels.fields import FieldRow
from widgets.pictures import signed_image
from widgets.sentences import said, sentence, shown_field
from widgets.tips import tip

TILE = 16
"""Width of a feature's picture in pixels."""

GAP = 4
"""Space between the picture and the feature's name."""


class InputsEditor(QWidget):
    """One feature at least stays ticked: the last one springs back, and a sentence says why."""

    edited = Signal(object, str)
    """The features asked for, and words for the undo menu."""

    def __init__(self, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[Feature, QCheckBox] = {}
        self._inputs: tuple[Feature, ...] = ()
        self._dataset: Dataset | None = None
        self._fewer = False
        self._seen: tuple[Feature, ...] = ()
        self._problem = label(role="error", wraps=True)
        self._problem.hide()
        self.formula = TextControl(shown_field(FormulaFeature, "expression"))
        self.formula.set_value("")
        self.formula.edited.connect(self._add_formula)
        self._formula_row = FieldRow(self.formula, label_width)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(3)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._grid)
        column.addWidget(self._problem)
        column.addWidget(self._formula_row)
        theme.themes.changed.connect(self._paint_tiles)

    def show_data(self, data: Data) -> None:
        """Show which features of the dataset are the inputs; nothing is emitted."""
        self._dataset = data.dataset
        offered = (*available(data.dataset), *filter(_is_formula, data.inputs))
        if offered != tuple(self.boxes):
            self._build(offered)
        if data.inputs != self._inputs:
            self._inputs = data.inputs
            show_or_hide(self._problem, "")
        for feature, box in self.boxes.items():
            box.setChecked(feature in self._inputs)
        self._see()
        self.formula.hint("sin(2 x₁)" if is_place(data.dataset) else "")

    def show_fewer(self, on: bool) -> None:
        """Show the inputs for beginners, and those that are ticked; or all, and a place for formulas."""
        if on != self._fewer:
            self._fewer, self._seen = on, ()
        self._see()

    def _see(self) -> None:
        seen = tuple(
            feature
            for feature in self.boxes
            if not self._fewer or feature.basic or feature in (*self._inputs, *self._seen)
        )
        if seen != self._seen:
            self._seen = seen
            for feature, box in self.boxes.items():
                box.setVisible(feature in seen)
            self._lay_out()
        takes_formulas = self._dataset is not None and bool(self._dataset.columns)
        self._formula_row.setVisible(takes_formulas and not self._fewer)

    def refuse(self, problem: InvalidValue) -> None:
        """Say below the formula why it cannot be an input."""
        self.formula.refuse(sentence(problem.faults[0].text if problem.faults else problem.text))
        self.formula.point_at(problem.text)

    def _build(self, features: tuple[Feature, ...]) -> None:
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {feature: self._box(feature) for feature in features}
        self._seen = ()
        self._paint_tiles()

    def _lay_out(self) -> None:
        """The functions of coordinates in two columns, downwards; names that may be long in one."""
        while self._grid.count():
            self._grid.takeAt(0)
        seen = {feature: self.boxes[feature] for feature in self._seen}
        short = [box for feature, box in seen.items() if isinstance(feature, CoordinateFeature)]
        height = (len(short) + 1) // 2
        for index, box in enumerate(short):
            self._grid.addWidget(box, index % height, index // height)
        for box in seen.values():
            if box not in short:
                self._grid.addWidget(box, self._grid.rowCount(), 0, 1, 2)

    def _box(self, feature: Feature) -> QCheckBox:
        box = QCheckBox(sentence(feature.name), self)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the Space key to running
        box.setIconSize(QSize(TILE + GAP, TILE))
        box.setAccessibleName(self.tr("Input {name}").format(name=sentence(feature.name)))
        box.setAccessibleDescription(said(feature, "help"))
        box.setToolTip(tip(said(feature, "help")))
        box.clicked.connect(lambda checked: self._tick(feature, checked))
        return box

    def _tick(self, feature: Feature, checked: bool) -> None:
        wanted = {each for each in self._inputs if each != feature} | ({feature} if checked else set())
        if not wanted:
            self.boxes[feature].setChecked(True)
            show_or_hide(self._problem, self.tr("The network needs at least one input."))
            return
        words = self.tr("Add input {name}") if checked else self.tr("Remove input {name}")
        ordered = tuple(each for each in self.boxes if each in wanted)
        self.edited.emit(ordered, words.format(name=sentence(feature.name)))

    def _add_formula(self, expression: str, _gesture: int, _text: str) -> None:
        """Ask for the inputs with a formula; what was there already is left as it is."""
        formula = FormulaFeature(expression=expression.strip())
        words = self.tr("Add input {name}").format(name=sentence(formula.name))
        self.edited.emit((*self._inputs, formula), words)

    def _paint_tiles(self) -> None:
        for feature, box in self.boxes.items():
            if self._dataset is not None and is_place(self._dataset):
                box.setIcon(feature_icon(feature, self._dataset))


def is_place(dataset: Dataset) -> bool:
    """Whether its samples are places on a line or on a plane."""
    return bool(dataset.columns) and all(column.coordinate for column in dataset.columns)


def _is_formula(feature: Feature) -> bool:
    return isinstance(feature, FormulaFeature)


def feature_icon(feature: Feature, dataset: Dataset) -> QIcon:
    """What a feature gives, small."""
    return QIcon(_rounded(feature_image(feature, dataset, 2 * TILE)))


def feature_image(feature: Feature, dataset: Dataset, side: int) -> QImage:
    """What a feature gives over the plane (or the line, drawn as stripes), in the diverging colours."""
    across, up = (*dataset.columns, *dataset.columns)[:2]
    x, y = np.meshgrid(np.linspace(*across.range, side), np.linspace(*reversed(up.range), side))
    places = np.column_stack([x.ravel(), y.ravel()][: len(dataset.columns)])
    values = feature.compute(places, dataset)[:, 0]
    level = float(np.abs(values).max() or 1)
    return signed_image(values.reshape(side, side), (-level, level), theme.current())


def _rounded(image: QImage) -> QPixmap:
    """A picture with round corners and a gap at its right, for screens of twice the resolution."""
    pixmap = QPixmap(image.width() + 2 * GAP, image.height())
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(image))
    painter.drawRoundedRect(image.rect(), 6, 6)
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap
