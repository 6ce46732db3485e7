"""From an experiment to the keys of the TensorFlow Playground link that says as much of it as links can."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from playground.data import Feature
from playground.engine.initializers import Zeros
from playground.engine.layers import Dense
from playground.engine.regularizers import L1, L2
from playground.experiment import Experiment
from playground.files.tf_names import (
    ACTIVATIONS,
    DATASETS,
    FEATURES,
    REGRESSION_DATASETS,
    REGULARIZERS,
    LinkProblem,
)
from playground.text import Text, say
from playground.value import Kind, Value
from playground.words import quoted

K = TypeVar("K", bound=Kind)

_SEED = re.compile(r"""[!#-%'-;?-_a-~]+""")
"""A seed that a link holds and no browser encodes: ASCII without space, ", &, <, =, > and `."""


def state_of(experiment: Experiment) -> dict[str, str]:
    """The keys and values, in the order of the link.

    Raises:
        LinkProblem: when a key cannot say what the experiment has.
    """
    data, training = experiment.data, experiment.training
    layers = [layer for layer in experiment.network.layers if isinstance(layer, Dense)]
    regression = experiment.task.kind == "regression"
    datasets = REGRESSION_DATASETS if regression else DATASETS
    regularization = _name(REGULARIZERS, training.regularizer)
    seed = str(getattr(experiment.randomness, "seed", ""))
    if not _SEED.fullmatch(seed):
        raise LinkProblem(
            say(
                "link.seed", "A link of TensorFlow Playground cannot hold the seed {seed}.", seed=quoted(seed)
            )
        )
    state = {
        "problem": "regression" if regression else "classification",
        "regDataset" if regression else "dataset": _name(datasets, data.dataset),
        "noise": _digits(getattr(data.dataset, "noise", 0.0)),
        "percTrainData": _digits(data.train_percent),
        "seed": seed,
        "activation": _name(ACTIVATIONS, layers[0].activation) if len(layers) > 1 else "tanh",
        "networkShape": ",".join(str(layer.units) for layer in layers[:-1]),
        "initZero": _bool(bool(layers) and isinstance(layers[0].initializer, Zeros)),
        "learningRate": _digits(training.optimizer.learning_rate),
        "batchSize": str(training.batch_size),
    }
    if isinstance(training.regularizer, L1 | L2):
        state["regularization"] = regularization
        state["regularizationRate"] = _digits(training.regularizer.strength)
    return state | _inputs(data.inputs)


def _inputs(inputs: Sequence[Feature]) -> dict[str, str]:
    kinds = {type(feature): feature for feature in inputs}
    for kind, feature in kinds.items():
        if kind not in FEATURES.values():
            raise LinkProblem(
                say("link.no_such_input", "TensorFlow Playground has no input {input}.", input=feature.name)
            )
    return {key: _bool(kind in kinds) for key, kind in FEATURES.items()}


def _name(names: Mapping[str, type[K]], value: K) -> str:
    for name, kind in names.items():
        if kind is type(value):
            return name
    raise LinkProblem(say("link.no_such_value", "TensorFlow Playground has no {title}.", title=value.named()))


def _digits(number: float) -> str:
    return repr(number).removesuffix(".0")


def _bool(flag: bool) -> str:
    return "true" if flag else "false"


def difference(wanted: Any, found: Any, place: str = "") -> Text | None:
    """The first place in which two values differ, in words; None when they are equal."""
    if wanted == found:
        return None
    if isinstance(wanted, tuple) and len(wanted) == len(found):
        parts = [(f"[{index}]", *pair) for index, pair in enumerate(zip(wanted, found, strict=True))]
    elif isinstance(wanted, Value) and type(wanted) is type(found):
        parts = [
            (f".{name}" if place else name, getattr(wanted, name), getattr(found, name))
            for name in type(wanted).model_fields
        ]
    else:
        return say(
            "link.difference",
            "{place} must be {wanted}, got {found}",
            place=place,
            wanted=_words(wanted),
            found=_words(found),
        )
    differences = (difference(a, b, place + step) for step, a, b in parts)
    return next(difference for difference in differences if difference)


def _words(value: Any) -> Text | str:
    if isinstance(value, tuple):
        return say("link.list", "a list of {count}", count=len(value))
    return value.named() if isinstance(value, Kind) else quoted(value)
