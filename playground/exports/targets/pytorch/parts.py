"""Each portable operation as a part of a PyTorch module: what it holds, and a line of its forward pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import (
    Activation,
    Elu,
    Gelu,
    LeakyRelu,
    Mish,
    Relu,
    Selu,
    Sigmoid,
    Sine,
    Softsign,
    Swish,
    Tanh,
)
from playground.engine.portable import (
    ActivateOp,
    AddConstantOp,
    AffineOp,
    AttendNeighboursOp,
    AttendOp,
    BatchNormOp,
    ConcatenateOp,
    ConvolveOp,
    ConvolveTransposedOp,
    DropoutOp,
    ExternalMemoryOp,
    LayerNormOp,
    MaximumOp,
    MessagesOp,
    NoiseOp,
    PlacesOp,
    PoolOp,
    PortableOp,
    RecurrentOp,
    ReduceOp,
    RepeatOp,
    ReshapeOp,
    ScaleOp,
    SliceOp,
    SoftmaxOp,
    SpreadOp,
    SumOp,
)
from playground.exports.expressions import ExpressionCode
from playground.exports.python_text import largest, repeated, there
from playground.exports.step_names import NamedStep, identifier

TO_FIRST, TO_LAST = "channels_first", "channels_last"
PYTORCH_GATES = [1, 2, 3, 0]
"""Which of our gates of an LSTM, o, i, f, g, each of PyTorch's is: i, f, g, o."""


class TorchExpression(ExpressionCode):
    """An expression of tensors."""

    functions: ClassVar = {
        **{
            name: f"torch.{name}({{0}})"
            for name in ("sqrt", "exp", "expm1", "log", "sin", "cos", "tan", "tanh", "sign", "abs", "floor")
        },
        **{name: f"torch.{name}({{0}})" for name in ("sigmoid",)},
        "maximum": "torch.clamp({1}, min={0})",
        "minimum": "torch.clamp({1}, max={0})",
        "clip": "torch.clamp({0}, {1}, {2})",
        "softplus": "softplus({0})",
        "normal": "normal({0})",
    }

    def compared(self, text: str) -> str:
        return f"({text}).to({text.split()[0]}.dtype)"

    def squared(self, text: str) -> str:
        return f"{text}**2"


class TorchModule:
    """A module that grows part by part.

    Attributes:
        made: lines of its `__init__`.
        weights: its tensors by the names that they have in its `state_dict`.
        frozen: those that PyTorch has, and there are none of here: the second bias of a recurrent layer.
        penalized: those that regularizers see.
        momenta: which share of running averages layers keep, by their ids.
    """

    def __init__(self) -> None:
        self.made: list[str] = []
        self.weights: dict[str, NDArray[Any]] = {}
        self.frozen: list[str] = []
        self.penalized: list[str] = []
        self.momenta: Mapping[str, float] = {}

    def module(self, name: str, built: str, **weights: NDArray[Any]) -> str:
        """A layer of PyTorch, with its weights."""
        self.made.append(f"self.{name} = {built}")
        self.weights |= {f"{name}.{key}": array for key, array in weights.items()}
        return f"self.{name}"

    def parameter(self, name: str, array: NDArray[Any]) -> str:
        """Numbers that are learnt, and no layer of PyTorch has."""
        self.made.append(f"self.{name} = nn.Parameter(torch.empty({_sizes(array)}))")
        self.weights[name] = array
        return f"self.{name}"

    def buffer(self, name: str, array: NDArray[Any]) -> str:
        """Numbers that stay as they are."""
        self.made.append(f'self.register_buffer("{name}", torch.empty({_sizes(array)}))')
        self.weights[name] = array
        return f"self.{name}"


def called(step: NamedStep) -> str:
    """What the layer of an operation is called, which may give the net inputs of the layer alone."""
    return step.output.removesuffix("_z")


def _sizes(array: NDArray[Any]) -> str:
    return ", ".join(map(str, array.shape))


