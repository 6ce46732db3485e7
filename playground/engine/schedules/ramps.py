"""Schedules that begin low and rise before they fall."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.engine.schedules.base import Constant, Schedule, State, Time, TimedSchedule
from playground.engine.schedules.cosine import half_wave
from playground.text import Text, say
from playground.value import AnyOf, Logarithmic, Typical


class OneCycle(TimedSchedule):
    kind: Literal["one_cycle"] = "one_cycle"
    title = "One cycle"
    help = "Up to the optimizer's learning rate, then down far below where it began."
    formula = "η: η₀/start → η₀ → η₀/(start · end)"
    advice = "Trains fast at a rate that would be too large at first: try 3 to 10 times more."
    reference = "Smith 2018."

    total_steps: Time = Field(
        500, ge=1, le=1_000_000, title="Cycle", description="Time of the whole cycle; the planned length."
    )
    pct_start: Annotated[float, Typical(0.05, 0.95)] = Field(
        0.3, gt=0, lt=1, title="Peak at", description="Share of the cycle that rises; 0.3 is usual."
    )
    div: Annotated[float, Logarithmic(1), Typical(1, 1000)] = Field(
        25.0,
        ge=1,
        le=1e6,
        title="Start ÷",
        description="The first rate is the peak divided by this; 10 to 25.",
    )
    final_div: Annotated[float, Logarithmic(1), Typical(1, 1e6)] = Field(
        1e4, ge=1, le=1e9, title="End ÷", description="The last rate is the first divided by this; 10,000."
    )
    shape: Literal["cosine", "linear"] = Field(
        "cosine", title="Shape", description="Along half waves of a cosine, or in straight lines."
    )

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        share = min(self.time(step, steps_per_epoch) / self.total_steps, 1.0)
        first = initial / self.div
        if share < self.pct_start:
            return self._between(first, initial, share / self.pct_start)
        return self._between(initial, first / self.final_div, (share - self.pct_start) / (1 - self.pct_start))

    def _between(self, start: float, end: float, share: float) -> float:
        left = half_wave(share) if self.shape == "cosine" else 1 - share
        return start * left + end * (1 - left)


class Warmup(TimedSchedule):
    kind: Literal["warmup"] = "warmup"
    title = "Warm-up"
    help = "Rises in a straight line from zero, then follows another schedule."
    formula = "η(s) = η₀ · s/w for s < w,   then the other schedule from s − w"
    advice = "For large batches or rates, and for Adam's first, uncertain steps."
    reference = "Goyal et al. 2017."

    warmup_steps: Time = Field(
        10,
        ge=1,
        le=1_000_000,
        title="Warm-up time",
        description="Time until the full rate; 1 to 10 % is usual.",
    )
    inner: AnyOf[Schedule] = Field(Constant.usual(), title="Then", description="The schedule that follows.")

    def start(self) -> State:
        return self.inner.start()

    def after_epoch(self, state: State, loss: float, step: int, steps_per_epoch: int) -> State:
        later = step - self.steps(self.warmup_steps, steps_per_epoch)
        return self.inner.after_epoch(state, loss, later, steps_per_epoch) if later > 0 else state

    def foreseen(self, state: State) -> int:
        return self.inner.foreseen(state)

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        length = self.steps(self.warmup_steps, steps_per_epoch)
        if step < length:
            return initial * step / length
        return self.inner.rate(initial, step - length, steps_per_epoch, state)

    def remark(self, epochs: int, steps_per_epoch: int) -> Text | None:
        if self.steps(self.warmup_steps, steps_per_epoch) >= epochs * steps_per_epoch:
            return say(
                "schedule.warmup_too_long",
                "The warm-up is as long as the training or longer, so the full rate is never reached.",
            )
        return self.inner.remark(epochs, steps_per_epoch)
