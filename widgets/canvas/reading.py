"""What a screen reader is told of the canvas: a tree of targets, with name, value, place and actions.

Below the canvas are the cards, below a card its parts, below a neuron what leads into it.  A card stands for
its surface and its title; the lower edge is left out, because − and + do the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QPolygonF

from playground.numbers.writing import figures
from widgets.canvas import actions, gestures
from widgets.canvas.cards import ROWS, Card
from widgets.canvas.info import describe, weight_of
from widgets.canvas.layout import Layout
from widgets.canvas.manners import MANNERS, words
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.state import Action, ViewState

OF_A_CARD = (
    Role.ACTIVATION, Role.SUMMARY, Role.TILE, Role.MEASURES, Role.MORE, Role.BAR, Role.MINUS, Role.PLUS,
    Role.PORT, Role.BADGE, Role.SNOWFLAKE, Role.FIT,
)  # fmt: skip
"""The parts of a card, in the order in which they are read."""
LOOKED_AT = (Role.TILE, Role.EDGE, Role.BIAS)
"""What keys can come to, besides cards."""
NUMBERS = (Role.EDGE, Role.BIAS)
WITH_LINES = (*LOOKED_AT, Role.PIECES, Role.MEASURES)
WITH_MENU = (Role.ACTIVATION, Role.PORT)


# --- the tree ---


def parent(target: Target) -> Target:
    """What a target is below."""
    if target.role in (Role.EDGE, Role.BIAS, Role.PIECES):
        return Target(Role.TILE, target.layer_id, target.unit)
    return NOTHING if target.role is Role.CARD else Target(Role.CARD, target.layer_id)


def children(state: ViewState, target: Target) -> tuple[Target, ...]:
    """What is below a target, in sight or not."""
    if target == NOTHING:
        return tuple(Target(Role.CARD, card.id) for card in state.scene.cards)
    card = state.scene.card(target.layer_id)
    if card is None or target.role not in (Role.CARD, Role.TILE):
        return ()
    return tuple(_of_a_card(state, card) if target.role is Role.CARD else _of_a_neuron(state, target))


def _of_a_card(state: ViewState, card: Card) -> Iterator[Target]:
    there = {part.role for part in card.parts}
    for role in OF_A_CARD:
        if role in there:
            units = range(card.units) if role in ROWS else (-1,)
            yield from (Target(role, card.id, unit) for unit in units)
    for skip in state.scene.skips:
        if skip.target_id == card.id:
            yield Target(Role.SKIP, card.id, source_id=skip.source_id)


def _of_a_neuron(state: ViewState, target: Target) -> Iterator[Target]:
    yield from actions.into(state, (target.layer_id, target.unit))
    card = state.scene.card(target.layer_id)
    pieces = card is not None and any(part.role is Role.PIECES for part in card.parts)
    if pieces and target.unit < card.units:
        yield Target(Role.PIECES, target.layer_id, target.unit)


def there(state: ViewState, target: Target) -> bool:
    """Whether there is such a thing, in sight or not."""
    return target != NOTHING and target in children(state, parent(target))


def rebuilt(before: Layout, after: Layout) -> set[str]:
    """The layers that came or went, or of which something came or went."""
    old, new = _structure(before), _structure(after)
    return {layer_id for layer_id in {*old, *new} if old.get(layer_id) != new.get(layer_id)}


def _structure(scene: Layout) -> dict[str, object]:
    """All that decides what is in the tree below each card."""
    counts = {bundle.layer_id: bundle.count for bundle in scene.bundles}
    skips = {
        card.id: [skip.source_id for skip in scene.skips if skip.target_id == card.id] for card in scene.cards
    }
    return {
        card.id: (card.units, {part.role for part in card.parts}, counts.get(card.id), skips[card.id])
        for card in scene.cards
    }


def differing(before: Layout, after: Layout) -> set[str]:
    """The layers of which something may be called or described in other words than before."""
    known = {card.id: _words_of(card) for card in before.cards}
    others = {card.id for card in after.cards if known.get(card.id) != _words_of(card)}
    reading = {bundle.layer_id for bundle in after.bundles if bundle.source_id in others}
    return others | reading | {skip.target_id for skip in after.skips if skip.source_id in others}


def _words_of(card: Card) -> tuple[object, ...]:
    return card.title, card.subtitle, card.problem, card.remark, card.frozen, card.hidden


def at(state: ViewState, found: Target) -> Target:
    """What stands in the tree for something that is pointed at."""
    if found.role in (Role.NAME, Role.LOWER_EDGE):
        return Target(Role.CARD, found.layer_id)
    return found


def focus(state: ViewState) -> Target:
    """What keys are at: a weight, a bias or a neuron, or the selected layer."""
    if state.by_keys and state.hovered.role in LOOKED_AT:
        return state.hovered
    return gestures.key_target(state)


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
        said = (card.subtitle, card.problem or card.remark, frozen)
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


# --- what can be done ---


@dataclass(frozen=True)
class Deed:
    """Something that can be done: its name, its key, and how; without `do` it is to open the menu.

    `of_menu` says that the layer is selected first, as there.
    """

    name: str
    key: str = ""
    do: Action | None = None
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
        found.append(Deed(of_qt.showMenuAction()))
    for gesture, entry in entries:
        if entry.enabled(state, target) and (card or Role.CARD not in entry.to):
            key = gestures.shown_key(gesture)
            found.append(Deed(words(entry.text), key, gesture.do, of_menu=True))
    return {deed.name: deed for deed in found}
