"""The application: starts Qt, opens the window, and cares for faults that nothing else caught."""

from __future__ import annotations

import gc
import logging
import sys
import traceback
from pathlib import Path
from tempfile import gettempdir
from types import TracebackType

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from playground.files.experiment_file import SavedExperiment
from playground.training.trainer import Trainer
from widgets import theme as themes
from widgets.main_window import MainWindow
from widgets.preferences import Preferences

SETTLE = 200
"""Milliseconds after the first painting in which layouts come to rest."""

logger = logging.getLogger(__name__)


def _application() -> QApplication:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("Neural Playground")
    application.setOrganizationName("Neural Playground")
    return application


def run(saved: SavedExperiment | None = None, path: Path | None = None, name: str = "") -> int:
    """Open the window, on this experiment if there is one; returns the exit code when it is closed."""
    application = _application()
    preferences = Preferences()
    themes.apply(application, preferences.theme)
    window = MainWindow(preferences)
    sys.excepthook = _Faults(window)
    if saved is not None:
        window.filing.show(saved, path, name)
        if path is not None:
            preferences.add_recent(path)
    window.show()
    if saved is None and preferences.shows_start_page:
        window.show_start_page()
    window.offer_recovery()
    gc.freeze()  # all of this stays until the end
    gc.enable()
    return application.exec()


def render(
    saved: SavedExperiment, name: str, out: Path, epochs: int, size: tuple[int, int], theme: str
) -> None:
    """Write a picture of the window, `size` in pixels, after so many epochs of training.

    Raises:
        LayerProblem, InvalidValue: when the experiment cannot train.
        OSError: when the picture cannot be written.
    """
    application = _application()
    themes.apply(application, theme)
    trained = _train(saved, epochs)
    window = MainWindow(Preferences.unkept(), recovery_folder=Path(gettempdir()) / "neural-playground")
    try:
        window.resize(*size)
        window.filing.show(trained, name=name)
        window.show()
        wait_for_picture(window)
        if not window.grab().save(str(out)):
            raise OSError(f"Could not write {out}.")
    finally:
        window.give_up()


def _train(saved: SavedExperiment, epochs: int) -> SavedExperiment:
    trainer = Trainer(saved.experiment, saved.checkpoint)
    with np.errstate(all="ignore"):
        goal = trainer.epoch + epochs
        while trainer.epoch < goal and not trainer.halted:
            trainer.run_epoch()
    return SavedExperiment(saved.experiment, trainer.checkpoint())


def wait_for_picture(window: MainWindow, settle: int = SETTLE) -> None:
    """Let the window paint the experiment it was given, and so many milliseconds to settle."""
    loop = QEventLoop()
    window.link.painted.connect(lambda _snapshot: QTimer.singleShot(settle, loop.quit))
    loop.exec()


class _Faults:
    """The exception hook: log it, keep the work, tell the person, go on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        logger.error("a fault nothing caught:\n%s", "".join(traceback.format_exception(kind, error, trace)))
        self._window.tell_fault(f"{kind.__name__}: {error}")
