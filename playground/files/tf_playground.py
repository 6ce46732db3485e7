"""Links of TensorFlow Playground: the same data, initial weights and losses as there, from the same link.

A link is `https://playground.tensorflow.org/#key=value&…`, read as the original's state.ts does (Apache 2.0,
https://github.com/tensorflow/playground), except that what would leave it with NaN is refused.
"""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from playground.data import Dataset, Feature
from playground.data.datasets.recipes import Circle, Gauss, MultiGauss, Plane, Spiral, Xor
from playground.data.features import XY, SinX, SinY, X, XSquared, Y, YSquared
from playground.data.scaling import NoScaling
from playground.engine.activations import Activation, Linear, Relu, Sigmoid, Tanh
from playground.engine.initializers import Uniform, Zeros
from playground.engine.layers import Dense
from playground.engine.losses import SquaredError
from playground.engine.optimizers import GradientDescent
from playground.engine.regularizers import L1, L2, NoRegularizer, Regularizer
from playground.engine.schedules import Constant
from playground.experiment import Experiment
from playground.files.problem import FileProblem
from playground.randomness import TFPlaygroundRandomness
from playground.value import InvalidValue, Kind, Value
from playground.words import quoted

K = TypeVar("K", bound=Kind)

ADDRESS = "https://playground.tensorflow.org/"

ACTIVATIONS: dict[str, type[Activation]] = {
    "relu": Relu,
    "tanh": Tanh,
    "sigmoid": Sigmoid,
    "linear": Linear,
}
REGULARIZERS: dict[str, type[Regularizer]] = {"none": NoRegularizer, "L1": L1, "L2": L2}
DATASETS: dict[str, type[Dataset]] = {"circle": Circle, "xor": Xor, "gauss": Gauss, "spiral": Spiral}
REGRESSION_DATASETS: dict[str, type[Dataset]] = {"reg-plane": Plane, "reg-gauss": MultiGauss}
FEATURES: dict[str, type[Feature]] = {
    "x": X,
    "y": Y,
    "xTimesY": XY,
    "xSquared": XSquared,
    "ySquared": YSquared,
    "sinX": SinX,
    "sinY": SinY,
}

_KEYS = {
    r"data\.dataset\.noise": "noise",
    r"data\.train_percent": "percTrainData",
    r"data\.inputs": "x, y, …",
    r"network\.layers(\[\d+\]\.units)?": "networkShape",
    r"training\.optimizer\.learning_rate": "learningRate",
    r"training\.regularizer\.strength": "regularizationRate",
    r"training\.batch_size": "batchSize",
    r"randomness\.seed": "seed",
}
"""The key of a link for each place of an experiment at which it can be wrong."""

_LINK = re.compile(
    r"((https?://)?(www\.)?playground\.tensorflow\.org([/?][^#\s]*)?)?(#(?P<state>.*))?", re.I | re.S
)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.I | re.A)
_INFINITY = re.compile(r"[+-]?Infinity")
_INTEGER = re.compile(r"0(x[0-9a-f]+|o[0-7]+|b[01]+)", re.I)
_SEED = re.compile(r"""[!#-%'-;?-_a-~]+""")
"""A seed that a link holds and no browser encodes: ASCII without space, ", &, <, =, > and `."""


class LinkProblem(FileProblem):
    """Why a link cannot be read or written: a sentence for the person, naming the key."""


@dataclass(frozen=True)
class Display:
    """What a link says about the picture and not about the experiment."""

    show_test: bool = False
    discretize: bool = False


def is_link(text: str) -> bool:
    """Whether the text is a link, or the part of one that begins with `#`."""
    found = _LINK.fullmatch(text.strip())
    return found is not None and found[0] != ""


