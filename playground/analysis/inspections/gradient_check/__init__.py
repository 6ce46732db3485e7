"""Is the gradient right?  Backpropagation beside differences of the loss, layer by layer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.analysis.inspection import Inspection
from playground.value import Logarithmic, Typical


class GradientCheck(Inspection):
    """How a gradient is checked."""

    kind: Literal["gradient_check"] = "gradient_check"
    title = "Check gradients"
    help = "Moves each weight a little up and down and compares how the loss changes with the gradient."
    formula = "n = (L(w + h) − L(w − h)) / 2h,   error = |a − n| / max(|a|, |n|, tiny)"
    advice = (
        "After a layer or a loss of one's own was written.  Around 1e-7 is right; 1e-2 is a mistake in a "
        "derivative, unless the weight stands at a kink, as of ReLU.  A copy in float64 is checked, without "
        "what is left to chance, such as dropout."
    )
    reference = "Werbos 1974; checked as in the notes of CS231n: Karpathy 2015."
    place = 5

    entries: Annotated[int, Logarithmic(), Typical(1, 10_000)] = Field(
        100,
        ge=1,
        le=100_000,
        title="Entries",
        description="At most so many numbers of each block are checked, drawn by chance.",
    )
    samples: Annotated[int, Logarithmic(), Typical(1, 100)] = Field(
        10,
        ge=1,
        le=1000,
        title="Samples",
        description="By so many training samples; few meet few kinks.  A whole graph is one batch.",
    )
    step: Annotated[float, Logarithmic()] = Field(
        1e-5, ge=1e-9, le=1e-1, title="h", description="How far each number is moved; 1e-5 is usual."
    )
