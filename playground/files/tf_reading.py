"""From the keys of a TensorFlow Playground link to the fields of the experiment that it makes of it."""

from __future__ import annotations

import math
from typing import Any

from playground.data import Feature
from playground.data.features import X, Y
from playground.data.scaling import NoScaling
from playground.engine.activations import Linear, Tanh
from playground.engine.initializers import Uniform, Zeros
from playground.engine.layers import Dense
from playground.engine.losses import SquaredError
from playground.engine.optimizers import GradientDescent
from playground.engine.regularizers import L1, NoRegularizer
from playground.engine.schedules import Constant
from playground.files.tf_names import (
    ACTIVATIONS,
    DATASETS,
    FEATURES,
    PROBLEMS,
    REGRESSION_DATASETS,
    REGULARIZERS,
    LinkProblem,
)
from playground.files.tf_state import LinkState
from playground.randomness import TFPlaygroundRandomness
from playground.text import say
from playground.words import shortened

LARGEST_BATCH = 1_000_000


def fields(state: LinkState, seed: str) -> dict[str, Any]:
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
    if len(hidden) == len(chosen):
        raise LinkProblem(
            say(
                "link.no_inputs",
                "x, y, …: without inputs the output is the same everywhere in TensorFlow Playground; "
                "switch on at least one.",
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
    if percent < 0:
        count = int(samples + samples * max(percent, -100) // 100)
    else:
        count = int(samples * min(percent, 100) / 100)
    if not count:
        raise LinkProblem(
            say(
                "link.no_samples",
                "percTrainData: {percent} % leaves none of the {samples} samples to train on, so TensorFlow "
                "Playground learns nothing and has no training loss; give at least {least} %.",
                percent=percent,
                samples=samples,
                least=math.ceil(1000 / samples) / 10,
            )
        )
    if 0 <= percent <= 100:
        return percent
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
        "optimizer": {"kind": GradientDescent.tag(), "learning_rate": _rate(state)},
        "schedule": Constant(),
        "regularizer": _regularizer(state),
        "batch_size": _batch_size(state, samples),
        "shuffle": False,
        "last_batch": "carry",
    }


def _rate(state: LinkState) -> float:
    """The learning rate, of which the original takes any."""
    rate = state.number("learningRate", 0.03)
    if rate < 0:
        state.remarks.append(
            say(
                "link.uphill",
                "learningRate: at {rate} every step goes uphill and the loss grows, as in "
                "TensorFlow Playground.",
                rate=rate,
            )
        )
    return rate


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
        if strength < 0:
            state.remarks.append(
                say(
                    "link.rewards",
                    "regularizationRate: at {strength} weights are driven away from 0, as in "
                    "TensorFlow Playground.",
                    strength=strength,
                )
            )
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
    if empty := [size for size in sizes if size < 1]:
        raise LinkProblem(
            say(
                "link.empty_layer",
                "networkShape: a layer of {size} neurons lets nothing of the inputs through, so that the "
                "output of TensorFlow Playground is the same everywhere; give every layer at least 1.",
                size=empty[0],
            )
        )
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
