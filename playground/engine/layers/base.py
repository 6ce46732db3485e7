"""What every layer is: a frozen description that can bind its mathematics to arrays.

A layer knows its output shape and parameters from the shapes of its inputs, and `bind` turns it into two
lists of operations, forward and backward, over arrays that the network allocated once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation
from playground.engine.parameter import Parameter
from playground.value import Hidden, Kind


class LayerProblem(ValueError):
    """Why a layer cannot work where it stands: a sentence that says what to change."""


@dataclass(frozen=True)
class Tensor:
    """The values of a layer for one batch: `full` is (units + 1, samples), its last row all ones."""

    full: Array

    @classmethod
    def empty(cls, units: int, samples: int, dtype: np.dtype[Any]) -> Tensor:
        """A tensor whose values are yet to be written."""
        full = np.zeros((units + 1, samples), dtype)
        full[-1] = 1
        return cls(full)

    @property
    def values(self) -> Array:
        """Shape (units, samples)."""
        return self.full[:-1]


@dataclass(frozen=True)
class Wires:
    """The arrays a layer is bound to.

    `input_gradients[i]` and `output_gradient` are None in inference and where nobody upstream learns.  With
    `from_logits`, the output gradient is the one with respect to the net input (see `losses`).
    """

    inputs: tuple[Tensor, ...]
    output: Tensor
    input_gradients: tuple[Tensor | None, ...] = ()
    output_gradient: Tensor | None = None
    parameters: Mapping[str, Array] = field(default_factory=dict)
    gradients: Mapping[str, Array] = field(default_factory=dict)
    state: Mapping[str, Array] = field(default_factory=dict)
    training: bool = False
    from_logits: bool = False
    random: np.random.Generator | None = None


@dataclass(frozen=True)
class Operations:
    """What `bind` gives: the forward and the backward pass, and where the net input z can be read."""

    forward: Sequence[Operation]
    backward: Sequence[Operation]
    net_input: Array | None = None


class Layer(Kind):
    """A layer of the network; `inputs` are the ids of the layers it reads, empty for the one before."""

    can_be_output: ClassVar[bool] = False
    has_neurons: ClassVar[bool] = False
    """Whether it has neurons of its own, and so a full card on the canvas."""

    merges: ClassVar[bool] = False
    """Whether it reads several layers."""

    id: Annotated[str, Hidden()] = Field("", max_length=64, pattern=r"^[A-Za-z0-9_-]*$")
    name: Annotated[str, Hidden()] = Field("", max_length=60, title="Name", description="Shown on the card.")
    inputs: Annotated[tuple[str, ...], Hidden()] = ()

    @property
    def output_range(self) -> tuple[float, float]:
        """The lowest and the highest value it can give."""
        return (-np.inf, np.inf)

    def output_units(self, inputs: tuple[int, ...]) -> int:
        """Units it gives for inputs of these sizes.

        Raises:
            LayerProblem: when it cannot work with them.
        """
        return inputs[0]

    def parameters(self, inputs: tuple[int, ...]) -> tuple[Parameter, ...]:
        """The blocks of parameters it learns."""
        return ()

    def state(self, inputs: tuple[int, ...]) -> Mapping[str, Array]:
        """Initial values of what it carries along without learning it by gradient (running averages)."""
        return {}

    def bind(self, wires: Wires) -> Operations:
        """The operations on these arrays."""
        raise NotImplementedError
