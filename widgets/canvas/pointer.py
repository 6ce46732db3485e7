"""The mouse on the canvas: what is under it, clicks, and which drag begins which gesture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from playground.engine.graph import INPUT
from widgets.canvas.gestures import ConnectSkip, DragLayer, Gesture, Pan, ResizeLayer, RubberBand
from widgets.canvas.hit import (
    ActivationLabel,
    Bias,
    Button,
    Edge,
    FitLink,
    LowerEdge,
    Neuron,
    Nothing,
    OnCard,
    Port,
    Snowflake,
    Target,
    target_at,
)
from widgets.canvas.menus import activation_menu, pop_up
from widgets.canvas.value_editor import edit_name, edit_value

if TYPE_CHECKING:
    from widgets.canvas.view import NetworkView

Shape = Qt.CursorShape

WHEEL_ZOOM = 1.0015
"""Zoom for one unit of the wheel, of which a notch has 120."""

_CURSORS: dict[type[Target], Shape] = {
    Button: Shape.PointingHandCursor,
    ActivationLabel: Shape.PointingHandCursor,
    FitLink: Shape.PointingHandCursor,
    Edge: Shape.PointingHandCursor,
    Bias: Shape.PointingHandCursor,
    LowerEdge: Shape.SizeVerCursor,
    Port: Shape.CrossCursor,
}


class Pointer:
    """Turns mouse events of a view into clicks and gestures."""

    def __init__(self, view: NetworkView) -> None:
        self._view = view
        self._pressed: tuple[QPointF, Target, Qt.KeyboardModifier] | None = None
        self.space_held = False
        self.panned = False
        """Whether the space bar, held, was used to pan."""

    def target(self, at: QPointF) -> Target:
        """What is at a point of the view."""
        camera = self._view.camera
        return target_at(self._view.scene, camera.to_world(at), camera.zoom)

    # --- buttons ---

    def pressed(self, event: QMouseEvent) -> None:
        """Begin a click, or to pan."""
        view, at = self._view, event.position()
        view.focus_by_keys = False
        if view.gesture is not None:
            return
        left = event.button() == Qt.MouseButton.LeftButton
        if event.button() == Qt.MouseButton.MiddleButton or (left and self.space_held):
            self.panned = True
            self._begin(Pan(view, at))
        elif left:
            self._pressed = (at, self.target(at), event.modifiers())

    def moved(self, event: QMouseEvent) -> None:
        """Go on with what was begun, or hover."""
        view, at = self._view, event.position()
        view.pointer = at
        if view.gesture is None and self._pressed is not None:
            start, target, modifiers = self._pressed
            if (at - start).manhattanLength() < QApplication.startDragDistance():
                return
            self._pressed = None
            self._begin(self._gesture(start, target, modifiers))
        if view.gesture is not None:
            view.gesture.move(at)
            return
        target = self.target(at)
        if isinstance(view.hovered, Button) and target != view.hovered:
            view.settle()
            target = self.target(at)
        view.hover(target)
        view.setCursor(_CURSORS.get(type(target), Shape.ArrowCursor))
        if isinstance(target, Edge):
            view.update()  # its card follows the pointer

    def released(self, event: QMouseEvent) -> None:
        """End what was begun."""
        view = self._view
        if view.gesture is not None:
            self.end(finish=True)
        elif self._pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            start, target, modifiers = self._pressed
            self._pressed = None
            if self.target(event.position()) == target:
                self._clicked(target, start, modifiers)

    def double_clicked(self, event: QMouseEvent) -> None:
        """Rename on the title, else take it as one more click."""
        target = self.target(event.position())
        if type(target) is OnCard and target.layer_id != INPUT:
            edit_name(self._view, target.layer_id)
        else:
            self.pressed(event)

    def end(self, finish: bool) -> None:
        """Finish the gesture under way, or call it off."""
        view, gesture = self._view, self._view.gesture
        view.gesture = None
        self._pressed = None
        if gesture is not None:
            gesture.finish() if finish else gesture.cancel()
            view.refresh()
        view.setCursor(Shape.ArrowCursor)
        view.update()

    def _begin(self, gesture: Gesture | None) -> None:
        if gesture is not None:
            self._view.hover(Nothing())
            self._view.gesture = gesture
            self._view.setCursor(gesture.cursor)

    def _gesture(self, start: QPointF, target: Target, modifiers: Qt.KeyboardModifier) -> Gesture | None:
        """What a drag from a target does."""
        view = self._view
        card = view.scene.card(target.layer_id) if isinstance(target, OnCard) else self._card_under(start)
        if card is None or (card.id == INPUT and not isinstance(target, Port)):
            return RubberBand(view, start, bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        if isinstance(target, Port):
            return ConnectSkip(view, start, card)
        if isinstance(target, LowerEdge):
            return ResizeLayer(view, start, card)
        if card.position == len(view.commands.network.layers) - 1:
            view.message.emit(view.tr("The output stays the last layer."))
            return None
        return DragLayer(view, start, card)

    def _card_under(self, at: QPointF):
        world = self._view.camera.to_world(at)
        return next((card for card in self._view.scene.cards if card.rect.contains(world)), None)

    def _clicked(self, target: Target, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        view = self._view
        match target:
            case Button(layer_id, step):
                self._step(layer_id, step)
            case FitLink():
                view.commands.fit_output()
            case Edge(layer_id, unit, source):
                edit_value(view, layer_id, unit, source, at)
            case Bias(layer_id, unit):
                self._select(layer_id, modifiers)
                edit_value(view, layer_id, unit, -1, at)
            case Neuron(layer_id, unit):
                self._select(layer_id, modifiers)
                view.pin(None if view.pinned == (layer_id, unit) else (layer_id, unit))
            case ActivationLabel(layer_id):
                self._select(layer_id, modifiers)
                if (menu := activation_menu(view, layer_id)) is not None:
                    pop_up(menu, view, view.mapToGlobal(at.toPoint()))
            case OnCard(layer_id):
                self._select(layer_id, modifiers)
            case Nothing():
                view.set_selection(())
                view.pin(None)

    def _step(self, layer_id: str, step: int) -> None:
        """One neuron more or fewer; the button stays under the pointer for as long as that is on it."""
        view = self._view
        before = self._button(layer_id, step)
        view.commands.step(layer_id, step)
        view.shift(before - self._button(layer_id, step))
        view.hover(Button(layer_id, step))

    def _button(self, layer_id: str, step: int) -> QPointF:
        card = self._view.scene.card(layer_id)
        rect = (card.plus if step > 0 else card.minus) if card else None
        return self._view.camera.to_screen(rect.center()) if rect else QPointF()

    def _select(self, layer_id: str, modifiers: Qt.KeyboardModifier) -> None:
        view = self._view
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            view.set_selection(set(view.selection) ^ {layer_id})
        else:
            view.set_selection((layer_id,))

    # --- wheel, pinch, tool tips, menu ---

    def wheel_turned(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll the layer under the pointer, else shift what is visible."""
        view, turned = self._view, event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.zoom(WHEEL_ZOOM ** turned.y(), event.position())
            return
        card = self._card_under(event.position())
        rows = -round(turned.y() / 120) or (-1 if turned.y() > 0 else 1)
        if card is None or not turned.y() or not view.scroll(card.id, rows):
            view.look(view.camera.moved(QPointF(turned) / 2))

    def pinched(self, event: QNativeGestureEvent) -> bool:
        """Zoom as fingers on a touch pad spread."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._view.zoom(1 + event.value(), event.position())
        return True

    def show_tool_tip(self, event: QHelpEvent) -> None:
        """Say what a small thing does."""
        view = self._view
        target = self.target(QPointF(event.pos()))
        texts = {
            Button: view.tr("One neuron more (+)")
            if isinstance(target, Button) and target.step > 0
            else view.tr("One neuron fewer (−)"),
            ActivationLabel: view.tr("Choose the activation"),
            LowerEdge: view.tr("Drag for more or fewer neurons"),
            Port: view.tr("Drag to a later layer for a skip connection"),
            FitLink: view.tr("Make the output suit the loss"),
            Snowflake: view.tr("Frozen: training leaves its parameters as they are"),
        }
        text = texts.get(type(target), "")
        QToolTip.showText(event.globalPos(), text, view)

    def target_for_menu(self, event: QContextMenuEvent, by_keys: bool) -> Target:
        """What the context menu is about; a layer that is not selected is selected first."""
        view = self._view
        if by_keys and isinstance(view.hovered, (Edge, Neuron, Bias)):
            return view.hovered
        if by_keys:
            return OnCard(view.selection[0]) if view.selection else Nothing()
        target = self.target(QPointF(event.pos()))
        if isinstance(target, OnCard) and target.layer_id not in view.selection:
            view.set_selection((target.layer_id,))
        return target
