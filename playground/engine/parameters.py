"""The parameters of a network: one flat vector of them and one of gradients, and the pieces by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from playground.engine.arrays import Array, Shape
from playground.engine.graph import Architecture, Graph, Node, resolve
from playground.engine.layers import Edges, LayerProblem
from playground.engine.parameter import Parameter
from playground.randomness import Source, Streams


class Parameters:
    """The parameters of an architecture in flat vectors, and the views of its layers into them.

    Attributes:
        parameters, gradients: flat vectors, float32 or float64.
        trainable: 0 where a parameter is frozen, 1 elsewhere; None when nothing is frozen.
        penalized: 1 where a parameter is a weight that regularizers see and training may change, 0 elsewhere.
    """

    def __init__(
        self,
        architecture: Architecture,
        input_shape: Shape,
        dtype: str = "float32",
        streams: Streams | None = None,
    ) -> None:
        """Allocate the network; its layers draw from the run's streams, and leave chance out without them.

        Raises:
            LayerProblem: when the architecture cannot work on samples of that shape.
        """
        self.graph: Graph = resolve(architecture, input_shape)
        if self.graph.problems:
            raise LayerProblem(self.graph.problems[0].text)
        self.architecture = architecture
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.streams = streams
        self._blocks: dict[tuple[str, str], tuple[slice, Parameter]] = {}
        size = 0
        for node in self.graph.nodes:
            for parameter in node.parameters:
                self._blocks[node.layer.id, parameter.name] = (slice(size, size + parameter.size), parameter)
                size += parameter.size
        self.parameters: Array = np.zeros(size, self.dtype)
        self.gradients: Array = np.zeros(size, self.dtype)
        self.trainable: Array | None = self._trainable()
        self.penalized: Array = self._penalized()
        self.state: dict[tuple[str, str], Array] = {
            (node.layer.id, name): values.astype(self.dtype)
            for node in self.graph.nodes
            for name, values in node.layer.state(node.shapes).items()
        }

    def _trainable(self) -> Array | None:
        frozen = {node.layer.id for node in self.graph.nodes if getattr(node.layer, "frozen", False)}
        spans = [span for (layer_id, _), (span, _) in self._blocks.items() if layer_id in frozen]
        mask = np.ones_like(self.parameters)
        for span in spans:
            mask[span] = 0
        return mask if spans else None

    def _penalized(self) -> Array:
        mask = np.zeros_like(self.parameters)
        for (layer_id, name), (_, parameter) in self._blocks.items():
            for part in parameter.penalized:
                self.block(layer_id, name, mask)[parameter.parts[part]] = 1
        return mask if self.trainable is None else mask * self.trainable

    @property
    def inputs(self) -> int:
        """How many inputs it reads."""
        return self.graph.inputs

    @property
    def outputs(self) -> int:
        """How many outputs it gives."""
        return self.graph.nodes[-1].units

    def initialize(self, source: Source) -> None:
        """Draw the first parameters, layer by layer, and put running averages back to their start."""
        for (layer_id, name), (_, parameter) in self._blocks.items():
            parameter.initialize(source, self.block(layer_id, name))
        for node in self.graph.nodes:
            for name, values in node.layer.state(node.shapes).items():
                self.state[node.layer.id, name][:] = values

    def block(self, layer_id: str, name: str, vector: Array | None = None) -> Array:
        """A layer's block as a view into the parameters, or into another vector like them."""
        span, parameter = self._blocks[layer_id, name]
        return (self.parameters if vector is None else vector)[span].reshape(parameter.shape)

    def blocks(self, node: Node, vector: Array | None = None) -> dict[str, Array]:
        """Every block that a layer sees, its own and those it shares, as views."""
        return {name: self.block(*key, vector) for name, key in node.blocks.items()}

    def edges(self, layer_id: str, vector: Array | None = None) -> Edges | None:
        """The weights of a layer's neurons as views, of the parameters or of `vector`; None without any."""
        node = self.graph.nodes[self.architecture.index(layer_id)]
        return node.layer.edges(self.blocks(node, vector))

    def weight(self, layer_id: str, unit: int, source: int, vector: Array | None = None) -> Array:
        """A weight of a neuron, or with source −1 its bias, as a view of the pieces it is made of.

        There are no pieces where the network has no such weight.
        """
        known = any(layer.id == layer_id for layer in self.architecture.layers)
        edges = self.edges(layer_id, vector) if known else None
        if edges is None or unit >= edges.weights.shape[1] or source >= edges.weights.shape[2]:
            return np.empty(0, self.dtype)
        return edges.bias[:, unit] if source < 0 else edges.weights[:, unit, source]

    def tensors(self, vector: Array | None = None) -> Iterator[tuple[str, Array]]:
        """Every named piece ("dense1.weights", "dense1.bias") as a view, of the parameters or of `vector`."""
        for (layer_id, name), (_, parameter) in self._blocks.items():
            block = self.block(layer_id, name, vector)
            for part, index in parameter.parts.items():
                yield f"{layer_id}.{part}", block[index]

    @property
    def shapes(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The names and shapes of all named pieces."""
        return tuple((name, tensor.shape) for name, tensor in self.tensors())

    def weight_rows(self, vector: Array | None = None) -> tuple[Array, ...]:
        """The penalized weights of each block as a view (units, inputs): a row is what a neuron weighs by.

        They are those of the parameters, or of `vector`.
        """
        pieces = (
            self.block(layer_id, name, vector)[parameter.parts[part]]
            for (layer_id, name), (span, parameter) in self._blocks.items()
            for part in parameter.penalized
            if self.penalized[span].any()  # not where the layer is frozen
        )
        return tuple(piece.reshape(-1, piece.shape[-1]) for piece in pieces)

    def state_tensors(self) -> Iterator[tuple[str, Array]]:
        """What layers carry along without learning it by gradient, by name ("norm1.running_mean")."""
        for (layer_id, name), values in self.state.items():
            yield f"{layer_id}.{name}", values

    def spans(self) -> dict[str, slice]:
        """Where each layer with parameters lies in the flat vectors, by layer id."""
        spans: dict[str, slice] = {}
        for (layer_id, _), (span, _) in self._blocks.items():
            start = spans[layer_id].start if layer_id in spans else span.start
            spans[layer_id] = slice(start, span.stop)
        return spans
