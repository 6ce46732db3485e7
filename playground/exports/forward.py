"""The forward pass of a network, as its layers say it one after another."""

from __future__ import annotations

from playground.engine.graph import Graph, Node
from playground.engine.parameters import Parameters
from playground.engine.portable import ForwardPass, PlacesOp, PortableStep, PortableValue, SliceOp, Wording
from playground.shapes import GraphShape


def forward_pass(network: Parameters, masked: bool) -> ForwardPass:
    """What a network does when it answers.

    With `masked`, some steps of sequences may not be there; nodes of samples that are graphs always may.

    Raises:
        NotPortable: when a layer cannot say what it does.
    """
    return _Teller(network, masked).told()


class _Teller:
    """Asks layer by layer; `values` and `masks` are what each gives, at index 0 the input's."""

    def __init__(self, network: Parameters, masked: bool) -> None:
        self._network, graph = network, network.graph
        shape = graph.input_shape
        of_graphs = isinstance(shape, GraphShape) and shape.own > 0
        self._input = PortableValue("x", tuple(shape))
        gaps = of_graphs or (masked and len(shape) == 2)
        self._mask = PortableValue("there", (shape[0],)) if gaps else None
        self._edges = _edges(graph)
        self._steps: list[PortableStep] = []
        self._values, self._masks = [self._input], [self._mask]

    def told(self) -> ForwardPass:
        """All layers in their order, without what is said of masks that nobody reads."""
        for node in self._network.graph.nodes:
            wording = self._wording(node)
            self._values.append(node.layer.portable(wording))
            self._masks.append(self._mask_behind(node, wording))
        output = self._values[-1]
        return ForwardPass(self._input, self._mask, self._edges, _read(self._steps, output), output)

    def _wording(self, node: Node) -> Wording:
        layer, network = node.layer, self._network
        wording = Wording(
            layer.id,
            layer.named(),
            tuple(self._values[source + 1] for source in node.sources),
            network.blocks(node),
            {name: values for (owner, name), values in network.state.items() if owner == layer.id},
            next((self._masks[source + 1] for source in node.sources if self._masks[source + 1]), None),
            self._edges,
            self._steps,
        )
        own = node.shapes[0][-1]
        if layer.reads_graph and wording.inputs[0].shape[-1] > own:  # behind them are the edges
            wording.inputs = (wording.do(SliceOp(0, own), *wording.inputs, name="own"),)
        return wording

    def _mask_behind(self, node: Node, wording: Wording) -> PortableValue | None:
        if wording.mask is None:
            return None
        places = node.layer.places_behind(node.shapes)
        if places is None or places == range(wording.mask.shape[0]):
            return None if places is None else wording.mask
        return wording.do(PlacesOp(tuple(places)), wording.mask, name="there")


def _read(steps: list[PortableStep], output: PortableValue) -> tuple[PortableStep, ...]:
    """The steps on which the output hangs."""
    wanted, found = {output.name}, []
    for step in reversed(steps):
        if step.output.name in wanted:
            found.append(step)
            wanted |= {value.name for value in step.inputs}
    return tuple(reversed(found))


def _edges(graph: Graph) -> PortableValue | None:
    if not graph.reads_graph:
        return None
    sizes = graph.input_shape
    return PortableValue("edges", (sizes[0], sizes[0]) if len(sizes) > 1 else ())
