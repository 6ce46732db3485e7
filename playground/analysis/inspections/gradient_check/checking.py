"""All derivatives of a network checked, layer by layer, and where a mistake must lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

import numpy as np

from playground.analysis.inspections.gradient_check import GradientCheck
from playground.analysis.inspections.gradient_check.judging import (
    Correctness,
    Derivative,
    judged,
)
from playground.analysis.inspections.gradient_check.picking import probe_of, with_curves
from playground.analysis.inspections.gradient_check.probe import Place, Probe
from playground.analysis.inspections.gradient_check.results import (
    Checked,
    LayerChecked,
    Summary,
)
from playground.engine.graph import Graph, Node
from playground.randomness import Pcg64, Source
from playground.training.moment import Moment

VALUES = 20
"""Values of each layer of which the gradient is checked at most."""

WRONG_ENOUGH = 5
"""As soon as so many numbers of a layer are wrong, no others are looked at so closely."""

NAMED = 8
"""How many entries of each layer are named."""

PIECE = 0.05
"""Seconds between two words of how far it is."""


@dataclass(frozen=True)
class CheckProgress:
    """How many derivatives are done, of all; and the layers that are done, in order."""

    done: int
    of: int
    layers: tuple[LayerChecked, ...]


def check(
    moment: Moment, settings: GradientCheck, given_up: Callable[[], bool] = lambda: False
) -> Checked | None:
    """Check the gradient of a network as it is at a moment; None as soon as that is given up.

    Raises:
        InvalidValue: when the loss is not finite there.
    """
    for piece in pieces(moment, settings):
        if isinstance(piece, Checked):
            return piece
        if given_up():
            return None
    return None


def pieces(moment: Moment, settings: GradientCheck) -> Iterator[CheckProgress | Checked]:
    """The same a piece at a time: how far it is, again and again, and in the end what was found.

    Raises:
        InvalidValue: when the loss is not finite there.
    """
    yield from _Check(probe_of(moment, settings.samples), settings).pieces()


class _Check:
    """A check under way."""

    def __init__(self, probe: Probe, settings: GradientCheck) -> None:
        self._probe, self._step = probe, settings.step
        self._nodes = probe.network.graph.nodes
        chance = Pcg64(seed=0).streams().data
        self._weights = {
            node.layer.id: self._some_weights(node, settings.entries, chance) for node in self._nodes
        }
        self._values = {node.layer.id: self._some_values(node, chance) for node in self._nodes}
        self._layers: list[LayerChecked] = []
        self._done = 0
        self._of = sum(map(len, (*self._weights.values(), *self._values.values())))

    def pieces(self) -> Iterator[CheckProgress | Checked]:
        """Every layer, in order, then all of them."""
        told = monotonic()
        for node in self._nodes:
            found: tuple[dict[Place, Derivative], ...] = ({}, {})
            for places, into in zip(
                (self._weights[node.layer.id], self._values[node.layer.id]), found, strict=True
            ):
                for place in places:
                    into[place] = self._judged(place, into)
                    if monotonic() - told > PIECE:
                        yield CheckProgress(self._done, self._of, tuple(self._layers))
                        told = monotonic()
            self._layers.append(self._layer(node, *found))
        layers = tuple(self._layers)
        blamed = blamed_of(self._probe.network.graph, layers)
        yield Checked(layers, blamed, self._probe.loss, len(self._probe.plan.input))

    def _some_weights(self, node: Node, count: int, chance: Source) -> list[Place]:
        """Some parameters of each block of a layer; none where they are frozen."""
        places: list[Place] = []
        if _frozen(node):
            return places
        start = self._probe.network.spans().get(node.layer.id, slice(0, 0)).start
        for parameter in node.parameters:
            places += [Place(start + index) for index in _some(parameter.size, count, chance)]
            start += parameter.size
        return places

    def _some_values(self, node: Node, chance: Source) -> list[Place]:
        """Some of what a layer gives; none where it only gives its input another shape."""
        deltas = self._probe.deltas.get(node.layer.id)
        if node.layer.reshapes or deltas is None:
            return []
        return [Place(index, node.layer.id) for index in _some(deltas.size, VALUES, chance)]

    def _layer(
        self, node: Node, weights: dict[Place, Derivative], values: dict[Place, Derivative]
    ) -> LayerChecked:
        ranked = sorted((weights | values).items(), key=lambda item: item[1].badness, reverse=True)
        return LayerChecked(
            layer_id=node.layer.id,
            frozen=_frozen(node),
            size=sum(parameter.size for parameter in node.parameters),
            weights=Summary.of(weights.values()),
            values=Summary.of(values.values()),
            entries=tuple(
                with_curves(self._probe, node.layer.id, place, found) for place, found in ranked[:NAMED]
            ),
        )

    def _judged(self, place: Place, others: dict[Place, Derivative]) -> Derivative:
        """What is said of a number; no second look where many others are wrong already."""
        self._done += 1
        wrong = sum(other.verdict is Correctness.WRONG for other in others.values())
        with np.errstate(all="ignore"):
            return judged(self._probe, place, self._step, wrong < WRONG_ENOUGH)


def blamed_of(graph: Graph, layers: tuple[LayerChecked, ...]) -> tuple[str, ...]:
    """The ids of the layers that are handed what is right and make what is wrong of it."""
    found = []
    for node, of_node in zip(graph.nodes, layers, strict=True):
        if node.layer.reshapes or of_node.values.verdict is Correctness.WRONG:
            continue
        handed = [layers[source].values.verdict for source in _sources(graph, node)]
        if Correctness.WRONG in (of_node.weights.verdict, *handed):
            found.append(node.layer.id)
    return tuple(found)


def _sources(graph: Graph, node: Node) -> Iterator[int]:
    """The layers whose values a layer reads, through those that only give them another shape."""
    for source in node.sources:
        while source >= 0 and graph.nodes[source].layer.reshapes:
            source = graph.nodes[source].sources[0]
        if source >= 0:
            yield source


def _frozen(node: Node) -> bool:
    return bool(getattr(node.layer, "frozen", False))


def _some(size: int, count: int, chance: Source) -> list[int]:
    """All numbers from 0 up to a size in order, or as many of them by chance."""
    if size <= count:
        return list(range(size))
    return sorted(chance.permutation(size)[:count].tolist())
