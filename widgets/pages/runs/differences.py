"""What one experiment does otherwise than another, in words."""

from __future__ import annotations

from playground.experiment import Experiment
from playground.numbers.writing import whole
from playground.training.changes import Change, changes
from widgets.sentences import said, sentence, shown_field, shown_fields


def differences(first: Experiment, second: Experiment) -> list[str]:
    """What the second does otherwise, each thing in a few words, chance first."""
    return [
        *_of_chance(first, second),
        *(sentence(change.words) for change in changes(first, second, sentence)),
    ]


def _of_chance(first: Experiment, second: Experiment) -> list[str]:
    was, now = first.randomness, second.randomness
    if type(was) is not type(now):
        return [_words(shown_field(Experiment, "randomness").title, said(was), said(now))]
    if was != now:
        return [_words(shown_fields(type(now))[0].title, str(was.seed), str(now.seed))]
    if first.weights_draw != second.weights_draw:
        draws = whole(first.weights_draw), whole(second.weights_draw)
        return [_words(shown_field(Experiment, "weights_draw").title, *draws)]
    return []


def _words(what: str, was: str, now: str) -> str:
    return sentence(Change(what=what, was=was, now=now).words)
