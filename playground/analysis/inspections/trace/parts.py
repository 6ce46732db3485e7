"""What the tensors of parameters are called in the lines of a step, and the matrices that they are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from playground.analysis.inspections.trace.step import Ran

LETTERS = {
    "weights": "W", "bias": "b", "gamma": "scale", "beta": "shift", "recurrent": "U", "recurrent_bias": "c",
    "message_weights": "M", "message_bias": "c", "update_weights": "U", "update_bias": "b",
}  # fmt: skip
"""What parts of parameters are called, as in the formulas of layers; others keep their name."""
BACKWARDS = "_backwards"


@dataclass(frozen=True, eq=False)
class ParameterPart:
    """A tensor of parameters: its name in lines, that in the network, and its matrix (rows, columns)."""

    name: str
    tensor: str
    layer_id: str
    part: str

    @property
    def gradient(self) -> str:
        """The name of its gradient."""
        return f"d{self.name}"

    def matrix(self, values: NDArray[Any]) -> NDArray[Any]:
        """Its numbers, or others like them, as (rows, columns): a row of numbers stands upright."""
        upright = values.ndim == 1 or "bias" in self.part
        found: NDArray[Any] = values.reshape(-1, 1 if upright else values.shape[-1])
        return found


def parts(ran: Ran) -> dict[str, ParameterPart]:
    """Every tensor by the name that the network has for it."""
    found = {}
    for tensor, _ in ran.network.tensors():
        layer_id, part = tensor.rsplit(".", 1)
        number = ran.network.architecture.index(layer_id) + 1
        own = part.removesuffix(BACKWARDS)
        letter = LETTERS.get(own, own.replace("_", "")) + ("" if own == part else "back")
        found[tensor] = ParameterPart(f"{letter}{number}", tensor, layer_id, part)
    return found
