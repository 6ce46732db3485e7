"""Layers that only arrange values differently: they cost nothing, as every shape lies flat in memory."""

from __future__ import annotations

from math import prod
from typing import Annotated, Literal

from pydantic import Field

from playground.engine.arrays import Shape
from playground.engine.layers.base import MOST_UNITS, Layer, LayerProblem
from playground.engine.portable import PortableValue, Wording
from playground.numbers.writing import by
from playground.text import say


class Flatten(Layer):
    kind: Literal["flatten"] = "flatten"
    title = "Flatten"
    help = "Arranges whatever it is given as one row of values."
    formula = "(r, c) → (r · c)"
    advice = "Between layers that work on a grid and a dense one."
    reference = "LeCun et al. 1998."
    icon = "arrows-in-line-vertical"
    reshapes = True

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (prod(inputs[0]),)

    def portable(self, wording: Wording) -> PortableValue:
        return wording.flat(wording.inputs[0])


class Reshape(Layer):
    kind: Literal["reshape"] = "reshape"
    title = "Reshape"
    help = "Arranges its values as a grid, row by row; none is lost and none is added."
    formula = "(r · c) → (r, c)"
    advice = "Before layers that work on a grid."
    reference = "LeCun et al. 1998."
    icon = "grid-nine"
    reshapes = True

    shape: tuple[Annotated[int, Field(ge=1, le=MOST_UNITS)], ...] = Field(
        (2, 2),
        min_length=1,
        max_length=4,
        title="Shape",
        description="Rows and columns, such as 4, 4 for 16 values.",
    )

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        given, wanted = prod(inputs[0]), prod(self.shape)
        if given != wanted:
            raise LayerProblem(
                say(
                    "layer.shape_differs",
                    "{shape} makes {wanted} values, and it is given {given}; choose another shape.",
                    shape=by(self.shape),
                    wanted=wanted,
                    given=given,
                )
            )
        return self.shape

    def portable(self, wording: Wording) -> PortableValue:
        return wording.shaped(wording.inputs[0], self.shape)
