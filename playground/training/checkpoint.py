"""A checkpoint: everything that changes while learning, copied at one moment.

It is the sum of what the parts of a run remember, and knows no more of them than the names.  A file holds one
beside the experiment; from both the run goes on bit for bit as if it had never stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from playground.engine.network import Network
from playground.experiment import Experiment
from playground.record import record
from playground.text import Text, say
from playground.training.kept_run import KeptRuns
from playground.training.machine import Machine
from playground.training.memory import Memory
from playground.training.pace import Pace
from playground.training.recorder import PREFIX as HISTORY
from playground.training.update import Update
from playground.training.watch import BEST, Watch
from playground.value import Fault, InvalidValue
from playground.words import quoted, shortened

MAX_EPOCH = 10**12
COUNTS = ("epoch", "step", "batch")


@record
class Checkpoint:
    """The state of training.

    Attributes:
        numbers: epoch, step and batch; the random streams; what schedule and watch remember; the machine.
        arrays: parameters and running averages by name ("dense1.weights"), and by slot and name what is
            remembered of them ("mean/dense1.weights", "best/dense1.weights").
        history: the recorded columns by name.
        experiment: the one that it belongs to, where that has become another since, which cannot train.
        kept: all runs of the document, this one among them.
        beside: the runs that train in lockstep with it, each with its experiment.
    """

    numbers: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]
    history: Mapping[str, NDArray[np.float64]]
    experiment: Experiment | None = None
    kept: KeptRuns = field(default_factory=KeptRuns, compare=False)
    beside: tuple[tuple[Experiment, Checkpoint], ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """The sum of what all parts remember."""
        named = memory.finite().named()
        history = {
            name.removeprefix(HISTORY): column for name, column in named.items() if name.startswith(HISTORY)
        }
        arrays = {name: array for name, array in named.items() if not name.startswith(HISTORY)}
        return cls(memory.numbers, arrays, history)

    @property
    def memory(self) -> Memory:
        """What the parts take back."""
        history = {f"{HISTORY}{name}": column for name, column in self.history.items()}
        return Memory({"age": self.step} | dict(self.numbers), {**self.arrays, **history})

    @property
    def epoch(self) -> int:
        """Whole epochs done."""
        return int(self.numbers["epoch"])

    @property
    def step(self) -> int:
        """Updates done."""
        return int(self.numbers["step"])

    @property
    def learnt(self) -> Mapping[str, NDArray[Any]]:
        """Parameters and running averages."""
        return {name: array for name, array in self.arrays.items() if "/" not in name}

    @property
    def remembered(self) -> Mapping[str, NDArray[Any]]:
        """What is remembered of them."""
        return {name: array for name, array in self.arrays.items() if "/" in name}

    def check(self, experiment: Experiment) -> None:
        """Refuse what does not belong to the experiment.

        Raises:
            InvalidValue: a sentence naming the tensor, column or number that is wrong.
        """
        for name in COUNTS:
            number = self.numbers.get(name)
            if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MAX_EPOCH:
                raise _wrong(
                    name,
                    say(
                        "checkpoint.no_count",
                        "must be a whole number of at least 0, got {number}",
                        number=quoted(number),
                    ),
                )
        experiment.randomness.streams().restore(self.numbers.get("streams", {}))
        if experiment.graph.problems:
            if self.arrays:
                raise _wrong(
                    "parameters",
                    say(
                        "checkpoint.of_nothing",
                        "the network has problems, so it cannot have parameters",
                    ),
                )
            return
        network = Network(experiment.network, experiment.data.input_shape, experiment.precision)
        parameters = dict(network.tensors())
        expected = parameters | dict(network.state_tensors())
        _check_tensors("parameters", self.learnt, expected)
        training = experiment.training
        slots = (*Update.slots_of(training), *Machine.slots)
        known = {f"{slot}/{name}": values for slot in slots for name, values in parameters.items()}
        known |= {f"{BEST}/{name}": values for name, values in expected.items()}
        given = {name: values for name, values in known.items() if name in self.arrays}
        _check_tensors("optimizer", self.remembered, given)
        if self.history and "epoch" not in self.history:
            raise _wrong("history", say("checkpoint.missing", "{name} is missing", name="epoch"))
        if not (Pace.accepts(self.memory, training.schedule) and Watch.accepts(self.memory)):
            raise _wrong(
                "schedule and best",
                say("checkpoint.of_another", "do not belong to this experiment"),
            )
        lengths = {len(column) for column in self.history.values()}
        if len(lengths) > 1:
            raise _wrong("history", say("checkpoint.ragged", "its columns differ in length"))


def _check_tensors(
    where: str, given: Mapping[str, NDArray[Any]], expected: Mapping[str, NDArray[Any]]
) -> None:
    for name in expected:
        if name not in given:
            raise _wrong(where, say("checkpoint.missing", "{name} is missing", name=name))
    for name, tensor in given.items():
        if (problem := _problem(name, tensor, expected.get(name))) is not None:
            raise _wrong(where, problem)


def _problem(name: str, tensor: NDArray[Any], expected: NDArray[Any] | None) -> Text | None:
    """Why a tensor cannot stand for the one that is expected; None when it can."""
    if expected is None:
        return say("checkpoint.unknown", "{name} does not belong to this network", name=shortened(name))
    if tensor.shape != expected.shape:
        return say(
            "checkpoint.other_shape",
            "{name} must be of shape {shape}, got {found}",
            name=name,
            shape=str(expected.shape),
            found=str(tensor.shape),
        )
    if tensor.dtype != expected.dtype:
        return say(
            "checkpoint.other_precision",
            "{name} must be {precision}, got {found}",
            name=name,
            precision=str(expected.dtype),
            found=str(tensor.dtype),
        )
    if not np.isfinite(tensor).all():
        return say("checkpoint.not_finite", "{name} holds a number that is not finite", name=name)
    return None


def _wrong(place: str, text: Text) -> InvalidValue:
    fault = Fault(place, text)
    return InvalidValue(fault.told, (fault,))
