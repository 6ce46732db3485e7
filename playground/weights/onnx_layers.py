"""Layers of the canvas made of the steps of an ONNX graph, one behind the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod

import numpy as np

from playground.engine.activations import Activation, Linear
from playground.engine.arrays import Shape
from playground.engine.graph import Architecture, resolve
from playground.engine.layers import BatchNorm, Dense, Layer
from playground.engine.layers.activation import ActivationLayer
from playground.engine.layers.convolution import Conv1D, Conv2D
from playground.engine.layers.pooling import AveragePool, GlobalAveragePool, MaxPool
from playground.engine.layers.shape import Flatten
from playground.text import Text, say
from playground.weights.found import WeightsProblem
from playground.weights.groups import Numbers
from playground.weights.onnx_activations import activation_of
from playground.weights.onnx_chain import ENDS, OnnxStep
from playground.weights.onnx_windows import dilation_of, kernel_of, padding_of, stride_of
from playground.weights.turning import channels_last

SCALES = {"Sub", "Div", "Mul", "Add"}
AS_IT_IS = {"Identity", "Dropout", "Cast"}
"""What changes no number when a network is used."""


class Builder:
    """Takes one step after the other, and knows the shape of what comes out of it so far.

    Attributes:
        layers: those made so far.
        arrays: their arrays, by id and name.
        left: what was passed over.
        inputs: how many values a sample has, 0 where the file does not say.
    """

    def __init__(self, constants: Mapping[str, Numbers], shape: tuple[int, ...]) -> None:
        self._constants = constants
        channels_come_first = len(shape) > 1
        self._known = bool(shape) and all(shape)
        self._shape: Shape = (*shape[1:], shape[0]) if channels_come_first else shape
        self.inputs = prod(shape) if self._known else 0
        self.layers: list[Layer] = []
        self.arrays: dict[str, Numbers] = {}
        self.left: list[Text] = []
        self._grid: Shape | None = None
        """The grid that was flattened with its channels first, until a layer weighs its values."""
        self._last = False
        """Whether channels come last in the file, as they do here."""
        self._open_bias = False

    def take(self, step: OnnxStep) -> None:
        """Add what a step does.

        Raises:
            WeightsProblem: when no layer does that.
        """
        handler = self._handlers.get(step.op)
        activation = activation_of(step)
        if step.op in AS_IT_IS:
            return
        if step.op in ENDS or (step.op in SCALES and not self.layers):
            self.left.append(
                say("weights.passed_over", "“{name}” ({what}) is left out.", name=step.name, what=step.op)
            )
        elif step.op == "Add" and self._open_bias:
            self._add_bias(step)
        elif activation is not None:
            self._bend(activation)
        elif handler is not None:
            handler(self, step)
        else:
            raise self.refusal(step)

    def finish(self) -> tuple[Layer, ...]:
        """All layers."""
        return tuple(self.layers)

    @staticmethod
    def refusal(step: OnnxStep) -> WeightsProblem:
        """Why a step cannot be read."""
        return WeightsProblem(
            say("weights.unknown_step", "“{name}” ({what}) has no layer here.", name=step.name, what=step.op)
        )

    def _put(self, layer: Layer, **arrays: Numbers) -> None:
        number = sum(each.tag() == layer.tag() for each in self.layers) + 1
        layer = layer.with_(id=f"{layer.tag()}{number}")
        self.layers.append(layer)
        self.arrays |= {f"{layer.id}.{name}": np.asarray(values) for name, values in arrays.items()}
        if self._known:
            graph = resolve(Architecture(layers=(layer,)), self._shape)
            self._shape = graph.nodes[0].shape
        self._open_bias = False

    def _constant(self, step: OnnxStep, place: int) -> Numbers:
        name = step.given[place] if place < len(step.given) else ""
        if name not in self._constants:
            raise self.refusal(step)
        return self._constants[name]

    # --- what steps do ----------------------------------------------------------------------------------

    def _gemm(self, step: OnnxStep) -> None:
        weight = self._constant(step, 1) * step.attributes.get("alpha", 1.0)
        rows = weight if step.attributes.get("transB", 0) else weight.T
        bias = np.zeros(len(rows))
        if len(step.given) > 2 and step.given[2]:
            bias = bias + self._constant(step, 2).reshape(-1) * step.attributes.get("beta", 1.0)
        if step.attributes.get("transA", 0):
            raise self.refusal(step)
        self._dense(rows, bias)

    def _product(self, step: OnnxStep) -> None:
        if step.given[1] not in self._constants or self._constants[step.given[1]].ndim != 2:
            raise self.refusal(step)
        rows = self._constants[step.given[1]].T
        self._dense(rows, np.zeros(len(rows)))
        self._open_bias = True

    def _dense(self, rows: Numbers, bias: Numbers) -> None:
        if self._grid is not None:
            rows = channels_last(rows, self._grid)
            self._grid = None
        if not self.layers and not self.inputs:
            self.inputs = rows.shape[1]
        self._put(Dense(units=len(rows), activation=Linear()), weights=rows, bias=bias)

    def _add_bias(self, step: OnnxStep) -> None:
        given = next((self._constants[name] for name in step.given if name in self._constants), None)
        bias = f"{self.layers[-1].id}.bias"
        if given is None or given.size not in (1, self.arrays[bias].size):
            raise self.refusal(step)
        self.arrays[bias] = self.arrays[bias] + given.reshape(-1)
        self._open_bias = False

    def _convolution(self, step: OnnxStep) -> None:
        weight = self._constant(step, 1)
        filters = len(weight)
        bias = self._constant(step, 2) if len(step.given) > 2 and step.given[2] else np.zeros(filters)
        kernel = kernel_of(step, weight.shape[2:])
        sizes = {
            "filters": filters,
            "kernel": kernel,
            "stride": stride_of(step),
            "dilation": dilation_of(step),
        }
        padding = padding_of(step, kernel, sizes["stride"], sizes["dilation"], self._sides(weight.ndim - 2))
        groups = int(step.attributes.get("group", 1))
        if weight.ndim == 4:
            layer: Layer = Conv2D(**sizes, padding=padding, groups=groups, activation=Linear())
        elif weight.ndim == 3 and groups == 1:
            layer = Conv1D(**sizes, padding=padding, activation=Linear())
        else:
            raise self.refusal(step)
        self._put(layer, weights=weight.reshape(filters, -1), bias=bias)

    def _sides(self, axes: int) -> Shape | None:
        return self._shape[:axes] if self._known and len(self._shape) == axes + 1 else None

    def _pool(self, step: OnnxStep) -> None:
        size, stride = kernel_of(step), stride_of(step)
        sides = self._sides(len(step.numbers("kernel_shape", ())))
        padding = padding_of(step, size, stride, dilation_of(step), sides)
        if dilation_of(step) != 1 or not _same_windows(step, size, stride, sides):
            raise self.refusal(step)
        if step.op == "AveragePool" and padding == "same" and step.attributes.get("count_include_pad", 0):
            raise WeightsProblem(
                say(
                    "weights.counts_padding",
                    "“{name}” averages its padding too; here that does not count.",
                    name=step.name,
                )
            )
        self._put(
            (MaxPool if step.op == "MaxPool" else AveragePool)(size=size, stride=stride, padding=padding)
        )

    def _global_pool(self, step: OnnxStep) -> None:
        self._put(GlobalAveragePool())

    def _flatten(self, step: OnnxStep) -> None:
        if step.op == "Flatten" and step.attributes.get("axis", 1) != 1:
            raise self.refusal(step)
        if step.op == "Reshape" and not _makes_rows(self._constant(step, 1)):
            raise self.refusal(step)
        if any(isinstance(layer, GlobalAveragePool) for layer in self.layers[-1:]) or len(self._shape) == 1:
            return
        if not self._known:
            raise WeightsProblem(
                say(
                    "weights.size_unknown",
                    "The file does not say how large its pictures are; export it for one size.",
                )
            )
        self._grid = None if self._last else self._shape
        self._put(Flatten())

    def _turn(self, step: OnnxStep) -> None:
        """Channels that come last in front of a network, or go there before it is flattened."""
        order = step.numbers("perm", ())
        to_first, to_last = (0, len(order) - 1, *range(1, len(order) - 1)), (0, *range(2, len(order)), 1)
        if order == to_last and self.layers:
            self._last = True
        elif order == to_first and not self.layers and self._known:
            file = (self._shape[-1], *self._shape[:-1])  # as the file has it: channels last
            self._shape = file
        else:
            raise self.refusal(step)

    def _normalize(self, step: OnnxStep) -> None:
        gamma, beta, mean, variance = (self._constant(step, place) for place in range(1, 5))
        self._put(
            BatchNorm(epsilon=float(np.float64(str(np.float32(step.attributes.get("epsilon", 1e-5)))))),
            gamma=gamma, beta=beta, running_mean=mean, running_variance=variance,
        )  # fmt: skip

    def _bend(self, activation: Activation) -> None:
        last = self.layers[-1] if self.layers else None
        self._open_bias = False
        if isinstance(getattr(last, "activation", None), Linear):
            self.layers[-1] = self.layers[-1].with_(activation=activation)
        else:
            self._put(ActivationLayer(activation=activation))

    _handlers: Mapping[str, Callable[[Builder, OnnxStep], None]] = {
        "Gemm": _gemm, "MatMul": _product, "Conv": _convolution, "MaxPool": _pool, "AveragePool": _pool,
        "GlobalAveragePool": _global_pool, "Flatten": _flatten, "Reshape": _flatten, "Squeeze": _flatten,
        "Transpose": _turn, "BatchNormalization": _normalize,
    }  # fmt: skip


def _makes_rows(shape: Numbers) -> bool:
    sizes = [int(size) for size in shape]
    return len(sizes) == 2 and (sizes[0] in (0, -1, 1) or sizes[1] == -1)


def _same_windows(step: OnnxStep, size: int, stride: int, sides: Shape | None) -> bool:
    """Whether rounding up makes no window more than here."""
    if not step.attributes.get("ceil_mode", 0):
        return True
    return sides is not None and all((side - size) % stride == 0 for side in sides)
