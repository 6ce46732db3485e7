"""What a column is used for: predicted, predicted from, or neither; and the edits that change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from playground.data import Data, Feature, OwnTable
from playground.data.features import usual
from playground.data.tables.held import SIDES
from playground.experiment import Experiment
from widgets.pages.data.sheet import Meaning, SheetColumn

TARGET, INPUT, UNUSED, SIDES_SAID = "target", "input", "unused", "sides"


@dataclass(frozen=True, eq=False)
class RoleChoice:
    """Something that a column may be used for.

    Attributes:
        edit: the experiment in which it is; raises InvalidValue where that cannot be.
    """

    text: str
    undo_text: str
    chosen: bool
    edit: Callable[[], Experiment]


def role(data: Data, column: SheetColumn) -> str:
    """What a column is used for; empty for what is no column of the data."""
    if column.meaning is Meaning.TARGET:
        return TARGET
    if column.meaning is Meaning.PICTURE:
        return INPUT
    if column.meaning is not Meaning.VALUE:
        return ""
    if isinstance(data.dataset, OwnTable) and column.key == data.dataset.split_by:
        return SIDES_SAID
    return INPUT if _feature(data, column) in data.inputs else UNUSED


def role_word(name: str) -> str:
    """The word for it."""
    return {
        TARGET: _tr("target"),
        INPUT: _tr("input"),
        UNUSED: _tr("not used"),
        SIDES_SAID: _tr("split"),
        "": "",
    }[name]


def choices(experiment: Experiment, column: SheetColumn) -> list[RoleChoice]:
    """What a column may be used for; none where there is no choice."""
    data, now = experiment.data, role(experiment.data, column)
    own = data.dataset if isinstance(data.dataset, OwnTable) else None
    if not now or not column.key or (now == TARGET and own is None):
        return []
    found = [
        RoleChoice(
            _tr("Input"),
            _tr("Use {column} as input").format(column=column.name),
            now == INPUT,
            lambda: _with_input(experiment, column),
        ),
        RoleChoice(
            _tr("Not used"),
            _tr("Leave out {column}").format(column=column.name),
            now == UNUSED,
            lambda: _without(experiment, column),
        ),
    ]
    if own is not None:
        found.insert(
            0,
            RoleChoice(
                _tr("Target"),
                _tr("Predict {column}").format(column=column.name),
                own.targets == (column.key,),
                lambda: experiment.with_dataset(own.with_targets([column.key])),
            ),
        )
    if own is not None and now != TARGET and not (experiment.task.classes or column.categories):
        found.insert(
            1,
            RoleChoice(
                _tr("Target as well"),
                _tr("Predict {column} as well").format(column=column.name),
                False,
                lambda: experiment.with_dataset(own.with_targets([*own.targets, column.key])),
            ),
        )
    if own is not None and now != TARGET and _says_sides(column):
        found.append(
            RoleChoice(
                _tr("Split"),
                _tr("Split by {column}").format(column=column.name),
                now == SIDES_SAID,
                lambda: experiment.with_dataset(own.with_split_by(column.key)),
            )
        )
    return found


def _says_sides(column: SheetColumn) -> bool:
    """Whether the categories of a column are words for training, validation and test."""
    return bool(column.categories) and all(each.casefold() in SIDES for each in column.categories)


def _feature(data: Data, column: SheetColumn) -> Feature | None:
    """The input that is the column as it stands; None where there is none."""
    names = [each.name for each in data.dataset.columns]
    return usual(data.dataset)[names.index(column.key)] if column.key in names else None


def _with_input(experiment: Experiment, column: SheetColumn) -> Experiment:
    dataset = experiment.data.dataset
    if isinstance(dataset, OwnTable) and column.key not in dataset.inputs:
        wanted = {*dataset.inputs, column.key}
        inputs = tuple(held.name for held in dataset.held if held.name in wanted)
        experiment = experiment.with_dataset(_freed(dataset, column.key, inputs))
    feature = _feature(experiment.data, column)
    assert feature is not None
    return experiment.with_data(experiment.data.with_(inputs=(*experiment.data.inputs, feature)))


def _without(experiment: Experiment, column: SheetColumn) -> Experiment:
    dataset = experiment.data.dataset
    if isinstance(dataset, OwnTable):
        inputs = tuple(name for name in dataset.inputs if name != column.key)
        return experiment.with_dataset(_freed(dataset, column.key, inputs))
    inputs = tuple(each for each in experiment.data.inputs if each != _feature(experiment.data, column))
    return experiment.with_data(experiment.data.with_(inputs=inputs))


def _freed(dataset: OwnTable, name: str, inputs: tuple[str, ...]) -> OwnTable:
    """The table with these inputs, and a column that is neither predicted nor says the sides."""
    targets = tuple(each for each in dataset.targets if each != name)
    split_by = "" if dataset.split_by == name else dataset.split_by
    return dataset.with_(targets=targets, inputs=inputs, split_by=split_by)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Roles", text)
