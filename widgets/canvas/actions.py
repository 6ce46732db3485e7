"""What can be done on the canvas: each action is given the state and a target, and answers."""

from __future__ import annotations

from functools import partial

from playground.engine.graph import INPUT
from widgets.canvas.camera import Camera
from widgets.canvas.parts import NOTHING, Place, Role, Target
from widgets.canvas.state import Action, Opening, Reply, Sweep, ViewState
from widgets.canvas.windows import spot_at

ZOOM_STEP = 1.2


# --- selecting ---


def select(state: ViewState, target: Target) -> Reply:
    """Select the layer, or with Shift add it to the others or take it away."""
    if state.press is not None and state.press.extends:
        return Reply(state.selecting(set(state.selection) ^ {target.layer_id}))
    return Reply(state.selecting((target.layer_id,)))


def select_all(state: ViewState, target: Target = NOTHING) -> Reply:
    """Select every layer, and the inputs."""
    return Reply(state.selecting(card.id for card in state.scene.cards))


def let_go(state: ViewState, target: Target = NOTHING) -> Reply:
    """Select nothing and pin nothing."""
    return Reply(state.with_(selection=(), pinned=None))


def pin(state: ViewState, place: Place | None) -> Reply:
    """Keep a neuron in the output panel; None lets go."""
    return Reply(state.with_(pinned=place))


def toggle_pin(state: ViewState, target: Target) -> Reply:
    """Pin the neuron, or let go of it."""
    return pin(state, None if state.pinned == target.place else target.place)


def select_and_pin(state: ViewState, target: Target) -> Reply:
    """What a click on a neuron does; another value of a map that is pinned is looked at instead."""
    spot = spot_at(state, state.pointer) if target.role is Role.TILE else None
    another = spot is not None and spot != state.kept and state.pinned == target.place
    state = select(state, target).state.with_(kept=spot, sweep=Sweep.OFF, spot=spot)
    return Reply(state) if another else toggle_pin(state, target)


def ask_after(state: ViewState, target: Target) -> Reply:
    """Show what is wrong with a layer."""
    return Reply(select(state, target).state, asks_after=target.layer_id)


# --- typing and choosing ---


def type_value(state: ViewState, target: Target) -> Reply:
    """Let the weight or the bias be typed."""
    return Reply(state, opens=(Opening.VALUE, target))


def select_and_type(state: ViewState, target: Target) -> Reply:
    """What a click on a bias does."""
    return type_value(select(state, target).state, target)


def type_bias(state: ViewState, target: Target) -> Reply:
    """Let the bias of a neuron be typed."""
    return type_value(state, Target(Role.BIAS, target.layer_id, target.unit))


def cut_weight(state: ViewState, target: Target) -> Reply:
    """Make a weight 0."""
    return Reply(state, weight=(target.layer_id, target.unit, target.source, 0.0))


def rename(state: ViewState, target: Target) -> Reply:
    """Let the name of the layer be typed."""
    return Reply(state, opens=(Opening.NAME, target))


def choose_activation(state: ViewState, target: Target) -> Reply:
    """Offer the activations."""
    return Reply(select(state, target).state, opens=(Opening.ACTIVATIONS, target))


def open_menu(state: ViewState, target: Target) -> Reply:
    """Offer all that can be done with it."""
    return Reply(state.with_(pointer=state.point_of(target)), opens=(Opening.MENU, target))


def open_menu_there(state: ViewState, target: Target = NOTHING) -> Reply:
    """Offer all that can be done with what keys are at, or with the selection."""
    if state.hovered.place or state.hovered.role is Role.EDGE:
        return open_menu(state, state.hovered)
    return open_menu(state, Target(Role.CARD, state.selection[0]) if state.selection else NOTHING)


# --- editing the network ---


def resize(by: int) -> Action:
    """Neurons more or fewer for all of the layers."""

    def resized(state: ViewState, target: Target) -> Reply:
        ids, gesture = chosen(state, target), state.gesture
        return Reply(state, edit=lambda commands: [commands.step(one, by, gesture) for one in ids])

    return resized


def press_step(by: int) -> Action:
    """Neurons more or fewer, and the button stays under the pointer for as long as that is on it."""
    return lambda state, target: Reply(
        state, edit=lambda commands: commands.step(target.layer_id, by), stay=target
    )


