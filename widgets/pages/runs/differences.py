"""What one experiment does otherwise than another, in words."""

from __future__ import annotations

from playground.experiment import Experiment
from playground.numbers.writing import whole
from playground.training.changes import changes
from playground.value import describe
from widgets.sentences import sentence


def differences(first: Experiment, second: Experiment) -> list[str]:
    """What the second does otherwise, each thing in a few words, chance first."""
    return [*_of_chance(first, second), *(sentence(change.words) for change in changes(first, second))]


def _of_chance(first: Experiment, second: Experiment) -> list[str]:
    was, now = first.randomness, second.randomness
    if type(was) is not type(now):
        return [f"{_title('randomness')} {was.title} → {now.title}"]
    if was != now:
        return [f"{describe(type(now))[0].title} {was.seed} → {now.seed}"]
    if first.weights_draw != second.weights_draw:
        return [f"{_title('weights_draw')} {whole(first.weights_draw)} → {whole(second.weights_draw)}"]
    return []


def _title(name: str) -> str:
    return next(field.title for field in describe(Experiment) if field.name == name)
