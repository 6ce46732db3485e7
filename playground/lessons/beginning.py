"""What a step of a lesson begins with: an example or a file, with some of its settings changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playground.data import Dataset, OwnPictures, OwnTable, prose
from playground.data.datasets.own_text import OwnText
from playground.data.pictures import reading as pictures
from playground.data.pictures.opening import is_pictures
from playground.data.tables import reading as tables
from playground.experiment import Experiment
from playground.files.examples import examples
from playground.files.experiment_file import SavedExperiment, load
from playground.files.problem import FileProblem
from playground.lessons.plan import Begins
from playground.text import say
from playground.value import InvalidValue
from playground.words import shortened

_PART = re.compile(r"(\w+)|\[(\d+)\]")


def begun(begins: Begins, folder: Path) -> SavedExperiment:
    """The experiment with which a step begins; files are looked for in a folder.

    Raises:
        FileProblem, InvalidValue: when there is no such file, or a setting cannot be.
    """
    if begins.file:
        saved = load(folder / begins.file)
    elif begins.example:
        saved = next(each for each in examples() if each.name == begins.example).load()
    else:
        saved = SavedExperiment(Experiment())
    if begins.data:
        saved = SavedExperiment(saved.experiment.with_dataset(_dataset(begins, folder / begins.data)))
    if not begins.set:
        return saved
    return SavedExperiment(changed(saved.experiment, begins.set))


def _dataset(begins: Begins, path: Path) -> Dataset:
    """What is learnt from.

    Raises:
        FileProblem: when there is no such file or folder.
        InvalidValue: when nothing can be learnt of it.
    """
    if not path.exists():
        raise FileProblem(say("file.not_there", "{name}: There is no such file.", name=shortened(path.name)))
    if is_pictures(path):
        return OwnPictures.of(pictures.read(path, pictures.guess(path)))
    if begins.targets:
        return OwnTable.of(tables.read(path, tables.guess(path)), begins.targets)
    if (text := prose.read(path)) is not None:
        return OwnText(text=text)
    raise InvalidValue(
        say("lesson.no_target", "{name} is a table: say which column to predict, target = …", name=path.name)
    )


def changed(experiment: Experiment, settings: Mapping[str, Any]) -> Experiment:
    """An experiment with settings changed by their paths, `training.batch_size` or `network.layers[0].units`.

    Raises:
        InvalidValue: when there is no such place, or the value cannot be.
    """
    content = experiment.model_dump(mode="json")
    for path, value in settings.items():
        _put(content, path, value)
    return Experiment.build(content)


def _put(content: Any, path: str, value: Any) -> None:
    """Put a value at a place; what stands there must be known, but for the last name."""
    steps = [int(index) if index else name for name, index in _PART.findall(path)]
    try:
        for step in steps[:-1]:
            content = content[step]
        if isinstance(content, list) and not -1 < int(steps[-1]) < len(content):
            raise IndexError
        content[steps[-1]] = value
    except (KeyError, IndexError, TypeError, ValueError):
        raise InvalidValue(
            say(
                "lesson.no_path",
                "there is no place {path} in the experiment; one is written training.batch_size or "
                "network.layers[0].units",
                path=path,
            )
        ) from None
