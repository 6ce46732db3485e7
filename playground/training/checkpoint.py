"""A checkpoint: everything that changes while learning, copied at one moment.

A file holds one beside the experiment; from both the run goes on bit for bit as if it had never stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.training.marks import Mark
from playground.value import InvalidValue
from playground.words import quoted, shortened

MAX_EPOCH = 10**12


@dataclass(frozen=True)
class Checkpoint:
    """The state of training.

    Attributes:
        epoch: whole epochs done.
        step: updates done.
        batch: updates done in the epoch under way.
        tensors: parameters and running averages by name ("dense1.weights"), in the experiment's precision.
        optimizer: what optimizer and regularizer remember, by slot and tensor ("mean/dense1.weights"), and
            the gradient and the update of the last step.
        streams: state of the random streams, that of `shuffle` as it stood before the epoch under way.
        history: the recorded columns by name.
        marks: where in them something was changed.
        age: updates since the optimizer began to remember; None in old files, where it is the step.
        schedule: what the schedule remembers of the validation loss.
        best: the lowest validation loss, its epoch, and the epoch from which patience counts; empty before
            the first.
        experiment: the one that it belongs to, where that has become another since, which cannot train.
    """

    epoch: int
    step: int
    batch: int
    tensors: Mapping[str, Array]
    optimizer: Mapping[str, Array]
    streams: Mapping[str, Any]
    history: Mapping[str, NDArray[np.float64]]
    age: int | None = None
    schedule: tuple[float, ...] = ()
    best: tuple[float, ...] = ()
    experiment: Experiment | None = None
    marks: tuple[Mark, ...] = ()

    def check(self, experiment: Experiment) -> None:
        """Refuse what does not belong to the experiment.

        Raises:
            InvalidValue: a sentence naming the tensor, column or number that is wrong.
        """
        for name in ("epoch", "step", "batch"):
            number = getattr(self, name)
            if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MAX_EPOCH:
                raise InvalidValue(f"{name}: must be a whole number of at least 0, got {quoted(number)}")
        experiment.randomness.streams().restore(self.streams)
        if experiment.graph.problems:
            if self.tensors:
                raise InvalidValue("parameters: the network has problems, so it cannot have parameters")
            return
        network = Network(experiment.network, experiment.data.input_shape, experiment.precision)
        expected = dict(network.tensors()) | dict(network.state_tensors())
        _check_tensors("parameters", self.tensors, expected)
        training, parameters = experiment.training, dict(network.tensors())
        slots = (*training.optimizer.slots, *training.regularizer.slots, "carried", "gradient", "moved")
        known = {f"{slot}/{name}": values for slot in slots for name, values in parameters.items()}
        known |= {f"best/{name}": values for name, values in expected.items()}
        given = {name: values for name, values in known.items() if name in self.optimizer}
        _check_tensors("optimizer", self.optimizer, given)
        if self.history and "epoch" not in self.history:
            raise InvalidValue("history: epoch is missing")
        if len(self.schedule) != len(training.schedule.start()) or len(self.best) not in (0, 3):
            raise InvalidValue("schedule and best: do not belong to this experiment")
        lengths = {len(column) for column in self.history.values()}
        if len(lengths) > 1:
            raise InvalidValue("history: its columns differ in length")


def _check_tensors(where: str, given: Mapping[str, Array], expected: Mapping[str, Array]) -> None:
    for name in expected:
        if name not in given:
            raise InvalidValue(f"{where}: {name} is missing")
    for name, tensor in given.items():
        if name not in expected:
            raise InvalidValue(f"{where}: {shortened(name)} does not belong to this network")
        if tensor.shape != expected[name].shape:
            raise InvalidValue(f"{where}: {name} must be of shape {expected[name].shape}, got {tensor.shape}")
        if tensor.dtype != expected[name].dtype:
            raise InvalidValue(f"{where}: {name} must be {expected[name].dtype}, got {tensor.dtype}")
        if not np.isfinite(tensor).all():
            raise InvalidValue(f"{where}: {name} holds a number that is not finite")
