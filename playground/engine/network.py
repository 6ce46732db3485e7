"""The network: one flat vector of parameters, one of gradients, and a plan of bound operations a batch size.

A playground's network is tiny, so that what costs is Python and not arithmetic.  Everything that a build can
do once (allocating, slicing, choosing) is done in `Plan`; a step is a loop over bound functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from playground.engine.arrays import Array, Operation, Shape
from playground.engine.graph import Architecture, Graph, Node, resolve
from playground.engine.layers import Edges, LayerProblem, Operations, Tensor, Wires
from playground.engine.losses import Loss
from playground.engine.losses.asked import only_asked
from playground.engine.parameter import Parameter
from playground.randomness import Source, Streams

PLANS_KEPT = 8
INPUT_POSITION = -1
"""Where a graph's nodes say that they read the network's input."""

CHUNK = 4096
"""Samples evaluated at once at most."""

MOST_VALUES = 1 << 24
"""Values of all layers that are there at once in inference: bounds its memory."""


class Network:
    """The parameters of an architecture and the means to run it.

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
        self._plans: dict[tuple[int, str, bool, bool], Plan] = {}

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

    @property
    def chunk(self) -> int:
        """How many samples are evaluated at once."""
        values = self.inputs + sum(node.units for node in self.graph.nodes)
        return max(1, min(CHUNK, MOST_VALUES // values))

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

    def weight_rows(self) -> tuple[Array, ...]:
        """The penalized weights of each block as a view (units, inputs): a row is what a neuron weighs by."""
        pieces = (
            self.block(layer_id, name)[parameter.parts[part]]
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

    def plan(
        self, samples: int, loss: Loss | None = None, input_gradient: bool = False, gaps: bool = False
    ) -> Plan:
        """The bound operations for batches of that size; for training when a loss is given.

        With `input_gradient`, a training step works out the gradient with respect to the inputs as well; with
        `gaps`, targets may be NaN, which are not asked for.
        """
        key = (samples, "" if loss is None else loss.model_dump_json(), input_gradient, gaps)
        plan = self._plans.pop(key, None) or Plan(self, samples, loss, input_gradient, gaps)
        self._plans[key] = plan  # the most recent last
        if len(self._plans) > PLANS_KEPT:
            del self._plans[next(iter(self._plans))]
        return plan

    def passes(self, inputs: Array) -> Iterator[tuple[slice, Plan]]:
        """Forward on inputs (samples, inputs) as at test time, some of them at once: which, and their plan.

        What the plan holds is to be read before the next ones.
        """
        chunk = self.chunk
        for start in range(0, len(inputs), chunk):
            rows = slice(start, min(start + chunk, len(inputs)))
            plan = self.plan(rows.stop - start)
            plan.run(inputs[rows])
            yield rows, plan

    def predict(self, inputs: Array) -> Array:
        """Outputs (samples, outputs) for inputs (samples, inputs), as at test time."""
        result = np.empty((len(inputs), self.outputs), self.dtype)
        for rows, plan in self.passes(inputs):
            result[rows] = plan.outputs.T
        return result

    def activations(self, inputs: Array) -> Mapping[str, Array]:
        """Each layer's values, (units, samples) by layer id, as at test time; views until the next run."""
        plan = self.plan(len(inputs))
        plan.run(inputs)
        return plan.values


class Plan:
    """A network bound to the arrays of one batch size.

    Attributes:
        input: where a batch is written, (samples, inputs + 1), its last column ones.
        target: where its coded targets are written, (samples, outputs); training only.
        weights: where it is written what each sample counts, (samples,), for a loss that weighs them.
        input_gradient: that of the loss with respect to the inputs, (samples, inputs); None unless asked for.
        forward, backward: the operations, to be called in order; backward begins with the loss.
        operations: both, which is all of a step but the update.
        outputs, net_outputs: the output layer's activation and net input, (outputs, samples).
        values: each layer's activation by layer id, (units, samples).
        seen: what else layers show of their forward pass, by layer id and name (see `Operations`).
        terms: what layers add to the loss, each to be called after a forward pass.
    """

    def __init__(
        self,
        network: Network,
        samples: int,
        loss: Loss | None,
        input_gradient: bool = False,
        gaps: bool = False,
    ) -> None:
        graph, dtype = network.graph, network.dtype
        self.input: Array = np.ones((samples, graph.inputs + 1), dtype)
        tensors = [Tensor(self.input.T)]  # position −1 of the graph is index 0 here
        gradients = None if loss is None else _Gradients(network, samples, input_gradient)
        forward: list[Operation] = []
        backward: list[list[Operation]] = []
        terms: list[Callable[[], float]] = []
        net_input: Array | None = None
        self.seen: dict[str, Mapping[str, Array]] = {}
        for position, node in enumerate(graph.nodes):
            if node.layer.reshapes:
                tensors.append(tensors[node.sources[0] + 1])
                operations = Operations((), ())
            else:
                tensors.append(Tensor.empty(node.units, samples, dtype))
                last = position == len(graph.nodes) - 1
                from_logits = last and loss is not None and loss.from_logits
                wires = _wires(network, position, tensors, gradients, from_logits)
                operations = node.layer.bind(wires)
            net_input = operations.net_input
            if operations.seen:
                self.seen[node.layer.id] = operations.seen
            forward += operations.forward
            terms += [] if operations.term is None else [operations.term]
            gather = [] if gradients is None else gradients.sum(position)
            backward.append([*gather, *operations.backward])
        self.values: dict[str, Array] = {
            node.layer.id: tensor.values for node, tensor in zip(graph.nodes, tensors[1:], strict=True)
        }
        self.outputs: Array = tensors[-1].values
        self.net_outputs: Array = self.outputs if net_input is None else net_input
        self.forward: tuple[Operation, ...] = tuple(forward)
        self.terms = tuple(terms)
        self.target: Array = np.zeros((samples, len(self.outputs)), dtype)
        self.weights: Array = np.ones(samples, dtype)
        self.backward: tuple[Operation, ...] = ()
        self.input_gradient: Array | None = None
        if loss is not None and gradients is not None:
            gradient = gradients.outputs[-1]
            assert gradient is not None
            start = _bind_loss(loss, self, gradient.values)
            if gaps:
                start = only_asked(start, self.target.T, self.outputs, gradient.values)
            weigh = (partial(_weigh, self.weights, gradient.values),) if loss.weighs else ()
            steps = [gradients.sum(INPUT_POSITION), *backward]
            flow = (operation for step in reversed(steps) for operation in step)
            self.backward = (start, *weigh, *flow, *gradients.of_parameters)
            self.input_gradient = None if gradients.input is None else gradients.input.values.T
        self.operations: tuple[Operation, ...] = self.forward + self.backward

    def run(self, inputs: Array) -> None:
        """Forward on these inputs, (samples, inputs)."""
        self.input[:, :-1] = inputs
        for operation in self.forward:
            operation()

    def term(self) -> float:
        """What layers add to the loss of the batch that went forward last; 0 where none adds anything."""
        return float(sum(term() for term in self.terms))

    def step(self) -> None:
        """Forward and backward on what `input` and `target` hold; the gradients are then in the network."""
        for operation in self.operations:
            operation()


def _wires(
    network: Network, position: int, tensors: list[Tensor], gradients: _Gradients | None, from_logits: bool
) -> Wires:
    node = network.graph.nodes[position]
    return Wires(
        inputs=tuple(tensors[source + 1] for source in node.sources),
        output=tensors[position + 1],
        input_gradients=gradients.inputs(position) if gradients else (),
        output_gradient=gradients.outputs[position] if gradients else None,
        parameters=network.blocks(node),
        gradients=gradients.blocks(node) if gradients else {},
        state={name: values for (owner, name), values in network.state.items() if owner == node.layer.id},
        training=gradients is not None,
        from_logits=from_logits,
        streams=network.streams,
        shapes=node.shapes,
    )


def _bind_loss(loss: Loss, plan: Plan, gradient: Array) -> Operation:
    z, a, t, work = plan.net_outputs, plan.outputs, plan.target.T, np.empty_like(gradient)
    return partial(loss.gradient, z, a, t, gradient, work)


def _weigh(weights: Array, gradient: Array) -> None:
    """Make the gradient (outputs, samples) of a mean that of the mean by these weights (samples,)."""
    np.multiply(gradient, weights * (len(weights) / weights.sum()), out=gradient)


class _Gradients:
    """The gradients that flow between layers: one array for each reader of a layer, summed before it.

    They flow only to where something learns; to the network's input when it is asked for.

    Attributes:
        outputs: the gradient of each layer's values, by position; None where none is wanted.
        input: that of the network's input.
        of_parameters: what remains to be done once all layers have written the gradients of their blocks.
    """

    def __init__(self, network: Network, samples: int, of_input: bool) -> None:
        self._network, self._samples = network, samples
        self._graph = graph = network.graph
        wanted = [False] * len(graph.nodes) + [of_input]  # by position, the last that of the input, −1
        for position, node in enumerate(graph.nodes):
            wanted[position] = bool(node.parameters) or any(wanted[source] for source in node.sources)
        self._edges: dict[tuple[int, int], Tensor] = {}
        self.outputs: list[Tensor | None] = [None] * len(graph.nodes)
        for position in reversed(range(len(graph.nodes))):
            if wanted[position]:
                self.outputs[position] = self._flow(position, graph.nodes[position].units)
        self.input = self._flow(INPUT_POSITION, graph.inputs) if of_input else None
        self.of_parameters: list[Operation] = []
        if network.trainable is not None:
            mask, vector = network.trainable, network.gradients
            self.of_parameters.append(partial(np.multiply, vector, mask, vector))

    def _flow(self, position: int, units: int) -> Tensor:
        """The gradient of a layer that all its readers add to; theirs are known."""
        readers = self._graph.readers(position)
        for reader, port in readers:
            # a layer that only reshapes hands on the gradient that it is given
            given = self.outputs[reader] if self._graph.nodes[reader].layer.reshapes else None
            self._edges[reader, port] = given or self._tensor(units)
        return self._edges[readers[0]] if len(readers) == 1 else self._tensor(units)

    def _tensor(self, units: int) -> Tensor:
        return Tensor.empty(units, self._samples, self._network.dtype)

    def inputs(self, position: int) -> tuple[Tensor | None, ...]:
        """Where a layer writes the gradients with respect to its inputs."""
        ports = range(len(self._graph.nodes[position].sources))
        return tuple(self._edges.get((position, port)) for port in ports)

    def blocks(self, node: Node) -> dict[str, Array]:
        """Where a layer writes the gradients of its blocks.

        The owner of a block writes into the network's vector; what comes from others is added in the end.
        """
        found = self._network.blocks(node, self._network.gradients)
        for name in node.layer.shares:
            total, found[name] = found[name], np.zeros_like(found[name])
            self.of_parameters.insert(0, _adding(total, found[name], total))
        return found

    def sum(self, position: int) -> list[Operation]:
        """The operations that gather a layer's gradient from several readers."""
        readers = self._graph.readers(position)
        total = self.input if position == INPUT_POSITION else self.outputs[position]
        if total is None or len(readers) < 2:
            return []
        first, second, *others = [self._edges[reader].values for reader in readers]
        return [
            _adding(first, second, total.values),
            *(_adding(total.values, other, total.values) for other in others),
        ]


def _adding(left: Array, right: Array, out: Array) -> Operation:
    return partial(np.add, left, right, out)
