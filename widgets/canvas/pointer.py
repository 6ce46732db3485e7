"""The mouse on the canvas: what is under it, clicks, and which drag begins; each event is answered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, Qt

from widgets.canvas import gestures
from widgets.canvas.drags import Pan
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.state import Drag, Opening, Press, Reply, SpaceKey, Sweep, ViewState
from widgets.canvas.windows import spot_at

WHEEL_ZOOM = 1.0015
"""Zoom for one unit of the wheel, of which a notch has 120."""
BUTTONS = (Role.MINUS, Role.PLUS)


def pressed(state: ViewState, at: QPointF, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> Reply:
    """Begin a click, or to pan."""
    state = state.with_(by_keys=False, pointer=at)
    if state.drag is not None:
        return Reply(state)
    left, held = button == Qt.MouseButton.LeftButton, state.space_bar is not SpaceKey.UP
    if button == Qt.MouseButton.MiddleButton or (left and held):
        state = state.with_(space_bar=SpaceKey.PANNED if held else state.space_bar)
        return Reply(_begun(state, Pan(at, at, state.camera)))
    if not left:
        return Reply(state)
    extends = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    return Reply(state.with_(press=Press(at, state.target(at), extends)))


def moved(state: ViewState, at: QPointF, farthest: int) -> Reply:
    """Go on with what was begun, or hover; a press is a drag when it has come farther than told."""
    state = state.with_(pointer=at)
    message, press = "", state.press
    if state.drag is None and press is not None:
        if (at - press.at).manhattanLength() < farthest:
            return Reply(state)
        drag, message = gestures.drag_of(state, press)
        state = _begun(state, drag) if drag is not None else state.with_(press=None)
    if state.drag is not None:
        return Reply(state.drag.moved(state, at), message=message)
    target = state.target(at)
    if state.hovered.role in BUTTONS and target != state.hovered:
        state = state.settled()
        target = state.target(at)
    spot = spot_at(state, at) if state.sweep is Sweep.OFF else state.spot
    return Reply(state.with_(hovered=target, spot=spot), message=message)


def released(state: ViewState, at: QPointF, button: Qt.MouseButton) -> Reply:
    """End what was begun."""
    if state.drag is not None:
        return ended(state, finish=True)
    press, free = state.press, state.with_(press=None)
    if press is None or button != Qt.MouseButton.LeftButton or state.target(at) != press.target:
        return Reply(free if button == Qt.MouseButton.LeftButton else state)
    click = gestures.click_on(press.target)
    if click is None:
        return Reply(free)
    answer = click(state.with_(pointer=press.at), press.target)
    return replace(answer, state=answer.state.with_(press=None))


def double_clicked(
    state: ViewState, at: QPointF, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier
) -> Reply:
    """What a double click on the thing does, else take it as one more click."""
    target = state.target(at)
    action = gestures.double_click_on(target)
    return action(state, target) if action is not None else pressed(state, at, button, modifiers)


def ended(state: ViewState, finish: bool) -> Reply:
    """Finish the drag under way, or call it off."""
    drag, free = state.drag, state.with_(drag=None, press=None, preview=None, held=None)
    if drag is None:
        return Reply(free)
    return drag.finished(free) if finish else Reply(drag.cancelled(free))


def wheel_turned(state: ViewState, at: QPointF, turned: QPointF, control: bool) -> Reply:
    """Zoom with Ctrl, else scroll the layer under the pointer, else shift what is visible."""
    if control:
        return Reply(state.looking(state.camera.zoomed(WHEEL_ZOOM ** turned.y(), at)))
    card = state.card_under(at)
    if card is not None and card.hidden and turned.y():
        rows = -round(turned.y() / 120) or (-1 if turned.y() > 0 else 1)
        return Reply(state.scrolled(card.id, rows))
    return Reply(state.looking(state.camera.moved(turned / 2)))


def pinched(state: ViewState, at: QPointF, by: float) -> Reply:
    """Zoom as fingers on a touch pad spread."""
    return Reply(state.looking(state.camera.zoomed(1 + by, at)))


def menu_opened(state: ViewState, at: QPointF) -> Reply:
    """Open the menu of what is at a point."""
    target = state.target(at)
    return Reply(meaning(state, target).with_(pointer=at), opens=(Opening.MENU, target))


def meaning(state: ViewState, target: Target) -> ViewState:
    """With the layer selected that a menu is opened on, if it is not among those that are."""
    apart = target.on_card and target.layer_id not in state.selection
    return state.selecting((target.layer_id,)) if apart else state


def _begun(state: ViewState, drag: Drag) -> ViewState:
    return state.with_(hovered=NOTHING, spot=None, sweep=Sweep.OFF, drag=drag, press=None)
