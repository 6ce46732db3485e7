"""The activations that steps of an ONNX graph are."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.engine.activations import Activation, Relu, Sigmoid, Softmax, Tanh
from playground.engine.activations.rectifiers import Elu, LeakyRelu, Selu
from playground.engine.activations.sigmoids import HardSigmoid, Softsign
from playground.engine.activations.smooth import Gelu, Mish, Sine, Softplus, Swish
from playground.text import say
from playground.weights.found import WeightsProblem
from playground.weights.onnx_chain import OnnxStep

PLAIN: dict[str, type[Activation]] = {
    "Relu": Relu, "Sigmoid": Sigmoid, "Tanh": Tanh, "Softplus": Softplus, "Softsign": Softsign,
    "Selu": Selu, "Mish": Mish, "Sin": Sine, "Swish": Swish,
}  # fmt: skip


def activation_of(step: OnnxStep) -> Activation | None:
    """The activation that a step is; None where it is something else.

    Raises:
        WeightsProblem: when it is one that is not known here.
    """
    if (plain := PLAIN.get(step.op)) is not None:
        return plain()
    match step.op:
        case "LeakyRelu":
            return LeakyRelu(gamma=_number(step, "alpha", 0.01))
        case "Elu":
            return Elu(gamma=_number(step, "alpha", 1.0))
        case "HardSigmoid" if (_number(step, "alpha", 0.2), _number(step, "beta", 0.5)) == (0.25, 0.5):
            return HardSigmoid()
        case "Gelu" if step.text("approximate", "none") == "none":
            return Gelu()
        case "Softmax" if step.attributes.get("axis", -1) in (-1, 1):
            return Softmax()
        case "HardSigmoid" | "Gelu" | "Softmax" | "LogSoftmax" | "PRelu" | "HardSwish" | "Celu" | "Erf":
            raise WeightsProblem(
                say(
                    "weights.other_activation",
                    "“{name}” ({what}) is an activation that is not known here in that form.",
                    name=step.name,
                    what=step.op,
                )
            )
    return None


def _number(step: OnnxStep, name: str, default: float) -> float:
    """An attribute as it was meant: the shortest decimal that single precision keeps."""
    value: Any = step.attributes.get(name, default)
    return float(str(np.float32(value)))