def move_selected(by: int) -> Action:
    """The selected layer stands elsewhere in the chain."""

    def move(state: ViewState, target: Target) -> Reply:
        card = state.scene.card(state.selection[0])
        if card is None or card.layer is None or card.position + by < 0:
            return Reply(state)
        return Reply(state, edit=lambda commands: commands.move(card.id, card.position + by))

    return move


def fit_output(state: ViewState, target: Target) -> Reply:
    """Make the output suit the loss."""
    return Reply(state, edit=lambda commands: commands.fit_output())


def remove(state: ViewState, target: Target = NOTHING) -> Reply:
    """Delete the selected layers."""
    return Reply(state, edit=lambda commands: commands.remove(chosen(state, target)))


def duplicate(state: ViewState, target: Target = NOTHING) -> Reply:
    """Put copies of the selected layers behind them."""
    return Reply(state, edit=lambda commands: commands.duplicate(chosen(state, target)))


def copy(state: ViewState, target: Target = NOTHING) -> Reply:
    """Put the selected layers on the clipboard."""
    return Reply(state, edit=lambda commands: commands.copy(chosen(state, target)))


def cut(state: ViewState, target: Target = NOTHING) -> Reply:
    """Put the selected layers on the clipboard and delete them."""
    return Reply(state, edit=lambda commands: commands.cut(chosen(state, target)))


def paste(state: ViewState, target: Target = NOTHING) -> Reply:
    """Put the clipboard's layers behind the selection, or before the output."""
    behind = state.selection[-1] if state.selection and target.role is not Role.CANVAS else ""
    card = state.scene.card(behind)
    place = len(state.network.layers) if card is None else card.position + 1
    return Reply(state, edit=lambda commands: commands.paste(place))


def freeze(state: ViewState, target: Target) -> Reply:
    """Let training leave the selected layers' parameters as they are, or change them again."""
    card = state.scene.card(target.layer_id)
    frozen = card is not None and card.frozen
    return Reply(state, edit=lambda commands: commands.freeze(chosen(state, target), not frozen))


def add_residual(state: ViewState, target: Target) -> Reply:
    """Put a residual block behind the layer."""
    card = state.scene.card(target.layer_id)
    place = -1 if card is None else card.position
    return Reply(state, edit=lambda commands: commands.insert_residual(place))


def disconnect(state: ViewState, target: Target) -> Reply:
    """Take a skip connection away."""
    ends = (target.source_id, target.layer_id)
    return Reply(state, edit=lambda commands: commands.disconnect_layers(*ends))


def chosen(state: ViewState, target: Target) -> tuple[str, ...]:
    """The layers that it is about: those selected, or the one that is meant."""
    return state.selection or ((target.layer_id,) if target.layer_id else ())


# --- looking ---


def fit(state: ViewState, target: Target = NOTHING) -> Reply:
    """Show all of the network."""
    return Reply(state.fitting())


def actual_size(state: ViewState, target: Target = NOTHING) -> Reply:
    """Show the network at 100 %."""
    return Reply(state.looking(Camera.centred(state.scene.bounds, state.size, 1.0)))


def _zoom(factor: float, state: ViewState, target: Target = NOTHING) -> Reply:
    middle = state.camera.zoomed(factor, state.centre)
    return Reply(state.looking(middle))


zoom_in: Action = partial(_zoom, ZOOM_STEP)
zoom_out: Action = partial(_zoom, 1 / ZOOM_STEP)


def unroll(state: ViewState, target: Target) -> Reply:
    """Show a recurrent layer step by step, or folded again; another layer stays as it is."""
    card = state.scene.card(target.layer_id)
    if card is None or card.part(Role.UNROLL) is None:
        return Reply(state)
    unrolled = state.unrolled ^ {target.layer_id}
    return Reply(state.with_(unrolled=unrolled, hovered=NOTHING).selecting((target.layer_id,)))


# --- from layer to layer, neuron to neuron and weight to weight ---


def walk(by: int) -> Action:
    """Select the layer beside the selected one; not taken at the end of the chain."""

    def go(state: ViewState, target: Target) -> Reply:
        layers = [card.id for card in state.scene.cards]
        if state.selection:
            place = layers.index(state.selection[-1] if by > 0 else state.selection[0]) + by
        else:
            place = min(1, len(layers) - 1) if by > 0 else len(layers) - 1
        if not 0 <= place < len(layers):
            return Reply(state, taken=False)
        return Reply(state.with_(hovered=NOTHING).selecting((layers[place],)))

    return go


