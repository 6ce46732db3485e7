"""Writes the runs of a document into the entries of a file (see `stored_runs`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import numpy as safetensors

from playground.data import Collection, Dataset
from playground.experiment import Experiment
from playground.files import data_entries, json_object
from playground.files.archive import MIB, RUN, RUN_SUFFIX, RUNS
from playground.files.checkpoint_entries import Session
from playground.files.stored_chronicles import chronicle_tensors
from playground.files.stored_runs import CURVES
from playground.files.upgrades import FORMAT
from playground.training.chronicle import NOTHING_KEPT
from playground.training.kept_run import KeptRun, KeptRuns

MOST_DATA = 64 * MIB
"""Bytes of samples that are kept for runs alone."""


def to_entries(kept: KeptRuns, known: Dataset) -> dict[str, bytes]:
    """The entries by name; those of a moment only where its samples are `known`, or few enough to keep."""
    if not any(run.waypoints or run.number != kept.present for run in kept.runs):
        return {}
    data, entries = _samples(kept, known)
    runs = [_with_samples(run, data) for run in kept.runs]
    places: dict[str, int] = {}
    dumped: dict[int, int] = {}

    def place(experiment: Experiment) -> int:
        if id(experiment) not in dumped:
            content = json_object.to_bytes({"format": FORMAT} | experiment.model_dump(mode="json")).decode()
            dumped[id(experiment)] = places.setdefault(content, len(places))
        return dumped[id(experiment)]

    stored = [
        _stored(run, place(run.experiment), [place(each.experiment) for each in run.waypoints])
        for run in runs
    ]
    experiments = tuple(json_object.from_bytes(RUNS, content.encode()) for content in places)
    content = {"present": kept.present, "experiments": experiments, "runs": stored}
    for run in runs:
        if tensors := dict(_tensors(run, run.number != kept.present)):
            entries[f"{RUN}{run.number}{RUN_SUFFIX}"] = safetensors.save(tensors)
    return {RUNS: json_object.to_bytes(content)} | entries


def _samples(kept: KeptRuns, known: Dataset) -> tuple[set[str], dict[str, bytes]]:
    """The keys of samples that can be had again, and the entries of those that are kept for runs alone."""
    keys, entries, size = {known.key} if isinstance(known, Collection) else set(), dict[str, bytes](), 0
    for run in reversed(kept.runs):
        for experiment in (run.experiment, *(each.experiment for each in run.waypoints)):
            dataset = experiment.data.dataset
            if not isinstance(dataset, Collection) or dataset.key in keys or dataset.problem is not None:
                continue
            held = dataset.arrays
            wanted = sum(array.nbytes for array in (held.raw, held.targets, *held.more.values()))
            if size + wanted <= MOST_DATA:
                size += wanted
                keys.add(dataset.key)
                entries |= data_entries.to_entries(dataset)
    return keys, entries


def _with_samples(run: KeptRun, keys: set[str]) -> KeptRun:
    """A run without its moments, where the samples of one are not kept."""
    datasets = [each.experiment.data.dataset for each in run.waypoints]
    there = all(not isinstance(each, Collection) or each.key in keys for each in datasets)
    return run if there else run.with_waypoints(())


def _stored(run: KeptRun, experiment: int, places: list[int]) -> dict[str, Any]:
    waypoints = [
        {
            "experiment": place,
            "epoch": each.epoch,
            "changed": each.changed,
            "halted": each.halted,
            "reach": each.reach,
            "numbers": {name: each.numbers[name] for name in Session.model_fields if name in each.numbers},
        }
        for each, place in zip(run.waypoints, places, strict=True)
    ]
    return {
        "number": run.number,
        "experiment": experiment,
        "epoch": run.epoch,
        "words": run.words.model_dump(mode="json"),
        "origin": run.origin and run.origin.model_dump(mode="json"),
        "marks": [mark.model_dump(mode="json") for mark in run.marks],
        "waypoints": waypoints,
    }


def _tensors(run: KeptRun, with_history: bool) -> Iterator[tuple[str, NDArray[Any]]]:
    if with_history:
        for name, column in run.history.items():
            yield f"{CURVES}/{name}", np.ascontiguousarray(column)
    yield from chronicle_tensors(run.chronicle)
    for place, waypoint in enumerate(run.waypoints):
        for name, array in waypoint.arrays.items():
            yield f"{place}/{name}", np.ascontiguousarray(array)


def without_moments(kept: KeptRuns) -> KeptRuns:
    """The same runs, of which no moment can be had again, nor how their layers were."""
    return replace(kept, runs=tuple(run.with_waypoints(()).with_chronicle(NOTHING_KEPT) for run in kept.runs))
