"""A walk by Tab and Shift+Tab over all that a mouse can use, which finds what keys alone do not reach."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QMargins, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QSplitterHandle,
    QTabBar,
    QTextEdit,
    QWidget,
)

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit,
    QPlainTextEdit, QTabBar, QTextEdit,
)  # fmt: skip
BY_OTHER_KEYS = (QScrollBar, QHeaderView, QMenu, QMenuBar, QSplitterHandle)
"""What Tab leads to in no program of Qt: scroll bars follow what scrolls, Alt and F10 are for menus."""
COMPOUND = (QAbstractSpinBox, QComboBox)
"""What has parts that are no controls to a person."""
MOUSE = ("mousePressEvent", "mouseReleaseEvent", "mouseDoubleClickEvent")
MOST_STEPS = 900
EDGE = 3
"""Pixels around a widget in which its focus may be shown."""
OVERLAP = 3
"""Pixels by which what lies beside another may reach into it."""

DONE_ELSEWHERE = {
    "FieldDice": "“Vary in search”, in the menu of the control beside it",
    "StageChips": "the slider below it, and ← and → anywhere on the tab",
    "SamplePlace": "the list of samples beside it",
    "ProbeBars": "the slider from layer to layer",
    "CommandPalette": "↑ and ↓ in the line, which keeps the keyboard",
}
"""What takes no focus of its own, and by which keys the same is done."""


class Walk:
    """What Tab leads to in a window or dialog, and back; `faults` says what is wrong with that."""

    def __init__(self, root: QWidget) -> None:
        self.root = root
        before = set(usable(root))
        self.there = _stops(root, Qt.Key.Key_Tab)
        self.back = _stops(root, Qt.Key.Key_Backtab, self.there[-1]) if self.there else []
        self.ways = self.there, self.back
        self.usable = [widget for widget in usable(root) if widget in before]

    def faults(self) -> list[str]:
        """What a person with keys alone would complain of, a sentence each."""
        there = self.there
        found = [f"{called(each)} is not reached" for each in self.usable if not self.reaches(each)]
        found += [f"Tab comes twice to {called(each)}" for each in set(there) if there.count(each) > 1]
        if len(steps := list(backwards([*there, *there[:1]]))) > 1:  # one is the way back to the first
            found += [f"Tab goes back from {called(a)} to {called(b)}" for a, b in steps if b is not there[0]]
        on, back = ([called(each) for each in dict.fromkeys(way) if each in self.usable] for way in self.ways)
        if back[::-1] != on:
            found.append(f"Shift+Tab goes another way: {on}, {back[::-1]}")
        return found

    def reaches(self, widget: QWidget) -> bool:
        """Whether Tab led to a widget, or to what stands for it, or the same is done elsewhere."""
        names = {kind.__name__ for each in (widget, widget.parentWidget()) for kind in type(each).__mro__}
        if names & DONE_ELSEWHERE.keys() or widget in self.there or widget.focusProxy() in self.there:
            return True
        group = widget.group() if isinstance(widget, QAbstractButton) else None
        if group is not None and group.exclusive() and any(each in self.there for each in group.buttons()):
            return True  # by arrows
        return any(part_of in self.there and _answers_keys(part_of) for part_of in above(widget))


def looks_focused(widget: QWidget) -> bool:
    """Whether a picture of a widget and its edges is another one when Tab led to it."""
    place, around = widget.parentWidget() or widget, QMargins(*[EDGE] * 4)
    region = widget.rect() if place is widget else widget.geometry().marginsAdded(around)
    pictures = []
    for focused in (False, True):
        widget.setFocus(Qt.FocusReason.TabFocusReason) if focused else widget.clearFocus()
        pictures.append(place.grab(region).toImage())
    return pictures[0] != pictures[1]


def above(widget: QWidget) -> Iterator[QWidget]:
    """What a widget lies in, up to the window."""
    while not widget.isWindow() and (widget := widget.parentWidget()) is not None:
        yield widget


def _answers_keys(widget: QWidget) -> bool:
    return any("keyPressEvent" in vars(kind) for kind in own_kinds(widget))


def own_kinds(widget: QWidget) -> list[type]:
    """The classes of a widget that are the program's."""
    return [kind for kind in type(widget).__mro__ if kind.__module__.startswith("widgets")]


def called(widget: QWidget) -> str:
    """How a fault calls a widget."""
    own = widget.text() if isinstance(widget, QAbstractButton | QLineEdit) else ""
    way = [type(each).__name__ for each in above(widget) if type(each) is not QWidget]
    return f"{'/'.join(reversed(way[:3]))}/{type(widget).__name__} “{widget.accessibleName() or own}”"


# --- what a mouse can use ---


def usable(root: QWidget) -> list[QWidget]:
    """The controls of Qt, and what answers the mouse in its own way, where it is seen or scrolled to."""
    return [each for each in root.findChildren(QWidget) if each.window() is root.window() and _usable(each)]


def _usable(widget: QWidget) -> bool:
    through = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    if through or not (widget.isVisible() and widget.isEnabled() and _in_sight(widget)):
        return False
    if isinstance(widget, BY_OTHER_KEYS) or isinstance(widget.parentWidget(), COMPOUND):
        return False
    if isinstance(widget, QLabel) and not own_kinds(widget):
        return "<a " in widget.text()
    own = any(name in vars(kind) for kind in own_kinds(widget) for name in MOUSE)
    return own or isinstance(widget, CONTROLS)


def _in_sight(widget: QWidget) -> bool:
    rect = widget.rect()
    for place in above(widget):
        if isinstance(place, QAbstractScrollArea):
            return True
        rect = QRect(widget.mapTo(place, QPoint()), widget.size()).intersected(place.rect())
        if rect.isEmpty():
            return False
    return True


# --- where Tab leads ---


def _stops(root: QWidget, key: Qt.Key, begin: QWidget | None = None) -> list[QWidget]:
    """What a key leads to until it comes to something a second time, which is the first when all is well."""
    if begin is not None:
        begin.setFocus(Qt.FocusReason.TabFocusReason)
    else:
        if (focused := root.window().focusWidget()) is not None:
            focused.clearFocus()
        QTest.keyClick(root, key)
    met: list[QWidget] = []
    for _ in range(MOST_STEPS):
        if (at := QApplication.focusWidget()) is None or at in met[:-1]:
            return met if at is None or at is met[0] else [*met, at]
        if at not in met:
            met.append(at)
        QTest.keyClick(at, key)
    return [*met, *met[-1:]] if len(met) > 1 else met


def backwards(met: list[QWidget]) -> Iterator[tuple[QWidget, QWidget]]:
    """Steps that go up without going right, or left in a row, within what holds both ends."""
    for one, other in pairwise(met):
        a, b = (_place(each) for each in _parting(one, other))
        if a.intersects(b):
            continue
        up = b.bottom() <= a.top() + OVERLAP and b.left() < a.right() - OVERLAP
        left = b.right() <= a.left() + OVERLAP and b.top() < a.bottom() - OVERLAP
        if up or left:
            yield one, other


def _parting(one: QWidget, other: QWidget) -> tuple[QWidget, QWidget]:
    """What holds one and what holds the other, in what holds both."""
    ways = [[*[*above(each)][::-1], each] for each in (one, other)]
    return next(((a, b) for a, b in zip(*ways, strict=False) if a is not b), (one, other))


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())
