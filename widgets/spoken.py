"""What screen readers say of sliders and charts, and what they are told as it happens.

A chart is a widget with a method `spoken`, its sentence.  Words are worked out when a reader asks for them,
and for nobody else: what trains is not held up by them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleValueInterface,
)
from PySide6.QtWidgets import QAccessibleWidget, QSlider, QWidget
from shiboken6 import Shiboken, isValid

Text = QAccessible.Text


def listening() -> bool:
    """Whether there is a screen reader, or anything else that is to be told."""
    return QAccessible.isActive()


def tell(event: QAccessibleEvent) -> None:
    """Tell it."""
    QAccessible.updateAccessibility(event)


def announce(widget: QWidget, words: str, urgent: bool = False) -> None:
    """Have a screen reader say something now, or once it is silent."""
    if words and listening():
        event = QAccessibleAnnouncementEvent(widget, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        tell(event)


class SpokenSlider(QSlider):
    """A slider that says where it stands in the words of a person, with their unit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.words: Callable[[], str] = lambda: str(self.value())
        """Where it stands."""
        install()

    def number(self, place: int) -> float:
        """What one of its places stands for."""
        return float(place)


class _Number(QAccessibleValueInterface):
    """The number at which a slider stands."""

    def __init__(self, slider: SpokenSlider) -> None:
        super().__init__()
        self._slider = slider

    def currentValue(self) -> float:
        return self._slider.number(self._slider.value())

    def setCurrentValue(self, value: float) -> None:
        slider = self._slider
        places = range(slider.minimum(), slider.maximum() + 1)
        slider.setValue(min(places, key=lambda place: abs(slider.number(place) - float(value))))

    def minimumValue(self) -> float:
        return self._slider.number(self._slider.minimum())

    def maximumValue(self) -> float:
        return self._slider.number(self._slider.maximum())

    def minimumStepSize(self) -> float:
        return abs(self._slider.number(self._slider.minimum() + 1) - self.minimumValue())


class _SliderInterface(QAccessibleWidget):
    """Words are heard as the value on Windows and macOS alone, so they are in the description too."""

    def __init__(self, slider: SpokenSlider) -> None:
        super().__init__(slider, QAccessible.Role.Slider)
        self._slider, self._number = slider, _Number(slider)

    def text(self, what: QAccessible.Text) -> str:
        if what == Text.Value:
            return self._slider.words()
        if what == Text.Description:
            return joined(self._slider.words(), super().text(what))
        return super().text(what)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:
        if kind == QAccessible.InterfaceType.ValueInterface and isValid(self._slider):
            return self._number
        if kind == QAccessible.InterfaceType.ActionInterface:
            return super().interface_cast(kind)
        return Shiboken.VoidPtr(0)  # Python's None would be a pointer to something else


class _ChartInterface(QAccessibleWidget):
    def __init__(self, chart: QWidget, spoken: Callable[[], str]) -> None:
        super().__init__(chart, QAccessible.Role.Chart)
        self._spoken = spoken

    def text(self, what: QAccessible.Text) -> str:
        words = super().text(what)
        return joined(self._spoken(), words) if what == Text.Description else words


def joined(*words: str) -> str:
    """Sentences one after the other."""
    return ". ".join(each.rstrip(". ") for each in dict.fromkeys(words) if each)


@cache
def install() -> None:
    """Have Qt ask here for what is said of sliders and charts."""
    QAccessible.installFactory(_make)


def _make(_class: str, thing: QObject) -> QAccessibleInterface | None:
    if isinstance(thing, SpokenSlider):
        return _SliderInterface(thing)
    spoken = getattr(type(thing), "spoken", None)
    return None if spoken is None else _ChartInterface(thing, partial(spoken, thing))