def parse(text: str, seed: str | None = None) -> Experiment:
    """The experiment that TensorFlow Playground makes of a link.

    Args:
        text: the link, with or without `https://`, or only what begins with `#`.
        seed: taken when the link has none; a random one as in the original by default.

    Raises:
        LinkProblem: when it is no link, or a value in it cannot be.
    """
    state = _State(text)
    if seed is None:
        seed = f"{secrets.randbelow(100_000) / 100_000:.5f}"
    try:
        return Experiment.build(_fields(state, seed))
    except InvalidValue as problem:
        words = str(problem)
        for place, key in _KEYS.items():
            words = re.sub(f"^{place}", key, words, flags=re.MULTILINE)
        raise LinkProblem(words) from None


def display(text: str) -> Display:
    """What a link says about the picture.

    Raises:
        LinkProblem: when it is no link.
    """
    state = _State(text)
    return Display(state.flag("showTestData", False), state.flag("discretize", False))


def link(experiment: Experiment) -> str:
    """The link from which `parse` makes this very experiment, and TensorFlow Playground the same run.

    Raises:
        LinkProblem: when there is none; it says what TensorFlow Playground cannot do.
    """
    text = ADDRESS + "#" + "&".join(f"{key}={value}" for key, value in _state(experiment).items())
    if difference := _difference(parse(text), experiment):
        raise LinkProblem(f"TensorFlow Playground cannot do this: {difference}.")
    return text


# --- from a link ------------------------------------------------------------------------------------


class _State:
    """The keys of a link and their values, read with the rules of JavaScript."""

    def __init__(self, text: str) -> None:
        found = _LINK.fullmatch(text.strip())
        if not found or not found[0]:
            raise LinkProblem("This is not a link of TensorFlow Playground.")
        pairs = found["state"] or ""
        self._values: dict[str, str] = {}
        for pair in pairs.split("&"):
            name, _, value = pair.partition("=")
            self._values[name] = value.partition("=")[0]

    def text(self, key: str, default: str) -> str:
        """The value as it stands; an empty one keeps the default."""
        value = self._values.get(key, "")
        return value if value.strip() else default

    def choice(self, key: str, choices: Mapping[str, type[K]], default: type[K]) -> type[K]:
        """The class that the value names; an unknown name keeps the default."""
        return choices.get(self._values.get(key, ""), default)

    def flag(self, key: str, default: bool) -> bool:
        """Whatever is not `false` is true."""
        return self.text(key, "true" if default else "false") != "false"

    def number(self, key: str, default: float) -> float:
        """The number, maybe infinite."""
        return _number(key, self.text(key, str(default)))

    def numbers(self, key: str, default: str) -> list[float]:
        """The numbers between commas; there are none when the key is there and empty."""
        text = self._values.get(key, default)
        return [_number(key, part) for part in text.split(",")] if text.strip() else []


def _number(key: str, text: str) -> float:
    """What JavaScript's unary plus makes of the text, refused where that is NaN."""
    text = text.strip()
    if not text:
        return 0
    if _NUMBER.fullmatch(text) or _INFINITY.fullmatch(text):
        number = float(text)
        return int(number) if number.is_integer() else number
    if _INTEGER.fullmatch(text):
        integer = int(text, 0)
        return integer if integer < 2**1024 else math.inf
    raise LinkProblem(f"{key}: must be a number, got {quoted(text)}")


def _fields(state: _State, seed: str) -> dict[str, Any]:
    """The fields of the experiment."""
    regression = state.text("problem", "") == "regression"
    dataset = (
        state.choice("regDataset", REGRESSION_DATASETS, Plane)
        if regression
        else state.choice("dataset", DATASETS, Circle)
    )
    inputs = [feature() for key, feature in FEATURES.items() if state.flag(key, feature in (X, Y))]
    regularizer = state.choice("regularization", REGULARIZERS, NoRegularizer)
    strength = state.number("regularizationRate", 0)
    return {
        "data": {
            "dataset": {
                "kind": dataset.tag(),
                "samples": 1200 if regression else 500,
                "noise": _clamped(state.number("noise", 0)),
            },
            "inputs": inputs,
            "train_percent": state.number("percTrainData", 50),
            "scaling": NoScaling(),
        },
        "network": {"layers": _layers(state, regression)},
        "training": {
            "loss": SquaredError(half=True),
            "optimizer": {
                "kind": GradientDescent.tag(),
                "learning_rate": state.number("learningRate", 0.03),
            },
            "schedule": Constant(),
            "regularizer": _regularizer(regularizer, strength),
            "batch_size": state.number("batchSize", 10),
            "shuffle": False,
            "last_batch": "carry",
        },
        "randomness": {"kind": TFPlaygroundRandomness.tag(), "seed": state.text("seed", seed)},
        "precision": "float64",
    }