def _affine(module: TorchModule, step: NamedStep, op: AffineOp) -> str:
    (x,), name = step.inputs, called(step)
    units, inputs = op.weights.shape
    if op.tied_to:
        bias = "" if op.bias is None else f", {module.parameter(f'{name}_bias', op.bias)}"
        owner = f"{identifier(op.tied_to)}.weight"
        return f"functional.linear({x}, self.{owner}.T{bias})"
    if op.bias is None:
        module.penalized.append(f"{name}.weight")
        return f"{module.module(name, f'nn.Linear({inputs}, {units}, bias=False)', weight=op.weights)}({x})"
    layer = module.module(name, f"nn.Linear({inputs}, {units})", weight=op.weights, bias=op.bias)
    module.penalized.append(f"{name}.weight")
    return f"{layer}({x})"


PLAIN: Mapping[type[Activation], str] = {
    Relu: "torch.relu({z})", Tanh: "torch.tanh({z})", Sigmoid: "torch.sigmoid({z})", Sine: "torch.sin({z})",
    Selu: "functional.selu({z})", Mish: "functional.mish({z})", Softsign: "functional.softsign({z})",
}  # fmt: skip


def _activate(module: TorchModule, step: NamedStep, op: ActivateOp) -> str:
    (z,) = step.inputs
    activation = op.activation
    if type(activation) in PLAIN:
        return PLAIN[type(activation)].format(z=z)
    match activation:
        case LeakyRelu():
            return f"functional.leaky_relu({z}, {activation.gamma!r})"
        case Elu():
            return f"functional.elu({z}, {activation.gamma!r})"
        case Swish(beta=1.0, learn=False):
            return f"functional.silu({z})"
        case Gelu(mu=0.0, sigma=1.0):
            return f"functional.gelu({z})"
    learned = {key: module.parameter(f"{step.output}_{key}", array) for key, array in op.learned.items()}
    return TorchExpression({"z": z} | learned).text(op.expression)


def _convolve(module: TorchModule, step: NamedStep, op: ConvolveOp) -> str:
    filters, down, across, _ = op.kernels.shape
    channels, (top, bottom, left, right) = step.step.inputs[0].shape[2], op.padding
    how = [f"{channels}, {filters}, ({down}, {across})"]
    how += [f"stride={op.strides}"] * (op.strides != (1, 1))
    how += [f"dilation={op.dilations}"] * (op.dilations != (1, 1))
    how += [f"groups={op.groups}"] * (op.groups != 1)
    even = top == bottom and left == right
    how += [f"padding=({top}, {left})"] * (even and (top or left) > 0)
    layer = module.module(
        called(step), f"nn.Conv2d({', '.join(how)})", weight=np.moveaxis(op.kernels, 3, 1), bias=op.bias
    )
    module.penalized.append(f"{called(step)}.weight")
    given = f"{TO_FIRST}({step.inputs[0]})"
    given = given if even else f"functional.pad({given}, {(left, right, top, bottom)})"
    return f"{TO_LAST}({layer}({given}))"


def _convolve_transposed(module: TorchModule, step: NamedStep, op: ConvolveTransposedOp) -> str:
    kernels = module.parameter(f"{step.output}_kernels", op.kernels.transpose(3, 0, 1, 2))
    bias = module.parameter(f"{step.output}_bias", op.bias)
    how = f"strides={op.strides}, start={(op.top, op.left)}, sizes={op.sizes}"
    return f"convolve_transposed({step.inputs[0]}, {kernels}, {bias}, {how})"


def _pool(module: TorchModule, step: NamedStep, op: PoolOp) -> str:
    if len(step.inputs) == 1 and not any(op.padding):
        kind = "max_pool2d" if op.by == "max" else "avg_pool2d"
        return f"{TO_LAST}(functional.{kind}({TO_FIRST}({step.inputs[0]}), {op.window}, {op.strides}))"
    name = "max_pool" if op.by == "max" else "average_pool"
    return f"{name}({step.inputs[0]}, {op.window}, {op.strides}, {op.padding}{there(step)})"


