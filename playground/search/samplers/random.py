"""Random search."""

from __future__ import annotations

from typing import Literal

from playground.search.asked import Asked, Settings
from playground.search.samplers.base import Sampler


class RandomSearch(Sampler):
    kind: Literal["random"] = "random"
    title = "Random"
    help = "Draws every setting anew for each trial, whatever came of the others."
    formula = "u ~ U(0, 1)ᵈ,   setting = low + u (high − low), or low (high / low)ᵘ on a log scale"
    advice = (
        "To begin with, and with many workers: no trial waits for another, and the seed repeats all of it."
    )
    reference = "Bergstra & Bengio 2012."

    def settings(self, asked: Asked) -> Settings:
        return asked.at(asked.dice.random(len(asked.variations)))
