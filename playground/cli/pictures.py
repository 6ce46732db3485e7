"""Pictures on the command line: which experiment they make, and what is wrong with them under their name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playground.cli.commands import Train
from playground.cli.tables import HIDDEN, SHARE, naming, training
from playground.data import OwnPictures
from playground.data.pictures import reading
from playground.data.pictures.sizing import Sizing
from playground.engine.layers import Dense, Flatten
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment
from playground.files.sources import Opened

LEARNING_RATE = 0.001
"""Of Adam, where inputs are many and go up and down together."""


def opened(command: Train, cancelled: Callable[[], bool]) -> Opened:
    """The experiment that pictures make, with a test share of its own where they do not say sides.

    Raises:
        FileProblem: when nothing can be learnt of them, with their name.
        Cancelled: when `cancelled` says so while they are read.
    """
    path = Path(command.source)
    with naming(path):
        album = reading.read(path, _sizing(path, command, cancelled), cancelled=cancelled)
        experiment = _experiment(OwnPictures.of(album), command)
    for remark in album.remarks:
        print(remark)
    return Opened(album.name, SavedExperiment(experiment))


def _sizing(path: Path, command: Train, cancelled: Callable[[], bool]) -> Sizing:
    said: dict[str, Any] = {"side": command.size, "colour": command.colours, "fit": command.fit}
    return reading.guess(path, cancelled).with_(**{name: value for name, value in said.items() if value})


def _experiment(dataset: OwnPictures, command: Train) -> Experiment:
    units = command.network or HIDDEN
    hidden = [Dense(id=f"dense{place}", units=count) for place, count in enumerate(units, 1)]
    start = Experiment()
    layers = (Flatten(id="flatten1"), *hidden, start.network.layers[-1])
    experiment = start.with_dataset(dataset).with_(network={"layers": layers}).fitted()
    data = experiment.data
    if dataset.sides is None:
        data = data.with_(train_percent=SHARE, split=command.split)
    found = training(experiment, data.train_samples)
    optimizer = found.optimizer.with_(learning_rate=LEARNING_RATE)
    return experiment.with_(data=data, training=found.with_(optimizer=optimizer))
