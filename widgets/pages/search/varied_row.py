"""One setting that varies: between which numbers, on which scale, or among which choices."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from playground.numbers.writing import setting as written
from playground.search.settings import Setting
from playground.search.variation import Plain, Variation, same
from playground.value import InvalidValue
from widgets import theme
from widgets.elided_label import ElidedLabel
from widgets.forms import Form
from widgets.forms.both_ways import pop_up
from widgets.forms.stops import slider_stops
from widgets.gesture import new_gesture
from widgets.icons import icon
from widgets.labels import link_button, show_text
from widgets.pages.search.range_slider import RangeSlider
from widgets.pages.search.wording import choice_title, setting_title
from widgets.sentences import sentence

MOST_NAMED = 3
MOST_WHOLE = 64
LABELS = 96
BOUNDS = ("low", "high", "logarithmic", "step")


class VariedRow(QWidget):
    """Its name, where it varies in words, and a slider with two ends; a click on the words shows all of it.

    Signals:
        edited: how it is to vary, the gesture, and words for the undo menu.
        removed: it is to vary no more.
    """

    edited = Signal(object, int, str)
    removed = Signal(str)

    def __init__(self, variation: Variation, setting: Setting | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path, self.setting = variation.path, setting
        self.variation = variation
        title = setting_title(variation.path, setting)
        self.title = ElidedLabel(title)
        self.title.setProperty("role", "heading")
        self.title.setToolTip(f"{title}\n{sentence(setting.help)}" if setting is not None else title)
        self.words = link_button("", self.tr("Type the bounds, or choose the scale."))
        self.remove = QToolButton()
        self.remove.setAutoRaise(True)
        self.remove.setIconSize(QSize(12, 12))
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.remove.setAccessibleName(self.tr("Vary {setting} no more").format(setting=title))
        self.remove.setToolTip(self.tr("Vary it no more."))
        self.remove.clicked.connect(lambda: self.removed.emit(self.path))
        self.words.clicked.connect(self._open)
        self.words.setAccessibleName(title)
        self.form: Form | None = None
        self.slider: RangeSlider | None = None
        self._lay_out(title)
        theme.themes.changed.connect(self._recolour)
        self._recolour()
        self.show_variation(variation)

    def _lay_out(self, title: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        head.addWidget(self.words)
        head.addWidget(self.remove)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.column.addLayout(head)
        stops = () if self.variation.choices else stops_of(self.setting, self.variation)
        if len(stops) > 1:
            self.slider = RangeSlider(stops)
            self.slider.setAccessibleName(title)
            self.slider.moved.connect(self._slide)
            self.column.addWidget(self.slider)

    def show_variation(self, variation: Variation) -> None:
        """Show how it varies."""
        self.variation = variation
        show_text(self.words, self._words())  # type: ignore[arg-type]
        self.words.setAccessibleDescription(self._words())
        if self.slider is not None:
            self.slider.show_ends(variation.low, variation.high)
        if self.form is not None:
            self.form.set_value(variation)

    def _words(self) -> str:
        each = self.variation
        if each.choices:
            names = [choice_title(choice, self.setting) for choice in each.choices]
            if len(names) <= MOST_NAMED:
                return ", ".join(names)
            return self.tr("{first} and {count} more").format(first=names[0], count=len(names) - 1)
        words = self.tr("{low} … {high} · log") if each.logarithmic else self.tr("{low} … {high}")
        return words.format(low=written(each.low), high=written(each.high))

    def _recolour(self) -> None:
        self.remove.setIcon(icon("close", theme.current().muted))

    # --- editing ----------------------------------------------------------------------------------------

    def _text(self) -> str:
        return self.tr("Change where {setting} varies").format(setting=self.title.text())

    def _slide(self, low: float, high: float, gesture: int) -> None:
        try:
            self.edited.emit(self.variation.with_(low=low, high=high), gesture, self._text())
        except InvalidValue:  # as an end at 0 on a log scale; the slider stays
            self.update()

    def _open(self) -> None:
        if self.variation.choices:
            pop_up(self._choices(), self.words.mapToGlobal(self.words.rect().bottomLeft()))
            return
        if self.form is None:
            self.form = Form(Variation, only=BOUNDS, label_width=LABELS, parent=self)
            self.form.edited.connect(lambda value, gesture, text: self.edited.emit(value, gesture, text))
            self.form.set_value(self.variation)
            self.column.addWidget(self.form)
        else:
            self.form.setVisible(self.form.isHidden())

    def _choices(self) -> QMenu:
        """All choices there are, those that are tried with a tick."""
        menu = QMenu(self)
        for choice in self._all_choices():
            action = menu.addAction(choice_title(choice, self.setting))
            action.setCheckable(True)
            action.setChecked(_has(self.variation.choices, choice))
            action.triggered.connect(lambda _checked=False, choice=choice: self._tick(choice))
        return menu

    def _all_choices(self) -> tuple[Plain, ...]:
        known = self.setting.choices if self.setting is not None else ()
        more = tuple(each for each in self.variation.choices if not _has(known, each))
        return (*known, *more)

    def _tick(self, choice: Plain) -> None:
        wanted = self.variation.choices
        on = not _has(wanted, choice)
        chosen = tuple(
            each for each in self._all_choices() if (on if same(each, choice) else _has(wanted, each))
        )
        if chosen:
            self.edited.emit(self.variation.with_(choices=chosen), new_gesture(), self._text())


def stops_of(setting: Setting | None, variation: Variation) -> tuple[float, ...]:
    """What the ends of a slider can stand on: what its field allows, and what is set."""
    field = None if setting is None else setting.field
    stops = () if field is None else slider_stops(field)
    low, high = (setting.usual.low, setting.usual.high) if setting is not None else (0.0, 0.0)
    if not stops and variation.whole and high - low <= MOST_WHOLE:
        stops = tuple(float(each) for each in range(round(low), round(high) + 1))
    lowest = 0.0 if variation.logarithmic else float("-inf")
    return tuple(
        sorted({each for each in (*stops, low, high, variation.low, variation.high) if each > lowest})
    )


def _has(choices: tuple[Plain, ...], choice: Plain) -> bool:
    return any(same(each, choice) for each in choices)
