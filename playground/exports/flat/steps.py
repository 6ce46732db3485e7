"""Each portable operation as statements of C over flat arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

from playground.engine.arrays import Shape
from playground.engine.portable import (
    ActivateOp,
    AddConstantOp,
    AffineOp,
    AttendOp,
    BatchNormOp,
    ConcatenateOp,
    ConvolveOp,
    ConvolveTransposedOp,
    DropoutOp,
    ExternalMemoryOp,
    LayerNormOp,
    MaximumOp,
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
    SumOp,
)
from playground.exports.expressions import ExpressionCode
from playground.exports.step_names import NamedStep

CELLS = ("tanh", "relu", "gru", "lstm")
"""By which numbers the function `recurrent` knows them."""

NONE = "NONE"
"""What stands for an array that is not there."""


class FlatExpression(ExpressionCode):
    """An expression of numbers."""

    functions: ClassVar = {
        **{name: f"{name}({{0}})" for name in ("sqrt", "exp", "expm1", "log", "sin", "cos", "tan", "tanh")},
        **{name: f"{name}({{0}})" for name in ("sign", "floor", "sigmoid", "softplus", "normal", "known")},
        "abs": "fabs({0})",
        "hypot": "hypot({0}, {1})",
        "atan2": "atan2({0}, {1})",
        "power": "pow({0}, {1})",
        "mod": "modulo({0}, {1})",
        "maximum": "larger({0}, {1})",
        "minimum": "smaller({0}, {1})",
        "clip": "smaller(larger({0}, {1}), {2})",
    }

    def number(self, number: float) -> str:
        return repr(float(number))

    def compared(self, text: str) -> str:
        return f"({text} ? 1.0 : 0.0)"

    def squared(self, text: str) -> str:
        return f"({text} * {text})"


def loop(count: int, statement: str) -> str:
    """A statement for each i from 0 up to a count."""
    return f"for (int i = 0; i < {count}; i++) {statement}"


@dataclass(frozen=True, eq=False)
class FlatStep:
    """A step with the names of its values and arrays."""

    named: NamedStep

    @property
    def inputs(self) -> tuple[str, ...]:
        """What it is given."""
        return self.named.inputs

    @property
    def output(self) -> str:
        """Where it writes."""
        return self.named.output

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Those of what it is given."""
        return tuple(value.shape for value in self.named.step.inputs)

    @property
    def given(self) -> Shape:
        """That of what it writes."""
        return self.named.step.output.shape

    @property
    def places(self) -> int:
        """How many rows there are along the last axis of its first input."""
        return prod(self.shapes[0][:-1])

    def array(self, field: str) -> str:
        """The name of an array of the operation."""
        return self.named.array(field)

    def there(self, at: int = 1) -> str:
        """The mask, which is that input; NONE without one."""
        return self.inputs[at] if len(self.inputs) > at else NONE

    def call(self, function: str, *arguments: Any) -> list[str]:
        """A call of a function that writes the output."""
        return [f"{function}({', '.join(map(str, (*arguments, self.output)))});"]

    def each(self, expression: str) -> list[str]:
        """The output by an expression of its place i."""
        return [loop(prod(self.given), f"{self.output}[i] = {expression};")]

    def along(self, field: str) -> str:
        """The entry of an array at place i, which is one, one for each place of the last axis, or for all."""
        size = self.named.step.op.arrays[field].size
        at = "0" if size == 1 else "i" if size == prod(self.given) else f"i % {size}"
        return f"{self.array(field)}[{at}]"


def _activate(step: FlatStep, op: ActivateOp) -> list[str]:
    names = {"z": f"{step.inputs[0]}[i]"} | {name: step.along(name) for name in op.learned}
    return step.each(FlatExpression(names).text(op.expression))


def _affine(step: FlatStep, op: AffineOp) -> list[str]:
    units, inputs = op.weights.shape
    bias = NONE if op.bias is None else step.array("bias")
    return step.call("affine", step.inputs[0], step.array("weights"), bias, step.places, inputs, units)


def _concatenate(step: FlatStep, _: ConcatenateOp) -> list[str]:
    start, lines = 0, []
    for name, shape in zip(step.inputs, step.shapes, strict=True):
        lines += step.call("put", name, step.places, shape[-1], start, step.given[-1])
        start += shape[-1]
    return lines


def _maximum(step: FlatStep, _: MaximumOp) -> list[str]:
    text = f"{step.inputs[0]}[i]"
    for name in step.inputs[1:]:
        text = f"larger({text}, {name}[i])"
    return step.each(text)


def _batch_norm(step: FlatStep, op: BatchNormOp) -> list[str]:
    names = [step.array(name) for name in ("gamma", "beta", "mean", "variance")]
    sizes = step.places, step.shapes[0][-1]
    return step.call("batch_norm", step.inputs[0], *names, repr(op.epsilon), *sizes, step.there())


