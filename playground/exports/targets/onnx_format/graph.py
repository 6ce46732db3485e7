"""An ONNX graph that grows node by node."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET, OF_TABLES, IR = 20, 3, 9
"""Versions of the operators, of those for tables, and of the file: known to ONNX Runtime 1.17 and later."""

TO_FIRST, TO_LAST = (0, 3, 1, 2), (0, 2, 3, 1)
"""From pictures with channels last to those with channels first, and back."""


class OnnxGraph:
    """Nodes, and arrays that they need.

    Attributes:
        precision: the type of the numbers that the network computes with.
        values: what in the file stands for each value of a forward pass.
    """

    def __init__(self, precision: Literal["float32", "float64"]) -> None:
        self.precision = precision
        self.values: dict[str, str] = {}
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}
        self._known: dict[tuple[object, ...], str] = {}
        self._taken: set[str] = set()
        self._first: dict[str, str] = {}
        self._layer = ""
        self._wanted = ""

    @property
    def type(self) -> int:
        """The type of the network's numbers as ONNX numbers types."""
        return int(TensorProto.DOUBLE if self.precision == "float64" else TensorProto.FLOAT)

    def begin(self, layer: str, output: str) -> None:
        """Say what the nodes from here on are of, and what the last of them gives."""
        self._layer, self._wanted = layer, output

    def do(self, op: str, *inputs: str, name: str = "", **how: Any) -> str:
        """Add a node; returns what its output is called."""
        output = self.free(name or f"{self._wanted or 'value'}_{op.lower()}")
        label = f"{self._layer}/{output}" if self._layer else output
        domain = how.pop("domain", "")
        self._nodes.append(helper.make_node(op, inputs, [output], label, domain=domain, **how))
        return output

    def free(self, name: str) -> str:
        """A name that is not taken, which it is from then on."""
        number, found = 2, name
        while found in self._taken:
            number, found = number + 1, f"{name}_{number}"
        self._taken.add(found)
        return found

    # --- arrays -----------------------------------------------------------------------------------------

    def array(self, values: NDArray[Any], name: str = "") -> str:
        """An array as it is; one that is there already is not stored twice."""
        key = (values.dtype.str, values.shape, values.tobytes())
        if key not in self._known:
            found = self.free(name or f"constant_{len(self._constants)}")
            self._constants[found] = numpy_helper.from_array(np.array(values, order="C"), found)
            self._known[key] = found
        return self._known[key]

    def weights(self, values: NDArray[Any], name: str = "") -> str:
        """An array in the precision of the network."""
        return self.array(np.asarray(values).astype(self.precision), name)

    def number(self, value: float) -> str:
        """A number in the precision of the network."""
        return self.weights(np.asarray(value))

    def whole(self, values: Sequence[int]) -> str:
        """Whole numbers: sizes, places, axes."""
        return self.array(np.asarray(values, np.int64))

    # --- shapes -----------------------------------------------------------------------------------------

    def reshape(self, x: str, sizes: Sequence[int], name: str = "") -> str:
        """In another shape, behind the samples."""
        return self.do("Reshape", x, self.whole((-1, *sizes)), name=name)

    def turn(self, x: str, order: Sequence[int], name: str = "") -> str:
        """With axes in another order."""
        return self.do("Transpose", x, perm=list(order), name=name)

    def cut(self, x: str, start: int, stop: int, axis: int = -1, name: str = "") -> str:
        """Some places of an axis."""
        bounds = (self.whole([start]), self.whole([stop]), self.whole([axis]))
        return self.do("Slice", x, *bounds, name=name)

    def add_axis(self, x: str, axis: int) -> str:
        """With an axis of one."""
        return self.do("Unsqueeze", x, self.whole([axis]))

    def cast(self, x: str, to: int, name: str = "") -> str:
        """As numbers of another type."""
        return self.do("Cast", x, to=to, name=name)

    # --- channels ---------------------------------------------------------------------------------------

    def channels_first(self, x: str) -> str:
        """Pictures with channels first, as ONNX has them; what came from that is not turned twice."""
        return self._first[x] if x in self._first else self.turn(x, TO_FIRST)

    def is_first(self, x: str) -> bool:
        """Whether pictures are there with channels first already."""
        return x in self._first

    def channels_last(self, first: str, name: str = "") -> str:
        """Pictures with channels last again, as this program has them."""
        last = self.turn(first, TO_LAST, name=name)
        self._first[last] = first
        return last

    # --- the whole --------------------------------------------------------------------------------------

    def pruned(self, outputs: Sequence[str]) -> tuple[list[onnx.NodeProto], list[onnx.TensorProto]]:
        """The nodes and the arrays that these outputs need."""
        needed, nodes = set(outputs), []
        for node in reversed(self._nodes):
            if needed & set(node.output):
                nodes.append(node)
                needed |= set(node.input)
        return nodes[::-1], [each for name, each in self._constants.items() if name in needed]
