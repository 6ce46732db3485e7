"""The canvas as Qt hands it to screen readers: an interface for each target that they ask for.

Qt owns the interfaces: each is made when it is asked for, stands for a `Handle`, and goes with that when its
target goes.  What Qt for Python does not let one do: an interface has actions and a number, but neither a
table nor a text with a cursor; the value in words is heard on Windows and macOS alone, so it is in the
description too; and Python keeps about a kilobyte of each interface that went.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleObject,
    QAccessibleValueInterface,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import Shiboken, isValid

from widgets.canvas import outline, reading
from widgets.canvas.handles import Handle, Tree
from widgets.canvas.manners import MANNERS
from widgets.canvas.parts import NOTHING, Target

NULL = Shiboken.VoidPtr(0)
"""What Qt takes for no pointer; Python's None and 0 would be pointers to something else, and fatal."""


class Doing:
    """What can be done with a target, in the words of Qt."""

    tree: Tree
    target: Target

    def actionNames(self) -> list[str]:
        """Names of Qt, and those of the menu."""
        return list(self.tree.deeds(self.target))

    def keyBindingsForAction(self, name: str) -> list[str]:
        """The key that does it, when the layer is selected."""
        deed = self.tree.deeds(self.target).get(name)
        return [deed.key] if deed and deed.key else []

    def doAction(self, name: str) -> None:
        """Do it."""
        self.tree.do(self.target, name)


class PartActions(Doing, QAccessibleActionInterface):
    """What can be done with a part."""

    def __init__(self, handle: Handle) -> None:
        super().__init__()
        self.tree, self.target = handle.tree, handle.target


class Number(QAccessibleValueInterface):
    """The number that a weight or a bias is."""

    def __init__(self, handle: Handle) -> None:
        super().__init__()
        self._handle = handle

    def currentValue(self) -> float | None:
        """The number; None where none is known."""
        return reading.number(self._handle.tree.state, self._handle.target)

    def setCurrentValue(self, value: float) -> None:
        """Take it as if it were typed."""
        self._handle.tree.enter(self._handle.target, float(value))

    def minimumValue(self) -> float:
        """The least number that a weight can be."""
        return -self._handle.tree.largest

    def maximumValue(self) -> float:
        """The largest number that a weight can be."""
        return self._handle.tree.largest

    def minimumStepSize(self) -> float:
        """How much the number is increased or decreased by at once; any can be typed."""
        return 0.1


class PartInterface(QAccessibleObject):
    """A target: a layer, a neuron, a weight, a button."""

    def __init__(self, handle: Handle) -> None:
        super().__init__(handle)
        self._handle, self._tree, self.target = handle, handle.tree, handle.target

    def isValid(self) -> bool:
        """Whether it is there."""
        return self._tree.holds(self._handle)

    def object(self) -> QObject | None:
        """Its handle."""
        return self._handle if isValid(self._handle) else None

    def parent(self) -> QAccessibleInterface | None:
        """What it is below."""
        return self._tree.interface(outline.parent(self.target))

    def childCount(self) -> int:
        """How much is below it."""
        return len(self._tree.below(self.target))

    def child(self, index: int) -> QAccessibleInterface | None:
        """What is below it."""
        below = self._tree.below(self.target)
        return self._tree.interface(below[index]) if 0 <= index < len(below) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which of those it is; −1 of others."""
        return _index(self._tree.below(self.target), child)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        """What is below it, at a point of the screen."""
        return self._tree.at(self.target, x, y)

    def focusChild(self) -> QAccessibleInterface | None:
        """None: the canvas says where the keyboard is."""
        return None

    def text(self, what: QAccessible.Text) -> str:
        """Name, value and description."""
        state, target = self._tree.state, self.target
        match what:
            case QAccessible.Text.Name:
                return reading.name(state, target)
            case QAccessible.Text.Value:
                return reading.value(state, target)
            case QAccessible.Text.Description:
                return reading.description(state, target)
        return ""

    def setText(self, what: QAccessible.Text, text: str) -> None:
        """Nothing is written this way."""

    def rect(self) -> QRect:
        """Where it is on the screen."""
        return self._tree.rect(self.target)

    def role(self) -> QAccessible.Role:
        """What it is taken for."""
        return MANNERS[self.target.role].read

    def state(self) -> QAccessible.State:
        """How it is."""
        result = reading.condition(self._tree.state, self.target)
        result.focused = self._tree.has_focus(self.target)
        result.invalid = not self.isValid()
        return result

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:
        """Its actions, and its number if it is one."""
        if kind == QAccessible.InterfaceType.ActionInterface:
            return self._facet(kind, PartActions)
        numeric = kind == QAccessible.InterfaceType.ValueInterface and self.target.role in reading.NUMBERS
        return self._facet(kind, Number) if numeric else NULL

    def _facet(self, kind: QAccessible.InterfaceType, make: Callable[[Handle], object]) -> object:
        facets = self._handle.facets
        if kind not in facets:
            facets[kind] = make(self._handle)
        return facets[kind]


class CanvasInterface(Doing, QAccessibleWidget):
    """The canvas: its cards, and whatever widget lies over it."""

    def __init__(self, view: QWidget, tree: Tree) -> None:
        super().__init__(view, MANNERS[NOTHING.role].read)
        self.tree, self.target = tree, NOTHING

    def isValid(self) -> bool:
        """Whether the canvas is there."""
        return isValid(self) and isValid(self.tree.view)

    def childCount(self) -> int:
        """How many cards there are, and widgets over them."""
        return len(self.tree.below(NOTHING)) + super().childCount()

    def child(self, index: int) -> QAccessibleInterface | None:
        """A card, or a widget."""
        cards = self.tree.below(NOTHING)
        if 0 <= index < len(cards):
            return self.tree.interface(cards[index])
        return super().child(index - len(cards)) if index >= 0 else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which of them it is; −1 of others."""
        cards = self.tree.below(NOTHING)
        found = _index(cards, child)
        if found >= 0 or isinstance(child, PartInterface):
            return found
        widget = super().indexOfChild(child)
        return widget if widget < 0 else widget + len(cards)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        """The widget at a point of the screen, or what is below it there."""
        if not self.isValid():
            return None
        over = self.tree.view.childAt(self.tree.view.mapFromGlobal(QPoint(x, y)))
        return QAccessible.queryAccessibleInterface(over) if over else self.tree.at(NOTHING, x, y)

    def focusChild(self) -> QAccessibleInterface | None:
        """What keys are at."""
        target = outline.focus(self.tree.state)
        if self.isValid() and self.tree.has_focus(target):
            return None if target == NOTHING else self.tree.interface(target)
        return super().focusChild()


def _index(targets: Sequence[Target], child: QAccessibleInterface | None) -> int:
    target = child.target if isinstance(child, PartInterface) else None
    return targets.index(target) if target in targets else -1
