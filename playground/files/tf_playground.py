"""Links of TensorFlow Playground: the same data, initial weights and losses as there, from the same link.

What the original loads is loaded, read by `tf_state`, except what leaves it with NaN or without a network.
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
from playground.files.tf_state import LinkState, NoNumber, find
from playground.randomness import TFPlaygroundRandomness
from playground.text import say
from playground.value import InvalidValue, Kind, Value
from playground.words import quoted, shortened

K = TypeVar("K", bound=Kind)

ADDRESS = "https://playground.tensorflow.org/"

ACTIVATIONS: dict[str, type[Activation]] = {
    "relu": Relu,
    "tanh": Tanh,
    "sigmoid": Sigmoid,
    "linear": Linear,
}
PROBLEMS = {"classification": False, "regression": True}
"""Whether a problem is one of regression."""
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

LARGEST_BATCH = 1_000_000

_KEYS = {
    r"data\.dataset\.noise": "noise",
    r"data(\.train_percent)?(?=:)": "percTrainData",
    r"data\.inputs": "x, y, …",
    r"network\.layers(\[\d+\]\.units)?": "networkShape",
    r"training\.optimizer\.learning_rate": "learningRate",
    r"training\.regularizer\.strength": "regularizationRate",
    r"training\.batch_size": "batchSize",
    r"randomness\.seed": "seed",
}
"""The key of a link for each place of an experiment at which it can be wrong."""

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
        return Experiment.build(_fields(state, seed))
    except InvalidValue as problem:
        words = str(problem)
        for place, key in _KEYS.items():
            words = re.sub(f"^{place}", key, words, flags=re.MULTILINE)
        raise LinkProblem(words) from None
    except NoNumber as problem:
        raise LinkProblem(str(problem)) from None


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
    text = ADDRESS + "#" + "&".join(f"{key}={value}" for key, value in _state(experiment).items())
    if difference := _difference(parse(text).with_(notes=experiment.notes), experiment):
        raise LinkProblem(
            say(
                "link.impossible",
                "TensorFlow Playground cannot do this: {difference}.",
                difference=difference,
            )
        )
    return text


# --- from a link ------------------------------------------------------------------------------------


def _fields(state: LinkState, seed: str) -> dict[str, Any]:
    """The fields of the experiment."""
    regression = state.choice("problem", PROBLEMS, "classification")
    classes = state.choice("dataset", DATASETS, "circle")
    numbers = state.choice("regDataset", REGRESSION_DATASETS, "reg-plane")
    samples = 1200 if regression else 500
    percent = _percent(state, samples)
    training = _training(state, int(samples * percent / 100))
    data = {
        "dataset": {
            "kind": (numbers if regression else classes).tag(),
            "samples": samples,
            "noise": _noise(state),
        },
        "inputs": _inputs(state),
        "train_percent": percent,
        "scaling": NoScaling(),
    }
    return {
        "data": data,
        "network": {"layers": _layers(state, regression)},
        "training": training,
        "randomness": {"kind": TFPlaygroundRandomness.tag(), "seed": state.text("seed", seed)},
        "precision": "float64",
        "notes": state.notes,
    }


def _inputs(state: LinkState) -> list[Feature]:
    """The inputs that are on; one whose control is hidden is none, as in the original."""
    chosen = [(key, feature()) for key, feature in FEATURES.items() if state.flag(key, feature in (X, Y))]
    if hidden := [key for key, _ in chosen if state.hides(key)]:
        state.remarks.append(
            say(
                "link.hidden_inputs",
                "TensorFlow Playground leaves out inputs that are hidden: {hidden}.",
                hidden=", ".join(hidden),
            )
        )
    return [feature for key, feature in chosen if key not in hidden]


def _noise(state: LinkState) -> float:
    """The noise as the original's slider takes it."""
    noise = state.number("noise", 0)
    taken = 50.0 if noise > 80 else max(noise, 0.0)
    if taken != noise:
        state.remarks.append(
            say(
                "link.noise",
                "noise: TensorFlow Playground takes {taken} for {noise}.",
                taken=taken,
                noise=noise,
            )
        )
    return taken


