"""The four entries of a file that hold a checkpoint, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors import numpy as safetensors

from playground.engine.arrays import Array
from playground.experiment import Experiment
from playground.files import history_table, json_object
from playground.files.archive import HISTORY, OPTIMIZER, PARAMETERS, SESSION
from playground.files.problem import FileProblem, naming
from playground.text import say
from playground.training.checkpoint import Checkpoint
from playground.training.marks import Mark
from playground.value import InvalidValue, Value
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
    marks: tuple[Mark, ...] = ()


def to_entries(checkpoint: Checkpoint) -> dict[str, bytes]:
    """The entries by name."""
    session = {name: getattr(checkpoint, name) for name in Session.model_fields}
    session["marks"] = [mark.model_dump() for mark in checkpoint.marks]
    return {
        SESSION: json_object.to_bytes(session),
        PARAMETERS: _tensors_to_bytes(checkpoint.tensors),
        OPTIMIZER: _tensors_to_bytes(checkpoint.optimizer),
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
    checkpoint = Checkpoint(
        epoch=session.epoch,
        step=session.step,
        batch=session.batch,
        tensors=_tensors_from_bytes(PARAMETERS, entries[PARAMETERS]),
        optimizer=_tensors_from_bytes(OPTIMIZER, entries[OPTIMIZER]),
        streams=session.streams,
        history=history_table.from_bytes(entries[HISTORY]),
        age=session.age,
        schedule=session.schedule,
        best=session.best,
        marks=session.marks,
    )
    _check(checkpoint, experiment)
    return checkpoint


def _check(checkpoint: Checkpoint, experiment: Experiment) -> None:
    held = sum(tensor.size for tensor in checkpoint.tensors.values())
    if (needed := _parameter_count(experiment)) > max(held, ALWAYS_BUILT):  # else it may not fit the memory
        raise FileProblem(
            say(
                "entry.other_count",
                "{parameters}: holds {held} numbers, and the network needs {needed}",
                parameters=PARAMETERS,
                held=held,
                needed=needed,
            )
        )
    try:
        checkpoint.check(experiment)
    except InvalidValue as problem:
        place, _, text = str(problem).partition(": ")
        entry = {"parameters": PARAMETERS, "optimizer": OPTIMIZER, "history": HISTORY}.get(place)
        raise FileProblem(f"{entry}: {text}" if entry else f"{SESSION}: {problem}") from None


def _parameter_count(experiment: Experiment) -> int:
    graph = experiment.graph
    return 0 if graph.problems else graph.parameters


def _tensors_to_bytes(tensors: Mapping[str, Array]) -> bytes:
    return safetensors.save({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()})


def _tensors_from_bytes(entry: str, data: bytes) -> dict[str, Array]:
    try:
        return dict(safetensors.load(data))
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
