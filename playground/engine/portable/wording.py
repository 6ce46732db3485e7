"""How a layer says what it does: operation by operation, in the order in which they are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from playground.engine.activations import Activation, Linear, Softmax
from playground.engine.arrays import Array, Shape
from playground.engine.portable.base import PortableOp, PortableValue
from playground.engine.portable.rows import ActivateOp, ReshapeOp, SoftmaxOp
from playground.record import record
from playground.text import Text


@record(eq=False)
class PortableStep:
    """An operation in its place: what it is given, what it gives, and the layer that it belongs to.

    Attributes:
        key: what its weights are called by, as a rule the id of the layer.
    """

    op: PortableOp
    inputs: tuple[PortableValue, ...]
    output: PortableValue
    layer_id: str
    layer_title: Text
    key: str

    @property
    def arrays(self) -> Mapping[str, Array]:
        """Its weights by names that no other step has: `hidden.weights`."""
        return {f"{self.key}.{name}": array for name, array in self.op.arrays.items()}


@record(eq=False)
class ForwardPass:
    """All that a network does when it answers.

    Attributes:
        input: what it is given, prepared and scaled.
        mask: which steps, or nodes, of each sample are there; None where all always are.
        edges: the weights of edges (graphs, to, from); None where no layer asks for them.
    """

    input: PortableValue
    mask: PortableValue | None
    edges: PortableValue | None
    steps: tuple[PortableStep, ...]
    output: PortableValue

    @property
    def given(self) -> tuple[PortableValue, ...]:
        """All that the network is given: its input, and mask and edges where there are such."""
        return tuple(each for each in (self.input, self.mask, self.edges) if each is not None)

    @property
    def arrays(self) -> Mapping[str, Array]:
        """All weights by name."""
        return {name: array for step in self.steps for name, array in step.arrays.items()}

    @property
    def size(self) -> int:
        """How many weights there are."""
        return sum(array.size for array in self.arrays.values())


@dataclass(eq=False)
class Wording:
    """What a layer is given to say what it does with.

    Attributes:
        inputs: the values of the layers that it reads.
        blocks, state: its parameters and what it carries along, by name.
        mask: which places of what it reads are there; None where all are.
        edges: see `ForwardPass`.
        steps: what was said so far, which grows.
    """

    layer_id: str
    layer_title: Text
    inputs: tuple[PortableValue, ...]
    blocks: Mapping[str, Array]
    state: Mapping[str, Array]
    mask: PortableValue | None
    edges: PortableValue | None
    steps: list[PortableStep]

    @property
    def masked(self) -> tuple[PortableValue, ...]:
        """The mask as one more input, where there is one."""
        return () if self.mask is None else (self.mask,)

    @property
    def edges_there(self) -> PortableValue:
        """The edges, for a layer that asks for nodes, and so always has them."""
        assert self.edges is not None
        return self.edges

    def do(self, op: PortableOp, *inputs: PortableValue, name: str = "") -> PortableValue:
        """Say the next operation; what it gives is called after the layer, and `name` where that is given."""
        called = f"{self.layer_id}_{name}" if name else self.layer_id
        taken = {step.output.name for step in self.steps}
        number, free = 2, called
        while free in taken:
            number, free = number + 1, f"{called}_{number}"
        output = PortableValue(free, op.shape(tuple(value.shape for value in inputs)))
        key = self.layer_id if name in ("", "z") and free == called else free
        self.steps.append(PortableStep(op, inputs, output, self.layer_id, self.layer_title, key))
        return output

    def bent(self, activation: Activation, op: PortableOp, *inputs: PortableValue) -> PortableValue:
        """Say an operation that gives net inputs, and the activation of them."""
        if isinstance(activation, Linear):
            return self.do(op, *inputs)
        return self.activated(activation, self.do(op, *inputs, name="z"))

    def activated(self, activation: Activation, z: PortableValue) -> PortableValue:
        """Say the activation of values, alike at each place of the last axis."""
        if isinstance(activation, Linear):
            return z
        if isinstance(activation, Softmax):
            return self.do(SoftmaxOp(), z)
        learned = {each.name: self.blocks[each.name] for each in activation.learned(z.shape[-1])}
        return self.do(ActivateOp(activation, learned), z)

    def shaped(self, value: PortableValue, sizes: Shape, name: str = "") -> PortableValue:
        """Say that values are to be in another shape, unless they are."""
        return value if value.shape == sizes else self.do(ReshapeOp(tuple(sizes)), value, name=name)

    def flat(self, value: PortableValue) -> PortableValue:
        """Say that values are to be a row."""
        return self.shaped(value, (prod(value.shape),), name="row")
