"""A walk over all that can be seen in a window, which finds what is cut off, covered or out of reach."""

import re
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QStackedLayout,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QToolButton,
    QWidget,
)

from widgets.elided_label import ElidedLabel
from widgets.forms.typed_control import TextControl

LOOKED_AT = (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenuBar,
    QProgressBar,
    QTabBar,
)
UNBROKEN = re.compile(r"[\u2e80-\uffee]{1,2}|[^\s\u2e80-\uffee]+")
"""What no line is broken within: a word, or a Chinese sign with what may not begin a line behind it."""
CURSOR_ROOM = 4
"""Pixels that a line edit keeps free around its text."""


def faults(root: QWidget) -> list[str]:
    """What a person cannot read or reach, a sentence each."""
    found = []
    for widget in looked_at(root):
        for fault in (*_too_small(widget), *_out_of_sight(widget, root)):
            found.append(f"{_name(widget)} {fault}")
    return [*found, *_overlaps(root)]


def looked_at(root: QWidget) -> list[QWidget]:
    """The widgets that show something to read or to use, and the panels."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.window() is root.window()
        and not isinstance(widget, QScrollBar)
        and (isinstance(widget, LOOKED_AT) or widget.property("role") == "panel")
    ]


def _name(widget: QWidget) -> str:
    words = ""
    for ask in ("text", "currentText", "title", "accessibleName"):
        words = words or (getattr(widget, ask, str)() if callable(getattr(widget, ask, None)) else "")
    parent = widget.parentWidget()
    return f"{type(parent).__name__}/{type(widget).__name__} “{words}”"


# --- text --------------------------------------------------------------------------------------------------


def _too_small(widget: QWidget) -> Iterator[str]:
    match widget:
        case ElidedLabel():
            yield from _narrow(widget, widget.text(), widget.contentsRect().width())
        case QLabel():
            yield from _label(widget)
        case QPushButton() | QToolButton() | QCheckBox():
            yield from _smaller_than_asked(widget) if widget.text() else ()
        case QComboBox():
            yield from _combo(widget)
        case QLineEdit():
            yield from _line(widget)
        case QTabBar():
            for index in range(widget.count()):
                if widget.isTabVisible(index) and not widget.rect().contains(widget.tabRect(index)):
                    yield f"hides its tab “{widget.tabText(index)}”"
        case QMenuBar():
            for action in widget.actions():
                if not widget.rect().contains(widget.actionGeometry(action)):
                    yield f"hides its menu “{action.text()}”"


def _narrow(widget: QWidget, text: str, room: int) -> Iterator[str]:
    """One line of text in so many pixels; what is shortened must be told in full by the tool tip."""
    needed = widget.fontMetrics().horizontalAdvance(text)
    told = " ".join(text.split()) in " ".join(widget.toolTip().split())
    if needed > room and not told:
        yield f"has {room} of {needed} pixels for “{text}”"


def _label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    if not label.wordWrap():
        yield from _smaller_than_asked(label)
        return
    if label.heightForWidth(label.width()) > label.height():
        yield f"is {label.height()} high, its text {label.heightForWidth(label.width())}"
    if label.textFormat() != Qt.TextFormat.RichText:
        longest = max(UNBROKEN.findall(label.text()), key=label.fontMetrics().horizontalAdvance)
        yield from _narrow(label, longest, label.contentsRect().width())


def _smaller_than_asked(widget: QWidget) -> Iterator[str]:
    asked, given = widget.sizeHint(), widget.size()
    if asked.width() > given.width() or widget.fontMetrics().height() > given.height():
        yield f"is {given.width()}×{given.height()}, its text {asked.width()}×{asked.height()}"


def _combo(combo: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    box, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    yield from _narrow(
        combo, combo.currentText(), combo.style().subControlRect(box, option, part, combo).width()
    )
    if combo.height() < QFontMetrics(combo.font()).height():
        yield "is lower than its text"


def _line(line: QLineEdit) -> Iterator[str]:
    if isinstance(line.parentWidget(), TextControl):
        return  # text of any length, which the caret scrolls
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).width()
    margins = line.textMargins()
    room -= margins.left() + margins.right() + CURSOR_ROOM
    yield from _narrow(line, line.text() or line.placeholderText(), room)


# --- places ------------------------------------------------------------------------------------------------


def _out_of_sight(widget: QWidget, root: QWidget) -> Iterator[str]:
    """Parts beyond the edge of what holds the widget, unless that scrolls to them."""
    rect, place = widget.rect(), widget
    while place is not root:
        parent = place.parentWidget()
        rect = QRect(place.mapTo(parent, rect.topLeft()), rect.size())
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            rect = _scrolled_to(rect, parent.rect(), area)
        if not parent.rect().contains(rect):
            yield f"reaches past {type(parent).__name__}: {_numbers(rect)} in {_numbers(parent.rect())}"
            return
        place = parent


def _scrolled_to(rect: QRect, view: QRect, area: QAbstractScrollArea) -> QRect:
    """Where a rectangle is when one scrolls to it."""
    across, down = area.horizontalScrollBar(), area.verticalScrollBar()
    if across.isVisible():
        rect = QRect(view.left(), rect.top(), min(rect.width(), view.width()), rect.height())
    if down.isVisible():
        rect = QRect(rect.left(), view.top(), rect.width(), min(rect.height(), view.height()))
    return rect


def _overlaps(root: QWidget) -> Iterator[str]:
    """Widgets of one layout that cover each other."""
    families: dict[QWidget, list[QWidget]] = {}
    for widget in looked_at(root):
        parent = widget.parentWidget()
        if parent.layout() is not None and not isinstance(parent.layout(), QStackedLayout):
            families.setdefault(parent, []).append(widget)
    for family in families.values():
        for one, other in combinations(family, 2):
            shared = one.geometry().intersected(other.geometry())
            if not shared.isEmpty():
                yield f"{_name(one)} covers {_name(other)} by {_numbers(shared)}"


def _numbers(rect: QRect) -> str:
    return f"({rect.left()}, {rect.top()}, {rect.width()}×{rect.height()})"
