"""What a state is that a network came to: a memory, its negative, a mixture, or something nobody stored."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from playground.labs.hopfield.recall import attention
from playground.text import Text, say

Floats = NDArray[np.float64]

MOST_MIXED = 5
"""So many of the nearest patterns may be in a mixture; each then points the way the state does."""

ONE = 0.95
"""The share of attention from which on a state is one pattern alone."""

ALIKE = 0.999
"""An overlap from which on states are the same to the eye."""


def overlaps(patterns: Floats, state: Floats) -> Floats:
    """How much a state has in common with each pattern, (p,) from −1 to +1."""
    return np.asarray(patterns @ state / patterns.shape[1])


def recognized(patterns: Floats, state: Floats) -> Text:
    """A sentence on what a state (n,) is among patterns (p, n)."""
    if not len(patterns):
        return say("hopfield.nothing_stored", "Nothing is stored.")
    found = overlaps(patterns, state)
    nearest = int(np.abs(found).argmax())
    if found[nearest] > ALIKE:
        return say("hopfield.memory", "Pattern {number}, without an error.", number=nearest + 1)
    if found[nearest] < -ALIKE:
        return say("hopfield.negative", "The negative of pattern {number}.", number=nearest + 1)
    if (mixed := _mixture(patterns, state)) is not None:
        first, second, third = mixed
        return say(
            "hopfield.mixture",
            "A mixture of patterns {first}, {second} and {third}, which nobody stored.",
            first=first + 1, second=second + 1, third=third + 1,
        )  # fmt: skip
    share = round(50 * (1 + abs(float(found[nearest]))))
    if found[nearest] < 0:
        return say(
            "hopfield.near_negative",
            "{share} % of the pixels are as in the negative of pattern {number}.",
            share=share, number=nearest + 1,
        )  # fmt: skip
    return say(
        "hopfield.near",
        "{share} % of the pixels are as in pattern {number}.",
        share=share, number=nearest + 1,
    )  # fmt: skip


def blended(patterns: Floats, state: Floats, beta: float) -> Text:
    """A sentence on what the modern network sees in a state: one pattern, or several at once."""
    if not len(patterns):
        return say("hopfield.nothing_stored", "Nothing is stored.")
    shares = attention(patterns, state, beta)
    first, *more = np.argsort(-shares)[:2].tolist()
    if not more or shares[first] > ONE:
        return recognized(patterns, np.sign(state))
    return say(
        "hopfield.blend",
        "A blend: {share} % of pattern {first}, {other} % of pattern {second}.",
        share=round(100 * shares[first]), first=first + 1,
        other=round(100 * shares[more[0]]), second=more[0] + 1,
    )  # fmt: skip


def _mixture(patterns: Floats, state: Floats) -> tuple[int, int, int] | None:
    """The three patterns of whose majority, some of them turned over, a state is; None for no such."""
    found = overlaps(patterns, state)
    nearest = np.sort(np.argsort(-np.abs(found))[:MOST_MIXED]).tolist()
    signs = np.where(found < 0, -1, 1)
    for chosen in combinations(nearest, 3):
        if (np.sign(signs[list(chosen)] @ patterns[list(chosen)]) == state).all():
            return chosen
    return None
