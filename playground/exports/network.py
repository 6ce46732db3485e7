"""All of a network that an export writes: what comes before it, what it does, and what comes behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

import numpy as np

from playground.data.graphs.node_graph import NodeGraph
from playground.engine.arrays import Array
from playground.engine.portable import ForwardPass, NotPortable
from playground.exports.answering import Answering
from playground.exports.forward import forward_pass
from playground.exports.preparation import Preparation
from playground.text import say
from playground.training.moment import Moment
from playground.version import VERSION

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
        version: the program that it comes from.
    """

    title: str
    preparation: Preparation
    forward: ForwardPass
    answering: Answering
    precision: Literal["float32", "float64"]
    edges: Array | None = None
    version: str = VERSION

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
            None if nodes is None else _edges(nodes.graph),
        )


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
