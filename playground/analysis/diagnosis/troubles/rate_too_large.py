"""Steps so long that they lead past the minimum, and up the other side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.numbers.writing import figures, percent
from playground.text import Text, say


class RateTooLarge(Trouble):
    kind: Literal["rate_too_large"] = "rate_too_large"
    title = "Rate too large"
    help = "Each step leads past the lowest point, so that the loss jumps up and down, or grows without end."
    formula = "mean |log Lₜ₊₁ − log Lₜ| > j with rises as often as falls, or L > 1.5 L₀"
    advice = "Take a smaller rate, or let it fall with time."
    reference = "LeCun et al. 1998."
    source = "Measured: in the examples, the loss changes by less than a third an epoch until it is low."
    explained_by = ("exploding", "unscaled", "symmetric", "dying")

    jump: float = Field(
        0.3, gt=0, le=5, title="j", description="How much the loss changes from epoch to epoch."
    )
    rises: float = Field(
        0.35, gt=0, le=1, title="Rises", description="In which share of the epochs it rises."
    )
    growth: float = Field(
        1.5, gt=1, le=100, title="Growth", description="How many times the first loss is too much."
    )
    solved: float = Field(
        0.2, ge=0, le=1, title="Solved", description="A loss below this share of the first may jump."
    )

    def find(self, record: Record) -> Iterator[Finding]:
        if (words := self._evidence(record)) is not None:
            offered = (cures.SLOWER, cures.USE_ADAM, cures.CLIP)
            grave = record.vitals.divergence is not None
            yield Finding(self, words, self._since(record), cures=offered, grave=grave)

    def _evidence(self, record: Record) -> Text | None:
        losses = record.loss[record.lately]
        first = float(record.loss[0]) if len(record.loss) else np.nan
        if record.vitals.divergence is not None:
            return say(
                "trouble.rate_too_large.diverged",
                "A number became infinite at step {step}, at a rate of {rate}.",
                step=record.vitals.divergence.step,
                rate=figures(record.experiment.training.optimizer.learning_rate, 2),
            )
        if len(losses) < 6 or not np.isfinite(losses).all() or not first > 0:
            return None
        now = float(np.median(losses[-5:]))
        if now > self.growth * first:
            return say(
                "trouble.rate_too_large.grows",
                "The training loss is {times} times what it was at first.",
                times=figures(now / first, 2),
            )
        steps = np.diff(np.log(np.maximum(losses, 1e-12)))
        rises, jump = float(np.mean(steps > 0)), float(np.abs(steps).mean())
        if now < self.solved * first or rises < self.rises or jump < self.jump:
            return None
        return say(
            "trouble.rate_too_large.jumps",
            "The training loss changes by {jump} from epoch to epoch, and rises in {rises} of them.",
            jump=percent(float(np.expm1(jump))),
            rises=percent(rises),
        )

    def _since(self, record: Record) -> float:
        """When the loss was calm last, over five epochs."""
        losses = np.maximum(np.nan_to_num(record.loss, posinf=1e300), 1e-12)
        steps = np.abs(np.diff(np.log(losses)))
        if len(steps) < 5:
            return 0.0
        calm = np.flatnonzero(np.convolve(steps, np.full(5, 0.2), "valid") < self.jump)
        return float(record.epochs[min(int(calm[-1]) + 5, len(record.epochs) - 1)]) if len(calm) else 0.0
