"""What screen readers are told by themselves as the canvas changes; nothing is worked out for nobody."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleStateChangeEvent,
    QAccessibleValueChangeEvent,
)
from PySide6.QtWidgets import QWidget

from widgets.canvas import outline, reading
from widgets.canvas.handles import Tree
from widgets.canvas.info import describe
from widgets.canvas.paint_windows import told
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.state import ViewState
from widgets.canvas.windows import Looked, looked
from widgets.spoken import listening, tell

Event = QAccessible.Event


def look_described(state: ViewState, target: Target) -> str:
    """What is said when keys come to a target."""
    info = describe(target, state.scene, state.snapshot)
    return ", ".join((info.heading, *info.lines)) if info else ""


def selection_described(state: ViewState) -> str:
    """What is said when other layers are selected."""
    chosen = [card for card in state.scene.cards if card.id in state.selection]
    return ", ".join(f"{card.title}: {card.subtitle}" for card in chosen)


def window_described(state: ViewState) -> str:
    """What is said when keys move the window over a map."""
    seen = looked(state, state.spot)
    if not isinstance(seen, Looked):
        return ""
    heading, lines = told(seen)
    return ", ".join((heading, *lines))


def say(view: QWidget, said: str) -> None:
    """Say something of the canvas, and keep it as its description."""
    view.setAccessibleDescription(said)
    if said and view.hasFocus():
        tell(QAccessibleAnnouncementEvent(view, said))


def follow(tree: Tree, before: ViewState) -> None:
    """Tell what is another than before: what came and went, what it is called, and where the keyboard is."""
    if not tree.handles and not listening():
        return
    state = tree.state
    if state.scene is not before.scene:
        if layers := outline.rebuilt(before.scene, state.scene):
            _tell_what_went(tree, layers)
            _tell_what_came(tree, before, layers)
        _tell_words(tree, before)
    _tell_states(tree, before)
    _tell_focus(tree)
    if state.snapshot is not before.snapshot and not state.learning:
        _tell_number(tree, before)


def begin_anew(tree: Tree) -> None:
    """Another experiment is shown: nothing is any more what a screen reader knew, whatever it is called."""
    known = tuple(tree.handles)
    for target in known:
        tell(QAccessibleEvent(tree.handles[target], Event.ObjectDestroyed))
    tree.drop(known)
    for target in tree.below(NOTHING) if listening() else ():
        tell(QAccessibleEvent(tree.object(target), Event.ObjectCreated))


def _tell_what_went(tree: Tree, layers: set[str]) -> None:
    known = [target for target in tree.handles if target.layer_id in layers]
    above = {outline.parent(target) for target in known}
    there = {target for one in above for target in tree.below(one)}
    gone = [target for target in known if target not in there]
    for target in gone:
        tell(QAccessibleEvent(tree.handles[target], Event.ObjectDestroyed))
    tree.drop(gone)


def _tell_what_came(tree: Tree, before: ViewState, layers: set[str]) -> None:
    for above in (NOTHING, *(target for target in tree.handles if target.layer_id in layers)):
        known = set(outline.children(before, above))
        for target in tree.below(above):
            if target not in known and (thing := tree.object(target)) is not None:
                tell(QAccessibleEvent(thing, Event.ObjectCreated))


def _tell_words(tree: Tree, before: ViewState) -> None:
    """Words of cards and of their parts; weights are too many, and say theirs when they are come to."""
    told: tuple[tuple[Callable[[ViewState, Target], str], Event], ...] = (
        (reading.name, Event.NameChanged),
        (reading.description, Event.DescriptionChanged),
    )
    layers = reading.differing(before.scene, tree.state.scene)
    known = [target for target in tree.handles if target.layer_id in layers and target.role is not Role.EDGE]
    for target in known:
        for words, event in told:
            if words(before, target) not in ("", words(tree.state, target)):
                tell(QAccessibleEvent(tree.handles[target], event))


def _tell_states(tree: Tree, before: ViewState) -> None:
    state = tree.state
    for layer_id in set(state.selection) ^ set(before.selection):
        if (handle := tree.handles.get(Target(Role.CARD, layer_id))) is not None:
            changed = QAccessible.State()
            changed.selected = True
            tell(QAccessibleStateChangeEvent(handle, changed))
    for place in {state.pinned, before.pinned} - {None} if state.pinned != before.pinned else ():
        if (handle := tree.handles.get(Target(Role.TILE, *place))) is not None:
            changed = QAccessible.State()
            changed.checked = True
            tell(QAccessibleStateChangeEvent(handle, changed))


def _tell_focus(tree: Tree) -> None:
    """Where the keyboard is on the canvas; Qt itself tells when it comes there and goes."""
    focus = outline.focus(tree.state) if tree.view.hasFocus() else None
    before, tree.focus = tree.focus, focus
    if focus not in (None, before) and (thing := tree.object(focus)) is not None:
        tell(QAccessibleEvent(thing, Event.Focus))


def _tell_number(tree: Tree, before: ViewState) -> None:
    """The number that keys are at, when it is another and does not change all the time."""
    target = outline.focus(tree.state)
    number = reading.number(tree.state, target)
    if number is not None and number != reading.number(before, target):
        thing = tree.object(target)
        tell(QAccessibleValueChangeEvent(thing, number))
