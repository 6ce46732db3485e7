"""Each portable operation as a line of a functional model of Keras, with the weights of its layer."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import (
    Activation,
    Elu,
    LeakyRelu,
    Mish,
    Relu,
    Selu,
    Sigmoid,
    Softplus,
    Softsign,
    Swish,
    Tanh,
)
from playground.engine.portable import (
    ActivateOp,
    AddConstantOp,
    AffineOp,
    AttendOp,
    BatchNormOp,
    ConcatenateOp,
    ConvolveOp,
    DropoutOp,
    LayerNormOp,
    MaximumOp,
    NoiseOp,
    PoolOp,
    PortableOp,
    RecurrentOp,
    ReduceOp,
    RepeatOp,
    ReshapeOp,
    ScaleOp,
    SliceOp,
    SoftmaxOp,
    SumOp,
)
from playground.exports.expressions import ExpressionCode
from playground.exports.python_text import largest, repeated
from playground.exports.step_names import NamedStep

GATES = {"lstm": [1, 2, 3, 0], "gru": [1, 0, 2], "tanh": [0], "relu": [0]}
"""Which of our gates each of Keras is: i, f, c, o of o, i, f, g, and z, r, n of r, z, n."""


class KerasExpression(ExpressionCode):
    """An expression of tensors of Keras."""

    functions: ClassVar = {
        **{
            name: f"ops.{name}({{0}})"
            for name in ("sqrt", "exp", "expm1", "log", "sin", "cos", "tan", "tanh", "sign", "abs", "floor")
        },
        **{name: f"ops.{name}({{0}})" for name in ("sigmoid", "softplus")},
        **{name: f"ops.{name}({{0}}, {{1}})" for name in ("maximum", "minimum")},
        "clip": "ops.clip({0}, {1}, {2})",
        "normal": "(0.5 * (1 + ops.erf(({0}) * math.sqrt(0.5))))",
    }

    def compared(self, text: str) -> str:
        return f"ops.cast({text}, {text.split()[0]}.dtype)"

    def squared(self, text: str) -> str:
        return f"{text}**2"


class KerasNetwork:
    """The weights that layers are given, in the order in which Keras has them, and constants."""

    def __init__(self) -> None:
        self.weights: dict[str, dict[str, NDArray[Any]]] = {}
        self.constants: dict[str, NDArray[Any]] = {}

    def layer(self, step: NamedStep, built: str, **weights: NDArray[Any]) -> str:
        """A layer of Keras with its weights; `built` ends before its name."""
        name = step.output.removesuffix("_z")
        if weights:
            self.weights[name] = weights
        comma = "" if built.endswith("(") else ", "
        return f'layers.{built}{comma}name="{name}")'

    def constant(self, name: str, array: NDArray[Any]) -> str:
        """Numbers that stay as they are."""
        self.constants[name] = array
        return f'constant("{name}")'


PLAIN: Mapping[type[Activation], str] = {
    Relu: "relu", Tanh: "tanh", Sigmoid: "sigmoid", Selu: "selu", Softplus: "softplus",
    Softsign: "softsign", Mish: "mish",
}  # fmt: skip
"""Activations that Keras knows by name."""


def plain_name(op: PortableOp) -> str:
    """What Keras calls an activation without settings; "" for one that it has not."""
    match op:
        case SoftmaxOp():
            return "softmax"
        case ActivateOp(activation=Swish(beta=1.0, learn=False)):
            return "silu"
        case ActivateOp(activation=activation):
            return PLAIN.get(type(activation), "")
    return ""


def _affine(network: KerasNetwork, step: NamedStep, op: AffineOp) -> str:
    weights = {"kernel": op.weights.T} | ({} if op.bias is None else {"bias": op.bias})
    more = ", use_bias=False" if op.bias is None else ""
    return f"{network.layer(step, f'Dense({len(op.weights)}{more}', **weights)}({step.inputs[0]})"


def _activate(network: KerasNetwork, step: NamedStep, op: ActivateOp) -> str:
    (z,) = step.inputs
    if name := plain_name(op):
        built = f'Activation("{name}"'
        return f"{network.layer(step, built)}({z})"
    match op.activation:
        case LeakyRelu(gamma=slope):
            return f"ops.leaky_relu({z}, {slope!r})"
        case Elu(gamma=slope):
            return f"ops.elu({z}, {slope!r})"
    return KerasExpression({"z": z}).text(op.expression)


def _padded(x: str, padding: tuple[int, int, int, int], outside: str = "") -> str:
    top, bottom, left, right = padding
    if not any(padding):
        return x
    more = f', "constant", {outside}' if outside else ""
    return f"ops.pad({x}, ((0, 0), ({top}, {bottom}), ({left}, {right}), (0, 0)){more})"


def _convolve(network: KerasNetwork, step: NamedStep, op: ConvolveOp) -> str:
    filters, down, across, _ = op.kernels.shape
    how = [f"Conv2D({filters}, ({down}, {across})"]
    how += [f"strides={op.strides}"] * (op.strides != (1, 1))
    how += [f"dilation_rate={op.dilations}"] * (op.dilations != (1, 1))
    how += [f"groups={op.groups}"] * (op.groups != 1)
    layer = network.layer(step, ", ".join(how), kernel=op.kernels.transpose(1, 2, 3, 0), bias=op.bias)
    return f"{layer}({_padded(step.inputs[0], op.padding)})"


def _pool(network: KerasNetwork, step: NamedStep, op: PoolOp) -> str:
    how = f"pool_size={op.window}, strides={op.strides}"
    if op.by == "max":
        given = _padded(step.inputs[0], op.padding, "-math.inf")
        return f"{network.layer(step, f'MaxPooling2D({how}')}({given})"
    found = f"{network.layer(step, f'AveragePooling2D({how}')}({_padded(step.inputs[0], op.padding)})"
    if not any(op.padding):
        return found
    return f"{found} * {network.constant(f'{step.output}.share', _share(step, op))}"


def _share(step: NamedStep, op: PoolOp) -> NDArray[Any]:
    """By what the mean of each window is too small, as its padding counts in it."""
    top, bottom, left, right = op.padding
    height, width, _ = step.step.inputs[0].shape
    real = np.pad(np.ones((height, width)), ((top, bottom), (left, right)))
    seen = np.lib.stride_tricks.sliding_window_view(real, op.window)[:: op.strides[0], :: op.strides[1]]
    share: NDArray[Any] = (math.prod(op.window) / seen.sum(axis=(2, 3)))[..., np.newaxis]
    return share


def _reduce(network: KerasNetwork, step: NamedStep, op: ReduceOp) -> str:
    axes = tuple(range(1, len(step.step.inputs[0].shape)))
    return f"ops.{op.by}({step.inputs[0]}, axis={axes})"


def _recurrent(network: KerasNetwork, step: NamedStep, op: RecurrentOp) -> str:
    order, units, columns = GATES[op.cell], op.units, op.weights.shape[2]
    bias = op.bias[order].reshape(-1)
    if op.recurrent_bias is not None:
        bias = np.stack([bias, np.concatenate([np.zeros(2 * units), op.recurrent_bias])])
    kind = {"lstm": "LSTM", "gru": "GRU"}.get(op.cell, "SimpleRNN")
    how = [f"{kind}({units}", *['activation="relu"'] * (op.cell == "relu")]
    how += ["return_sequences=True"] * op.gives_all + ["go_backwards=True"] * op.backwards
    layer = network.layer(
        step, ", ".join(how),
        kernel=op.weights[order].reshape(-1, columns).T,
        recurrent_kernel=op.recurrent[order].reshape(-1, units).T, bias=bias,
    )  # fmt: skip
    found = f"{layer}({step.inputs[0]})"
    return f"ops.flip({found}, axis=1)" if op.backwards and op.gives_all else found


def _attend(network: KerasNetwork, step: NamedStep, op: AttendOp) -> str:
    q, k, v = step.inputs[:3]
    time, width = step.step.inputs[0].shape
    scores = f"ops.matmul({q}, ops.transpose({k}, (0, 2, 1))) * {1 / math.sqrt(width)!r}"
    if op.causal:
        later = network.constant(f"{step.output}.later", np.triu(np.full((time, time), -1e30), 1))
        scores = f"{scores} + {later}"
    return f"ops.matmul(ops.softmax({scores}, axis=-1), {v})"


PARTS: Mapping[type[PortableOp], Callable[[KerasNetwork, NamedStep, Any], str]] = {
    ActivateOp: _activate,
    AddConstantOp: lambda network, step, op: (
        f"{step.inputs[0]} + {network.constant(f'{step.output}.amounts', op.amounts)}"
    ),
    AffineOp: _affine,
    AttendOp: _attend,
    BatchNormOp: lambda network, step, op: (
        f"{network.layer(step, f'BatchNormalization(epsilon={op.epsilon!r}', **op.arrays)}({step.inputs[0]})"
    ),
    ConcatenateOp: lambda network, step, op: f"ops.concatenate([{', '.join(step.inputs)}], axis=-1)",
    ConvolveOp: _convolve,
    DropoutOp: lambda network, step, op: (
        f"{network.layer(step, f'Dropout({op.probability!r}')}({step.inputs[0]})"
    ),
    LayerNormOp: lambda network, step, op: (
        f"{network.layer(step, f'LayerNormalization(epsilon={op.epsilon!r}', **op.arrays)}({step.inputs[0]})"
    ),
    MaximumOp: lambda network, step, op: largest(step, "ops.maximum"),
    NoiseOp: lambda network, step, op: (
        f"{network.layer(step, f'GaussianNoise({op.sigma!r}')}({step.inputs[0]})"
    ),
    PoolOp: _pool,
    RecurrentOp: _recurrent,
    ReduceOp: _reduce,
    RepeatOp: lambda network, step, op: repeated(step, op, "ops.repeat({}, {}, axis={})"),
    ReshapeOp: lambda network, step, op: (
        f"ops.reshape({step.inputs[0]}, ({', '.join(map(str, (-1, *op.sizes)))}))"
    ),
    ScaleOp: lambda network, step, op: (
        f"{step.inputs[0]} * {network.constant(f'{step.output}.factor', op.factor)}"
    ),
    SliceOp: lambda network, step, op: f"{step.inputs[0]}[..., {op.start}:{op.stop}]",
    SoftmaxOp: lambda network, step, op: f"ops.softmax({step.inputs[0]}, axis=-1)",
    SumOp: lambda network, step, op: " + ".join(step.inputs),
}
"""What is written for each operation."""