def _percent(state: LinkState, samples: int) -> float:
    """The training share; one out of bounds cuts the samples as JavaScript's `slice` does."""
    percent = state.number("percTrainData", 50)
    if 0 <= percent <= 100:
        return percent
    count = samples if percent > 0 else max(samples + samples * max(percent, -100) // 100, 0)
    state.remarks.append(
        say(
            "link.percent",
            "percTrainData: TensorFlow Playground trains on {count} samples at {percent} %.",
            count=count,
            percent=percent,
        )
    )
    return 100 * count / samples


def _training(state: LinkState, samples: int) -> dict[str, Any]:
    return {
        "loss": SquaredError(half=True),
        "optimizer": {
            "kind": GradientDescent.tag(),
            "learning_rate": state.number("learningRate", 0.03),
        },
        "schedule": Constant(),
        "regularizer": _regularizer(state),
        "batch_size": _batch_size(state, samples),
        "shuffle": False,
        "last_batch": "carry",
    }


def _batch_size(state: LinkState, samples: int) -> int:
    """After how many samples the original updates: where their number leaves no remainder by the size."""
    size = state.number("batchSize", 10)
    updates = size and next((count for count in range(1, samples + 1) if math.fmod(count, size) == 0), 0)
    if not updates:
        state.remarks.append(
            say(
                "link.never_updates",
                "batchSize: with {size} TensorFlow Playground never updates the weights, as no "
                "batch of the {samples} training samples is ever full.",
                size=size,
                samples=samples,
            )
        )
        fits = samples < size <= LARGEST_BATCH and float(size).is_integer()
        return int(size) if fits else samples + 1
    if updates != size:
        state.remarks.append(
            say(
                "link.other_batch",
                "batchSize: with {size} TensorFlow Playground takes {updates} samples a step.",
                size=size,
                updates=updates,
            )
        )
    if rest := samples % updates:
        state.remarks.append(
            say(
                "link.short_batch",
                "The last {rest} of the {samples} training samples make no step of their own: "
                "as in TensorFlow Playground, their gradient is added to the first step of the "
                "next epoch.",
                rest=rest,
                samples=samples,
            )
        )
    return int(updates)


def _regularizer(state: LinkState) -> dict[str, Any]:
    regularizer = state.choice("regularization", REGULARIZERS, "none")
    strength = state.number("regularizationRate", 0)
    fields: dict[str, Any] = {"kind": regularizer.tag()}
    if regularizer is not NoRegularizer:
        fields["strength"] = strength
    if regularizer is L1:
        fields["method"] = "tf_playground"
        state.remarks.append(
            say("link.l1", "L1 cuts a weight for good when it crosses zero, as in TensorFlow Playground.")
        )
    return fields


def _layers(state: LinkState, regression: bool) -> list[dict[str, Any]]:
    zero = state.flag("initZero", False)
    initial = {"initializer": Zeros() if zero else Uniform(limit=0.5), "bias": 0.0 if zero else 0.1}
    activation = state.choice("activation", ACTIVATIONS, "tanh")
    hidden = initial | {"kind": Dense.tag(), "activation": activation()}
    output = initial | {"kind": Dense.tag(), "activation": Linear() if regression else Tanh()}
    sizes = enumerate(_sizes(state), start=1)
    return [
        *(hidden | {"id": f"dense{position}", "units": units} for position, units in sizes),
        output | {"id": "output", "units": 1},
    ]


def _sizes(state: LinkState) -> list[float]:
    """The sizes of the hidden layers; a fraction of a neuron is one."""
    given = state.numbers("networkShape", "4,2")
    sizes = [math.ceil(size) if math.isfinite(size) else size for size in given]
    if sizes != given:
        shown = ", ".join(map(str, sizes))
        state.remarks.append(
            say(
                "link.sizes",
                "networkShape: TensorFlow Playground rounds sizes up, to {shown}.",
                shown=shortened(shown),
            )
        )
    return sizes


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
    kinds = {type(feature) for feature in data.inputs}
    return state | {key: _bool(feature in kinds) for key, feature in FEATURES.items()}


def _name(names: Mapping[str, type[K]], value: K) -> str:
    for name, kind in names.items():
        if kind is type(value):
            return name
    raise LinkProblem(
        say("link.no_such_value", "TensorFlow Playground has no {title}.", title=type(value).title)
    )


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