def _batch_norm(module: TorchModule, step: NamedStep, op: BatchNormOp) -> str:
    x, name, size = step.inputs[0], step.output, len(op.gamma)
    if len(step.inputs) > 1:
        learned = [module.parameter(f"{name}_{key}", op.arrays[key]) for key in ("gamma", "beta")]
        kept = [module.buffer(f"{name}_{key}", op.arrays[key]) for key in ("mean", "variance")]
        return f"masked_batch_norm({x}, {', '.join([*learned, *kept])}, {op.epsilon!r}, {step.inputs[1]})"
    axes = len(step.step.inputs[0].shape)
    kind = "BatchNorm2d" if axes == 3 else "BatchNorm1d"
    share = round(1 - module.momenta.get(step.step.layer_id, 0.9), 12)
    layer = module.module(
        name, f"nn.{kind}({size}, eps={op.epsilon!r}, momentum={share!r})",
        weight=op.gamma, bias=op.beta, running_mean=op.mean, running_var=op.variance,
    )  # fmt: skip
    if axes == 3:
        return f"{TO_LAST}({layer}({TO_FIRST}({x})))"
    return f"{layer}({x}.transpose(1, 2)).transpose(1, 2)" if axes == 2 else f"{layer}({x})"


def _layer_norm(module: TorchModule, step: NamedStep, op: LayerNormOp) -> str:
    x, name = step.inputs[0], step.output
    if len(step.inputs) > 1:
        learned = ", ".join(module.parameter(f"{name}_{key}", op.arrays[key]) for key in ("gamma", "beta"))
        return f"masked_layer_norm({x}, {learned}, {op.epsilon!r}, {step.inputs[1]})"
    built = f"nn.LayerNorm({len(op.gamma)}, eps={op.epsilon!r})"
    return f"{module.module(name, built, weight=op.gamma, bias=op.beta)}({x})"


def _recurrent(module: TorchModule, step: NamedStep, op: RecurrentOp) -> str:
    if len(step.inputs) > 1 or op.backwards:
        return _step_by_step(module, step, op)
    name, units, columns = step.output, op.units, op.weights.shape[2]
    kind = {"tanh": "RNN", "relu": "RNN", "gru": "GRU", "lstm": "LSTM"}[op.cell]
    more = ', nonlinearity="relu"' if op.cell == "relu" else ""
    order = PYTORCH_GATES if op.cell == "lstm" else list(range(len(op.weights)))
    of_states = np.zeros_like(op.bias)
    if op.recurrent_bias is not None:
        of_states[2] = op.recurrent_bias
    layer = module.module(
        name, f"nn.{kind}({columns}, {units}, batch_first=True{more})",
        weight_ih_l0=op.weights[order].reshape(-1, columns),
        weight_hh_l0=op.recurrent[order].reshape(-1, units),
        bias_ih_l0=op.bias[order].reshape(-1), bias_hh_l0=of_states[order].reshape(-1),
    )  # fmt: skip
    module.frozen.append(f"{name}.bias_hh_l0")
    module.penalized += [f"{name}.weight_ih_l0", f"{name}.weight_hh_l0"]
    return f"{layer}({step.inputs[0]})[0]" + ("" if op.gives_all else "[:, -1]")


def _step_by_step(module: TorchModule, step: NamedStep, op: RecurrentOp) -> str:
    arrays = {key: module.parameter(f"{step.output}_{key}", array) for key, array in op.arrays.items()}
    reset = f", reset_bias={arrays['recurrent_bias']}" if op.recurrent_bias is not None else ""
    how = f'"{op.cell}", backwards={op.backwards}, gives_all={op.gives_all}'
    given = ", ".join(arrays[key] for key in ("weights", "bias", "recurrent"))
    return f"recurrent({step.inputs[0]}, {given}, {how}{there(step)}{reset})"


