"""What a screen reader is told of a target of the canvas: name, value, place, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QPolygonF

from playground.numbers.writing import figures
from playground.record import record
from widgets.canvas import actions, gestures
from widgets.canvas.cards import Card
from widgets.canvas.info import describe, weight_of
from widgets.canvas.lamps import told
from widgets.canvas.layout import Layout
from widgets.canvas.manners import MANNERS, words
from widgets.canvas.outline import LOOKED_AT
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.state import Action, ViewState

NUMBERS = (Role.EDGE, Role.BIAS)
WITH_LINES = (*LOOKED_AT, Role.PIECES, Role.KERNEL, Role.MEASURES)
WITH_MENU = (Role.ACTIVATION, Role.PORT)


# --- what is told of each ---


def name(state: ViewState, target: Target) -> str:
    """What it is called."""
    card, manner = state.scene.card(target.layer_id), words(MANNERS[target.role].name)
    if card is None or target.role is Role.CARD:
        return card.title if card else manner
    if target.role not in (*WITH_LINES, Role.SKIP):
        return manner
    info = describe(target, state.scene, state.snapshot)
    heading = info.heading if info else ""
    return heading if target.role is Role.TILE else f"{manner}, {heading}"


def value(state: ViewState, target: Target) -> str:
    """What it is at the moment, in few words."""
    card, layer = state.scene.card(target.layer_id), state.layer(target.layer_id)
    if card is None:
        return ""
    match target.role:
        case Role.CARD | Role.ACTIVATION | Role.SUMMARY:
            return card.subtitle
        case Role.EDGE | Role.BIAS:
            found = number(state, target)
            return "" if found is None else figures(found, 3)
        case Role.BAR:
            return figures(layer.gradient_norm, 3) if layer else ""
        case Role.MORE:
            return str(card.hidden)
        case Role.BADGE:
            return card.problem or card.remark
        case Role.LAMP:
            return ", ".join(told(state.ailments, card.id))
    return ", ".join(lines(state, target))


def lines(state: ViewState, target: Target) -> tuple[str, ...]:
    """What the small card beside the pointer says of a neuron, or of what belongs to it."""
    if target.role not in WITH_LINES:
        return ()
    info = describe(target, state.scene, state.snapshot)
    return info.lines if info else ()


def description(state: ViewState, target: Target) -> str:
    """All that there is to say of it."""
    card = state.scene.card(target.layer_id)
    if card is not None and target.role is Role.CARD:
        frozen = words(MANNERS[Role.SNOWFLAKE].name) if card.frozen else ""
        ailing = (state.ailments or {}).get(card.id)
        said = (card.subtitle, card.problem or card.remark, frozen, *(ailing.lines if ailing else ()))
        return ", ".join(text for text in said if text)
    return ", ".join(lines(state, target)) or value(state, target) or words(MANNERS[target.role].tip)


def number(state: ViewState, target: Target) -> float | None:
    """A weight, or a bias; None of everything else, and where none is known."""
    if target.role not in NUMBERS:
        return None
    source = target.source if target.role is Role.EDGE else -1
    return weight_of(state.layer(target.layer_id), target.unit, source)


def rect(state: ViewState, target: Target) -> QRectF:
    """Where it is in the view; empty when it is out of sight."""
    if target == NOTHING:
        return QRectF(0, 0, state.size.width(), state.size.height())
    return state.camera.rect_to_screen(_area(state, target))


def _area(state: ViewState, target: Target) -> QRectF:
    if target.role is Role.EDGE:
        segments = state.scene.line(target.layer_id, target.unit, target.source)
        ends = [point for segment in segments for point in (segment.p1(), segment.p2())]
        return QPolygonF(ends).boundingRect().adjusted(-1, -1, 1, 1) if ends else QRectF()
    if target.role is Role.SKIP:
        found = (skip for skip in state.scene.skips if skip.target_id == target.layer_id)
        paths = [skip.path for skip in found if skip.source_id == target.source_id]
        return paths[0].boundingRect() if paths else QRectF()
    return state.area(target) or QRectF()


def condition(state: ViewState, target: Target) -> QAccessible.State:
    """Selected, pinned, in the middle of the keyboard, out of sight."""
    result = QAccessible.State()
    card = target.role is Role.CARD
    result.focusable = card or target.role in LOOKED_AT
    result.selectable, result.selected = card, card and target.layer_id in state.selection
    result.checkable = target.role is Role.TILE
    result.checked = target.role is Role.TILE and target.place == state.pinned
    result.hasPopup = target.role in WITH_MENU
    result.offscreen = not rect(state, target).intersects(rect(state, NOTHING))
    return result


def differing(before: Layout, after: Layout) -> set[str]:
    """The layers of which something may be called or described in other words than before."""
    known = {card.id: _words_of(card) for card in before.cards}
    others = {card.id for card in after.cards if known.get(card.id) != _words_of(card)}
    reading = {bundle.layer_id for bundle in after.bundles if bundle.source_id in others}
    return others | reading | {skip.target_id for skip in after.skips if skip.source_id in others}


def _words_of(card: Card) -> tuple[object, ...]:
    return card.title, card.subtitle, card.problem, card.remark, card.frozen, card.hidden


# --- what can be done ---


@record
class Deed:
    """Something that can be done: its name, how, and its key.

    `of_menu` says that the layer is selected first, as it is where a menu opens.
    """

    name: str
    do: Action
    key: str = ""
    of_menu: bool = False


def deeds(state: ViewState, target: Target) -> dict[str, Deed]:
    """What can be done with a target, by name: to press it, to go to it, its menu, and what stands in that.

    What stands in the menus of all parts of a card is done to the card.
    """
    of_qt, card = QAccessibleActionInterface, target.role in (Role.CARD, Role.CANVAS)
    found = []
    if (click := gestures.click_on(target)) is not None:
        found.append(Deed(of_qt.pressAction(), do=click))
    if card or target.role in LOOKED_AT:
        found.append(Deed(of_qt.setFocusAction(), do=actions.go_to))
    entries = list(gestures.entries(state, target))
    if entries or target.on_card:
        found.append(Deed(of_qt.showMenuAction(), do=actions.open_menu, of_menu=True))
    for gesture, entry in entries:
        if entry.enabled(state, target) and (card or Role.CARD not in entry.to):
            key = gestures.shown_key(gesture)
            found.append(Deed(words(entry.text), gesture.do, key, of_menu=True))
    return {deed.name: deed for deed in found}
