"""What each layer does in a step, written out line by line: forward, and backward from its readers.

Layers are counted from 1, as in books: z₂ = W₂ a₁ + b₂.  What a layer does that cannot be written as
products of matrices is given with its values alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np

from playground.analysis.inspections.trace.factors import factors_of, sums_of
from playground.analysis.inspections.trace.parts import parts
from playground.analysis.inspections.trace.step import Ran
from playground.analysis.inspections.trace.summed import readers_of
from playground.engine.activations import Activation, Linear
from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.graph import Node
from playground.engine.layers import Dense
from playground.engine.layers.activation import ActivationLayer
from playground.engine.layers.dense import TiedDense
from playground.engine.layers.merge import Add

NAME = re.compile(r"(?<!\.)\b[A-Za-z_]\w*")


def renamed(source: str, names: Mapping[str, str]) -> str:
    """An expression with other names in it."""
    return NAME.sub(lambda found: names.get(found[0], found[0]), source)


class Layers:
    """The lines of all layers of a step."""

    def __init__(self, ran: Ran) -> None:
        self._ran, self.nodes = ran, ran.network.graph.nodes
        self._parts = parts(ran)
        self._frozen = {node.layer.id for node in self.nodes if getattr(node.layer, "frozen", False)}
        self.sums = dict(sums_of(ran, self._parts))
        self._factors = dict(factors_of(self._parts, self.sums))

    def values(self) -> Iterator[tuple[str, Array]]:
        """All that the engine has worked out, by name."""
        ran = self._ran
        yield "x", ran.input
        for number, node in enumerate(self.nodes, 1):
            found = {"a": ran.a, "z": ran.z, "delta": ran.deltas, "da": ran.a_gradients}
            for letter, arrays in found.items():
                if (values := arrays.get(node.layer.id)) is not None:
                    yield f"{letter}{number}", values
        gradients = dict(ran.network.tensors(ran.gradients))
        for tensor, values in ran.network.tensors():
            part = self._parts[tensor]
            yield part.name, part.matrix(values.copy())
            yield part.gradient, part.matrix(gradients[tensor])
        for factors in self._factors.values():
            yield from factors.values()

    # --- names ------------------------------------------------------------------------------------------

    def source(self, node: Node, port: int = 0) -> str:
        """What a layer reads; a layer that only gives its input another shape is passed over."""
        position = node.sources[port]
        while position >= 0 and self.nodes[position].layer.reshapes:
            position = self.nodes[position].sources[0]
        return f"a{position + 1}" if position >= 0 else "x"

    def _number(self, layer_id: str) -> int:
        return self._ran.network.architecture.index(layer_id) + 1

    def _names(self, number: int) -> dict[str, str]:
        names = {"z": "z", "a": "a", "gamma": "scale", "beta": "shift"}
        return {name: f"{letter}{number}" for name, letter in names.items()}

    # --- forward ----------------------------------------------------------------------------------------

    def forward(self, node: Node) -> tuple[Equation, ...]:
        """From what a layer reads to what it gives."""
        number, layer = self._number(node.layer.id), node.layer
        activation = getattr(layer, "activation", None)
        lines = self._net_input(node, number)
        if isinstance(layer, Add):
            added = " + ".join(self.source(node, port) for port in range(len(node.sources)))
            return (Equation(f"a{number}", added),)
        if not lines and not isinstance(layer, ActivationLayer):
            known = node.layer.id in self._ran.z and not isinstance(activation, Linear)
            lines = (Equation(f"z{number}"),) if known else ()
        given = f"z{number}" if lines else self.source(node)
        written = isinstance(activation, Activation) and bool(lines or isinstance(layer, ActivationLayer))
        expression = activation.expressions[0] if written and isinstance(activation, Activation) else ""
        return (*lines, Equation(f"a{number}", renamed(expression, self._names(number) | {"z": given})))

    def _net_input(self, node: Node, number: int) -> tuple[Equation, ...]:
        """The weighed sum of a dense layer."""
        source = self.source(node)
        if isinstance(node.layer, TiedDense):
            weights = f"W{self._number(node.layer.of)}.T"
        elif isinstance(node.layer, Dense):
            weights = f"W{number}"
        else:
            return ()
        return (Equation(f"z{number}", f"{weights} @ {source} + b{number}"),)

    # --- backward ---------------------------------------------------------------------------------------

    def backward(self, node: Node, from_logits: bool) -> tuple[Equation, ...]:
        """From the readers of a layer to its own gradients."""
        number = self._number(node.layer.id)
        last = node is self.nodes[-1]
        lines = [] if last else [Equation(f"da{number}", self._from_readers(node))]
        if not (last and from_logits):
            lines += self._through_activation(node, number)
        return (*lines, *self._of_parameters(node, number))

    def _from_readers(self, node: Node) -> str:
        """What comes back from the layers that read this one, where all of them are dense."""
        position = self._number(node.layer.id) - 1
        added = []
        for reader in readers_of(self._ran.network.graph, position):
            back = self._back_through(reader, self._number(reader.layer.id))
            if not back:
                return ""
            added.append(back)
        return " + ".join(added)

    def _back_through(self, reader: Node, number: int) -> str:
        layer = reader.layer
        if isinstance(layer, TiedDense):
            return f"W{self._number(layer.of)} @ delta{number}"
        if isinstance(layer, Dense):
            return f"W{number}.T @ delta{number}"
        if isinstance(layer, Add) and layer.id in self._ran.a_gradients:
            return f"da{number}"
        return f"delta{number}" if isinstance(layer, ActivationLayer) else ""

    def _through_activation(self, node: Node, number: int) -> list[Equation]:
        """From da to δ by the slope of the activation."""
        activation = getattr(node.layer, "activation", None)
        if node.layer.id not in self._ran.deltas or not isinstance(activation, Activation):
            return []
        if isinstance(activation, Linear):
            return [Equation(f"delta{number}", f"da{number}")]
        if not (slope := activation.expressions[1]):
            return [Equation(f"delta{number}")]
        given = self.source(node) if isinstance(node.layer, ActivationLayer) else f"z{number}"
        names = self._names(number) | {"z": given}
        product = Equation(f"delta{number}", f"da{number} * slope{number}")
        return [Equation(f"slope{number}", renamed(slope, names)), product]

    def _of_parameters(self, node: Node, number: int) -> Iterator[Equation]:
        """The gradients of a layer's weights and biases."""
        written = self._written(node, number)
        for part in self._parts.values():
            if part.layer_id == node.layer.id:
                exact = not self._ran.carried and node.layer.id not in self._frozen
                yield Equation(part.gradient, written.get(part.part, "") if exact else "")

    def _written(self, node: Node, number: int) -> dict[str, str]:
        bias = {"bias": f"over_samples(delta{number})"}
        if isinstance(node.layer, TiedDense):
            return bias
        if not isinstance(node.layer, Dense):
            return {
                part.part: self._factors[name].source
                for name, part in self._parts.items()
                if part.layer_id == node.layer.id and name in self._factors
            }
        weights = f"delta{number} @ {self.source(node)}.T"
        for later, reader in enumerate(self.nodes, 1):
            if isinstance(reader.layer, TiedDense) and reader.layer.of == node.layer.id:
                weights += f" + {self.source(reader)} @ delta{later}.T"
        return bias | {"weights": weights}

    def derived(self, lines: tuple[Equation, ...], values: dict[str, Array]) -> None:
        """Work out what the engine has no array of its own for, such as slopes."""
        for line in lines:
            if line.name not in values and line.source:
                values[line.name] = np.asarray(line.worked(values)) + np.zeros_like(values[_like(line)])


def _like(line: Equation) -> str:
    return line.name.replace("slope", "delta")
