"""What one experiment does otherwise than another, in words."""

from __future__ import annotations

from playground.experiment import Experiment
from playground.numbers.writing import whole
from playground.training.changes import Change, changes
from widgets.sentences import said, sentence, shown_field, shown_fields


def differences(first: Experiment, second: Experiment) -> list[str]:
    """What the second does otherwise, each thing in a few words, chance first."""
    return [sentence(change.words) for change in changed(first, second)]


def changed(first: Experiment, second: Experiment) -> list[Change]:
    """What the second does otherwise, chance first."""
    return [*_of_chance(first, second), *changes(first, second, sentence)]


def _of_chance(first: Experiment, second: Experiment) -> list[Change]:
    was, now = first.randomness, second.randomness
    if type(was) is not type(now):
        return [Change(what=shown_field(Experiment, "randomness").title, was=said(was), now=said(now))]
    if was != now:
        return [Change(what=shown_fields(type(now))[0].title, was=str(was.seed), now=str(now.seed))]
    if first.weights_draw != second.weights_draw:
        title = shown_field(Experiment, "weights_draw").title
        return [Change(what=title, was=whole(first.weights_draw), now=whole(second.weights_draw))]
    return []
