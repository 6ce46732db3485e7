"""The outline of the canvas, as a screen reader walks it: which target is below which.

Below the canvas are the cards, below a card its parts, below a neuron what leads into it.  A card stands for
its surface and its title; the lower edge is left out, because − and + do the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from widgets.canvas import actions, gestures
from widgets.canvas.cards import ROWS, Card
from widgets.canvas.layout import Layout
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.state import ViewState

OF_A_CARD = (
    Role.ACTIVATION, Role.SUMMARY, Role.UNROLL, Role.TILE, Role.STEP, Role.MEASURES, Role.MORE, Role.BAR,
    Role.MINUS, Role.PLUS, Role.PORT, Role.LAMP, Role.BADGE, Role.SNOWFLAKE, Role.FIT,
)  # fmt: skip
"""The parts of a card, in the order in which they are read."""
LOOKED_AT = (Role.TILE, Role.EDGE, Role.BIAS, Role.STEP)
"""What keys can come to, besides cards."""


def parent(target: Target) -> Target:
    """What a target is below."""
    if target.role in (Role.EDGE, Role.BIAS, Role.PIECES, Role.KERNEL):
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
            units = range(card.units) if role in ROWS else range(card.steps) if role is Role.STEP else (-1,)
            yield from (Target(role, card.id, unit) for unit in units)
    for skip in state.scene.skips:
        if skip.target_id == card.id:
            yield Target(Role.SKIP, card.id, source_id=skip.source_id)


def _of_a_neuron(state: ViewState, target: Target) -> Iterator[Target]:
    yield from actions.into(state, (target.layer_id, target.unit))
    card = state.scene.card(target.layer_id)
    if card is not None and target.unit < card.units:
        roles = {part.role for part in card.parts}
        own = (role for role in (Role.PIECES, Role.KERNEL) if role in roles)
        yield from (Target(role, target.layer_id, target.unit) for role in own)


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
