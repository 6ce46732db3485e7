"""The bar below the map while points are painted: tools, classes or a value, and the brush."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.numbers.writing import decimals, percent
from widgets.icons import icon
from widgets.plots.painting import menu
from widgets.plots.painting.painting import Painting, Tool
from widgets.plots.painting.swatches import Swatches
from widgets.slider import StopSlider
from widgets.theme import current, themes
from widgets.tips import tip

SIZES = (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
DENSITIES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20)
JITTERS = tuple(step / 20 for step in range(21))
VALUES = tuple(step / 20 for step in range(-20, 21))
SIDE = 26


class BrushBar(QWidget):
    """Shows and changes with what points are painted."""

    def __init__(self, painting: Painting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.painting = painting
        self.tools = {tool: self._tool(tool) for tool in Tool}
        self.swatches = Swatches(painting, self)
        self.value, self.value_text = StopSlider(VALUES), QLabel()
        self.size_, self.density, self.jitter = map(StopSlider, (SIZES, DENSITIES, JITTERS))
        self.more = QToolButton()
        self._lay_out()
        self._name()
        self.value.moved.connect(lambda value, _: painting.set(value=value))
        for slider, field in ((self.size_, "radius"), (self.density, "density"), (self.jitter, "jitter")):
            slider.moved.connect(lambda number, _, field=field: self._brush(**{field: number}))
        painting.changed.connect(self._show)
        painting.turned.connect(self._turn)
        themes.changed.connect(self._show_icons)
        self._show_icons()
        self._turn(painting.on)

    def _tool(self, tool: Tool) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.clicked.connect(lambda: self.painting.set(tool=tool))
        return button

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(4)
        group = QButtonGroup(self)
        for button in self.tools.values():
            group.addButton(button)
            first.addWidget(button)
        first.addSpacing(6)
        self._targets = QStackedLayout()
        self._targets.addWidget(self.swatches)
        self._targets.addWidget(self._value_row())
        first.addLayout(self._targets, 1)
        first.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(self._brush_grid())

    def _value_row(self) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.value, 1)
        self.value_text.setFixedWidth(self.value_text.fontMetrics().horizontalAdvance("−0.00") + 4)
        layout.addWidget(self.value_text)
        return row

    def _brush_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        titles = (self.tr("Size"), self.tr("Density"), self.tr("Jitter"))
        for place, (title, slider) in enumerate(zip(titles, self._sliders(), strict=True)):
            caption = QLabel(title)
            caption.setProperty("role", "caption")
            caption.setBuddy(slider)
            slider.setAccessibleName(title)
            slider.setMinimumWidth(40)
            grid.addWidget(caption, 0, place)
            grid.addWidget(slider, 1, place)
            grid.setColumnStretch(place, 1)
        return grid

    def _sliders(self) -> tuple[StopSlider, ...]:
        return self.size_, self.density, self.jitter

    def _name(self) -> None:
        for tool, name, words in (
            (Tool.DRAW, self.tr("Draw"), self.tr("Draw points with the brush.")),
            (Tool.ERASE, self.tr("Erase"), self.tr("Erase all points that the brush reaches.")),
            (
                Tool.CHOOSE,
                self.tr("Select and move"),
                self.tr(
                    "Drag points to move them; drag over the plane to select, with Shift to select more."
                ),
            ),
        ):
            self._describe(self.tools[tool], name, words)
        self._describe(self.more, self.tr("More"), self.tr("What else can be done to the points."))
        self.value.setAccessibleName(self.tr("Value"))
        self.value.setToolTip(tip(self.tr("The value of new points.")))
        self.more.setMenu(QMenu(self.more))
        self.more.menu().setAccessibleName(self.tr("Painting"))
        self.more.menu().aboutToShow.connect(self._fill)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _describe(self, button: QToolButton, name: str, words: str) -> None:
        button.setAutoRaise(True)
        button.setFixedSize(SIDE, SIDE)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(name)
        button.setToolTip(tip(name, words))

    # --- showing ----------------------------------------------------------------------------------------

    def _turn(self, on: bool) -> None:
        self.setVisible(on)
        if on:
            self._show()

    def _show(self) -> None:
        painting, brush = self.painting, self.painting.brush
        if not painting.on:
            return
        self.tools[painting.tool].setChecked(True)
        self._targets.setCurrentIndex(0 if painting.points.names else 1)
        self.value.show_number(painting.value)
        self.value_text.setText(decimals(painting.value))
        self.swatches.show_classes()
        texts = (decimals(brush.radius), str(brush.density), percent(brush.jitter))
        numbers = (brush.radius, brush.density, brush.jitter)
        for slider, number, text, words in zip(self._sliders(), numbers, texts, self._words(), strict=True):
            slider.show_number(number)
            slider.setToolTip(tip(f"{slider.accessibleName()}: {text}", words))

    def _words(self) -> tuple[str, ...]:
        return (
            self.tr("How far the brush reaches."),
            self.tr("How many points it puts down at once."),
            self.tr("How far they are scattered within its reach."),
        )

    def _show_icons(self) -> None:
        shown = current()
        for tool, button in self.tools.items():
            name = "eraser" if tool is Tool.ERASE else tool.value
            button.setIcon(icon(name, shown.text))
        self.more.setIcon(icon("more", shown.muted))
        self._show()

    # --- changing ---------------------------------------------------------------------------------------

    def _brush(self, **changes: object) -> None:
        self.painting.set(brush=replace(self.painting.brush, **changes))

    def _fill(self) -> None:
        menu.fill(self.more.menu(), self.painting, self.painting.draft.chosen)