def neuron_beside(by: int) -> Action:
    """Pin the neuron above or below."""

    def go(state: ViewState, target: Target) -> Reply:
        layer_id = state.selection[0] if state.selection else state.pinned[0] if state.pinned else INPUT
        card = state.scene.card(layer_id)
        if card is None or not card.tiles:
            return Reply(state)
        pinned = state.pinned[1] if state.pinned and state.pinned[0] == layer_id else None
        unit = card.first_unit if pinned is None else min(max(pinned + by, 0), card.units - 1)
        state = state.revealing(layer_id, unit).with_(pinned=(layer_id, unit))
        return Reply(state, look_at=Target(Role.TILE, layer_id, unit))

    return go


def weight_beside(by: int) -> Action:
    """Look at the next of the weights into the pinned neuron, the bias being the last."""

    def go(state: ViewState, target: Target) -> Reply:
        if state.pinned is None:
            state = neuron_beside(0)(state, target).state
        stops = into_pinned(state) or _steps(state)
        if not stops or state.pinned is None:
            return Reply(state, look_at=Target(Role.TILE, *state.pinned) if state.pinned else None)
        if state.hovered in stops:
            place = min(max(stops.index(state.hovered) + by, 0), len(stops) - 1)
        else:
            place = 0 if by > 0 else len(stops) - 1
        return Reply(in_sight(state, stops[place]), look_at=stops[place])

    return go


def go_to(state: ViewState, target: Target) -> Reply:
    """Go at once to where keys would lead step by step: a layer, a neuron, a weight or a bias."""
    if target.role is Role.CANVAS:
        return Reply(state)
    state = state.with_(by_keys=True).selecting((target.layer_id,))
    if target.role is Role.CARD:
        return Reply(state.with_(hovered=NOTHING))
    state = state.with_(pinned=(target.layer_id, target.unit))
    return Reply(in_sight(state, target), look_at=target)


def in_sight(state: ViewState, target: Target) -> ViewState:
    """With layers scrolled so far that a neuron, or both ends of a weight, can be seen."""
    if target.unit >= 0:
        state = state.revealing(target.layer_id, target.unit)
    if target.role is Role.EDGE and (start := state.scene.source(target.layer_id)) is not None:
        state = state.revealing(start.id, target.source)
    return state


def into_pinned(state: ViewState) -> list[Target]:
    """What leads into the pinned neuron: its weights, and its bias."""
    return into(state, state.pinned) if state.pinned else []


def _steps(state: ViewState) -> list[Target]:
    """The steps of an unrolled layer with a pinned neuron."""
    card = state.scene.card(state.pinned[0]) if state.pinned else None
    return [] if card is None else [Target(Role.STEP, card.id, step) for step in range(card.steps)]


def into(state: ViewState, place: Place) -> list[Target]:
    """What leads into a neuron: its weights, and its bias."""
    card = state.scene.card(place[0])
    bundle = next((bundle for bundle in state.scene.bundles if bundle.layer_id == place[0]), None)
    if card is None or bundle is None or place[1] >= card.units or (card.layer and card.layer.axes):
        return []
    sources = range(bundle.count // max(card.units, 1))
    edges = [Target(Role.EDGE, *place, source) for source in sources]
    return [*edges, Target(Role.BIAS, *place)]


def type_looked_at(state: ViewState, target: Target) -> Reply:
    """Let what is looked at be typed: a weight, or else the bias of the pinned neuron."""
    if state.hovered.role is Role.EDGE:
        return type_value(state.with_(pointer=state.point_of(state.hovered)), state.hovered)
    if state.pinned is None or state.tile_rect(*state.pinned) is None:
        return Reply(state)
    at = state.point_of(Target(Role.TILE, *state.pinned))
    return type_value(state.with_(pointer=at), Target(Role.BIAS, *state.pinned))


def back(state: ViewState, target: Target = NOTHING) -> Reply:
    """From a weight back to the neuron, from there to none; then fold layers, and then select none."""
    if state.pinned is not None:
        stops = into_pinned(state) or _steps(state)
        if state.hovered.role is not Role.TILE and state.hovered in stops:
            return Reply(state, look_at=Target(Role.TILE, *state.pinned))
        return Reply(state.with_(pinned=None, hovered=NOTHING))
    if unrolled := state.unrolled & set(state.selection):
        return Reply(state.with_(unrolled=state.unrolled - unrolled))
    return Reply(state.with_(selection=()), taken=bool(state.selection))
