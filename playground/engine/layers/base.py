"""What every layer is: a frozen description that can bind its mathematics to arrays.

A layer knows its output shape and parameters from the shapes of its inputs, and `bind` turns it into two
lists of operations, forward and backward, over arrays that the network allocated once.  Whatever its shape, a
layer's values lie flat in memory, (units, samples).
"""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from math import prod
from typing import Annotated, Any, ClassVar, Self

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation, Places, Shape
from playground.engine.initializers import Initializer
from playground.engine.links import Passage
from playground.engine.loops import Loop, LoopRows
from playground.engine.parameter import Parameter
from playground.engine.portable import NotPortable, PortableValue, Wording
from playground.engine.sums import Sums
from playground.numbers.writing import by
from playground.randomness import Streams
from playground.record import record
from playground.text import Text, say
from playground.value import AnyOf, Hidden, Kind

MOST_UNITS = 4096
"""How many neurons a layer may have."""

Frozen = Annotated[
    bool, Field(title="Freeze", description="Training leaves this layer's parameters as they are.")
]
"""The type of the field `frozen`, which every layer with parameters ends with."""

InitialWeights = Annotated[
    AnyOf[Initializer],
    Field(title="Initial weights", description="How the weights are drawn before training."),
]
"""The type of the field `initializer`; which is usual depends on the layer."""

InitialBias = Annotated[
    float, Field(ge=-10, le=10, title="Initial bias", description="Every bias before training; 0 is usual.")
]
"""The type of the field `bias`."""


class LayerProblem(ValueError):
    """Why a layer cannot work where it stands: a sentence that says what to change."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


@record
class Tensor:
    """The values of a layer for one batch: `full` is (units + 1, samples), its last row all ones."""

    full: Array

    @classmethod
    def empty(cls, units: int, samples: int, dtype: np.dtype[Any]) -> "Tensor":
        """A tensor whose values are yet to be written."""
        full = np.zeros((units + 1, samples), dtype)
        full[-1] = 1
        return cls(full)

    @property
    def values(self) -> Array:
        """Shape (units, samples)."""
        return self.full[:-1]


@record
class Wires:
    """The arrays a layer is bound to.

    `input_gradients[i]` and `output_gradient` are None in inference and where nobody upstream learns.  With
    `from_logits`, the output gradient is the one with respect to the net input (see `losses`).  `streams` are
    those of the run; without them a layer leaves chance out.  `shapes` are those of the inputs.
    The `mask`, (places, samples), is 1 where a sample has a value and 0 where it was only filled up to the
    length of others; None where all are real.  The `passage` has the edges between nodes, for layers that
    ask for `nodes`.
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
    streams: Streams | None = None
    mask: Array | None = None
    passage: Passage | None = None
    shapes: tuple[Shape, ...] = ()

    @property
    def flow(self) -> tuple[Array, Array, Array | None, Array | None]:
        """The values of the first input and of the output; their gradients, None where none is wanted."""
        upstream = self.input_gradients[0] if self.input_gradients else None
        given = None if upstream is None else upstream.values
        gradient = None if self.output_gradient is None else self.output_gradient.values
        return self.inputs[0].values, self.output.values, given, gradient


@record
class Operations:
    """What `bind` gives: the forward and the backward pass, and where the net input z can be read.

    `seen` are arrays of the forward pass that are worth a look besides the output, by name, samples last:
    gates (time, units, samples), weights of attention (to, from, samples).
    `term` gives what the layer adds to the loss, the mean over the samples of the last forward pass; the
    gradient of it is added by the layer's own backward pass.
    `messages` gives what each edge (m,) of the passage brought to a unit of the node that it leads to, and
    `shares` by how much the value at its other end counted in that.
    `sums` gives how the gradients of its weights came about in the step that was done last.
    `z` is the net input to look at where it lies otherwise than values do, in the shape of the layer, samples
    last; `delta` is the gradient of the loss with respect to it.
    """

    forward: Sequence[Operation]
    backward: Sequence[Operation]
    net_input: Array | None = None
    seen: Mapping[str, Array] = field(default_factory=dict)
    term: Callable[[], float] | None = None
    messages: Callable[[int], Array] | None = None
    shares: Callable[[int], Array] | None = None
    z: Array | None = None
    delta: Array | None = None
    sums: Sums | None = None


@record
class Edges:
    """The weights (pieces, units, inputs) and the bias (pieces, units) of a layer with neurons, as views.

    A neuron has one weight for each input, or several where it is made of several pieces.
    """

    weights: Array
    bias: Array


