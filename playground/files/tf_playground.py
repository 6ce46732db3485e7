"""Links of TensorFlow Playground: the same data, initial weights and losses as there, from the same link.

What the original loads is loaded, read by `tf_state`, except what leaves it with NaN or cuts its inputs off.
"""

from __future__ import annotations

import re
import secrets

from playground.experiment import Experiment
from playground.files.display import Display
from playground.files.tf_names import LinkProblem
from playground.files.tf_reading import fields
from playground.files.tf_state import LinkState, find
from playground.files.tf_writing import difference, state_of
from playground.text import say
from playground.value import Fault, InvalidValue, told

__all__ = ["LinkProblem", "display", "is_link", "link", "parse"]

ADDRESS = "https://playground.tensorflow.org/"

_KEYS = {
    r"data\.dataset\.noise": "noise",
    r"data(\.train_percent)?$": "percTrainData",
    r"data\.inputs": "x, y, …",
    r"network\.layers(\[\d+\]\.units)?": "networkShape",
    r"training\.optimizer\.learning_rate": "learningRate",
    r"training\.regularizer\.strength": "regularizationRate",
    r"training\.batch_size": "batchSize",
    r"randomness\.seed": "seed",
}
"""The key of a link for each place of an experiment at which it can be wrong."""


def _key(place: str) -> str:
    """What a link calls the place of an experiment."""
    for pattern, key in _KEYS.items():
        place = re.sub(f"^{pattern}", key, place)
    return place


def is_link(text: str) -> bool:
    """Whether there is a link in the text, or the text is the part of one that begins with `#`."""
    return bool(text.strip()) and find(text) is not None


def parse(text: str, seed: str | None = None) -> Experiment:
    """The experiment that TensorFlow Playground makes of a link; its notes say where that may surprise.

    Args:
        text: the link, with or without `https://` and words around it, or only what begins with `#`.
        seed: taken when the link has none; a random one as in the original by default.

    Raises:
        LinkProblem: when there is no link, or a value in it cannot be.
    """
    state = _state_of(text)
    if seed is None:
        seed = f"{secrets.randbelow(100_000) / 100_000:.5f}"
    try:
        return Experiment.build(fields(state, seed))
    except InvalidValue as problem:
        raise LinkProblem(told([Fault(_key(fault.place), fault.text) for fault in problem.faults])) from None


def display(text: str) -> Display:
    """What a link says about the picture.

    Raises:
        LinkProblem: when there is no link.
    """
    state = _state_of(text)
    return Display(state.flag("showTestData", False), state.flag("discretize", False))


def _state_of(text: str) -> LinkState:
    found = find(text) if text.strip() else None
    if found is None:
        raise LinkProblem(say("link.not_one", "This is not a link of TensorFlow Playground."))
    return LinkState(found)


def link(experiment: Experiment) -> str:
    """The link from which `parse` makes this experiment, but for its notes, and the original the same run.

    Raises:
        LinkProblem: when there is none; it says what TensorFlow Playground cannot do.
    """
    text = ADDRESS + "#" + "&".join(f"{key}={value}" for key, value in state_of(experiment).items())
    if impossible := difference(parse(text).with_(notes=experiment.notes), experiment):
        raise LinkProblem(
            say(
                "link.impossible",
                "TensorFlow Playground cannot do this: {difference}.",
                difference=impossible,
            )
        )
    return text
