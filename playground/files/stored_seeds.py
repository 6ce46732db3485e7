"""What came of repeating over seeds in the entries of a file: `seeds.json`, and the curves beside it.

A curve is called by the place of its run and of its seed, as `0/3/test_loss`; long ones are thinned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from safetensors import SafetensorError
from safetensors import numpy as safetensors

from playground.files import json_object
from playground.files.archive import SEED_CURVES, SEEDS
from playground.files.problem import FileProblem, naming
from playground.text import say
from playground.training.kept_run import COLOURS
from playground.training.seed_run import RepeatedRun, SeedRun
from playground.value import Value

MOST_ROWS = 256
"""Rows of a curve that are kept."""
LEFT_OUT = "gradient_norm."
"""Columns of which nothing is shown over seeds."""


class StoredSeed(Value):
    """One seed of a run."""

    seed: Annotated[str, Field(max_length=80)]
    diverged: bool = False


class StoredRepeat(Value):
    """A run that was repeated."""

    name: Annotated[str, Field(max_length=200)]
    colour: Annotated[int, Field(ge=0, lt=COLOURS)] = 0
    seeds: Annotated[tuple[StoredSeed, ...], Field(max_length=1000)]


class StoredSeeds(Value):
    """The content of `seeds.json`."""

    runs: Annotated[tuple[StoredRepeat, ...], Field(max_length=200)] = ()


def to_entries(repeated: Sequence[RepeatedRun]) -> dict[str, bytes]:
    """The entries by name; none where nothing was repeated."""
    if not any(run.done for run in repeated):
        return {}
    stored = [
        {
            "name": run.name,
            "colour": run.colour,
            "seeds": [{"seed": each.seed, "diverged": each.diverged} for each in run.done],
        }
        for run in repeated
    ]
    curves = {
        f"{place}/{seed}/{name}": np.ascontiguousarray(column)
        for place, run in enumerate(repeated)
        for seed, each in enumerate(run.done)
        for name, column in _thinned(each.history).items()
    }
    return {SEEDS: json_object.to_bytes({"runs": stored}), SEED_CURVES: safetensors.save(curves)}


def _thinned(history: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """The columns that are shown, of many rows some, evenly taken, and both ends."""
    count = len(history.get("epoch", ()))
    rows = np.unique(np.linspace(0, count - 1, min(count, MOST_ROWS)).round().astype(np.intp))
    return {name: column[rows] for name, column in history.items() if not name.startswith(LEFT_OUT)}


def from_entries(entries: Mapping[str, bytes]) -> tuple[RepeatedRun, ...]:
    """What the entries say; nothing where there are none.

    Raises:
        FileProblem: naming the entry that is missing or wrong.
    """
    if SEEDS not in entries and SEED_CURVES not in entries:
        return ()
    if missing := {SEEDS, SEED_CURVES} - entries.keys():
        raise FileProblem(say("entry.missing", "{missing}: is missing", missing=missing.pop()))
    with naming(SEEDS):
        stored = StoredSeeds.build(json_object.from_bytes(SEEDS, entries[SEEDS]))
    try:
        histories = _histories(safetensors.load(entries[SEED_CURVES]))
        return tuple(
            RepeatedRun(
                run.name,
                run.colour,
                tuple(
                    SeedRun(each.seed, histories.pop(f"{place}/{seed}"), each.diverged)
                    for seed, each in enumerate(run.seeds)
                ),
            )
            for place, run in enumerate(stored.runs)
        )
    except (SafetensorError, ValueError, KeyError):
        raise FileProblem(say("entry.damaged", "{name}: is damaged", name=SEED_CURVES)) from None


def _histories(curves: Mapping[str, NDArray[Any]]) -> dict[str, dict[str, NDArray[np.float64]]]:
    """The columns of each seed.

    Raises:
        ValueError: when they are none.
    """
    found: dict[str, dict[str, NDArray[np.float64]]] = {}
    for name, column in curves.items():
        place, seed, rest = name.split("/", 2)
        found.setdefault(f"{place}/{seed}", {})[rest] = column
        if column.dtype != np.float64 or column.ndim != 1 or not len(column):
            raise ValueError(name)
    for history in found.values():
        lengths = {len(column) for column in history.values()}
        if len(lengths) != 1 or "epoch" not in history or (np.diff(history["epoch"]) < 0).any():
            raise ValueError("curves are no columns of one length")
    return found