class Layer(Kind):
    """A layer of the network; `inputs` are the ids of the layers it reads, empty for the one before."""

    icon: ClassVar[str] = "square"
    """The name of its drawing in the Phosphor set."""

    can_be_output: ClassVar[bool] = False
    has_neurons: ClassVar[bool] = False
    """Whether its neurons, or channels, are worth a tile each, and so it a full card on the canvas."""

    common: ClassVar[bool] = False
    """Whether most networks have one, so that it is offered first."""

    merges: ClassVar[bool] = False
    """Whether it reads several layers."""

    reshapes: ClassVar[bool] = False
    """Whether it only gives its input another shape: then it has no arrays of its own, and is not bound."""

    axes: ClassVar[tuple[str, ...]] = ()
    """Along which axes its input must be arranged, by name; none where it reads a row, or anything."""

    adds_bias: ClassVar[bool] = False
    """Whether each of its neurons, or filters, has a weighted sum with a bias before its activation."""

    loops: ClassVar[tuple[Loop, ...]] = ()
    """What the rows of `lower` do, besides those of its activation."""

    sized_by: ClassVar[str] = ""
    """The field that says how many neurons, or filters, it has; "" where it follows from its input."""

    id: Annotated[str, Hidden()] = Field("", max_length=64, pattern=r"^[A-Za-z0-9_-]*$")
    name: Annotated[str, Hidden()] = Field("", max_length=60, title="Name", description="Shown on the card.")
    inputs: Annotated[tuple[str, ...], Hidden()] = Field(
        (), title="Inputs", description="The layers that it reads, where it is not the one before."
    )

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        """Some of this kind, small and well conditioned: by them its gradient is checked."""
        return (cls(),)

    @property
    def output_range(self) -> tuple[float, float]:
        """The lowest and the highest value it can give."""
        return (-np.inf, np.inf)

    @property
    def reads_graph(self) -> bool:
        """Whether it reads nodes and the edges between them."""
        return self.axes[:1] == ("nodes",)

    @property
    def shares(self) -> Mapping[str, str]:
        """The blocks of earlier layers that it uses as its own: their ids by the name of the block."""
        return {}

    def sharing(self, ids: Mapping[str, str]) -> Self:
        """The same, where layers whose blocks it uses go by other ids (new by old)."""
        return self

    def uncharged(self) -> Self:
        """The same, where it adds nothing to the loss."""
        return self

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        """The shape it gives for inputs of these shapes, which those of the blocks in `shares` follow.

        Raises:
            LayerProblem: when it cannot work with them.
        """
        return inputs[0]

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        """The blocks of parameters it learns, for the same shapes as `output_shape`."""
        return ()

    def state(self, inputs: tuple[Shape, ...]) -> Mapping[str, Array]:
        """Initial values of what it carries along without learning it by gradient (running averages)."""
        return {}

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        """About how many numbers it keeps for a training step, besides what it gives and the gradients.

        Most keep what their activation needs: two for each value that they give.
        """
        return 0 if self.reshapes else 2 * samples * prod(self.output_shape(inputs))

    def places_behind(self, inputs: tuple[Shape, ...]) -> Sequence[int] | None:
        """By which place of its input each of its own is there (see the mask of `Wires`).

        None where it gives no places; as a rule they are the same as before, or none.
        """
        shape, given = self.output_shape(inputs), inputs[0]
        return range(given[0]) if len(shape) == len(given) == 2 and shape[0] == given[0] else None

    def bind(self, wires: Wires) -> Operations:
        """The operations on these arrays; none for a layer that only sees its input in another shape."""
        return Operations((), ())

    def lower(self, wires: Wires) -> LoopRows:
        """The same as `bind` as rows of an operation table, for a compiled step.

        It counts for the class that defines it, and those below that do not bind anew.
        """
        return LoopRows((), ())

    def portable(self, wording: Wording) -> PortableValue:
        """Say what it does when the network answers, in words that other tools know too; what that gives.

        Raises:
            NotPortable: when it cannot be said.
        """
        raise NotPortable(
            say("portable.no_layer", "{layer} cannot be said in other words.", layer=self.named())
        )

    def compiles(self, inputs: tuple[Shape, ...]) -> bool:
        """Whether `lower` knows inputs of these shapes."""
        return True

    def sees(self, shape: Shape, places: Places) -> Places:
        """The part of an input of that shape which its values at these places are made of.

        As a rule the same places, and all of them where it asks for a grid and says nothing else.
        """
        kept = not self.axes and not self.reshapes and len(places) == len(shape) - 1
        return places if kept else tuple(map(range, shape[:-1]))

    def edges(self, blocks: Mapping[str, Array]) -> Edges | None:
        """The weights of its neurons, of all the blocks it sees, or of others like them; None without any."""
        return None

    def _flat(self, shape: Shape) -> int:
        """How many values a row of them has.

        Raises:
            LayerProblem: when they are arranged in any other way.
        """
        if len(shape) == 2:
            raise LayerProblem(
                say(
                    "layer.reads_rows_of_one",
                    "{layer} reads a row of values, and is given {shape}; put a Flatten or a Global average "
                    "pool before it, or let a recurrent layer give its last state alone.",
                    layer=self.named(),
                    shape=by(shape),
                )
            )
        if len(shape) != 1:
            raise LayerProblem(
                say(
                    "layer.reads_rows",
                    "{layer} reads a row of values, and is given {shape}; put a Flatten before it.",
                    layer=self.named(),
                    shape=by(shape),
                )
            )
        return shape[0]
