"""What an autoencoder makes of the samples in its bottleneck, and what it makes of any place there."""

from __future__ import annotations

from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from playground.data.features import Whole, columns
from playground.data.prepared import PreparedData
from playground.data.sample import first_values
from playground.engine.bottleneck import bottleneck
from playground.engine.graph import Node
from playground.engine.network import Network
from playground.record import record
from playground.training.budget import Budget
from playground.training.trainer import Trainer

Floats = NDArray[np.float32]
Code = tuple[float, ...]

MOST_CODES = 1500
"""Samples whose codes are shown; more would hide each other."""


@record
class CodeView:
    """The codes that are to be decoded: the one at `point`, empty for none, and those of a `grid`."""

    point: Code = ()
    grid: tuple[Code, ...] = ()


@record(eq=False)
class Codes:
    """Codes of samples, and samples of codes.

    Attributes:
        layer_id: the bottleneck.
        places: the codes (n, k) of training samples.
        labels: what the dataset says of them, (n,).
        point: the code that is decoded, empty for none; `decoded` is what it gives, in the shape of a sample,
            or a number for each of `names`.
        grid: more such codes, and `pictures`, (m, …), what they give.
        names: what the numbers of a decoded row are; none for the samples of any other shape.
        low, high: between what such numbers lie in training, of each of the names or of all.
    """

    layer_id: str
    places: Floats
    labels: NDArray[np.generic]
    point: Code = ()
    decoded: Floats | None = None
    grid: tuple[Code, ...] = ()
    pictures: Floats | None = None
    names: tuple[str, ...] = ()
    low: Floats = field(default_factory=lambda: np.zeros((), np.float32))
    high: Floats = field(default_factory=lambda: np.ones((), np.float32))


class CodeObserver:
    """Looks at the codes of a trainer's network, where its targets are its inputs."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._network: Network | None = None
        self._node: Node | None = None
        self._places: Floats = np.empty((0, 0), np.float32)
        self._ends = (np.zeros((), np.float32), np.ones((), np.float32))
        self._seen: tuple[object, ...] = ()
        self._budget = Budget()

    def see(self, view: CodeView | None, running: bool) -> Codes | None:
        """What the view asks for; None when nothing is asked, or there is no bottleneck."""
        trainer = self._trainer
        if view is None or trainer.data.task == trainer.data.dataset.task:
            return None
        if self._network is not trainer.network:
            self._network, self._node = trainer.network, bottleneck(trainer.network.graph)
        if (node := self._node) is None:
            return None
        data, labels = trainer.data, first_values(trainer.data.train.labels[:MOST_CODES])
        seen = (trainer.network, trainer.sides, trainer.step)
        if seen != self._seen and (not running or seen[:2] != self._seen[:2] or self._budget.allows()):
            with self._budget:
                self._places = self._encoded(node)
                if seen[:2] != self._seen[:2]:
                    self._ends = _ends(data)
            self._seen = seen
        point = view.point if len(view.point) == node.units else ()
        grid = view.grid if all(len(code) == node.units for code in view.grid) else ()
        given = decoded(trainer.network, data, node, (*point_in(point), *grid))
        rest = given[len(point_in(point)) :]
        return Codes(
            layer_id=node.layer.id,
            places=self._places,
            labels=labels,
            point=point,
            decoded=given[0] if point else None,
            grid=grid,
            pictures=rest if grid else None,
            names=() if data.features == (Whole(),) else _names(data),
            low=self._ends[0],
            high=self._ends[1],
        )

    def _encoded(self, node: Node) -> Floats:
        trainer, codes = self._trainer, []
        for _, plan in trainer.network.passes(trainer.sides.train.inputs[:MOST_CODES, :-1]):
            codes.append(plan.values[node.layer.id].T.astype(np.float32))
        return np.concatenate(codes)


def point_in(point: Code) -> tuple[Code, ...]:
    """A code among others; none where it is empty."""
    return (point,) if point else ()


def decoded(network: Network, data: PreparedData, node: Node, codes: tuple[Code, ...]) -> Floats:
    """What the layers behind a bottleneck make of codes, on the scale and in the shape of the samples."""
    given: list[NDArray[np.floating]] = []
    for start in range(0, len(codes), network.chunk):
        some = np.array(codes[start : start + network.chunk], network.dtype)
        plan = network.plan(len(some))
        plan.run_from(node.layer.id, some.T)
        given.append(plan.outputs.T.astype(np.float64))
    rows = np.concatenate(given) if given else np.empty((0, network.outputs))
    values = data.scaling.undo(rows).astype(np.float32)
    sizes = data.dataset.shape.sizes
    return values.reshape(len(values), *sizes) if data.features == (Whole(),) else values


def _ends(data: PreparedData) -> tuple[Floats, Floats]:
    """Between what the numbers of training samples lie: of each column of a row, or of all values alike."""
    values = data.scaling.undo(data.train.inputs[:MOST_CODES]).astype(np.float32)
    axis = None if data.features == (Whole(),) else 0
    return np.asarray(np.nanmin(values, axis=axis)), np.asarray(np.nanmax(values, axis=axis))


def _names(data: PreparedData) -> tuple[str, ...]:
    return tuple(column.name for column in columns(data.features, data.dataset))
