"""What a training script needs of an experiment: its samples, first weights, order and rates; or why not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.portable import (
    ActivateOp,
    AddConstantOp,
    AffineOp,
    AttendOp,
    BatchNormOp,
    ConcatenateOp,
    ConvolveOp,
    LayerNormOp,
    MaximumOp,
    PoolOp,
    RecurrentOp,
    ReduceOp,
    RepeatOp,
    ReshapeOp,
    ScaleOp,
    SliceOp,
    SoftmaxOp,
    SumOp,
)
from playground.experiment import Experiment
from playground.exports.network import PortableNetwork
from playground.exports.targets.pytorch.optimizers import can_say
from playground.text import Text, say
from playground.training.moment import Moment
from playground.training.trainer import Trainer

LEARNS = frozenset({
    ActivateOp, AddConstantOp, AffineOp, AttendOp, BatchNormOp, ConcatenateOp, ConvolveOp, LayerNormOp,
    MaximumOp, PoolOp, RecurrentOp, ReduceOp, RepeatOp, ReshapeOp, ScaleOp, SliceOp, SoftmaxOp, SumOp,
})  # fmt: skip
"""The operations that learn in PyTorch as they do here, number for number."""

MOST_NUMBERS = 20_000_000
"""So many numbers of samples lie beside a script at most."""

MOST_STEPS = 1_000_000
"""Of so many steps the rates lie beside a script at most; after them the last one stays."""


def why_not(network: PortableNetwork) -> Text | None:
    """Why a network cannot be trained in PyTorch step for step as here; None when it can."""
    return next(_reasons(network), None)


def _reasons(network: PortableNetwork) -> Iterator[Text]:
    moment = network.moment
    if moment is None:
        yield say("pytorch.no_run", "The network is of no run.")
        return
    yield from _of_steps(network)
    yield from _of_training(moment.experiment)
    yield from _of_layers(moment.experiment)
    if network.forward.mask is not None or network.edges is not None:
        yield say("pytorch.gaps", "Its samples are joined, or of different lengths.")
    if moment.data.train.inputs.size > MOST_NUMBERS:
        yield say("pytorch.many_samples", "Its samples are too many to lie beside it.")


def _of_steps(network: PortableNetwork) -> Iterator[Text]:
    for step in network.forward.steps:
        masked = len(step.inputs) > 1 and isinstance(step.op, RecurrentOp | BatchNormOp)
        if type(step.op) not in LEARNS or masked:
            yield say(
                "pytorch.layer",
                "{layer} “{name}” draws by chance, or PyTorch has no layer that learns like it.",
                layer=step.layer_title,
                name=step.layer_id,
            )


def _of_training(experiment: Experiment) -> Iterator[Text]:
    training = experiment.training
    if experiment.data.augmentations:
        yield say("pytorch.augmented", "Its samples are varied by chance.")
    if not can_say(training.optimizer):
        yield say(
            "pytorch.optimizer", "{name} takes more than a gradient a step.", name=training.optimizer.named()
        )
    if training.schedule.watches:
        yield say("pytorch.schedule", "{name} watches the validation loss.", name=training.schedule.named())
    if training.last_batch == "carry" and experiment.batch_sizes[1]:
        yield say("pytorch.carried", "It carries the gradient of a short batch over.")
    if getattr(training.regularizer, "method", "") == "tf_playground":
        yield say("pytorch.regularizer", "L1 cuts weights as TensorFlow Playground does.")


def _of_layers(experiment: Experiment) -> Iterator[Text]:
    for layer in experiment.network.layers:
        if layer.uncharged() != layer:
            yield say("pytorch.charges", "{layer} adds to the loss.", layer=layer.named())
        if getattr(layer, "frozen", False):
            yield say("pytorch.frozen", "{layer} is frozen.", layer=layer.named())
        if getattr(layer, "back", 0):
            yield say("pytorch.truncated", "{layer} truncates backpropagation.", layer=layer.named())


@dataclass(frozen=True, eq=False)
class TorchLesson:
    """A training from its beginning.

    Attributes:
        initial: the moment before the first step.
        arrays: samples, coded targets and rates, as they are stored.
        order: the state of the generator that puts the samples in order; None where their order stays.
        batch: samples a step.
        drops: whether a short last batch is left out.
        weighted: whether samples count differently.
    """

    initial: Moment
    arrays: dict[str, NDArray[Any]]
    order: dict[str, Any] | None
    batch: int
    drops: bool
    weighted: bool

    @classmethod
    def of(cls, moment: Moment) -> TorchLesson:
        """That of the run of a moment."""
        experiment = moment.experiment
        training, trainer = experiment.training, Trainer(experiment)
        sides, shape = trainer.sides, experiment.data.input_shape
        arrays: dict[str, NDArray[Any]] = {}
        for name in ("train", "validation", "test"):
            side = getattr(sides, name, None)
            if side is not None and len(side.inputs):
                arrays[f"x_{name}"] = side.inputs[:, :-1].reshape(-1, *shape)
                arrays[f"t_{name}"] = side.aims
        weights = sides.train.weights
        if weights is not None:
            arrays["weights_train"] = weights
        per_epoch = trainer.steps_per_epoch
        steps = min(training.epochs * per_epoch, MOST_STEPS)
        arrays["rates"] = training.schedule.rates(training.optimizer.learning_rate, 0, steps, per_epoch)
        shuffles = training.shuffle and not experiment.takes_whole_graph
        chance = experiment.randomness.streams().shuffle
        state = dict(chance.bit_generator.state) if shuffles else None
        size, _ = experiment.batch_sizes
        return cls(
            Moment.of(trainer), arrays, state, size, training.last_batch == "drop", weights is not None
        )

    def stored(self) -> bytes:
        """The arrays as a file of NumPy."""
        buffer = io.BytesIO()
        np.savez_compressed(buffer, allow_pickle=False, **self.arrays)
        return buffer.getvalue()
