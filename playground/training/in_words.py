"""What a snapshot says of the training, in sentences that need no knowledge of its numbers."""

from __future__ import annotations

import math

from playground.numbers.writing import figures
from playground.text import Text, say, say_counted
from playground.training.measures import Measures
from playground.training.snapshot import Snapshot, State


def on_new(snapshot: Snapshot) -> Text | None:
    """How well it does on samples that it never learnt from; None where there are none."""
    if snapshot.step == 0:
        return say("words.guesses", "It has learnt nothing yet: it only guesses.")
    count, things = snapshot.data.sizes[1], _things(snapshot)
    match _mistakes(snapshot.test, count):
        case None:
            return None
        case 0:
            return say(
                "words.new_right", "It is right on all {count} new {things}.", count=count, things=things
            )
        case int(wrong):
            return say(
                "words.new_wrong",
                "It is wrong on {wrong} of {count} new {things}.",
                wrong=wrong,
                count=count,
                things=things,
            )
        case off:
            return say(
                "words.new_off", "On new {things} it is off by {off} on average.", things=things, off=off
            )


def on_known(snapshot: Snapshot) -> Text | None:
    """How well it does on what it learnt from; None where nothing can be said."""
    count, things = snapshot.data.sizes[0], _things(snapshot)
    match _mistakes(snapshot.train, count):
        case None:
            return None
        case 0:
            return say(
                "words.known_right",
                "Of the {count} {things} it learns from: all right.",
                count=count,
                things=things,
            )
        case int(wrong):
            return say(
                "words.known_wrong",
                "Of the {count} {things} it learns from: {wrong} wrong.",
                wrong=wrong,
                count=count,
                things=things,
            )
        case off:
            return say(
                "words.known_off", "On the {things} it learns from: off by {off}.", things=things, off=off
            )


def doing(snapshot: Snapshot) -> Text:
    """What training is doing."""
    match snapshot.state:
        case State.RUNNING:
            return say(
                "words.learning", "It is learning: round {epoch} through the data.", epoch=snapshot.epoch
            )
        case State.FINISHED:
            return say_counted(
                "words.finished",
                "Finished after {count} round through the data.",
                "Finished after {count} rounds through the data.",
                snapshot.epoch,
            )
        case State.DIVERGED:
            return say("words.diverged", "It went astray: its steps were too large.")
        case State.BLOCKED:
            return say("words.blocked", "It cannot learn as it is.")
    if snapshot.step == 0:
        return say("words.ready", "Ready to learn.")
    return say_counted(
        "words.paused",
        "Paused after {count} round through the data.",
        "Paused after {count} rounds through the data.",
        snapshot.epoch,
    )


def _mistakes(measures: Measures, count: int) -> int | str | None:
    """How many of so many samples are wrong, or by how much numbers are off; None for no samples."""
    metrics = measures.metrics
    if not count or not metrics or measures.is_empty:
        return None
    if "accuracy" in metrics:
        return round((1 - metrics["accuracy"]) * count)
    return figures(metrics["mae"], 2) if math.isfinite(metrics.get("mae", math.nan)) else None


def _things(snapshot: Snapshot) -> Text:
    """What the samples are called."""
    dataset = snapshot.experiment.data.dataset
    if dataset.columns and all(column.coordinate for column in dataset.columns):
        return say("words.points", "points")
    return say("words.examples", "examples")
