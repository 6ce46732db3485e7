"""The keyboard on the canvas: everything that the mouse does, done by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

from widgets.canvas.gestures import Pan
from widgets.canvas.hit import Nothing
from widgets.canvas.value_editor import edit_name
from widgets.canvas.walk import Walk
from widgets.gesture import new_gesture

if TYPE_CHECKING:
    from widgets.canvas.view import NetworkView

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ZOOM_STEP = 1.2
OF_A_PIN = (Key.Key_Up, Key.Key_Down, Key.Key_Return, Key.Key_Enter)
"""Keys that act on the pinned neuron, whatever is selected."""


class Keys:
    """Turns key events of a view into commands."""

    def __init__(self, view: NetworkView) -> None:
        self._view = view
        self._gesture = -1
        self._walk = Walk(view)
        self._plain: dict[int, Callable[[], None]] = {
            Key.Key_Delete: lambda: view.commands.remove(view.selection),
            Key.Key_Backspace: lambda: view.commands.remove(view.selection),
            Key.Key_F2: lambda: edit_name(view, view.selection[0]),
            Key.Key_Plus: lambda: self._resize(1),
            Key.Key_Minus: lambda: self._resize(-1),
            Key.Key_Up: lambda: self._walk.neurons(-1),
            Key.Key_Down: lambda: self._walk.neurons(1),
            Key.Key_Return: self._walk.edit,
            Key.Key_Enter: self._walk.edit,
        }
        self._control: dict[int, Callable[[], None]] = {
            Key.Key_D: lambda: view.commands.duplicate(view.selection),
            Key.Key_C: lambda: view.commands.copy(view.selection),
            Key.Key_X: lambda: view.commands.cut(view.selection),
        }
        self._always: dict[tuple[int, bool], Callable[[], None]] = {
            (Key.Key_Left, False): lambda: self.walk(-1),
            (Key.Key_Right, False): lambda: self.walk(1),
            (Key.Key_Up, True): lambda: self._walk.weights(-1),
            (Key.Key_Down, True): lambda: self._walk.weights(1),
            (Key.Key_F, False): view.fit,
            (Key.Key_1, False): view.actual_size,
            (Key.Key_A, True): lambda: view.set_selection(card.id for card in view.scene.cards),
            (Key.Key_V, True): lambda: view.commands.paste(paste_position(view)),
            (Key.Key_Plus, True): lambda: view.zoom(ZOOM_STEP),
            (Key.Key_Equal, True): lambda: view.zoom(ZOOM_STEP),
            (Key.Key_Minus, True): lambda: view.zoom(1 / ZOOM_STEP),
            (Key.Key_0, True): view.fit,
        }

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is the canvas's, though a shortcut of the window may be on it."""
        if event.key() == Key.Key_Escape:
            return self._view.gesture is not None
        return event.key() == Key.Key_Space or self._action(event) is not None

    def pressed(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; False when it stands for nothing here."""
        view = self._view
        if event.key() == Key.Key_Escape:
            return self._escape()
        if event.key() == Key.Key_Space:
            if not event.isAutoRepeat():
                view.mouse.space_held, view.mouse.panned = True, False
            return True
        action = self._action(event)
        if action is None or view.gesture is not None:
            return action is not None
        if not event.isAutoRepeat():
            self._gesture = new_gesture()
        view.focus_by_keys = True
        action()
        return True

    def released(self, event: QKeyEvent) -> None:
        """Hand a space bar that did not pan on to the window, where it runs or pauses."""
        view = self._view
        if event.key() == Key.Key_Space and not event.isAutoRepeat() and view.mouse.space_held:
            view.mouse.space_held = False
            if not view.mouse.panned and not isinstance(view.gesture, Pan):
                press = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Space, event.modifiers(), " ")
                QCoreApplication.sendEvent(view.parentWidget() or view.window(), press)

    def tab(self, forward: bool) -> bool:
        """Go to the next layer; False when there is none."""
        return self.walk(1 if forward else -1)

    def walk(self, step: int) -> bool:
        """Select the layer beside the selected one; False at the end of the chain."""
        view = self._view
        layers = [card.id for card in view.scene.cards]
        if view.selection:
            edge = view.selection[-1] if step > 0 else view.selection[0]
            place = layers.index(edge) + step
        else:
            place = min(1, len(layers) - 1) if step > 0 else len(layers) - 1
        if not 0 <= place < len(layers):
            return False
        view.hover(Nothing())
        view.set_selection((layers[place],))
        return True

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        key, modifiers = event.key(), event.modifiers()
        control = bool(modifiers & CONTROL)
        selected = bool(self._view.selection)
        if modifiers & ALT:
            steps = {Key.Key_Left: -1, Key.Key_Right: 1}
            return (lambda: self._move(steps[key])) if key in steps and selected else None
        if key == Key.Key_Underscore:
            key = Key.Key_Minus
        if selected:
            found = (self._control if control else self._plain).get(key)
            if found is not None:
                return found
        if not control and key in OF_A_PIN and self._view.pinned:
            return self._plain[key]
        return self._always.get((key, control))

    def _escape(self) -> bool:
        view = self._view
        if view.gesture is not None:
            view.mouse.end(finish=False)
            return True
        if self._walk.back():
            return True
        if view.selection:
            view.set_selection(())
            return True
        return False

    def _resize(self, by: int) -> None:
        for layer_id in self._view.selection:
            self._view.commands.step(layer_id, by, self._gesture)

    def _move(self, by: int) -> None:
        card = self._view.scene.card(self._view.selection[0])
        if card is not None and card.layer is not None and card.position + by >= 0:
            self._view.commands.move(card.id, card.position + by)


def paste_position(view: NetworkView) -> int:
    """Behind the selection, or before the output."""
    card = view.scene.card(view.selection[-1]) if view.selection else None
    return len(view.commands.network.layers) if card is None else card.position + 1
