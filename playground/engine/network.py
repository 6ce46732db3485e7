"""The network: its parameters, and a plan of bound operations a batch size.

A playground's network is tiny, so that what costs is Python and not arithmetic.  Everything that a build can
do once (allocating, slicing, choosing) is done in `Plan`; a step is a loop over bound functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property, partial

import numpy as np

from playground.engine.arrays import Array, Operation, Shape
from playground.engine.flow import INPUT_POSITION, Flow
from playground.engine.graph import Architecture, Graph, Node
from playground.engine.layers import Operations, Tensor, Wires
from playground.engine.links import NodeLinks, Passage, SamplePassage
from playground.engine.losses import Loss
from playground.engine.losses.asked import only_asked
from playground.engine.parameters import Parameters
from playground.engine.places import Places
from playground.randomness import Streams
from playground.record import record
from playground.shapes import GraphShape

PLANS_KEPT = 8
CHUNK = 4096
"""Samples evaluated at once at most."""

MOST_VALUES = 1 << 24
"""Values of all layers that are there at once in inference: bounds its memory."""


class Network(Parameters):
    """The parameters of an architecture and the means to run it."""

    def __init__(
        self,
        architecture: Architecture,
        input_shape: Shape,
        dtype: str = "float32",
        streams: Streams | None = None,
    ) -> None:
        super().__init__(architecture, input_shape, dtype, streams)
        self._plans: dict[tuple[object, ...], Plan] = {}

    @cached_property
    def chunk(self) -> int:
        """How many samples are evaluated at once."""
        kept = sum(node.units + node.layer.workspace(node.shapes, 1) for node in self.graph.nodes)
        return max(1, min(CHUNK, MOST_VALUES // (self.inputs + kept)))

    def plan(
        self,
        samples: int,
        loss: Loss | None = None,
        input_gradient: bool = False,
        gaps: bool = False,
        at_rest: bool = False,
        links: NodeLinks | None = None,
    ) -> Plan:
        """The bound operations for batches of that size; for training when a loss is given.

        With `input_gradient`, a training step works out the gradient with respect to the inputs as well; with
        `gaps`, targets may be NaN, which are not asked for; `at_rest`, layers do what they do at test time.
        Samples are joined by the `links` of one graph; without them each stands alone.
        """
        key = (samples, "" if loss is None else loss.model_dump_json(), input_gradient, gaps, at_rest, links)
        plan = self._plans.pop(key, None) or Plan(self, samples, loss, input_gradient, gaps, at_rest, links)
        self._plans[key] = plan  # the most recent last
        if len(self._plans) > PLANS_KEPT:
            del self._plans[next(iter(self._plans))]
        return plan

    def passes(self, inputs: Array, links: NodeLinks | None = None) -> Iterator[tuple[slice, Plan]]:
        """Forward on inputs (samples, inputs) as at test time, some of them at once: which, and their plan.

        All at once where they are joined by links.  What the plan holds is to be read before the next ones.
        """
        chunk = self.chunk if links is None else len(inputs)
        for start in range(0, len(inputs), chunk):
            rows = slice(start, min(start + chunk, len(inputs)))
            plan = self.plan(rows.stop - start, links=links)
            plan.run(inputs[rows])
            yield rows, plan

    def predict(self, inputs: Array, links: NodeLinks | None = None) -> Array:
        """Outputs (samples, outputs) for inputs (samples, inputs), as at test time."""
        result = np.empty((len(inputs), self.outputs), self.dtype)
        for rows, plan in self.passes(inputs, links):
            result[rows] = plan.outputs.T
        return result

    def activations(self, inputs: Array, links: NodeLinks | None = None) -> Mapping[str, Array]:
        """Each layer's values, (units, samples) by layer id, as at test time; views until the next run."""
        plan = self.plan(len(inputs), links=links)
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
        net_inputs: what it is the activation of, by layer id, of layers that say so.
        bends: of layers that say so, by layer id: where the net input z can be looked at, samples last, and
            the gradient δ with respect to it, None where none is wanted.
        gradients: those with respect to each layer's values (or, of an output whose loss is from logits, its
            net inputs), by layer id; of those alone to which one flows.
        seen: what else layers show of their forward pass, by layer id and name (see `Operations`).
        upstream: where each layer writes the gradients with respect to what it is given, by layer id.
        places: which places of each sample are there.
        passage: the edges between nodes; None where no layer asks for them.
        messages: what gives those that a layer passes along edges, and their shares, by layer id.
        sums: what gives how gradients of weights came about in a step, by layer id, of layers that say so.
        terms: what layers add to the loss, each to be called after a forward pass.
        until: how many of the forward operations there are up to each layer, by layer id.
    """

    def __init__(
        self,
        network: Network,
        samples: int,
        loss: Loss | None,
        input_gradient: bool = False,
        gaps: bool = False,
        at_rest: bool = False,
        links: NodeLinks | None = None,
    ) -> None:
        graph, dtype = network.graph, network.dtype
        self.input: Array = np.ones((samples, graph.inputs + 1), dtype)
        gradients = None if loss is None else Gradients(network, samples, input_gradient)
        self.places = places = Places(graph, self.input[:, :-1])
        self.passage = _passage(graph, self.input, links)
        logits = loss is not None and loss.from_logits
        wiring = Wiring(network, self.input, gradients, places, self.passage, logits, at_rest)
        bound = {node.layer.id: wiring.bind(position) for position, node in enumerate(graph.nodes)}
        self.upstream = wiring.upstream
        self.until: dict[str, int] = {}
        self.forward: tuple[Operation, ...] = self._forward(places, bound)
        self.terms = tuple(each.term for each in bound.values() if each.term is not None)
        self.net_inputs = {
            layer_id: each.net_input for layer_id, each in bound.items() if each.net_input is not None
        }
        self.bends = {layer_id: found for layer_id, each in bound.items() if (found := _bend(each))}
        self.gradients = {} if gradients is None else gradients.by_layer()
        self.seen = {layer_id: each.seen for layer_id, each in bound.items() if each.seen}
        self.messages = {
            layer_id: (each.messages, each.shares)
            for layer_id, each in bound.items()
            if each.messages is not None
        }
        self.sums = {layer_id: each.sums for layer_id, each in bound.items() if each.sums is not None}
        self.values: dict[str, Array] = {
            layer_id: tensor.values for layer_id, tensor in zip(bound, wiring.tensors[1:], strict=True)
        }
        self.outputs: Array = wiring.tensors[-1].values
        self.net_outputs: Array = self.net_inputs.get(graph.nodes[-1].layer.id, self.outputs)
        self.target: Array = np.zeros((samples, len(self.outputs)), dtype)
        self.weights: Array = np.ones(samples, dtype)
        self.backward: tuple[Operation, ...] = ()
        self.input_gradient: Array | None = None
        if loss is not None and gradients is not None:
            self.backward = self._backward(loss, gradients, list(bound.values()), gaps)
            self.input_gradient = None if gradients.input is None else gradients.input.values.T
        self.operations: tuple[Operation, ...] = self.forward + self.backward

    def _forward(self, places: Places, bound: Mapping[str, Operations]) -> tuple[Operation, ...]:
        """What looks at the batch, and then the layers; notes where each layer has given its values."""
        reads = [self.passage.read] if isinstance(self.passage, SamplePassage) else []
        forward: list[Operation] = [*places.look, *reads]
        for layer_id, operations in bound.items():
            forward += operations.forward
            self.until[layer_id] = len(forward)
        return tuple(forward)

    def _backward(
        self, loss: Loss, gradients: Gradients, bound: Sequence[Operations], gaps: bool
    ) -> tuple[Operation, ...]:
        """From the loss, of all targets or of those that are asked for, back through the layers."""
        gradient = gradients.outputs[-1]
        assert gradient is not None
        start = _bind_loss(loss, self, gradient.values)
        if gaps:
            start = only_asked(start, self.target.T, self.outputs, gradient.values)
        weigh = (partial(_weigh, self.weights, gradient.values),) if loss.weighs else ()
        of_layers = ([*gradients.sum(place), *each.backward] for place, each in enumerate(bound))
        steps = [gradients.sum(INPUT_POSITION), *of_layers]
        flow = (operation for step in reversed(steps) for operation in step)
        return (start, *weigh, *flow, *gradients.of_parameters)

    def run(self, inputs: Array) -> None:
        """Forward on these inputs, (samples, inputs)."""
        self.input[:, :-1] = inputs
        for operation in self.forward:
            operation()

    def run_from(self, layer_id: str, values: Array) -> None:
        """Forward from what a layer is made to give, (units, samples), where the others read nothing else."""
        self.values[layer_id][:] = values
        for operation in self.forward[self.until[layer_id] :]:
            operation()

    def term(self) -> float:
        """What layers add to the loss of the batch that went forward last; 0 where none adds anything."""
        return float(sum(term() for term in self.terms))

    def step(self) -> None:
        """Forward and backward on what `input` and `target` hold; the gradients are then in the network."""
        for operation in self.operations:
            operation()


def _passage(graph: Graph, batch: Array, links: NodeLinks | None) -> Passage | None:
    """The edges in a batch (samples, inputs + 1); None where nothing asks for them."""
    if not (graph.reads_graph and isinstance(graph.input_shape, GraphShape)):
        return None
    if graph.input_shape.own:
        return SamplePassage(graph.input_shape, batch[:, :-1])
    return Passage.between(links, batch.dtype) if links else Passage.none(len(batch), batch.dtype)


@record
class Wiring:
    """Binds the layers of a network one after another to what is before them.

    Attributes:
        tensors: the values of the batch, and then those of each layer that is bound.
        upstream: where each layer writes the gradients with respect to what it is given, by layer id.
    """

    network: Network
    input: Array
    gradients: Gradients | None
    places: Places
    passage: Passage | None
    from_logits: bool
    at_rest: bool
    tensors: list[Tensor] = field(default_factory=list)
    upstream: dict[str, tuple[Tensor | None, ...]] = field(default_factory=dict)

    def bind(self, position: int) -> Operations:
        """What the layer at a position does."""
        wires = self.wires(position)
        return Operations((), ()) if wires is None else self.network.graph.nodes[position].layer.bind(wires)

    def wires(self, position: int) -> Wires | None:
        """What the layer at a position is bound to, after all before it; None where it only reshapes."""
        if not self.tensors:
            self.tensors.append(Tensor(self.input.T))  # position −1 of the graph is index 0 here
        node = self.network.graph.nodes[position]
        if node.layer.reshapes:
            self.tensors.append(self.tensors[node.sources[0] + 1])
            return None
        self.tensors.append(Tensor.empty(node.units, len(self.input), self.network.dtype))
        wires = self._wires(position, node)
        self.upstream[node.layer.id] = wires.input_gradients
        return wires

    def _wires(self, position: int, node: Node) -> Wires:
        network, gradients = self.network, self.gradients
        last = position == len(network.graph.nodes) - 1
        return Wires(
            inputs=tuple(self.tensors[source + 1] for source in node.sources),
            output=self.tensors[position + 1],
            input_gradients=gradients.inputs(position) if gradients else (),
            output_gradient=gradients.outputs[position] if gradients else None,
            parameters=network.blocks(node),
            gradients=gradients.blocks(node) if gradients else {},
            state={name: values for (owner, name), values in network.state.items() if owner == node.layer.id},
            training=gradients is not None and not self.at_rest,
            from_logits=last and self.from_logits,
            streams=network.streams,
            mask=self.places.read_by(position),
            passage=self.passage,
            shapes=node.shapes,
        )


def _bind_loss(loss: Loss, plan: Plan, gradient: Array) -> Operation:
    z, a, t, work = plan.net_outputs, plan.outputs, plan.target.T, np.empty_like(gradient)
    return partial(loss.gradient, z, a, t, gradient, work)


def _weigh(weights: Array, gradient: Array) -> None:
    """Make the gradient (outputs, samples) of a mean that of the mean by these weights (samples,)."""
    np.multiply(gradient, weights * (len(weights) / weights.sum()), out=gradient)


def _bend(operations: Operations) -> tuple[Array, Array | None] | None:
    z = operations.net_input if operations.z is None else operations.z
    return None if z is None else (z, operations.delta)


class Gradients(Flow):
    """The gradients between layers, and those of parameters.

    Attributes:
        of_sharers: to which gradient of a block that of another layer which uses the block is to be added.
    """

    def __init__(self, network: Network, samples: int, of_input: bool) -> None:
        super().__init__(network.graph, samples, network.dtype, of_input)
        self._network = network
        self.of_sharers: list[tuple[Array, Array]] = []

    @property
    def of_parameters(self) -> list[Operation]:
        """What remains to be done once all layers have written the gradients of their blocks."""
        found: list[Operation] = [partial(np.add, total, part, total) for total, part in self.of_sharers]
        if self._network.trainable is not None:
            mask, vector = self._network.trainable, self._network.gradients
            found.append(partial(np.multiply, vector, mask, vector))
        return found

    def by_layer(self) -> dict[str, Array]:
        """Those of layers' values, by layer id."""
        nodes = zip(self._network.graph.nodes, self.outputs, strict=True)
        return {node.layer.id: tensor.values for node, tensor in nodes if tensor is not None}

    def blocks(self, node: Node) -> dict[str, Array]:
        """Where a layer writes the gradients of its blocks.

        The owner of a block writes into the network's vector; what comes from others is added in the end.
        """
        found = self._network.blocks(node, self._network.gradients)
        for name in node.layer.shares:
            total, found[name] = found[name], np.zeros_like(found[name])
            self.of_sharers.insert(0, (total, found[name]))
        return found
