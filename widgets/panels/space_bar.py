"""What maps are drawn over, where there is a choice: a plane of two columns, a line, or one sample."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.data import Column
from playground.data.spaces import LineOfColumn, OneSample, PlaneOfColumns, Space
from playground.fields import FieldDescription
from playground.training.snapshot import DataSnapshot
from widgets.forms import NumberControl
from widgets.forms.control import Combo
from widgets.icons import icon
from widgets.labels import label
from widgets.panels.fields import FieldRow
from widgets.panels.scroll import ScrollingColumn
from widgets.sentences import column_name, said, sentence
from widgets.theme import current, themes
from widgets.tips import tip

LABEL_WIDTH = 120
TALLEST = 320


class SpaceBar(QWidget):
    """Combo boxes for the space and its columns, or buttons that go from sample to sample.

    Signals:
        chosen: the space that is asked for.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._space: Space = PlaneOfColumns()
        self._data: DataSnapshot | None = None
        self.kind, self.across, self.up = Combo(), Combo(), Combo()
        self.held = QToolButton()
        self.side = Combo()
        self.number: NumberControl | None = None
        """Made for as many samples as there are."""
        self.before, self.after = QToolButton(), QToolButton()
        self._lay_out()
        self._name()
        self.kind.activated.connect(lambda place: self.chosen.emit(self.kind.itemData(place)()))
        self.across.activated.connect(lambda _: self._choose_columns())
        self.up.activated.connect(lambda _: self._choose_columns())
        self.held.clicked.connect(self._ask_for_held)
        self.side.activated.connect(lambda place: self._choose(side=self.side.itemData(place), index=0))
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        themes.changed.connect(self._recolour)
        self._recolour()

    def _lay_out(self) -> None:
        for side, title in (("test", self.tr("test")), ("train", self.tr("training"))):
            self.side.addItem(title, side)
        for combo in (self.kind, self.across, self.up):
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._columns, self._sample = QWidget(), QWidget()
        rows = QHBoxLayout(self._columns), QHBoxLayout(self._sample)
        for row in rows:
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
        rows[0].addWidget(self.across, 1)
        rows[0].addWidget(self.up, 1)
        rows[0].addWidget(self.held)
        for part in (self.before, self.after, self.side):
            rows[1].addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.kind)
        column.addWidget(self._columns)
        column.addWidget(self._sample)

    def _name(self) -> None:
        for widget, name, words in (
            (self.kind, self.tr("Map over"), self.tr("What maps and tiles are drawn over.")),
            (self.across, self.tr("Across"), self.tr("The column from left to right.")),
            (self.up, self.tr("Up"), self.tr("The column from bottom to top.")),
            (self.held, self.tr("Other columns"), self.tr("Where all other columns are held.")),
            (self.side, self.tr("Side"), self.tr("Samples that are learnt from, or those that test.")),
            (self.before, self.tr("Sample before"), self.tr("Show the sample before.")),
            (self.after, self.tr("Next sample"), self.tr("Show the next sample.")),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(tip(words))

    def _recolour(self) -> None:
        for button, name in ((self.held, "more"), (self.before, "left"), (self.after, "right")):
            button.setIcon(icon(name, current().muted))
            button.setIconSize(QSize(14, 14))

    # --- showing ------------------------------------------------------------------------------------

    def show_data(self, data: DataSnapshot, kinds: tuple[type[Space], ...]) -> None:
        """Show the space that the maps of these data are drawn over, and the other kinds that there are."""
        assert data.space is not None
        self._data, self._space = data, data.space
        if [self.kind.itemData(place) for place in range(self.kind.count())] != list(kinds):
            self.kind.clear()
            for kind in kinds:
                self.kind.addItem(said(kind), kind)
        self.kind.setCurrentIndex(kinds.index(type(self._space)))
        on_columns = isinstance(self._space, PlaneOfColumns | LineOfColumn)
        self._columns.setVisible(on_columns)
        self._sample.setVisible(isinstance(self._space, OneSample))
        if on_columns:
            self._show_columns(data)
        elif isinstance(self._space, OneSample) and data.chosen is not None:
            self._show_sample(data)

    def _show_columns(self, data: DataSnapshot) -> None:
        names = [column.name for column in data.columns]
        for combo, place in ((self.across, 0), (self.up, 1)):
            combo.setVisible(place < len(data.axes))
            if [combo.itemData(index) for index in range(combo.count())] != names:
                combo.clear()
                for name in names:
                    combo.addItem(column_name(name), name)
            if place < len(data.axes):
                combo.setCurrentIndex(names.index(data.axes[place].name))

    def _show_sample(self, data: DataSnapshot) -> None:
        assert data.chosen is not None
        self.side.setCurrentIndex(self.side.findData(data.chosen.side))
        count = data.sizes[data.chosen.side == "test"]
        if self.number is None or self.number.field.high != count:
            self._make_number(count)
        self.number.set_value(data.chosen.index + 1)

    def _make_number(self, count: int) -> None:
        """A slider through so many samples."""
        if self.number is not None:
            self.number.hide()
            self.number.deleteLater()
        words = self.tr("Which sample is shown; arrow keys over the picture go through them.")
        field = FieldDescription(
            "index", self.tr("Sample"), words, int, 1, low=1, high=count, slider=(1, count)
        )
        self.number = NumberControl(field)
        self.number.edited.connect(lambda number, *_: self._choose(index=number - 1))
        self._sample.layout().insertWidget(1, self.number, 1)

    # --- choosing -----------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go so many samples on, around the end; from a sample of one's own, to the first."""
        if self._data is None or self._data.chosen is None:
            return
        if not isinstance(self._space, OneSample):
            self.chosen.emit(OneSample())
        else:
            count = self._data.sizes[self._data.chosen.side == "test"]
            self._choose(index=(self._data.chosen.index + by) % count)

    def _choose(self, **changes: object) -> None:
        self._space = self._space.with_(**changes)
        self.chosen.emit(self._space)

    def _choose_columns(self) -> None:
        across, up = self.across.currentData(), self.up.currentData()
        if isinstance(self._space, LineOfColumn):
            self._choose(across=across)
            return
        if across == up and self._data is not None:  # the other one changes places with it
            across, up = (axis.name for axis in reversed(self._data.axes))
        self._choose(across=across, up=up)

    def _ask_for_held(self) -> None:
        if self._data is None:
            return
        held = dict(getattr(self._space, "held", ()))
        popup = HeldColumns(self._data, held, self)
        popup.changed.connect(lambda values: self._choose(held=tuple(values.items())))
        popup.open_below(self.held)


class HeldColumns(QFrame):
    """A small window with a slider for each column that is no axis.

    Signals:
        changed: where columns are held that do not stay at their median.
    """

    changed = Signal(dict)

    def __init__(self, data: DataSnapshot, held: Mapping[str, float], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "panel")
        self._held = dict(held)
        self.controls: dict[str, NumberControl] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        scroll = ScrollingColumn()
        outer.addWidget(scroll)
        scroll.column.addWidget(label(self.tr("Other columns"), "heading"))
        scroll.column.addWidget(label(self.tr("Held at their median unless you move them."), "muted"))
        axes = {axis.name for axis in data.axes}
        for column, middle in zip(data.columns, data.middles, strict=False):
            if column.name not in axes:
                scroll.column.addWidget(FieldRow(self._control(column, middle), LABEL_WIDTH))
        rows = scroll.column.sizeHint()
        self.resize(max(rows.width() + 30, 320), min(rows.height() + 20, TALLEST))

    def _control(self, column: Column, middle: float) -> NumberControl:
        low, high = column.range
        field = FieldDescription(
            column.name, sentence(column.title), "", float, middle, low=low, high=high, slider=(low, high)
        )
        control = self.controls[column.name] = NumberControl(field)
        control.set_value(self._held.get(column.name, middle))
        control.edited.connect(lambda value, *_: self._hold(column.name, control, value))
        return control

    def _hold(self, name: str, control: NumberControl, value: float) -> None:
        self._held[name] = value
        control.set_value(value)
        self.changed.emit(self._held)

    def open_below(self, button: QWidget) -> None:
        """Show it with its right edge below a button's."""
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 4))
        self.move(corner)
        self.show()
