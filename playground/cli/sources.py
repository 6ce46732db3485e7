"""What the `train` command and the window are given: a source, a table or pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playground.cli import pictures, tables
from playground.cli.commands import Train
from playground.cli.usage import UsageProblem
from playground.data.pictures.opening import is_pictures
from playground.data.tables.reading import is_table
from playground.files.names import EXAMPLES
from playground.files.problem import FileProblem
from playground.files.sources import Opened, resolve
from playground.text import say
from playground.words import shortened


def opened(command: Train, cancelled: Callable[[], bool]) -> Opened:
    """What is to be trained: a source, or the experiment that a table or pictures make.

    Raises:
        UsageProblem, FileProblem, InvalidValue: when there is no such thing, or it is wrong.
        Cancelled: when `cancelled` says so while many files are read.
    """
    source = shortened(command.source)
    if holds_pictures(command.source):
        if command.of_table:
            raise UsageProblem(_no_table(source))
        return pictures.opened(command, cancelled)
    if command.of_pictures:
        raise UsageProblem(
            str(
                say(
                    "cli.no_pictures",
                    "{source} holds no pictures, which --size, --colours and --fit are for.",
                    source=source,
                )
            )
        )
    if is_table(command.source):
        return tables.opened(command)
    if command.of_data:
        raise UsageProblem(_no_table(source))
    return resolve(command.source)


def holds_pictures(source: str) -> bool:
    """Whether a source is a folder, an archive or a file of pictures; an example's name stays one."""
    named = bool(source) and "://" not in source and source.casefold() not in EXAMPLES
    return named and is_pictures(Path(source))


def lesson_file(source: str) -> Path:
    """The file of a lesson.

    Raises:
        FileProblem: when there is no such file.
    """
    if not Path(source).is_file():
        raise FileProblem(say("file.not_there", "{name}: There is no such file.", name=shortened(source)))
    return Path(source)


def data_in(source: str) -> Path | None:
    """The file or folder of a source that is a table or pictures; None for any other.

    Raises:
        FileProblem: when there is no such file.
    """
    if not (holds_pictures(source) or is_table(source)):
        return None
    if not Path(source).exists():
        name = shortened(source)
        raise FileProblem(say("file.not_there", "{name}: There is no such file.", name=name))
    return Path(source)


def _no_table(source: str) -> str:
    return str(
        say("cli.no_table", "{source} is no table, which the options of tables are for.", source=source)
    )