def _layer_norm(step: FlatStep, op: LayerNormOp) -> list[str]:
    width = step.shapes[0][-1]
    steps = step.shapes[1][0] if len(step.shapes) > 1 else 1
    names = [step.array(name) for name in ("gamma", "beta")]
    sizes = step.places, steps, width // steps
    return step.call("layer_norm", step.inputs[0], *names, repr(op.epsilon), *sizes, step.there())


def _convolve(step: FlatStep, op: ConvolveOp) -> list[str]:
    height, width, _ = step.shapes[0]
    filters, down, across, each = op.kernels.shape
    top, _, left, _ = op.padding
    sizes = height, width, op.groups, each, filters // op.groups, down, across, top, left
    arrays = step.array("kernels"), step.array("bias")
    return step.call("convolve", step.inputs[0], *arrays, *sizes, *op.strides, *op.dilations, *step.given[:2])


def _convolve_transposed(step: FlatStep, op: ConvolveTransposedOp) -> list[str]:
    filters, down, across, _ = op.kernels.shape
    sizes = *step.shapes[0], filters, down, across, *op.strides, op.top, op.left, *op.sizes
    return step.call("convolve_transposed", step.inputs[0], step.array("kernels"), step.array("bias"), *sizes)


def _pool(step: FlatStep, op: PoolOp) -> list[str]:
    top, _, left, _ = op.padding
    sizes = *step.shapes[0], *op.window, *op.strides, top, left, *step.given[:2]
    return step.call("max_pool" if op.by == "max" else "average_pool", step.inputs[0], *sizes, step.there())


def _recurrent(step: FlatStep, op: RecurrentOp) -> list[str]:
    arrays = [step.array(name) for name in ("weights", "bias", "recurrent")]
    arrays.append(NONE if op.recurrent_bias is None else step.array("recurrent_bias"))
    how = op.units, int(op.backwards), int(op.gives_all), step.there(), "work"
    return step.call("recurrent", CELLS.index(op.cell), step.inputs[0], *arrays, *step.shapes[0], *how)


def _external_memory(step: FlatStep, op: ExternalMemoryOp) -> list[str]:
    arrays = step.array("controller"), step.array("heads")
    sizes = *step.shapes[0], len(op.controller), op.slots, op.width
    return step.call("external_memory", step.inputs[0], *arrays, *sizes, step.there(), "work")


def _attend(step: FlatStep, op: AttendOp) -> list[str]:
    (time, size), wide = step.shapes[0], step.shapes[2][1]
    return step.call("attend", *step.inputs[:3], time, size, wide, int(op.causal), step.there(3), "work")


def _slice(step: FlatStep, op: SliceOp) -> list[str]:
    return step.call("take", step.inputs[0], step.places, step.shapes[0][-1], op.start, op.stop - op.start)


def _softmax(step: FlatStep, _: SoftmaxOp) -> list[str]:
    return step.call("softmax", step.inputs[0], step.places, step.given[-1])


def _reduce(step: FlatStep, op: ReduceOp) -> list[str]:
    return step.call(f"{op.by}_over", step.inputs[0], step.places, step.given[0], step.there())


def _places(step: FlatStep, op: PlacesOp) -> list[str]:
    return [f"{step.output}[{at}] = {step.inputs[0]}[{place}];" for at, place in enumerate(op.places)]


STEPS: Mapping[type[PortableOp], Callable[[FlatStep, Any], list[str]]] = {
    ActivateOp: _activate,
    AddConstantOp: lambda step, _: step.each(f"{step.inputs[0]}[i] + {step.along('amounts')}"),
    AffineOp: _affine,
    AttendOp: _attend,
    BatchNormOp: _batch_norm,
    ConcatenateOp: _concatenate,
    ConvolveOp: _convolve,
    ConvolveTransposedOp: _convolve_transposed,
    ExternalMemoryOp: _external_memory,
    LayerNormOp: _layer_norm,
    MaximumOp: _maximum,
    PlacesOp: _places,
    PoolOp: _pool,
    RecurrentOp: _recurrent,
    ReduceOp: _reduce,
    RepeatOp: lambda step, op: step.call("repeat", step.inputs[0], *step.shapes[0], *op.factors),
    ScaleOp: lambda step, _: step.each(f"{step.inputs[0]}[i] * {step.along('factor')}"),
    SliceOp: _slice,
    SoftmaxOp: _softmax,
    SumOp: lambda step, _: step.each(" + ".join(f"{name}[i]" for name in step.inputs)),
}
"""What is written for each operation."""

HANDED_ON = (ReshapeOp, DropoutOp, NoiseOp)
"""Operations that leave a flat array as it is."""
