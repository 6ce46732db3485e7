"""The window over a map: which value of it is looked at, and what that is made of."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF

from playground.analysis.receptive_field import fields
from playground.analysis.window_sums import Summed, WindowSum, channels_seen, window_sum
from playground.engine.arrays import Array, Places
from playground.engine.graph import INPUT
from playground.record import record
from playground.training.snapshot import Floats
from widgets.canvas.cards import Card
from widgets.canvas.parts import MapValue, Role
from widgets.canvas.state import Sweep, ViewState


@record(eq=False)
class SeenFrom:
    """A value of a map, and where what it is made of lies: `fields`, by the id of each layer before."""

    spot: MapValue
    card: Card
    fields: Mapping[str, Places]


@record(eq=False)
class Looked(SeenFrom):
    """A value of a map that is summed up, with the sum.

    Attributes:
        given: all that the layer is given of the sample.
    """

    layer: Summed
    value: float
    sum: WindowSum
    given: Array

    @property
    def place(self) -> tuple[int, ...]:
        """Where the value is in the grid that the layer gives."""
        return place_of(self.spot, self.given.ndim)

    @property
    def first_channel(self) -> int:
        """The first channel of `given` that it sees."""
        return channels_seen(self.layer, self.given.shape, self.channel).start

    @property
    def channel(self) -> int:
        """The channel of the layer that it belongs to."""
        return _channel(self.spot, self.given.ndim)


def place_of(spot: MapValue, axes: int) -> tuple[int, ...]:
    """Row and column of a picture; the step of a sequence, which goes from left to right."""
    return (spot.row, spot.column) if axes == 3 else (spot.column,)


def maps_of(state: ViewState, layer_id: str) -> tuple[Floats, int] | None:
    """The pictures of a layer's visible tiles and which the first is; None where there are none."""
    if state.snapshot is None or not state.over_sample:
        return None
    if layer_id == INPUT:
        maps, first = state.snapshot.input_maps, 0
    else:
        layer = state.layer(layer_id)
        maps, first = (layer.maps, layer.first_unit) if layer else (None, 0)
    return (maps, first) if maps is not None and maps.ndim == 3 and len(maps) else None


def has_windows(state: ViewState) -> bool:
    """Whether a layer shows maps of whose values each is a sum over a window."""
    return state.over_sample and any(isinstance(card.layer, Summed) for card in state.scene.cards)


def spot_at(state: ViewState, at: QPointF) -> MapValue | None:
    """The value of a map under a point of the view, of a layer whose windows can be looked at."""
    target = state.target(at)
    area, found = state.area(target), maps_of(state, target.layer_id)
    if target.role is not Role.TILE or area is None or found is None:
        return None
    _, height, width = found[0].shape
    inside = state.camera.to_world(at) - area.topLeft()
    row, column = int(inside.y() / area.height() * height), int(inside.x() / area.width() * width)
    spot = MapValue(
        target.layer_id, target.unit, min(max(row, 0), height - 1), min(max(column, 0), width - 1)
    )
    return spot if looked(state, spot) is not None else None


def shown_spot(state: ViewState) -> MapValue | None:
    """The value that is looked at: the one pointed at, else the one that was clicked."""
    if state.spot is not None or state.sweep is not Sweep.OFF:
        return state.spot
    kept = state.kept
    return kept if kept is not None and state.pinned == (kept.layer_id, kept.unit) else None


def looked(state: ViewState, spot: MapValue | None) -> SeenFrom | None:
    """What a value is made of, summed up where a window gives it; None where that cannot be seen."""
    if spot is None or (card := state.scene.card(spot.layer_id)) is None:
        return None
    shown, found, layer = state.layer(spot.layer_id), maps_of(state, spot.layer_id), card.layer
    if shown is None or found is None or layer is None:
        return None
    assert state.snapshot is not None
    row = spot.unit - found[1]
    _, height, width = found[0].shape
    inside = 0 <= row < len(found[0]) and spot.row < height and spot.column < width
    if state.snapshot.experiment.network.layers[card.position : card.position + 1] != (layer,) or not inside:
        return None  # the picture is of another network than the cards
    if not isinstance(layer, Summed):
        node = state.snapshot.experiment.graph.nodes[card.position]
        pictures = bool(layer.axes) and len(node.shape) == 3
        return SeenFrom(spot, card, _fields(state, card, spot, 3)) if pictures else None
    weights, given = shown.blocks.get("weights"), shown.given
    if given is None or (layer.adds_bias and weights is None):
        return None
    sums = window_sum(layer, given, weights, place_of(spot, given.ndim), _channel(spot, given.ndim))
    value = float(found[0][row, spot.row, spot.column])
    return Looked(spot, card, _fields(state, card, spot, given.ndim), layer, value, sums, given)


def _channel(spot: MapValue, axes: int) -> int:
    return spot.unit if axes == 3 else spot.row


def _fields(state: ViewState, card: Card, spot: MapValue, axes: int) -> Mapping[str, Places]:
    places = tuple(range(at, at + 1) for at in place_of(spot, axes))
    assert state.snapshot is not None
    layers = state.snapshot.experiment.network.layers
    found = fields(state.snapshot.experiment.graph, card.position, places)
    return {layers[at].id if at >= 0 else INPUT: seen for at, seen in found.items() if at != card.position}


def part_of_tile(area: QRectF, size: tuple[int, int], rows: range, columns: range) -> QRectF:
    """Where some rows and columns of a picture of that height and width are in its tile."""
    down, across = area.height() / size[0], area.width() / size[1]
    place = QRectF(
        area.left() + columns.start * across, area.top() + rows.start * down,
        len(columns) * across, len(rows) * down,
    )  # fmt: skip
    return place.intersected(area)
