"""Trace: all that one step of training does with one sample, or with the next batch, number by number."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import Field

from playground.analysis.inspection import Inspection
from playground.value import Hidden, Titles

Side: TypeAlias = Literal["train", "validation", "test"]
SIDES = {"train": "Training", "validation": "Validation", "test": "Test"}
SIDE_NAMES: tuple[str, ...] = get_args(Side)


class Tracing(Inspection):
    """Which step is taken apart, and how it is shown."""

    kind: Literal["trace"] = "trace"
    title = "Trace"
    help = "One step of training taken apart: each sum, each activation, the loss, each gradient, the update."
    formula = "z = W a + b,   a = f(z),   δ = (Wᵗ δ) ⊙ f′(z),   dW = δ aᵗ,   db = δ"
    advice = "To check by hand what the network does, and to see why a weight moves as it does."
    reference = "Rumelhart, Hinton & Williams 1986."
    place = 1

    of: Annotated[Literal["sample", "batch"], Titles({"sample": "One sample", "batch": "The next batch"})] = (
        Field(
            "sample",
            title="Step on",
            description="One sample, as a batch of its own, or the mean over the batch that comes next.",
        )
    )
    side: Annotated[Side, Hidden(), Titles(SIDES)] = Field(
        "train", title="Side", description="Which samples it is one of; training samples are learnt from."
    )
    sample: Annotated[int, Hidden()] = Field(
        0, ge=0, le=10**9, title="Sample", description="Which sample of that side, counted from 0."
    )
    chance: bool = Field(
        True,
        title="Chance",
        description="Dropout and noise as the next step would draw them; off, as at test time.",
    )
    written: Annotated[Literal["numbers", "symbols", "code"], Hidden(), Titles({"code": "NumPy"})] = Field(
        "numbers", title="Written", description="How each line of the calculation is shown."
    )

    @property
    def learns(self) -> bool:
        """Whether what it is on is learnt from, so that the step ends with an update."""
        return self.of == "batch" or self.side == "train"
