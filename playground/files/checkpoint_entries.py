"""The four entries of a file that hold a checkpoint, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from safetensors import SafetensorError
from safetensors import numpy as safetensors

from playground.engine.arrays import Array
from playground.experiment import Experiment
from playground.files import history_table, json_object
from playground.files.archive import HISTORY, OPTIMIZER, PARAMETERS, SESSION
from playground.files.problem import FileProblem, naming
from playground.text import Text, say
from playground.training.checkpoint import Checkpoint
from playground.training.marks import Mark
from playground.value import Fault, InvalidValue, Value
from playground.words import shortened

ALWAYS_BUILT = 1_000_000
"""Parameters of a network that is built for a check whatever the file holds."""


class Session(Value):
    """The content of `session.json`: how far training went, and where chance stands."""

    epoch: int
    step: int
    batch: int
    streams: dict[str, Any]
    age: int | None = None
    schedule: tuple[float, ...] = ()
    best: tuple[float, ...] = ()
    machine: Literal["numpy", "compiled"] = "numpy"
    marks: tuple[Mark, ...] = ()


def to_entries(checkpoint: Checkpoint) -> dict[str, bytes]:
    """The entries by name."""
    numbers = checkpoint.numbers
    session = {name: numbers[name] for name in Session.model_fields if name in numbers}
    return {
        SESSION: json_object.to_bytes(session),
        PARAMETERS: _tensors_to_bytes(checkpoint.learnt),
        OPTIMIZER: _tensors_to_bytes(checkpoint.remembered),
        HISTORY: history_table.to_bytes(checkpoint.history),
    }


def from_entries(entries: Mapping[str, bytes], experiment: Experiment) -> Checkpoint | None:
    """The checkpoint, checked against the experiment; None when there is none.

    Raises:
        FileProblem: naming the entry that is missing or wrong.
    """
    wanted = (SESSION, PARAMETERS, OPTIMIZER, HISTORY)
    missing = [name for name in wanted if name not in entries]
    if len(missing) == len(wanted):
        return None
    if missing:
        raise FileProblem(say("entry.missing", "{missing}: is missing", missing=missing[0]))
    with naming(SESSION):
        session = Session.build(json_object.from_bytes(SESSION, entries[SESSION]))
    arrays = {
        name: array
        for entry, slotted in ((PARAMETERS, False), (OPTIMIZER, True))
        for name, array in _tensors_from_bytes(entry, entries[entry], slotted).items()
    }
    numbers = {name: number for name, number in session.model_dump(mode="json").items() if number is not None}
    checkpoint = Checkpoint(numbers, arrays, history_table.from_bytes(entries[HISTORY]))
    _check(checkpoint, experiment)
    return checkpoint


def of_another(checkpoint: Checkpoint, learnt: Experiment) -> Checkpoint:
    """The checkpoint of an experiment that has become another since, which cannot train."""
    return replace(checkpoint, experiment=learnt)


def refuse_size(experiment: Experiment, held: int, entry: str) -> None:
    """Refuse a network that needs more numbers than there are: it may not fit the memory.

    Raises:
        FileProblem: naming the entry.
    """
    if (needed := _parameter_count(experiment)) > max(held, ALWAYS_BUILT):
        raise FileProblem(
            say(
                "entry.other_count",
                "{parameters}: holds {held} numbers, and the network needs {needed}",
                parameters=entry,
                held=held,
                needed=needed,
            )
        )


def _check(checkpoint: Checkpoint, experiment: Experiment) -> None:
    refuse_size(experiment, sum(tensor.size for tensor in checkpoint.learnt.values()), PARAMETERS)
    try:
        checkpoint.check(experiment)
    except InvalidValue as problem:
        raise FileProblem(_told(problem)) from None


def _told(problem: InvalidValue) -> Text:
    """What is wrong with a checkpoint, under the name of the entry that holds it."""
    entries = {"parameters": PARAMETERS, "optimizer": OPTIMIZER, "history": HISTORY}
    for fault in problem.faults:
        if fault.place in entries:
            return Fault(entries[fault.place], fault.text).told
    return Fault(SESSION, problem.text).told


def _parameter_count(experiment: Experiment) -> int:
    graph = experiment.graph
    return 0 if graph.problems else graph.parameters


def _tensors_to_bytes(tensors: Mapping[str, Array]) -> bytes:
    return safetensors.save({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()})


def _tensors_from_bytes(entry: str, data: bytes, slotted: bool) -> dict[str, Array]:
    """The tensors of an entry, whose names begin with a slot or do not."""
    try:
        tensors = dict(safetensors.load(data))
    except KeyError as error:
        raise FileProblem(
            say(
                "entry.unknown_type",
                "{entry}: holds numbers of the unknown type {error}",
                entry=entry,
                error=shortened(error),
            )
        ) from None
    except (SafetensorError, ValueError) as error:
        raise FileProblem(
            say(
                "entry.no_tensors",
                "{entry}: is not in the safetensors format ({error})",
                entry=entry,
                error=shortened(error),
            )
        ) from None
    for name in tensors:
        if ("/" in name) is not slotted:
            raise FileProblem(
                say(
                    "entry.foreign_tensor",
                    "{entry}: {name} does not belong to this network",
                    entry=entry,
                    name=shortened(name),
                )
            )
    return tensors
