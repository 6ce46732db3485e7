"""What stands around the network in an ONNX graph: from samples as they are on, and from its outputs on.

It is computed in double precision, as the program does: a year is a large number, and the differences between
years are small.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np
import onnx
from onnx import TensorProto, helper

from playground.data.sample import Floats
from playground.exports.network import PortableNetwork
from playground.exports.preparation import LinearScaling
from playground.exports.targets.onnx_format.expressions import OnnxExpression
from playground.exports.targets.onnx_format.graph import OF_TABLES, OnnxGraph

INPUT, EDGES, PREPARED, OUTPUTS, PREDICTION = "inputs", "edges", "prepared", "outputs", "prediction"
DOUBLE = int(TensorProto.DOUBLE)
BATCH = "samples"


class Surroundings:
    """Adds to a graph what comes before and behind a network, and says what it is given and gives."""

    def __init__(self, graph: OnnxGraph, network: PortableNetwork) -> None:
        self._graph, self._network = graph, network
        self.inputs: list[onnx.ValueInfoProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []

    # --- before -----------------------------------------------------------------------------------------

    def prepare(self) -> None:
        """From samples as they are to the values that the network is given."""
        given, forward, graph = self._network.preparation, self._network.forward, self._graph
        graph.begin("prepare", "prepare")
        x = self._rows() if given.columns else self._input(INPUT, given.shape.sizes)
        if forward.mask is not None and not given.own:
            missing = graph.do("IsNaN", x)
            x = graph.do("Where", missing, self._wide(0.0), x)
            first = graph.do("Not", graph.cut(missing, 0, 1))
            flat = graph.cast(graph.do("Squeeze", first, graph.whole([2])), graph.type, "there")
            graph.values[forward.mask.name] = flat
        sizes = tuple(forward.input.shape)
        x = self._scaled(x, given.scaling)
        if forward.mask is not None and not given.own and given.scaling is not None:
            x = graph.do("Mul", x, graph.cast(graph.add_axis(graph.values[forward.mask.name], 2), DOUBLE))
        narrow = graph.cast(x, graph.type, "" if given.own else PREPARED)
        if tuple(given.shape.sizes) != sizes and not given.columns:
            narrow = graph.reshape(narrow, sizes)
        graph.values[forward.input.name] = narrow
        self._links(narrow)

    def _links(self, x: str) -> None:
        """Which nodes are there, and the edges between them, where samples are graphs."""
        given, forward, graph = self._network.preparation, self._network.forward, self._graph
        if given.own and forward.mask is not None:
            used = graph.cast(graph.do("Not", graph.do("Equal", x, graph.number(0))), graph.type)
            graph.values[forward.mask.name] = graph.do(
                "ReduceMax", used, graph.whole([2]), name="there", keepdims=0
            )
        if forward.edges is None:
            return
        if not given.own:
            assert self._network.edges is not None
            edges = graph.weights(self._network.edges, EDGES)  # those there are, where no others are given
            self.inputs.append(helper.make_tensor_value_info(edges, graph.type, [BATCH, BATCH]))
            graph.values[forward.edges.name] = edges
            return
        nodes = forward.input.shape[0]
        links = graph.cut(x, given.own, given.own + nodes)
        same = graph.weights(np.eye(nodes))
        apart = graph.do("Mul", links, graph.weights(1 - np.eye(nodes)))
        graph.values[forward.edges.name] = graph.do("Add", apart, same, name="edges")

    def _input(self, name: str, sizes: tuple[int, ...], kind: int = DOUBLE) -> str:
        return self._input_of(name, [BATCH, *sizes], kind)

    def _input_of(self, name: str, sizes: list[int | str], kind: int) -> str:
        name = self._graph.free(name)
        self.inputs.append(helper.make_tensor_value_info(name, kind, sizes))
        return name

    def _rows(self) -> str:
        """The expressions of the columns: of one input, or of one a column where some hold names."""
        graph, given = self._graph, self._network.preparation
        names = {f"x{place}": value for place, value in enumerate(self._columns())}
        words = OnnxExpression(graph, names, wide=True)
        found = [words.write(expression) for expression in given.expressions]
        return graph.do("Concat", *found, axis=1, name="features")

    def _columns(self) -> Iterator[str]:
        graph, given = self._graph, self._network.preparation
        named = any(column.categories for column in given.columns)
        whole = "" if named else self._input(INPUT, (len(given.columns),))
        for place, column in enumerate(given.columns):
            if not named:
                value = graph.cut(whole, place, place + 1)
            elif column.categories:
                value = self._code(self._input(column.name, (1,), TensorProto.STRING), column.categories)
            else:
                value = self._input(column.name, (1,))
            if given.fill is not None and not np.isnan(given.fill[place]):
                value = graph.do("Where", graph.do("IsNaN", value), self._wide(given.fill[place]), value)
            yield value

    def _code(self, text: str, categories: tuple[str, ...]) -> str:
        """The place of a category, and NaN for one that was never seen."""
        codes = [float(place) for place in range(len(categories))]
        found = self._graph.do(
            "LabelEncoder", text, domain="ai.onnx.ml",
            keys_strings=list(categories), values_floats=codes, default_float=float("nan"),
        )  # fmt: skip
        return self._graph.cast(found, DOUBLE)

    def _scaled(self, x: str, scaling: LinearScaling | None) -> str:
        if scaling is None:
            return x
        graph, width, shape = self._graph, len(scaling.shift), self._network.preparation.shape.sizes
        rows = x if self._network.preparation.columns else graph.reshape(x, self._by(width, shape))
        centered = graph.do("Sub", rows, self._array(scaling.shift))
        if scaling.matrix is not None:
            found = graph.do("MatMul", centered, self._array(scaling.matrix))
        else:
            found = graph.do("Mul", centered, self._array(scaling.factor))
        return found if self._network.preparation.columns else graph.reshape(found, shape)

    @staticmethod
    def _by(width: int, shape: tuple[int, ...]) -> tuple[int, ...]:
        """Values as rows of what a scaling is of."""
        return (prod(shape) // width, width) if prod(shape) != width else (width,)

    def _array(self, values: Floats) -> str:
        return self._graph.array(np.asarray(values, np.float64))

    def _wide(self, value: float) -> str:
        return self._array(np.asarray(value))

    # --- behind -----------------------------------------------------------------------------------------

    def reply(self) -> None:
        """From the outputs of the network to those on the scale of the data, and to the names of classes."""
        graph, network = self._graph, self._network
        graph.begin("answer", "answer")
        raw = graph.values[network.forward.output.name]
        width = prod(network.forward.output.shape)
        rows = raw if len(network.forward.output.shape) == 1 else graph.reshape(raw, (width,))
        outputs = graph.do("Identity", self._unscaled(rows, width), name=OUTPUTS)
        self.outputs.append(helper.make_tensor_value_info(outputs, graph.type, [BATCH, width]))
        if network.answering.classes:
            self._name(rows, width)

    def _unscaled(self, rows: str, width: int) -> str:
        scaling, graph = self._network.answering.scaling, self._graph
        if scaling is None:
            return rows
        values = graph.cast(rows, DOUBLE)
        each = len(scaling.shift)
        values = values if each == width else graph.reshape(values, (width // each, each))
        if scaling.undo_matrix is None:
            values = graph.do("Div", values, self._array(scaling.factor))
        else:
            values = graph.do("MatMul", values, self._array(scaling.undo_matrix))
        values = graph.do("Add", values, self._array(scaling.shift))
        values = values if each == width else graph.reshape(values, (width,))
        return graph.cast(values, graph.type)

    def _name(self, rows: str, width: int) -> None:
        graph, answering = self._graph, self._network.answering
        if width == 1:
            above = graph.do("GreaterOrEqual", rows, graph.number(answering.border))
            place = graph.do("Squeeze", graph.cast(above, TensorProto.INT64), graph.whole([1]))
        else:
            place = graph.do("ArgMax", rows, axis=1, keepdims=0)
        name = graph.do(
            "LabelEncoder", place, domain="ai.onnx.ml", name=PREDICTION,
            keys_int64s=[*range(len(answering.classes))], values_strings=[*answering.classes],
            default_string="",
        )  # fmt: skip
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.STRING, [BATCH]))


TABLES = helper.make_opsetid("ai.onnx.ml", OF_TABLES)
"""The operators for tables, of which `LabelEncoder` turns names into numbers and back."""
