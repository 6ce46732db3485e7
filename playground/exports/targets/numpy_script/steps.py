"""Each portable operation as a line of NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

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
from playground.exports.step_names import NamedStep


class NumpyExpression(ExpressionCode):
    """An expression of arrays."""

    functions: ClassVar = {
        **{
            name: f"np.{name}({{0}})" for name in ("sqrt", "exp", "expm1", "log", "sin", "cos", "tan", "tanh")
        },
        **{name: f"np.{name}({{0}})" for name in ("sign", "abs", "floor")},
        **{name: f"np.{name}({{0}}, {{1}})" for name in ("maximum", "minimum", "hypot", "mod")},
        "clip": "np.clip({0}, {1}, {2})",
        "atan2": "np.arctan2({0}, {1})",
        "power": "np.float_power({0}, {1})",
        "sigmoid": "sigmoid({0})",
        "normal": "normal({0})",
        "softplus": "np.logaddexp({0}, 0)",
        "known": "known({0})",
    }

    def compared(self, text: str) -> str:
        return f"({text}).astype({text.split()[0]}.dtype)"

    def squared(self, text: str) -> str:
        return f"{text}**2"


def _affine(step: NamedStep, op: AffineOp) -> str:
    bias = "" if op.bias is None else f" + {step.array('bias')}"
    return f"{step.inputs[0]} @ {step.array('weights')}.T{bias}"


def _activate(step: NamedStep, op: ActivateOp) -> str:
    names = {"z": step.inputs[0]} | {name: step.array(name) for name in op.learned}
    return NumpyExpression(names).text(op.expression)


def _recurrent(step: NamedStep, op: RecurrentOp) -> str:
    names = ", ".join(step.array(name) for name in ("weights", "bias", "recurrent"))
    reset = f", reset_bias={step.array('recurrent_bias')}" if op.recurrent_bias is not None else ""
    how = f'"{op.cell}", backwards={op.backwards}, gives_all={op.gives_all}'
    return f"recurrent({step.inputs[0]}, {names}, {how}{there(step)}{reset})"


def _convolve(step: NamedStep, op: ConvolveOp) -> str:
    (x,) = step.inputs
    how = f"strides={op.strides}, dilations={op.dilations}, padding={op.padding}, groups={op.groups}"
    return f"convolve({x}, {step.array('kernels')}, {step.array('bias')}, {how})"


def _convolve_transposed(step: NamedStep, op: ConvolveTransposedOp) -> str:
    (x,) = step.inputs
    how = f"strides={op.strides}, start={(op.top, op.left)}, sizes={op.sizes}"
    return f"convolve_transposed({x}, {step.array('kernels')}, {step.array('bias')}, {how})"


def _pool(step: NamedStep, op: PoolOp) -> str:
    name = "max_pool" if op.by == "max" else "average_pool"
    return f"{name}({step.inputs[0]}, {op.window}, {op.strides}, {op.padding}{there(step)})"


def _batch_norm(step: NamedStep, op: BatchNormOp) -> str:
    names = ", ".join(step.array(name) for name in ("gamma", "beta", "mean", "variance"))
    return f"batch_norm({step.inputs[0]}, {names}, {op.epsilon!r}{there(step)})"


def _layer_norm(step: NamedStep, op: LayerNormOp) -> str:
    names = f"{step.array('gamma')}, {step.array('beta')}"
    return f"layer_norm({step.inputs[0]}, {names}, {op.epsilon!r}{there(step)})"


def _reshape(step: NamedStep, op: ReshapeOp) -> str:
    return f"{step.inputs[0]}.reshape({', '.join(map(str, (-1, *op.sizes)))})"


def _add_constant(step: NamedStep, _: AddConstantOp) -> str:
    return f"{step.inputs[0]} + {step.array('amounts')}.astype({step.inputs[0]}.dtype)"


def _attend_neighbours(step: NamedStep, op: AttendNeighboursOp) -> str:
    x, edges = step.inputs
    return f"attend_neighbours({x}, {edges}, {step.array('asking')}, {step.array('asked')}, {op.slope!r})"


def _messages(step: NamedStep, op: MessagesOp) -> str:
    x, edges = step.inputs
    return f'messages({x}, {edges}, {step.array("weights")}, {step.array("bias")}, "{op.by}")'


def _external_memory(step: NamedStep, op: ExternalMemoryOp) -> str:
    names = f"{step.array('controller')}, {step.array('heads')}"
    return f"external_memory({step.inputs[0]}, {names}, slots={op.slots}, width={op.width}{there(step)})"


STEPS: Mapping[type[PortableOp], Callable[[NamedStep, Any], str]] = {
    ActivateOp: _activate,
    AddConstantOp: _add_constant,
    AffineOp: _affine,
    AttendNeighboursOp: _attend_neighbours,
    AttendOp: lambda step, op: f"attend({', '.join(step.inputs[:3])}, causal={op.causal}{there(step, 3)})",
    BatchNormOp: _batch_norm,
    ConcatenateOp: lambda step, _: f"np.concatenate([{', '.join(step.inputs)}], axis=-1)",
    ConvolveOp: _convolve,
    ConvolveTransposedOp: _convolve_transposed,
    DropoutOp: lambda step, _: step.inputs[0],
    ExternalMemoryOp: _external_memory,
    LayerNormOp: _layer_norm,
    MaximumOp: lambda step, _: largest(step, "np.maximum"),
    MessagesOp: _messages,
    NoiseOp: lambda step, _: step.inputs[0],
    PlacesOp: lambda step, op: f"{step.inputs[0]}[:, {list(op.places)}]",
    PoolOp: _pool,
    RecurrentOp: _recurrent,
    ReduceOp: lambda step, op: f'over_places({step.inputs[0]}, "{op.by}"{there(step)})',
    RepeatOp: lambda step, op: repeated(step, op, "{}.repeat({}, axis={})"),
    ReshapeOp: _reshape,
    ScaleOp: lambda step, _: f"{step.inputs[0]} * {step.array('factor')}.astype({step.inputs[0]}.dtype)",
    SliceOp: lambda step, op: f"{step.inputs[0]}[..., {op.start}:{op.stop}]",
    SoftmaxOp: lambda step, _: f"softmax({step.inputs[0]})",
    SpreadOp: lambda step, _: f"spread({', '.join(step.inputs)})",
    SumOp: lambda step, _: " + ".join(step.inputs),
}
"""What is written for each operation."""
