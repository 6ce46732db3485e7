"""The transformed space: where each layer puts the samples, and how separable it makes the classes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.analysis.inspection import Inspection
from playground.value import Hidden, Titles, Typical

Number = Annotated[int, Field(ge=1, le=4096), Typical(1, 16)]


class TransformedSpace(Inspection):
    """What is seen of the space of a layer; `depth` is which one, −1 for the last before the output.

    Between two whole numbers samples are on their way from one layer to the next.
    """

    kind: Literal["space"] = "space"
    title = "Space"
    help = "Shows where each layer puts the samples, and what becomes of the plane on the way to the output."
    formula = "a = f(Wx + b),   places = (a − mean) V,   V the principal components of a"
    advice = (
        "To see why depth helps: layers fold and stretch space until a straight cut parts the classes.  The "
        "probes say at which layer that is so; between two layers one sees the folding."
    )
    reference = "Pearson 1901; t-SNE: van der Maaten & Hinton 2008; probes: Alain & Bengio 2016."
    place = 3

    axes: Annotated[
        Literal["components", "neurons", "embedding"],
        Titles({"components": "Principal components", "neurons": "Neurons", "embedding": "t-SNE"}),
    ] = Field(
        "components",
        title="Axes",
        description="Directions of most variance (or the only neurons), chosen neurons, or neighbours kept.",
    )
    three: bool = Field(False, title="Three axes", description="In depth too, which can be turned.")
    grid: bool = Field(
        True, title="Grid", description="Carry the grid of the input plane along, where data lie on a plane."
    )
    first: Number = Field(1, title="Across", description="The neuron across.")
    second: Number = Field(2, title="Up", description="The neuron upwards.")
    third: Number = Field(3, title="Deep", description="The neuron of the third axis.")
    perplexity: float = Field(
        30.0,
        ge=2,
        le=100,
        title="Perplexity",
        description="About how many neighbours of each sample t-SNE keeps near; 5 to 50 is usual.",
    )
    depth: Annotated[float, Hidden()] = Field(-1.0, ge=-1, le=1000)
