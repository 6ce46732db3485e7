"""How the windows of an ONNX step move, and how its input is padded: as here, or not at all."""

from __future__ import annotations

from typing import Literal

from playground.engine.arrays import Shape
from playground.engine.layers.sliding import Side
from playground.text import say
from playground.weights.found import WeightsProblem
from playground.weights.onnx_chain import OnnxStep


def kernel_of(step: OnnxStep, shape: tuple[int, ...] = ()) -> int:
    """How many values a window sees each way.

    Raises:
        WeightsProblem: when it is no square.
    """
    return _one(step, step.numbers("kernel_shape", shape))


def stride_of(step: OnnxStep) -> int:
    """How far one window is from the next."""
    return _one(step, step.numbers("strides", (1,)))


def dilation_of(step: OnnxStep) -> int:
    """How far what a window sees lies apart."""
    return _one(step, step.numbers("dilations", (1,)))


def _one(step: OnnxStep, sizes: tuple[int, ...]) -> int:
    if len(set(sizes)) != 1:
        raise WeightsProblem(
            say(
                "weights.not_square",
                "“{name}” is not the same each way; here windows are squares.",
                name=step.name,
            )
        )
    return sizes[0]


def padding_of(
    step: OnnxStep, size: int, stride: int, dilation: int, sides: Shape | None
) -> Literal["valid", "same"]:
    """How its input is padded; `sides` are those of the input, None where they are not known.

    Raises:
        WeightsProblem: when it is padded as no layer here does.
    """
    automatic = step.text("auto_pad", "NOTSET")
    pads = step.numbers("pads", ())
    if automatic == "SAME_UPPER":
        return "same"
    if automatic in ("NOTSET", "VALID") and not any(pads):
        return "valid"
    axes = len(pads) // 2
    lengths = sides if sides is not None else ((size * dilation,) * axes if stride == 1 else None)
    if automatic == "NOTSET" and lengths is not None:
        wanted = [Side.of(length, size, stride, dilation, "same") for length in lengths]
        if pads == (*(side.before for side in wanted), *(side.after for side in wanted)):
            return "same"
    raise WeightsProblem(
        say(
            "weights.other_padding",
            "“{name}” is padded by {pads}, which no layer here does; take no padding, or the same size.",
            name=step.name,
            pads=", ".join(map(str, pads)) or automatic,
        )
    )
