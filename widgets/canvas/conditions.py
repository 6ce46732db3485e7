"""When something on the canvas can be done."""

from __future__ import annotations

from collections.abc import Callable

from playground.engine import blocks
from playground.engine.graph import INPUT
from widgets.canvas import clipboard
from widgets.canvas.actions import chosen
from widgets.canvas.parts import Role, Target
from widgets.canvas.state import ViewState

Condition = Callable[[ViewState, Target], bool]


def always(state: ViewState, target: Target) -> bool:
    """Whatever it is about."""
    return True


def of_a_layer(state: ViewState, target: Target) -> bool:
    """Where it is no part of the inputs."""
    return target.layer_id != INPUT


def pinned(state: ViewState, target: Target) -> bool:
    """Where that neuron is pinned."""
    return target.place == state.pinned


def not_pinned(state: ViewState, target: Target) -> bool:
    """Where that neuron is not pinned."""
    return not pinned(state, target)


def has(role: Role) -> Condition:
    """Where the card has a part of a role."""

    def found(state: ViewState, target: Target) -> bool:
        card = state.scene.card(target.layer_id)
        return card is not None and card.part(role) is not None

    return found


def unrolled(wanted: bool) -> Condition:
    """Where the layer can be shown step by step, and is, or is not."""

    def found(state: ViewState, target: Target) -> bool:
        return has(Role.UNROLL)(state, target) and (target.layer_id in state.unrolled) is wanted

    return found


def frozen(wanted: bool) -> Condition:
    """Where the layer has something that can be frozen, and it is, or is not."""

    def found(state: ViewState, target: Target) -> bool:
        card = state.scene.card(target.layer_id)
        return card is not None and getattr(card.layer, "frozen", None) is wanted

    return found


def not_only_the_output(state: ViewState, target: Target) -> bool:
    """Where there is a layer that may go."""
    return set(chosen(state, target)) != {state.network.layers[-1].id}


def gives_pictures(state: ViewState, target: Target) -> bool:
    """Where the layer gives pictures, and something follows."""
    card, network = state.scene.card(target.layer_id), state.network
    follows = card is not None and card.position < len(network.layers) - 1
    return follows and blocks.gives_pictures(network, card.position, state.experiment.data.input_shape)


def layers_on_clipboard(state: ViewState, target: Target) -> bool:
    """Where there is something to paste."""
    return clipboard.layers() is not None
