"""Tables on the command line: which experiment one makes, and what is wrong with it under its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playground.cli.commands import Train
from playground.cli.usage import UsageProblem
from playground.data import Dataset, OwnTable, TableSeries, prose
from playground.data.datasets.own_text import OwnText
from playground.data.graphs.files.joining import joined
from playground.data.tables import reading
from playground.data.tables.problem import TableProblem
from playground.data.tables.series import of_uneven_dates
from playground.data.tables.table import Table
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment
from playground.files.problem import FileProblem
from playground.files.sources import Opened
from playground.text import Text, say, say_counted
from playground.value import InvalidValue
from playground.words import shortened

HIDDEN = (16, 8)
"""Neurons of the hidden layers when nothing is said."""

SHARE = 80.0
"""Percent of the rows that are learnt from."""

STEPS = 20_000
"""About how many steps a table is trained when nothing is said."""

LARGE = 100.0
"""A target beyond this is large beside the steps by which weights grow."""

FEWEST_EPOCHS, MOST_EPOCHS = 10, 500


def opened(command: Train) -> Opened:
    """The experiment that a table makes.

    Raises:
        UsageProblem, FileProblem, InvalidValue: when nothing can be learnt of it.
    """
    path = Path(command.source)
    if command.series:
        return _of_series(path, command)
    if not command.target:
        if (text := _text(path)) is not None:
            return Opened(path.stem, SavedExperiment(_with_layers(text, command)))
        raise UsageProblem(
            str(
                say(
                    "cli.which_column",
                    "{source} is a table; say which column to predict: --target COLUMN",
                    source=shortened(command.source),
                )
            )
        )
    table = load(path)
    if command.edges is not None:
        table = with_edges(table, command.edges)
    with naming(path):
        experiment = _experiment(table, command)
    for remark in (*table.remarks, *_large(table, command.target, experiment)):
        print(remark)
    return Opened(path.stem, SavedExperiment(experiment))


def _of_series(path: Path, command: Train) -> Opened:
    """The experiment that columns over time make."""
    if command.target or command.inputs or command.split_by or command.edges:
        raise UsageProblem(
            str(
                say(
                    "cli.series_alone",
                    "--series says all that is learnt: leave out --target, --inputs and the like.",
                )
            )
        )
    if command.split != "random":
        raise UsageProblem(
            str(
                say(
                    "cli.series_in_order",
                    "A series is split in order, as its windows overlap: leave out --split.",
                )
            )
        )
    table = load(path)
    with naming(path):
        series = TableSeries.of(table, command.series, command.window, command.horizon)
        experiment = _with_layers(series, command)
    filled = say_counted(
        "series.filled",
        "{count} missing value was filled in between its neighbours.",
        "{count} missing values were filled in between their neighbours.",
        series.filled,
    )
    uneven = of_uneven_dates(table)
    for remark in (*table.remarks, *([filled] if series.filled else []), *([uneven] if uneven else [])):
        print(remark)
    return Opened(path.stem, SavedExperiment(experiment))


def with_edges(table: Table, path: Path, keep: bool = False) -> Table:
    """The rows of a table as the nodes of the graph whose edges another table has.

    Raises:
        FileProblem: when an edge leads to no node, with the name of the file of the edges.
    """
    if table.graph is not None:
        raise UsageProblem(
            str(
                say(
                    "cli.edges_of_its_own",
                    "{name} has edges of its own; --edges is for a table of nodes.",
                    name=table.name,
                )
            )
        )
    edges = load(path)
    with naming(path):
        return joined(table, edges, keep=keep, report=lambda _: None)


def _large(table: Table, targets: Sequence[str], experiment: Experiment) -> Iterator[Text]:
    """What to know of targets of a size that a network comes to in small steps alone."""
    for column in () if experiment.task.classes else map(table.column, targets):
        low, high = column.low or 0.0, column.high or 0.0
        if max(abs(low), abs(high)) > LARGE:
            yield say(
                "table.large_target",
                "The target “{name}” goes from {low} to {high}; numbers of this size are learnt slowly: "
                "give it in larger units.",
                name=shortened(column.name),
                low=low,
                high=high,
            )


def load(path: Path, keep: bool = False) -> Table:
    """The table in a file, by the layout that it seems to have.

    Raises:
        FileProblem: when it cannot be read, with its name.
    """
    with naming(path):
        return reading.read(path, reading.guess(path), keep=keep)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the name of the file before what is wrong in it."""
    try:
        yield
    except InvalidValue as problem:
        raise FileProblem(
            say("file.problem_in", "{name}: {problem}", name=shortened(path), problem=problem.text)
        ) from None


def _experiment(table: Table, command: Train) -> Experiment:
    for name in command.categories:
        if name not in [column.name for column in table]:
            raise TableProblem(say("table.no_column", "There is no column “{name}”.", name=shortened(name)))
        table = table.with_kind(name, "category")
    missing: Any = command.missing
    dataset = OwnTable.of(table, command.target, command.inputs or None, missing, command.split_by)
    experiment = _with_layers(dataset, command)
    if command.split_by:
        return experiment
    return experiment.with_(data=experiment.data.with_(split=command.split))


def _with_layers(dataset: Dataset, command: Train) -> Experiment:
    """An experiment on a dataset of one's own, with the hidden layers that were asked for."""
    units = command.network or HIDDEN
    hidden = [Dense(id=f"dense{place}", units=count) for place, count in enumerate(units, 1)]
    output = Experiment().network.layers[-1]
    start = Experiment().with_(network={"layers": (*hidden, output)})
    experiment = start.with_dataset(dataset)
    data = experiment.data.with_(train_percent=SHARE)
    return experiment.with_(data=data, training=training(experiment, data.train_samples))


def _text(path: Path) -> OwnText | None:
    """The text in a file that is no table."""
    with naming(path):
        text = prose.read(path)
    return None if text is None else OwnText(text=text)


def training(experiment: Experiment, samples: int) -> Any:
    """A batch size and epochs for so many samples."""
    batch_size = 16 if samples < 2_000 else 64 if samples < 50_000 else 256
    epochs = STEPS * batch_size // samples
    return experiment.training.with_(
        batch_size=batch_size, epochs=min(max(epochs, FEWEST_EPOCHS), MOST_EPOCHS)
    )
