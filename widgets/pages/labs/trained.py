"""What a laboratory trains: the present experiment, or an example that comes with the program."""

from __future__ import annotations

from collections.abc import Callable

from playground.experiment import Experiment
from playground.files.sources import resolve
from playground.labs.trial import Trained
from widgets.workspace import Workspace


def experiment_of(trained: Trained, workspace: Workspace) -> Callable[[], Experiment]:
    """The experiment as it is now; an example is read where it is asked for."""
    if trained == "mine":
        experiment = workspace.document.experiment
        return lambda: experiment
    return lambda: resolve(trained).saved.experiment
