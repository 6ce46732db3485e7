"""What Qt knows the targets of the canvas by, for screen readers: an object for each that was asked for.

Nothing is made while nobody asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import filterfalse
from math import isfinite

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from widgets.canvas import actions, outline, pointer, reading
from widgets.canvas.layout import Layout
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.state import Reply, ViewState


class Handle(QObject):
    """What Qt knows a target by, for as long as that is there."""

    def __init__(self, tree: Tree, target: Target) -> None:
        super().__init__(tree)
        self.tree, self.target = tree, target
        self.facets: dict[QAccessible.InterfaceType, object] = {}
        """What is behind its interface: its actions, and its number."""


class Tree(QObject):
    """The targets that were asked for, and what is below each."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.view = view
        self.handles: dict[Target, Handle] = {}
        self._gone: list[Handle] = []
        self.focus: Target | None = None
        """Where a screen reader was told that the keyboard is; None while it is elsewhere."""
        self._scene: Layout | None = None
        self._below: dict[Target, tuple[Target, ...]] = {}

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
            self._below[target] = outline.children(self.state, target)
        return self._below[target]

    def at(self, above: Target, x: int, y: int) -> QAccessibleInterface | None:
        """What is directly below a target, and has a point of the screen in it or below it."""
        if not isValid(self.view):
            return None
        local = self.view.mapFromGlobal(QPoint(x, y))
        if not self.view.rect().contains(local):
            return None
        found = outline.at(self.state, self.state.target(QPointF(local)))
        while found != NOTHING and outline.parent(found) != above:
            found = outline.parent(found)
        return None if found == NOTHING else self.interface(found)

    def holds(self, handle: Handle) -> bool:
        """Whether what a handle stands for is there."""
        return isValid(handle) and self.handles.get(handle.target) is handle

    def drop(self, targets: Sequence[Target]) -> None:
        """Let go of targets; Qt deletes their interfaces when nobody is in them any more."""
        dropped = [self.handles.pop(target) for target in targets]
        for handle in filterfalse(isValid, self._gone):
            handle.facets.clear()  # Python keeps the interface, but nobody uses it any more
        self._gone = [handle for handle in (*self._gone, *dropped) if isValid(handle)]
        for handle in dropped:
            handle.deleteLater()

    def has_focus(self, target: Target) -> bool:
        """Whether the keyboard is there."""
        return isValid(self.view) and self.view.hasFocus() and outline.focus(self.state) == target

    def rect(self, target: Target) -> QRect:
        """Where it is on the screen."""
        area = reading.rect(self.state, target).toAlignedRect()
        return area.translated(self.view.mapToGlobal(QPoint())) if isValid(self.view) else QRect()

    # --- what is done ---

    def deeds(self, target: Target) -> dict[str, reading.Deed]:
        """What can be done with a target: with one that is gone, nothing."""
        there = target == NOTHING or target in self.below(outline.parent(target))
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
        view.act(deed.do, target)
        view.take(Reply(self.state.settled()))

    def enter(self, target: Target, number: float) -> None:
        """Give a weight or a bias another value."""
        if isfinite(number) and abs(number) <= self.largest and isValid(self.view):
            source = target.source if target.role is Role.EDGE else -1
            self.view.take(Reply(self.state, weight=(target.layer_id, target.unit, source, number)))

    @property
    def largest(self) -> float:
        """The largest number that a weight can be."""
        return float(np.finfo(self.state.experiment.precision).max)
