"""The application: starts Qt, opens the window, and cares for faults that nothing else caught."""

from __future__ import annotations

import gc
import logging
import os
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from playground.files.display import Display
from playground.files.experiment_file import SavedExperiment
from widgets import sizes
from widgets import theme as themes
from widgets.ending import Ending
from widgets.garbage import GarbageCollector
from widgets.languages import shown_language
from widgets.main_window import MainWindow
from widgets.motion import motion
from widgets.preferences import Preferences
from widgets.system_opens import Application, SystemOpens

ICON = Path(__file__).parents[1] / "resources" / "desktop" / "neural-playground.png"

LOCALE_NOTICE = "which is not UTF-8"
"""What Qt says of a locale like C: it reads texts as UTF-8 all the same, as this program does."""

STEP_SECONDS = 1.0
"""How long the step under way may take when the window is gone."""

logger = logging.getLogger(__name__)


def application() -> QApplication:
    """The one application, started when it is first asked for."""
    result = QApplication.instance() or _started()
    assert isinstance(result, QApplication)
    result.setApplicationName("Neural Playground")
    result.setOrganizationName("Neural Playground")
    result.setWindowIcon(QIcon(str(ICON)))
    result.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, sys.platform == "darwin")
    result.setDesktopFileName(ICON.stem)  # by which Wayland finds the icon
    _have_a_place_in_the_taskbar()
    return result


def _have_a_place_in_the_taskbar() -> None:
    """Let Windows show the program by itself, and not as one of all that are Python."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("NeuralPlayground.Window")


def _started() -> QApplication:
    usual = qInstallMessageHandler(_say_but_the_locale)
    try:
        return Application(sys.argv[:1])
    finally:
        qInstallMessageHandler(usual)


def _say_but_the_locale(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if LOCALE_NOTICE not in message:
        print(message, file=sys.stderr, flush=True)


def run(
    saved: SavedExperiment | None = None,
    path: Path | None = None,
    name: str = "",
    display: Display | None = None,
    data: Path | None = None,
    laboratory: Path | None = None,
    look: tuple[str, object] | None = None,
    lesson: Path | None = None,
    language: str = "",
    problem: str = "",
) -> int:
    """Open the window on an experiment, data, a lesson or the file of a laboratory; the exit code at its end.

    `display` is what a link says about the picture, when the experiment came from one; `look` is the look
    inside at which an example opens; `language`, one that is asked for this time; `problem`, why what was
    asked for is not open.
    """
    preferences = Preferences()
    sizes.ask_qt(os.environ, preferences.size)
    qt = application()
    themes.apply(qt, preferences.theme)
    motion.choose(preferences.reduced_motion)
    unreadable = shown_language.choose(language or preferences.language)
    window = MainWindow(preferences)
    sys.excepthook = Faults(window)
    window.workspace.machines.begin()
    if saved is not None:
        window.workspace.filing.show(saved, path, name)
        if display is not None:
            window.workspace.links.opened.emit(display)
        if path is not None:
            preferences.add_recent(path)
    window.show()
    if data is not None:
        window.workspace.own_data.open(data)
    elif laboratory is not None:
        window.workspace.filing.open_file(laboratory)
    elif lesson is not None:
        window.lessons.open(lesson)
    elif problem:
        window.workspace.notice.say(problem)
    elif look is not None:
        window.workspace.filing.look_asked.emit(look)
    elif saved is None and preferences.shows_start_page:
        window.welcome.show()
    if isinstance(qt, Application):
        qt.open_asked.connect(SystemOpens(window).take)
    window.commands.news.tell()
    window.offer_recovery()
    window.commands.language.tell(unreadable)
    gc.freeze()  # all of this stays until the end
    GarbageCollector(qt)
    ending = Ending(window, qt)
    code = qt.exec()
    ending.close()
    _end(window, code)
    return code


def _end(window: MainWindow, code: int) -> None:
    """Let the threads end; one that is in a step of minutes ends with the process, which nobody waits for."""
    window.workspace.filing.wait()
    if not window.workspace.link.session.close(STEP_SECONDS):
        window.preferences.flush()
        logging.shutdown()
        os._exit(code)


class Faults:
    """The exception hook: log it, keep the work, tell the person, go on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logger.error("a fault nothing caught:\n%s", "".join(traceback.format_exception(kind, error, trace)))
        self._window.workspace.tell_fault(f"{kind.__name__}: {error}")
