"""How pictures are brought to one size and to the same channels."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from playground.value import Titles, Unit, Value

SMALLEST, LARGEST = 8, 64
"""Pixels along a side."""

Fit: TypeAlias = Literal["crop", "pad"]


class Sizing(Value):
    """What is made of every picture."""

    side: Annotated[int, Unit("px")] = Field(
        28,
        ge=SMALLEST,
        le=LARGEST,
        title="Size",
        description="Pixels along each side, 16 to 32 as a rule; the inputs grow with its square.",
    )
    colour: Annotated[Literal["grey", "colour"], Titles({"grey": "Grey", "colour": "Colour"})] = Field(
        "grey",
        title="Colours",
        description="Greys, or red, green and blue, which are three times the inputs.",
    )
    fit: Annotated[Fit, Titles({"crop": "Crop", "pad": "Pad"})] = Field(
        "crop",
        title="Not square",
        description="The middle of a picture that is not square, or all of it with black at its sides.",
    )

    @property
    def channels(self) -> int:
        """1 for grey, 3 for red, green and blue."""
        return 3 if self.colour == "colour" else 1
