"""What `runs.json` says of the runs of a document.

It has experiments once, however many runs and moments are of one.  Beside it `runs/7.safetensors` has the
curves of run 7 (`history/…`) and what it was at some moments (`0/…`, `1/…`).  The curves of the run that the
file goes on with are those of its checkpoint.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from playground.files.checkpoint_entries import Session
from playground.training.kept_run import Origin, RunWords
from playground.training.marks import Mark
from playground.value import Value

CURVES = "history"
"""What the names of curves begin with."""

Number = Annotated[int, Field(ge=1, le=10**9)]
Place = Annotated[int, Field(ge=0)]


class StoredWaypoint(Value):
    """A moment; its arrays stand under its place in the list."""

    experiment: Place
    epoch: Annotated[float, Field(ge=0)]
    changed: bool = False
    halted: bool = False
    reach: Place | None = None
    numbers: Session


class StoredRun(Value):
    """A run, its experiments by their places in the list of all."""

    number: Number
    experiment: Place
    epoch: Annotated[float, Field(ge=0)]
    words: RunWords = RunWords()
    origin: Origin | None = None
    marks: tuple[Mark, ...] = ()
    waypoints: tuple[StoredWaypoint, ...] = ()


class StoredRuns(Value):
    """The content of `runs.json`."""

    present: Number | None = None
    experiments: tuple[dict[str, Any], ...] = ()
    runs: tuple[StoredRun, ...] = ()
