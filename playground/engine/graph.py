"""Layers and their inputs as a directed acyclic graph: order, sizes, and what is wrong with it.

A layer reads the layers it names, all of them earlier in the list; by default the one before.  The graph is
worked out before anything is computed, so that an impossible network is a list of sentences and not a crash.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from pydantic import Field

from playground.engine.layers import Layer, LayerProblem
from playground.value import AnyOf, Value

INPUT = "input"
"""The id under which layers may name the network's input."""


class Architecture(Value):
    """The layers of a network, from the first behind the input to the output."""

    layers: tuple[AnyOf[Layer], ...] = Field((), max_length=200)

    @property
    def output(self) -> Layer | None:
        """The last layer, which gives the network's output."""
        return self.layers[-1] if self.layers else None

    def index(self, layer_id: str) -> int:
        """The position of the layer with this id.

        Raises:
            KeyError: when there is none.
        """
        for position, layer in enumerate(self.layers):
            if layer.id == layer_id:
                return position
        raise KeyError(layer_id)


@dataclass(frozen=True)
class Problem:
    """Why a network cannot train: a sentence for the person, and the layer it belongs to ("" for none)."""

    layer_id: str
    text: str


@dataclass(frozen=True)
class Node:
    """A layer in its place: `sources` are positions of the layers it reads, −1 for the network's input."""

    layer: Layer
    sources: tuple[int, ...]
    input_units: tuple[int, ...]
    units: int


@dataclass(frozen=True)
class Graph:
    """The layers with their sources and sizes; `units` of a layer that cannot work is 0."""

    inputs: int
    nodes: tuple[Node, ...]
    problems: tuple[Problem, ...]

    @property
    def parameters(self) -> int:
        """How many parameters all layers have; 0 for one that cannot work."""
        return sum(
            prod(parameter.shape)
            for node in self.nodes
            if node.units
            for parameter in node.layer.parameters(node.input_units)
        )

    def readers(self, position: int) -> tuple[tuple[int, int], ...]:
        """Who reads a layer (−1: the input): pairs of reader's position and which of its inputs."""
        return tuple(
            (reader, port)
            for reader, node in enumerate(self.nodes)
            for port, source in enumerate(node.sources)
            if source == position
        )


def resolve(architecture: Architecture, inputs: int) -> Graph:
    """The graph of an architecture on that many inputs, with every problem found."""
    layers = architecture.layers
    problems: list[Problem] = []
    nodes: list[Node] = []
    places: dict[str, int] = {INPUT: -1}
    later = {layer.id for layer in layers}
    if not layers:
        problems.append(Problem("", "The network has no layers; drag a Dense layer onto the canvas."))
    for position, layer in enumerate(layers):
        later.discard(layer.id)
        try:
            nodes.append(_node(layer, position, places, later, nodes, inputs))
        except LayerProblem as problem:
            problems.append(Problem(layer.id, str(problem)))
            nodes.append(Node(layer, (position - 1,), (0,), 0))
        if layer.id in places:
            problems.append(Problem(layer.id, f"Two layers have the id “{layer.id}”; give one another."))
        places[layer.id] = position
    graph = Graph(inputs, tuple(nodes), ())
    problems += _dead_ends(graph)
    if layers and not layers[-1].can_be_output:
        text = f"{layers[-1].title} cannot be the last layer; end the network with a Dense layer."
        problems.append(Problem(layers[-1].id, text))
    return Graph(inputs, tuple(nodes), tuple(problems))


def _node(
    layer: Layer, position: int, places: dict[str, int], later: set[str], nodes: list[Node], inputs: int
) -> Node:
    for name in layer.inputs:
        if name == layer.id or name in later:
            raise LayerProblem(f"It reads “{name}”, which comes later; a layer reads only earlier ones.")
        if name not in places:
            raise LayerProblem(f"It reads “{name}”, which does not exist; connect it to another layer.")
    if len(layer.inputs) > 1 and not layer.merges:
        raise LayerProblem(f"{layer.title} reads one layer; put an Add or Concatenate before it.")
    sources = tuple(places[name] for name in layer.inputs) or (position - 1,)
    sizes = tuple(inputs if source < 0 else nodes[source].units for source in sources)
    units = layer.output_units(sizes) if all(sizes) else 0  # 0: the trouble lies earlier
    return Node(layer, sources, sizes, units)


def _dead_ends(graph: Graph) -> list[Problem]:
    text = "Nothing reads this layer, so it cannot learn; connect it to a later one."
    return [
        Problem(node.layer.id, text)
        for position, node in enumerate(graph.nodes[:-1])
        if not graph.readers(position)
    ]
