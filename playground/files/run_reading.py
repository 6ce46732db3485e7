"""Reads the runs of a document from the entries of a file (see `stored_runs`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors import numpy as safetensors

from playground.experiment import Experiment
from playground.files import json_object
from playground.files.archive import RUN, RUN_SUFFIX, RUNS
from playground.files.checkpoint_entries import refuse_size
from playground.files.problem import FileProblem, naming
from playground.files.stored_chronicles import SIGNS, SPREADS, chronicle_of
from playground.files.stored_runs import CURVES, StoredRun, StoredRuns, StoredWaypoint
from playground.files.upgrades import upgrade
from playground.record import record
from playground.text import say
from playground.training.kept_run import KeptRun, KeptRuns, Waypoint


@record
class ReadRuns:
    """What `runs.json` says, with its experiments."""

    stored: StoredRuns
    experiments: tuple[Experiment, ...]

    @classmethod
    def of(cls, entries: Mapping[str, bytes]) -> ReadRuns:
        """What the entries say; no runs where there are none.

        Raises:
            FileProblem: naming the entry that is wrong.
        """
        numbered = {name for name in entries if name.startswith(RUN)}
        if RUNS not in entries and not numbered:
            return cls(StoredRuns(), ())
        if RUNS not in entries:
            raise FileProblem(say("entry.missing", "{missing}: is missing", missing=RUNS))
        with naming(RUNS):
            stored = StoredRuns.build(json_object.from_bytes(RUNS, entries[RUNS]))
            experiments = tuple(Experiment.build(upgrade(content, RUNS)) for content in stored.experiments)
        numbers = [run.number for run in stored.runs]
        named = {f"{RUN}{number}{RUN_SUFFIX}" for number in numbers}
        if len(named) < len(numbers) or numbers != sorted(numbers) or numbered - named:
            raise FileProblem(
                say("runs.numbers", "{entry}: its runs are not numbered one by one", entry=RUNS)
            )
        if stored.present is not None and stored.present not in numbers:
            raise FileProblem(say("runs.no_present", "{entry}: present: is no run of it", entry=RUNS))
        places = [run.experiment for run in stored.runs]
        places += [each.experiment for run in stored.runs for each in run.waypoints]
        if max(places, default=-1) >= len(experiments):
            words = say("runs.no_experiment", "{entry}: names an experiment that it lacks", entry=RUNS)
            raise FileProblem(words)
        return cls(stored, experiments)

    def kept(self, entries: Mapping[str, bytes], history: Mapping[str, NDArray[np.float64]]) -> KeptRuns:
        """The runs; `history` is that of the checkpoint, with which the present one goes on.

        Raises:
            FileProblem: naming the entry that is wrong.
        """
        present = self.stored.present
        return KeptRuns(
            tuple(
                _run(run, self.experiments, entries, history if run.number == present else None)
                for run in self.stored.runs
            ),
            present,
        )


def _run(
    stored: StoredRun,
    experiments: tuple[Experiment, ...],
    entries: Mapping[str, bytes],
    history: Mapping[str, NDArray[np.float64]] | None,
) -> KeptRun:
    entry = f"{RUN}{stored.number}{RUN_SUFFIX}"
    try:
        tensors = dict(safetensors.load(entries[entry])) if entry in entries else {}
    except (SafetensorError, ValueError, KeyError):
        raise FileProblem(say("entry.damaged", "{name}: is damaged", name=entry)) from None
    by_place: dict[str, dict[str, NDArray[Any]]] = {}
    for name, tensor in tensors.items():
        place, _, rest = name.partition("/")
        by_place.setdefault(place, {})[rest] = tensor
    columns = by_place.pop(CURVES, {}) if history is None else dict(history)
    try:
        chronicle = chronicle_of(by_place.pop(SIGNS, {}), by_place.pop(SPREADS, {}))
    except ValueError:
        raise FileProblem(say("entry.damaged", "{name}: is damaged", name=entry)) from None
    _check_history(entry, columns)
    if by_place.keys() - {str(place) for place in range(len(stored.waypoints))}:
        raise FileProblem(say("entry.damaged", "{name}: is damaged", name=entry))
    waypoints = tuple(
        _waypoint(each, experiments[each.experiment], by_place.get(str(place), {}), entry)
        for place, each in enumerate(stored.waypoints)
    )
    return KeptRun(
        stored.number, experiments[stored.experiment], stored.epoch, columns, stored.marks, waypoints,
        stored.words, stored.origin, chronicle,
    )  # fmt: skip


def _waypoint(
    stored: StoredWaypoint, experiment: Experiment, arrays: dict[str, NDArray[Any]], entry: str
) -> Waypoint:
    """A moment; whether its arrays belong to its network is seen when it is looked at."""
    learnt = [array.size for name, array in arrays.items() if "/" not in name]
    refuse_size(experiment, sum(learnt), entry)
    told = stored.numbers.model_dump(mode="json", exclude={"marks"})
    numbers = {name: number for name, number in told.items() if number is not None}
    step, changed, halted, reach = stored.numbers.step, stored.changed, stored.halted, stored.reach
    return Waypoint(experiment, stored.epoch, step, numbers, arrays, changed, halted, reach)


def _check_history(entry: str, columns: Mapping[str, NDArray[Any]]) -> None:
    shapes = {column.shape for column in columns.values()}
    plain = all(column.dtype == np.float64 and column.ndim == 1 for column in columns.values())
    if columns and not (plain and len(shapes) == 1 and "epoch" in columns):
        raise FileProblem(
            say("runs.no_history", "{entry}: its curves are no columns of one length", entry=entry)
        )
