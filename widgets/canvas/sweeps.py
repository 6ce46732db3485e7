"""The window that slides over a map: by itself, value by value, or where arrow keys take it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from widgets.canvas.parts import NOTHING, MapValue, Place, Role, Target
from widgets.canvas.state import Action, Reply, Sweep, ViewState
from widgets.canvas.windows import looked, maps_of, shown_spot

PASS, SHORTEST, LONGEST = 9000, 40, 220
"""Milliseconds that a whole map takes, if each value takes so many at least and at most."""


def can_slide(state: ViewState, target: Target) -> bool:
    """Whether a window slides over what a tile shows."""
    return _start(state, target) is not None


def slide(state: ViewState, target: Target = NOTHING) -> Reply:
    """Let the window run, hold it, or begin where one is looked at."""
    if state.sweep is not Sweep.OFF:
        return Reply(state.with_(sweep=Sweep.HELD if state.sweep is Sweep.RUNS else Sweep.RUNS))
    spot = _start(state, target)
    if spot is None:
        return Reply(state, taken=False)
    return Reply(state.with_(sweep=Sweep.RUNS, spot=spot, pinned=(spot.layer_id, spot.unit), kept=spot))


def slide_somewhere(state: ViewState, target: Target = NOTHING) -> Reply:
    """The same, over the first map of the network where nothing with a map is meant."""
    places = (target, *(Target(Role.CARD, card.id) for card in state.scene.cards))
    meant = next((place for place in places if can_slide(state, place)), target)
    return slide(state, meant)


def end(state: ViewState, target: Target = NOTHING) -> Reply:
    """Leave the window where it is."""
    return Reply(state.with_(sweep=Sweep.OFF, spot=None, kept=state.spot))


def run_on(state: ViewState) -> Reply:
    """The next value, row by row and then from the first on."""
    size = _size(state)
    if state.spot is None or size is None or looked(state, state.spot) is None:
        return end(state)
    height, width = size
    place = (state.spot.row * width + state.spot.column + 1) % (height * width)
    return Reply(state.with_(spot=state.spot._replace(row=place // width, column=place % width)))


def moved(down: int, across: int, state: ViewState, target: Target = NOTHING) -> Reply:
    """The value beside, as far as the map goes; the window is held from then on."""
    size = _size(state)
    if state.spot is None or size is None or looked(state, state.spot) is None:
        return end(state)
    row = min(max(state.spot.row + down, 0), size[0] - 1)
    column = min(max(state.spot.column + across, 0), size[1] - 1)
    return Reply(state.with_(spot=state.spot._replace(row=row, column=column), sweep=Sweep.HELD))


KEYS: dict[int, Action] = {
    Qt.Key.Key_Left: partial(moved, 0, -1),
    Qt.Key.Key_Right: partial(moved, 0, 1),
    Qt.Key.Key_Up: partial(moved, -1, 0),
    Qt.Key.Key_Down: partial(moved, 1, 0),
    Qt.Key.Key_Escape: end,
}
"""What keys do while there is a window."""


def pause_between(state: ViewState) -> int:
    """How many milliseconds the window stays at a value."""
    height, width = _size(state) or (1, 1)
    return min(max(PASS // (height * width), SHORTEST), LONGEST)


def _size(state: ViewState) -> tuple[int, int] | None:
    found = maps_of(state, state.spot.layer_id) if state.spot else None
    return (found[0].shape[1], found[0].shape[2]) if found else None


def _start(state: ViewState, target: Target) -> MapValue | None:
    """The value that is looked at in a tile or layer, else its first."""
    place = _tile(state, target)
    if place is None:
        return None
    known = (state.kept, shown_spot(state))
    spots = [spot for spot in known if spot is not None and (spot.layer_id, spot.unit) == place]
    found = (spot for spot in (*spots, MapValue(*place, 0, 0)) if looked(state, spot) is not None)
    return next(found, None)


def _tile(state: ViewState, target: Target) -> Place | None:
    """The tile that is meant: it itself, the pinned one of a layer, or the layer's first in sight."""
    if target.place is not None:
        return target.place
    card = state.scene.card(target.layer_id)
    if card is None or not card.tiles or target.role is not Role.CARD:
        return None
    pinned = state.pinned
    return pinned if pinned is not None and pinned[0] == card.id else (card.id, card.tiles[0].unit)
