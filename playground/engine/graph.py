"""Layers and their inputs as a directed acyclic graph: order, shapes, and what is wrong with it.

A layer reads the layers it names, all of them earlier in the list; by default the one before.  The graph is
worked out before anything is computed, so that an impossible network is a list of sentences and not a crash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from math import prod

from pydantic import Field

from playground.engine.activations import Linear
from playground.engine.arrays import Shape
from playground.engine.layers import BatchNorm, Layer, LayerNorm, LayerProblem
from playground.engine.layers.recurrent import Recurrent
from playground.engine.parameter import Parameter
from playground.numbers.writing import by
from playground.record import record
from playground.shapes import GraphShape
from playground.text import Text, say
from playground.value import AnyOf, Value
from playground.words import shortened

NOT_CLIPPED = say(
    "remark.not_clipped",
    "Over many steps its gradient may grow without bound; clip gradients by their global norm.",
)

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


@record
class Problem:
    """Why a network cannot train: a sentence for the person, and the layer it belongs to ("" for none)."""

    layer_id: str
    text: Text


@record
class Node:
    """A layer in its place and the shapes around it; those of a layer that cannot work are (0,).

    Attributes:
        sources: positions of the layers it reads, −1 for the network's input.
        shapes: what they give, and then the shapes of the blocks that the layer shares with others.
        shape: what it gives itself.
    """

    layer: Layer
    sources: tuple[int, ...]
    shapes: tuple[Shape, ...]
    shape: Shape

    @property
    def units(self) -> int:
        """How many values it gives; 0 when it cannot work."""
        return prod(self.shape)

    @property
    def input_units(self) -> tuple[int, ...]:
        """How many values each of its sources gives."""
        return tuple(prod(shape) for shape in self.shapes[: len(self.sources)])

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The blocks of parameters of its own; none when it cannot work."""
        return self.layer.parameters(self.shapes) if self.units else ()

    @cached_property
    def blocks(self) -> Mapping[str, tuple[str, str]]:
        """Every block it sees, by the name it has for it: the id of its owner and its name there."""
        own = {parameter.name: (self.layer.id, parameter.name) for parameter in self.parameters}
        return own | {name: (owner, name) for name, owner in self.layer.shares.items()}


@record
class Graph:
    """The layers with their sources and shapes; `units` of a layer that cannot work is 0."""

    input_shape: Shape
    nodes: tuple[Node, ...]
    problems: tuple[Problem, ...]

    @property
    def inputs(self) -> int:
        """How many values the network is given of a sample."""
        return prod(self.input_shape)

    @property
    def parameters(self) -> int:
        """How many parameters all layers have; 0 for one that cannot work."""
        return sum(parameter.size for node in self.nodes for parameter in node.parameters)

    @property
    def reads_graph(self) -> bool:
        """Whether a layer of it passes messages along edges."""
        return any(node.layer.reads_graph for node in self.nodes)

    def readers(self, position: int) -> tuple[tuple[int, int], ...]:
        """Who reads a layer (−1: the input): pairs of reader's position and which of its inputs."""
        return tuple(
            (reader, port)
            for reader, node in enumerate(self.nodes)
            for port, source in enumerate(node.sources)
            if source == position
        )


def resolve(architecture: Architecture, input_shape: Shape) -> Graph:
    """The graph of an architecture on samples of that shape, with every problem found."""
    layers = architecture.layers
    problems: list[Problem] = []
    nodes: list[Node] = []
    places: dict[str, int] = {INPUT: -1}
    later = {layer.id for layer in layers}
    if not layers:
        problems.append(Problem("", say("network.empty", "The network has no layers.")))
    for position, layer in enumerate(layers):
        later.discard(layer.id)
        try:
            nodes.append(_node(layer, position, places, later, nodes, input_shape))
        except LayerProblem as problem:
            problems.append(Problem(layer.id, problem.text))
            nodes.append(Node(layer, (position - 1,), ((0,),), (0,)))
        if layer.id in places:
            text = say("layer.id_twice", "Two layers have the id “{id}”; give one another.", id=layer.id)
            problems.append(Problem(layer.id, text))
        places[layer.id] = position
    graph = Graph(input_shape, tuple(nodes), ())
    problems += _dead_ends(graph)
    if layers and not layers[-1].can_be_output:
        text = say(
            "layer.cannot_be_last",
            "{layer} cannot be the last layer; end the network with a Dense layer.",
            layer=layers[-1].named(),
        )
        problems.append(Problem(layers[-1].id, text))
    return Graph(input_shape, tuple(nodes), tuple(problems))


def _node(
    layer: Layer,
    position: int,
    places: dict[str, int],
    later: set[str],
    nodes: list[Node],
    input_shape: Shape,
) -> Node:
    for name in layer.inputs:
        shown = shortened(name)
        if name == layer.id or name in later:
            raise LayerProblem(
                say(
                    "layer.reads_later",
                    "It reads “{name}”, which comes later; a layer reads only earlier ones.",
                    name=shown,
                )
            )
        if name not in places:
            raise LayerProblem(
                say(
                    "layer.reads_unknown",
                    "It reads “{name}”, which does not exist; connect it to another layer.",
                    name=shown,
                )
            )
    if len(layer.inputs) > 1 and not layer.merges:
        raise LayerProblem(
            say(
                "layer.reads_one",
                "{layer} reads one layer; put an Add or Concatenate before it.",
                layer=layer.named(),
            )
        )
    sources = tuple(places[name] for name in layer.inputs) or (position - 1,)
    given = [input_shape if source < 0 else nodes[source].shape for source in sources]
    shapes = (*given, *(_shared(layer, name, places, later, nodes) for name in layer.shares))
    works = all(prod(shape) for shape in shapes)  # else the trouble lies earlier
    if layer.reads_graph and works:
        shapes = (_of_nodes(layer, input_shape, sources[0], shapes[0]), *shapes[1:])
    return Node(layer, sources, shapes, layer.output_shape(shapes) if works else (0,))


