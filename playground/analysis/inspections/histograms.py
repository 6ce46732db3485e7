"""Histograms over the epochs: how weights, net inputs, activations and gradients of each layer are spread."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.analysis.inspection import Inspection
from playground.value import Hidden, Titles

Quantity = Literal["weights", "biases", "net_inputs", "activations", "gradients"]
VitalSign = Literal[
    "update_ratio", "gradient_norm", "spread", "dead", "always_on", "saturated", "similarity", "rank"
]  # fmt: skip


class Histograms(Inspection):
    """Which layer is looked at, and which of its numbers."""

    kind: Literal["histograms"] = "histograms"
    title = "Histograms"
    help = "How the numbers of a layer are spread, now and over the epochs, and how well it is."
    formula = "hₖ = nₖ / (n Δx),   ratio = ‖Δw‖ / ‖w‖"
    advice = (
        "Net inputs far from 0 saturate tanh; a peak of activations at 0 is dead ReLUs; gradients that "
        "shrink from layer to layer vanish.  A step should move weights by about a thousandth."
    )
    reference = "Glorot & Bengio 2010; calibration: Guo et al. 2017; effective rank: Roy & Vetterli 2007."
    place = 2

    layer: Annotated[str, Hidden()] = Field(
        "", max_length=64, title="Layer", description="Which layer is shown."
    )
    quantity: Annotated[
        Quantity,
        Titles(
            {
                "weights": "Weights",
                "biases": "Biases",
                "net_inputs": "Net inputs",
                "activations": "Activations",
                "gradients": "Gradients",
            }
        ),
    ] = Field(
        "weights",
        title="Numbers",
        description="Net inputs and activations are of 256 training samples, gradients of the last step.",
    )
    vital: Annotated[
        VitalSign,
        Titles(
            {
                "update_ratio": "Update ratio",
                "gradient_norm": "Gradient norm",
                "spread": "Spread of net inputs",
                "dead": "Dead units",
                "always_on": "Always-on units",
                "saturated": "Saturated values",
                "similarity": "Similarity of units",
                "rank": "Effective rank",
            }
        ),
    ] = Field(
        "update_ratio",
        title="Over time",
        description="What is drawn of every layer: a step beside the weights, shares of units, cosines, or "
        "in how many directions the activations of its units vary.",
    )
