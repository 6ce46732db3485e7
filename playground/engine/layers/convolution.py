"""Convolutions: few weights that every place of a picture, or every step of a sequence, shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field

from playground.engine.activations import Activation, Relu
from playground.engine.arrays import Shape
from playground.engine.initializers import Fans, HeNormal, Initializer
from playground.engine.layers.base import (
    Frozen,
    InitialBias,
    InitialWeights,
    Layer,
    LayerProblem,
    Operations,
    Wires,
)
from playground.engine.layers.columns import Convolution
from playground.engine.layers.sliding import Side, SlidingWindows, Windowed, fitting, in_time
from playground.engine.parameter import Parameter, affine
from playground.engine.portable import ConvolveOp, PortableValue, Wording
from playground.numbers.writing import by
from playground.text import say
from playground.value import AnyOf, Basic, Logarithmic, Titles, Typical

Filters: TypeAlias = Annotated[
    int,
    Field(ge=1, le=512, title="Filters", description="How many patterns it looks for; 4 to 32 as a rule."),
    Logarithmic(1),
    Typical(1, 32),
    Basic(),
]
KernelSize: TypeAlias = Annotated[
    int,
    Field(
        ge=1, le=31, title="Kernel", description="How many values a window sees each way; 3 or 5 is usual."
    ),
    Typical(1, 7),
    Basic(),
]
Stride: TypeAlias = Annotated[
    int,
    Field(ge=1, le=16, title="Stride", description="How far one window is from the next; 2 halves the size."),
    Typical(1, 4),
]
Dilation: TypeAlias = Annotated[
    int,
    Field(ge=1, le=64, title="Dilation", description="How far what a window sees lies apart; 1 is usual."),
    Typical(1, 8),
]


class Conv2D(Windowed):
    kind: Literal["conv_2d"] = "conv_2d"
    title = "Conv 2D"
    help = "Filters that each look for one pattern at every place of a picture, with the same weights."
    formula = "a(i, j) = f(Σ W(u, v, c) x(s i + d u, s j + d v, c) + b)"
    advice = "For pictures.  Begin with 8 to 16 filters of 3×3, then a max pool, and twice as many behind it."
    reference = "LeCun et al. 1998."
    icon = "grid-four"
    common = True
    can_be_output = True
    has_neurons = True
    adds_bias = True
    axes = ("height", "width", "channels")
    sized_by = "filters"

    filters: Filters = 8
    kernel: KernelSize = 3
    stride: Stride = 1
    padding: Annotated[Literal["valid", "same"], Titles({"valid": "None", "same": "Same size"})] = Field(
        "valid",
        title="Padding",
        description="Zeros around the picture: none, or as many as keep its size at stride 1.",
    )
    dilation: Dilation = 1
    groups: Annotated[int, Typical(1, 16)] = Field(
        1,
        ge=1,
        le=512,
        title="Groups",
        description="Parts of the channels that do not see each other; one a channel is depthwise.",
    )
    activation: Annotated[AnyOf[Activation], Basic()] = Field(
        Relu.usual(), title="Activation", description="The function applied to each net input."
    )
    initializer: InitialWeights = HeNormal.usual()
    bias: InitialBias = 0.0
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (
            cls(filters=2, kernel=2),
            cls(filters=3, kernel=3, stride=2, padding="same"),
            cls(filters=2, kernel=2, dilation=2, padding="same"),
            cls(filters=2, kernel=1, groups=2),
        )

    @property
    def output_range(self) -> tuple[float, float]:
        return self.activation.range

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        windows = self.windows(inputs[0])
        channels = inputs[0][2]
        for what in (channels, self.filters):
            if what % self.groups:
                raise LayerProblem(
                    say(
                        "layer.groups_do_not_fit",
                        "Its {groups} groups cannot share {channels} channels and {filters} filters equally; "
                        "choose another number of groups.",
                        groups=self.groups,
                        channels=channels,
                        filters=self.filters,
                    )
                )
        return (windows.down.count, windows.across.count, self.filters)

    def windows(self, shape: Shape) -> SlidingWindows:
        height, width, _ = pictured(self, shape)
        down, across = (
            Side.of(length, self.kernel, self.stride, self.dilation, self.padding)
            for length in (height, width)
        )
        return fitting(self, SlidingWindows(down, across), by((height, width)))

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        fans = Fans(*(count // self.groups * self.kernel**2 for count in (inputs[0][2], self.filters)))
        return shared(self.filters, fans.fan_in, fans, self.initializer, self.bias, self.activation)

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        return self._on(inputs[0]).workspace(self.filters, samples)

    def portable(self, wording: Wording) -> PortableValue:
        return convolved(wording, self.windows(wording.inputs[0].shape), self.activation, self.groups)

    def bind(self, wires: Wires) -> Operations:
        return self._on(wires.shapes[0]).bind(wires)

    def _on(self, shape: Shape) -> Convolution:
        return Convolution(shape, self.windows(shape), self.activation, self.groups)


class Conv1D(Windowed):
    kind: Literal["conv_1d"] = "conv_1d"
    title = "Conv 1D"
    help = "Filters that each look for one pattern at every step of a sequence, with the same weights."
    formula = "a(t) = f(Σ W(u, c) x(s t + d u, c) + b)"
    advice = "For sequences.  With causal padding no step sees what comes later."
    reference = "Waibel et al. 1989."
    icon = "wave-square"
    has_neurons = True
    adds_bias = True
    axes = ("time", "columns")
    sized_by = "filters"

    filters: Filters = 8
    kernel: KernelSize = 3
    stride: Stride = 1
    padding: Annotated[
        Literal["valid", "same", "causal"], Titles({"valid": "None", "same": "Same size", "causal": "Causal"})
    ] = Field(
        "valid",
        title="Padding",
        description="Zeros around the sequence: none, as many as keep its length, or all of those in front.",
    )
    dilation: Dilation = 1
    activation: Annotated[AnyOf[Activation], Basic()] = Field(
        Relu.usual(), title="Activation", description="The function applied to each net input."
    )
    initializer: InitialWeights = HeNormal.usual()
    bias: InitialBias = 0.0
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (
            cls(filters=2, kernel=2),
            cls(filters=3, kernel=3, padding="same", stride=2),
            cls(filters=2, kernel=2, dilation=2, padding="causal"),
        )

    @property
    def output_range(self) -> tuple[float, float]:
        return self.activation.range

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (self.windows(inputs[0]).across.count, self.filters)

    def windows(self, shape: Shape) -> SlidingWindows:
        time, _ = in_time(self, shape)
        across = Side.of(time, self.kernel, self.stride, self.dilation, self.padding)
        return fitting(self, SlidingWindows(Side.of(1, 1), across), by((time,)))

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        fans = Fans(inputs[0][1] * self.kernel, self.filters * self.kernel)
        return shared(self.filters, fans.fan_in, fans, self.initializer, self.bias, self.activation)

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        return self._on(inputs[0]).workspace(self.filters, samples)

    def portable(self, wording: Wording) -> PortableValue:
        return convolved(wording, self.windows(wording.inputs[0].shape), self.activation)

    def bind(self, wires: Wires) -> Operations:
        return self._on(wires.shapes[0]).bind(wires)

    def places_behind(self, inputs: tuple[Shape, ...]) -> Sequence[int] | None:
        return self.windows(inputs[0]).across.begun

    def _on(self, shape: Shape) -> Convolution:
        return Convolution((1, *shape), self.windows(shape), self.activation)


# --- what layers on grids have in common ------------------------------------------------------------


def pictured(layer: Layer, shape: Shape) -> tuple[int, int, int]:
    """Height, width and channels of the pictures that a layer reads.

    Raises:
        LayerProblem: when its input is no picture.
    """
    if len(shape) != 3:
        raise LayerProblem(
            say(
                "layer.reads_pictures",
                "{layer} reads pictures, height × width × channels, and is given {shape}.",
                layer=layer.named(),
                shape=by(shape),
            )
        )
    height, width, channels = shape
    return height, width, channels


def shared(
    filters: int, inputs: int, fans: Fans, initializer: Initializer, bias: float, activation: Activation
) -> tuple[Parameter, ...]:
    """The weights and biases that all windows share, and what the activation learns a filter.

    A filter has so many `inputs` in a window, and `fans` say how many values meet in one.
    """
    weights = affine("weights", (filters, inputs), initializer, bias, fans)
    return (weights, *activation.learned(filters))


def convolved(
    wording: Wording, windows: SlidingWindows, activation: Activation, groups: int = 1
) -> PortableValue:
    """Say a convolution of pictures, or of sequences as pictures of one row."""
    (x,), block = wording.inputs, wording.blocks["weights"]
    sizes = windows.down.size, windows.across.size
    kernels = block[:, :-1].reshape(len(block), -1, *sizes).transpose(0, 2, 3, 1)
    convolve = ConvolveOp(kernels, block[:, -1], windows.padding, windows.strides, windows.dilations, groups)
    is_picture = len(x.shape) == 3
    picture = x if is_picture else wording.shaped(x, (1, *x.shape), name="picture")
    given = wording.bent(activation, convolve, picture)
    return given if is_picture else wording.shaped(given, given.shape[1:])
