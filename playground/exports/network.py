"""All of a network that an export writes: what comes before it, what it does, and what comes behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

import numpy as np

from playground.data.graphs.node_graph import NodeGraph
from playground.data.sample import Floats
from playground.engine.arrays import Array
from playground.engine.portable import ForwardPass, NotPortable
from playground.exports.answering import Answering
from playground.exports.forward import forward_pass
from playground.exports.preparation import Preparation
from playground.text import say
from playground.training.moment import Moment
from playground.version import VERSION

SHOWN = 150
"""So many samples are shown where an export shows some."""

MOST_NODES = 2000
"""Nodes of a graph whose edges an export holds as a matrix."""


@dataclass(frozen=True, eq=False)
class PortableNetwork:
    """A trained network in words that other tools know.

    Attributes:
        title: what to call it.
        precision: the type of its numbers.
        edges: (to, from) what each edge counts, and 1 from a node to itself, where samples are the nodes of
            one graph that layers read; None elsewhere.
        shown: a few samples as they are (n, …), and their labels (n,); of data that are somebody's own none,
            or one sequence to begin with.
        range: the lowest and the highest value of samples in training.
        version: the program that it comes from.
        moment: what its run had learnt; None for one that is of no run.
    """

    title: str
    preparation: Preparation
    forward: ForwardPass
    answering: Answering
    precision: Literal["float32", "float64"]
    edges: Array | None = None
    shown: tuple[Floats, Floats] = (np.empty((0, 1)), np.empty(0))
    range: tuple[float, float] = (0.0, 1.0)
    version: str = VERSION
    moment: Moment | None = None

    @classmethod
    def of(cls, moment: Moment, title: str) -> Self:
        """The network of a moment.

        Raises:
            NotPortable: when a layer cannot say what it does.
        """
        preparation = Preparation.of(moment.data, moment.experiment.data.input_shape)
        forward = forward_pass(moment.network, preparation.gaps)
        nodes = moment.data.nodes if forward.edges is not None else None
        return cls(
            title,
            preparation,
            forward,
            Answering.of(moment),
            moment.experiment.precision,
            edges=None if nodes is None else _edges(nodes.graph),
            shown=_shown(moment),
            range=_range(moment.data.train.raw),
            moment=moment,
        )


def _shown(moment: Moment) -> tuple[Floats, Floats]:
    data = moment.data
    side = data.test if len(data.test.raw) else data.train
    few = int(data.dataset.shape.is_sequence) if data.dataset.own else SHOWN
    labels = side.labels.reshape(len(side.labels), -1)[:few, 0]
    return side.raw[:few], labels.astype(np.float64)


def _range(raw: Floats) -> tuple[float, float]:
    known = raw[np.isfinite(raw)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    return low, high if high > low else low + 1


def _edges(graph: NodeGraph) -> Array:
    if graph.count > MOST_NODES:
        raise NotPortable(
            say(
                "export.too_many_nodes",
                "The graph has {count} nodes, more than the {most} that an export holds.",
                count=graph.count,
                most=MOST_NODES,
            )
        )
    edges: Array = graph.adjacency().T + np.eye(graph.count)
    return edges
