"""The one table of what a key or the mouse does to what on the canvas.

Clicks, drags, keys, menus, the sheet of shortcuts and what a screen reader can do are read from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QT_TRANSLATE_NOOP, QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from playground.engine.graph import INPUT
from playground.record import record
from widgets.canvas import actions, conditions, sweeps
from widgets.canvas.cards import Card
from widgets.canvas.conditions import Condition, always
from widgets.canvas.drags import ConnectSkip, DragLayer, ResizeLayer, RubberBand
from widgets.canvas.manners import words
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.state import Action, Drag, Press, ViewState

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

ALL = tuple(Role)
LAYER = tuple(role for role in Role if role not in (Role.CANVAS, Role.EDGE, Role.SKIP))
SURFACE = (Role.CARD, Role.NAME, Role.SUMMARY, Role.MORE, Role.BAR)
NEURON = (Role.TILE, Role.PIECES, Role.KERNEL)
NEURON_OR_BIAS = (*NEURON, Role.BIAS)
SELECTED = (Role.CARD,)
SELECTED_OR_PINNED = (Role.CARD, Role.TILE)
"""What keys act on: see `key_target`."""


@record
class Entry:
    """How a gesture stands in the menu of some roles: in which group, between lines, and when."""

    text: str
    icon: str
    group: int
    to: tuple[Role, ...]
    shown: Condition = always
    enabled: Condition = always
    basic: bool = False
    """Whether it stands before the beginner too, and not in a menu of its own."""


@record
class Gesture:
    """One thing that can be done, and how: by a click on some roles, a double click, keys, or a menu.

    Keys do it to what is selected or pinned, if that has one of the roles in `on`.  `sheet` is its line on
    the sheet of shortcuts, keys and sentence, where no action of the window is on the keys.
    """

    do: Action
    click: tuple[Role, ...] = ()
    double_click: tuple[Role, ...] = ()
    keys: tuple[str, ...] = ()
    on: tuple[Role, ...] = ALL
    menu: Entry | None = None
    sheet: tuple[str, str] | None = None


GESTURES = (
    # a click on something small
    Gesture(actions.press_step(-1), click=(Role.MINUS,)),
    Gesture(actions.press_step(1), click=(Role.PLUS,)),
    Gesture(actions.select_and_type, click=(Role.BIAS,)),
    Gesture(actions.select_and_pin, click=NEURON),
    Gesture(actions.choose_activation, click=(Role.ACTIVATION,)),
    Gesture(actions.ask_after, click=(Role.LAMP,)),
    Gesture(actions.let_go, click=(Role.CANVAS,)),
    # from layer to layer, neuron to neuron, weight to weight
    Gesture(
        actions.walk(-1), keys=("Left",),
        sheet=("← →, Tab", QT_TRANSLATE_NOOP("CanvasGestures", "Select the layer beside.")),
    ),
    Gesture(actions.walk(1), keys=("Right",)),
    Gesture(
        actions.neuron_beside(-1), keys=("Up",), on=SELECTED_OR_PINNED,
        sheet=("↑ ↓", QT_TRANSLATE_NOOP(
            "CanvasGestures", "Pin the neuron above or below to the output map."
        )),
    ),
    Gesture(actions.neuron_beside(1), keys=("Down",), on=SELECTED_OR_PINNED),
    Gesture(
        actions.weight_beside(-1), keys=("Ctrl+Up",),
        sheet=("Ctrl+↑ ↓", QT_TRANSLATE_NOOP(
            "CanvasGestures", "Go through the weights into the pinned neuron, one by one, and its bias."
        )),
    ),
    Gesture(actions.weight_beside(1), keys=("Ctrl+Down",)),
    Gesture(
        actions.move_selected(-1), keys=("Alt+Left",), on=SELECTED,
        sheet=("Alt+← →", QT_TRANSLATE_NOOP("CanvasGestures", "Move the selected layer.")),
    ),
    Gesture(actions.move_selected(1), keys=("Alt+Right",), on=SELECTED),
    # what is looked at
    Gesture(
        actions.resize(1), keys=("+",), on=SELECTED,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "One neuron more"), "plus", 2, LAYER,
            conditions.has(Role.PLUS), basic=True,
        ),
        sheet=("+ −", QT_TRANSLATE_NOOP("CanvasGestures", "One neuron more or fewer.")),
    ),
    Gesture(
        actions.resize(-1), keys=("-", "_"), on=SELECTED,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "One neuron fewer"), "minus", 2, LAYER,
            conditions.has(Role.MINUS), basic=True,
        ),
    ),
    Gesture(
        actions.type_looked_at, keys=("Return", "Enter"), on=SELECTED_OR_PINNED,
        sheet=("Enter", QT_TRANSLATE_NOOP(
            "CanvasGestures", "Type the weight that is shown, or the bias of the pinned neuron."
        )),
    ),
    Gesture(
        actions.back, keys=("Escape",),
        sheet=("Esc", QT_TRANSLATE_NOOP(
            "CanvasGestures", "Call a drag off; go back from a weight; let go of the neuron; select nothing."
        )),
    ),
    Gesture(
        actions.open_menu_there, keys=("Shift+F10",),
        sheet=("Menu, Shift+F10", QT_TRANSLATE_NOOP(
            "CanvasGestures", "Open the menu of what keys are at, or of the selected layer."
        )),
    ),
    Gesture(
        sweeps.slide, keys=("W",), on=SELECTED_OR_PINNED,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Slide the window"), "run", 1, NEURON, sweeps.can_slide
        ),
        sheet=("W", QT_TRANSLATE_NOOP(
            "CanvasGestures", "Slide the window over a map, or hold it; arrows move it, Esc ends."
        )),
    ),
    # weights, connections and neurons
    Gesture(
        actions.type_value, click=(Role.EDGE,),
        menu=Entry(QT_TRANSLATE_NOOP("CanvasGestures", "Edit weight…"), "edit", 1, (Role.EDGE,), basic=True),
    ),
    Gesture(
        actions.cut_weight,
        menu=Entry(QT_TRANSLATE_NOOP("CanvasGestures", "Cut (weight 0)"), "cut", 1, (Role.EDGE,)),
    ),
    Gesture(
        actions.disconnect,
        menu=Entry(QT_TRANSLATE_NOOP("CanvasGestures", "Remove connection"), "delete", 1, (Role.SKIP,)),
    ),
    Gesture(
        actions.toggle_pin,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Pin to output"), "pin", 1, NEURON_OR_BIAS,
            conditions.not_pinned, basic=True,
        ),
    ),
    Gesture(
        actions.toggle_pin,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Unpin from output"), "pin", 1, NEURON_OR_BIAS,
            conditions.pinned, basic=True,
        ),
    ),
    Gesture(
        actions.type_bias,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Edit bias…"), "edit", 1, NEURON_OR_BIAS,
            conditions.of_a_layer,
        ),
    ),
    # layers
    Gesture(
        actions.unroll, click=(Role.UNROLL,), keys=("U",), on=SELECTED,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Unroll over time"), "unroll", 2, LAYER,
            conditions.unrolled(False),
        ),
        sheet=("U", QT_TRANSLATE_NOOP(
            "CanvasGestures", "Unroll the selected recurrent layer over time, or fold it."
        )),
    ),
    Gesture(
        actions.unroll,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Fold again"), "fold", 2, LAYER, conditions.unrolled(True)
        ),
    ),
    Gesture(
        actions.fit_output, click=(Role.FIT,),
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Fit the output"), "good", 2, LAYER, conditions.has(Role.FIT),
            basic=True,
        ),
    ),
    Gesture(
        actions.freeze,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Freeze weights"), "freeze", 3, LAYER,
            conditions.frozen(False),
        ),
    ),
    Gesture(
        actions.freeze,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Unfreeze weights"), "freeze", 3, LAYER,
            conditions.frozen(True),
        ),
    ),
    Gesture(
        actions.add_residual,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Residual block behind it"), "plus", 4, LAYER,
            conditions.gives_pictures,
        ),
    ),
    Gesture(
        actions.rename, double_click=SURFACE, keys=("F2",), on=SELECTED,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Rename"), "rename", 5, LAYER, conditions.of_a_layer
        ),
    ),
    Gesture(
        actions.duplicate, keys=("Ctrl+D",), on=SELECTED,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Duplicate"), "duplicate", 5, LAYER, conditions.of_a_layer
        ),
    ),
    Gesture(
        actions.cut, keys=("Ctrl+X",), on=SELECTED,
        menu=Entry(QT_TRANSLATE_NOOP("CanvasGestures", "Cut"), "cut", 5, LAYER, conditions.of_a_layer),
    ),
    Gesture(
        actions.copy, keys=("Ctrl+C",), on=SELECTED,
        menu=Entry(QT_TRANSLATE_NOOP("CanvasGestures", "Copy"), "copy", 5, LAYER, conditions.of_a_layer),
    ),
    Gesture(
        actions.paste, keys=("Ctrl+V",),
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Paste"), "paste", 5, (*LAYER, Role.CANVAS),
            conditions.of_a_layer, conditions.layers_on_clipboard,
        ),
    ),
    Gesture(
        actions.remove, keys=("Delete", "Backspace"), on=SELECTED,
        menu=Entry(
            QT_TRANSLATE_NOOP("CanvasGestures", "Delete"), "delete", 6, LAYER, conditions.of_a_layer,
            conditions.not_only_the_output, basic=True,
        ),
    ),
    # the canvas
    Gesture(
        actions.select_all, keys=("Ctrl+A",),
        menu=Entry(QT_TRANSLATE_NOOP("CanvasGestures", "Select all"), "check", 5, (Role.CANVAS,)),
    ),
    Gesture(
        actions.fit, keys=("F", "Ctrl+0"),
        menu=Entry(QT_TRANSLATE_NOOP("CanvasGestures", "Fit"), "zoom_fit", 6, (Role.CANVAS,), basic=True),
    ),
    Gesture(
        actions.actual_size, keys=("1",),
        menu=Entry(QT_TRANSLATE_NOOP("CanvasGestures", "Actual size"), "search", 6, (Role.CANVAS,)),
    ),
    Gesture(
        actions.zoom_in, keys=("Ctrl++", "Ctrl+="),
        menu=Entry(QT_TRANSLATE_NOOP("CanvasGestures", "Zoom in"), "zoom_in", 6, (Role.CANVAS,)),
    ),
    Gesture(
        actions.zoom_out, keys=("Ctrl+-",),
        menu=Entry(QT_TRANSLATE_NOOP("CanvasGestures", "Zoom out"), "zoom_out", 6, (Role.CANVAS,)),
    ),
    # whatever else of a layer is clicked
    Gesture(actions.select, click=LAYER),
)  # fmt: skip
"""In the order in which they are tried, and stand in menus and on the sheet."""

OTHERS_ON_SHEET = (
    (
        QT_TRANSLATE_NOOP("CanvasGestures", "Space + drag"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Shift what is visible; so does the middle button."),
    ),
    (
        QT_TRANSLATE_NOOP("CanvasGestures", "Ctrl + wheel"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Zoom around the pointer."),
    ),
)
"""What is done with the mouse wherever it is."""


# --- what stands in the table -----------------------------------------------------------------------


def click_on(target: Target) -> Action | None:
    """What a click does."""
    return next((gesture.do for gesture in GESTURES if target.role in gesture.click), None)


def double_click_on(target: Target) -> Action | None:
    """What a double click does that is more than two clicks."""
    if target.layer_id == INPUT:
        return None
    return next((gesture.do for gesture in GESTURES if target.role in gesture.double_click), None)


def key_target(state: ViewState) -> Target:
    """What keys act on: the first of the selected layers, else the pinned neuron, else the canvas."""
    if state.selection:
        return Target(Role.CARD, state.selection[0])
    return Target(Role.TILE, *state.pinned) if state.pinned else NOTHING


def key_action(state: ViewState, key: int, modifiers: Qt.KeyboardModifier) -> Action | None:
    """What a key does as things are; None for nothing."""
    role = key_target(state).role
    held = bool(modifiers & CONTROL), bool(modifiers & ALT)
    shifted = _BY_KEY.get((key, *held, True), ()) if modifiers & SHIFT else ()
    found = shifted or _BY_KEY.get((key, *held, False), ())
    return next((gesture.do for gesture in found if role in gesture.on), None)


def entries(state: ViewState, target: Target) -> Iterator[tuple[Gesture, Entry]]:
    """What stands in the menu of a target, group by group."""
    found = [(gesture, gesture.menu) for gesture in GESTURES if gesture.menu is not None]
    shown = [pair for pair in found if target.role in pair[1].to and pair[1].shown(state, target)]
    return iter(sorted(shown, key=lambda pair: pair[1].group))


def sheet() -> dict[str, str]:
    """The keys of the canvas that no action of the window has, and what they do."""
    lines = [gesture.sheet for gesture in GESTURES if gesture.sheet is not None]
    return {words(keys): words(sentence) for keys, sentence in (*lines, *OTHERS_ON_SHEET)}


def shown_key(gesture: Gesture) -> str:
    """The key that is written beside a gesture in menus."""
    return gesture.keys[0].replace("Delete", "Del").replace("-", "−") if gesture.keys else ""


def _combination(text: str) -> tuple[int, bool, bool, bool]:
    """The key, and whether Ctrl, Alt and Shift are held; signs need Shift as keyboards have them."""
    combination: QKeyCombination = QKeySequence(text)[0]
    held = combination.keyboardModifiers()
    return combination.key(), bool(held & CONTROL), bool(held & ALT), bool(held & SHIFT)


_BY_KEY: dict[tuple[int, bool, bool, bool], list[Gesture]] = {}
for _gesture in GESTURES:
    for _text in _gesture.keys:
        _BY_KEY.setdefault(_combination(_text), []).append(_gesture)


# --- drags ------------------------------------------------------------------------------------------

Begin = Callable[[ViewState, Press, Card], Drag | str]
"""Begins a drag of a card; a sentence says why not."""


def _connect(state: ViewState, press: Press, card: Card) -> Drag:
    return ConnectSkip(press.at, press.at, card)


def _resize(state: ViewState, press: Press, card: Card) -> Drag:
    assert card.layer is not None
    return ResizeLayer(press.at, press.at, card.layer, card.units, card.units)


def _carry(state: ViewState, press: Press, card: Card) -> Drag | str:
    if card.id == INPUT:
        return _band(state, press)
    if card.position == len(state.network.layers) - 1:
        return words(QT_TRANSLATE_NOOP("CanvasGestures", "The output stays the last layer."))
    grip = state.camera.to_world(press.at) - card.rect.topLeft()
    return DragLayer(press.at, press.at, card, state.scene, grip, card.position)


def _band(state: ViewState, press: Press) -> Drag:
    return RubberBand(press.at, press.at, state.selection, state.selection if press.extends else ())


DRAGS: tuple[tuple[tuple[Role, ...], Begin], ...] = (
    ((Role.PORT,), _connect),
    ((Role.LOWER_EDGE,), _resize),
    (ALL, _carry),
)


def drag_of(state: ViewState, press: Press) -> tuple[Drag | None, str]:
    """The drag that begins with a press, or why there is none."""
    card = state.scene.card(press.target.layer_id) if press.target.on_card else state.card_under(press.at)
    if card is None:
        return _band(state, press), ""
    begin = next(begin for roles, begin in DRAGS if press.target.role in roles)
    begun = begin(state, press, card)
    return (None, begun) if isinstance(begun, str) else (begun, "")
