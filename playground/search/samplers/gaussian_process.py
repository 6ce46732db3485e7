"""Search by a Gaussian process over what the trials so far gave."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from playground.search.asked import Asked
from playground.search.samplers.base import Sampler, Startup


class GaussianProcess(Sampler):
    kind: Literal["gaussian_process"] = "gaussian_process"
    title = "Gaussian process"
    help = "Fits a smooth surface to the trials so far, and tries where it promises the largest gain."
    formula = "choose x with the largest EI(x) = E[max(best − f(x), 0)],   f ~ GP(m, k)"
    advice = "For few, dear trials of up to about ten numbers; from a few hundred trials on it is slow."
    reference = "Jones, Schonlau & Welch 1998; several goals: Knowles 2006."
    learns: ClassVar[bool] = True

    startup: Startup = 8

    def made(self, asked: Asked) -> Any:
        from playground.search.surface import SurfaceSampler

        return SurfaceSampler(asked, self.startup)
