"""From neuron to neuron, and along the weights into one, by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.engine.graph import INPUT
from widgets.canvas.hit import Bias, Edge, Neuron, Nothing
from widgets.canvas.info import describe
from widgets.canvas.value_editor import edit_value

if TYPE_CHECKING:
    from widgets.canvas.view import NetworkView


class Walk:
    """Moves the pin, and what is looked at, as the pointer would; each stop is described aloud."""

    def __init__(self, view: NetworkView) -> None:
        self._view = view

    def neurons(self, step: int) -> None:
        """Pin the neuron above or below."""
        view = self._view
        layer_id = view.selection[0] if view.selection else view.pinned[0] if view.pinned else INPUT
        card = view.scene.card(layer_id)
        if card is None or not card.tiles:
            return
        pinned = view.pinned[1] if view.pinned and view.pinned[0] == layer_id else None
        unit = card.first_unit if pinned is None else min(max(pinned + step, 0), card.units - 1)
        self._reveal(layer_id, unit)
        view.pin((layer_id, unit))
        self._look_at(Neuron(layer_id, unit))

    def weights(self, step: int) -> None:
        """Look at the next of the weights into the pinned neuron, the bias being the last."""
        view = self._view
        if view.pinned is None:
            self.neurons(0)
        stops = self._stops()
        if not stops or view.pinned is None:
            return
        if view.hovered in stops:
            place = min(max(stops.index(view.hovered) + step, 0), len(stops) - 1)
        else:
            place = 0 if step > 0 else len(stops) - 1
        stop = stops[place]
        self._reveal(*view.pinned)
        if isinstance(stop, Edge) and (start := view.scene.source(stop.layer_id)) is not None:
            self._reveal(start.id, stop.source)
        self._look_at(stop)

    def edit(self) -> None:
        """Let what is looked at be typed: a weight, or else the bias of the pinned neuron."""
        view = self._view
        match view.hovered:
            case Edge(layer_id, unit, source) as edge:
                edit_value(view, layer_id, unit, source, view.point_of(edge))
            case _ if view.pinned is not None and view.tile_rect(*view.pinned) is not None:
                edit_value(view, *view.pinned, -1, view.point_of(Neuron(*view.pinned)))

    def back(self) -> bool:
        """From a weight back to the neuron, from there to none; False when nothing is pinned."""
        view = self._view
        if view.pinned is None:
            return False
        if isinstance(view.hovered, (Edge, Bias)) and view.hovered in self._stops():
            self._look_at(Neuron(*view.pinned))
        else:
            view.pin(None)
            view.hover(Nothing())
        return True

    def _stops(self) -> list[Edge | Bias]:
        """What leads into the pinned neuron."""
        view = self._view
        card = view.scene.card(view.pinned[0]) if view.pinned else None
        bundle = next((bundle for bundle in view.scene.bundles if card and bundle.layer_id == card.id), None)
        if card is None or bundle is None or view.pinned is None:
            return []
        sources = range(bundle.count // max(card.units, 1))
        return [*(Edge(*view.pinned, source) for source in sources), Bias(*view.pinned)]

    def _reveal(self, layer_id: str, unit: int) -> None:
        """Scroll a layer until a neuron is visible."""
        card = self._view.scene.card(layer_id)
        if card is None or not card.tiles:
            return
        if unit < card.first_unit:
            self._view.scroll(layer_id, unit - card.first_unit)
        elif unit > card.tiles[-1].unit:
            self._view.scroll(layer_id, unit - card.tiles[-1].unit)

    def _look_at(self, target: Neuron | Edge | Bias) -> None:
        view = self._view
        view.pointer = view.point_of(target)
        view.hover(target)
        if (info := describe(target, view.scene, view.snapshot)) is not None:
            view.say(", ".join((info.heading, *info.lines)))