def _of_nodes(layer: Layer, input_shape: Shape, source: int, given: Shape) -> Shape:
    """The shape of what is given to a layer that reads nodes: without their edges, which it sees anyway.

    Raises:
        LayerProblem: when there are no edges, or what is given are no nodes any more.
    """
    if not isinstance(input_shape, GraphShape):
        raise LayerProblem(
            say(
                "layer.reads_graphs",
                "{layer} needs edges between nodes, and these data have none; "
                "take data that are a graph, as they are, or a Dense layer.",
                layer=layer.named(),
            )
        )
    if len(given) != len(input_shape) or given[:-1] != input_shape[:-1]:
        raise LayerProblem(
            say(
                "layer.nodes_are_gone",
                "{layer} reads nodes with a row of values each, and is given {shape}; put it further ahead.",
                layer=layer.named(),
                shape=by(given),
            )
        )
    return (*given[:-1], input_shape.own) if source < 0 and input_shape.own else given


def _shared(layer: Layer, name: str, places: dict[str, int], later: set[str], nodes: list[Node]) -> Shape:
    """The shape of a block that a layer shares; (0,) when its owner cannot work."""
    owner = layer.shares[name]
    shown = shortened(owner)
    if not owner:
        raise LayerProblem(
            say("layer.tied_to_nothing", "It has no weights of its own; choose whose it turns around.")
        )
    if owner == layer.id or owner in later:
        raise LayerProblem(
            say(
                "layer.shares_later",
                "It shares the weights of “{name}”, which comes later; move it behind that one.",
                name=shown,
            )
        )
    if places.get(owner, -1) < 0:
        raise LayerProblem(
            say(
                "layer.shares_unknown",
                "It shares the weights of “{name}”, which does not exist; choose another layer.",
                name=shown,
            )
        )
    node = nodes[places[owner]]
    found = [parameter.shape for parameter in node.parameters if parameter.name == name]
    if node.units and not found:
        raise LayerProblem(
            say(
                "layer.shares_other_kind",
                "It shares the weights of “{name}”, which is no dense layer; choose another.",
                name=shown,
            )
        )
    return found[0] if found else (0,)


def remarks(graph: Graph, batch: int = 0, last_batch: int = 0, clips: bool = True) -> tuple[Problem, ...]:
    """What is harmless, but good to know, when batches are of so many samples; 0 for none, or not known.

    It depends on whether gradients are clipped, too.
    """
    found = [
        Problem(node.layer.id, text)
        for position, node in enumerate(graph.nodes)
        for text in _remarks(graph, position, batch, last_batch)
    ]
    unbounded = (
        () if clips else tuple(node.layer.id for node in graph.nodes if isinstance(node.layer, Recurrent))
    )
    return (*found, *(Problem(layer_id, NOT_CLIPPED) for layer_id in unbounded))


def _remarks(graph: Graph, position: int, batch: int, last_batch: int) -> Iterator[Text]:
    node = graph.nodes[position]
    if isinstance(node.layer, BatchNorm):
        if _is_linear(graph, node.sources[0]):
            yield say(
                "remark.bias_without_effect",
                "The bias of the layer before it has no effect: it goes with the mean, and β does its work.",
            )
        if len(node.shape) > 1:
            return  # each channel has a variance over its places
        if batch == 1:
            yield say(
                "remark.batch_of_one",
                "The batches are too small: one sample has no variance, so it is normalized by the running "
                "averages, which then stay as they are. Take batches of 16 samples or more.",
            )
        elif last_batch == 1:
            yield say(
                "remark.last_batch_of_one",
                "The last batch of an epoch is too small: one sample has no variance, so it is normalized by "
                "the running averages, which then stay as they are. "
                "Drop the short last batch, or take batches of another size.",
            )
    elif isinstance(node.layer, LayerNorm) and node.parameters and node.parameters[0].size == 1:
        yield say(
            "remark.single_value",
            "It has a single value, which it turns into 0, so that only β is left; put it behind 8 or more.",
        )


def _is_linear(graph: Graph, position: int) -> bool:
    """Whether a layer has biases, no activation, and a single reader."""
    layer = graph.nodes[position].layer if position >= 0 else None
    linear = layer is not None and layer.adds_bias and isinstance(getattr(layer, "activation", None), Linear)
    return linear and len(graph.readers(position)) == 1


def _dead_ends(graph: Graph) -> list[Problem]:
    text = say("layer.unread", "Nothing reads this layer, so it cannot learn; connect it to a later one.")
    return [
        Problem(node.layer.id, text)
        for position, node in enumerate(graph.nodes[:-1])
        if not graph.readers(position)
    ]
