"""The settings of a look at the landscape of the loss."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from playground.analysis.inspection import Inspection
from playground.value import Hidden, Logarithmic, Titles, Typical, Value


class ChosenWeight(Value):
    """A weight of a neuron of a layer, or with source −1 its bias."""

    layer_id: str = Field("", max_length=64)
    unit: int = Field(0, ge=0)
    source: int = Field(0, ge=-1)


class Landscape(Inspection):
    """What is surveyed, and how it is drawn."""

    kind: Literal["landscape"] = "landscape"
    title = "Landscape"
    help = "The loss over a plane through the present weights, with the path that training takes over it."
    formula = "L(w + x d₁ + y d₂),   d ← d ‖w‖ / ‖d‖ for each neuron"
    advice = (
        "Take random directions to see how rough the loss is around the weights, the path to see where "
        "training went.  A plane shows two of many directions: what is a hollow here may have a way out in "
        "another; the curvature tells."
    )
    reference = "Li et al. 2018."
    place: ClassVar[int] = 4

    plane: Annotated[
        Literal["random", "path", "weights"],
        Titles({"random": "Random directions", "path": "Path", "weights": "Two weights"}),
    ] = Field(
        "random",
        title="Plane",
        description="Along two random filter-normalized directions, the two principal components of the path "
        "so far, or two weights.",
    )
    seed: int = Field(
        0, ge=0, le=9999, title="Draw", description="Each number gives two other random directions."
    )
    across: Annotated[ChosenWeight, Hidden()] = Field(
        ChosenWeight(), title="Across", description="The weight that changes from left to right."
    )
    up: Annotated[ChosenWeight, Hidden()] = Field(
        ChosenWeight(source=1), title="Up", description="The weight that changes from below upwards."
    )
    reach: Annotated[float, Logarithmic(0.01), Typical(0.05, 10)] = Field(
        1.0,
        gt=0,
        le=100,
        title="Reach",
        description="How far it goes from the middle; 1 is as far as the weights are from 0.",
    )
    surface: Annotated[bool, Hidden()] = Field(
        False, title="Surface", description="Drawn as a surface and not as a map."
    )
    side: Annotated[
        Literal["train", "test", "gap"],
        Titles({"train": "Training", "test": "Test", "gap": "Test − training"}),
    ] = Field(
        "train",
        title="Loss",
        description="On which samples, or by how much it is larger on the test samples.",
    )
    logarithmic: bool = Field(
        True, title="Log levels", description="Lines of equal loss grow by factors: the floor is seen."
    )
    penalized: bool = Field(
        False, title="Regularization", description="Adds what the regularizer charges for the weights."
    )
    points: Annotated[int, Typical(9, 101)] = Field(
        51, ge=9, le=201, title="Points", description="The points of the grid along a side; 51 is smooth."
    )
    samples: Annotated[int, Logarithmic(10), Typical(100, 10000)] = Field(
        500,
        ge=1,
        le=1_000_000,
        title="Samples",
        description="So many of each side are measured at most; of large networks fewer, or it would take "
        "minutes.",
    )
    directions: Annotated[int, Typical(2, 200)] = Field(
        40,
        ge=2,
        le=1000,
        title="Directions",
        description="In how many directions the curvature is searched, by as many steps of Lanczos.",
    )
