"""Early stopping: when training ends before its planned epochs, because it no longer helps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.value import Kind, Logarithmic, Typical, Unit


class Stopping(Kind):
    """A rule for ending before the planned epochs."""


class NoStopping(Stopping):
    kind: Literal["none"] = "none"
    title = "Off"
    help = "Training goes on for all of its epochs."
    formula = "stop at the last epoch"
    advice = "Where you watch the curves yourself."


class EarlyStopping(Stopping):
    kind: Literal["early_stopping"] = "early_stopping"
    title = "On validation loss"
    help = "Ends when the validation loss has not improved for some epochs."
    formula = "stop when L ≥ best − least gain for patience epochs"
    advice = "Against overfitting: the best weights are those before the loss turns up again."
    reference = "Prechelt 1998."

    patience: Annotated[int, Logarithmic(1), Typical(1, 500), Unit("epochs")] = Field(
        30,
        ge=1,
        le=100_000,
        title="Patience",
        description="Training stops after so many epochs without gain, as Keras counts; 10 to 50 is usual.",
    )
    min_delta: float = Field(
        0.0, ge=0, le=10, title="Least gain", description="What counts as better; 0 to 0.001 is usual."
    )
    restore_best: bool = Field(
        True,
        title="Restore the best",
        description="Put the weights of the best epoch back at the end, early or as planned.",
    )
