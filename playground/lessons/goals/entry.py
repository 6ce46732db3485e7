"""An entry of the trace that is worked out by hand: the program knows it from its own engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field

from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.report import report
from playground.analysis.inspections.trace.source import StepSource
from playground.analysis.inspections.trace.trace import traced
from playground.files.experiment_file import SavedExperiment
from playground.lessons.goals.base import Judgement
from playground.lessons.goals.number import judged
from playground.lessons.goals.question import QuestionGoal
from playground.lessons.observed import Observed
from playground.text import say
from playground.training.trainer import Trainer
from playground.value import InvalidValue

Entry = Literal[
    "input", "target", "loss", "z", "a", "delta", "dW", "db", "change_of_weight", "change_of_bias"
]


class EntryGoal(QuestionGoal):
    kind: Literal["entry"] = "entry"
    title = "Entry of the trace"
    help = "A number of one training step is to be worked out by hand: a net input, a gradient, an update."
    advice = "With an experiment that the step opens, so that everybody has the same numbers."
    asks = "number"

    entry: Entry = Field(title="Entry", description="What is to be worked out, as the trace calls it.")
    layer: str = Field("", title="Layer", description="The id of the layer; not for input, target and loss.")
    at: tuple[Annotated[int, Field(ge=1)], ...] = Field(
        (),
        max_length=2,
        title="At",
        description="Which one, counted from 1: the neuron, and of weights the input.",
    )
    sample: Annotated[int, Field(ge=0, le=1_000_000)] = Field(
        0, title="Sample", description="Which training sample, counted from 0 as the trace does."
    )
    tolerance: Annotated[float, Field(gt=0, le=1e6)] = Field(
        0.005, title="Tolerance", description="How far from it an answer may be."
    )

    def judge(self, observed: Observed) -> Judgement:
        return judged(observed.given, observed.truth, self.tolerance)

    def truth(self, begun: SavedExperiment) -> float | None:
        with np.errstate(all="ignore"):
            trainer = Trainer(begun.experiment, begun.checkpoint)
            tracing = Tracing.build({"sample": self.sample, "side": "train"})
            found: Any = self._of(report(traced(StepSource.of(trainer), tracing)))
        for place in self.at:
            if not isinstance(found, Sequence) or place > len(found):
                raise self._missing()
            found = found[place - 1]
        if not isinstance(found, int | float):
            raise self._missing()
        return float(found)

    def _of(self, told: dict[str, Any]) -> Any:
        if self.entry in ("input", "target", "loss"):
            return told[self.entry]
        layer = told["layers"].get(self.layer)
        if layer is None:
            raise self._missing()
        if self.entry.startswith("change_of"):
            return layer["update"].get("bias" if self.entry.endswith("bias") else "weights")
        return layer[self.entry]

    def _missing(self) -> InvalidValue:
        place = ", ".join(map(str, self.at))
        return InvalidValue(
            say(
                "goal.no_entry",
                "the trace has no single number {entry} of layer {layer} at {place}",
                entry=self.entry,
                layer=self.layer or "–",
                place=place or "–",
            )
        )