def _attend_neighbours(module: TorchModule, step: NamedStep, op: AttendNeighboursOp) -> str:
    asking, asked = (module.parameter(f"{step.output}_{key}", op.arrays[key]) for key in ("asking", "asked"))
    return f"attend_neighbours({', '.join(step.inputs)}, {asking}, {asked}, {op.slope!r})"


def _messages(module: TorchModule, step: NamedStep, op: MessagesOp) -> str:
    weights, bias = (module.parameter(f"{step.output}_{key}", op.arrays[key]) for key in ("weights", "bias"))
    return f'messages({", ".join(step.inputs)}, {weights}, {bias}, "{op.by}")'


def _external_memory(module: TorchModule, step: NamedStep, op: ExternalMemoryOp) -> str:
    arrays = ", ".join(
        module.parameter(f"{step.output}_{key}", op.arrays[key]) for key in ("controller", "heads")
    )
    return f"external_memory({step.inputs[0]}, {arrays}, slots={op.slots}, width={op.width}{there(step)})"


def _attend(module: TorchModule, step: NamedStep, op: AttendOp) -> str:
    return f"attend({', '.join(step.inputs[:3])}, causal={op.causal}{there(step, 3)})"


def _dropout(module: TorchModule, step: NamedStep, op: DropoutOp) -> str:
    kind = "Dropout2d" if op.whole_channels and len(step.step.inputs[0].shape) == 3 else "Dropout"
    layer = module.module(step.output, f"nn.{kind}({op.probability!r})")
    x = step.inputs[0]
    return f"{TO_LAST}({layer}({TO_FIRST}({x})))" if kind == "Dropout2d" else f"{layer}({x})"


def _noise(module: TorchModule, step: NamedStep, op: NoiseOp) -> str:
    x = step.inputs[0]
    return f"{x} + {op.sigma!r} * torch.randn_like({x}) if self.training else {x}"


PARTS: Mapping[type[PortableOp], Callable[[TorchModule, NamedStep, Any], str]] = {
    ActivateOp: _activate,
    AddConstantOp: lambda module, step, op: (
        f"{step.inputs[0]} + {module.buffer(f'{step.output}_amounts', op.amounts)}"
    ),
    AffineOp: _affine,
    AttendNeighboursOp: _attend_neighbours,
    AttendOp: _attend,
    BatchNormOp: _batch_norm,
    ConcatenateOp: lambda module, step, op: f"torch.cat([{', '.join(step.inputs)}], dim=-1)",
    ConvolveOp: _convolve,
    ConvolveTransposedOp: _convolve_transposed,
    DropoutOp: _dropout,
    ExternalMemoryOp: _external_memory,
    LayerNormOp: _layer_norm,
    MaximumOp: lambda module, step, op: largest(step, "torch.maximum"),
    MessagesOp: _messages,
    NoiseOp: _noise,
    PlacesOp: lambda module, step, op: f"{step.inputs[0]}[:, {list(op.places)}]",
    PoolOp: _pool,
    RecurrentOp: _recurrent,
    ReduceOp: lambda module, step, op: f'over_places({step.inputs[0]}, "{op.by}"{there(step)})',
    RepeatOp: lambda module, step, op: repeated(step, op, "{}.repeat_interleave({}, dim={})"),
    ReshapeOp: lambda module, step, op: f"{step.inputs[0]}.reshape({', '.join(map(str, (-1, *op.sizes)))})",
    ScaleOp: lambda module, step, op: (
        f"{step.inputs[0]} * {module.parameter(f'{step.output}_factor', op.factor)}"
    ),
    SliceOp: lambda module, step, op: f"{step.inputs[0]}[..., {op.start}:{op.stop}]",
    SoftmaxOp: lambda module, step, op: f"torch.softmax({step.inputs[0]}, dim=-1)",
    SpreadOp: lambda module, step, op: f"spread({', '.join(step.inputs)})",
    SumOp: lambda module, step, op: " + ".join(step.inputs),
}
"""What is written for each operation."""
