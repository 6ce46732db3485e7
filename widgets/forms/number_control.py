"""The control of a number: a slider where the field has a range, and the value, which can be typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from playground.fields import FieldDescription, beyond
from playground.numbers.reading import Ambiguous, NotANumber, parse_number
from playground.numbers.writing import entry
from widgets import sentences
from widgets.forms.both_ways import Others, add_trials, multiples, tries
from widgets.forms.local import local_signs, sentence
from widgets.forms.stops import slider_stops
from widgets.forms.typed_control import TypedControl
from widgets.slider import StopSlider

VALUE_WIDTH = 54
LARGEST, SMALLEST = 3.4e38, 1.2e-38
"""What single precision can hold with all its digits; settings act in that too."""


class NumberControl(TypedControl):
    """A number, by slider or by typing."""

    def __init__(self, field: FieldDescription, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.slider: StopSlider | None = None
        if stops := slider_stops(field):
            self._add_slider(stops)

    def _add_slider(self, stops: tuple[float, ...]) -> None:
        self.slider = StopSlider(stops)
        self.slider.setMinimumWidth(48)
        self.slider.moved.connect(self._moved)
        self.slider.words = lambda: "" if self._value is None else self._write(self._value)
        self.line.setProperty("role", "value")
        self.line.setFixedWidth(VALUE_WIDTH)
        self.line.installEventFilter(self)
        self.line.setTextMargins(0, 0, -4, 0)  # flush with the right edge of the boxes above and below
        self.layout().setSpacing(8)
        self.layout().insertWidget(0, self.slider, 1)
        self._use(self.slider, self.line)

    def _show(self, value: float) -> None:
        super()._show(value)
        if self.slider is not None:
            self.slider.show_number(value)
            self._fit()

    def _fit(self) -> None:
        """Have room for the number as it is written."""
        if self.slider is not None:
            needed = self.line.fontMetrics().horizontalAdvance(self.line.text()) + 6
            self.line.setFixedWidth(max(VALUE_WIDTH, needed))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of text."""
        if watched is self.line and event.type() == QEvent.Type.FontChange:
            self._fit()
        return super().eventFilter(watched, event)

    def others(self) -> Others:
        """Multiples of the number."""
        return multiples(self._bounded, self._value, self._write)

    def add_trials(self, menu: QMenu) -> None:
        """Add multiples, and a number that is typed."""
        if self._value is not None and self.isEnabled() and tries(self):
            add_trials(menu, self.others(), self.attempt, self._attempt_typed)

    def _attempt_typed(self, text: str) -> None:
        try:
            self.attempt(self._read(text))
        except ValueError as error:
            self.refuse(str(error))

    def _moved(self, number: float, gesture: int) -> None:
        self.line.setModified(False)
        self._edit(number, gesture)

    def _write(self, value: float) -> str:
        text = entry(float(value) if self.field.type is float else value)
        return f"{text} {self.field.unit}" if self.field.unit else text

    def _read(self, text: str) -> float:
        try:
            number = parse_number(text, self.field.unit, local_signs())
        except NotANumber:
            raise ValueError(self._sentence(self.tr("must be a number"))) from None
        except Ambiguous as problem:
            raise ValueError(f"{self.field.title}: {sentence(problem)}") from None
        self._check(number)
        if self.field.type is int:
            if number != int(number):
                raise ValueError(self._sentence(self.tr("must be a whole number")))
            number = int(number)
        return number

    def _check(self, number: float) -> None:
        """Raise ValueError, with a sentence, for a number that the field cannot be."""
        if 0 < abs(number) < SMALLEST:
            words = self.tr("is too close to 0; the least is {bound}")
            raise ValueError(self._sentence(words.format(bound=entry(SMALLEST))))
        if (broken := beyond(self._bounded, number)) is not None:
            raise ValueError(self._sentence(sentences.sentence(broken)))

    @property
    def _bounded(self) -> FieldDescription:
        """The field, with the largest number that there is where it has no bound."""
        low, high = self.field.low, self.field.high
        ends = {"low": -LARGEST if low is None else low, "high": LARGEST if high is None else high}
        return replace(self.field, **ends)

    def _sentence(self, words: str) -> str:
        return f"{self.field.title} {words}"
