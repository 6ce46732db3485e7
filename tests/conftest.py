"""What every test shares: nothing of the machine or of other tests is seen, and nothing is left behind."""

import gc
import os
import shutil
import signal
import sys
import threading
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic

import pytest

from playground.cli import display
from playground.cli.stopping import SIGNALS
from playground.garbage import collect_due

HOME = Path(mkdtemp(prefix="neural-playground-tests-"))
"""The home folder of the tests and of the programs that they start."""

os.environ.setdefault("XDG_CACHE_HOME", str(Path.home() / ".cache"))  # of the fonts, which takes long to make
os.environ |= {"HOME": str(HOME), "USERPROFILE": str(HOME), "APPDATA": str(HOME), "LOCALAPPDATA": str(HOME)}
os.environ |= {"XDG_CONFIG_HOME": str(HOME / ".config"), "XDG_DATA_HOME": str(HOME / ".local" / "share")}
os.environ["LANGUAGE"] = "en"
display.use_none(os.environ)

PATIENCE = 2.0
"""Seconds that a thread may take to end after its test."""


FAR_AWAY = (9_999, 9_999)
"""A place on the screen where no test has a window."""


def pytest_configure(config):
    """Let Qt say what the platform without a screen and the locale lack: no test is about that."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")
    config.addinivalue_line("qt_log_ignore", "which is not UTF-8")


def pytest_collection_finish():
    """Look for garbage only in what comes from now on: what the tests are made of stays until the end."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure():
    """Leave no home folder behind."""
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_terminal_summary(terminalreporter, config):
    """Say how to have the same order of tests again."""
    if (seed := config.getoption("randomly_seed", None)) is not None:
        terminalreporter.write_line(f"in random order: --randomly-seed={seed}")


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application, dressed as in the program before the first widget is made."""
    from widgets import theme

    theme.apply(qapp, "dark")
    return qapp


@pytest.fixture
def usual_signals():
    """Signals as a terminal leaves them: what runs behind may have been told to ignore some."""
    usual = dict.fromkeys(SIGNALS, signal.SIG_DFL) | {signal.SIGINT: signal.default_int_handler}
    before = {number: signal.signal(number, handler) for number, handler in usual.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture(autouse=True, scope="module")
def as_at_first():
    """Begin each module in the usual colours, language, size and motion, whatever the one before it chose."""
    if started_application() is not None:
        from widgets import theme
        from widgets.languages import shown_language
        from widgets.motion import motion

        if theme.current() is not theme.DARK:
            theme.apply(started_application(), "dark")
        theme.themes.enlarge(False)
        shown_language.show("en")
        motion.choose(False)


@pytest.fixture(autouse=True)
def nothing_at_hand():
    """Take the pointer away from where the last test left it, and empty the clipboard."""
    application = started_application()
    if application is not None:
        from PySide6.QtGui import QCursor

        QCursor.setPos(*FAR_AWAY)
        application.clipboard().clear()
        application.processEvents()


@pytest.fixture(autouse=True)
def garbage_of_this_thread():
    """Look for garbage between tests, as objects of Qt may end on this thread alone."""
    gc.disable()
    yield
    collect_due()


@pytest.fixture(autouse=True)
def no_threads_left():
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before]
    for thread in started:
        see_the_end_of(thread)
    left = [thread.name for thread in started if thread.is_alive()]
    assert not left, f"threads left running: {left}"


def see_the_end_of(thread):
    """Wait for a thread while events go on, as in a window that it may have to answer first."""
    application, begun = started_application(), monotonic()
    while thread.is_alive() and monotonic() < begun + PATIENCE:
        thread.join(PATIENCE / 100)
        if application is not None:
            application.processEvents()


@pytest.fixture(autouse=True)
def no_windows_left():
    """Fail a test that leaves a window open."""
    before = visible_windows()
    yield
    left = visible_windows() - before
    assert not left, f"windows left open: {left}"


def visible_windows():
    """The open top-level widgets."""
    application = started_application()
    return (
        {widget for widget in application.topLevelWidgets() if widget.isVisible()} if application else set()
    )


def started_application():
    """Qt's application; none while Qt's widgets were never imported."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    return None if widgets is None else widgets.QApplication.instance()
