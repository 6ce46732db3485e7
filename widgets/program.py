"""The whole program: arguments in; window or headless command out."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playground.cli import display
from playground.cli.faults import SUCCESS, guard, is_expected
from playground.cli.speaking import take_language
from playground.languages.spoken import of_environment, spoken
from widgets.loading import load_app

if TYPE_CHECKING:
    from playground.cli.commands import Render, Report
    from playground.files.sources import Opened

FONT_SETTINGS = Path(__file__).parents[1] / "resources" / "fonts" / "picture.conf"
"""How letters are smoothed in pictures, whatever a person has set for their screen."""


HEADLESS = {
    "Train": ("playground.cli.train", "train"),
    "Predict": ("playground.cli.predict", "predict"),
    "Export": ("playground.cli.export", "export"),
    "CheckGradients": ("playground.cli.check_gradients", "check_gradients"),
    "TraceStep": ("playground.cli.trace", "trace"),
    "Bench": ("playground.cli.bench", "bench"),
    "SearchTrials": ("playground.cli.search", "search"),
    "JoinSearch": ("playground.cli.search_worker", "work"),
}
"""Which function does a command that needs no window, by the name of its class, and where it stands."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments (by default those of the process) ask for; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # letters that the terminal lacks
    return guard(lambda: run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """The same, with every trouble raised.  Imports wait until they are needed: `--help` is quick."""
    language, rest = take_language(arguments)
    spoken.language = language or of_environment(os.environ)
    if not rest:
        return window(None, language)
    from playground.cli.arguments import parse
    from playground.cli.commands import Render, Report, Window

    command = parse(rest)
    if isinstance(command, Window):
        return window(command.source, language)
    if isinstance(command, Render):
        return render(command, language)
    if isinstance(command, Report):
        return report(command, language)
    room, name = HEADLESS[type(command).__name__]
    return int(getattr(import_module(room), name)(command))


def render(command: Render, language: str) -> int:
    """Write a picture of the window, a film or a diagram; in English if no language is asked for."""
    source = _to_be_drawn(command)
    from widgets import picture

    if command.diagram is not None:
        picture.draw(source.saved.experiment, command.out, command.diagram, command.ground, language)
        return SUCCESS
    epochs = source.epochs_left if command.epochs is None else command.epochs
    if command.out.suffix.lower() != ".png":
        from widgets.film.headless import film

        film(source.saved, source.name, command, epochs, language)
        return SUCCESS
    size = command.size or (1440, 900)
    picture.render(
        source.saved, source.name, command.out, epochs, size, command.theme, source.display, language
    )
    return SUCCESS


def report(command: Report, language: str) -> int:
    """Write a page that tells all of a run; in English if no language is asked for."""
    source = _to_be_drawn(command)
    from widgets.film.headless import write_report

    epochs = source.epochs_left if command.epochs is None else command.epochs
    write_report(source.saved, source.name, command.out, epochs, language)
    return SUCCESS


def _to_be_drawn(command: Render | Report) -> Opened:
    """The source of what is to be drawn without a screen, once all is known to be in order for that."""
    from playground.files.atomic import check_writable
    from playground.files.sources import resolve

    check_writable(command.out)
    source = resolve(command.source)
    display.use_none(os.environ)
    os.environ["FONTCONFIG_FILE"] = str(FONT_SETTINGS)
    return source


def window(source: str | None, language: str) -> int:
    """Open the window, on a source if there is one, in the language chosen there or one that is asked for."""
    opened = {} if source is None else _opened_or_told(source)
    display.check(os.environ)
    return int(load_app().run(**opened, language=language))


def _opened_or_told(text: str) -> dict[str, Any]:
    """The same; what is wrong is said in the window where there is no terminal to say it on."""
    try:
        return _opened(text)
    except Exception as fault:
        if display.has_terminal(os.environ) or not is_expected(fault):
            raise
        return {"problem": str(fault)}


def _opened(text: str) -> dict[str, Any]:
    """On what the window opens: some of what `app.run` asks for."""
    from playground.cli.sources import data_in, lesson_file
    from playground.files.experiment_file import is_laboratory
    from playground.files.names import LESSON
    from playground.files.sources import resolve

    if Path(text).suffix.lower() == LESSON:
        return {"lesson": lesson_file(text)}
    if is_laboratory(Path(text)):
        return {"laboratory": Path(text)}
    if (data := data_in(text)) is not None:  # which is looked at before it is learnt from
        return {"data": data}
    source = resolve(text)
    return {
        "saved": source.saved,
        "path": source.path,
        "name": source.name,
        "display": source.display,
        "look": source.look,
    }
