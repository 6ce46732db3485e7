"""The nodes of an ONNX graph as a chain from its input to its output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

import onnx

from playground.text import say
from playground.weights.found import WeightsProblem
from playground.words import shortened

PREPARED, ANSWER = "prepared", "answer/"
"""In exports of this program: what the network is given, and how names of nodes behind it begin."""

ENDS = {"ArgMax", "ZipMap", "TopK", "Greater", "GreaterOrEqual"}
"""What comes behind a network and makes an answer of its outputs."""


@dataclass(frozen=True)
class OnnxStep:
    """A node: what it does, to what, and how.

    Attributes:
        given: the names of all it reads.
    """

    op: str
    name: str
    given: tuple[str, ...]
    output: str
    attributes: Mapping[str, Any]

    @classmethod
    def of(cls, node: onnx.NodeProto) -> OnnxStep:
        """One node of a graph."""
        attributes = {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
        name = node.name or (node.output[0] if node.output else "")
        return cls(node.op_type, name, tuple(node.input), node.output[0] if node.output else "", attributes)

    def numbers(self, name: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """An attribute that is a list of whole numbers."""
        return tuple(int(each) for each in self.attributes.get(name, default))

    def text(self, name: str, default: str) -> str:
        """An attribute that is a text."""
        value = self.attributes.get(name, default)
        return value.decode() if isinstance(value, bytes) else str(value)


@dataclass(frozen=True)
class Chain:
    """Nodes behind one another.

    Attributes:
        start: what the input is called.
        shape: what the file says of a sample's shape, 0 where it says nothing.
        readers: who reads a value.
    """

    start: str
    shape: tuple[int, ...]
    readers: Mapping[str, tuple[OnnxStep, ...]]

    @classmethod
    def of(cls, graph: onnx.GraphProto, constants: Set[str]) -> Chain:
        """The chain of a graph with one input.

        Raises:
            WeightsProblem: when there are none, or several.
        """
        inputs = [each for each in graph.input if each.name not in constants]
        readers: dict[str, list[OnnxStep]] = {}
        for node in graph.node:
            if not node.output or node.output[0] in constants:
                continue
            step = OnnxStep.of(node)
            for name in dict.fromkeys(step.given):
                readers.setdefault(name, []).append(step)
        own = next((each for each in graph.value_info if each.name == PREPARED), None)
        if own is None and len(inputs) != 1:
            raise WeightsProblem(
                say(
                    "weights.several_inputs",
                    "The network reads {count} inputs; only one can be.",
                    count=len(inputs),
                )
            )
        start = inputs[0] if own is None else own
        shape = tuple(int(dim.dim_value) for dim in start.type.tensor_type.shape.dim[1:])
        return cls(start.name, shape, {name: tuple(each) for name, each in readers.items()})

    def steps(self) -> Iterator[OnnxStep]:
        """One after the other; what z σ(z) is made of becomes one step, as in newer files.

        Raises:
            WeightsProblem: where the network branches.
        """
        value = self.start
        while readers := self._going_on(value):
            if (swish := self._swish(readers, value)) is not None:
                yield swish
                value = swish.output
                continue
            if len(readers) > 1:
                raise WeightsProblem(
                    say(
                        "weights.branches",
                        "The network branches behind “{name}”; only layers one behind the other can be read.",
                        name=shortened(value),
                    )
                )
            yield readers[0]
            if readers[0].op in ENDS:
                return
            value = readers[0].output

    def _going_on(self, value: str) -> tuple[OnnxStep, ...]:
        """Who reads a value, but for what makes an answer of it where something else does, too."""
        readers = tuple(step for step in self.readers.get(value, ()) if not step.name.startswith(ANSWER))
        others = tuple(step for step in readers if step.op not in ENDS)
        return others or readers

    def _swish(self, readers: tuple[OnnxStep, ...], value: str) -> OnnxStep | None:
        by_op = {step.op: step for step in readers}
        if len(readers) != 2 or set(by_op) != {"Sigmoid", "Mul"}:
            return None
        product, share = by_op["Mul"], by_op["Sigmoid"]
        if set(product.given) != {value, share.output}:
            return None
        return OnnxStep("Swish", product.name, (value,), product.output, {})
