"""A picture of the window: the same pixels on every run and, with one version of Qt, on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PySide6.QtCore import QEventLoop, QLocale, QTimer
from PySide6.QtGui import QImage

from playground.diagrams import drawing
from playground.experiment import Experiment
from playground.files.atomic import write_atomically
from playground.files.display import Display
from playground.files.experiment_file import SavedExperiment
from playground.languages.catalogue import ENGLISH
from playground.training.trainer import Trainer
from widgets import app, fonts
from widgets import theme as themes
from widgets.background import at_work
from widgets.languages import shown_language
from widgets.main_window import MainWindow
from widgets.png import to_png
from widgets.preferences import Preferences
from widgets.sentences import sentence
from widgets.training_link import FRAME

LOOKS = 100
"""So often the window is looked at until it rests; what moves for ever is painted as it then is."""


def render(
    saved: SavedExperiment,
    name: str,
    out: Path,
    epochs: int,
    size: tuple[int, int],
    theme: str,
    display: Display | None = None,
    language: str = "",
) -> None:
    """Write a picture of the window, `size` in pixels, after so many epochs of training.

    `display` is what a link says about the picture, when the experiment came from one.

    Raises:
        LayerProblem, InvalidValue: when the experiment cannot train.
        FileProblem: when the picture cannot be written; then an older one is as it was.
    """
    with window(saved, name, epochs, size, theme, language) as shown:
        if display is not None:
            shown.design.output.boxes.show_display(display)
        write_atomically(out, to_png(at_rest(shown)))


@contextmanager
def window(
    saved: SavedExperiment, name: str, epochs: int, size: tuple[int, int], theme: str, language: str = ""
) -> Iterator[MainWindow]:
    """A window to be painted, which keeps nothing."""
    dress(theme, language)
    app.application().setCursorFlashTime(0)
    trained = _train(saved, epochs)
    with TemporaryDirectory(ignore_cleanup_errors=True) as recovery:
        window = MainWindow(Preferences.unkept(), recovery_folder=Path(recovery))
        try:
            window.resize(*size)
            window.workspace.filing.show(trained, name=name)
            window.show()
            yield window
        finally:
            window.give_up()


def dress(theme: str, language: str) -> themes.Theme:
    """Have the application draw alike everywhere; in English if no language is asked for."""
    colours = themes.apply(app.application(), theme)
    shown_language.choose(language or ENGLISH)
    QLocale.setDefault(QLocale(QLocale.Language.English))
    return colours


def draw(experiment: Experiment, out: Path, style: str, ground: bool, language: str = "") -> None:
    """Write the network as a diagram, in the format that the name of the file says.

    Raises:
        FileProblem: when it cannot be written; then an older one is as it was.
    """
    from widgets.figures import diagram

    app.application()
    fonts.load()
    shown_language.choose(language or ENGLISH)
    write_atomically(out, diagram.content(drawing.diagram(experiment, style, sentence), out, ground))


def at_rest(window: MainWindow) -> QImage:
    """What the window looks like when nothing is worked out any more and two looks in a row see the same."""
    window.design.side.complete()
    before = QImage()
    for _ in range(LOOKS):
        _let_paint(window)
        image = window.grab().toImage()
        if image == before and not (at_work() or window.workspace.doctor.is_due):
            break
        before = image
    return image


def _let_paint(window: MainWindow) -> None:
    """Let the window paint what the training thread has to show when it has done all that was asked."""
    window.workspace.link.session.checkpoint().result()
    loop = QEventLoop()
    QTimer.singleShot(3 * FRAME, loop.quit)
    loop.exec()


def _train(saved: SavedExperiment, epochs: int) -> SavedExperiment:
    trainer = Trainer(saved.experiment, saved.checkpoint)
    with np.errstate(all="ignore"):
        goal = trainer.epoch + epochs
        while trainer.epoch < goal and not trainer.halted:
            trainer.run_epoch()
    return SavedExperiment(saved.experiment, trainer.checkpoint())
