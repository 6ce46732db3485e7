"""The canvas as Qt hands it to screen readers: an object and an interface for each target they ask for.

Qt owns the interfaces: each is made when it is asked for, stands for a `Handle`, and goes with that when its
target goes.  Nothing is made while nobody asks.  What Qt for Python does not let one do: an interface has
actions and a number, but neither a table nor a text with a cursor; the value in words is heard on Windows
and macOS alone, so it is in the description too; and each interface that goes leaves a few hundred bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import isfinite

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleObject,
    QAccessibleValueInterface,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import Shiboken, isValid

from widgets.canvas import actions, pointer, reading
from widgets.canvas.layout import Layout
from widgets.canvas.manners import MANNERS
from widgets.canvas.menus import pop_up
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.state import Reply, ViewState

NULL = Shiboken.VoidPtr(0)
"""What Qt takes for no pointer; Python's None and 0 would be pointers to something else, and fatal."""


class Handle(QObject):
    """What Qt knows a target by, for as long as that is there."""

    def __init__(self, tree: Tree, target: Target) -> None:
        super().__init__(tree)
        self.tree, self.target = tree, target


class Tree(QObject):
    """The targets that were asked for, and what is below each."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.view = view
        self.handles: dict[Target, Handle] = {}
        self.focus: Target | None = None
        """Where a screen reader was told that the keyboard is; None while it is elsewhere."""
        self._scene: Layout | None = None
        self._below: dict[Target, tuple[Target, ...]] = {}
        _install()

    @property
    def state(self) -> ViewState:
        """The state of the canvas."""
        return self.view.state

    # --- the tree ---

    def object(self, target: Target) -> QObject | None:
        """What Qt knows a target by; None of one whose card is gone."""
        if target == NOTHING:
            return self.view
        if target not in self.handles:
            if self.state.scene.card(target.layer_id) is None or not isValid(self):
                return None
            self.handles[target] = Handle(self, target)
        return self.handles[target]

    def interface(self, target: Target) -> QAccessibleInterface | None:
        """The interface of a target; None of one that is gone."""
        found = self.object(target)
        return QAccessible.queryAccessibleInterface(found) if found is not None and isValid(found) else None

    def below(self, target: Target) -> tuple[Target, ...]:
        """What is below a target, worked out once for each layout."""
        if self._scene is not self.state.scene:
            self._scene, self._below = self.state.scene, {}
        if target not in self._below:
            self._below[target] = reading.children(self.state, target)
        return self._below[target]

    def at(self, above: Target, x: int, y: int) -> QAccessibleInterface | None:
        """What is directly below a target, and has a point of the screen in it or below it."""
        if not isValid(self.view):
            return None
        local = self.view.mapFromGlobal(QPoint(x, y))
        if not self.view.rect().contains(local):
            return None
        found = reading.at(self.state, self.state.target(QPointF(local)))
        while found != NOTHING and reading.parent(found) != above:
            found = reading.parent(found)
        return None if found == NOTHING else self.interface(found)

    def holds(self, handle: Handle) -> bool:
        """Whether what a handle stands for is there."""
        return isValid(handle) and self.handles.get(handle.target) is handle

    def drop(self, targets: Sequence[Target]) -> None:
        """Let go of targets; Qt deletes their interfaces when nobody is in them any more."""
        for target in targets:
            self.handles.pop(target).deleteLater()

    def has_focus(self, target: Target) -> bool:
        """Whether the keyboard is there."""
        return isValid(self.view) and self.view.hasFocus() and reading.focus(self.state) == target

    def rect(self, target: Target) -> QRect:
        """Where it is on the screen."""
        area = reading.rect(self.state, target).toAlignedRect()
        return area.translated(self.view.mapToGlobal(QPoint())) if isValid(self.view) else QRect()

    # --- what is done ---

    def deeds(self, target: Target) -> dict[str, reading.Deed]:
        """What can be done with a target: with one that is gone, nothing."""
        there = target == NOTHING or target in self.below(reading.parent(target))
        return reading.deeds(self.state, target) if there else {}

    def do(self, target: Target, name: str) -> None:
        """Do what a name says, as a person would with mouse or keys; nothing in the middle of a drag."""
        deed = self.deeds(target).get(name)
        if deed is None or self.state.drag is not None or not isValid(self.view):
            return
        view = self.view
        if name == QAccessibleActionInterface.setFocusAction():
            view.setFocus(Qt.FocusReason.TabFocusReason)
        view.take(Reply(actions.in_sight(self.state, target)))
        at = self.state.point_of(target)
        state = self.state.with_(pointer=at, hovered=target, by_keys=True)
        view.take(Reply(pointer.meaning(state, target) if deed.of_menu else state))
        if deed.do is not None:
            view.act(deed.do, target)
            view.take(Reply(self.state.settled()))
        else:
            pop_up(view.menu(target), view.mapToGlobal(at.toPoint()), view.document.changed)

    def enter(self, target: Target, number: float) -> None:
        """Give a weight or a bias another value."""
        if isfinite(number) and abs(number) <= self.largest and isValid(self.view):
            source = target.source if target.role is Role.EDGE else -1
            self.view.take(Reply(self.state, weight=(target.layer_id, target.unit, source, number)))

    @property
    def largest(self) -> float:
        """The largest number that a weight can be."""
        return float(np.finfo(self.state.experiment.precision).max)


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
        self._actions = PartActions(handle)
        self._number = Number(handle)

    def isValid(self) -> bool:
        """Whether it is there."""
        return self._tree.holds(self._handle)

    def object(self) -> QObject | None:
        """Its handle."""
        return self._handle if isValid(self._handle) else None

    def parent(self) -> QAccessibleInterface | None:
        """What it is below."""
        return self._tree.interface(reading.parent(self.target))

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
            return self._actions
        numeric = kind == QAccessible.InterfaceType.ValueInterface and self.target.role in reading.NUMBERS
        return self._number if numeric else NULL


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
        target = reading.focus(self.tree.state)
        if self.isValid() and self.tree.has_focus(target):
            return None if target == NOTHING else self.tree.interface(target)
        return super().focusChild()


def _index(targets: Sequence[Target], child: QAccessibleInterface | None) -> int:
    target = child.target if isinstance(child, PartInterface) else None
    return targets.index(target) if target in targets else -1


def _make(_class: str, thing: QObject) -> QAccessibleInterface | None:
    """The interface of a handle, or of a canvas; None of everything else, which Qt knows itself."""
    if isinstance(thing, Handle):
        return PartInterface(thing)
    tree = getattr(thing, "tree", None)
    return CanvasInterface(thing, tree) if isinstance(tree, Tree) and tree.view is thing else None


@cache
def _install() -> None:
    QAccessible.installFactory(_make)
