"""What every control has in common: it shows the document's value and asks for another one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QMenu, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from playground.fields import FieldDescription
from widgets.forms.both_ways import Others, add_trials, pop_up, tries
from widgets.forms.dice import FieldDice, add_dice
from widgets.gesture import TRIAL
from widgets.tips import tip

MOST_LETTERS = 24
"""A box is content with room for so many letters of its title."""


class Control(QWidget):
    """Shows one field of a value and asks for it to be changed.

    A control never changes the value itself: it emits `edited`, and goes on showing what `set_value` last
    said.  Whoever answers `edited` calls `set_value` with the new value, or does not.
    """

    edited = Signal(object, int, str)
    """The value asked for, the gesture it belongs to, and words for the undo menu."""

    refused = Signal(str)
    """Why an entry cannot be, in a sentence; empty when that is over."""

    labelled = True
    """Whether a form writes the field's title beside the control."""

    def __init__(self, field: FieldDescription, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.inputs: tuple[QWidget, ...] = ()
        """What takes the keyboard focus, in order; the last one wears the mark of a refusal."""
        self.dice: FieldDice | None = None
        """What lets the field vary in a search, where a form has one."""
        self._value: Any = None
        self._problem = ""
        self.setToolTip(tip(field.help))

    @property
    def value(self) -> Any:
        """What it shows; None before it was given anything."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value; nothing is emitted."""
        if value is self._value or value == self._value:
            return
        self._value = value
        self.refuse("")
        self._show(value)

    def refuse(self, sentence: str) -> None:
        """Mark the entry as one that cannot be, and say why; an empty sentence takes the mark away."""
        if sentence == self._problem:
            return
        self._problem = sentence
        self.setToolTip(tip(sentence) or self._help())
        box = self.inputs[-1]
        box.setProperty("refused", bool(sentence))
        box.style().unpolish(box)
        box.style().polish(box)
        self.refused.emit(sentence)

    def others(self) -> Others:
        """Other values that may be tried beside the present one."""
        return ()

    def attempt(self, value: Any) -> None:
        """Ask for a value to be tried beside the present one, which stays."""
        self.edited.emit(value, TRIAL, self._change_text())
        self._settle()

    def add_trials(self, menu: QMenu) -> None:
        """Add what can be tried to a menu, where that is possible."""
        if self._value is not None and self.isEnabled() and tries(self):
            add_trials(menu, self.others(), self.attempt)

    def open_menu(self, at: QPoint) -> None:
        """Open the menu at a point of the screen, if there is anything in it."""
        menu = QMenu(self)
        self.add_trials(menu)
        add_dice(menu, self, self.field.name)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            pop_up(menu, at)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the dice."""
        super().enterEvent(event)
        if self.dice is not None:
            self.dice.approach()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu."""
        self.open_menu(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu by keys."""
        if event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            box = self.inputs[-1]
            self.open_menu(box.mapToGlobal(box.rect().bottomLeft()))
        else:
            super().keyPressEvent(event)

    def _show(self, value: Any) -> None:
        """Make the widgets look like the value, without emitting anything."""
        raise NotImplementedError

    def _help(self) -> str:
        """The tool tip while nothing is refused."""
        return tip(self.field.help)

    def _edit(self, value: Any, gesture: int, text: str = "") -> None:
        """Ask for a value, then show what came of it."""
        self.refuse("")
        self.edited.emit(value, gesture, text or self._change_text())
        self._settle()

    def _settle(self) -> None:
        if self._value is not None:
            self._show(self._value)

    def _change_text(self) -> str:
        title = self.field.title
        if title[1:2].islower() and title.split()[0][1:].islower():
            title = title[0].lower() + title[1:]
        return self.tr("Change {field}").format(field=title)

    def _use(self, *inputs: QWidget) -> None:
        """Take these inputs, and tell assistive technology what they are for."""
        self.inputs = inputs
        for widget in inputs:
            widget.setAccessibleName(self.field.title)
            widget.setAccessibleDescription(self.field.help)


class Combo(QComboBox):
    """A combo box that takes the wheel only with the focus.

    It has room for the title it shows; a very long one ends in an ellipsis, and the tool tip tells it.
    """

    opening = Signal()
    """Its list is about to be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.currentTextChanged.connect(self._title_changed)

    def minimumSizeHint(self) -> QSize:
        """As wide as the title, within reason."""
        metrics = self.fontMetrics()
        widths = [metrics.horizontalAdvance(self.itemText(index)) for index in range(self.count())]
        frame = self.sizeHint().width() - max(widths, default=0)
        title = metrics.horizontalAdvance(self.currentText())
        most = MOST_LETTERS * metrics.averageCharWidth()
        return QSize(min(title, most) + frame, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See whether the title fits."""
        super().resizeEvent(event)
        self._tell_what_is_cut()

    def showPopup(self) -> None:
        """Open the list."""
        self.opening.emit()
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the panel scroll past a box that is not in use."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to the control."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and as much of the title as fits."""
        option = self._option()
        option.currentText = self._fitting(option)
        with QStylePainter(self) as painter:
            painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option

    def _fitting(self, option: QStyleOptionComboBox) -> str:
        """As much of the title as there is room for."""
        box, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        width = self.style().subControlRect(box, option, part, self).width()
        return option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, width)

    def _title_changed(self) -> None:
        self.updateGeometry()
        self._tell_what_is_cut()

    def _tell_what_is_cut(self) -> None:
        cut = self._fitting(self._option()) != self.currentText()
        parent = self.parentWidget()
        self.setToolTip(tip(self.currentText(), parent.toolTip() if parent else "") if cut else "")