def _clamped(noise: float) -> float:
    """The noise as the original's slider takes it."""
    if noise > 80:
        return 50.0
    return max(noise, 0.0)


def _regularizer(regularizer: type[Regularizer], strength: float) -> dict[str, Any]:
    fields: dict[str, Any] = {"kind": regularizer.tag()}
    if regularizer is not NoRegularizer:
        fields["strength"] = strength
    if regularizer is L1:
        fields["method"] = "tf_playground"
    return fields


def _layers(state: _State, regression: bool) -> list[dict[str, Any]]:
    zero = state.flag("initZero", False)
    initial = {"initializer": Zeros() if zero else Uniform(limit=0.5), "bias": 0.0 if zero else 0.1}
    hidden = initial | {"kind": Dense.tag(), "activation": state.choice("activation", ACTIVATIONS, Tanh)()}
    output = initial | {"kind": Dense.tag(), "activation": Linear() if regression else Tanh()}
    sizes = enumerate(state.numbers("networkShape", "4,2"), start=1)
    return [
        *(hidden | {"id": f"dense{position}", "units": units} for position, units in sizes),
        output | {"id": "output", "units": 1},
    ]


# --- to a link --------------------------------------------------------------------------------------


def _state(experiment: Experiment) -> dict[str, str]:
    """The keys of the link that says as much of an experiment as links can."""
    data, training = experiment.data, experiment.training
    layers = [layer for layer in experiment.network.layers if isinstance(layer, Dense)]
    regression = experiment.task.kind == "regression"
    datasets = REGRESSION_DATASETS if regression else DATASETS
    regularization = _name(REGULARIZERS, training.regularizer)
    seed = str(getattr(experiment.randomness, "seed", ""))
    if not _SEED.fullmatch(seed):
        raise LinkProblem(f"A link of TensorFlow Playground cannot hold the seed {quoted(seed)}.")
    state = {
        "problem": "regression" if regression else "classification",
        "regDataset" if regression else "dataset": _name(datasets, data.dataset),
        "noise": _digits(getattr(data.dataset, "noise", 0.0)),
        "percTrainData": str(data.train_percent),
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
    kinds = {type(feature) for feature in data.inputs}
    return state | {key: _bool(feature in kinds) for key, feature in FEATURES.items()}


def _name(names: Mapping[str, type[K]], value: K) -> str:
    for name, kind in names.items():
        if kind is type(value):
            return name
    raise LinkProblem(f"TensorFlow Playground has no {type(value).title}.")


def _digits(number: float) -> str:
    return repr(number).removesuffix(".0")


def _bool(flag: bool) -> str:
    return "true" if flag else "false"


def _difference(wanted: Any, found: Any, place: str = "") -> str:
    """The first place in which two values differ, in words; empty when they are equal."""
    if wanted == found:
        return ""
    if isinstance(wanted, tuple) and len(wanted) == len(found):
        parts = [(f"[{index}]", *pair) for index, pair in enumerate(zip(wanted, found, strict=True))]
    elif isinstance(wanted, Value) and type(wanted) is type(found):
        parts = [
            (f".{name}" if place else name, getattr(wanted, name), getattr(found, name))
            for name in type(wanted).model_fields
        ]
    else:
        return f"{place} must be {_words(wanted)}, got {_words(found)}"
    differences = (_difference(a, b, place + step) for step, a, b in parts)
    return next(difference for difference in differences if difference)


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        return f"a list of {len(value)}"
    return type(value).title if isinstance(value, Kind) else quoted(value)
