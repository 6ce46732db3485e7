"""The keyboard on the canvas: everything that the mouse does, done by keys; each key is answered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from widgets.canvas import actions, gestures, pointer, sweeps
from widgets.canvas.drags import Pan
from widgets.canvas.parts import NOTHING
from widgets.canvas.state import Reply, SpaceKey, Sweep, ViewState
from widgets.gesture import new_gesture

Key = Qt.Key


def wants(state: ViewState, key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether a key is the canvas's, though a shortcut of the window may be on it."""
    if key == Key.Key_Escape:
        return state.drag is not None or state.sweep is not Sweep.OFF
    return key == Key.Key_Space or gestures.key_action(state, key, modifiers) is not None


def pressed(state: ViewState, key: int, modifiers: Qt.KeyboardModifier, repeated: bool) -> Reply:
    """Do what a key stands for."""
    if key == Key.Key_Space:
        return Reply(state if repeated else state.with_(space_bar=SpaceKey.HELD))
    if key == Key.Key_Escape and state.drag is not None:
        return pointer.ended(state, finish=False)
    plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if state.sweep is not Sweep.OFF and key in sweeps.KEYS and plain:
        return sweeps.KEYS[key](state.with_(by_keys=True), NOTHING)
    action = gestures.key_action(state, key, modifiers)
    if action is None or state.drag is not None:
        return Reply(state, taken=action is not None)
    if not repeated:
        state = state.with_(gesture=new_gesture())
    answer = action(state.with_(by_keys=True), gestures.key_target(state))
    return replace(answer, taken=answer.taken or key != Key.Key_Escape)


def released(state: ViewState, key: int, repeated: bool) -> Reply:
    """Hand a space bar that did not pan on to the window, where it runs or pauses."""
    if key != Key.Key_Space or repeated or state.space_bar is SpaceKey.UP:
        return Reply(state)
    hands_on = state.space_bar is SpaceKey.HELD and not isinstance(state.drag, Pan)
    return Reply(state.with_(space_bar=SpaceKey.UP), hands_on=hands_on)


def tab(state: ViewState, forward: bool) -> Reply:
    """Go to the next layer; not taken when there is none."""
    return actions.walk(1 if forward else -1)(state.with_(by_keys=True), NOTHING)
